package statement

import (
	"regexp"
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"sunlot/internal/calendar"
	"sunlot/internal/money"
)

// column is what a column of a statement is about.
type column int

const (
	serialColumn column = iota
	timeColumn
	payerColumn
	accountColumn
	amountColumn
	memoColumn
	sideColumn // whether the amount came or went
)

var neededColumns = []column{serialColumn, timeColumn, payerColumn, accountColumn, amountColumn, memoColumn}

// columnTitles are the banks' words for a column, the surest first.
var columnTitles = map[column][]string{
	serialColumn:  {"流水号", "交易流水号"},
	timeColumn:    {"交易时间", "入账时间", "交易日期"},
	payerColumn:   {"对方户名", "付款人户名"},
	accountColumn: {"对方账号", "付款账号"},
	amountColumn:  {"贷方金额", "收入金额", "交易金额", "金额"},
	memoColumn:    {"附言", "备注", "用途", "摘要"},
	sideColumn:    {"借贷标志", "借贷方向", "收支方向", "收支标志"},
}

// placesOf finds the columns that a row names.
func placesOf(row []string) map[column][]int {
	places := map[column][]int{}
	for c, titles := range columnTitles {
		for _, title := range titles {
			if i := slices.IndexFunc(row, func(cell string) bool { return titleOf(cell) == title }); i >= 0 {
				places[c] = append(places[c], i)
			}
		}
	}
	return places
}

// titleOf is a title without its unit: 贷方金额(元) is 贷方金额.
func titleOf(cell string) string {
	title, _, _ := strings.Cut(solid(cell), "(")
	return title
}

// line reads one row. It is not incoming when money went out or none moved.
func (s *statement) line(row []string) (line Line, incoming bool, err error) {
	if err := s.fits(row); err != nil {
		return line, false, err
	}
	line.Amount, err = s.amount(row)
	if err != nil || line.Amount == 0 {
		return line, false, err
	}
	line.PaidAt, err = s.paidAt(row)
	if err != nil {
		return line, false, err
	}
	serial, account := s.places[serialColumn][0], s.places[accountColumn][0]
	line.Serial, line.Account = solid(cell(row, serial)), strings.ReplaceAll(solid(cell(row, account)), "-", "")
	switch {
	case line.Serial == "":
		return line, false, s.wrong(row, serial, "是空的;如是合计行,请删去这一行")
	case spoilt.MatchString(line.Serial):
		return line, false, s.wrong(row, serial, "被表格软件改成了 %s,请上传网银导出的原文件", line.Serial)
	case spoilt.MatchString(line.Account):
		return line, false, s.wrong(row, account, "被表格软件改成了 %s,请上传网银导出的原文件", line.Account)
	}
	line.Payer = plain(cell(row, s.places[payerColumn][0]))
	var remarks []string
	for _, i := range s.places[memoColumn] {
		if remark := plain(cell(row, i)); remark != "" {
			remarks = append(remarks, remark)
		}
	}
	line.Memo = strings.Join(remarks, ";")
	return line, true, s.short(row, line)
}

// spoilt is a long number after a spreadsheet has rounded it.
var spoilt = regexp.MustCompile(`^\d(\.\d+)?[Ee]\+?\d+$`)

// fits refuses a row that is longer than the header: an amount whose comma is
// not quoted would be read as another amount.
func (s *statement) fits(row []string) error {
	for i := len(s.titles); i < len(row); i++ {
		if plain(row[i]) != "" {
			return unread("第 %d 行第 %d 列在表头之外,金额里的逗号须连同金额放在引号里,请上传网银导出的原文件", s.lineOf(row, i), i+1)
		}
	}
	for i, c := range row {
		if strings.ContainsFunc(plain(c), unicode.IsControl) {
			return s.wrong(row, i, "有无法显示的字符,请上传网银导出的原文件")
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
			return s.wrong(row, s.places[text.column][0], "有 %d 个字,最多 %d 个,请核对是否错列", n, text.most)
		}
	}
	return nil
}

// amount is what came in by this row, in fen; zero when money went out.
func (s *statement) amount(row []string) (money.Fen, error) {
	i := s.places[amountColumn][0]
	if title := titleOf(s.titles[i]); title == "金额" || title == "交易金额" {
		for _, side := range s.places[sideColumn] {
			switch word := solid(cell(row, side)); {
			case strings.ContainsAny(word, "借支出D"):
				return 0, nil
			case !strings.ContainsAny(word, "贷收入C"):
				return 0, s.wrong(row, side, "应为借或贷")
			}
		}
	}
	value := strings.TrimSuffix(strings.TrimLeft(solid(cell(row, i)), "\u00a5\uffe5+"), "元")
	digits := strings.TrimLeft(value, "-")
	if digits == "" {
		return 0, nil
	}
	amount, err := money.ParseYuan(digits)
	if err != nil {
		return 0, s.wrong(row, i, "不是金额,应如 1544.00 或 1,544.00")
	}
	if digits != value {
		return 0, nil
	}
	return amount, nil
}

// clocks are the ways in which banks write an instant.
var clocks = []string{"2006-1-2 15:04:05", "2006-1-2 15:04", "2006/1/2 15:04:05", "2006/1/2 15:04",
	"20060102150405", "20060102 150405",
	"20060102 15:04:05", "20060102 15:04", "2006-1-2T15:04:05", "2006年1月2日 15:04:05", "2006年1月2日 15:04"}

// paidAt is the instant of the payment. Some banks write day and hour in two
// columns. A day alone is refused: whether a deposit came in time is decided by
// the minute.
func (s *statement) paidAt(row []string) (time.Time, error) {
	places := s.places[timeColumn]
	for _, day := range append([]int{-1}, places...) {
		for _, hour := range places {
			written := strings.TrimSpace(half(cell(row, day)) + " " + half(cell(row, hour)))
			for _, form := range clocks {
				if at, err := time.ParseInLocation(form, written, calendar.Beijing); err == nil {
					return at.UTC(), nil
				}
			}
		}
	}
	return time.Time{}, s.wrong(row, places[0], "应有日期和时刻,如 2026-11-23 09:30:00;只有日期的,请导出带时刻的流水")
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
