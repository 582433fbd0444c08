package table

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"net/url"
	"time"

	"github.com/gofiber/fiber/v2"

	"sunlot/internal/calendar"
	"sunlot/internal/identity"
)

// Most is how many rows a file may have.
const Most = 5000

// Asked says whether a list is asked for as a file.
func Asked(c *fiber.Ctx) bool { return c.Query("as") == "csv" }

// Send hands out a list as a file of that name, at most Most rows of it, and says so
// when it is cut. It is read page by page, so that of the rows only their cells are held.
func Send[N any](c *fiber.Ctx, now time.Time, name string, columns []Column[N],
	read func(identity.Page) ([]N, int, error)) error {
	body := &bytes.Buffer{}
	body.WriteString("\ufeff") // by which Excel knows that it is UTF-8
	w := csv.NewWriter(body)
	w.UseCRLF = true
	cells := make([]string, len(columns))
	for i, col := range columns {
		cells[i] = col.Label
	}
	w.Write(cells)
	for n := 1; n <= Most/identity.MaxFilePage; n++ {
		rows, total, err := read(identity.Page{Number: n, Size: identity.MaxFilePage, File: true})
		if err != nil {
			return err
		}
		for _, row := range rows {
			for i, col := range columns {
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
		if n == Most/identity.MaxFilePage {
			w.Write([]string{fmt.Sprintf("只导出了前 %d 条，共 %d 条。请缩小查找范围后分次导出。", Most, total)})
		}
	}
	if w.Flush(); w.Error() != nil {
		return w.Error()
	}
	file := name + now.In(calendar.Beijing).Format("20060102") + ".csv"
	c.Set(fiber.HeaderContentType, "text/csv; charset=utf-8")
	c.Set(fiber.HeaderContentDisposition, "attachment; filename=\"list.csv\"; filename*=UTF-8''"+url.PathEscape(file))
	return c.Send(body.Bytes())
}
