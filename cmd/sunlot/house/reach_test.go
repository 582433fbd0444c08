package house_test

import (
	"html"
	"regexp"
	"strings"
	"testing"

	"sunlot/cmd/sunlot/housetest"
	"sunlot/cmd/sunlot/housetest/badinput"
	"sunlot/web"
)

// unlinked are addresses that no page of ours need link to, and why.
var unlinked = map[string]string{
	"/lots":                     "leads on to the notices, for whoever shortens an address",
	"/villages/:id/objections":  "comes with more answers than the village's page holds",
	"/office/rolls/:id/edit":    "of a list that was given back: its room's own test goes there",
	"/styleguide":               "what pages are made of, for who builds them",
	"/favicon.ico":              "browsers and chats ask",
	"/robots.txt":               "search engines ask",
	"/sitemap.xml":              "search engines ask",
	"/healthz":                  "the operator's machine asks",
	"/readyz":                   "the operator's machine asks",
	"/connection/websocket":     "a script's",
	"/static/*":                 "parts of pages",
	"/log/leaves/:hash/receipt": "a record's page has it when the record is signed",
	"/villages/:id/feed.atom":   "whoever reads feeds gives the address to the reader",
	"/log/tile/*":               "whoever verifies computes their addresses",
}

// TestEveryPageIsReached follows links, as nobody from the first page and as each
// official and bidder from the desk, in each part of a case: every page that
// somebody may read is three clicks away, no link leads nowhere, and nobody reads a
// half-width mark beside a Chinese character.
func TestEveryPageIsReached(t *testing.T) {
	b := badinput.NewBench(housetest.OnSQLite(t))
	b.KeepLog()
	left := map[string]web.Route{}
	for _, route := range b.Kit.Routes() {
		if route.Method == "GET" && !strings.HasPrefix(route.Path, "/api/") && unlinked[route.Path] == "" {
			left[route.Path] = route
		}
	}
	read := 0
	for _, stage := range []struct {
		reach func()
		forms func(*badinput.Bench) map[string]func() filled
	}{{b.ListAll, listedForms}, {b.OpenAll, noForms}, {b.CloseAll, closedForms}, {b.SettleAll, settledForms}} {
		stage.reach()
		for _, form := range stage.forms(b) {
			form() // brings about the state in which it may be sent
		}
		if read == 0 {
			b.Desks.Tender(3) // approved: whoever announces it checks it first
		}
		for _, login := range []string{"", "clerk", "supervision", "station", "leader", "admin", "daibiao",
			b.Lots[0].Winner.Login} {
			for _, path := range follow(b, login) {
				read++
				for of := range left {
					if serves(of, path) {
						delete(left, of)
					}
				}
			}
		}
	}
	for of, route := range left {
		t.Errorf("nobody comes to %s (%s) within three clicks", of, route.Policy)
	}
	if read < 500 {
		t.Errorf("only %d pages read", read)
	}
	t.Logf("%d pages read", read)
}

// passed says whether a link is passed over: parts of pages, and for who works in an
// office what everybody reads, which nobody has followed.
func passed(login, to string) bool {
	office := login != "" && !strings.HasPrefix(login, "jing")
	theirs := strings.HasPrefix(to, "/office") || strings.HasPrefix(to, "/assets/") || to == "/votes"
	return strings.HasPrefix(to, "/static/") || office && !theirs
}

const most = 12 // pages of a kind

// follow reads the pages within three clicks, some of each kind, and gives their
// addresses.
func follow(b *badinput.Bench, login string) []string {
	who, level := b.AsBrowser(login), []string{"/"}
	if login != "" {
		level = []string{"/office"}
	}
	seen, kinds := map[string]bool{level[0]: true}, map[string]int{}
	var read []string
	for range 4 {
		var next []string
		for _, path := range level {
			plain, _, _ := strings.Cut(path, "?")
			kind := linkID.ReplaceAllString(plain, ":id")
			kinds[kind]++
			if kinds[kind] > most {
				continue
			}
			a := who.Get(path)
			if a.StatusCode == 404 || a.StatusCode >= 500 {
				b.T.Errorf("a link leads %q to %s: %d", login, path, a.StatusCode)
			}
			read = append(read, plain)
			for _, m := range half.FindAllString(drawn(a), -1) {
				b.T.Errorf("%q reads at %s: %q", login, path, m)
			}
			for _, m := range asking.FindAllStringSubmatch(a.Body, -1) {
				read = append(read, m[1])
			}
			for _, m := range anyLink.FindAllStringSubmatch(a.Body, -1) {
				to := html.UnescapeString(m[1])
				if !seen[to] && !passed(login, to) {
					seen[to], next = true, append(next, to)
				}
			}
		}
		level = next
	}
	return read
}

var (
	anyLink = regexp.MustCompile(`(?:href|src)="(/[^"#]*)`)
	asking  = regexp.MustCompile(`<form class="(?:search|sheet)"(?: method="get")? action="(/[^"#]*)`)
)

var (
	unread = regexp.MustCompile(`(?s)<(script|style|textarea|pre|code).*?</(script|style|textarea|pre|code)>`)
	inline = regexp.MustCompile(`</?(a|b|i|span|small|time|em|strong|code)\b[^>]*>`)
	others = regexp.MustCompile(`<[^>]*>`)
	// half is a half-width mark that stands beside a Chinese character as a page is
	// drawn, where no line of ours has the two together.
	half = regexp.MustCompile(`.{0,12}(\p{Han}[,:;?!()]|[,:;?!()]\p{Han}).{0,12}`)
)

// drawn is a page as it is read: what stands in one line without the marks between.
func drawn(a housetest.Answer) string {
	if !strings.HasPrefix(a.Header.Get("Content-Type"), "text/html") {
		return ""
	}
	text := inline.ReplaceAllString(unread.ReplaceAllString(a.Body, "\n"), "")
	return html.UnescapeString(others.ReplaceAllString(text, "\n"))
}

// serves says whether a declared route is that of an address.
func serves(route, path string) bool {
	of, parts := strings.Split(route, "/"), strings.Split(path, "/")
	if strings.HasSuffix(route, "*") {
		return strings.HasPrefix(path, strings.TrimSuffix(route, "*"))
	}
	if len(of) != len(parts) {
		return false
	}
	for i := range of {
		if of[i] != parts[i] && !strings.HasPrefix(of[i], ":") {
			return false
		}
	}
	return true
}
