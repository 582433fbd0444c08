package house_test

import (
	"encoding/json"
	"html"
	"maps"
	"os"
	"os/exec"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode"

	"sunlot/cmd/sunlot/demo"
	"sunlot/cmd/sunlot/housetest"
	"sunlot/cmd/sunlot/housetest/badinput"
)

var (
	pageLink = regexp.MustCompile(`href="(/[^"#]*)"`)
	linkID   = regexp.MustCompile(`[a-z2-7]{16}|[0-9a-f]{64}`)
)

// typing puts payloads into every text of the forms.
type typing struct {
	kept map[string]bool // by route and field: taken and stored
	next int
}

// fill sends a form once for each of its texts, with payloads in it; a text that
// is short gets fewer. A form that was taken is made anew for its next text.
func (y *typing) fill(b *badinput.Bench, route string, form func() filled) {
	f := form()
	for _, name := range badinput.Texts[route] {
		if len(f.form[name]) == 0 {
			b.T.Errorf("the form has no %s", name)
			continue
		}
		for _, most := range []int{190, 190, 60, 60, 40, 40, 30, 30} {
			typed := slices.Clone(f.form[name])
			typed[0] = y.text(most)
			a := b.AsBrowser(f.who).Submit(f.path, housetest.Once(housetest.SheetWith(f.form, name, typed...)))
			housetest.Plain(b.T, f.path+" "+name, a.Body)
			if a.StatusCode == 303 || a.StatusCode == 200 {
				y.kept[route+" "+name] = true
				f = form()
				break
			}
		}
	}
}

// text is payloads in turn, together no longer than most; what no line of text
// may hold is sent by itself.
func (y *typing) text(most int) string {
	var text string
	for len(text) < most {
		y.next++
		p := housetest.Payloads[y.next%len(housetest.Payloads)]
		odd := strings.ContainsFunc(p, func(r rune) bool { return unicode.IsControl(r) || unicode.Is(unicode.Cf, r) })
		if odd && text == "" {
			return p
		}
		if odd || text != "" && len(text)+1+len(p) > most {
			y.next--
			break
		}
		text = strings.TrimSpace(text + " " + p)
	}
	return text
}

// TestMarkupStaysText types payloads into every form of a demonstration that
// takes a text, in each of its stages, and then reads every page of everybody,
// here and in Chromium: nothing of theirs is markup, and nothing runs.
func TestMarkupStaysText(t *testing.T) {
	b := badinput.NewBench(housetest.OnSQLite(t))
	y, left := &typing{kept: map[string]bool{}}, maps.Clone(badinput.Texts)
	for _, stage := range []struct {
		reach func()
		forms func(*badinput.Bench) map[string]func() filled
	}{{b.ListAll, listedForms}, {b.OpenAll, noForms}, {b.CloseAll, closedForms}, {b.SettleAll, settledForms}} {
		stage.reach()
		for route, form := range stage.forms(b) {
			delete(left, route)
			t.Run(strings.ReplaceAll(strings.TrimPrefix(route, "POST /"), "/", " "), func(t *testing.T) {
				y.fill(b.On(t), route, form)
			})
		}
		b.On(t)
	}
	b.KeepLog()
	for route := range left {
		t.Errorf("nothing is typed into %s", route)
	}
	if len(y.kept) < 80 {
		t.Errorf("only %d texts were taken: %v", len(y.kept), y.kept)
	}
	shown := 0
	for _, login := range []string{"", "clerk", "station", "leader", "supervision", "admin"} {
		shown += readAll(b, login)
	}
	t.Logf("%d texts were taken, %d pages show one: %v", len(y.kept), shown, y.kept)
	if shown < 25 {
		t.Errorf("only %d pages show a payload, so the others say nothing", shown)
	}
	inChromium(b, "", "clerk", "station", "leader", "supervision", "admin", b.Lots[0].Winner.Login)
}

// inChromium has a browser read the pages of each.
func inChromium(b *badinput.Bench, logins ...string) {
	b.T.Helper()
	var said struct {
		Pages, Shown int
		Found        []string
	}
	crawl := exec.CommandContext(b.T.Context(), "node", housetest.File("web/e2e/crawl.mjs"), b.URL, demo.Password,
		strings.Join(logins, ","))
	crawl.Stderr = os.Stderr
	out, err := crawl.Output()
	b.Ok(err)
	b.Ok(json.Unmarshal(out, &said))
	b.T.Logf("Chromium read %d pages, %d of them show a payload", said.Pages, said.Shown)
	for _, fault := range said.Found {
		b.T.Error(fault)
	}
	if said.Pages < 150 || said.Shown < 20 {
		b.T.Errorf("only %d pages read, %d with a payload: they say too little", said.Pages, said.Shown)
	}
}

// readAll reads what is linked, at most a dozen pages of a kind, and counts the
// pages that show a payload as text.
func readAll(b *badinput.Bench, login string) int {
	who := b.AsBrowser(login)
	queue := []string{"/"}
	kinds := map[string]int{}
	seen := map[string]bool{}
	shown := 0
	if login != "" {
		queue = append(queue, "/office")
	}
	for len(queue) > 0 {
		path := queue[0]
		queue = queue[1:]
		kind := linkID.ReplaceAllString(path, ":id")
		if seen[path] || kinds[kind] >= 12 || strings.HasPrefix(path, "/static/") ||
			strings.HasPrefix(path, "/photos/") {
			continue
		}
		seen[path], kinds[kind] = true, kinds[kind]+1
		a := who.Get(path)
		if !strings.HasPrefix(a.Header.Get("Content-Type"), "text/html") {
			continue
		}
		housetest.Plain(b.T, login+" "+path, a.Body)
		if slices.ContainsFunc(housetest.Payloads, func(p string) bool {
			return strings.Contains(p, "<") && strings.Contains(a.Body, html.EscapeString(p))
		}) {
			shown++
		}
		for _, m := range pageLink.FindAllStringSubmatch(a.Body, -1) {
			queue = append(queue, html.UnescapeString(m[1]))
		}
	}
	return shown
}
