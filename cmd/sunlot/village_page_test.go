package main

import (
	"strings"
	"testing"
	"time"

	"sunlot/internal/event"
)

// village is the page of the case's village, and of its neighbour.
func (r *running) village(name string) string { return "/villages/" + r.org(name) }

// says asks that a page has the words, in this order.
func says(t *testing.T, a answer, words ...string) {
	t.Helper()
	rest := a.readable()
	for _, w := range words {
		at := strings.Index(rest, w)
		if at < 0 {
			t.Errorf("%s does not say %q after what came before: %.1500s", a.Request.URL, w, rest)
			return
		}
		rest = rest[at+len(w):]
	}
}

// silent asks that a page does not have the words.
func silent(t *testing.T, a answer, words ...string) {
	t.Helper()
	for _, w := range words {
		if strings.Contains(a.readable(), w) {
			t.Errorf("%s says %q", a.Request.URL, w)
		}
	}
}

// TestAVillagesPageTellsWhatBecameOfItsAssets follows two lots, of which one is let
// and pays in part, on the village's page: its parts in their order, the sums, and
// what each asset is doing.
func TestAVillagesPageTellsWhatBecameOfItsAssets(t *testing.T) {
	eachHouse(t, func(t *testing.T, r *running) {
		d, winner, member := r.desks(), r.bidder(), r.bidder()
		idle := d.asset(7)
		page := r.village("青塘村村民委员会")
		says(t, r.nobody().get(page), "正在出租", "现在没有出租的", "租出去了多少钱", "还没有签订的合同", "集体资产", "第三组鱼塘及旱地", "已出租", "至 2026年12月31日", "决议", "问和答")
		a := r.auction(d, winner, member)
		d.tender(4)
		says(t, r.nobody().get(page), "下一场竞价", "2026年12月8日 09:00", "待竞价", "集体资产", "正在招租", "2026年12月8日 09:00 竞价", "决议", "依法通过")
		r.opened(a.lot)
		a.winner.act("/api/v1/lots/"+a.lot+"/bids", object{"price": 47000}).into(t, &struct{}{})
		says(t, r.nobody().get(page), "竞价中", "租出去了多少钱", "正在竞价")
		r.closed(a.lot)
		raised := r.nobody().must("/api/v1/lots/"+a.lot+"/objections", object{"name": "村民甲", "phone": "13900000000", "text": "原文里的私事。"})
		asked := r.nobody().get(page)
		says(t, asked, "公示中", "已成交,待签合同", "问和答", "待答复", "最晚 2026年12月11日 答复")
		silent(t, asked, "村民甲", "原文里的私事")
		d.station.must("/api/v1/objections/"+raised+"/answer", object{"version": 1, "public": "整理后的异议。", "answer": "公开的答复。"})
		says(t, r.nobody().get(page), "问和答", "已答复", "整理后的异议。", "答复: 公开的答复。")
		lease(r, d, a)
		let := r.nobody().get(page)
		says(t, let, "租出去了多少钱", "已签合同", "1 份,全期租金合计 90,710.00 元", "到今天应收", "0.00 元", "已收", "10,000.00 元", "欠缴", "无",
			"每年比起始价多", "2,702.00 元", "每年比上一期多", "4,632.00 元(以前出租过的 1 处)", "集体资产", "已出租", "至 2032年1月14日")
		r.jump(time.Date(2027, 3, 2, 1, 0, 0, 0, time.UTC))
		late := r.nobody().get(page)
		says(t, late, "到今天应收", "18,142.00 元", "已收", "10,000.00 元", "欠缴", "8,142.00 元", "集体资产", "闲置")
		if strings.Count(late.body, ">闲置<") != 2 || !strings.Contains(late.body, "/assets/"+idle) {
			t.Errorf("two assets are idle once their old leases have run out: %s", late.readable())
		}
		says(t, r.nobody().get(r.village("松坪村村民委员会")), "还没有签订的合同", "还没有成交")
	})
}

// lease carries a won lot to its contract and to a part of its first rent.
func lease(r *running, d desks, a auction) {
	r.t.Helper()
	r.settled(a.lot)
	path := "/api/v1/lots/" + a.lot
	d.clerk.must(path+"/contract", object{})
	a.winner.must(path+"/contract/sign", object{"version": 1, "agreed": true})
	d.station.must(path+"/rents", object{"number": 1, "amount": 1000000, "received_on": string(r.days.Today()), "serial": "ZJ-1", "account": "62229999000011112222"})
}

// TestAVillagesLists: each list of a village's page has a page of its own, and
// the county's lists can be narrowed to a village.
func TestAVillagesLists(t *testing.T) {
	r := sqliteHouse(t)
	d := r.desks()
	d.tender(4)
	village, other := r.org("青塘村村民委员会"), r.org("松坪村村民委员会")
	for path, want := range map[string][]string{
		"/villages/" + village + "/resolutions":               {"青塘村村民委员会的决议", "第三组鱼塘及旱地", "依法通过"},
		"/villages/" + village + "/resolutions?q=x":           {"没有找到公开的决议"},
		"/villages/" + village + "/resolutions?page=9":        {"第三组鱼塘及旱地"},
		"/villages/" + village + "/objections":                {"还没有人提出异议"},
		"/tenders?village=" + village:                         {"只看 青塘村村民委员会", "第三组鱼塘及旱地经营权出租公告"},
		"/results?village=" + village:                         {"只看 青塘村村民委员会", "还没有成交结果"},
		"/tenders?village=" + other + "&q=%E9%B1%BC%E5%A1%98": {"只看 松坪村村民委员会"},
	} {
		says(t, r.nobody().get(path), want...)
	}
	silent(t, r.nobody().get("/tenders?village="+other), "第三组鱼塘及旱地经营权出租公告")
	for _, id := range []string{r.org("云溪镇"), event.NewID(), "%00", "é"} {
		for _, path := range []string{"/villages/" + id + "/resolutions", "/villages/" + id + "/objections", "/tenders?village=" + id, "/results?village=" + id} {
			expect(t, r.nobody().get(path), 404)
		}
	}
}
