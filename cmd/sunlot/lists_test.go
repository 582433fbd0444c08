package main

import (
	"database/sql"
	"encoding/csv"
	"fmt"
	"net/url"
	"path/filepath"
	"strings"
	"testing"
)

// table reads an exported list; the first row is its head.
func (c *client) table(path string) [][]string {
	c.r.t.Helper()
	a := c.get(path)
	if a.StatusCode != 200 || a.Header.Get("Content-Type") != "text/csv; charset=utf-8" || !strings.HasPrefix(a.body, "\ufeff") ||
		!strings.HasPrefix(a.Header.Get("Content-Disposition"), "attachment; ") || a.Header.Get("Cache-Control") != "no-store" {
		c.r.t.Fatalf("%s: %d %v %.200s", path, a.StatusCode, a.Header, a.body)
	}
	read := csv.NewReader(strings.NewReader(strings.TrimPrefix(a.body, "\ufeff")))
	read.FieldsPerRecord = -1
	rows, err := read.ReadAll()
	c.r.ok(err)
	return rows
}

// TestNoCellOfAListIsAFormula exports assets whose names a spreadsheet would
// carry out; a sum stays a number.
func TestNoCellOfAListIsAFormula(t *testing.T) {
	r := sqliteHouse(t)
	d, clerk := r.desks(), r.browser("clerk")
	names := []string{`=HYPERLINK("http://evil.example","看")`, "+1+1", "-2", "@SUM(A1)", "＝1+1", "＋1", "－1", "＠x", " =1+1", "寻常的塘,“东”"}
	for i, name := range names {
		body := with(r.assetBody(d.clerk.photo(10*i+1), d.clerk.photo(10*i+2), d.clerk.photo(10*i+3)), "name", name)
		d.clerk.must("/api/v1/assets", body)
	}
	rows := clerk.table("/office/assets?as=csv&sort=newest")
	if fmt.Sprint(rows[0]) != "[名称 类别 所有权人 代行主体 坐落 面积(亩) 上一期租金(元/亩·年) 上一租期届满日 登记时间]" || len(rows) != len(names)+1 {
		t.Fatalf("%d rows under %v", len(rows)-1, rows[0])
	}
	for _, row := range rows[1:] {
		if strings.ContainsAny(row[0][:1], "=+-@ ") || strings.HasPrefix(row[0], "＝") || strings.HasPrefix(row[0], "＋") || strings.HasPrefix(row[0], "－") || strings.HasPrefix(row[0], "＠") {
			t.Errorf("%q would be carried out", row[0])
		}
		if row[5] != "38.60" || row[6] != "350.00" {
			t.Errorf("the numbers are %v", row)
		}
	}
}

// TestAListIsOfItsOffice: page and file have what the office may see, by state,
// words and order, and nothing of another place.
func TestAListIsOfItsOffice(t *testing.T) {
	eachHouse(t, func(t *testing.T, r *running) {
		d := r.desks()
		draft, out := d.tender(0), d.tender(4)
		clerk, theirs, leader := r.browser("clerk"), r.browser("clerk2"), r.browser("leader")
		titles := func(rows [][]string) (all []string) {
			for _, row := range rows[1:] {
				all = append(all, row[0]+" "+row[3])
			}
			return all
		}
		for _, c := range []struct {
			who  *client
			at   string
			want string
		}{
			{clerk, "", "[第三组鱼塘及旱地经营权出租公告 公告中 第三组鱼塘及旱地经营权出租公告 起草中]"},
			{clerk, "&state=drafted", "[第三组鱼塘及旱地经营权出租公告 起草中]"},
			{clerk, "&q=" + url.QueryEscape("松坪"), "[]"},
			{theirs, "", "[松坪一组茶园经营权出租公告 公告中]"},
			{leader, "&sort=price&state=announced", "[松坪一组茶园经营权出租公告 公告中 第三组鱼塘及旱地经营权出租公告 公告中]"},
			{leader, "&sort=nonsense&state=nonsense&page=99", "[第三组鱼塘及旱地经营权出租公告 公告中 第三组鱼塘及旱地经营权出租公告 起草中 松坪一组茶园经营权出租公告 公告中]"},
		} {
			if got := fmt.Sprint(titles(c.who.table("/office/tenders?as=csv" + c.at))); got != c.want {
				t.Errorf("%s: %s, want %s", c.at, got, c.want)
			}
			page := c.who.get("/office/tenders?" + strings.TrimPrefix(c.at, "&"))
			says(t, page, fmt.Sprintf("共 %d 条", strings.Count(c.want, "公告 ")))
		}
		if page := theirs.get("/office/tenders"); strings.Contains(page.body, draft) || strings.Contains(page.body, out) {
			t.Error("the neighbour's list has ours")
		}
		for _, path := range []string{"/office/registrations", "/office/deposits", "/office/objections"} {
			expect(t, clerk.get(path+"?as=csv"), 403)
			expect(t, r.nobody().get(path+"?as=csv"), 303)
		}
	})
}

// TestAListKeepsItsConditions: a page past the end is the last one, and the links
// to other pages and to the file keep words, state and order.
func TestAListKeepsItsConditions(t *testing.T) {
	r := sqliteHouse(t)
	d, clerk := r.desks(), r.browser("clerk")
	for range 3 {
		d.tender(0)
	}
	page := clerk.get("/office/tenders?size=2&page=99&state=drafted&sort=price&q=" + url.QueryEscape("鱼塘"))
	says(t, page, "共 3 条", "清除条件", "第 2 / 2 页,共 3 条")
	for _, want := range []string{`<option value="drafted" selected>`, `<option value="price" selected>`, `value="鱼塘"`,
		"/office/tenders?page=1&amp;q=%E9%B1%BC%E5%A1%98&amp;size=2&amp;sort=price&amp;state=drafted",
		"/office/tenders?as=csv&amp;q=%E9%B1%BC%E5%A1%98&amp;sort=price&amp;state=drafted"} {
		if !strings.Contains(page.body, want) {
			t.Errorf("the page lacks %s", want)
		}
	}
	says(t, clerk.get("/office/tenders?q=x"), "共 0 条", "没有找到")
	says(t, clerk.get("/office/assets?state=building"), "共 0 条", "没有找到")
	says(t, clerk.get("/office/assets?state=water_land&sort=area"), "共 3 条")
}

// TestALongListIsCut and says so; what tells of a bidder's account is masked.
func TestALongListIsCut(t *testing.T) {
	r := sqliteHouse(t)
	id := r.neighbour().ID
	b, _ := r.paid(id)
	station := r.browser("station")
	rows := station.table("/office/deposits?as=csv")
	if len(rows) != 2 || rows[1][1] != b.name || rows[1][2] != "****"+b.account[len(b.account)-4:] {
		t.Errorf("the file has %v", rows)
	}
	rows = station.table("/office/registrations?as=csv&lot=" + id)
	if len(rows) != 2 || rows[1][4] != "****0000" || strings.Contains(fmt.Sprint(rows), b.account) {
		t.Errorf("the file has %v", rows)
	}
	if rows := station.table("/office/registrations?as=csv&lot=x"); len(rows) != 1 {
		t.Errorf("of no lot: %v", rows)
	}
	r.manyDeposits(5050)
	rows = station.table("/office/deposits?as=csv")
	if last := rows[len(rows)-1]; len(rows) != 5002 || last[0] != "只导出了前 5000 条,共 5051 条。请缩小查找范围后分次导出。" {
		t.Errorf("%d rows, the last %v", len(rows), last)
	}
	says(t, station.get("/office/deposits"), "共 5051 条", "导出表格(CSV,最多 5000 条)")
}

// manyDeposits puts copies of the one deposit into the table, as payments that match nobody.
func (r *running) manyDeposits(n int) {
	r.t.Helper()
	own, err := sql.Open("sqlite", "file:"+filepath.Join(r.store.Dir, "sunlot.db")+"?_pragma=busy_timeout(10000)")
	r.ok(err)
	defer own.Close()
	_, err = own.Exec(`INSERT INTO deposits (id, path, state, version, serial, paid_at, payer, account, amount, memo, problem, imported_by, refund_by, refunded_by, refund_trace)
		WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?)
		SELECT 'copy' || i, path, 'received', 1, 'copy' || i, paid_at, payer, account, amount, memo, problem, imported_by, '', '', '' FROM deposits, n`, n)
	r.ok(err)
}

// TestAFoundNothingIsNotANone: a search that finds nothing does not say that the
// office has nothing.
func TestAFoundNothingIsNotANone(t *testing.T) {
	r := sqliteHouse(t)
	r.ourWork(true)
	for path, who := range map[string]string{"/office/projects?q=x": "clerk", "/office/projects?state=returned": "clerk", "/office/items?q=x": "station"} {
		page := r.browser(who).get(path)
		says(t, page, "没有找到")
		silent(t, page, "还没有")
	}
	says(t, r.browser("clerk").get("/office/projects?state=nonsense"), "三组人行桥")
	says(t, r.nobody().get("/search?q=%20%20"), "搜索")
	silent(t, r.nobody().get("/search?q=%20%20"), "青塘村村民委员会")
}

// TestPastTheEndIsTheLastPage: no list says that there is nothing because an old
// link or a mended address leads past its end.
func TestPastTheEndIsTheLastPage(t *testing.T) {
	r := sqliteHouse(t)
	id := r.ourWork(true)
	ours := r.org("青塘村村民委员会")
	n := r.neighbour()
	for _, c := range []struct {
		who        *client
		path, word string
	}{
		{r.nobody(), "/projects?village=" + ours + "&", id}, {r.nobody(), "/items?", r.itemID()}, {r.nobody(), "/items/" + r.itemID() + "?", id},
		{r.nobody(), "/tenders?", n.ID}, {r.nobody(), "/villages?", ours}, {r.nobody(), "/villages/" + r.org("松坪村村民委员会") + "?", "/assets/" + n.Asset},
		{r.nobody(), "/villages/" + r.org("松坪村村民委员会") + "/resolutions?", "/resolutions/"},
		{r.browser("clerk"), "/office/projects?", id}, {r.browser("station"), "/office/items?", r.itemID()}, {r.browser("clerk2"), "/office/tenders?", n.ID},
		{r.browser("admin"), "/office/orgs?", "青塘村村民委员会"}, {r.browser("admin"), "/office/people?", "supervision2"}, {r.browser("supervision"), "/office?", "没有等待您办理的事项"},
	} {
		if page := c.who.get(c.path + "page=99"); page.StatusCode != 200 || !strings.Contains(page.body, c.word) {
			t.Errorf("%spage=99: %d, without %s", c.path, page.StatusCode, c.word)
		}
	}
	r.typed("clerk", id)
	says(t, r.browser("supervision").get("/office?page=99"), "三组人行桥:需求和决议")
}
