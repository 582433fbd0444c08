// Package webtest draws the pages of a public room without a house: what a
// page says of given data, and the policies of a room's routes.
package webtest

import (
	"io"
	"log/slog"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/gofiber/fiber/v2"

	"sunlot/web"
)

// Now is the time at which the pages are drawn, UTC.
var Now = time.Date(2026, 12, 10, 1, 30, 0, 0, time.UTC)

type clock struct{}

func (clock) Now() time.Time { return Now }

// Kit is a kit without sessions or routes, whose time is Now.
func Kit(t *testing.T) *web.Kit {
	t.Helper()
	k, err := web.New(web.Config{
		URL:    "http://127.0.0.1:8080",
		Secret: []byte("a secret of the tests"),
		Clock:  clock{},
		Log:    slog.New(slog.DiscardHandler),
	})
	if err != nil {
		t.Fatal(err)
	}
	return k
}

// Drawn is a page of the room with the data, as nobody in particular sees it.
func Drawn(t *testing.T, page string, data any) string {
	t.Helper()
	k := Kit(t)
	k.Get("/probe", web.Public, func(c *fiber.Ctx) error { return k.Page(c, page, data) })
	resp, err := k.App.Test(httptest.NewRequest("GET", "/probe", nil), 10_000)
	if err != nil {
		t.Fatal(err)
	}
	body, err := io.ReadAll(resp.Body)
	if err != nil || resp.StatusCode != 200 {
		t.Fatalf("%d %v %.300s", resp.StatusCode, err, body)
	}
	return string(body)
}

// Says asks that a page has all of the parts, and none of those after a "not".
func Says(t *testing.T, page string, parts ...string) {
	t.Helper()
	want := true
	for _, part := range parts {
		if part == "not" {
			want = false
		} else if strings.Contains(page, part) != want {
			t.Errorf("%q: %v", part, !want)
		}
	}
}
