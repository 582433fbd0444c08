package table

import (
	"io"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/gofiber/fiber/v2"

	"sunlot/internal/fault"
	"sunlot/internal/identity"
)

// TestAFileIsReadByPages: it has its marks, its columns, every row, and no more than it
// may; what cannot be read is no file.
func TestAFileIsReadByPages(t *testing.T) {
	columns := []Column[int]{Count("no", func(n int) int { return n }), Text("name", func(int) string { return "=塘" })}
	for total, lines := range map[int]int{0: 1, 1: 2, Most: Most + 1, Most + 1: Most + 2} {
		read := 0
		app := fiber.New()
		app.Get("/", func(c *fiber.Ctx) error {
			return Send(c, time.Date(2026, 12, 8, 20, 0, 0, 0, time.UTC), "名单", columns,
				func(at identity.Page) ([]int, int, error) {
					read++
					var rows []int
					for i := (at.Number - 1) * at.Size; i < min(total, at.Number*at.Size); i++ {
						rows = append(rows, i)
					}
					return rows, total, nil
				})
		})
		answer, err := app.Test(httptest.NewRequest("GET", "/", nil), -1)
		if err != nil {
			t.Fatal(err)
		}
		body, err := io.ReadAll(answer.Body)
		if err != nil {
			t.Fatal(err)
		}
		text := string(body)
		if got := strings.Count(text, "\r\n"); got != lines || !strings.HasPrefix(text, "\ufeffno,name\r\n") {
			t.Errorf("%d rows come in %d lines, want %d: %.40s", total, got, lines, text)
		}
		if total > 0 && !strings.Contains(text, "0,'=塘") {
			t.Errorf("a cell is a formula: %.60s", text)
		}
		if cut := strings.Contains(text, "只导出了前"); cut != (total > Most) || read > Most/identity.MaxFilePage {
			t.Errorf("%d rows: cut %v, read %d times", total, cut, read)
		}
		if name := answer.Header.Get("Content-Disposition"); !strings.Contains(name, "20261209.csv") {
			t.Errorf("it is called %s", name)
		}
	}
	app := fiber.New(fiber.Config{ErrorHandler: func(c *fiber.Ctx, err error) error { return c.SendStatus(422) }})
	app.Get("/", func(c *fiber.Ctx) error {
		return Send(c, time.Now(), "名单", columns, func(identity.Page) ([]int, int, error) {
			return nil, 0, fault.New(fault.Invalid, "最低价请填写金额")
		})
	})
	if answer, err := app.Test(httptest.NewRequest("GET", "/", nil), -1); err != nil || answer.StatusCode != 422 {
		t.Errorf("%v %v", answer, err)
	}
}
