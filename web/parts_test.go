package web

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/gofiber/fiber/v2"

	"sunlot/internal/identity"
)

func TestParts(t *testing.T) {
	at := time.Date(2026, 11, 23, 1, 30, 0, 0, time.UTC)
	waiting := Proof{Leaf: "0123456789abcdef", Page: "/log/leaves/0123", Poll: "/log/leaves/0123/standing"}
	standing := waiting
	standing.InChain, standing.Index = true, 41
	page := drawn(t, `
{{template "proof" index .Data.Proofs 0}}{{template "proof" index .Data.Proofs 1}}
{{template "state" (chip "公示中" "busy")}}{{template "gap" "张贴照片"}}{{template "empty" "还没有公告"}}{{template "note" "说明"}}
{{template "steps" .Data.Steps}}{{template "timeline" .Data.Moments}}{{template "gallery" .Data.Photos}}
{{template "trail" (crumbs "首页" "/" "公告" "/tenders" "李家塘")}}
{{template "submit" "保存"}}{{template "buttons" (list (button "同意" "" "answer" "yes") (button "退回" "danger" "answer" "no"))}}`,
		&View{Data: map[string]any{"Proofs": []Proof{waiting, standing},
			"Steps": []Step{{"起草", "", "done"}, {"审核", "经管站", "now"}, {"审批", "", ""}},
			"Moments": []Moment{{
				At:    at,
				Title: "退回",
				Who:   "乡镇经管站",
				Text:  "四至不清",
				Tone:  "bad",
				Proof: &standing,
			}, {At: at, Title: "提交"}},
			"Photos": []Photo{{Src: "/photos/a.jpg", Caption: "塘口"},
				{Src: "/photos/b-small.jpg", Full: "/photos/b.jpg"}}}})
	wants(t, page, `data-poll="/log/leaves/0123/standing"`, "正在记入日志", "已记入日志 第41条", "0123 4567 89ab cdef",
		`class="chip busy">公示中`, "缺：张贴照片", `class="empty">还没有公告`,
		`<li class="done">`, `<li class="now" aria-current="step">`, `<li class="todo">`,
		`<time datetime="2026-11-23T01:30:00Z">2026年11月23日 09:30`, "四至不清", `<li class="bad">`,
		`alt="塘口"`, `href="/photos/a.jpg"`, `href="/photos/b.jpg"`, `<span aria-current="page">李家塘</span>`,
		`<a href="/tenders">公告</a>`, "<button>保存", `class="danger" name="answer" value="no">退回`)
	if strings.Count(page, "data-poll") != 1 {
		t.Error("what is in the log is asked about again")
	}
}

func TestPaging(t *testing.T) {
	h := open(t)
	h.Get("/rows", Public, func(c *fiber.Ctx) error {
		p := NewPaging(c, PageOf(c), c.QueryInt("total"))
		return c.SendString(fmt.Sprintf("%d/%d %d prev=%s next=%s", p.Number, p.Last(), p.Size, p.Prev(),
			p.Following()))
	})
	for query, want := range map[string]string{
		"total=0":               "1/1 20 prev= next=",
		"total=20":              "1/1 20 prev= next=",
		"total=21&q=%E5%A1%98":  "1/2 20 prev= next=/rows?page=2&q=%E5%A1%98&total=21",
		"total=60&page=2":       "2/3 20 prev=/rows?page=1&total=60 next=/rows?page=3&total=60",
		"total=60&page=3":       "3/3 20 prev=/rows?page=2&total=60 next=",
		"total=60&page=-4":      "1/3 20 prev= next=/rows?page=2&total=60",
		"total=60&page=x":       "1/3 20 prev= next=/rows?page=2&total=60",
		"total=9&size=1000000":  "1/1 100 prev= next=",
		"total=30&size=10":      "1/3 10 prev= next=/rows?page=2&size=10&total=30",
		"total=3&page=99999999": "100000/1 20 prev= next=",
	} {
		h.expect(h.ask("GET", "/rows?"+query, ""), 200, want)
	}
	if page := drawn(t, `{{template "paging" .Data}}`,
		&View{Data: Paging{Page: identity.Page{Number: 2, Size: 20}, Total: 50}}); !contains(page,
		"第 2 / 3 页，共 50 条") || !contains(page, `rel="prev"`) {
		t.Error(page)
	}
	if page := drawn(t, `{{template "paging" .Data}}`,
		&View{Data: Paging{Page: identity.Page{Number: 1, Size: 20}, Total: 3}}); contains(page, "翻页") {
		t.Error("a short list is paged")
	}
}
