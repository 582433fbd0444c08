package web

import (
	"bytes"
	"compress/gzip"
	"io"
	"strings"
	"testing"

	"github.com/gofiber/fiber/v2"
	"github.com/valyala/fasthttp"
)

// unpack is an answer's content, and how many bytes came.
func unpack(t *testing.T, encoding string, body io.Reader) (string, int) {
	t.Helper()
	raw, err := io.ReadAll(body)
	if err != nil {
		t.Fatal(err)
	}
	plain := raw
	switch encoding {
	case "br":
		plain, err = fasthttp.AppendUnbrotliBytes(nil, raw)
	case "gzip":
		var r *gzip.Reader
		r, err = gzip.NewReader(bytes.NewReader(raw))
		if err == nil {
			plain, err = io.ReadAll(r)
		}
	}
	if err != nil {
		t.Fatalf("%s: %v", encoding, err)
	}
	return string(plain), len(raw)
}

var encodings = []struct{ accepts, encoding string }{
	{"", ""}, {"identity", ""}, {"deflate", ""}, {"gzip", "gzip"}, {"gzip, deflate, br, zstd", "br"},
	{"br;q=0, gzip;q=0.5", "gzip"},
	{"BR", "br"}, {"gzip;q=0", ""}, {"gzip;q=x", ""}, {"brotli", ""}, {"br ; q = 1.0", "br"},
}

func TestPagesArePacked(t *testing.T) {
	h := open(t)
	for _, c := range encodings {
		answer := h.ask("GET", "/form", "", "Accept-Encoding", c.accepts)
		if got := answer.Header.Get("Content-Encoding"); got != c.encoding ||
			answer.Header.Get("Vary") != "Accept-Encoding" {
			t.Errorf("%q: %q, Vary %q", c.accepts, got, answer.Header.Get("Vary"))
			continue
		}
		page, came := unpack(t, c.encoding, answer.Body)
		if !strings.HasPrefix(page, "<!doctype html>\n") || !strings.Contains(page, `name="csrf"`) ||
			!strings.HasSuffix(page, "</html>\n") {
			t.Errorf("%q: the page is not whole: %s", c.accepts, page)
		}
		if c.encoding != "" && came > len(page)*2/3 {
			t.Errorf("%q: %d bytes of %d", c.accepts, came, len(page))
		}
	}
}

func TestWhatIsNotPacked(t *testing.T) {
	h := open(t)
	long := strings.Repeat("secret ", 500)
	h.Get("/picture", Public, func(c *fiber.Ctx) error {
		c.Set(fiber.HeaderContentType, "image/png")
		return c.SendString(long)
	})
	h.Get("/short", Public, func(c *fiber.Ctx) error { return c.SendString("short") })
	h.Post("/api/v1/tokens", Public, func(c *fiber.Ctx) error { return c.JSON(long) })
	for _, path := range []string{"GET /picture", "GET /short", "POST /api/v1/tokens"} {
		method, path, _ := strings.Cut(path, " ")
		if got := h.ask(method, path, "", "Accept-Encoding", "br, gzip").Header.Get("Content-Encoding"); got != "" {
			t.Errorf("%s is packed: %s", path, got)
		}
	}
}

// What compression makes of a page must not depend on a secret that stays: the
// form's token has another text in each answer, and each is good.
func TestTokensShareNoText(t *testing.T) {
	h := open(t)
	first, cookies := h.visit("clerk")
	seen := []string{first}
	for range 3 {
		page := h.expect(h.ask("GET", "/form", "", "Cookie", cookies), 200)
		for _, found := range tokenIn.FindAllStringSubmatch(page, -1) {
			for _, before := range seen {
				if shared := sharedText(found[1], before); shared != "" {
					t.Fatalf("two tokens share %q: %s %s", shared, found[1], before)
				}
			}
			seen = append(seen, found[1])
		}
	}
	if len(seen) < 4 {
		t.Fatalf("only %d tokens", len(seen))
	}
	for i, token := range seen {
		h.expect(h.ask("POST", "/mine", fields("csrf", token), "Cookie", cookies), 303)
		if h.acted != i+1 {
			t.Errorf("token %d was not taken", i)
		}
	}
}

// sharedText is a part of six characters that is in both.
func sharedText(a, b string) string {
	for at := 0; at+6 <= len(a); at++ {
		if strings.Contains(b, a[at:at+6]) {
			return a[at : at+6]
		}
	}
	return ""
}

func TestStaticFilesArePackedOnce(t *testing.T) {
	h := open(t)
	plain := string(h.static.files[sheetName].data)
	for _, c := range encodings {
		answer := h.ask("GET", h.static.address(sheetName), "", "Accept-Encoding", c.accepts)
		tag := `"` + h.static.files[sheetName].hash + c.encoding + `"`
		if answer.Header.Get("Content-Encoding") != c.encoding || answer.Header.Get("Vary") != "Accept-Encoding" ||
			answer.Header.Get("Etag") != tag {
			t.Errorf("%q: %v", c.accepts, answer.Header)
			continue
		}
		if got, came := unpack(t, c.encoding, answer.Body); got != plain || c.encoding != "" && came > len(plain)/3 {
			t.Errorf("%q: %d bytes, %d unpacked, want %d", c.accepts, came, len(got), len(plain))
		}
		h.expect(h.ask("GET", "/static/"+sheetName, "", "Accept-Encoding", c.accepts, "If-None-Match", tag), 304)
	}
}

// A stylesheet that is in no list would be on no page.
func TestEveryStylesheetIsPutTogether(t *testing.T) {
	s := open(t).static
	whole := string(s.files[sheetName].data)
	for name, a := range s.files {
		if strings.HasSuffix(name, ".css") && !strings.Contains(whole, string(a.data)) {
			t.Errorf("%s is not in %s", name, sheetName)
		}
	}
}
