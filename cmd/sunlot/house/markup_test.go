package house_test

import (
	"encoding/json"
	"html"
	"os"
	"os/exec"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode"

	"sunlot/cmd/sunlot/demo"
	"sunlot/cmd/sunlot/housetest"
)

var (
	idForm   = regexp.MustCompile(`^([a-z2-7]{16}|[0-9a-f]{64}|[a-z_,]+|[0-9.,-]+|)$`)
	pageLink = regexp.MustCompile(`href="(/[^"#]*)"`)
	linkID   = regexp.MustCompile(`[a-z2-7]{16}|[0-9a-f]{64}`)
)

// typing puts payloads into every text of the forms in place of bad input.
type typing struct {
	kept map[string]bool // by route and field: taken and stored
	next int
}

// fill sends a form once for each of its texts, with payloads in it; a text that
// is short gets fewer.
func (y *typing) fill(b *bench, s sheet, who *housetest.Client) {
	for name, values := range s.form {
		if name == "version" || slices.Contains(s.numbers, name) || slices.Contains(s.days, name) || idForm.MatchString(values[0]) {
			continue
		}
		for _, most := range []int{190, 190, 60, 60, 40, 40, 30, 30} {
			text := y.text(most)
			typed := slices.Clone(values)
			typed[0] = text
			a := who.Submit(s.path, housetest.Once(housetest.SheetWith(s.form, name, typed...)))
			housetest.Plain(b.t, s.path+" "+name, a.Body)
			if a.StatusCode == 303 || a.StatusCode == 200 {
				y.kept[linkID.ReplaceAllString(s.path, ":id")+" "+name] = true
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

// TestMarkupStaysText types payloads into every form of a demonstration, in each
// of its stages, and then reads every page of everybody, here and in Chromium:
// nothing of theirs is markup, and nothing runs.
func TestMarkupStaysText(t *testing.T) {
	b := newBench(t, housetest.OnSQLite(t))
	b.typing = &typing{kept: map[string]bool{}}
	for _, stage := range b.stages() {
		stage.reach()
		for _, trial := range stage.trials() {
			if !strings.HasPrefix(trial.route, "POST /api/") {
				t.Run(strings.ReplaceAll(strings.TrimPrefix(trial.route, "POST /"), "/", " "), func(t *testing.T) { trial.run(b.on(t)) })
			}
		}
		b.on(t)
	}
	b.KeepLog()
	if len(b.typing.kept) < 25 {
		t.Errorf("only %d texts were taken: %v", len(b.typing.kept), b.typing.kept)
	}
	shown := 0
	for _, login := range []string{"", "clerk", "station", "leader", "supervision", "admin"} {
		shown += b.readAll(login)
	}
	t.Logf("%d texts were taken, %d pages show one: %v", len(b.typing.kept), shown, b.typing.kept)
	if shown < 25 {
		t.Errorf("only %d pages show a payload, so the others say nothing", shown)
	}
	b.inChromium("", "clerk", "station", "leader", "supervision", "admin", b.lots[0].Winner.Login)
}

// inChromium has a browser read the pages of each.
func (b *bench) inChromium(logins ...string) {
	b.t.Helper()
	var said struct {
		Pages, Shown int
		Found        []string
	}
	crawl := exec.CommandContext(b.t.Context(), "node", housetest.File("web/e2e/crawl.mjs"), b.URL, demo.Password, strings.Join(logins, ","))
	crawl.Stderr = os.Stderr
	out, err := crawl.Output()
	b.Ok(err)
	b.Ok(json.Unmarshal(out, &said))
	b.t.Logf("Chromium read %d pages, %d of them show a payload", said.Pages, said.Shown)
	for _, fault := range said.Found {
		b.t.Error(fault)
	}
	if said.Pages < 150 || said.Shown < 20 {
		b.t.Errorf("only %d pages read, %d with a payload: they say too little", said.Pages, said.Shown)
	}
}

// readAll reads what is linked, at most a dozen pages of a kind, and counts the
// pages that show a payload as text.
func (b *bench) readAll(login string) int {
	who, queue, kinds, seen, shown := b.asBrowser(login), []string{"/"}, map[string]int{}, map[string]bool{}, 0
	if login != "" {
		queue = append(queue, "/office")
	}
	for len(queue) > 0 {
		path := queue[0]
		queue = queue[1:]
		kind := linkID.ReplaceAllString(path, ":id")
		if seen[path] || kinds[kind] >= 12 || strings.HasPrefix(path, "/static/") || strings.HasPrefix(path, "/photos/") {
			continue
		}
		seen[path], kinds[kind] = true, kinds[kind]+1
		a := who.Get(path)
		if !strings.HasPrefix(a.Header.Get("Content-Type"), "text/html") {
			continue
		}
		housetest.Plain(b.t, login+" "+path, a.Body)
		if slices.ContainsFunc(housetest.Payloads, func(p string) bool { return strings.Contains(p, "<") && strings.Contains(a.Body, html.EscapeString(p)) }) {
			shown++
		}
		for _, m := range pageLink.FindAllStringSubmatch(a.Body, -1) {
			queue = append(queue, html.UnescapeString(m[1]))
		}
	}
	return shown
}
