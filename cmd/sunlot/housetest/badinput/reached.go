package badinput

import (
	"html"
	"regexp"
	"slices"
	"strings"

	"sunlot/cmd/sunlot/housetest"
)

// clicks is how far from the desk a form may lie.
const clicks = 3

var (
	forms  = regexp.MustCompile(`(?s)<form .*?</form>`)
	linkAt = regexp.MustCompile(`<a [^>]*\bhref="(/[^"#]*)`)
	// the log's own pages come with its sequencer, which does not run here
	noPage   = regexp.MustCompile(`^/(static|photos|files|documents|api)/|^/log\b|[?&]as=csv`)
	objectID = regexp.MustCompile(`^[a-z2-7]{16}$`)
)

// reached asks that a person who does not type addresses comes to the form: from
// the desk, or from the first page where nobody is signed in, by so many clicks.
// No link on the way may lead nowhere.
func (s Sheet) reached(b *Bench, who *housetest.Client) {
	b.T.Helper()
	from := "/office"
	if s.Who == "" {
		from = "/"
	}
	seen, level := map[string]bool{from: true}, []string{from}
	for range clicks + 1 {
		var next []string
		for _, path := range s.nearest(level) {
			a := who.Get(path)
			if a.StatusCode == 404 || a.StatusCode >= 500 {
				b.T.Errorf("a link leads %s to %s: %d", s.Who, path, a.StatusCode)
			}
			if s.isOn(a.Body) {
				return
			}
			for _, m := range linkAt.FindAllStringSubmatch(a.Body, -1) {
				to := html.UnescapeString(m[1])
				if !seen[to] && !noPage.MatchString(to) {
					seen[to], next = true, append(next, to)
				}
			}
		}
		level = next
	}
	b.T.Errorf("%q does not come to the form of %s within %d clicks from %s: %d pages read", s.Who, s.Path, clicks,
		from, len(seen))
}

// isOn says whether a page has the form, in one part or in several buttons': it
// goes to the address, asks for all that the sheet fills in, and is about the
// same objects.
func (s Sheet) isOn(page string) bool {
	at := s.Path
	if s.Asks != "" {
		at = s.Asks
	}
	var form string
	for _, part := range forms.FindAllString(page, -1) {
		if strings.Contains(part, `action="`+at+`"`) {
			form += part
		}
	}
	for name, values := range s.Form {
		named := strings.Contains(form, `name="`+name+`"`) || strings.Contains(form, `name="`+name+`_new"`)
		about := s.Theirs[name] != "" || slices.Contains(s.Gone, name)
		if !named && s.Asks == "" || about && !strings.Contains(form, `value="`+values[0]+`"`) {
			return false
		}
	}
	return form != ""
}

// nearest puts the links first that name what the form is about, so that a form
// that is there is found soon.
func (s Sheet) nearest(links []string) []string {
	rank := func(link string) int {
		for _, part := range strings.Split(s.Path, "/") {
			if objectID.MatchString(part) && strings.Contains(link, part) {
				return 0
			}
		}
		for _, values := range s.Form {
			if objectID.MatchString(values[0]) && strings.Contains(link, values[0]) {
				return 1
			}
		}
		if strings.HasPrefix(s.Path, link) {
			return 1
		}
		return 2
	}
	return slices.SortedStableFunc(slices.Values(links), func(x, y string) int { return rank(x) - rank(y) })
}
