package web

import (
	"encoding/json"
	"fmt"
	"net"
	"testing"
	"testing/synctest"
	"time"

	"sunlot/internal/fault"

	"github.com/gofiber/fiber/v2"
)

func TestSecurityHeaders(t *testing.T) {
	h := open(t)
	want := map[string]string{
		"Content-Security-Policy": "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data:; " +
			"object-src 'none'; base-uri 'none'; frame-ancestors 'none'; form-action 'self'",
		"X-Content-Type-Options":     "nosniff",
		"X-Frame-Options":            "DENY",
		"Referrer-Policy":            "same-origin",
		"Cross-Origin-Opener-Policy": "same-origin",
		"Strict-Transport-Security":  "",
		"Cache-Control":              "no-cache",
	}
	for _, path := range []string{"/form", "/nowhere", "/api/v1/nowhere"} {
		answer := h.ask("GET", path, "")
		for name, value := range want {
			if got := answer.Header.Get(name); got != value {
				t.Errorf("%s: %s: %q, want %q", path, name, got, value)
			}
		}
	}
	secure := open(t, func(c *Config) { c.URL = "https://sunlot.example.cn" })
	if got := secure.ask("GET", "/form", "").Header.Get("Strict-Transport-Security"); got != "max-age=31536000" {
		t.Errorf("over https: %q", got)
	}
}

func TestReferencesAreOurs(t *testing.T) {
	h := open(t)
	first := h.ask("GET", "/form", "", "X-Request-Id", "forged\r\nline").Header.Get("X-Request-Id")
	second := h.ask("GET", "/form", "").Header.Get("X-Request-Id")
	if len(first) != 16 || first == second {
		t.Errorf("%q, %q", first, second)
	}
}

func TestTheLogSaysWhatWasDoneNotByWhom(t *testing.T) {
	h := open(t)
	h.Post("/people/:id", Public, func(c *fiber.Ctx) error { return nil })
	h.ask("GET", "/form", "")
	if h.log.Len() != 0 {
		t.Errorf("reading is logged: %s", h.log)
	}
	h.ask("POST", "/people/zhangsan?code=hush", fields("x", "1"), "X-Forwarded-For", "203.0.113.9")
	var line struct {
		Method, Route string
		Status        int
	}
	if err := json.Unmarshal(h.log.Bytes(), &line); err != nil {
		t.Fatal(err)
	}
	if line.Method != "POST" || line.Status != 403 || line.Route != "/people/:id" {
		t.Errorf("%s", h.log)
	}
	for _, private := range []string{"zhangsan", "hush", "203.0.113.9"} {
		if contains(h.log.String(), private) {
			t.Errorf("the log has %q", private)
		}
	}
}

func TestAHandlerHasADeadline(t *testing.T) {
	h := open(t)
	h.Get("/slow", Public, func(c *fiber.Ctx) error {
		at, ok := c.UserContext().Deadline()
		if left := time.Until(at); !ok || left > handlerTime || left < handlerTime-5*time.Second {
			t.Errorf("%v, %v", left, ok)
		}
		return nil
	})
	h.expect(h.ask("GET", "/slow", ""), 200)
}

// Who asks is found out in bounded time, and what is sent then has a time of its
// own: the handler's begins when the body has come.
func TestASlowLineIsNotHeldAgainstTheHandler(t *testing.T) {
	h := open(t)
	h.Upload("/api/v1/slow", Needs(tenderDraft), func(c *fiber.Ctx) error {
		at, ok := c.UserContext().Deadline()
		if left := time.Until(at); !ok || left < handlerTime-200*time.Millisecond {
			t.Errorf("the handler has %v, %v", left, ok)
		}
		return c.SendString("done")
	})
	line, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	go h.Serve(line)
	t.Cleanup(func() { _ = h.App.ShutdownWithTimeout(time.Second) })
	conn := dial(t, line.Addr().String(), "127.0.0.1")
	fmt.Fprint(conn, "POST /api/v1/slow HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer access-clerk\r\n"+
		"Content-Type: multipart/form-data; boundary=b\r\nContent-Length: 20000\r\nConnection: close\r\n\r\n")
	for range 10 {
		conn.Write(make([]byte, 2000))
		time.Sleep(100 * time.Millisecond)
	}
	if answer := readAll(conn); !contains(answer, "done") {
		t.Errorf("%.80s", answer)
	}
	if left := time.Until(h.accounts.until); left <= 0 || left > handlerTime {
		t.Errorf("asking who it is ends in %v", left)
	}
}

func TestTheLimitIsPerAddressAndMinute(t *testing.T) {
	now := time.Date(2026, 11, 23, 0, 0, 0, 0, time.UTC)
	l := &limit{most: 2, now: func() time.Time { return now }}
	for i, want := range []bool{true, true, false} {
		if l.count("a") != want {
			t.Errorf("request %d: not %v", i+1, want)
		}
	}
	if !l.count("b") {
		t.Error("one address pays for another")
	}
	now = now.Add(time.Minute)
	if !l.count("a") {
		t.Error("a minute later it is still refused")
	}
}

func TestTooManyRequests(t *testing.T) {
	h := open(t, func(c *Config) { c.PerMinute = 1 })
	h.expect(h.ask("GET", "/form", ""), 200)
	answer := h.ask("GET", "/form", "")
	h.expect(answer, 429, "访问过于频繁")
	if answer.Header.Get("Retry-After") != "60" {
		t.Error("does not say when")
	}
	h.expect(h.ask("GET", "/static/base.css", ""), 200)
}

// The log's tiles have a limit of their own: whoever verifies a city's log asks for
// more of them than for pages, and neither uses up the other.
func TestTilesHaveALimitOfTheirOwn(t *testing.T) {
	h := open(t, func(c *Config) { c.PerMinute = 1 })
	h.Get("/log/tile/*", Public, func(c *fiber.Ctx) error { return c.SendString("a tile") })
	for i := range tilesPerPage {
		h.expect(h.ask("GET", fmt.Sprintf("/log/tile/0/%03d", i), ""), 200, "a tile")
	}
	h.expect(h.ask("GET", "/log/tile/0/000", ""), 429, "访问过于频繁")
	h.expect(h.ask("GET", "/form", ""), 200)
	h.expect(h.ask("GET", "/form", ""), 429)
}

// Who is too quick is told so after a second, whoever says it and on whichever page.
func TestARefusalForHasteTakesASecond(t *testing.T) {
	h := open(t)
	wrong := fault.New(fault.TooMany, "请稍候再试")
	h.Get("/error", Public, func(c *fiber.Ctx) error { return wrong })
	h.Get("/again", Public, func(c *fiber.Ctx) error {
		return h.Again(c, wrong, "account/login", map[string]any{"CanLogIn": true, "Next": "/", "Login": ""})
	})
	for path, least := range map[string]time.Duration{"/error": unhurried, "/again": unhurried, "/form": 0} {
		begun := time.Now()
		answer := h.ask("GET", path, "")
		took := time.Since(begun)
		if took < least || least == 0 && took > unhurried || least > 0 && answer.StatusCode != 429 {
			t.Errorf("%s: %d after %v", path, answer.StatusCode, took)
		}
	}
}

// So many of one address are carried out at once; the next has a turn when one
// leaves, or reads that there is a crowd. Nothing of an address stays.
func TestTurnsOfAnAddress(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		turns := &turns{most: 2}
		first, err := turns.enter("village")
		if err != nil {
			t.Fatal(err)
		}
		second, err := turns.enter("village")
		if err != nil {
			t.Fatal(err)
		}
		begun := time.Now()
		go func() {
			time.Sleep(3 * time.Second)
			first()
		}()
		third, err := turns.enter("village")
		if err != nil || time.Since(begun) != 3*time.Second {
			t.Errorf("after one has left: %v, %v", time.Since(begun), err)
		}
		other, err := turns.enter("elsewhere")
		if err != nil || time.Since(begun) != 3*time.Second {
			t.Errorf("another address waits: %v", err)
		}
		if _, err := turns.enter("village"); err != errCrowd || time.Since(begun) != 3*time.Second+patience {
			t.Errorf("nobody leaves: %v, %v", time.Since(begun), err)
		}
		for _, leave := range []func(){second, third, other} {
			leave()
		}
		if len(turns.now) != 0 {
			t.Errorf("%v stays", turns.now)
		}
	})
}
