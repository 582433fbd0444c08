package web

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/gofiber/fiber/v2"

	"sunlot/internal/fault"
)

func TestStatusOfEachCode(t *testing.T) {
	for _, c := range []struct {
		err    error
		status int
	}{
		{nil, 200},
		{fault.New(fault.Invalid, "x"), 422},
		{fault.New(fault.Unauthenticated, "x"), 401},
		{fault.New(fault.Forbidden, "x"), 403},
		{fault.New(fault.NotFound, "x"), 404},
		{fault.New(fault.Conflict, "x"), 409},
		{fault.New(fault.TooMany, "x"), 429},
		{fault.New(fault.Unavailable, "x"), 503},
		{fault.New(fault.Internal, "x"), 500},
		{fmt.Errorf("wrapped: %w", fault.New(fault.NotFound, "x")), 404},
		{errors.New("disk full"), 500},
		{context.DeadlineExceeded, 503},
		{fiber.ErrMethodNotAllowed, 405},
	} {
		if got := Status(c.err); got != c.status {
			t.Errorf("%v: %d, want %d", c.err, got, c.status)
		}
	}
}

func TestAFailureShowsItsNumberOnly(t *testing.T) {
	h := open(t)
	h.Get("/breaks", Public, func(*fiber.Ctx) error { return errors.New("disk full at /srv/secret") })
	h.Get("/panics/:code", Public, func(*fiber.Ctx) error { panic("nil map of secret") })
	h.Get("/api/v1/breaks", Public, func(*fiber.Ctx) error { return fault.New(fault.Internal, "secret rule broken") })
	for _, path := range []string{"/breaks?token=hush", "/panics/hush", "/api/v1/breaks"} {
		h.log.Reset()
		answer := h.ask("GET", path, "")
		number := answer.Header.Get("X-Request-Id")
		page := h.expect(answer, 500, number)
		if contains(page, "secret") {
			t.Errorf("%s tells: %s", path, page)
		}
		var line struct{ Reference, Error, Route string }
		if err := json.Unmarshal(h.log.Bytes(), &line); err != nil {
			t.Fatal(err)
		}
		if line.Reference != number || len(number) != 16 || !contains(line.Error, "secret") {
			t.Errorf("%s logged %+v, answered %s", path, line, number)
		}
		if contains(h.log.String(), "hush") {
			t.Errorf("the log has what was in the address: %s", h.log)
		}
	}
}

func TestErrorsOfTheAPI(t *testing.T) {
	h := open(t)
	h.Get("/api/v1/wrong", Public, func(*fiber.Ctx) error {
		return fault.New(fault.Invalid, "面积应大于零").On("area")
	})
	var got struct{ Error Problem }
	answer := h.ask("GET", "/api/v1/wrong", "")
	if err := json.Unmarshal([]byte(h.expect(answer, 422)), &got); err != nil {
		t.Fatal(err)
	}
	if e := got.Error; e.Code != fault.Invalid || e.Message != "面积应大于零" || len(e.Fields) != 1 ||
		e.Fields[0].Name != "area" || e.Reference == "" {
		t.Errorf("%+v", e)
	}
	h.expect(h.ask("GET", "/api/v1/nowhere", ""), 404, `"code":"not_found"`)
	h.expect(h.ask("DELETE", "/api/v1/wrong", ""), 405, `"code":"invalid"`)
	h.expect(h.ask("GET", "/apiary", ""), 404, "<!doctype html>")
}

func TestErrorPages(t *testing.T) {
	h := open(t)
	h.Get("/gone", Public, func(*fiber.Ctx) error { return fault.New(fault.NotFound, "没有<i>这个</i>交易") })
	h.expect(h.ask("GET", "/gone", ""), 404, "没有&lt;i&gt;这个&lt;/i&gt;交易", "<title>没有找到 - 晒标</title>")
	h.expect(h.ask("GET", "/nowhere/%2561dmin", ""), 404, "没有找到")
	h.expect(h.ask("DELETE", "/form", ""), 405)
}

// The server reads a body before any handler runs, so this goes over a real line.
func TestARequestTooLargeIsRefusedWithOurHeaders(t *testing.T) {
	h := open(t)
	line, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	go h.Serve(line)
	defer h.App.Shutdown()
	for kind, size := range map[string]int{"application/x-www-form-urlencoded": formLimit + 1,
		"multipart/form-data; boundary=b": uploadLimit + 1} {
		conn, err := net.Dial("tcp", line.Addr().String())
		if err != nil {
			t.Fatal(err)
		}
		fmt.Fprintf(conn, "POST /open HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: %s\r\nContent-Length: %d\r\n\r\n",
			kind, size)
		go conn.Write(make([]byte, size))
		answer, err := http.ReadResponse(bufio.NewReader(conn), nil)
		if err != nil {
			t.Fatal(err)
		}
		h.expect(answer, 413, "内容过大")
		if answer.Header.Get("Content-Security-Policy") != contentPolicy {
			t.Error("no headers on a refusal before the middleware")
		}
		conn.Close()
	}
	if h.acted != 0 {
		t.Error("acted")
	}
}

// TestWhatNeverBecomesARequestIsAnsweredInALine: a page would be drawn from the
// database for everybody who connects and says nothing, or nonsense.
func TestWhatNeverBecomesARequestIsAnsweredInALine(t *testing.T) {
	drawn := 0
	h := open(t, func(c *Config) {
		c.Banner = func(context.Context) (*Banner, error) { drawn++; return &Banner{}, nil }
	})
	line, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	go h.Serve(line)
	defer h.App.Shutdown()
	for said, want := range map[string]struct {
		status int
		text   string
	}{
		"": {408, "没有传完，什么也没有保存"},
		"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nCookie: " + strings.Repeat("x", 1<<16) + "\r\n\r\n": {431, "浏览器保存的数据过多"},
		"no request at all\r\n\r\n": {400, "请返回上一页检查后重试"},
	} {
		conn, err := net.Dial("tcp", line.Addr().String())
		if err != nil {
			t.Fatal(err)
		}
		defer conn.Close()
		_, _ = conn.Write([]byte(said))
		_ = conn.SetReadDeadline(time.Now().Add(2 * headTime))
		answer, err := http.ReadResponse(bufio.NewReader(conn), nil)
		if err != nil {
			t.Fatalf("%.20q: %v", said, err)
		}
		if page := h.expect(answer, want.status, want.text); len(page) > 200 || strings.Contains(page, "<") {
			t.Errorf("%.20q is answered with a page: %.300s", said, page)
		}
		if answer.Header.Get("Content-Security-Policy") != contentPolicy {
			t.Errorf("%.20q is answered without our headers", said)
		}
	}
	if drawn != 0 {
		t.Errorf("%d pages were drawn", drawn)
	}
}

// TestALapsedLoginShowsWhatWasTyped, without the names that only programs know, what was
// only chosen and what is secret, and the way back leads to the form.
func TestALapsedLoginShowsWhatWasTyped(t *testing.T) {
	h := open(t)
	h.Post("/office/barns", Needs(tenderDraft), func(*fiber.Ctx) error { return nil })
	token, cookies := h.visit("")
	body := "csrf=" + token + "&place=村东头&as=outsider&asset=abcdefgh23456722&version=3&agreed=yes" +
		"&account=6217000012345678&password=secret-words"
	page := h.expect(h.ask("POST", "/office/barns", body, "Cookie", cookies,
		"Referer", "http://example.com/office/barns/new?asset=a1"), 401, "村东头", "6217000012345678")
	for _, not := range []string{"outsider", "abcdefgh23456722", "secret-words", ">yes<", ">account<", ">place<"} {
		if strings.Contains(page, not) {
			t.Errorf("the page says %s", not)
		}
	}
	if !strings.Contains(page, "/login?next=") {
		t.Errorf("the way back does not lead to the form: %s", page)
	}
}
