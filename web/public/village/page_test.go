package village_test

import (
	"strings"
	"testing"
	"time"

	"sunlot/cmd/sunlot/housetest"
	"sunlot/internal/event"
)

// villageOf is the page of the case's village, and of its neighbour.
func villageOf(r *housetest.House, name string) string { return "/villages/" + r.Org(name) }

// TestAVillagesPageTellsWhatBecameOfItsAssets follows two lots, of which one is let
// and pays in part, on the village's page: its parts in their order, the sums, and
// what each asset is doing.
func TestAVillagesPageTellsWhatBecameOfItsAssets(t *testing.T) {
	housetest.Each(t, func(t *testing.T, r *housetest.House) {
		d, winner, member := r.Desks(), r.Bidder(), r.Bidder()
		idle := d.Asset(7)
		page := villageOf(r, "青塘村村民委员会")
		housetest.Says(t, r.Nobody().Get(page), "正在交易", "目前没有正在公告、竞价的资产", "交易收入", "还没有签订的合同", "集体资产", "第三组鱼塘及旱地", "已出租",
			"至 2026年12月31日", "决议", "异议和答复")
		a := r.Auction(d, winner, member)
		d.Tender(4)
		housetest.Says(t, r.Nobody().Get(page), "下一场竞价", "2026年12月8日 09:00", "公告中", "集体资产", "正在公告",
			"2026年12月8日 09:00 竞价", "决议", "符合规定要求")
		r.Opened(a.Lot)
		a.Winner.Act("/api/v1/lots/"+a.Lot+"/bids", housetest.Object{"price": 47000}).Into(t, &struct{}{})
		housetest.Says(t, r.Nobody().Get(page), "竞价中", "交易收入", "正在竞价")
		r.Closed(a.Lot)
		raised := r.Nobody().Must("/api/v1/lots/"+a.Lot+"/objections", housetest.Object{
			"target": "village",
			"name":   "村民甲",
			"phone":  "13900000000",
			"text":   "原文里的私事。",
		})
		asked := r.Nobody().Get(page)
		housetest.Says(t, asked, "公示中", "已成交，待签合同", "异议和答复", "待经管站答复", "最晚 2026年12月11日 由乡镇经管站答复")
		housetest.Silent(t, asked, "村民甲", "原文里的私事")
		d.Station.Must("/api/v1/objections/"+raised+"/answer", housetest.Object{
			"version":  1,
			"outcome":  "rejected",
			"answer":   "公开的答复。",
			"withheld": "写了别人家的私事。",
		})
		housetest.Says(t, r.Nobody().Get(page), "异议和答复", "已答复", "原文不公开：写了别人家的私事。", "异议不成立。答复： 公开的答复。")
		housetest.Lease(r, d, a)
		let := r.Nobody().Get(page)
		housetest.Says(t, let, "交易收入", "已签合同", "1 份，合同总额 90,710.00 元", "到今天应收", "0.00 元", "已收", "10,000.00 元",
			"欠缴", "无",
			"比起始价每年多收", "2,702.00 元", "与上一期相比，每年", "多收 4,632.00 元（以前出租过的 1 处）", "集体资产", "已出租", "至 2032年1月14日")
		r.Jump(time.Date(2027, 3, 2, 1, 0, 0, 0, time.UTC))
		late := r.Nobody().Get(page)
		housetest.Says(t, late, "到今天应收", "36,284.00 元", "已收", "10,000.00 元", "欠缴", "26,284.00 元", "集体资产", "闲置")
		if strings.Count(late.Body, ">闲置<") != 2 || !strings.Contains(late.Body, "/assets/"+idle) {
			t.Errorf("two assets are idle once their old leases have run out: %s", late.Readable())
		}
		housetest.Says(t, r.Nobody().Get(villageOf(r, "松坪村村民委员会")), "还没有签订的合同", "还没有成交")
	})
}

// TestAVillagesLists: each list of a village's page has a page of its own, and
// the county's lists can be narrowed to a village.
func TestAVillagesLists(t *testing.T) {
	r := housetest.OnSQLite(t)
	d := r.Desks()
	d.Tender(4)
	village, other := r.Org("青塘村村民委员会"), r.Org("松坪村村民委员会")
	for path, want := range map[string][]string{
		"/villages/" + village + "/resolutions":               {"青塘村的决议", "第三组鱼塘及旱地", "符合规定要求"},
		"/villages/" + village + "/resolutions?q=x":           {"没有找到公开的决议"},
		"/villages/" + village + "/resolutions?page=9":        {"第三组鱼塘及旱地"},
		"/villages/" + village + "/objections":                {"还没有人提出异议"},
		"/tenders?village=" + village:                         {"只看 青塘村", "第三组鱼塘及旱地"},
		"/results?village=" + village:                         {"只看 青塘村", "还没有成交结果"},
		"/tenders?village=" + other + "&q=%E9%B1%BC%E5%A1%98": {"只看 松坪村"},
	} {
		housetest.Says(t, r.Nobody().Get(path), want...)
	}
	housetest.Silent(t, r.Nobody().Get("/tenders?village="+other), "第三组鱼塘及旱地")
	for _, id := range []string{r.Org("云溪镇"), event.NewID(), "%00", "é"} {
		for _, path := range []string{"/villages/" + id + "/resolutions", "/villages/" + id + "/objections",
			"/tenders?village=" + id, "/results?village=" + id} {
			housetest.Expect(t, r.Nobody().Get(path), 404)
		}
	}
}
