package statement

import (
	"encoding/csv"
	"errors"
	"io"
	"strings"
	"time"

	"sunlot/internal/calendar"
	"sunlot/internal/fault"
	"sunlot/internal/money"
)

// Line is one payment of a bank statement 银行流水.
type Line struct {
	Serial  string // the bank's; it may come again on another day, or on another account
	PaidAt  time.Time
	Payer   string    // the other side; may be empty: interest has no payer
	Account string    // the other side's, digits without spaces, as far as the bank shows them
	Amount  money.Fen // never negative
	Memo    string    // every remark of the row, parted by ;
}

// Day is the day of the payment in Beijing.
func (l Line) Day() calendar.Date { return calendar.DateOf(l.PaidAt) }

// SameContent says whether two rows of one serial and day are one payment.
func (l Line) SameContent(other Line) bool {
	return l.Day() == other.Day() && l.Amount == other.Amount && FoldName(l.Payer) == FoldName(other.Payer)
}

// lateBooking is how long after a payment a bank may book it: one export has the
// one instant, another the other.
const lateBooking = 2 * time.Hour

// OverMidnight says whether two rows of one serial, of two exports and of two days
// that follow each other are one payment, which a bank dates by its booking in one and
// by the payment in the other. A side with a time lies within lateBooking of the
// midnight between them; one of the two may have its day alone.
func (l Line) OverMidnight(other Line) bool {
	first, second := l, other
	if second.PaidAt.Before(first.PaidAt) {
		first, second = second, first
	}
	midnight := second.Day().At(0, 0)
	if first.Day().AddDays(1) != second.Day() || first.dayOnly() && second.dayOnly() ||
		!first.dayOnly() && midnight.Sub(first.PaidAt) > lateBooking || second.PaidAt.Sub(midnight) > lateBooking {
		return false
	}
	known := l.Account == "" || other.Account == "" || l.Account == other.Account ||
		SameAccount(l.Account, other.Account) || SameAccount(other.Account, l.Account)
	return l.Amount == other.Amount && FoldName(l.Payer) == FoldName(other.Payer) && known &&
		FoldName(l.Memo) == FoldName(other.Memo)
}

func (l Line) dayOnly() bool { return l.PaidAt.Equal(l.Day().At(0, 0)) }

// Row is one row of a statement as it is understood.
type Row struct {
	Number int // the line of the file on which it begins
	Kind   Kind
	Line
	Original string // the bank's number of the row that this one undoes, as far as a column names it
	Reason   string // why nothing follows from it
}

// Statement is what a bank's file says.
type Statement struct {
	Told    *Header // by which it was read, if somebody had to tell its columns
	Account string  // the account whose statement it is; empty when the file does not name it
	Rows    []Row
}

// Sum is how many rows of the kind there are, and what they come to.
func (s Statement) Sum(kind Kind) (rows int, sum money.Fen) {
	for _, row := range s.Rows {
		if row.Kind == kind {
			rows++
			sum += row.Amount
		}
	}
	return rows, sum
}

const (
	statementBytes = 2 << 20
	statementRows  = 5000
	preambleRows   = 20 // before the header
)

// Read reads a bank statement as a service station exports it: CSV with a header
// in Chinese, in UTF-8, UTF-16 or GB18030. Every row that is not empty is
// answered for. One that cannot be read refuses the whole statement, naming the
// line and the column: half a statement would be taken for all of it. The error of
// a header that neither the banks' words nor one of the told headers makes clear is
// an *Unclear.
func Read(body []byte, told ...Header) (Statement, error) {
	text, err := statementText(body)
	if err != nil {
		return Statement{}, err
	}
	s, err := openStatement(text, told)
	if err != nil {
		return Statement{}, err
	}
	seen := map[string]int{}
	for {
		cells, err := s.next()
		if errors.Is(err, io.EOF) {
			return s.read, nil
		}
		if err != nil {
			return Statement{}, err
		}
		if len(s.read.Rows) == statementRows {
			return Statement{}, unread("流水超过 %d 行，请按日期分几次导出", statementRows)
		}
		row, err := s.row(cells)
		if err != nil {
			return Statement{}, err
		}
		if row.Kind != Out && row.Kind != Nothing {
			key := strings.Join([]string{string(row.Kind), string(row.Day()), FoldNumber(row.Serial)}, " ")
			if first := seen[key]; first > 0 {
				return Statement{}, s.wrong(cells, s.places[serialColumn][0], "与第 %d 行相同，请核对是否重复导出", first)
			}
			seen[key] = row.Number
		}
		s.read.Rows = append(s.read.Rows, row)
	}
}

// unread is a fault of the statement as a whole.
func unread(format string, args ...any) error {
	return fault.New(fault.Invalid, format, args...).On("statement")
}

// statement is a file whose header has been found.
type statement struct {
	rows   *csv.Reader
	header int              // the line of the header
	titles []string         // as the file has them
	places map[column][]int // of each column in a row, the surest first
	loose  []int            // of columns that mean nothing, where the header was told
	read   Statement
}

// openStatement finds the header, above which banks write whose account it is.
func openStatement(text string, told []Header) (*statement, error) {
	// Some banks write a tab between a quoted cell and its comma, so that Excel leaves the number alone.
	text = strings.NewReplacer("\"\t,", "\",", "\"\t\r\n", "\"\r\n", "\"\t\n", "\"\n").Replace(text)
	s := &statement{rows: csv.NewReader(strings.NewReader(text))}
	s.rows.FieldsPerRecord = -1
	var above [][]string
	for range preambleRows {
		row, err := s.next()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, err
		}
		s.titles, s.header = row, s.lineOf(row, 0)
		s.places = placesOf(row)
		if said := headerOf(row, told); said != nil {
			s.heed(*said)
			return s, nil
		}
		if len(s.places) >= 3 {
			return s, s.unclear(s.complete(s.header))
		}
		s.named(row)
		above = append(above, row)
	}
	return nil, unknown(above)
}

// named notes whose account the file is when a row above the header tells it:
// "账号,6222…" or "账号:6222…".
func (s *statement) named(row []string) {
	said := ""
	for i, c := range row {
		title, value, _ := strings.Cut(solid(c), ":")
		for _, known := range columnTitles[ownColumn] {
			if title == known && said == "" {
				said = value
				for j := i + 1; j < len(row) && said == ""; j++ {
					said = solid(row[j])
				}
			}
		}
	}
	if own := accountOf(said); s.read.Account == "" && isAccount(own) {
		s.read.Account = own
	}
}

// leastDigits is how long an account's number is at least: what is shorter names none.
const leastDigits = 8

func isAccount(text string) bool { return len([]rune(text)) >= leastDigits }

// next is the next row that has anything in it, or io.EOF.
func (s *statement) next() ([]string, error) {
	for {
		row, err := s.rows.Read()
		var broken *csv.ParseError
		if errors.As(err, &broken) {
			return nil, unread("第 %d 行第 %d 个字节处引号不成对，请上传网银导出的原文件", broken.Line, broken.Column)
		}
		if err != nil || strings.TrimSpace(strings.Join(row, "")) != "" {
			return row, err
		}
	}
}

// lineOf is the line of the file on which a cell of the row read last begins.
func (s *statement) lineOf(row []string, i int) int {
	line, _ := s.rows.FieldPos(min(i, len(row)-1))
	return line
}

// wrong is a fault of one cell.
func (s *statement) wrong(row []string, i int, format string, args ...any) error {
	return unread("第 %d 行“%s”"+format, append([]any{s.lineOf(row, i), plain(s.titles[i])}, args...)...)
}
