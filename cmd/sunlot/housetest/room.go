package housetest

import (
	"bytes"
	"image/jpeg"
	"net"
	"net/url"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"time"
	"unicode"

	"sunlot/admin/lead"
	"sunlot/cmd/sunlot/demo"
	"sunlot/cmd/sunlot/house"
	"sunlot/internal/event"
	"sunlot/internal/identity"
	"sunlot/internal/store"
	"sunlot/internal/store/storetest"
)

// Recipient is the public key of one of the room's offices.
func (r *reading) Recipient(office string) string {
	r.out.T.Helper()
	all, err := r.DB.LeadOffices(r.out.T.Context(), identity.Everywhere)
	r.out.Ok(err)
	at := slices.IndexFunc(all, func(o lead.Office) bool { return o.Name == office })
	if at < 0 {
		r.out.T.Fatalf("%s has no key", office)
	}
	return all[at].Recipient
}

func (r *reading) KeyFile(office string) string {
	return filepath.Join(r.dir, "keys", r.Recipient(office)+".txt")
}

// BoxOf is the box of the one envelope that waits for an office.
func (r *reading) BoxOf(office string) string {
	r.out.T.Helper()
	var box string
	r.out.Ok(r.out.Inspect().QueryRow("SELECT box_id FROM mailbox_envelopes WHERE recipient = '" +
		r.Recipient(office) + "'").Scan(&box))
	return box
}

// reading is a reading room over a running house's mailbox, with its people at browsers.
type reading struct {
	*house.ReadingRoom
	DB    *storetest.DB
	out   *House // for reports from outside
	In    *House // whose clients are at the room's address
	dir   string
	names map[string]*Client
}

// Reading opens a room of its own database, enters its keys and listens. Its
// loop stands still: Work is called by the test.
func (r *House) Reading() *reading {
	r.T.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	r.Ok(err)
	room := &reading{out: r, dir: r.T.TempDir(), names: map[string]*Client{}}
	c := house.Config{
		LeadsAddr: listener.Addr().String(),
		LeadsURL:  "http://" + listener.Addr().String(),
		LeadsData: room.dir,
		Rules:     "shifan",
	}
	r.Ok(storetest.Prepare(r.T.Context(), store.Config{Set: store.Lead, Dir: room.dir}))
	room.ReadingRoom, err = house.OpenRoom(r.T.Context(), c, r.Data.Mailbox, r.Clock)
	r.Ok(err)
	room.DB = storetest.On(room.ReadingRoom.DB)
	r.T.Cleanup(func() { room.DB.Close() })
	s := &demo.Seeder{
		House:  r.House,
		Actors: map[string]identity.Actor{"admin": r.Actor("admin"), "admin2": r.Actor("admin2")},
		Orgs:   map[string]string{"示范县": r.Org("示范县"), "云溪镇": r.Org("云溪镇")},
	}
	r.Ok(s.Receivers(room.ReadingRoom)(r.T.Context()))
	go room.Kit.Serve(listener)
	r.T.Cleanup(func() { room.Kit.App.ShutdownWithTimeout(5 * time.Second) })
	room.In = &House{T: r.T, URL: c.LeadsURL, Store: store.Config{Dir: room.dir}}
	return room
}

func (r *reading) At(login string) *Client {
	if r.names[login] == nil {
		r.names[login] = r.In.Browser(login)
	}
	return r.names[login]
}

var ReportLink = regexp.MustCompile(`/reports/[a-z2-7]{16}`)

// Only is the one report that an officer sees.
func (r *reading) Only(login string) string {
	r.out.T.Helper()
	links := ReportLink.FindAllString(r.At(login).Get("/reports").Body, -1)
	if len(links) != 1 {
		r.out.T.Fatalf("%s sees %v", login, links)
	}
	return links[0]
}

// PhotoIsClean asks for the first photo: drawn anew, a JPEG.
func (r *reading) PhotoIsClean(path, page string) {
	r.out.T.Helper()
	src := regexp.MustCompile(regexp.QuoteMeta(path) + `/photos/[a-z2-7]{16}/1`).FindString(page)
	a := r.At("zhenjiwei").Get(src)
	if _, err := jpeg.Decode(bytes.NewReader([]byte(a.Body))); src == "" || err != nil {
		r.out.T.Errorf("the photo %q: %d %v", src, a.StatusCode, err)
	}
	for _, nowhere := range []string{strings.TrimSuffix(src, "1") + "2", strings.TrimSuffix(src, "1") + "x",
		path + "/photos/" + event.NewID() + "/1"} {
		if a := r.At("zhenjiwei").Get(nowhere); a.StatusCode != 404 {
			r.out.T.Errorf("%s: %d", nowhere, a.StatusCode)
		}
	}
	if a := r.At("jiwei").Get(src); a.StatusCode != 404 {
		r.out.T.Errorf("another office sees the photo: %d", a.StatusCode)
	}
}

// Log asks whether the private log has what was done, and nothing of its matter.
func (r *reading) Log(path string) {
	r.out.T.Helper()
	events, err := r.DB.Events(r.out.T.Context(), event.Of("report", strings.TrimPrefix(path, "/reports/")), 0, 100)
	r.out.Ok(err)
	kinds := map[string]int{}
	for _, e := range events {
		kinds[e.Kind]++
		if strings.Contains(string(e.Facts), "鱼塘") || strings.Contains(string(e.Facts), "李某某") {
			r.out.T.Errorf("the log says %s", e.Facts)
		}
	}
	for kind, least := range map[string]int{
		"report.received": 1,
		"report.opened":   2,
		"report.answered": 2,
		"report.added":    1,
	} {
		if kinds[kind] < least {
			r.out.T.Errorf("%d %s in the private log: %v", kinds[kind], kind, kinds)
		}
	}
}

func (r *reading) BadAnswers(path string) {
	t := r.out.T
	t.Helper()
	good := url.Values{"version": {"1"}, "state": {"in_hand"}, "text": {"已收到，正在核对。"}}
	before := r.In.Rows()
	for field, bad := range map[string][]string{
		"state": {"", "x", "waiting"},
		"text":  {"", strings.Repeat("长", 2001), Hidden},
	} {
		for _, value := range bad {
			a := r.At("jiwei").Submit(path+"/answers", SheetWith(Once(good), field, value))
			if a.StatusCode != 422 || len(a.Fields()) == 0 || a.Fields()[0] != field {
				t.Errorf("%s of %q: %d names %v", field, value[:min(len(value), 10)], a.StatusCode, a.Fields())
			}
		}
	}
	for _, version := range []string{"", "0", "7"} {
		if a := r.At("jiwei").Submit(path+"/answers", SheetWith(Once(good), "version", version)); a.StatusCode != 409 {
			t.Errorf("version %q: %d", version, a.StatusCode)
		}
	}
	if a := r.At("zhenjiwei").Submit(path+"/answers", Once(good)); a.StatusCode != 404 {
		t.Errorf("another office answers: %d", a.StatusCode)
	}
	if a := r.At("jiwei").Submit(path+"/answers", SheetWith(Once(good), "csrf", "")); a.StatusCode != 403 {
		t.Errorf("without a token: %d", a.StatusCode)
	}
	after := r.In.Rows()
	// a form that comes back opens the report, which is on record
	for _, table := range []string{"events", "streams", "outbox"} {
		delete(before, table)
		delete(after, table)
	}
	delete(before, "requests")
	delete(after, "requests")
	if diff := Changed(before, after); diff != nil {
		t.Errorf("bad answers wrote: %v", diff)
	}
}

// Seen is the payloads that a text may hold.
func Seen(all []string) []string {
	return slices.DeleteFunc(slices.Clone(all), func(p string) bool {
		return strings.ContainsFunc(p, func(r rune) bool { return unicode.IsControl(r) || unicode.Is(unicode.Cf, r) })
	})
}
