package home_test

import (
	"html"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"sunlot/cmd/sunlot/housetest"
	"sunlot/internal/calendar"
)

// TestTheFirstPageSaysWhatOpensThisWeek: by the week in Beijing, which ends with
// Sunday; when nothing more opens in it, what opens next.
func TestTheFirstPageSaysWhatOpensThisWeek(t *testing.T) {
	r := housetest.OnSQLite(t)
	d := r.Desks()
	lot := r.Lot(r.Auction(d, r.Bidder(), r.Bidder()).Lot)
	if lot.Board.OpensAt.In(calendar.Beijing).Weekday() != time.Tuesday {
		t.Fatalf("the case opens on %v", lot.Board.OpensAt)
	}
	housetest.Says(t, r.Nobody().Get("/"), "本周没有竞价。下一场：", "2026年12月8日 09:00 星期二", "最新公告")
	sunday := time.Date(2026, 12, 6, 15, 59, 0, 0, time.UTC) // 23:59 in Beijing
	r.Jump(sunday)
	housetest.Says(t, r.Nobody().Get("/"), "本周没有竞价。")
	r.Jump(sunday.Add(2 * time.Minute))
	page := r.Nobody().Get("/")
	housetest.Says(t, page, "本周竞价", "2026年12月8日 星期二", "第三组鱼塘及旱地", "青塘村第三村民小组", "09:00 开始", "最新公告")
	housetest.Silent(t, page, "本周没有竞价")
	r.Jump(lot.Board.OpensAt)
	r.Work()
	housetest.Says(t, r.Nobody().Get("/"), "正在竞价", "本周竞价", "最新公告", "按村查看", "云溪镇", "青塘村", "全部 2 个村")
}

// TestTheFirstPagesFigures: the county's sums stand in one line once something
// is let, and are made anew within a minute.
func TestTheFirstPagesFigures(t *testing.T) {
	r := housetest.OnSQLite(t)
	d, winner, member := r.Desks(), r.Bidder(), r.Bidder()
	a := r.Auction(d, winner, member)
	r.Opened(a.Lot)
	a.Winner.Act("/api/v1/lots/"+a.Lot+"/bids", housetest.Object{"price": 47000}).Into(t, &struct{}{})
	r.Closed(a.Lot)
	housetest.Lease(r, d, a)
	housetest.Says(t, r.Nobody().Get("/"), "最新成交",
		"全县已签合同 1 份，租金总额 90,710.00 元；到今天应收 0.00 元，已收 10,000.00 元；比起始价每年多收 2,702.00 元。")
}

// TestOneSearchFindsVillagesNoticesAndResults: by a part of the name of a
// village, its township, a notice, or a winner.
func TestOneSearchFindsVillagesNoticesAndResults(t *testing.T) {
	housetest.Each(t, func(t *testing.T, r *housetest.House) {
		id := r.Neighbour().ID
		village := `href="/villages/` + r.Org("松坪村村民委员会") + `"`
		for text, want := range map[string][2]bool{
			"松坪":  {true, true},
			"云溪":  {true, true},
			"公告":  {false, true},
			"没有的": {false, false},
		} {
			page := r.Nobody().Get("/search?q=" + url.QueryEscape(text))
			if page.StatusCode != 200 || strings.Contains(page.Body, village) != want[0] ||
				strings.Contains(page.Body, `href="/tenders/`+id+`"`) != want[1] {
				t.Errorf("%s: %d %s", text, page.StatusCode, page.Readable())
			}
		}
		housetest.Says(t, r.Nobody().Get("/search?q="+url.QueryEscape("没有的")), "没有找到")
		for _, odd := range []string{"", "?q=", "?q=%00", "?q=%25", "?q=" + strings.Repeat("%E9%95%BF", 300)} {
			housetest.Expect(t, r.Nobody().Get("/search"+odd), 200)
		}
	})
}

// TestASearchKnowsSeveralWordsAndEveryKind: winners, contracts' numbers, full width,
// one kind by itself, and what it does not take it says.
func TestASearchKnowsSeveralWordsAndEveryKind(t *testing.T) {
	r := housetest.OnSQLite(t)
	d := r.Desks()
	winner, member := r.Bidder(), r.Bidder()
	a := r.Auction(d, winner, member)
	r.Opened(a.Lot)
	a.Winner.Act("/api/v1/lots/"+a.Lot+"/bids", housetest.Object{"price": 47000}).Into(t, &struct{}{})
	r.Closed(a.Lot)
	housetest.Lease(r, d, a)
	var contract struct{ Number string }
	r.Nobody().Get("/api/v1/lots/"+a.Lot+"/contract").Into(t, &contract)
	number := contract.Number
	search := func(text string) housetest.Answer { return r.Nobody().Get("/search?q=" + url.QueryEscape(text)) }
	for text, want := range map[string][]string{
		number:                  {`href="/lots/` + a.Lot + `/contract"`},
		number[len(number)-6:]:  {`href="/lots/` + a.Lot + `/contract"`},
		"青塘 出租":                 {`href="/tenders/` + a.Tender + `"`, `href="/lots/` + a.Lot + `/result"`},
		"ＧＣ－０１":                 {`href="/items/`},
		"排水沟　南岭":                {`href="/projects/`},
		"松坪 没有的":                {"没有找到", "例如："},
		strings.Repeat("长 ", 7): {"没有找到"},
		"一 二 三 四 五 六 七":         {"最多搜 6 个词"},
		strings.Repeat("长", 61): {"最多 60 个字"},
		"":                      {"请输入村名", "例如："},
	} {
		page := search(text)
		for _, part := range want {
			if page.StatusCode != 200 || !strings.Contains(page.Body, part) {
				t.Errorf("%q is not found by %q: %d %s", part, text, page.StatusCode, page.Readable())
			}
		}
	}
	example := regexp.MustCompile(`例如：<a href="([^"]+)"`).FindStringSubmatch(search("").Body)
	if example == nil {
		t.Fatal("the search has no example")
	}
	housetest.Silent(t, r.Nobody().Get(html.UnescapeString(example[1])), "没有找到")
	one := r.Nobody().Get("/search?kind=asset&q=" + url.QueryEscape("松坪"))
	housetest.Says(t, one, "资产 1 项", "搜索全部类别")
	housetest.Silent(t, one, "公告 1 份")
	for _, odd := range []string{"?kind=x&q=a", "?kind=asset&q=a&page=99999999",
		"?q=%E6%9D%BE%E5%9D%AA&kind=notice&page=-1"} {
		housetest.Expect(t, r.Nobody().Get("/search"+odd), 200)
	}
}
