package statement

import (
	"bytes"
	"encoding/csv"
	"errors"
	"io"
	"strings"
	"time"
	"unicode/utf8"

	"golang.org/x/text/encoding/simplifiedchinese"

	"sunlot/internal/fault"
	"sunlot/internal/money"
)

// Line is one incoming payment of a bank statement 银行流水.
type Line struct {
	Serial  string // the bank's, unique within a statement
	PaidAt  time.Time
	Payer   string // may be empty: interest has no payer
	Account string // digits without spaces, as far as the bank shows them
	Amount  money.Fen
	Memo    string // every remark of the row, parted by ;
}

const (
	statementBytes = 2 << 20
	statementRows  = 5000
	preambleRows   = 20 // before the header
)

// Read reads a bank statement as a service station exports it: CSV with
// a header in Chinese, in UTF-8 or GB18030. Outgoing money is skipped and
// counted. One line that cannot be read refuses the whole statement, naming the
// line and the column: half a statement would be taken for all of it.
func Read(body []byte) (lines []Line, skipped int, err error) {
	text, err := statementText(body)
	if err != nil {
		return nil, 0, err
	}
	s, err := openStatement(text)
	if err != nil {
		return nil, 0, err
	}
	seen := map[string]int{}
	for rows := 0; ; rows++ {
		row, err := s.next()
		if errors.Is(err, io.EOF) {
			return lines, skipped, nil
		}
		if err != nil {
			return nil, 0, err
		}
		if rows == statementRows {
			return nil, 0, unread("流水超过 %d 行,请按日期分几次导出", statementRows)
		}
		line, incoming, err := s.line(row)
		if err != nil {
			return nil, 0, err
		}
		if !incoming {
			skipped++
			continue
		}
		key := strings.ToUpper(line.Serial)
		if first := seen[key]; first > 0 {
			return nil, 0, s.wrong(row, s.places[serialColumn][0], "与第 %d 行相同,请核对是否重复导出", first)
		}
		seen[key] = s.lineOf(row, 0)
		lines = append(lines, line)
	}
}

// unread is a fault of the statement as a whole.
func unread(format string, args ...any) error {
	return fault.New(fault.Invalid, format, args...).On("statement")
}

// statementText is the file as UTF-8.
func statementText(body []byte) (string, error) {
	switch {
	case len(bytes.TrimSpace(body)) == 0:
		return "", unread("文件是空的,请选择网银导出的流水(CSV)")
	case len(body) > statementBytes:
		return "", unread("文件超过 2 MB,请按日期分几次导出")
	case bytes.HasPrefix(body, []byte("PK\x03\x04")), bytes.HasPrefix(body, []byte("\xd0\xcf\x11\xe0")):
		return "", unread("这是 Excel 文件,请在网银导出 CSV 格式的流水")
	}
	text := string(bytes.TrimPrefix(body, []byte("\ufeff")))
	if utf8.ValidString(text) {
		return text, nil
	}
	text, err := simplifiedchinese.GB18030.NewDecoder().String(text)
	if before, _, broken := strings.Cut(text, "\ufffd"); err != nil || broken {
		return "", unread("第 %d 行有无法识别的文字,请上传网银导出的原文件(UTF-8 或 GB18030 编码)", 1+strings.Count(before, "\n"))
	}
	return text, nil
}

// statement is a file whose header has been found.
type statement struct {
	rows   *csv.Reader
	titles []string         // as the file has them
	places map[column][]int // of each column in a row, the surest first
}

// openStatement finds the header, above which banks write the account's name.
func openStatement(text string) (*statement, error) {
	s := &statement{rows: csv.NewReader(strings.NewReader(text))}
	s.rows.FieldsPerRecord = -1
	for range preambleRows {
		row, err := s.next()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, err
		}
		s.places = placesOf(row)
		if len(s.places) < 3 {
			continue
		}
		s.titles = row
		for _, c := range neededColumns {
			if len(s.places[c]) == 0 {
				return nil, unread("第 %d 行表头缺少“%s”一列,请在网银导出时选上", s.lineOf(row, 0), columnTitles[c][0])
			}
		}
		return s, nil
	}
	return nil, unread("没有找到表头,应有流水号、交易时间、对方户名、对方账号、贷方金额、附言这几列")
}

// next is the next row that has anything in it, or io.EOF.
func (s *statement) next() ([]string, error) {
	for {
		row, err := s.rows.Read()
		var broken *csv.ParseError
		if errors.As(err, &broken) {
			return nil, unread("第 %d 行第 %d 个字节处引号不成对,请上传网银导出的原文件", broken.Line, broken.Column)
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
