package web

import (
	"errors"
	"strings"
	"testing"

	"github.com/gofiber/fiber/v2"

	"sunlot/internal/fault"
)

func TestAnExpiredAccessIsRenewedBeforeTheHandler(t *testing.T) {
	h := open(t)
	answer := h.ask("GET", "/mine", "", "Cookie", "__Host-access=old; __Host-refresh=refresh-clerk")
	h.expect(answer, 200, "张clerk")
	set := strings.Join(answer.Header.Values("Set-Cookie"), "\n")
	for _, want := range []string{"__Host-access=access-clerk", "__Host-refresh=refresh-clerk"} {
		if !contains(set, want) {
			t.Errorf("no %s in %s", want, set)
		}
	}
	if got := answer.Header.Get("Cache-Control"); got != "no-store" {
		t.Errorf("a page of somebody's may be kept: %q", got)
	}
	h.accounts.renewed = 0
	h.ask("GET", "/mine", "", "Cookie", "__Host-access=access-clerk; __Host-refresh=refresh-clerk")
	if h.accounts.renewed != 0 {
		t.Error("renewed without need")
	}
}

func TestDeadTokensAreTakenBack(t *testing.T) {
	h := open(t)
	answer := h.ask("GET", "/form", "", "Cookie", "__Host-access=old; __Host-refresh=stolen")
	h.expect(answer, 200, `href="/login"`)
	set := strings.Join(answer.Header.Values("Set-Cookie"), "\n")
	for _, name := range []string{"__Host-access=;", "__Host-refresh=;"} {
		if !contains(set, name) {
			t.Errorf("%s is kept: %s", name, set)
		}
	}
}

func TestAStoreThatIsDownIsNotALapsedLogin(t *testing.T) {
	h := open(t)
	h.accounts.down = fault.New(fault.Unavailable, "数据库忙")
	answer := h.ask("GET", "/mine", "", "Cookie", "__Host-access=access-clerk; __Host-refresh=refresh-clerk")
	h.expect(answer, 503)
	if set := answer.Header.Values("Set-Cookie"); len(set) != 0 {
		t.Errorf("the login was taken: %v", set)
	}
	h.accounts.down = errors.New("connection refused by 10.0.0.7")
	if page := h.expect(h.ask("GET", "/mine", "", "Cookie", "__Host-access=access-clerk"),
		500); contains(page, "10.0.0.7") {
		t.Error("the page tells what went wrong inside")
	}
}

func TestCookiesAreForThisHostOnly(t *testing.T) {
	h := open(t)
	h.Get("/in", Public, func(c *fiber.Ctx) error { h.SetSession(c, tokensOf("clerk")); return nil })
	h.Get("/out", Public, func(c *fiber.Ctx) error { return c.SendString(h.ClearSession(c)) })
	for _, path := range []string{"/in", "/out"} {
		answer := h.ask("GET", path, "", "Cookie",
			"__Host-refresh=refresh-clerk; __Host-access=access-clerk; __Host-visit=abcdefghijklmnopqrstuv")
		set := answer.Header.Values("Set-Cookie")
		if len(set) < 3 {
			t.Errorf("%s set %v", path, set)
		}
		for _, cookie := range set {
			lower := strings.ToLower(cookie)
			for _, want := range []string{"__host-", "path=/", "; secure", "; httponly", "; samesite=lax"} {
				if !contains(lower, want) {
					t.Errorf("%s: no %s in %s", path, want, cookie)
				}
			}
			if contains(lower, "domain=") || contains(cookie, "abcdefghijklmnopqrstuv") {
				t.Errorf("%s: %s", path, cookie)
			}
		}
		if path == "/out" {
			h.expect(answer, 200, "refresh-clerk")
		}
	}
}

func TestCanLogIn(t *testing.T) {
	cases := []struct {
		url, host string
		want      string
	}{
		{"https://sunlot.example.cn", "sunlot.example.cn", "true"},
		{"http://127.0.0.1:8080", "127.0.0.1:8080", "true"},
		{"http://127.0.0.1:8080", "localhost:8080", "true"},
		{"http://127.0.0.1:8080", "[::1]:8080", "true"},
		{"http://127.0.0.1:8080", "192.168.1.9:8080", "false"},
		{"http://village.test", "village.test", "false"},
		{"http://127.0.0.1:8080", "localhost.evil.test", "false"},
	}
	for _, c := range cases {
		h := open(t, func(cfg *Config) { cfg.URL = c.url })
		h.Get("/can", Public, func(ctx *fiber.Ctx) error {
			if h.CanLogIn(ctx) {
				return ctx.SendString("true")
			}
			return ctx.SendString("false")
		})
		if got := h.expect(h.ask("GET", "/can", "", "Host", c.host), 200); got != c.want {
			t.Errorf("%s at %s: %s", c.url, c.host, got)
		}
	}
}

func TestNext(t *testing.T) {
	for raw, want := range map[string]string{
		"/office":             "/office",
		"/tenders?page=2":     "/tenders?page=2",
		"":                    "/",
		"office":              "/",
		"//evil.test":         "/",
		"/\\evil.test":        "/",
		"http://evil.test/":   "/",
		"javascript:alert(1)": "/",
		"/a\r\nSet-Cookie: x": "/",
		"/%zz":                "/",
	} {
		if got := Next(raw); got != want {
			t.Errorf("Next(%q) = %q, want %q", raw, got, want)
		}
	}
}
