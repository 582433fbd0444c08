package verify

import (
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"strings"
	"testing"

	"sunlot/internal/event"
	"sunlot/trading"
	"sunlot/trading/contracts"
	"sunlot/trading/works"
)

// TestWhatIsAsItWasSignedPasses: a server that shows what the log has is not accused.
func TestWhatIsAsItWasSignedPasses(t *testing.T) {
	c := newCounty(t)
	wrong, err := Compare(t.Context(), c.served()+"/", c.report)
	if err != nil || len(wrong) > 0 {
		t.Fatalf("%q %v", wrong, err)
	}
}

// TestEachDifferenceIsNamed: what a page, a document or the log itself has
// otherwise is named by its noun and, where one event says it, by that event.
func TestEachDifferenceIsNamed(t *testing.T) {
	tender, lot, item, project := "/api/v1/tenders/a", "/api/v1/lots/a", "/api/v1/items/i", "/api/v1/projects/p"
	page := func(path string, value any, names ...string) func(*county) {
		return func(c *county) { c.shows(path, value, names...) }
	}
	gone := func(path string) func(*county) { return func(c *county) { delete(c.pages, path) } }
	noDocument := func(text string) func(*county) {
		return func(c *county) { delete(c.documents, event.Hash([]byte(text))) }
	}
	for name, x := range map[string]struct {
		change func(*county)
		says   []string
	}{
		"start price": {page(tender, 50000, "form", "start_price"), []string{"交易 a（tender:a/1）",
			"起始价为 500.00", "日志中为 400.00"}},
		"term":          {page(tender, 6, "form", "years"), []string{"租期为 6", "日志中为 5"}},
		"area":          {page(tender, 3861, "area"), []string{"面积为 38.61"}},
		"registration":  {page(tender, "2026-12-04T09:00:00Z", "register_until"), []string{"报名截止"}},
		"notice":        {page(tender, "x", "document"), []string{"公告文件为 x"}},
		"notice hidden": {gone(tender), []string{"日志中有公告（tender:a/1），页面上却没有"}},
		"notice lost":   {noDocument(`"notice"`), []string{"交易 a（tender:a/1）", "与日志中的校验码不符"}},
		"supplement":    {noDocument(`"supplement"`), []string{"交易 a（tender:a/2）", "与日志中的校验码不符"}},
		"notice unread": {func(c *county) { c.relogs("tender:a", 1, "area", "much") }, []string{"交易 a", "公告记录无法读取"}},

		"supplement unread": {func(c *county) { c.relogs("tender:a", 2, "number", "one") }, []string{"tender:a/2",
			"补充公告记录无法读取"}},
		"supplement shortens": {func(c *county) {
			c.relogs("tender:a", 2, "register_until", "2026-12-03T09:00:00.000Z")
			c.shows(tender, "2026-12-03T09:00:00Z", "register_until")
		}, []string{"交易 a（tender:a/2）", "日期只能向后移"}},
		"supplement opens earlier": {func(c *county) {
			c.relogs("tender:a", 2, "opens_at", "2026-12-06T01:00:00.000Z")
			c.shows(tender, "2026-12-06T01:00:00Z", "opens_at")
		}, []string{"交易 a（tender:a/2）", "日期只能向后移"}},
		"supplement of another end": {func(c *county) {
			c.relogs("tender:a", 2, "register_until_before", "2026-12-05T09:00:00.000Z")
		}, []string{"交易 a（tender:a/2）", "原来报名截止应为 2026-12-04T09:00:00.000Z"}},
		"schedule of another end": {func(c *county) {
			c.logs("tender:a", "tender.rescheduled", trading.RescheduledFacts{
				RegisterUntil: "2026-12-07T09:00:00.000Z", OpensAt: "2026-12-08T01:00:00.000Z"})
		}, []string{"交易 a（tender:a/3）", "原来报名截止应为"}},
		"announced twice": {func(c *county) {
			again := c.report.Streams["tender:a"][0]
			again.Event.Seq = 3
			c.report.Streams["tender:a"] = append(c.report.Streams["tender:a"], again)
		}, []string{"交易 a（tender:a/3）", "公告重复发布"}},
		"no resolution": {func(c *county) {
			c.relogs("tender:a", 1, "resolution", event.Ref{Stream: "resolution:none", Seq: 1})
		}, []string{"交易 a（tender:a/1）", "日志中没有它所依据的决议"}},
		"a resolution of later": {func(c *county) {
			c.report.Streams["resolution:r"][0].Event.At = opens
		}, []string{"交易 a（tender:a/1）", "日志中没有它所依据的决议"}},
		"an unlawful resolution": {func(c *county) {
			c.relogs("resolution:r", 1, "lawful", false)
			c.shows("/api/v1/resolutions/r", false, "lawful")
		}, []string{"交易 a（tender:a/1）", "所依据的决议程序不合规"}},
		"another asset's resolution": {func(c *county) {
			c.logs("asset:b", "asset.registered", trading.AssetFacts{Owner: "g", Assembly: "group_meeting"})
			c.relogs("resolution:r", 1, "asset", event.Ref{Stream: "asset:b", Seq: 1})
		}, []string{"交易 a（tender:a/1）", "所依据的决议是另一项资产的"}},
		"longer than decided": {func(c *county) {
			c.relogs("resolution:r", 1, "years", 4)
			c.shows("/api/v1/resolutions/r", 4, "form", "years")
		}, []string{"交易 a（tender:a/1）", "租期比决议的长"}},
		"below the floor": {func(c *county) {
			c.relogs("resolution:r", 1, "floor_price", 99999900)
			c.shows("/api/v1/resolutions/r", 99999900, "form", "floor_price")
		}, []string{"交易 a（tender:a/1）", "起始价低于决议定的底价"}},
		"another signs": {func(c *county) { c.relogs("contract:a", 1, "bidder", "9999") }, []string{
			"合同 a（contract:a/1）", "与竞价的结果不符"}},
		"signed for less": {func(c *county) { c.relogs("contract:a", 1, "price", 1) }, []string{
			"合同 a（contract:a/1）", "与竞价的结果不符"}},
		"signed where nobody won": {func(c *county) {
			c.logs("contract:b", "contract.signed", contracts.SignedFacts{Bidder: "2000", Price: 42000})
		}, []string{"合同 b（contract:b/1）", "与竞价的结果不符"}},

		"leader":     {page(lot, "1000", "lot", "leader"), []string{"标的 a（lot:a/5）", "页面上为 1000 号"}},
		"bids":       {page(lot, 4, "lot", "bids"), []string{"4 次报价"}},
		"lot hidden": {gone(lot), []string{"日志中有竞价（lot:a），页面上却没有"}},
		"award":      {page(lot+"/award", 1, "price"), []string{"结果页为 2000 号 0.01 元"}},
		"award gone": {gone(lot + "/award"), []string{"结果页为"}},
		"rent": {page(lot+"/contract", 0, "received"), []string{"合同 a（contract:a）",
			"页面上已收 0.00 元，日志中为 16,212.00 元"}},
		"a bad bid": {func(c *county) { c.relogs("lot:a", 3, "price", 40500) }, []string{"lot:a/3", "报价不合规则"}},

		"edition":      {page(item, 2, "edition"), []string{"事项 i（item:i）", "页面上是第 2 版，日志中是第 1 版"}},
		"item changed": {page(item, object{"number": "GC-02"}, "form"), []string{"页面上的内容与公布的文件不符"}},
		"item hidden":  {gone(item), []string{"日志中有事项，页面上却没有"}},
		"item unread": {func(c *county) { c.relogs("item:i", 1, "edition", "first") },
			[]string{"事项 i（item:i/1）", "记录无法读取"}},

		"sums": {page(project, 1, "sums", "paid"), []string{"项目 p（project:p）", "已付 0.01 元",
			"日志中为 119,600.00"}},
		"decision":       {page(project, "other", "resolution"), []string{"登记文件或决议与日志不符"}},
		"not finished":   {page(project, "underway", "state"), []string{"页面上为“实施中”，日志中不是"}},
		"entries hidden": {page(project, []any{}, "entries"), []string{"“预算”的日期、金额或文件与日志不符"}},
		"entries added":  {page(project, make([]any, 9), "entries"), []string{"页面上有 9 条登记，日志中为 7 条"}},
		"place":          {page(project, "村尾", "place"), []string{"与公布的文件不符"}},
		"work hidden":    {gone(project), []string{"日志中有项目，页面上却没有"}},
		"sums of the log": {func(c *county) { c.relogs("project:p", 4, "sum", 1) },
			[]string{"项目 p（project:p/4）", "合计与逐条相加不符"}},
		"entry unread": {func(c *county) { c.relogs("project:p", 2, "sum", "much") },
			[]string{"项目 p（project:p/2）", "记录无法读取"}},
		"work unread": {func(c *county) { c.relogs("project:p", 1, "estimate", "much") },
			[]string{"项目 p（project:p/1）", "记录无法读取"}},
	} {
		t.Run(name, func(t *testing.T) {
			c := newCounty(t)
			x.change(c)
			wrong, err := Compare(t.Context(), c.served(), c.report)
			if err != nil {
				t.Fatal(err)
			}
			said := strings.Join(wrong, "\n")
			for _, words := range x.says {
				if !strings.Contains(said, words) {
					t.Errorf("without %q:\n%s", words, said)
				}
			}
		})
	}
}

// TestAStrangersPageDoesNotSteerTheTerminal: what a server shows is quoted when
// it is more than text.
func TestAStrangersPageDoesNotSteerTheTerminal(t *testing.T) {
	c := newCounty(t)
	c.shows("/api/v1/tenders/a", "\x1b[2J", "document")
	c.shows("/api/v1/lots/a", "\x1b[2J", "lot", "leader")
	wrong, err := Compare(t.Context(), c.served(), c.report)
	if err != nil || len(wrong) != 2 || strings.Contains(strings.Join(wrong, ""), "\x1b") {
		t.Errorf("%q %v", wrong, err)
	}
}

// TestAServerInTroubleIsNoLiar: an answer that is none ends the comparison with
// an error; nobody is accused.
func TestAServerInTroubleIsNoLiar(t *testing.T) {
	for _, path := range []string{"/api/v1/tenders/a", "/api/v1/lots/a", "/api/v1/lots/a/award",
		"/api/v1/lots/a/contract",
		"/api/v1/items/i", "/api/v1/projects/p", "/api/v1/documents/" + event.Hash([]byte(`"notice"`))} {
		c := newCounty(t)
		c.broken = path
		if _, err := Compare(t.Context(), c.served(), c.report); err == nil || !strings.Contains(err.Error(), "500") {
			t.Errorf("%s: %v", path, err)
		}
	}
}

// TestABusyServerIsAskedAgain: one that says 429 is waited for; one that says nothing else
// ends the comparison.
func TestABusyServerIsAskedAgain(t *testing.T) {
	for _, never := range []bool{false, true} {
		c := newCounty(t)
		server, err := url.Parse(c.served())
		if err != nil {
			t.Fatal(err)
		}
		asked, proxy := 0, httputil.NewSingleHostReverseProxy(server)
		busy := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			asked++
			if never || asked%2 == 1 {
				w.Header().Set("Retry-After", "0")
				w.WriteHeader(http.StatusTooManyRequests)
				return
			}
			proxy.ServeHTTP(w, r)
		}))
		defer busy.Close()
		wrong, err := Compare(t.Context(), busy.URL, c.report)
		if (err != nil) != never || len(wrong) > 0 || err != nil && !strings.Contains(err.Error(), "429") {
			t.Errorf("never %t: %q %v", never, wrong, err)
		}
	}
}

// TestAWorkEndsWithItsLastPayment: the log alone says when a work is finished.
func TestAWorkEndsWithItsLastPayment(t *testing.T) {
	c := newCounty(t)
	entries := c.report.Streams["project:p"]
	for n, finished := range map[int]bool{len(entries): true, len(entries) - 1: false, 1: false, 0: false} {
		counted := countProject("project:p", entries[:n])
		if counted.finished() != finished || len(counted.wrong) > 0 {
			t.Errorf("%d events: finished %v, wrong %q", n, counted.finished(), counted.wrong)
		}
	}
	whole := countProject("project:p", entries)
	want := works.SumsFacts{Budget: 12800000, Contract: 11960000, Varied: -100000, Final: 11860000, Paid: 11860000}
	if whole.sums != want || len(whole.order) != 7 {
		t.Errorf("%+v, %d entries", whole.sums, len(whole.order))
	}
}
