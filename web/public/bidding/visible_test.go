package bidding_test

import (
	"maps"
	"slices"
	"strings"
	"testing"

	"sunlot/cmd/sunlot/housetest"
	"sunlot/internal/event"
)

// secrets is what stands in the village's private records, each with who may read it.
type secrets struct {
	tender, asset, resolution string           // ids of the announced tender with what it rests on
	lot                       string           // of that tender
	draft, record             string           // ids of a returned draft, and of a record not confirmed
	signIn, own, public       string           // photos: a sign-in sheet, one not yet in any form, one of the asset
	member                    housetest.Bidder // registered for the tender's lot, paid and qualified
	entry                     string           // id of that registration
	words                     map[string][]string
}

// keepSecrets fills the village with a published case and with what is not public.
func keepSecrets(r *housetest.House) secrets {
	d := r.Desks()
	s := secrets{signIn: d.Clerk.Photo(40), own: d.Clerk.Photo(99), public: d.Clerk.Photo(1)}
	s.tender = d.Tender(4)
	var t struct {
		Form struct{ Asset, Resolution string }
	}
	d.Clerk.Get("/api/v1/tenders/"+s.tender).Into(r.T, &t)
	s.asset, s.resolution = t.Form.Asset, t.Form.Resolution
	asset := d.Asset(1)
	draft := housetest.With(r.TenderBody(asset, d.Resolution(asset, 2)), "title", "尚未公开的草稿标题")
	s.draft = d.Clerk.Must("/api/v1/tenders", draft)
	d.Clerk.Must("/api/v1/tenders/"+s.draft+"/submit", housetest.Object{"version": 1})
	d.Station.Must("/api/v1/tenders/"+s.draft+"/return", housetest.Object{
		"version": 2,
		"reasons": []housetest.Object{{"name": "税费", "message": "退回草稿的理由"}},
	})
	s.record = d.Resolution(asset, 1)
	d.Clerk.Must("/api/v1/supplements", housetest.Object{"tender": s.tender, "text": "尚未发布的补充内容"})
	s.member = r.Bidder()
	s.lot = d.LotOf(s.tender)
	r.Qualified(s.lot, s.member, housetest.With(s.member.Claims(s.lot, "member"), "phone", "13811112222"), true)
	s.entry = r.Registration(s.lot)
	s.words = map[string][]string{
		s.member.Name:    {"station", s.member.Login, "admin"}, // whose list is of all accounts, and of no lot
		s.member.Account: {"station", s.member.Login},
		"13811112222":    {"station", s.member.Login},
		"上一户承租人":         {"clerk", "station"},
		"表决人7":           {"clerk", "supervision", "station"},
		s.signIn:         {"clerk", "supervision"},
		"尚未公开的草稿标题":      {"clerk", "supervision", "station", "leader"},
		"退回草稿的理由":        {"clerk", "supervision", "station", "leader"},
		"尚未发布的补充内容":      {"clerk", "supervision", "station", "leader"},
		"青塘村经办人":         {"clerk", "supervision", "station", "leader", "admin"},
		"argon2id":       nil,
	}
	return s
}

// everywhere is where a crawl begins: the pages, the desk and the API.
func everywhere(r *housetest.House, s secrets) []string {
	return []string{"/", "/tenders", "/villages", "/rules", "/log", "/office", "/votes", "/results",
		"/registrations", "/bids", "/contracts", "/lots/" + s.lot,
		"/api/v1/lots", "/api/v1/lots?state=listed", "/api/v1/registrations", "/api/v1/deposits", "/api/v1/bids",
		"/api/v1/streams/lot:" + s.lot + "/events",
		"/api/v1/assets", "/api/v1/tenders", "/api/v1/resolutions", "/api/v1/orgs", "/api/v1/rules",
		"/api/v1/tenders/" + s.tender, "/api/v1/assets/" + s.asset, "/api/v1/resolutions/" + s.resolution,
		"/api/v1/tenders/" + s.tender + "/supplements", "/api/v1/streams/tender:" + s.tender + "/events"}
}

// TestNobodyReadsWhatIsNotForThem walks everything that each person can reach.
func TestNobodyReadsWhatIsNotForThem(t *testing.T) {
	r := housetest.OnSQLite(t)
	s, stranger := keepSecrets(r), r.Bidder()
	r.KeepLog()
	guessed := []string{"/tenders/" + s.draft, "/office/tenders/" + s.draft, "/office/resolutions/" + s.record,
		"/office/tenders/" + s.tender,
		"/api/v1/tenders/" + s.draft, "/api/v1/resolutions/" + s.record, "/office/tenders/" + s.draft + "/edit",
		"/office/assets/" + s.asset + "/edit",
		"/registrations/" + s.entry, "/registrations/" + s.entry + "/proof", "/office/registrations/" + s.entry,
		"/api/v1/registrations/" + s.entry}
	for _, login := range []string{"", "clerk", "supervision", "station", "leader", "daibiao", "daibiao2", "clerk2",
		"supervision2", "admin", s.member.Login, stranger.Login} {
		t.Run("as "+login, func(t *testing.T) {
			r.T = t
			r.Judge(login, r.Reads(login, everywhere(r, s), guessed), s.words)
		})
	}
}

func TestPhotosAreForThoseWhoMaySeeThem(t *testing.T) {
	housetest.Each(t, func(t *testing.T, r *housetest.House) {
		s, faces := keepSecrets(r), map[string]*housetest.Client{}
		member := r.Bidder()
		proof := member.Photo(70)
		member.Must("/api/v1/registrations", member.Claims(s.lot, "member"))
		faces[member.Login] = r.Browser(member.Login)
		faces[s.member.Login] = r.Browser(s.member.Login)
		faces["another bidder"] = r.Browser(r.Bidder().Login)
		for _, login := range []string{"", "clerk", "supervision", "station", "leader", "daibiao", "clerk2",
			"supervision2", "admin"} {
			faces[login] = r.Faces(login)[0]
		}
		for _, c := range []struct {
			photo string
			may   []string
		}{
			{s.signIn, []string{"clerk", "supervision"}},
			{s.own, []string{"clerk"}},
			{proof, []string{"station", member.Login, s.member.Login}}, // the same picture is both bidders' own
			{s.public, slices.Collect(maps.Keys(faces))},
		} {
			for login, face := range faces {
				want := 404
				if slices.Contains(c.may, login) {
					want = 200
				}
				small, a := face.Get("/photos/"+c.photo+"-small.jpg"), face.Get("/photos/"+c.photo+".jpg")
				if a.StatusCode != want || small.StatusCode != want {
					t.Errorf("%.8s for %q: %d, small %d, want %d", c.photo, login, a.StatusCode, small.StatusCode, want)
				}
				if want == 200 &&
					(a.Header.Get("Content-Type") != "image/jpeg" || !strings.HasPrefix(a.Body, "\xff\xd8")) {
					t.Errorf("%.8s is no photo: %s", c.photo, a.Header.Get("Content-Type"))
				}
			}
		}
	})
}

// TestAddressesThatLeadNowhere asks for what there is not, or not for the asker.
func TestAddressesThatLeadNowhere(t *testing.T) {
	r := housetest.OnSQLite(t)
	s, n := keepSecrets(r), r.Neighbour()
	clerk, nobody := r.Browser("clerk"), r.Nobody()
	none := []string{"/nothing", "/tenders/" + s.draft, "/resolutions/" + s.record,
		"/villages/" + r.Org("青塘村第三村民小组"), "/photos/" + s.public, "/photos/x.jpg",
		"/photos/..%2fsecret.jpg", "/log/tile/0/x999", "/log/tile/..%2f..%2fsecret",
		"/log/leaves/" + strings.Repeat("0", 64), "/log/leaves/x/receipt",
		"/api/v1/nothing", "/api/v1/tenders/" + s.draft, "/api/v1/tenders/" + s.draft + "/supplements",
		"/api/v1/resolutions/" + s.record}
	for _, noun := range []string{"/tenders/", "/assets/", "/resolutions/", "/villages/", "/documents/", "/photos/",
		"/api/v1/tenders/", "/api/v1/assets/", "/api/v1/documents/"} {
		for _, id := range []string{event.NewID(), "0", "%00", "%27%20OR%201=1", strings.Repeat("x", 400), "é"} {
			none = append(none, noun+id)
		}
	}
	for _, path := range none {
		if a := nobody.Get(path); a.StatusCode != 404 || strings.Contains(a.Body, "尚未公开") {
			t.Errorf("nobody at %s: %d", path, a.StatusCode)
		}
	}
	for _, path := range []string{"/office/tenders/" + n.ID, "/office/tenders/" + n.ID + "/edit",
		"/office/resolutions/" + n.TenderForm.Resolution,
		"/office/resolutions/" + n.TenderForm.Resolution + "/edit", "/office/assets/" + n.Asset + "/edit",
		"/office/tenders/new?asset=" + n.Asset,
		"/office/resolutions/new?asset=" + n.Asset,
		"/office/tenders/new?asset=" + s.asset + "&resolution=" + n.TenderForm.Resolution,
		"/office/tenders/new?asset=" + s.asset + "&like=" + n.ID, "/office/tenders/" + event.NewID(),
		"/office/resolutions/%00"} {
		if a := clerk.Get(path); a.StatusCode != 404 {
			t.Errorf("the clerk at %s: %d", path, a.StatusCode)
		}
	}
	for _, path := range []string{"/tenders?page=999", "/tenders?page=-1", "/tenders?page=x", "/tenders?q=%25",
		"/tenders?sort=nonsense", "/villages?q=%00", "/tenders?q=" + strings.Repeat("%E9%95%BF", 300),
		"/api/v1/tenders?page=x&sort=%27", "/api/v1/assets?q=%5C", "/api/v1/streams/x/events?after=x&limit=-3",
		"/api/v1/streams/%00/events", "/api/v1/resolutions?asset=%27"} {
		if a := nobody.Get(path); a.StatusCode != 200 {
			t.Errorf("%s: %d %s", path, a.StatusCode, housetest.Brief(a.Body))
		}
	}
}
