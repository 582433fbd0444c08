package account_test

import (
	"net/url"
	"strings"
	"testing"

	"sunlot/cmd/sunlot/demo"
	"sunlot/cmd/sunlot/housetest"
	"sunlot/cmd/sunlot/housetest/badinput"
)

// TestBadInput tries each form of the room with everything that can be wrong with it.
func TestBadInput(t *testing.T) {
	badinput.Run(t, badinput.Trials{Listed: forms})
}

func forms(*badinput.Bench) []badinput.Trial {
	return []badinput.Trial{{Route: "POST /join", Run: badJoins}, {Route: "POST /login", Run: badLoginForms}, {
		Route: "POST /password",
		Run:   badPasswordForms,
	}, {Route: "POST /logout", Run: badLogouts}, {Route: "POST /care", Run: badCares}}
}

// badJoins opens accounts that cannot be; the form is everybody's.
func badJoins(b *badinput.Bench) {
	c := b.AsBrowser("")
	b.Settle()
	valid := housetest.Once(url.Values{
		"name":     {"竞买人乙"},
		"login":    {"yiming"},
		"password": {demo.Password},
		"again":    {demo.Password},
		"next":     {"https://evil.example/"},
	})
	try := func(status int, field string, form url.Values) {
		b.Refused(field, b.Visitor(c).Submit("/join", housetest.Once(form)), status, field)
	}
	both := func(p string) url.Values {
		return housetest.SheetWith(housetest.SheetWith(valid, "password", p), "again", p)
	}
	for _, name := range []string{"name", "login"} {
		for _, value := range []string{"", "  ", housetest.Long, housetest.Hidden} {
			try(422, name, housetest.SheetWith(valid, name, value))
		}
	}
	for _, p := range []string{"", "short", housetest.Long, "my login is yiming"} {
		try(422, "password", both(p))
	}
	try(422, "again", housetest.SheetWith(valid, "again", "another password"))
	try(409, "login", housetest.SheetWith(valid, "login", "station"))
	b.Refused("no number", b.Visitor(c).Submit("/join", housetest.SheetWith(valid, "request_id", "")), 422,
		"request_id")
	b.Refused("no token", c.Submit("/join", housetest.SheetWith(valid, "csrf", "")), 403, "")
	b.Refused("another visit's token", b.Nobody().Submit("/join", housetest.SheetWith(valid, "csrf", c.Token)), 403, "")
	b.Refused("another site", c.With("Origin", "https://evil.example").Submit("/join", valid), 403, "")
	b.Refused("too large", b.TooLarge("/join", ""), 413, "")
	first := b.Visitor(c).Submit("/join", valid)
	b.Wrote("the valid form", first, 303)
	if second := b.Visitor(c).Submit("/join", valid); second.StatusCode != 303 || first.Location() != "/" ||
		second.Location() != "/" {
		b.T.Errorf("an account leads to %s, the same again: %d to %s", first.Location(), second.StatusCode,
			second.Location())
	}
	b.Unchanged("the same again")
	b.Refused("the same number for somebody else", b.Visitor(c).
		Submit("/join", housetest.SheetWith(valid, "name", "另一人")), 409, "")
	b.Refused("a login that is taken", b.Visitor(c).Submit("/join", housetest.Once(valid)), 409, "login")
}

func badLoginForms(b *badinput.Bench) {
	c := b.Nobody()
	c.ReadToken("/login")
	b.Settle()
	valid := url.Values{"login": {"supervision2"}, "password": {demo.Password}, "next": {"https://evil.example/"}}
	for _, name := range []string{"login", "password"} {
		for what, value := range map[string]string{
			"empty":      "",
			"too long":   housetest.Long,
			"unreadable": housetest.Hidden,
			"wrong":      "nobody",
		} {
			b.Refused(name+" "+what, b.Visitor(c).Submit("/login", housetest.SheetWith(valid, name, value)), 401,
				"login")
		}
		b.Refused(name+" missing", b.Visitor(c).Submit("/login", housetest.SheetWith(valid, name)), 401, "login")
	}
	for range 6 {
		b.Refused("a wrong password", b.Visitor(c).Submit("/login", housetest.SheetWith(valid, "login", "phantom")),
			401, "login")
	}
	b.Refused("too many wrong passwords", b.Visitor(c).
		Submit("/login", housetest.SheetWith(valid, "login", "phantom")), 429, "")
	valid.Set("login", "station")
	b.Refused("no token", c.Submit("/login", housetest.SheetWith(valid, "csrf", "")), 403, "")
	b.Refused("another visit's token", b.Nobody().Submit("/login", housetest.SheetWith(valid, "csrf", c.Token)),
		403, "")
	b.Refused("another site", c.With("Origin", "https://evil.example").Submit("/login", valid), 403, "")
	b.Refused("too large", b.TooLarge("/login", ""), 413, "")
	if a := b.Visitor(c).Submit("/login", valid); a.StatusCode != 303 || a.Location() != "/" {
		b.T.Errorf("a login leads to %d %s", a.StatusCode, a.Location())
	}
}

func badPasswordForms(b *badinput.Bench) {
	who := b.Bidder()
	c, before := b.House.Browser(who.Login), who.Client
	b.Settle()
	fresh := "青山绿水一百年 2026"
	valid := url.Values{"old": {demo.Password}, "password": {fresh}, "again": {fresh}}
	both := func(p string) url.Values {
		return housetest.SheetWith(housetest.SheetWith(valid, "password", p), "again", p)
	}
	b.Refused("a wrong old password", c.Submit("/password", housetest.SheetWith(valid, "old", "wrong")), 422, "old")
	b.Refused("no old password", c.Submit("/password", housetest.SheetWith(valid, "old")), 422, "old")
	b.Refused("two new ones", c.Submit("/password", housetest.SheetWith(valid, "again", "another password")), 422,
		"again")
	b.Refused("too short", c.Submit("/password", both("short")), 422, "password")
	b.Refused("missing", c.Submit("/password", url.Values{"old": {demo.Password}}), 422, "password")
	b.Refused("too long", c.Submit("/password", both(housetest.Long)), 422, "password")
	b.Refused("with the login in it", c.Submit("/password", both("my login is "+who.Login)), 422, "password")
	b.Refused("the old one", c.Submit("/password", both(demo.Password)), 422, "password")
	b.Refused("no token", c.Submit("/password", housetest.SheetWith(valid, "csrf", "")), 403, "")
	b.Refused("another site", c.With("Origin", "https://evil.example").Submit("/password", valid), 403, "")
	b.Refused("nobody", b.Nobody().Submit("/password", valid), 401, "")
	b.Refused("too large", b.TooLarge("/password", ""), 413, "")
	b.Wrote("a new password", c.Submit("/password", valid), 303)
	if a := before.Get("/api/v1/me"); a.StatusCode != 401 {
		b.T.Errorf("a session from before the new password answers %d", a.StatusCode)
	}
}

func badLogouts(b *badinput.Bench) {
	c := b.House.Browser("leader")
	b.Settle()
	b.Refused("no token", c.Submit("/logout", url.Values{"csrf": {""}}), 403, "")
	b.Refused("another site", c.With("Origin", "https://evil.example").Submit("/logout", nil), 403, "")
	b.Refused("too large", b.TooLarge("/logout", ""), 413, "")
	b.Refused("by reading", c.Get("/logout"), 405, "")
	refresh := c.Cookies["__Host-refresh"]
	if a := c.Submit("/logout", nil); a.StatusCode != 303 || c.Cookies["__Host-access"] != "" {
		b.T.Errorf("the logout: %d, cookies %v", a.StatusCode, c.Cookies)
	}
	b.Unchanged("a logout")
	a := b.Nobody().Send("POST", "/api/v1/sessions/renew", housetest.Object{"refresh_token": refresh})
	b.Refused("the refresh token of an ended session", a, 401, "")
}

// badCares switches to large type as nobody should be able to. It is kept in
// the browser alone: the valid switch writes nothing either.
func badCares(b *badinput.Bench) {
	for _, c := range []*housetest.Client{b.Visitor(b.AsBrowser("")), b.House.Browser("clerk")} {
		b.Settle()
		valid := url.Values{"large": {"yes"}, "back": {"/tenders?q=塘&sort=price"}}
		for _, large := range []string{"", "x", "YES", "1", housetest.Long, housetest.Hidden} {
			b.Refused("a size of "+large, c.Submit("/care", housetest.SheetWith(valid, "large", large)), 422, "")
		}
		b.Refused("no size", c.Submit("/care", housetest.SheetWith(valid, "large")), 422, "")
		b.Refused("no token", c.Submit("/care", housetest.SheetWith(valid, "csrf", "")), 403, "")
		b.Refused("another visit's token", b.Nobody().Submit("/care", housetest.SheetWith(valid, "csrf", c.Token)),
			403, "")
		b.Refused("another site", c.With("Origin", "https://evil.example").Submit("/care", valid), 403, "")
		b.Refused("too large", b.TooLarge("/care", ""), 413, "")
		b.Refused("by reading", c.Get("/care"), 405, "")
		if c.Cookies["__Host-care"] != "" {
			b.T.Errorf("a refused switch is kept: %v", c.Cookies)
		}
		for _, back := range []string{"", "https://evil.example/", "//evil.example", "/\\evil.example",
			"javascript:alert(1)"} {
			if a := c.Submit("/care", housetest.SheetWith(valid, "back", back)); a.StatusCode != 303 ||
				a.Location() != "/" {
				b.T.Errorf("back to %q leads to %d %s", back, a.StatusCode, a.Location())
			}
		}
		goodCare(b, c, valid)
	}
}

// goodCare switches to large type and back.
func goodCare(b *badinput.Bench, c *housetest.Client, valid url.Values) {
	a := c.Submit("/care", valid)
	if kept := strings.Join(a.Header.Values("Set-Cookie"), " "); a.StatusCode != 303 ||
		a.Location() != valid.Get("back") ||
		!strings.Contains(kept, "__Host-care=yes; max-age=31536000; path=/; HttpOnly; secure; SameSite=Lax") {
		b.T.Errorf("the switch: %d to %s, %s", a.StatusCode, a.Location(), kept)
	}
	for _, page := range []string{"/tenders?q=a&sort=price", "/nowhere", "/password"} {
		a := c.Get(page)
		if a.StatusCode == 303 {
			continue // without a login
		}
		if !strings.Contains(a.Body, `<html lang="zh-CN" class="care">`) ||
			!strings.Contains(a.Body, `name="large" value="no"`) {
			b.T.Errorf("%s is not in large type: %s", page, a.Body[:200])
		}
		if !strings.Contains(a.Body, `name="back" value="`+strings.ReplaceAll(page, "&", "&amp;")+`"`) {
			b.T.Errorf("%s: the switch does not lead back", page)
		}
	}
	form := c.With("Referer", b.URL+"/login?next=/votes").Submit("/login", url.Values{
		"login":    {"x"},
		"password": {"x"},
	})
	if !strings.Contains(form.Body, `name="back" value="/login?next=/votes"`) {
		b.T.Errorf("from a form with errors the switch does not lead back to it: %d", form.StatusCode)
	}
	c.Submit("/care", housetest.SheetWith(valid, "large", "no"))
	if c.Cookies["__Host-care"] != "" || strings.Contains(c.Get("/").Body, `class="care"`) {
		b.T.Error("the large type stays")
	}
	b.Unchanged("the switch")
}
