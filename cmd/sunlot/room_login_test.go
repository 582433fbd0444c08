package main

import (
	"net/url"
	"strings"
	"testing"
)

// TestTheReadingRoomsLogin: an account of the public house is none here, guessing
// is slowed down, and the login's cookies are the room's own.
func TestTheReadingRoomsLogin(t *testing.T) {
	r := sqliteHouse(t)
	room := r.reading()
	c := room.in.nobody()
	c.readToken("/login")
	try := func(login, password string) answer {
		return c.submit("/login", url.Values{"login": {login}, "password": {password}})
	}
	if a := try("clerk", demoPassword); a.StatusCode != 401 {
		t.Errorf("an official of the public house: %d", a.StatusCode)
	}
	slowed := false
	for i := 0; i < 10 && !slowed; i++ {
		slowed = try("jiwei", "wrong").StatusCode == 429
	}
	if a := try("jiwei", demoPassword); !slowed || a.StatusCode != 429 {
		t.Errorf("guessing is not slowed down: %v, then %d", slowed, a.StatusCode)
	}
	a := try("zhenjiwei", demoPassword)
	if a.StatusCode != 303 || len(a.Header.Values("Set-Cookie")) == 0 {
		t.Fatalf("another officer: %d %v", a.StatusCode, a.Header)
	}
	for _, cookie := range a.Header.Values("Set-Cookie") {
		if !strings.HasPrefix(cookie, "__Host-room-") {
			t.Errorf("a cookie that the public house shares: %s", cookie)
		}
		for _, must := range []string{"; path=/", "; HttpOnly", "; secure", "; SameSite=Lax"} {
			if !strings.Contains(strings.ToLower(cookie), strings.ToLower(must)) {
				t.Errorf("%s lacks %s", cookie, must)
			}
		}
	}
	page := room.at("zhenjiwei").get("/reports")
	if policy := page.Header.Get("Content-Security-Policy"); !strings.Contains(policy, "script-src 'self'") || !strings.Contains(policy, "frame-ancestors 'none'") {
		t.Errorf("the policy is %q", policy)
	}
	if kept := page.Header.Get("Cache-Control"); kept != "no-store" {
		t.Errorf("an officer's page is kept by caches: %q", kept)
	}
}
