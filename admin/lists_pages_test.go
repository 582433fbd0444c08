package admin_test

import (
	"database/sql"
	"encoding/csv"
	"fmt"
	"net/url"
	"path/filepath"
	"strings"
	"testing"

	"sunlot/cmd/sunlot/housetest"
)

// tableOf reads an exported list; the first row is its head.
func tableOf(c *housetest.Client, path string) [][]string {
	c.R.T.Helper()
	a := c.Get(path)
	if a.StatusCode != 200 || a.Header.Get("Content-Type") != "text/csv; charset=utf-8" ||
		!strings.HasPrefix(a.Body, "\ufeff") ||
		!strings.HasPrefix(a.Header.Get("Content-Disposition"), "attachment; ") ||
		a.Header.Get("Cache-Control") != "no-store" {
		c.R.T.Fatalf("%s: %d %v %.200s", path, a.StatusCode, a.Header, a.Body)
	}
	read := csv.NewReader(strings.NewReader(strings.TrimPrefix(a.Body, "\ufeff")))
	read.FieldsPerRecord = -1
	rows, err := read.ReadAll()
	c.R.Ok(err)
	return rows
}

// TestNoCellOfAListIsAFormula exports assets whose names a spreadsheet would
// carry out; a sum stays a number.
func TestNoCellOfAListIsAFormula(t *testing.T) {
	r := housetest.OnSQLite(t)
	d, clerk := r.Desks(), r.Browser("clerk")
	names := []string{`=HYPERLINK("http://evil.example","看")`, "+1+1", "-2", "@SUM(A1)", "＝1+1", "＋1", "－1", "＠x",
		" =1+1", "寻常的塘，“东”"}
	for i, name := range names {
		body := housetest.With(r.AssetBody(d.Clerk.Photo(10*i+1), d.Clerk.Photo(10*i+2), d.Clerk.Photo(10*i+3)),
			"name", name)
		d.Registered(d.Clerk.Must("/api/v1/assets", body))
	}
	rows := tableOf(clerk, "/office/assets?as=csv&sort=newest")
	if fmt.Sprint(rows[0]) != "[名称 类别 所有权人 经办的集体经济组织 坐落 面积或者数量 计量单位 "+
		"上一期租金（元） 上一期租金的计价单位 上一租期届满日 登记时间]" || len(rows) != len(names)+1 {
		t.Fatalf("%d rows under %v", len(rows)-1, rows[0])
	}
	for _, row := range rows[1:] {
		if strings.ContainsAny(row[0][:1], "=+-@ ") || strings.HasPrefix(row[0], "＝") ||
			strings.HasPrefix(row[0], "＋") || strings.HasPrefix(row[0], "－") || strings.HasPrefix(row[0], "＠") {
			t.Errorf("%q would be carried out", row[0])
		}
		if row[5] != "38.60" || row[7] != "350.00" {
			t.Errorf("the numbers are %v", row)
		}
	}
}

// TestAListIsOfItsOffice: page and file have what the office may see, by state,
// words and order, and nothing of another place.
func TestAListIsOfItsOffice(t *testing.T) {
	housetest.Each(t, func(t *testing.T, r *housetest.House) {
		d := r.Desks()
		draft, out := d.Tender(0), d.Tender(4)
		clerk, theirs, leader := r.Browser("clerk"), r.Browser("clerk2"), r.Browser("leader")
		titles := func(rows [][]string) (all []string) {
			for _, row := range rows[1:] {
				all = append(all, row[0]+" "+row[3])
			}
			return all
		}
		for _, c := range []struct {
			who  *housetest.Client
			at   string
			want string
		}{
			{clerk, "", "[第三组鱼塘及旱地 公告中 第三组鱼塘及旱地 起草中]"},
			{clerk, "&state=drafted", "[第三组鱼塘及旱地 起草中]"},
			{clerk, "&q=" + url.QueryEscape("松坪"), "[]"},
			{theirs, "", "[松坪一组茶园 公告中]"},
			{leader, "&sort=price&state=listed", "[松坪一组茶园 公告中 第三组鱼塘及旱地 公告中]"},
			{leader, "&sort=nonsense&state=nonsense&page=99",
				"[第三组鱼塘及旱地 公告中 第三组鱼塘及旱地 起草中 松坪一组茶园 公告中]"},
		} {
			if got := fmt.Sprint(titles(tableOf(c.who, "/office/tenders?as=csv"+c.at))); got != c.want {
				t.Errorf("%s: %s, want %s", c.at, got, c.want)
			}
			page := c.who.Get("/office/tenders?" + strings.TrimPrefix(c.at, "&"))
			housetest.Says(t, page, fmt.Sprintf("共 %d 条", strings.Count(c.want, "中")))
		}
		if page := theirs.Get("/office/tenders"); strings.Contains(page.Body, draft) ||
			strings.Contains(page.Body, out) {
			t.Error("the neighbour's list has ours")
		}
		for _, path := range []string{"/office/registrations", "/office/deposits", "/office/objections"} {
			housetest.Expect(t, clerk.Get(path+"?as=csv"), 403)
			housetest.Expect(t, r.Nobody().Get(path+"?as=csv"), 303)
		}
	})
}

// TestAListKeepsItsConditions: a page past the end is the last one, and the links
// to other pages and to the file keep words, state and order.
func TestAListKeepsItsConditions(t *testing.T) {
	r := housetest.OnSQLite(t)
	d, clerk := r.Desks(), r.Browser("clerk")
	for range 3 {
		d.Tender(0)
	}
	page := clerk.Get("/office/tenders?size=2&page=99&state=drafted&sort=price&q=" + url.QueryEscape("鱼塘"))
	housetest.Says(t, page, "共 3 条", "清除条件", "第 2 / 2 页，共 3 条")
	for _, want := range []string{`<option value="drafted" selected>`, `<option value="price" selected>`, `value="鱼塘"`,
		"/office/tenders?page=1&amp;q=%E9%B1%BC%E5%A1%98&amp;size=2&amp;sort=price&amp;state=drafted",
		"/office/tenders?as=csv&amp;q=%E9%B1%BC%E5%A1%98&amp;sort=price&amp;state=drafted"} {
		if !strings.Contains(page.Body, want) {
			t.Errorf("the page lacks %s", want)
		}
	}
	housetest.Says(t, clerk.Get("/office/tenders?q=x"), "共 0 条", "没有找到")
	housetest.Says(t, clerk.Get("/office/assets?state=building"), "共 0 条", "没有找到")
	housetest.Says(t, clerk.Get("/office/assets?state=water_land&sort=area"), "共 3 条")
}

// TestALongListIsCut and says so; what tells of a bidder's account is masked.
func TestALongListIsCut(t *testing.T) {
	r := housetest.OnSQLite(t)
	id := r.Neighbour().Lot
	b, _ := r.Paid(id)
	station := r.Browser("station")
	rows := tableOf(station, "/office/deposits?as=csv")
	if len(rows) != 2 || rows[1][1] != b.Name || rows[1][2] != "****"+b.Account[len(b.Account)-4:] {
		t.Errorf("the file has %v", rows)
	}
	rows = tableOf(station, "/office/registrations?as=csv&lot="+id)
	if len(rows) != 2 || rows[1][4] != "****0000" || strings.Contains(fmt.Sprint(rows), b.Account) {
		t.Errorf("the file has %v", rows)
	}
	if rows := tableOf(station, "/office/registrations?as=csv&lot=x"); len(rows) != 1 {
		t.Errorf("of no lot: %v", rows)
	}
	manyDeposits(r, 5050)
	rows = tableOf(station, "/office/deposits?as=csv")
	if last := rows[len(rows)-1]; len(rows) != 5002 || last[0] != "只导出了前 5000 条，共 5051 条。请缩小查找范围后分次导出。" {
		t.Errorf("%d rows, the last %v", len(rows), last)
	}
	housetest.Says(t, station.Get("/office/deposits"), "共 5051 条", "导出表格（CSV，最多 5000 条）")
}

// manyDeposits puts copies of the one deposit into the table, as payments that match nobody.
func manyDeposits(r *housetest.House, n int) {
	r.T.Helper()
	own, err := sql.Open("sqlite", "file:"+filepath.Join(r.Store.Dir, "sunlot.db")+"?_pragma=busy_timeout(10000)")
	r.Ok(err)
	defer own.Close()
	_, err = own.Exec(`INSERT INTO deposits (id, path, state, version, serial, paid_at, payer, account, amount, memo, problem, imported_by, refund_by, refunded_by, refund_trace)
		WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?)
		SELECT 'copy' || i, path, 'received', 1, 'copy' || i, paid_at, payer, account, amount, memo, problem, imported_by, '', '', '' FROM deposits, n`, n)
	r.Ok(err)
}

// TestAFoundNothingIsNotANone: a search that finds nothing does not say that the
// office has nothing.
func TestAFoundNothingIsNotANone(t *testing.T) {
	r := housetest.OnSQLite(t)
	r.OurWork(true)
	for path, who := range map[string]string{
		"/office/projects?q=x":            "clerk",
		"/office/projects?state=returned": "clerk",
		"/office/items?q=x":               "station",
	} {
		page := r.Browser(who).Get(path)
		housetest.Says(t, page, "没有找到")
		housetest.Silent(t, page, "还没有")
	}
	housetest.Says(t, r.Browser("clerk").Get("/office/projects?state=nonsense"), "三组人行桥")
	housetest.Says(t, r.Nobody().Get("/search?q=%20%20"), "搜索")
	housetest.Silent(t, r.Nobody().Get("/search?q=%20%20"), "青塘村村民委员会")
}

// TestPastTheEndIsTheLastPage: no list says that there is nothing because an old
// link or a mended address leads past its end.
func TestPastTheEndIsTheLastPage(t *testing.T) {
	r := housetest.OnSQLite(t)
	id := r.OurWork(true)
	ours := r.Org("青塘村村民委员会")
	n := r.Neighbour()
	for _, c := range []struct {
		who        *housetest.Client
		path, word string
	}{
		{r.Nobody(), "/projects?village=" + ours + "&", id}, {r.Nobody(), "/items?", r.ItemID()},
		{r.Nobody(), "/items/" + r.ItemID() + "?", id},
		{r.Nobody(), "/tenders?", n.ID}, {r.Nobody(), "/villages?", ours},
		{r.Nobody(), "/villages/" + r.Org("松坪村村民委员会") + "?", "/assets/" + n.Asset},
		{r.Nobody(), "/villages/" + r.Org("松坪村村民委员会") + "/resolutions?", "/resolutions/"},
		{r.Browser("clerk"), "/office/projects?", id}, {r.Browser("station"), "/office/items?", r.ItemID()},
		{r.Browser("clerk2"), "/office/tenders?", n.ID},
		{r.Browser("admin"), "/office/orgs?", "青塘村村民委员会"}, {r.Browser("admin"), "/office/people?", "supervision2"},
		{r.Browser("supervision"), "/office?", "暂无待办事项"},
	} {
		if page := c.who.Get(c.path + "page=99"); page.StatusCode != 200 || !strings.Contains(page.Body, c.word) {
			t.Errorf("%spage=99: %d, without %s", c.path, page.StatusCode, c.word)
		}
	}
	r.Typed("clerk", id)
	housetest.Says(t, r.Browser("supervision").Get("/office?page=99"), "三组人行桥：需求和决议")
}
