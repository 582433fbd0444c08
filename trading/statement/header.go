package statement

import (
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"strings"
	"unicode"

	"sunlot/internal/fault"
)

// Header is what a station says of the columns of a bank whose words are not known
// here. It holds for exactly the header that Key names.
type Header struct {
	Key     string         `json:"key"`
	Columns map[string]int `json:"columns"` // a Meaning's name to the place of its column, from 0
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
	{"payer", "对方户名", true, payerColumn},
	{"account", "对方账号", true, accountColumn},
	{"memo", "附言", true, memoColumn},
	{"credit", "收入金额", false, creditColumn},
	{"debit", "支出金额", false, debitColumn},
	{"amount", "交易金额（收支同一列）", false, amountColumn},
	{"side", "收支标志", false, sideColumn},
	{"original", "被冲正的原流水号", false, originalColumn},
	{"own", "本方账号", false, ownColumn},
}

// Key names a header by its titles, blanks and width aside.
func Key(titles []string) string {
	folded := make([]string, len(titles))
	for i, title := range titles {
		folded[i] = solid(title)
	}
	sum := sha256.Sum256([]byte(strings.Join(folded, "\x1f")))
	return hex.EncodeToString(sum[:16])
}

// samples are how many rows under an unclear header are shown.
const samples = 3

// Unclear is a header whose columns somebody has to tell apart. It is a fault of the
// statement in words, too.
type Unclear struct {
	error
	Titles  []string
	Known   map[string]int // what the banks' words tell, as Header.Columns
	Samples [][]string     // the first rows under it
}

// Unwrap is the fault in words.
func (u *Unclear) Unwrap() error { return u.error }

// Sample is what the first rows have in the column, for whoever has to tell what it is.
func (u *Unclear) Sample(column int) string {
	var said []string
	for _, row := range u.Samples {
		if value := plain(cell(row, column)); value != "" {
			said = append(said, value)
		}
	}
	return strings.Join(said, "、")
}

func (u *Unclear) sample(row []string) {
	if len(u.Samples) < samples {
		u.Samples = append(u.Samples, row)
	}
}

// orWords is the fault alone when no row looks like a header: then there is nothing to tell apart.
func (u *Unclear) orWords() error {
	if len(u.Titles) == 0 {
		return u.error
	}
	return u
}

// unclear adds to a header's fault what somebody needs who says what its columns are.
func (s *statement) unclear(err error) error {
	if err == nil {
		return nil
	}
	u := &Unclear{error: err, Titles: s.titles, Known: map[string]int{}}
	for _, m := range Meanings {
		if places := s.places[m.column]; len(places) > 0 {
			u.Known[m.Name] = places[0]
		}
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

// namesColumns reports whether a row can be a header: several words, none of which has
// a digit, as each sum, day and number has.
func namesColumns(row []string) bool {
	filled := 0
	for _, c := range row {
		if strings.ContainsFunc(c, unicode.IsDigit) {
			return false
		}
		if plain(c) != "" {
			filled++
		}
	}
	return filled >= fewestTitles
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

// heed takes the columns as they were told, and no others.
func (s *statement) heed(h Header) {
	s.places = map[column][]int{}
	for _, m := range Meanings {
		if place, said := h.Columns[m.Name]; said {
			s.places[m.column] = []int{place}
		}
	}
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
		case strings.Contains(solid(titles[place]), "余额"):
			f.Add(field, "余额不是收支的金额，请重新选择“%s”", m.Label)
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
