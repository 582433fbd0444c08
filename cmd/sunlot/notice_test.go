package main

import (
	"fmt"
	"html"
	"regexp"
	"slices"
	"strings"
	"testing"
)

var (
	scripts = regexp.MustCompile(`(?s)<script.*?</script>|<noscript.*?</noscript>|<style.*?</style>`)
	tags    = regexp.MustCompile(`<[^>]*>`)
	spaces  = regexp.MustCompile(`\s+`)
	notices = regexp.MustCompile(`href="/tenders/([a-z2-7]{16})"`)
)

// readable is what a reader sees on a page without script.
func (a answer) readable() string {
	return spaces.ReplaceAllString(html.UnescapeString(tags.ReplaceAllString(scripts.ReplaceAllString(a.body, ""), " ")), " ")
}

// listed are the notices on a page, in its order.
func (a answer) listed() []string {
	var ids []string
	for _, m := range notices.FindAllStringSubmatch(a.body, -1) {
		if !slices.Contains(ids, m[1]) {
			ids = append(ids, m[1])
		}
	}
	return ids
}

// TestTheNoticeIsWholeWithoutScript asks the page of a notice for everything that
// 《最高人民法院关于人民法院网络司法拍卖若干问题的规定》第十三条、第十四条 and the
// rural exchanges' rules want in it.
func TestTheNoticeIsWholeWithoutScript(t *testing.T) {
	eachHouse(t, func(t *testing.T, r *running) {
		d := r.desks()
		id := d.tender(4)
		page := r.nobody().get("/tenders/" + id)
		expect(t, page, 200)
		text := page.readable()
		want := []string{"第三组鱼塘及旱地经营权出租公告", "400.00", "元/亩·年", "38.60 亩", "15,440.00", "77,200.00", "1,544.00", "10%", "10.00 元/亩·年",
			"12月7日 16:00", "12月8日 09:00", "青塘村第三村民小组", "青塘村经济合作社", "坑塘水面及旱地", "村东头", "350.00 元/亩·年",
			"鱼塘", "28.60", "旱地", "路", "渠", "5 年", "2027年1月15日", "2032年1月14日", "每年3月1日前", "本集体经济组织成员", "原承租人", "2026年11月20日",
			"2026年11月27日", "村委会门口", "公开增价竞价", "顺延", "应到 26 人", "同意 22 人", "反对 1 人", "弃权 1 人", "10 个工作日",
			"最高人民法院关于人民法院网络司法拍卖若干问题的规定", "缺:村公告栏张贴纸质公告的照片", "入链中", "SHA-256"}
		for _, words := range demoTexts {
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
		if n := strings.Count(page.body, `<img src="/photos/`); n != 3 {
			t.Errorf("the notice shows %d photos", n)
		}
		r.keepLog()
		d.clerk.must("/api/v1/tenders/"+id+"/posting", object{"photo": d.clerk.photo(50)})
		text = r.nobody().get("/tenders/" + id).readable()
		if !strings.Contains(text, "已入链") || !strings.Contains(text, "纸质公告照片") || strings.Contains(text, "缺:村公告栏") {
			t.Errorf("after the posting the notice says %.600s", text)
		}
	})
}

// TestTheListOfNotices searches, sorts and turns its pages.
func TestTheListOfNotices(t *testing.T) {
	eachHouse(t, func(t *testing.T, r *running) {
		d, nobody := r.desks(), r.nobody()
		byPrice := map[string]int{r.neighbour().ID: 30000}
		for i := range 22 {
			id := d.announced(fmt.Sprintf("第%02d号渔场出租公告", i), 40000+(i*7%22)*1000, 10+i%3)
			byPrice[id] = 40000 + (i*7%22)*1000
		}
		first, second := nobody.get("/tenders?sort=price"), nobody.get("/tenders?sort=price&page=2")
		all := append(first.listed(), second.listed()...)
		if len(first.listed()) != 20 || len(all) != 23 || !strings.Contains(first.readable(), "共 23 条") {
			t.Fatalf("%d on the first page, %d on both: %.400s", len(first.listed()), len(all), first.readable())
		}
		if !slices.IsSortedFunc(all, func(a, b string) int { return byPrice[a] - byPrice[b] }) {
			t.Error("the list does not begin with the lowest price")
		}
		if !strings.Contains(first.readable(), "起始价从低到高") {
			t.Error("the list says another order than it has")
		}
		newest := nobody.get("/tenders").listed()
		if newest[0] == all[0] && newest[1] == all[1] {
			t.Error("newest and price are the same order")
		}
		if again := nobody.get("/tenders?sort=nonsense").listed(); !slices.Equal(again, newest) {
			t.Error("an unknown order is not the default")
		}
		var deadlines []string
		var list struct {
			Items []struct {
				Until string `json:"register_until"`
			}
		}
		nobody.get("/api/v1/tenders?sort=deadline").into(t, &list)
		for _, item := range list.Items {
			deadlines = append(deadlines, item.Until)
		}
		if !slices.IsSorted(deadlines) || deadlines[0] == deadlines[len(deadlines)-1] {
			t.Errorf("by deadline: %v", deadlines)
		}
		for q, n := range map[string]int{"第07号": 1, "渔场": 20, "%25": 0, "_": 0, "'": 0, "松坪": 1, "没有这样的": 0} {
			if found := nobody.get("/tenders?q=" + q); len(found.listed()) != n {
				t.Errorf("%q finds %d, want %d", q, len(found.listed()), n)
			}
		}
		if far := nobody.get("/tenders?page=900"); far.StatusCode != 200 || len(far.listed()) == 0 || strings.Contains(far.body, "下一页") { // the last page
			t.Errorf("page 900: %d with %d", far.StatusCode, len(far.listed()))
		}
	})
}

// announced publishes a notice of a new asset with that title, price and term.
func (d desks) announced(title string, price, days int) string {
	asset := d.asset(1)
	body := with(with(with(d.clerk.r.tenderBody(asset, d.resolution(asset, 2)), "title", title), "start_price", price), "notice_days", days)
	return d.carry(d.clerk.must("/api/v1/tenders", body), 4)
}
