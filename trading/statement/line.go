package statement

import (
	"cmp"
	"regexp"
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"sunlot/internal/calendar"
	"sunlot/internal/fault"
)

// row reads one row. What only went out, or moved no sum, need not be readable as
// a payment: it is answered for with a reason.
func (s *statement) row(cells []string) (Row, error) {
	r := Row{Number: s.lineOf(cells, 0)}
	if err := s.fits(cells); err != nil {
		return r, err
	}
	if err := s.own(cells); err != nil {
		return r, err
	}
	var err error
	r.Kind, r.Amount, err = s.moved(cells)
	if err != nil {
		return r, err
	}
	if r.Kind == Nothing {
		r.Reason = "没有收入或支出金额"
		return r, nil
	}
	err = s.payment(cells, &r)
	if err != nil && r.Kind == Out {
		r.Kind = Nothing
		r.Reason = "支出，" + fault.MessageOf(err)
		return r, nil
	}
	if undoes(r.Memo) || s.undoesLoosely(cells) || r.Original != "" {
		switch r.Kind {
		case Out:
			r.Kind = Undone
		case In:
			r.Kind = Back
		}
	}
	return r, err
}

// undoesLoosely looks for the words of a reversal in what a told header gives no meaning:
// a remark that nobody chose must not hide one.
func (s *statement) undoesLoosely(row []string) bool {
	return slices.ContainsFunc(s.loose, func(i int) bool { return undoes(cell(row, i)) })
}

// payment reads what a row says of a sum that moved.
func (s *statement) payment(row []string, r *Row) (err error) {
	r.PaidAt, err = s.paidAt(row)
	if err != nil {
		return err
	}
	serial, account := s.places[serialColumn][0], s.places[accountColumn][0]
	r.Serial = solid(unquoted(cell(row, serial)))
	r.Account = accountOf(cell(row, account))
	switch {
	case r.Serial == "":
		return s.wrong(row, serial, "是空的；如是合计行，请删去这一行")
	case spoilt.MatchString(r.Serial):
		return s.wrong(row, serial, "被表格软件改成了 %s，请上传网银导出的原文件", r.Serial)
	case spoilt.MatchString(r.Account):
		return s.wrong(row, account, "被表格软件改成了 %s，请上传网银导出的原文件", r.Account)
	}
	r.Payer = plain(cell(row, s.places[payerColumn][0]))
	var remarks []string
	for _, i := range s.places[memoColumn] {
		if remark := plain(cell(row, i)); remark != "" {
			remarks = append(remarks, remark)
		}
	}
	r.Memo = strings.Join(remarks, "；")
	for _, i := range s.places[originalColumn] {
		r.Original = cmp.Or(r.Original, solid(unquoted(cell(row, i))))
	}
	return s.short(row, r.Line)
}

// own notes the account of which the row is, and refuses a file of several.
func (s *statement) own(row []string) error {
	for _, i := range s.places[ownColumn] {
		said := accountOf(cell(row, i))
		if !isAccount(said) {
			continue
		}
		if s.read.Account != "" && s.read.Account != said {
			return s.wrong(row, i, "与前面的账户 %s 不同，一份流水只能是一个账户的", s.read.Account)
		}
		s.read.Account = said
	}
	return nil
}

// accountOf is an account's number as it is shown, without what parts its digits.
func accountOf(text string) string { return strings.ReplaceAll(solid(unquoted(text)), "-", "") }

// unquoted is a number without the marks by which a spreadsheet is kept from
// rounding it: '6222… and ="6222…".
func unquoted(text string) string {
	text = plain(text)
	if inner, marked := strings.CutPrefix(text, "=\""); marked {
		return strings.TrimSuffix(inner, "\"")
	}
	return strings.TrimLeft(text, "'\u2019`")
}

// spoilt is a long number after a spreadsheet has rounded it.
var spoilt = regexp.MustCompile(`^\d(\.\d+)?[Ee]\+?\d+$`)

// fits refuses a row that is longer than the header: an amount whose comma is
// not quoted would be read as another amount.
func (s *statement) fits(row []string) error {
	for i := len(s.titles); i < len(row); i++ {
		if plain(row[i]) != "" {
			return unread("第 %d 行第 %d 列在表头之外，金额里的逗号须连同金额放在引号里，请上传网银导出的原文件", s.lineOf(row, i), i+1)
		}
	}
	for i, c := range row {
		if strings.ContainsFunc(plain(c), unicode.IsControl) {
			return s.wrong(row, i, "有无法显示的字符，请上传网银导出的原文件")
		}
	}
	return nil
}

// The longest texts that a bank's fields have.
const (
	longestNumber = 64
	longestPayer  = 200
	longestMemo   = 1000
)

func (s *statement) short(row []string, l Line) error {
	for _, text := range []struct {
		column column
		value  string
		most   int
	}{{serialColumn, l.Serial, longestNumber}, {accountColumn, l.Account, longestNumber},
		{payerColumn, l.Payer, longestPayer}, {memoColumn, l.Memo, longestMemo}} {
		if n := utf8.RuneCountInString(text.value); n > text.most {
			return s.wrong(row, s.places[text.column][0], "有 %d 个字，最多 %d 个，请核对是否错列", n, text.most)
		}
	}
	return nil
}

// clocks are the ways in which banks write an instant.
var clocks = []string{"2006-1-2 15:04:05", "2006-1-2 15:04", "2006/1/2 15:04:05", "2006/1/2 15:04",
	"20060102150405", "20060102 150405",
	"20060102 15:04:05", "20060102 15:04", "2006-1-2T15:04:05", "2006年1月2日 15:04:05", "2006年1月2日 15:04",
	"2006-01-02-15.04.05", "2006-1-2 15.04.05"}

// paidAt is the instant of the payment. Some banks write day and hour in two
// columns. A day alone is refused: whether a deposit came in time is decided by
// the minute.
func (s *statement) paidAt(row []string) (time.Time, error) {
	places := s.places[timeColumn]
	for _, day := range append([]int{-1}, places...) {
		for _, hour := range places {
			written := strings.TrimSpace(half(unquoted(cell(row, day))) + " " + half(unquoted(cell(row, hour))))
			if at, read := instant(written); read {
				return at, nil
			}
		}
	}
	return time.Time{}, s.wrong(row, places[0], "应有日期和时刻，如 2026-11-23 09:30:00；只有日期的，请导出带时刻的流水")
}

// instant reads what a bank writes for an instant, with 上午 and 下午 where it counts to twelve.
func instant(written string) (time.Time, bool) {
	afternoon := strings.Contains(written, "下午")
	written = plain(strings.NewReplacer("上午", " ", "下午", " ").Replace(written))
	for _, form := range clocks {
		at, err := time.ParseInLocation(form, written, calendar.Beijing)
		if err != nil {
			continue
		}
		if afternoon && at.Hour() < 12 {
			at = at.Add(12 * time.Hour)
		}
		return at.UTC(), true
	}
	return time.Time{}, false
}

// cell is empty beyond the row's end.
func cell(row []string, i int) string {
	if i < 0 || i >= len(row) {
		return ""
	}
	return row[i]
}

// plain is a text without marks that cannot be seen, its white space reduced to
// single blanks.
func plain(s string) string {
	s = strings.Map(func(r rune) rune {
		if unicode.Is(unicode.Cf, r) {
			return -1
		}
		return r
	}, s)
	return strings.Join(strings.Fields(s), " ")
}

// half is a plain text in half-width signs.
func half(s string) string { return strings.Map(narrow, plain(s)) }

// solid is a number or a title: half-width, without any white space.
func solid(s string) string { return strings.ReplaceAll(half(s), " ", "") }

// narrow is the half-width form of a full-width sign.
func narrow(r rune) rune {
	if r >= '\uff01' && r <= '\uff5e' {
		return r - '\uff01' + '!'
	}
	return r
}
