package api_test

import (
	"net/url"
	"strings"
	"testing"

	"sunlot/cmd/sunlot/housetest"
)

// TestTheApiFindsWhatTheSearchFinds: all kinds or one, by several words and in full
// width, by the page; what it does not take it says, of the field.
func TestTheApiFindsWhatTheSearchFinds(t *testing.T) {
	r := housetest.OnSQLite(t)
	type found struct {
		Parts []struct {
			Kind  string
			Items []struct{ ID, Title, Place string }
			Total int
			Whole bool
		}
		Page, Size int
	}
	search := func(query string) housetest.Answer { return r.Nobody().Get("/api/v1/search?" + query) }
	lists := func(query string) (f found) {
		t.Helper()
		search(query).Into(t, &f)
		return f
	}
	text := func(q string) string { return "q=" + url.QueryEscape(q) }
	all := lists(text("松坪"))
	var kinds []string
	for _, p := range all.Parts {
		kinds = append(kinds, p.Kind)
		if len(p.Items) != p.Total || !p.Whole {
			t.Errorf("%+v", p)
		}
		for _, e := range p.Items {
			if !strings.Contains(e.Title+e.Place, "松坪") {
				t.Errorf("%s: %+v", p.Kind, e)
			}
		}
	}
	if got := strings.Join(kinds, " "); !strings.HasPrefix(got, "village ") || !strings.Contains(got, "asset") {
		t.Errorf("kinds: %s", got)
	}
	if items := lists(text("ＧＣ－０１")); len(items.Parts) != 1 || items.Parts[0].Kind != "item" {
		t.Errorf("by a number in full width: %+v", items)
	}
	one := lists(text("村") + "&kind=village&size=1&page=2")
	if len(one.Parts) != 1 || one.Page != 2 || one.Size != 1 || len(one.Parts[0].Items) != 1 ||
		one.Parts[0].Total < 2 {
		t.Errorf("the second page of one: %+v", one)
	}
	if none := lists(text("青塘 没有的")); none.Parts == nil || len(none.Parts) != 0 {
		t.Errorf("nothing: %+v", none)
	}
	for query, field := range map[string]string{
		"":                               `"name":"q"`,
		text("（）"):                       `"name":"q"`,
		text(strings.Repeat("长", 61)):    `"name":"q"`,
		text("一 二 三 四 五 六 七"):            `"name":"q"`,
		text("村") + "&kind=lot":          `"name":"kind"`,
		text("村") + "&kind=Village":      `"name":"kind"`,
		text("村") + "&kind=village,work": `"name":"kind"`,
	} {
		if a := search(query); a.StatusCode != 422 || !strings.Contains(a.Body, field) {
			t.Errorf("%q: %d %s", query, a.StatusCode, a.Body)
		}
	}
}
