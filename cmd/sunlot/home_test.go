package main

import (
	"net/url"
	"strings"
	"testing"
	"time"

	"sunlot/internal/calendar"
)

// TestTheFirstPageSaysWhatOpensThisWeek: by the week in Beijing, which ends with
// Sunday; when nothing more opens in it, what opens next.
func TestTheFirstPageSaysWhatOpensThisWeek(t *testing.T) {
	r := sqliteHouse(t)
	d := r.desks()
	lot := r.lot(r.auction(d, r.bidder(), r.bidder()).lot)
	if lot.Board.OpensAt.In(calendar.Beijing).Weekday() != time.Tuesday {
		t.Fatalf("the case opens on %v", lot.Board.OpensAt)
	}
	says(t, r.nobody().get("/"), "本周没有竞价。下一场:", "2026年12月8日 09:00 星期二", "最新公告")
	sunday := time.Date(2026, 12, 6, 15, 59, 0, 0, time.UTC) // 23:59 in Beijing
	r.jump(sunday)
	says(t, r.nobody().get("/"), "本周没有竞价。")
	r.jump(sunday.Add(2 * time.Minute))
	page := r.nobody().get("/")
	says(t, page, "本周竞价", "2026年12月8日 星期二", "第三组鱼塘及旱地经营权出租公告", "青塘村第三村民小组", "09:00 开始", "最新公告")
	silent(t, page, "本周没有竞价")
	r.jump(lot.Board.OpensAt)
	r.work()
	says(t, r.nobody().get("/"), "正在竞价", "本周竞价", "最新公告", "按村查看", "云溪镇", "青塘村村民委员会", "全部 2 个村")
}

// TestTheFirstPagesFigures: the county's sums stand in one line once something
// is let, and are made anew within a minute.
func TestTheFirstPagesFigures(t *testing.T) {
	r := sqliteHouse(t)
	d, winner, member := r.desks(), r.bidder(), r.bidder()
	a := r.auction(d, winner, member)
	r.opened(a.lot)
	a.winner.act("/api/v1/lots/"+a.lot+"/bids", object{"price": 47000}).into(t, &struct{}{})
	r.closed(a.lot)
	lease(r, d, a)
	says(t, r.nobody().get("/"), "最新成交", "全县已签合同 1 份,全期租金 90,710.00 元;到今天应收 0.00 元,已收 10,000.00 元;每年比起始价多 2,702.00 元。")
}

// TestOneSearchFindsVillagesNoticesAndResults: by a part of the name of a
// village, its township, a notice, or a winner.
func TestOneSearchFindsVillagesNoticesAndResults(t *testing.T) {
	eachHouse(t, func(t *testing.T, r *running) {
		id := r.neighbour().ID
		village := `href="/villages/` + r.org("松坪村村民委员会") + `"`
		for text, want := range map[string][2]bool{"松坪": {true, true}, "云溪": {true, false}, "公告": {false, true}, "没有的": {false, false}} {
			page := r.nobody().get("/search?q=" + url.QueryEscape(text))
			if page.StatusCode != 200 || strings.Contains(page.body, village) != want[0] || strings.Contains(page.body, `href="/tenders/`+id+`"`) != want[1] {
				t.Errorf("%s: %d %s", text, page.StatusCode, page.readable())
			}
		}
		says(t, r.nobody().get("/search?q="+url.QueryEscape("没有的")), "没有找到")
		for _, odd := range []string{"", "?q=", "?q=%00", "?q=%25", "?q=" + strings.Repeat("%E9%95%BF", 300)} {
			expect(t, r.nobody().get("/search"+odd), 200)
		}
	})
}
