package statement

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"sunlot/internal/fault"
)

// Header is what a station says of the columns of a bank whose words are not known
// here. It holds for exactly the header that Key names.
type Header struct {
	Key     string         `json:"key"`
	Columns map[string]int `json:"columns"` // a Meaning's name to the place of its column, from 0
}

// Said is what was told, in one order.
func (h Header) Said() string {
	var said []string
	for _, m := range Meanings {
		if place, is := h.Columns[m.Name]; is {
			said = append(said, fmt.Sprintf("%s=%d", m.Name, place))
		}
	}
	return strings.Join(said, " ")
}

// Meaning is what a station can say of a column.
type Meaning struct {
	Name   string
	Label  string
	Needed bool
	column column
}

// Meanings are all of them, in the order in which they are asked for.
var Meanings = []Meaning{
	{"serial", "流水号", true, serialColumn},
	{"time", "交易时间", true, timeColumn},
	{"clock", "交易时刻（日期和时刻分两列的）", false, timeColumn},
	{"payer", "对方户名", true, payerColumn},
	{"account", "对方账号", true, accountColumn},
	{"memo", "附言", true, memoColumn},
	{"remark", "摘要（附言以外的）", false, memoColumn},
	{"credit", "收入金额", false, creditColumn},
	{"debit", "支出金额", false, debitColumn},
	{"amount", "交易金额（收支同一列）", false, amountColumn},
	{"side", "收支标志", false, sideColumn},
	{"original", "被冲正的原流水号", false, originalColumn},
	{"own", "本方账号", false, ownColumn},
}

// Key names a header by its titles, blanks and width aside.
func Key(titles []string) string {
	sum := sha256.New()
	for _, title := range titles {
		title = solid(title)
		fmt.Fprintf(sum, "%d:%s", len(title), title)
	}
	return hex.EncodeToString(sum.Sum(nil)[:16])
}

// mostColumns is how many columns anybody tells apart.
const mostColumns = 60

// samples are how many rows under an unclear header are shown.
const (
	samples       = 3
	longestSample = 20 // signs of a cell
)

// Unclear is a header whose columns somebody has to tell apart. It is a fault of the
// statement in words, too.
type Unclear struct {
	error
	Titles  []string
	Known   map[string]int // what the banks' words tell, as Header.Columns
	Samples [][]string     // the first rows under it
	Read    *Statement     // by what was told of it, for somebody to look at before it counts
	Reading string         // names that file read in that way, for whoever has looked at it
}

// ToSee is what was told, as it reads, before anything follows from it: the fault is of the
// field seen.
func (u *Unclear) ToSee(read Statement, reading string) *Unclear {
	return &Unclear{
		error:   fault.New(fault.Invalid, "请核对按所选各列读出的内容，没有错的，勾选“读得对”再导入").On("seen"),
		Titles:  u.Titles,
		Known:   u.Known,
		Samples: u.Samples,
		Read:    &read,
		Reading: reading,
	}
}

// Unwrap is the fault in words.
func (u *Unclear) Unwrap() error { return u.error }

// Sample is what the first rows have in the column, for whoever has to tell what it is.
func (u *Unclear) Sample(column int) string {
	var said []string
	for _, row := range u.Samples {
		if value := []rune(plain(cell(row, column))); len(value) > 0 {
			said = append(said, string(value[:min(len(value), longestSample)]))
		}
	}
	return strings.Join(said, "、")
}

func (u *Unclear) sample(row []string) {
	if len(u.Samples) < samples {
		u.Samples = append(u.Samples, row)
	}
}

// unknown is the fault of a file in which no row names three columns. The fullest row of
// words is taken for its header: above it banks write whose account it is, below it are
// days, sums and numbers.
func unknown(rows [][]string) error {
	err := unread("没有找到表头，应有流水号、交易时间、对方户名、对方账号、贷方金额、附言这几列")
	best, most := -1, fewestTitles-1
	for i, row := range rows {
		if n := titlesIn(row); n > most {
			best, most = i, n
		}
	}
	if best < 0 || len(rows[best]) > mostColumns {
		return err
	}
	u := &Unclear{error: err, Titles: rows[best]}
	for _, row := range rows[best+1:] {
		u.sample(row)
	}
	return u
}

// unclear adds to a header's fault what somebody needs who says what its columns are.
func (s *statement) unclear(err error) error {
	if err == nil || len(s.titles) > mostColumns {
		return err
	}
	u := &Unclear{error: err, Titles: s.titles, Known: map[string]int{}}
	asked := map[column]int{}
	for _, m := range Meanings {
		if n, places := asked[m.column], s.places[m.column]; n < len(places) {
			u.Known[m.Name] = places[n]
		}
		asked[m.column]++
	}
	for range samples {
		row, err := s.next()
		if err != nil {
			break // what is wrong below the header is told when the rows are read
		}
		u.sample(row)
	}
	return u
}

// fewestTitles is how many cells a header has at least.
const fewestTitles = 5

// titlesIn is how many words a row has that can be titles; none when one of its cells is
// a day, a sum or a number.
func titlesIn(row []string) (filled int) {
	for _, c := range row {
		text, digits := solid(c), 0
		for _, r := range text {
			if unicode.IsDigit(r) {
				digits++
			}
		}
		if 2*digits > utf8.RuneCountInString(text) {
			return 0
		}
		if text != "" {
			filled++
		}
	}
	return filled
}

// headerOf is what was told of this header, or nil.
func headerOf(row []string, told []Header) *Header {
	if len(told) == 0 {
		return nil
	}
	key := Key(row)
	i := slices.IndexFunc(told, func(h Header) bool { return h.Key == key })
	if i < 0 {
		return nil
	}
	return &told[i]
}

// heed takes the columns as they were told. What the banks' words say of the others stays:
// remarks have several columns, and so may day and hour.
func (s *statement) heed(h Header) {
	said := map[int]bool{}
	told := map[column][]int{}
	for _, m := range Meanings {
		if place, is := h.Columns[m.Name]; is {
			said[place] = true
			told[m.column] = append(told[m.column], place)
		}
	}
	for _, known := range []column{timeColumn, memoColumn, originalColumn, ownColumn} {
		for _, place := range s.places[known] {
			if !said[place] {
				said[place] = true
				told[known] = append(told[known], place)
			}
		}
	}
	s.places, s.read.Told = told, &h
	for i := range s.titles {
		if !said[i] {
			s.loose = append(s.loose, i)
		}
	}
}

// balances are what no sum is that came or went.
var balances = []string{"余额", "结余", "结存", "BALANCE"}

// sums are the meanings that move money.
var sums = []column{creditColumn, debitColumn, amountColumn}

// unlike says why a column with this title can't have the meaning, or nothing.
func (m Meaning) unlike(title string) string {
	title = strings.ToUpper(titleOf(title))
	if m.column == serialColumn && strings.HasSuffix(title, "序号") &&
		!slices.Contains(columnTitles[serialColumn], title) {
		return "序号每次导出都从头排，不能当作流水号"
	}
	if !slices.Contains(sums, m.column) {
		return ""
	}
	if slices.ContainsFunc(balances, func(word string) bool { return strings.Contains(title, word) }) {
		return "余额不是收支的金额"
	}
	for _, other := range Meanings {
		if other.column != m.column && slices.Contains(columnTitles[other.column], title) {
			return "这一列是“" + other.Label + "”"
		}
	}
	return ""
}

// Fits refuses what can't be meant of the columns with these titles: one that is not
// there or is two things, a needed one that is missing, a balance as a sum. Its errors
// are of the fields column_NAME.
func (h Header) Fits(titles []string) error {
	var f fault.Form
	meant := map[int]Meaning{}
	for _, m := range Meanings {
		place, said := h.Columns[m.Name]
		other, twice := meant[place]
		switch field := "column_" + m.Name; {
		case !said && m.Needed:
			f.Add(field, "请选择哪一列是“%s”", m.Label)
		case !said:
		case place < 0 || place >= len(titles):
			f.Add(field, "文件里没有这一列，请重新选择“%s”", m.Label)
		case twice:
			f.Add(field, "这一列已选作“%s”，请重新选择“%s”", other.Label, m.Label)
		case m.unlike(titles[place]) != "":
			f.Add(field, "%s，请重新选择“%s”", m.unlike(titles[place]), m.Label)
		default:
			meant[place] = m
		}
	}
	_, credit := h.Columns["credit"]
	_, amount := h.Columns["amount"]
	switch {
	case !credit && !amount:
		f.Add("column_credit", "请选择哪一列是“收入金额”；收支在同一列的，选择“交易金额”")
	case credit && amount:
		f.Add("column_amount", "“收入金额”和“交易金额”只选一个")
	}
	return f.Err()
}
