package web

import (
	"bytes"
	"io/fs"
	"maps"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"sunlot/internal/calendar"
	"sunlot/internal/fault"
	"sunlot/internal/identity"
	"sunlot/internal/money"
)

// drawn parses the shared templates with a page made of the given body, and
// draws it.
func drawn(t *testing.T, body string, v *View) string {
	t.Helper()
	page, err := draw(t, body, v)
	if err != nil {
		t.Fatal(err)
	}
	return page
}

func draw(t *testing.T, body string, v *View) (string, error) {
	t.Helper()
	all := fstest.MapFS{"templates/probe/_part.html": {Data: []byte(`{{define "part"}}[{{.}}]{{end}}`)},
		"templates/probe/show.html": {Data: []byte(`{{define "title"}}试{{end}}{{define "main"}}<!--[-->` + body +
			`<!--]-->{{end}}`)}}
	shared, err := fs.Glob(files, "templates/*.html")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range shared {
		text, err := fs.ReadFile(files, name)
		if err != nil {
			t.Fatal(err)
		}
		all[name] = &fstest.MapFile{Data: text}
	}
	s, err := loadStatic(files)
	if err != nil {
		t.Fatal(err)
	}
	views := &Views{static: s}
	if err := views.load(all); err != nil {
		return "", err
	}
	if v.token == nil {
		v.token = func() string { return "the-token" }
	}
	var b bytes.Buffer
	err = views.Render(&b, "probe/show", v)
	return b.String(), err
}

func wants(t *testing.T, page string, parts ...string) {
	t.Helper()
	for _, part := range parts {
		if !strings.Contains(page, part) {
			t.Errorf("no %q in %s", part, page)
		}
	}
}

func TestViewsLoad(t *testing.T) {
	s, err := loadStatic(files)
	if err != nil {
		t.Fatal(err)
	}
	v := &Views{static: s}
	if err := v.Load(); err != nil {
		t.Fatal(err)
	}
	names := slices.Collect(maps.Keys(v.pages))
	for _, want := range []string{"error/show", "account/login", "account/password"} {
		if !slices.Contains(names, want) {
			t.Errorf("no %s among %v", want, names)
		}
	}
	if err := v.Render(&bytes.Buffer{}, "no/such", &View{}); err == nil {
		t.Error("a page that does not exist was drawn")
	}
	for name, text := range map[string]string{
		"syntax":       "{{define",
		"unknown func": `{{define "main"}}{{nosuch}}{{end}}`,
		"unknown part": `{{define "main"}}{{template "nosuch" .}}{{end}}`,
		"no main":      `{{define "title"}}x{{end}}`,
		"open quote":   `{{define "main"}}<a href="{{.}}>{{end}}`,
	} {
		broken := fstest.MapFS{
			"templates/layout.html": {Data: []byte(`{{define "layout"}}{{template "main" .}}{{end}}`)},
			"templates/a/b.html":    {Data: []byte(text)},
		}
		if err := v.load(broken); err == nil {
			t.Errorf("%s: a broken template boots", name)
		}
	}
	if _, err := draw(t, `{{template "part" .Data}}`, &View{Data: "x"}); err != nil {
		t.Errorf("the folder's own part: %v", err)
	}
}

// TestViewsOfRooms: a room's page has the parts of its own folder and of the one
// around it; its own come last.
func TestViewsOfRooms(t *testing.T) {
	text := func(s string) *fstest.MapFile { return &fstest.MapFile{Data: []byte(s)} }
	v := &Views{}
	err := v.load(fstest.MapFS{
		"templates/layout.html":         text(`{{define "layout"}}{{template "main" .}}{{end}}`),
		"templates/office/_parts.html":  text(`{{define "list"}}list{{end}}{{define "both"}}office{{end}}`),
		"templates/office/a/_part.html": text(`{{define "both"}}room{{end}}`),
		"templates/office/a/show.html":  text(`{{define "main"}}{{template "list"}} {{template "both"}}{{end}}`),
		"templates/office/b/show.html":  text(`{{define "main"}}{{template "both"}}{{end}}`),
	})
	if err != nil {
		t.Fatal(err)
	}
	for page, want := range map[string]string{"office/a/show": "list room", "office/b/show": "office"} {
		var b bytes.Buffer
		if err := v.Render(&b, page, &View{}); err != nil || b.String() != want {
			t.Errorf("%s: %q %v", page, b.String(), err)
		}
	}
}

func TestLayout(t *testing.T) {
	page := drawn(t, "正文", &View{})
	wants(t, page, `<html lang="zh-CN">`, "<title>试 - 晒标</title>", `<main id="main"`, `href="/login"`, `href="/static/`)
	if strings.Contains(page, "示范数据") || strings.Contains(page, `class="errors"`) ||
		strings.Contains(page, `action="/logout"`) {
		t.Error("says what is not so")
	}
	page = drawn(t, "", &View{actions: []*identity.Action{lotRegister}, Actor: identity.Actor{
		PersonID:    "p",
		Name:        "王<i>",
		Memberships: []identity.Membership{{OrgName: "李家塘经济合作社", Role: identity.Clerk}},
	}})
	wants(t, page, "王&lt;i&gt;", "李家塘经济合作社 · 村集体经办人", `action="/logout"`, `value="the-token"`, `href="/office"`)
}

// Each place where a text may stand, with what would break out of it.
func TestEscaping(t *testing.T) {
	evil := `"><script>alert(1)</script>'onx='`
	v := &View{
		Data: map[string]any{
			"T": evil,
			"P": Proof{Leaf: evil, Page: "javascript:alert(1)", Poll: evil},
			"M": []Moment{{Title: evil, Text: evil, Who: evil}},
			"G": []Photo{{Src: "javascript:alert(1)", Caption: evil}},
			"C": []Choice{{Value: evil, Label: evil, Hint: evil}},
		},
		Fault:  evil,
		Fields: []fault.Field{{Name: evil, Message: evil}},
		Flash:  evil,
		Path:   evil,
		Banner: &Banner{Text: evil, Next: evil, Stage: "javascript:alert(1)"},
	}
	page := drawn(t, `{{.Data.T}}<a title="{{.Data.T}}">x</a>{{template "text" (field . .Data.T .Data.T .Data.T "hint" .Data.T "unit" .Data.T)}}
{{template "textarea" (field . "a" "b" .Data.T)}}{{template "select" (field . "s" "t" .Data.T "choices" .Data.C)}}{{template "radios" (field . "r" "t" .Data.T "choices" .Data.C)}}
{{template "proof" .Data.P}}{{template "timeline" .Data.M}}{{template "gallery" .Data.G}}{{template "gap" .Data.T}}{{template "state" (chip .Data.T .Data.T)}}
{{template "trail" (crumbs .Data.T "javascript:alert(1)" .Data.T)}}{{template "buttons" (list (button .Data.T "" .Data.T .Data.T))}}`, v)
	for _, bad := range []string{"<script>alert", "javascript:alert", `'onx='`, `"><`} {
		if i := strings.Index(page, bad); i >= 0 && bad != `"><` {
			t.Errorf("%s: …%s…", bad, page[max(0, i-80):i+40])
		}
	}
}

func TestWords(t *testing.T) {
	at := time.Date(2026, 11, 22, 16, 30, 0, 0, time.UTC) // half past midnight of the 23rd in Beijing
	for got, want := range map[string]string{
		Date(at):                              "2026年11月23日",
		Date(calendar.Date("2027-03-01")):     "2027年3月1日",
		datetime(at):                          "2026年11月23日 00:30",
		Until(at):                             "2026年11月23日 00:30",
		Until(at.Add(-30 * time.Minute)):      "2026年11月22日 24:00",
		Yearly("03-01"):                       "3月1日",
		Yearly("三月"):                          "三月",
		weekday(at):                           "星期一",
		weekday(calendar.Date("2026-11-22")):  "星期日",
		instant(at):                           "2026-11-22T16:30:00Z",
		instant(at.Add(5 * time.Millisecond)): "2026-11-22T16:30:00.005Z",
		instant(calendar.Date("2026-11-22")):  "2026-11-22",
		short("0123456789abcdef0123"):         "0123 4567 89ab cdef",
		short("01234"):                        "0123 4",
	} {
		if got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
	for _, nothing := range []string{Date(time.Time{}), datetime(time.Time{}), Until(time.Time{}),
		Date(calendar.Date("")), Date("2026"), Date(nil)} {
		if nothing != "—" {
			t.Errorf("%q, want a dash", nothing)
		}
	}
	page := drawn(t, `{{yuan .Data.F}}元 {{mu .Data.A}}亩`, &View{Data: map[string]any{
		"F": money.Fen(154400),
		"A": money.Area(3860),
	}})
	wants(t, page, "1,544.00元 38.60亩")
}

func TestViewKnowsTheVisitor(t *testing.T) {
	v := &View{
		Actor: identity.Actor{
			PersonID:    "p",
			Memberships: []identity.Membership{{Role: identity.Clerk, Path: "/c/t/v/"}},
		},
		actions: []*identity.Action{tenderDraft, tenderCheck, lotRegister},
	}
	page := drawn(t, `[{{.May "tender.draft"}} {{.May "tender.check"}}]`, v)
	wants(t, page, "[true false]")
	for place, want := range map[identity.Path]bool{"/c/t/v/g/": true, "/c/t/w/": false} {
		if may, err := v.MayAt("tender.draft", place); may != want || err != nil {
			t.Errorf("%s: %v %v", place, may, err)
		}
	}
	if _, err := draw(t, `{{if .May "tender.drift"}}x{{end}}`, v); err == nil {
		t.Error("a page asks for an action that there is not")
	}
	if a, b := v.RequestID(), v.RequestID(); a == b {
		t.Error("two forms with one number")
	}
	nobody := &View{actions: v.actions}
	if may, err := nobody.May("tender.draft"); may || err != nil || nobody.SignedIn() {
		t.Error("nobody may do something")
	}
}
