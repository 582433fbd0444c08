package house_test

import (
	"net/url"
	"strings"

	"sunlot/cmd/sunlot/housetest"
)

// badCares switches to large type as nobody should be able to. It is kept in
// the browser alone: the valid switch writes nothing either.
func badCares(b *bench) {
	for _, c := range []*housetest.Client{b.visitor(b.asBrowser("")), b.House.Browser("clerk")} {
		b.settle()
		valid := url.Values{"large": {"yes"}, "back": {"/tenders?q=塘&sort=price"}}
		for _, large := range []string{"", "x", "YES", "1", housetest.Long, housetest.Hidden} {
			b.refused("a size of "+large, c.Submit("/care", housetest.SheetWith(valid, "large", large)), 422, "")
		}
		b.refused("no size", c.Submit("/care", housetest.SheetWith(valid, "large")), 422, "")
		b.refused("no token", c.Submit("/care", housetest.SheetWith(valid, "csrf", "")), 403, "")
		b.refused("another visit's token", b.Nobody().Submit("/care", housetest.SheetWith(valid, "csrf", c.Token)), 403, "")
		b.refused("another site", c.With("Origin", "https://evil.example").Submit("/care", valid), 403, "")
		b.refused("too large", tooLarge(b, "/care", ""), 413, "")
		b.refused("by reading", c.Get("/care"), 405, "")
		if c.Cookies["__Host-care"] != "" {
			b.t.Errorf("a refused switch is kept: %v", c.Cookies)
		}
		for _, back := range []string{"", "https://evil.example/", "//evil.example", "/\\evil.example", "javascript:alert(1)"} {
			if a := c.Submit("/care", housetest.SheetWith(valid, "back", back)); a.StatusCode != 303 || a.Location() != "/" {
				b.t.Errorf("back to %q leads to %d %s", back, a.StatusCode, a.Location())
			}
		}
		goodCare(b, c, valid)
	}
}

// goodCare switches to large type and back.
func goodCare(b *bench, c *housetest.Client, valid url.Values) {
	a := c.Submit("/care", valid)
	if kept := strings.Join(a.Header.Values("Set-Cookie"), " "); a.StatusCode != 303 || a.Location() != valid.Get("back") || !strings.Contains(kept, "__Host-care=yes; max-age=31536000; path=/; HttpOnly; secure; SameSite=Lax") {
		b.t.Errorf("the switch: %d to %s, %s", a.StatusCode, a.Location(), kept)
	}
	for _, page := range []string{"/tenders?q=a&sort=price", "/nowhere", "/password"} {
		a := c.Get(page)
		if a.StatusCode == 303 {
			continue // without a login
		}
		if !strings.Contains(a.Body, `<html lang="zh-CN" class="care">`) || !strings.Contains(a.Body, `name="large" value="no"`) {
			b.t.Errorf("%s is not in large type: %s", page, a.Body[:200])
		}
		if !strings.Contains(a.Body, `name="back" value="`+strings.ReplaceAll(page, "&", "&amp;")+`"`) {
			b.t.Errorf("%s: the switch does not lead back", page)
		}
	}
	form := c.With("Referer", b.URL+"/login?next=/votes").Submit("/login", url.Values{"login": {"x"}, "password": {"x"}})
	if !strings.Contains(form.Body, `name="back" value="/login?next=/votes"`) {
		b.t.Errorf("from a form with errors the switch does not lead back to it: %d", form.StatusCode)
	}
	c.Submit("/care", housetest.SheetWith(valid, "large", "no"))
	if c.Cookies["__Host-care"] != "" || strings.Contains(c.Get("/").Body, `class="care"`) {
		b.t.Error("the large type stays")
	}
	b.unchanged("the switch")
}
