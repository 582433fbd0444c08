package tendering_test

import (
	"html"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"sunlot/cmd/sunlot/demo"
	"sunlot/cmd/sunlot/housetest"
	"sunlot/internal/identity"
	"sunlot/trading"
)

// TestAReviewerHasItAllOnOnePage: the draft as it will be published, what it rests
// on, what the program makes of it, room for a remark beside each value, and what
// has changed since the last return.
func TestAReviewerHasItAllOnOnePage(t *testing.T) {
	housetest.Each(t, func(t *testing.T, r *housetest.House) {
		d := r.Desks()
		id := d.Tender(1)
		page := "/office/tenders/" + id
		station := r.Browser("station")
		clerk := r.Browser("clerk")
		seen := station.Get(page)
		housetest.Says(t, seen, "自动核对", "需人工核对", "到会人数", "应到 26 人，到会 24 人", "三分之二以上", "请对照现行条文",
			"《中华人民共和国村民委员会组织法》（2018修正）第二十八条（施行至2025-12-31；现行条号待核）",
			"资格条件和交易条件", "符合", "决议已核实", "《四议两公开工作法》",
			"起始价和底价", "400.00 元/亩·年", "本次决议", "公告期", "10 个工作日",
			"依据的决议", "应到 26 人，到会 24 人，同意 22 人，反对 1 人，弃权 1 人", "标的", "38.60 亩", "发布后的公告", "报名截止 2026年12月7日 16:00",
			"竞价方式", "公告内容，逐栏审", "起始价", "税费", "办理经过")
		for _, want := range []string{`name="reason_fees"`, `aria-label="税费"`, `formaction="` + page + `/check"`,
			`/photos/`} {
			if !strings.Contains(seen.Body, want) {
				t.Errorf("the page lacks %s", want)
			}
		}
		for _, login := range []string{"clerk", "leader", "supervision"} {
			if page := r.Browser(login).Get(page); page.StatusCode != 200 ||
				strings.Contains(page.Body, `name="reason_fees"`) || !strings.Contains(page.Body, "自动核对") {
				t.Errorf("%s, who does not decide now: %d", login, page.StatusCode)
			}
		}
		both := url.Values{"version": {"2"}, "reason_fees": {"写明由谁承担"}, "request_id": {"review-0001"}}
		a := station.Submit(page+"/check", both)
		housetest.Expect(t, a, 422, "reasons")
		if !strings.Contains(a.Body, `value="写明由谁承担"`) || !strings.Contains(a.Body, `id="f-reasons"`) {
			t.Error("a remark beside the button that passes is lost")
		}
		if a := station.Submit(page+"/return", both); a.StatusCode != 303 {
			t.Fatalf("not returned: %d %s", a.StatusCode, housetest.Brief(a.Body))
		}
		mended := r.TenderSheet(tenderOf(r, id).Asset, tenderOf(r, id).TenderForm.Resolution)
		mended.Set("fees", "由承租方承担")
		mended.Set("version", "3")
		if a := clerk.Submit(page, housetest.Once(mended)); a.StatusCode != 303 {
			t.Fatalf("not mended: %d %v", a.StatusCode, a.Fields())
		}
		d.Clerk.Must("/api/v1/tenders/"+id+"/submit", housetest.Object{"version": 4})
		housetest.Says(t, station.Get(page), "退回后改了 1 栏", "税费", "由承租方承担", "已改。退回时是", demo.DemoTexts["fees"],
			"上次退回要求：写明由谁承担")
		for i, step := range []string{"check", "approve", "announce"} {
			[]*housetest.Client{d.Station, d.Leader, d.Clerk}[i].Must("/api/v1/tenders/"+id+"/"+step,
				housetest.Object{"version": 5 + i})
		}
		open := r.Nobody().Get("/tenders/" + id)
		housetest.Silent(t, open, "退回时是", "写明由谁承担")
		housetest.Silent(t, r.Nobody().Get("/api/v1/tenders/"+id), "写明由谁承担")
	})
}

// tenderOf is a tender as it is kept.
func tenderOf(r *housetest.House, id string) trading.Tender {
	r.T.Helper()
	n, err := r.DB.Tender(r.T.Context(), id, identity.Everywhere)
	r.Ok(err)
	return n
}

// TestANewNoticeBeginsWithTheLast: the terms of the asset's last notice, else of
// the village's; what must be thought about anew is empty.
func TestANewNoticeBeginsWithTheLast(t *testing.T) {
	r := housetest.OnSQLite(t)
	d, clerk := r.Desks(), r.Browser("clerk")
	fresh := d.Asset(7)
	housetest.Silent(t, clerk.Get("/office/tenders/new?asset="+fresh), "已按上次公告预填")
	a := r.Auction(d, r.Bidder(), r.Bidder())
	asset := tenderOf(r, a.Tender).Asset
	same := clerk.Get("/office/tenders/new?asset=" + asset)
	housetest.Says(t, same, "已按上次公告预填", "2026年11月23日", "《第三组鱼塘及旱地经营权出租公告》", "不照上次的填", "上次起始价 400.00 元/亩·年，还没有结果")
	housetest.Silent(t, same, "本村另一项资产")
	for name, want := range map[string]string{
		"title":             "第三组鱼塘及旱地经营权出租公告",
		"step":              "10.00",
		"deposit_percent":   "10",
		"rent_due":          "03-01",
		"notice_days":       "10",
		"contact":           demo.DemoTexts["contact"],
		"start_price":       "",
		"years":             "",
		"starts_on":         "",
		"inspection_on":     "",
		"priority_notified": "",
	} {
		if got := inputOf(t, same, name); got != want {
			t.Errorf("%s begins with %q, want %q", name, got, want)
		}
	}
	other := clerk.Get("/office/tenders/new?asset=" + fresh + "&resolution=" + d.Resolution(fresh, 2))
	housetest.Says(t, other, "已按上次公告预填", "本村另一项资产", "加价幅度、对交易有重大影响的信息、定价依据、特别提示")
	if inputOf(t, other, "start_price") != "400.00" || inputOf(t, other, "years") != "5" ||
		inputOf(t, other, "inspection_place") != "村东头" {
		t.Error("of another asset the resolution's price and the asset's own place are taken")
	}
	me, err := r.DB.PersonByLogin(t.Context(), "clerk")
	r.Ok(err)
	r.Program("admin").Must("/api/v1/roles",
		housetest.Object{"person": me.ID, "org": r.Org("松坪村经济合作社"), "role": "clerk"})
	elsewhere := r.Neighbour().Resolution // of a village in which the same person drafts, too
	housetest.Expect(t, clerk.Get("/office/tenders/new?asset="+fresh+"&resolution="+elsewhere), 404)
	housetest.Silent(t, other, demo.DemoTexts["material"], demo.DemoTexts["warnings"])
	if step := inputOf(t, other, "step"); step != "" {
		t.Errorf("another asset's step is %s", step)
	}
	r.Opened(a.Lot)
	a.Winner.Act("/api/v1/lots/"+a.Lot+"/bids", housetest.Object{"price": 47000}).Into(t, &struct{}{})
	r.Closed(a.Lot)
	housetest.Says(t, r.Browser("clerk").Get("/office/tenders/new?asset="+asset), "上次起始价 400.00 元/亩·年，成交价 470.00 元/亩·年")
	housetest.Expect(t, r.Browser("clerk2").Get("/office/tenders/new?asset="+asset), 404)
}

// inputOf is the value of an input on a page.
func inputOf(t *testing.T, a housetest.Answer, name string) string {
	t.Helper()
	m := regexp.MustCompile(`<input [^>]*name="` + name + `" value="([^"]*)"`).FindStringSubmatch(a.Body)
	if m == nil {
		t.Fatalf("the page has no input %s: %s", name, housetest.Brief(a.Body))
	}
	return html.UnescapeString(m[1])
}
