package room_test

import (
	"net/url"
	"strings"
	"testing"

	"sunlot/cmd/sunlot/demo"
	"sunlot/cmd/sunlot/housetest"
)

// TestTheReadingRoomsLogin: an account of the public house is none here, guessing
// is slowed down, and the login's cookies are the room's own.
func TestTheReadingRoomsLogin(t *testing.T) {
	r := housetest.OnSQLite(t)
	room := r.Reading()
	c := room.In.Nobody()
	c.ReadToken("/login")
	try := func(login, password string) housetest.Answer {
		return c.Submit("/login", url.Values{"login": {login}, "password": {password}})
	}
	if a := try("clerk", demo.Password); a.StatusCode != 401 {
		t.Errorf("an official of the public house: %d", a.StatusCode)
	}
	slowed := func() bool {
		for range 10 {
			if try("jiwei", "wrong").StatusCode == 429 {
				return true
			}
		}
		return false
	}
	kept := false
	for i := 0; i < 5 && !kept; i++ { // a busy machine outlasts the first wait, of two seconds
		if !slowed() {
			t.Fatal("guessing is not slowed down")
		}
		if kept = try("jiwei", demo.Password).StatusCode == 429; !kept {
			c = room.In.Nobody()
			c.ReadToken("/login")
		}
	}
	if !kept {
		t.Error("the right password is taken while guesses wait")
	}
	a := try("zhenjiwei", demo.Password)
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
	page := room.At("zhenjiwei").Get("/reports")
	if policy := page.Header.Get("Content-Security-Policy"); !strings.Contains(policy, "script-src 'self'") ||
		!strings.Contains(policy, "frame-ancestors 'none'") {
		t.Errorf("the policy is %q", policy)
	}
	if keeping := page.Header.Get("Cache-Control"); keeping != "no-store" {
		t.Errorf("an officer's page is kept by caches: %q", keeping)
	}
}
