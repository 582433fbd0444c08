package house_test

import (
	"strings"
	"testing"

	"sunlot/cmd/sunlot/housetest"
	"sunlot/internal/event"
	"sunlot/web"
)

// Packed bodies are refused by every route of both houses before anything reads them.
func TestNoRouteReadsAPackedBody(t *testing.T) {
	r := housetest.OnSQLite(t)
	room := r.Reading()
	fill := strings.NewReplacer(":id", event.NewID(), ":hash", strings.Repeat("0", 64))
	for _, house := range []struct {
		who    *housetest.Client
		routes []web.Route
		least  int
	}{{r.Nobody(), r.Kit.Routes(), 70}, {room.In.Nobody(), room.Kit.Routes(), 5}} {
		asked := 0
		for _, route := range house.routes {
			if route.Method == "GET" || route.Method == "HEAD" {
				continue
			}
			asked++
			a := house.who.With("Content-Encoding", "gzip").Do(route.Method, fill.Replace(route.Path),
				"application/json", []byte("\x1f\x8b"))
			if a.StatusCode != 415 {
				t.Errorf("%s %s: %d", route.Method, route.Path, a.StatusCode)
			}
		}
		if asked < house.least {
			t.Errorf("only %d routes", asked)
		}
	}
}

// Whatever is asked, by whomever, the answer forbids every script that is not a
// file of ours.
func TestEveryAnswerHasTheStrictPolicy(t *testing.T) {
	r := housetest.OnSQLite(t)
	const want = "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data:; " +
		"object-src 'none'; base-uri 'none'; frame-ancestors 'none'; form-action 'self'"
	fill := strings.NewReplacer(":id", event.NewID(), ":hash", strings.Repeat("0", 64), ":sha",
		strings.Repeat("0", 64), ":name", "x.jpg", "*", "sheet.css")
	for _, login := range []string{"", "clerk", "station", "admin"} {
		who := r.Nobody()
		if login != "" {
			who = r.Browser(login)
		}
		asked := 0
		for _, route := range r.Kit.Routes() {
			if route.Method == "HEAD" {
				continue
			}
			a := who.Do(route.Method, fill.Replace(route.Path), "application/x-www-form-urlencoded", nil)
			asked++
			if got := a.Header.Get("Content-Security-Policy"); got != want && a.StatusCode != 101 {
				t.Errorf("%s %s for %q: %d with %q", route.Method, route.Path, login, a.StatusCode, got)
			}
			if a.Header.Get("X-Content-Type-Options") != "nosniff" {
				t.Errorf("%s %s: the browser may guess what it is", route.Method, route.Path)
			}
		}
		if asked < 100 {
			t.Errorf("only %d routes", asked)
		}
	}
}
