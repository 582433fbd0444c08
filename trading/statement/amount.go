package statement

import (
	"slices"
	"strings"

	"sunlot/internal/money"
)

// Kind is what a row of a statement did to the account.
type Kind string

const (
	In      Kind = "in"      // money came
	Out     Kind = "out"     // money went
	Undone  Kind = "undone"  // the bank took back what had come: 冲正
	Back    Kind = "back"    // what had gone out came back: 退汇
	Nothing Kind = "nothing" // no sum moved
)

// The banks' words for the two sides.
var (
	inWords  = []string{"贷", "贷方", "收", "收入", "入", "入账", "进", "转入", "存入", "来账", "C", "CR", "CREDIT", "+"}
	outWords = []string{"借", "借方", "支", "支出", "出", "出账", "付", "转出", "支取", "往账", "D", "DR", "DEBIT", "-"}
)

// undoingWords tell of a row that takes another one back.
var undoingWords = []string{"冲正", "冲销", "冲账", "冲帐", "抹账", "抹帐", "撤销", "撤消", "退汇", "反交易"}

// moved is what the row did, and the sum in fen, never negative. A sum of which
// nobody can say whether it came or went refuses the statement.
func (s *statement) moved(row []string) (Kind, money.Fen, error) {
	kind, amount, err := s.sum(row)
	if err != nil || amount == 0 {
		return Nothing, 0, err
	}
	if amount < 0 {
		kind, amount = map[Kind]Kind{In: Undone, Out: Back}[kind], -amount
	}
	return kind, amount, nil
}

// sum is a row's signed sum and the side on which it stands.
func (s *statement) sum(row []string) (Kind, money.Fen, error) {
	side, err := s.side(row)
	if err != nil {
		return "", 0, err
	}
	if len(s.places[creditColumn]) == 0 {
		return s.single(row, side)
	}
	at := s.places[creditColumn][0]
	credit, _, err := s.yuan(row, at)
	if err != nil {
		return "", 0, err
	}
	var debit money.Fen
	if len(s.places[debitColumn]) > 0 {
		debit, _, err = s.yuan(row, s.places[debitColumn][0])
	}
	switch {
	case err != nil:
		return "", 0, err
	case credit != 0 && debit != 0:
		return "", 0, s.wrong(row, at, "与“%s”都有金额，不知道是收入还是支出", plain(s.titles[s.places[debitColumn][0]]))
	case credit != 0 && side == Out || debit != 0 && side == In:
		return "", 0, s.wrong(row, s.places[sideColumn][0], "与金额所在的列不一致，不知道是收入还是支出")
	case debit != 0:
		return Out, debit, nil
	}
	return In, credit, nil
}

// single reads a sum that stands in one column for both sides.
func (s *statement) single(row []string, side Kind) (Kind, money.Fen, error) {
	at := s.places[amountColumn][0]
	amount, signed, err := s.yuan(row, at)
	switch {
	case err != nil || amount == 0 || side != "":
		return side, amount, err
	case len(s.places[sideColumn]) > 0:
		return "", 0, s.wrong(row, s.places[sideColumn][0], "是空的，应为借或贷")
	case !signed:
		return "", 0, unread("第 %d 行表头缺少“%s”一列，“%s”看不出收入还是支出，请在网银导出时选上", s.header,
			columnTitles[sideColumn][0], plain(s.titles[at]))
	case amount < 0:
		return Out, -amount, nil
	}
	return In, amount, nil
}

// side is on which side the row says it stands; empty when it does not say.
func (s *statement) side(row []string) (side Kind, err error) {
	for _, at := range s.places[sideColumn] {
		said := Kind("")
		switch word := strings.ToUpper(solid(cell(row, at))); {
		case word == "":
			continue
		case slices.Contains(inWords, word):
			said = In
		case slices.Contains(outWords, word):
			said = Out
		}
		if said == "" || side != "" && side != said {
			return "", s.wrong(row, at, "应为借或贷")
		}
		side = said
	}
	return side, nil
}

// yuan reads a cell's sum, and whether it bears a sign. An empty cell is nothing.
func (s *statement) yuan(row []string, at int) (amount money.Fen, signed bool, err error) {
	value := strings.TrimSuffix(strings.ReplaceAll(half(cell(row, at)), "\u2212", "-"), "元")
	digits := strings.TrimLeft(value, "\u00a5\uffe5+-")
	sign := value[:len(value)-len(digits)]
	if digits == "" {
		if sign != "" && sign != "-" { // a lone dash is how some banks write nothing
			return 0, false, s.wrong(row, at, notASum)
		}
		return 0, false, nil
	}
	amount, err = money.ParseYuan(digits)
	if err != nil || strings.Count(sign, "-")+strings.Count(sign, "+") > 1 {
		return 0, false, s.wrong(row, at, notASum)
	}
	if strings.Contains(sign, "-") {
		amount = -amount
	}
	return amount, strings.ContainsAny(sign, "+-"), nil
}

const notASum = "不是金额，应如 1544.00 或 1,544.00"

// undoes says whether a remark tells that the row takes another one back.
func undoes(memo string) bool {
	return slices.ContainsFunc(undoingWords, func(word string) bool { return strings.Contains(memo, word) })
}
