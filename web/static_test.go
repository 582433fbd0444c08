package web

import (
	"io/fs"
	"regexp"
	"strings"
	"testing"
	"testing/fstest"
)

func TestStaticFiles(t *testing.T) {
	h := open(t)
	at := h.static.address("base.css")
	if !regexp.MustCompile(`^/static/[0-9a-f]{16}/base\.css$`).MatchString(at) {
		t.Fatal(at)
	}
	answer := h.ask("GET", at, "")
	h.expect(answer, 200, "body {")
	if got := answer.Header.Get("Cache-Control"); got != "public, max-age=31536000, immutable" {
		t.Errorf("by its hash: %q", got)
	}
	if got := answer.Header.Get("Content-Type"); got != "text/css; charset=utf-8" {
		t.Errorf("type %q", got)
	}
	for _, other := range []string{"/static/base.css", "/static/0123456789abcdef/base.css"} {
		answer = h.ask("GET", other, "")
		h.expect(answer, 200)
		if got := answer.Header.Get("Cache-Control"); got != "no-cache" {
			t.Errorf("%s: %q", other, got)
		}
		h.expect(h.ask("GET", other, "", "If-None-Match", answer.Header.Get("Etag")), 304)
	}
	for _, odd := range []string{"/static/", "/static/nothing.css", "/static/../kit.go", "/static/%2e%2e/kit.go",
		"/static/dist/.gitkeep", "/static/x/base.css"} {
		h.expect(h.ask("GET", odd, ""), 404)
	}
	h.expect(h.ask("HEAD", "/static/base.css", ""), 200)
}

func TestIslandsMayBeMissing(t *testing.T) {
	bare, err := loadStatic(fstest.MapFS{"static/base.css": {Data: []byte("a{}")}, "static/dist/.gitkeep": {}})
	if err != nil {
		t.Fatal(err)
	}
	if got := bare.missingIslands(); len(got) != len(islands) || bare.address("dist/submit.js") != "" {
		t.Errorf("%v", got)
	}
	built := fstest.MapFS{}
	for _, name := range islands {
		built["static/dist/"+name+".js"] = &fstest.MapFile{Data: []byte("1")}
	}
	if s, err := loadStatic(built); err != nil || len(s.missingIslands()) != 0 {
		t.Errorf("%v %v", s.missingIslands(), err)
	}
	if _, err := loadStatic(fstest.MapFS{}); err == nil {
		t.Error("no folder of static files is no error")
	}
}

// The content policy refuses these; a browser would drop them in silence.
func TestNothingIsInline(t *testing.T) {
	bad := regexp.MustCompile(`(?i)\sstyle=|\son[a-z]+=|<style|<script(?:>| [^>]*[^e]>)[^<]|javascript:`)
	err := fs.WalkDir(files, "templates", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		text, err := fs.ReadFile(files, name)
		if found := bad.Find(text); found != nil {
			t.Errorf("%s: %s", name, found)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	if !bad.MatchString(`<p style="x">`) || !bad.MatchString(`<b onclick="x">`) || !bad.MatchString("<script>x") {
		t.Error("the pattern finds nothing")
	}
}

func TestStylesAreBalanced(t *testing.T) {
	for name, a := range open(t).static.files {
		if strings.HasSuffix(name, ".css") &&
			strings.Count(string(a.data), "{") != strings.Count(string(a.data), "}") {
			t.Errorf("%s: braces do not match", name)
		}
	}
}
