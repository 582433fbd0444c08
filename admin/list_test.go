package admin

import (
	"context"
	"encoding/csv"
	"fmt"
	"io"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/gofiber/fiber/v2"

	"sunlot/internal/casework"
	"sunlot/internal/identity"
	"sunlot/internal/money"
	"sunlot/web"
	"sunlot/web/table"
)

type barn struct {
	name   string
	stalls int
	rent   money.Fen
	area   money.Area
	built  time.Time
}

// barns is a list over so many barns; each read's query is kept.
func barns(count int, asked *[]casework.Query) List[barn] {
	return List[barn]{
		Path:   "/office/barns",
		Name:   "谷仓",
		States: []web.Choice{{Value: "full", Label: "满"}, {Value: "empty", Label: "空"}},
		Sorts:  []web.Choice{{Value: "newest", Label: "最新在前"}, {Value: "name", Label: "按名称"}},
		Parent: "farm",
		Read: func(_ context.Context, _ identity.Actor, q casework.Query) ([]barn, int, error) {
			*asked = append(*asked, q)
			var rows []barn
			for n := q.Page.Offset(); n < min(q.Page.Offset()+q.Page.Size, count); n++ {
				rows = append(rows, barn{name: fmt.Sprintf("谷仓%d", n), stalls: n, rent: 123456789, area: 123456})
			}
			return rows, count, nil
		},
		Columns: []table.Column[barn]{
			table.Text("名称", func(b barn) string { return b.name }),
			table.Count("栏", func(b barn) int { return b.stalls }),
			table.Yuan("租金", func(b barn) money.Fen { return b.rent }),
			table.Mu("面积", func(b barn) money.Area { return b.area }),
			table.Moment("建成", func(b barn) time.Time { return b.built }),
		},
	}
}

// ask answers a request at the address with the handler.
func ask(t *testing.T, address string, handle fiber.Handler) (body string, header func(string) string) {
	t.Helper()
	app := fiber.New()
	app.Get("/office/barns", handle)
	answer, err := app.Test(httptest.NewRequest("GET", address, nil), -1)
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	read, err := io.ReadAll(answer.Body)
	if err != nil || answer.StatusCode != 200 {
		t.Fatalf("%s: %d %s %v", address, answer.StatusCode, read, err)
	}
	return string(read), answer.Header.Get
}

// TestAListIsWhatTheAddressAsksFor: what there is not is the default.
func TestAListIsWhatTheAddressAsksFor(t *testing.T) {
	for address, want := range map[string]struct {
		sort, state, parent, text string
		number, size              int
		narrowed                  bool
		export                    string
	}{
		"": {sort: "newest", number: 1, size: 20, export: "as=csv"},
		"?sort=name&state=full": {sort: "name", state: "full", number: 1, size: 20, narrowed: true,
			export: "as=csv&sort=name&state=full"},
		"?sort=price&state=lost": {sort: "newest", number: 1, size: 20, export: "as=csv&sort=price&state=lost"},
		"?q=仓&page=2&farm=f1": {sort: "newest", parent: "f1", text: "仓", number: 2, size: 20, narrowed: true,
			export: "as=csv&farm=f1&q=%E4%BB%93"},
		"?page=99":           {sort: "newest", number: 3, size: 20, export: "as=csv"}, // the last there is
		"?page=-1&size=1000": {sort: "newest", number: 1, size: identity.MaxPage, export: "as=csv"},
	} {
		var asked []casework.Query
		ask(t, "/office/barns"+strings.ReplaceAll(address, "仓", "%E4%BB%93"), func(c *fiber.Ctx) error {
			page, err := barns(45, &asked).Page(c, nil)
			h, q := page.List, asked[len(asked)-1]
			if h.Sort != want.sort || q.Sort != want.sort || h.State != want.state || h.ParentID != want.parent ||
				q.Parent != want.parent || h.Text != want.text {
				t.Errorf("%s: %+v %+v", address, h, q)
			}
			if q.Page.Number != want.number || q.Page.Size != want.size || h.Narrowed() != want.narrowed ||
				h.Export != "/office/barns?"+want.export {
				t.Errorf("%s: %+v, narrowed %v, %s", address, q.Page, h.Narrowed(), h.Export)
			}
			if len(page.Rows) == 0 || h.Paging.Total != 45 {
				t.Errorf("%s: %d of %d rows", address, len(page.Rows), h.Paging.Total)
			}
			return err
		})
	}
}

// TestAFileHasTheWholeList: all pages, in a form that a spreadsheet reads, and
// what is cut is said.
func TestAFileHasTheWholeList(t *testing.T) {
	at := time.Date(2026, 11, 22, 17, 0, 0, 0, time.UTC) // the 23rd in Beijing
	for count, rows := range map[int]int{
		0:              1,
		1:              2,
		1234:           1235,
		table.Most:     table.Most + 1,
		table.Most + 7: table.Most + 2,
	} {
		var asked []casework.Query
		body, header := ask(t, "/office/barns?as=csv&state=full&page=3", func(c *fiber.Ctx) error {
			if !table.Asked(c) {
				t.Error("no file")
			}
			return barns(count, &asked).File(c, at)
		})
		text, marked := strings.CutPrefix(body, "\ufeff")
		all, err := readAll(text)
		if err != nil || !marked || len(all) != rows || strings.Join(all[0], "|") != "名称|栏|租金|面积|建成" {
			t.Fatalf("%d: %d rows, %v", count, len(all), err)
		}
		if count > 0 && strings.Join(all[1], "|") != "谷仓0|0|1234567.89|1234.56|" {
			t.Errorf("%v", all[1])
		}
		last := all[len(all)-1]
		if cut := count > table.Most; cut != (last[0] == fmt.Sprintf("只导出了前 %d 条，共 %d 条。请缩小查找范围后分次导出。", table.Most,
			count)) {
			t.Errorf("%d: %v", count, last)
		}
		if got := header("Content-Disposition"); !strings.HasSuffix(got, "20261123.csv") ||
			!strings.HasPrefix(header("Content-Type"), "text/csv") {
			t.Errorf("%s, %s", got, header("Content-Type"))
		}
		for _, q := range asked {
			if !q.Page.File || string(q.States[0]) != "full" {
				t.Errorf("%+v", q)
			}
		}
	}
}

func readAll(text string) ([][]string, error) {
	r := csv.NewReader(strings.NewReader(text))
	r.FieldsPerRecord = -1
	return r.ReadAll()
}

func TestStatesAreChoices(t *testing.T) {
	all := web.StatesOf([]casework.State{"a", "b"}, func(s casework.State) string { return "状态" + string(s) })
	if len(all) != 2 || all[1].Value != "b" || all[1].Label != "状态b" || Chosen(all, "b") != "b" ||
		Chosen(all, "c") != "" {
		t.Errorf("%+v", all)
	}
}
