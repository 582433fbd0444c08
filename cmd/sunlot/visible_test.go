package main

import (
	"html"
	"maps"
	"regexp"
	"slices"
	"strings"
	"testing"

	"sunlot/internal/event"
)

// secrets is what stands in the village's private records, each with who may read it.
type secrets struct {
	tender, asset, resolution string // ids of the announced tender with what it rests on
	draft, record             string // ids of a returned draft, and of a record not confirmed
	signIn, own, public       string // photos: a sign-in sheet, one not yet in any form, one of the asset
	member                    bidder // registered for the tender's lot, paid and qualified
	entry                     string // id of that registration
	words                     map[string][]string
}

// keepSecrets fills the village with a published case and with what is not public.
func keepSecrets(r *running) secrets {
	d := r.desks()
	s := secrets{signIn: d.clerk.photo(40), own: d.clerk.photo(99), public: d.clerk.photo(1)}
	s.tender = d.tender(4)
	var t struct {
		Form struct{ Asset, Resolution string }
	}
	d.clerk.get("/api/v1/tenders/"+s.tender).into(r.t, &t)
	s.asset, s.resolution = t.Form.Asset, t.Form.Resolution
	asset := d.asset(1)
	draft := with(r.tenderBody(asset, d.resolution(asset, 2)), "title", "尚未公开的草稿标题")
	s.draft = d.clerk.must("/api/v1/tenders", draft)
	d.clerk.must("/api/v1/tenders/"+s.draft+"/submit", object{"version": 1})
	d.station.must("/api/v1/tenders/"+s.draft+"/return", object{"version": 2, "reasons": []object{{"name": "税费", "message": "退回草稿的理由"}}})
	s.record = d.resolution(asset, 1)
	d.clerk.must("/api/v1/supplements", object{"tender": s.tender, "text": "尚未发布的补充内容"})
	s.member = r.bidder()
	r.qualified(s.tender, s.member, with(s.member.claims(s.tender, "member"), "phone", "13811112222"), true)
	s.entry = r.registration(s.tender)
	s.words = map[string][]string{
		s.member.name:    {"station", s.member.login, "admin"}, // whose list is of all accounts, and of no lot
		s.member.account: {"station", s.member.login},
		"13811112222":    {"station", s.member.login},
		"上一户承租人":         {"clerk", "station"},
		"表决人7":           {"clerk", "supervision"},
		s.signIn:         {"clerk", "supervision"},
		"尚未公开的草稿标题":      {"clerk", "supervision", "station", "leader"},
		"退回草稿的理由":        {"clerk", "supervision", "station", "leader"},
		"尚未发布的补充内容":      {"clerk", "supervision", "station", "leader"},
		"青塘村经办人":         {"clerk", "supervision", "station", "leader", "admin"},
		"argon2id":       nil,
	}
	return s
}

var link = regexp.MustCompile(`(?:href|src|data-poll)="(/[^"#]*)`)

// crawl reads every page that links lead to, and the API's lists and nouns
// behind them; it returns the texts by address.
func (c *client) crawl(from ...string) map[string]string {
	c.r.t.Helper()
	texts, waiting := map[string]string{}, slices.Clone(from)
	for len(waiting) > 0 {
		path := html.UnescapeString(waiting[0])
		waiting = waiting[1:]
		if _, done := texts[path]; done || strings.HasPrefix(path, "/static/") {
			continue
		}
		a := c.get(path)
		texts[path] = a.body
		switch {
		case a.StatusCode == 303:
			waiting = append(waiting, a.location())
		case a.StatusCode != 200 && a.StatusCode != 404:
			c.r.t.Errorf("a link leads to %s: %d", path, a.StatusCode)
		case a.StatusCode == 404 && !strings.Contains(path, "/receipt"): // a receipt comes with the sequencer
			c.r.t.Errorf("a link leads nowhere: %s", path)
		}
		for _, m := range link.FindAllStringSubmatch(a.body, -1) {
			waiting = append(waiting, m[1])
		}
	}
	return texts
}

// everywhere is where a crawl begins: the pages, the desk and the API.
func (r *running) everywhere(s secrets) []string {
	return []string{"/", "/tenders", "/villages", "/rules", "/log", "/office", "/votes", "/results", "/registrations", "/bids", "/contracts", "/lots/" + s.tender,
		"/api/v1/lots", "/api/v1/lots?state=listed", "/api/v1/registrations", "/api/v1/deposits", "/api/v1/bids", "/api/v1/streams/lot:" + s.tender + "/events",
		"/api/v1/assets", "/api/v1/tenders", "/api/v1/resolutions", "/api/v1/orgs", "/api/v1/rules", "/api/v1/tenders/" + s.tender, "/api/v1/assets/" + s.asset, "/api/v1/resolutions/" + s.resolution,
		"/api/v1/tenders/" + s.tender + "/supplements", "/api/v1/streams/tender:" + s.tender + "/events"}
}

// TestNobodyReadsWhatIsNotForThem walks everything that each person can reach.
func TestNobodyReadsWhatIsNotForThem(t *testing.T) {
	r := sqliteHouse(t)
	s, stranger := keepSecrets(r), r.bidder()
	r.keepLog()
	guessed := []string{"/tenders/" + s.draft, "/office/tenders/" + s.draft, "/office/resolutions/" + s.record, "/office/tenders/" + s.tender,
		"/api/v1/tenders/" + s.draft, "/api/v1/resolutions/" + s.record, "/office/tenders/" + s.draft + "/edit", "/office/assets/" + s.asset + "/edit",
		"/registrations/" + s.entry, "/registrations/" + s.entry + "/proof", "/office/registrations/" + s.entry, "/api/v1/registrations/" + s.entry}
	for _, login := range []string{"", "clerk", "supervision", "station", "leader", "daibiao", "daibiao2", "clerk2", "supervision2", "admin", s.member.login, stranger.login} {
		t.Run("as "+login, func(t *testing.T) {
			r.t = t
			r.judge(login, r.reads(login, r.everywhere(s), guessed), s.words)
		})
	}
}

// reads is what somebody reads who follows every link and tries guessed addresses.
func (r *running) reads(login string, from, guessed []string) map[string]string {
	r.t.Helper()
	read := map[string]string{}
	for _, c := range r.faces(login) {
		var open []string
		for _, path := range from {
			if a := c.get(path); a.StatusCode == 200 {
				open = append(open, path)
			}
		}
		for at, text := range c.crawl(open...) {
			read[at] += text
		}
		for _, path := range guessed {
			read[path] += c.get(path).body
		}
	}
	if len(read) < 20 {
		r.t.Errorf("the walk reached only %d addresses", len(read))
	}
	return read
}

// judge asks that each word was read by those who may, and by nobody else.
func (r *running) judge(login string, read map[string]string, words map[string][]string) {
	r.t.Helper()
	for word, may := range words {
		at := slices.IndexFunc(sorted(read), func(path string) bool { return strings.Contains(read[path], word) })
		switch {
		case at < 0 && slices.Contains(may, login):
			r.t.Errorf("does not find %s", word)
		case at >= 0 && !slices.Contains(may, login):
			r.t.Errorf("reads %s at %s", word, sorted(read)[at])
		}
	}
}

// faces is a person at the browser and by the API.
func (r *running) faces(login string) []*client {
	if login == "" {
		return []*client{r.nobody()}
	}
	return []*client{r.browser(login), r.program(login)}
}

func sorted(read map[string]string) []string {
	var paths []string
	for path := range read {
		paths = append(paths, path)
	}
	slices.Sort(paths)
	return paths
}

func TestPhotosAreForThoseWhoMaySeeThem(t *testing.T) {
	eachHouse(t, func(t *testing.T, r *running) {
		s, faces := keepSecrets(r), map[string]*client{}
		member := r.bidder()
		proof := member.photo(70)
		member.must("/api/v1/registrations", member.claims(s.tender, "member"))
		faces[member.login], faces[s.member.login], faces["another bidder"] = r.browser(member.login), r.browser(s.member.login), r.browser(r.bidder().login)
		for _, login := range []string{"", "clerk", "supervision", "station", "leader", "daibiao", "clerk2", "supervision2", "admin"} {
			faces[login] = r.faces(login)[0]
		}
		for _, c := range []struct {
			photo string
			may   []string
		}{
			{s.signIn, []string{"clerk", "supervision"}},
			{s.own, []string{"clerk"}},
			{proof, []string{"station", member.login, s.member.login}}, // the same picture is both bidders' own
			{s.public, slices.Collect(maps.Keys(faces))},
		} {
			for login, face := range faces {
				want := 404
				if slices.Contains(c.may, login) {
					want = 200
				}
				small, a := face.get("/photos/"+c.photo+"-small.jpg"), face.get("/photos/"+c.photo+".jpg")
				if a.StatusCode != want || small.StatusCode != want {
					t.Errorf("%.8s for %q: %d, small %d, want %d", c.photo, login, a.StatusCode, small.StatusCode, want)
				}
				if want == 200 && (a.Header.Get("Content-Type") != "image/jpeg" || !strings.HasPrefix(a.body, "\xff\xd8")) {
					t.Errorf("%.8s is no photo: %s", c.photo, a.Header.Get("Content-Type"))
				}
			}
		}
	})
}

// TestAddressesThatLeadNowhere asks for what there is not, or not for the asker.
func TestAddressesThatLeadNowhere(t *testing.T) {
	r := sqliteHouse(t)
	s, n := keepSecrets(r), r.neighbour()
	clerk, nobody := r.browser("clerk"), r.nobody()
	none := []string{"/nothing", "/tenders/" + s.draft, "/resolutions/" + s.record, "/villages/" + r.org("青塘村第三村民小组"), "/photos/" + s.public, "/photos/x.jpg",
		"/photos/..%2fsecret.jpg", "/log/tile/0/x999", "/log/tile/..%2f..%2fsecret", "/log/leaves/" + strings.Repeat("0", 64), "/log/leaves/x/receipt",
		"/api/v1/nothing", "/api/v1/tenders/" + s.draft, "/api/v1/tenders/" + s.draft + "/supplements", "/api/v1/resolutions/" + s.record}
	for _, noun := range []string{"/tenders/", "/assets/", "/resolutions/", "/villages/", "/documents/", "/photos/", "/api/v1/tenders/", "/api/v1/assets/", "/api/v1/documents/"} {
		for _, id := range []string{event.NewID(), "0", "%00", "%27%20OR%201=1", strings.Repeat("x", 400), "é"} {
			none = append(none, noun+id)
		}
	}
	for _, path := range none {
		if a := nobody.get(path); a.StatusCode != 404 || strings.Contains(a.body, "尚未公开") {
			t.Errorf("nobody at %s: %d", path, a.StatusCode)
		}
	}
	for _, path := range []string{"/office/tenders/" + n.ID, "/office/tenders/" + n.ID + "/edit", "/office/resolutions/" + n.TenderForm.Resolution,
		"/office/resolutions/" + n.TenderForm.Resolution + "/edit", "/office/assets/" + n.Asset + "/edit", "/office/tenders/new?asset=" + n.Asset,
		"/office/resolutions/new?asset=" + n.Asset, "/office/tenders/new?asset=" + s.asset + "&resolution=" + n.TenderForm.Resolution,
		"/office/tenders/new?asset=" + s.asset + "&like=" + n.ID, "/office/tenders/" + event.NewID(), "/office/resolutions/%00"} {
		if a := clerk.get(path); a.StatusCode != 404 {
			t.Errorf("the clerk at %s: %d", path, a.StatusCode)
		}
	}
	for _, path := range []string{"/tenders?page=999", "/tenders?page=-1", "/tenders?page=x", "/tenders?q=%25", "/tenders?sort=nonsense", "/villages?q=%00", "/tenders?q=" + strings.Repeat("%E9%95%BF", 300),
		"/api/v1/tenders?page=x&sort=%27", "/api/v1/assets?q=%5C", "/api/v1/streams/x/events?after=x&limit=-3", "/api/v1/streams/%00/events", "/api/v1/resolutions?asset=%27"} {
		if a := nobody.get(path); a.StatusCode != 200 {
			t.Errorf("%s: %d %s", path, a.StatusCode, brief(a.body))
		}
	}
}
