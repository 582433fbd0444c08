package main

import (
	"net/url"
	"strings"
)

// badCares switches to large type as nobody should be able to. It is kept in
// the browser alone: the valid switch writes nothing either.
func badCares(b *bench) {
	for _, c := range []*client{b.visitor(b.asBrowser("")), b.running.browser("clerk")} {
		b.settle()
		valid := url.Values{"large": {"yes"}, "back": {"/tenders?q=塘&sort=price"}}
		for _, large := range []string{"", "x", "YES", "1", long, hidden} {
			b.refused("a size of "+large, c.submit("/care", sheetWith(valid, "large", large)), 422, "")
		}
		b.refused("no size", c.submit("/care", sheetWith(valid, "large")), 422, "")
		b.refused("no token", c.submit("/care", sheetWith(valid, "csrf", "")), 403, "")
		b.refused("another visit's token", b.nobody().submit("/care", sheetWith(valid, "csrf", c.token)), 403, "")
		b.refused("another site", c.with("Origin", "https://evil.example").submit("/care", valid), 403, "")
		b.refused("too large", tooLarge(b, "/care", ""), 413, "")
		b.refused("by reading", c.get("/care"), 405, "")
		if c.cookies["__Host-care"] != "" {
			b.t.Errorf("a refused switch is kept: %v", c.cookies)
		}
		for _, back := range []string{"", "https://evil.example/", "//evil.example", "/\\evil.example", "javascript:alert(1)"} {
			if a := c.submit("/care", sheetWith(valid, "back", back)); a.StatusCode != 303 || a.location() != "/" {
				b.t.Errorf("back to %q leads to %d %s", back, a.StatusCode, a.location())
			}
		}
		goodCare(b, c, valid)
	}
}

// goodCare switches to large type and back.
func goodCare(b *bench, c *client, valid url.Values) {
	a := c.submit("/care", valid)
	if kept := strings.Join(a.Header.Values("Set-Cookie"), " "); a.StatusCode != 303 || a.location() != valid.Get("back") || !strings.Contains(kept, "__Host-care=yes; max-age=31536000; path=/; HttpOnly; secure; SameSite=Lax") {
		b.t.Errorf("the switch: %d to %s, %s", a.StatusCode, a.location(), kept)
	}
	for _, page := range []string{"/tenders?q=a&sort=price", "/nowhere", "/password"} {
		a := c.get(page)
		if a.StatusCode == 303 {
			continue // without a login
		}
		if !strings.Contains(a.body, `<html lang="zh-CN" class="care">`) || !strings.Contains(a.body, `name="large" value="no"`) {
			b.t.Errorf("%s is not in large type: %s", page, a.body[:200])
		}
		if !strings.Contains(a.body, `name="back" value="`+strings.ReplaceAll(page, "&", "&amp;")+`"`) {
			b.t.Errorf("%s: the switch does not lead back", page)
		}
	}
	form := c.with("Referer", b.url+"/login?next=/votes").submit("/login", url.Values{"login": {"x"}, "password": {"x"}})
	if !strings.Contains(form.body, `name="back" value="/login?next=/votes"`) {
		b.t.Errorf("from a form with errors the switch does not lead back to it: %d", form.StatusCode)
	}
	c.submit("/care", sheetWith(valid, "large", "no"))
	if c.cookies["__Host-care"] != "" || strings.Contains(c.get("/").body, `class="care"`) {
		b.t.Error("the large type stays")
	}
	b.unchanged("the switch")
}
