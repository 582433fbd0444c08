package admin

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"net/url"
	"time"

	"github.com/gofiber/fiber/v2"

	"sunlot/internal/calendar"
	"sunlot/internal/identity"
	"sunlot/web"
)

// mostRows is how many rows a file may have.
const mostRows = 5000

// File hands out the whole filtered list as a table, at most mostRows of it, and
// says so when it is cut. It is read page by page, so that of the rows only
// their cells are held.
func (l List[N]) File(c *fiber.Ctx, now time.Time) error {
	body := &bytes.Buffer{}
	body.WriteString("\ufeff") // by which Excel knows that it is UTF-8
	w := csv.NewWriter(body)
	w.UseCRLF = true
	cells := make([]string, len(l.Columns))
	for i, col := range l.Columns {
		cells[i] = col.Label
	}
	w.Write(cells)
	q := l.query(c)
	for n := 1; n <= mostRows/identity.MaxFilePage; n++ {
		q.Page = identity.Page{Number: n, Size: identity.MaxFilePage, File: true}
		rows, total, err := l.Read(c.UserContext(), web.Actor(c), q)
		if err != nil {
			return err
		}
		for _, row := range rows {
			for i, col := range l.Columns {
				cells[i] = col.Value(row)
				if !col.Number {
					cells[i] = harmless(cells[i])
				}
			}
			w.Write(cells)
		}
		if n*identity.MaxFilePage >= total {
			break
		}
		if n == mostRows/identity.MaxFilePage {
			w.Write([]string{fmt.Sprintf("只导出了前 %d 条，共 %d 条。请缩小查找范围后分次导出。", mostRows, total)})
		}
	}
	if w.Flush(); w.Error() != nil {
		return w.Error()
	}
	name := l.Name + now.In(calendar.Beijing).Format("20060102") + ".csv"
	c.Set(fiber.HeaderContentType, "text/csv; charset=utf-8")
	c.Set(fiber.HeaderContentDisposition, "attachment; filename=\"list.csv\"; filename*=UTF-8''"+url.PathEscape(name))
	return c.Send(body.Bytes())
}
