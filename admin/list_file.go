package admin

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"net/url"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/gofiber/fiber/v2"

	"sunlot/internal/calendar"
	"sunlot/internal/identity"
	"sunlot/internal/money"
	"sunlot/web"
)

// mostRows is how many rows a file may have.
const mostRows = 5000

// column is one column of a list's file. A number is written as such; any other
// cell is kept from being taken for a formula.
type column[N any] struct {
	label  string
	number bool
	value  func(N) string
}

func text[N any](label string, value func(N) string) column[N] { return column[N]{label, false, value} }

func yuan[N any](label string, value func(N) money.Fen) column[N] {
	return column[N]{label, true, func(n N) string { return strings.ReplaceAll(value(n).Yuan(), ",", "") }}
}

func area[N any](label string, value func(N) money.Area) column[N] {
	return column[N]{label, true, func(n N) string { return strings.ReplaceAll(value(n).Mu(), ",", "") }}
}

func moment[N any](label string, value func(N) time.Time) column[N] {
	return column[N]{label, false, func(n N) string {
		if at := value(n); !at.IsZero() {
			return at.In(calendar.Beijing).Format("2006-01-02 15:04")
		}
		return ""
	}}
}

// file hands out the whole filtered list as a table, at most mostRows of it, and
// says so when it is cut. It is read page by page, so that of the rows only
// their cells are held.
func (l list[N]) file(c *fiber.Ctx, now time.Time) error {
	body := &bytes.Buffer{}
	body.WriteString("\ufeff") // by which Excel knows that it is UTF-8
	w := csv.NewWriter(body)
	w.UseCRLF = true
	cells := make([]string, len(l.columns))
	for i, col := range l.columns {
		cells[i] = col.label
	}
	w.Write(cells)
	q := l.query(c)
	for n := 1; n <= mostRows/identity.MaxFilePage; n++ {
		q.Page = identity.Page{Number: n, Size: identity.MaxFilePage, File: true}
		rows, total, err := l.read(c.UserContext(), web.Actor(c), q)
		if err != nil {
			return err
		}
		for _, row := range rows {
			for i, col := range l.columns {
				if cells[i] = col.value(row); !col.number {
					cells[i] = harmless(cells[i])
				}
			}
			w.Write(cells)
		}
		if n*identity.MaxFilePage >= total {
			break
		}
		if n == mostRows/identity.MaxFilePage {
			w.Write([]string{fmt.Sprintf("只导出了前 %d 条,共 %d 条。请缩小查找范围后分次导出。", mostRows, total)})
		}
	}
	if w.Flush(); w.Error() != nil {
		return w.Error()
	}
	name := l.name + now.In(calendar.Beijing).Format("20060102") + ".csv"
	c.Set(fiber.HeaderContentType, "text/csv; charset=utf-8")
	c.Set(fiber.HeaderContentDisposition, "attachment; filename=\"list.csv\"; filename*=UTF-8''"+url.PathEscape(name))
	return c.Send(body.Bytes())
}

// harmless is a text that no spreadsheet takes for a formula, also one that is
// written in full width.
func harmless(s string) string {
	first, _ := utf8.DecodeRuneInString(strings.TrimLeft(s, " \u3000\n"))
	if strings.ContainsRune("=+-@\t\r\x00＝＋－＠", first) && s != "" {
		return "'" + s
	}
	return s
}
