package house_test

import (
	"html"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"

	"sunlot/cmd/sunlot/housetest"
	"sunlot/cmd/sunlot/housetest/badinput"
)

// TestAnEmptyFormIsToldWhole sends forms with nothing in them but what they are
// about: one answer names every field that has to be filled in, those that cannot be
// read and those that are left out, in the order of the page, each by its label.
func TestAnEmptyFormIsToldWhole(t *testing.T) {
	b := badinput.NewBench(housetest.OnSQLite(t))
	b.List()
	forms := draftedForms(b)
	for name, form := range officeForms(b) {
		forms[name] = form
	}
	for name, form := range worksForms(b) {
		forms[name] = form
	}
	for route, least := range map[string]int{
		"POST /office/assets":          7,
		"POST /office/resolutions":     2,
		"POST /office/tenders":         9,
		"POST /office/rolls":           3,
		"POST /office/projects":        5,
		"POST /office/items":           9,
		"POST /office/calendar":        3,
		"POST /lots/:id/registrations": 4,
	} {
		f := forms[route]()
		empty := url.Values{}
		for _, about := range []string{"asset", "resolution"} {
			if f.form.Has(about) {
				empty.Set(about, f.form.Get(about))
			}
		}
		a := b.AsBrowser(f.who).Submit(f.path, housetest.Once(empty))
		housetest.Expect(t, a, 422)
		if len(a.Fields()) < least {
			t.Errorf("%s names only %v", route, a.Fields())
		}
		inOrder(t, route, a)
		for _, m := range complaint.FindAllStringSubmatch(a.Body, -1) {
			if said := html.UnescapeString(m[1]); slices.Contains(nameless, said) {
				t.Errorf("%s: %q does not say which", route, said)
			}
		}
	}
}

var (
	complaint = regexp.MustCompile(`href="#f-[a-z_]+">([^<]*)`)
	nameless  = []string{"请填写日期", "请填写金额"}
)

// inOrder asks that the summary's links lead down the page.
func inOrder(t *testing.T, route string, a housetest.Answer) {
	t.Helper()
	last, before := -1, ""
	for _, field := range a.Fields() {
		at := strings.Index(a.Body, ` id="f-`+field+`"`)
		if at < last {
			t.Errorf("%s: %s stands in the summary after %s, and above it on the page", route, field, before)
		}
		last, before = at, field
	}
}
