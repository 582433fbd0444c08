package notice_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"sunlot/cmd/sunlot/demo"
	"sunlot/cmd/sunlot/housetest"
	"sunlot/web"
)

// TestTheNoticeIsWholeWithoutScript asks the page of a notice for everything that
// 《最高人民法院关于人民法院网络司法拍卖若干问题的规定》第十三条、第十四条 and the
// rural exchanges' rules want in it.
func TestTheNoticeIsWholeWithoutScript(t *testing.T) {
	housetest.Each(t, func(t *testing.T, r *housetest.House) {
		d := r.Desks()
		id := d.Tender(4)
		page := r.Nobody().Get("/tenders/" + id)
		housetest.Expect(t, page, 200)
		text := page.Readable()
		want := []string{"第三组鱼塘及旱地经营权出租公告", "400.00", "元/亩·年", "38.60 亩", "15,440.00", "77,200.00", "1,544.00",
			"10%", "10.00 元/亩·年",
			"12月7日 16:00", "12月8日 09:00", "青塘村第三村民小组", "青塘村经济合作社", "坑塘水面（鱼塘、山塘）", "村东头", "350.00 元/亩·年",
			"鱼塘", "28.60", "旱地", "路", "渠", "5 年", "2027年1月15日", "2032年1月14日", "每年3月1日前", "本集体经济组织成员", "原承租人",
			"2026年11月20日",
			"2026年11月27日", "村委会门口", "公开增价竞价", "顺延", "应到 26 人", "同意 22 人", "反对 1 人", "弃权 1 人", "10 个工作日",
			"最高人民法院关于人民法院网络司法拍卖若干问题的规定", "缺：村公告栏张贴纸质公告的照片", "正在记入日志", "SHA-256"}
		for _, words := range demo.DemoTexts {
			want = append(want, words)
		}
		for _, words := range want {
			if !strings.Contains(text, words) {
				t.Errorf("the notice does not say %q", words)
			}
		}
		for _, hidden := range []string{"上一户承租人", "表决人", "经办人 青塘"} {
			if strings.Contains(text, hidden) {
				t.Errorf("the notice says %q", hidden)
			}
		}
		if n := strings.Count(page.Body, `<img src="/photos/`); n != 3 {
			t.Errorf("the notice shows %d photos", n)
		}
		r.KeepLog()
		d.Clerk.Must("/api/v1/tenders/"+id+"/posting", housetest.Object{"photo": d.Clerk.Photo(50)})
		text = r.Nobody().Get("/tenders/" + id).Readable()
		if !strings.Contains(text, "已记入日志") || !strings.Contains(text, "纸质公告照片") || strings.Contains(text, "缺：村公告栏") {
			t.Errorf("after the posting the notice says %.600s", text)
		}
	})
}

// TestTheListOfNotices searches, sorts and turns its pages.
func TestTheListOfNotices(t *testing.T) {
	housetest.Each(t, func(t *testing.T, r *housetest.House) {
		d, nobody := r.Desks(), r.Nobody()
		byPrice := map[string]int{r.Neighbour().ID: 30000}
		for i := range 22 {
			id := d.Announced(fmt.Sprintf("第%02d号渔场出租公告", i), 40000+(i*7%22)*1000, 10+i%3)
			byPrice[id] = 40000 + (i*7%22)*1000
		}
		first, second := nobody.Get("/tenders?sort=price"), nobody.Get("/tenders?sort=price&page=2")
		all := append(housetest.Listed(first), housetest.Listed(second)...)
		if len(housetest.Listed(first)) != 20 || len(all) != 23 || !strings.Contains(first.Readable(), "共 23 条") {
			t.Fatalf("%d on the first page, %d on both: %.400s", len(housetest.Listed(first)), len(all),
				first.Readable())
		}
		if n := strings.Count(first.Body, `<img class="thumb" src="/photos/`+d.Clerk.Photo(1)+`-small.jpg" alt="" width`); n != 19 {
			t.Errorf("%d of 20 cards have their asset's photo", n)
		}
		if !slices.IsSortedFunc(all, func(a, b string) int { return byPrice[a] - byPrice[b] }) {
			t.Error("the list does not begin with the lowest price")
		}
		if !strings.Contains(first.Readable(), "年租金、价款从低到高") {
			t.Error("the list says another order than it has")
		}
		newest := housetest.Listed(nobody.Get("/tenders"))
		if newest[0] == all[0] && newest[1] == all[1] {
			t.Error("newest and price are the same order")
		}
		if again := housetest.Listed(nobody.Get("/tenders?sort=nonsense")); !slices.Equal(again, newest) {
			t.Error("an unknown order is not the default")
		}
		var deadlines []string
		var list struct {
			Items []struct {
				Until string `json:"register_until"`
			}
		}
		nobody.Get("/api/v1/tenders?sort=deadline").Into(t, &list)
		for _, item := range list.Items {
			deadlines = append(deadlines, item.Until)
		}
		if !slices.IsSorted(deadlines) || deadlines[0] == deadlines[len(deadlines)-1] {
			t.Errorf("by deadline: %v", deadlines)
		}
		for q, n := range map[string]int{"第07号": 1, "渔场": 20, "%25": 0, "_": 0, "'": 0, "松坪": 1, "没有这样的": 0} {
			if found := nobody.Get("/tenders?q=" + q); len(housetest.Listed(found)) != n {
				t.Errorf("%q finds %d, want %d", q, len(housetest.Listed(found)), n)
			}
		}
		// the last page
		if far := nobody.Get("/tenders?page=900"); far.StatusCode != 200 || len(housetest.Listed(far)) == 0 ||
			strings.Contains(far.Body, "下一页") {
			t.Errorf("page 900: %d with %d", far.StatusCode, len(housetest.Listed(far)))
		}
	})
}

// TestTheOutcomeIsPublicWithTheRent: the last step of a decision is done when its first
// rent is public, and not before.
func TestTheOutcomeIsPublicWithTheRent(t *testing.T) {
	r := housetest.OnSQLite(t)
	d := r.Desks()
	a := r.Auction(d, r.Bidder(), r.Bidder())
	var notice struct{ Form struct{ Resolution string } }
	r.Nobody().Get("/api/v1/tenders/"+a.Tender).Into(t, &notice)
	path := "/resolutions/" + notice.Form.Resolution
	r.Opened(a.Lot)
	a.Winner.Act("/api/v1/lots/"+a.Lot+"/bids", housetest.Object{"price": 47000}).Into(t, &struct{}{})
	r.Closed(a.Lot)
	before := r.Nobody().Get(path).Readable()
	housetest.Lease(r, d, a)
	after := r.Nobody().Get(path).Readable()
	today := web.Date(r.Days.Clock.Now())
	_, was, _ := strings.Cut(before, "实施结果公开")
	_, is, _ := strings.Cut(after, "实施结果公开")
	if strings.HasPrefix(strings.TrimSpace(was), today) || !strings.HasPrefix(strings.TrimSpace(is), today) {
		t.Errorf("before the rent %.60q, after it %.60q", was, is)
	}
}
