package admin_test

import (
	"net/url"
	"strings"
	"testing"
	"time"

	"sunlot/cmd/sunlot/housetest"
)

// TestAnUnfinishedFormIsKept keeps an asset's form with a photo, goes on with it
// from the desk, and sends it; nobody else sees it, and no event tells of it.
func TestAnUnfinishedFormIsKept(t *testing.T) {
	housetest.Each(t, func(t *testing.T, r *housetest.House) {
		clerk, other := r.Browser("clerk"), r.Browser("clerk2")
		typed := url.Values{
			"draft":      {"assets/new"},
			"name":       {"没填完的鱼塘"},
			"area":       {"三十亩"},
			"plot_name":  {"东塘", ""},
			"plot_area":  {"1x", ""},
			"request_id": {"draft-0001"},
		}
		before := countEvents(r)
		if a := clerk.Upload("/office/drafts", typed, "photos_new", housetest.Picture(3)); a.StatusCode != 303 ||
			a.Location() != "/office" {
			t.Fatalf("not kept: %d %s %s", a.StatusCode, a.Location(), housetest.Brief(a.Body))
		}
		housetest.Says(t, clerk.Get("/office"), "已存 09:0", "暂存的表单", "资产登记：没填完的鱼塘", "待办事项")
		housetest.Says(t, clerk.Get("/office/assets/new"), "有一份暂存的表单", "接着填", "确定要删除吗")
		housetest.Silent(t, other.Get("/office"), "没填完的鱼塘")
		housetest.Silent(t, other.Get("/office/assets/new?draft=yes"), "没填完的鱼塘")
		form := clerk.Get("/office/assets/new?draft=yes").Body
		for _, want := range []string{`value="没填完的鱼塘"`, `value="三十亩"`, `value="东塘"`, `value="1x"`,
			`<img src="/photos/`} {
			if !strings.Contains(form, want) {
				t.Errorf("going on, the form lacks %s", want)
			}
		}
		if strings.Contains(form, "有一份暂存的表单") {
			t.Error("what is on the page is offered again")
		}
		again := housetest.SheetWith(typed, "name", "改过的鱼塘")
		a := clerk.With("Accept", "application/json").Submit("/office/drafts", again)
		if a.StatusCode != 200 || !strings.HasPrefix(a.Body, `{"saved":"09:0`) {
			t.Errorf("the island is told %d %s", a.StatusCode, a.Body)
		}
		if after := countEvents(r); after != before {
			t.Errorf("%d events tell of it", after-before)
		}
		whole := r.AssetSheet(r.Desks().ThreePhotos()...)
		a = clerk.Submit("/office/assets", housetest.Once(whole))
		if a.StatusCode != 303 {
			t.Fatalf("the form is not sent: %d %s", a.StatusCode, housetest.Brief(a.Body))
		}
		housetest.Silent(t, clerk.Get("/office"), "暂存的表单")
		housetest.Silent(t, clerk.Get("/office/assets/new"), "有一份暂存的表单")
	})
}

// countEvents is how many there are.
func countEvents(r *housetest.House) (n int) {
	r.T.Helper()
	r.Ok(r.Inspect().QueryRow("SELECT COUNT(*) FROM events").Scan(&n))
	return n
}

// TestEachLongFormCanBeKept: of a resolution and of a tender, new or being
// changed; a draft that is thrown away or a month old is not offered.
func TestEachLongFormCanBeKept(t *testing.T) {
	r := housetest.OnSQLite(t)
	d, clerk := r.Desks(), r.Browser("clerk")
	asset := d.Asset(1)
	resolution := d.Resolution(asset, 0)
	tender := d.Tender(0)
	for form, page := range map[string]string{
		"resolutions/new/" + asset:  "/office/resolutions/new?asset=" + asset,
		"resolutions/" + resolution: "/office/resolutions/" + resolution + "/edit",
		"tenders/new/" + asset:      "/office/tenders/new?asset=" + asset,
		"tenders/" + tender:         "/office/tenders/" + tender + "/edit",
		"assets/" + asset:           "/office/assets/" + asset + "/edit",
	} {
		typed := url.Values{
			"draft":       {form},
			"years":       {"七年"},
			"conditions":  {"写到一半的条件"},
			"vote_name":   {"户代表甲"},
			"vote_choice": {""},
			"use":         {"写到一半的用途"},
		}
		if a := clerk.Submit("/office/drafts", typed); a.StatusCode != 303 {
			t.Fatalf("%s: %d %s", form, a.StatusCode, housetest.Brief(a.Body))
		}
		housetest.Says(t, clerk.Get(page), "有一份暂存的表单")
		at, _, _ := strings.Cut(page, "?")
		going := clerk.Get(page + map[bool]string{true: "?draft=yes", false: "&draft=yes"}[at == page]).Body
		if !strings.Contains(going, "七年") && !strings.Contains(going, "写到一半的用途") {
			t.Errorf("%s: going on loses what was typed", form)
		}
		if a := clerk.Submit("/office/drafts/drop", url.Values{"draft": {form}}); a.StatusCode != 303 ||
			a.Location() != page {
			t.Errorf("%s: thrown away leads to %d %s", form, a.StatusCode, a.Location())
		}
		housetest.Silent(t, clerk.Get(page), "有一份暂存的表单")
	}
	clerk.Submit("/office/drafts", url.Values{"draft": {"assets/new"}, "name": {"旧的"}})
	r.Jump(r.Clock.Now().Add(30 * 24 * time.Hour))
	housetest.Silent(t, r.Browser("clerk").Get("/office/assets/new"), "有一份暂存的表单")
}
