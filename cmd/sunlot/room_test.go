package main

import (
	"bytes"
	"database/sql"
	"fmt"
	"html"
	"image/jpeg"
	"net"
	"net/url"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode"

	"sunlot/internal/event"
	"sunlot/internal/identity"
	"sunlot/internal/store"
	"sunlot/internal/store/storetest"
)

// reading is a reading room over a running house's mailbox, with its people at browsers.
type reading struct {
	*readingRoom
	out   *running // for reports from outside
	in    *running // whose clients are at the room's address
	dir   string
	names map[string]*client
}

// reading opens a room of its own database, enters its keys and listens. Its
// loop stands still: Work is called by the test.
func (r *running) reading() *reading {
	r.t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	r.ok(err)
	room := &reading{out: r, dir: r.t.TempDir(), names: map[string]*client{}}
	c := config{LeadsAddr: listener.Addr().String(), LeadsURL: "http://" + listener.Addr().String(), LeadsData: room.dir, Rules: "shifan"}
	room.readingRoom, err = openRoom(r.t.Context(), c, r.db, r.clock)
	r.ok(err)
	r.t.Cleanup(func() { room.db.Close() })
	s := &seeder{house: r.house, actors: map[string]identity.Actor{"admin": r.actor("admin"), "admin2": r.actor("admin2")},
		orgs: map[string]string{"示范县": r.org("示范县"), "云溪镇": r.org("云溪镇")}}
	r.ok(s.receivers(room.readingRoom)(r.t.Context()))
	go room.kit.Serve(listener)
	r.t.Cleanup(func() { room.kit.App.ShutdownWithTimeout(5 * time.Second) })
	room.in = &running{t: r.t, url: c.LeadsURL, store: store.Config{Dir: room.dir}}
	return room
}

func (r *reading) at(login string) *client {
	if r.names[login] == nil {
		r.names[login] = r.in.browser(login)
	}
	return r.names[login]
}

var reportLink = regexp.MustCompile(`/reports/[a-z2-7]{16}`)

// only is the one report that an officer sees.
func (r *reading) only(login string) string {
	r.out.t.Helper()
	links := reportLink.FindAllString(r.at(login).get("/reports").body, -1)
	if len(links) != 1 {
		r.out.t.Fatalf("%s sees %v", login, links)
	}
	return links[0]
}

// TestAReportIsReadAnsweredAndFinished goes the whole way between a reporter and
// the one office: nothing else connects the two houses.
func TestAReportIsReadAnsweredAndFinished(t *testing.T) {
	eachHouse(t, func(t *testing.T, r *running) {
		room := r.reading()
		code := r.reported(r.about("village", r.org("青塘村村民委员会")), jpegOf(t, 4))
		follow := func() string { return r.nobody().sealed("/report/follow", url.Values{"code": {code}}).body }
		if !strings.Contains(follow(), "已密封,等受理单位取走") {
			t.Error("before it is taken the reporter does not read so")
		}
		r.ok(room.lead.Work(t.Context()))
		if !strings.Contains(follow(), "受理单位已收到") {
			t.Error("the reporter does not read that it was received")
		}
		path := room.only("zhenjiwei")
		shown := room.at("zhenjiwei").get(path)
		if shown.StatusCode != 200 || !strings.Contains(shown.body, "鱼塘租金没有进集体的账") || strings.Contains(shown.body, "李某某") {
			t.Errorf("opened: %d %s", shown.StatusCode, brief(shown.body))
		}
		room.photoIsClean(path, shown.body)
		if a := room.at("jiwei").get("/reports"); reportLink.MatchString(a.body) {
			t.Error("the county's office lists the township's report")
		}
		if a := room.at("jiwei").get(path); a.StatusCode != 404 {
			t.Errorf("the county's office opens it: %d", a.StatusCode)
		}
		answer := url.Values{"version": {"1"}, "state": {"in_hand"}, "text": {"已派人核对鱼塘的合同和银行流水,<b>十五日内</b>告诉您结果。"}}
		if a := room.at("zhenjiwei").submit(path+"/answers", once(answer)); a.StatusCode != 303 {
			t.Fatalf("answered: %d %s", a.StatusCode, brief(a.body))
		}
		r.ok(room.lead.Work(t.Context()))
		if page := follow(); !strings.Contains(page, "办理中") || !strings.Contains(page, "&lt;b&gt;十五日内&lt;/b&gt;告诉您结果") {
			t.Errorf("the answer does not reach the reporter: %s", brief(page))
		}
		finished := url.Values{"version": {"2"}, "state": {"finished"}, "text": {"租金已追回入账,经办人已受处理。"}}
		room.at("zhenjiwei").submit(path+"/answers", once(finished))
		if a := r.nobody().sealed("/report/add", url.Values{"request_id": {event.NewID()}, "code": {code}, "text": {"只退了一半"}}); a.StatusCode != 200 {
			t.Errorf("added: %d", a.StatusCode)
		}
		r.ok(room.lead.Work(t.Context()))
		if again := room.at("zhenjiwei").get(path); !strings.Contains(again.body, "只退了一半") || !strings.Contains(again.body, "办理中") {
			t.Error("what was added does not take the finished report up again")
		}
		if n := len(r.waiting(r.offices[1])); n != 0 {
			t.Errorf("%d letters are still in the public mailbox", n)
		}
		room.log(path)
	})
}

// photoIsClean asks for the first photo: drawn anew, a JPEG.
func (r *reading) photoIsClean(path, page string) {
	r.out.t.Helper()
	src := regexp.MustCompile(regexp.QuoteMeta(path) + `/photos/[a-z2-7]{16}/1`).FindString(page)
	a := r.at("zhenjiwei").get(src)
	if _, err := jpeg.Decode(bytes.NewReader([]byte(a.body))); src == "" || err != nil {
		r.out.t.Errorf("the photo %q: %d %v", src, a.StatusCode, err)
	}
	for _, nowhere := range []string{strings.TrimSuffix(src, "1") + "2", strings.TrimSuffix(src, "1") + "x", path + "/photos/" + event.NewID() + "/1"} {
		if a := r.at("zhenjiwei").get(nowhere); a.StatusCode != 404 {
			r.out.t.Errorf("%s: %d", nowhere, a.StatusCode)
		}
	}
	if a := r.at("jiwei").get(src); a.StatusCode != 404 {
		r.out.t.Errorf("another office sees the photo: %d", a.StatusCode)
	}
}

// log asks whether the private log has what was done, and nothing of its matter.
func (r *reading) log(path string) {
	r.out.t.Helper()
	events, err := r.db.Events(r.out.t.Context(), event.Of("report", strings.TrimPrefix(path, "/reports/")), 0, 100)
	r.out.ok(err)
	kinds := map[string]int{}
	for _, e := range events {
		kinds[e.Kind]++
		if strings.Contains(string(e.Facts), "鱼塘") || strings.Contains(string(e.Facts), "李某某") {
			r.out.t.Errorf("the log says %s", e.Facts)
		}
	}
	for kind, least := range map[string]int{"report.received": 1, "report.opened": 2, "report.answered": 2, "report.added": 1} {
		if kinds[kind] < least {
			r.out.t.Errorf("%d %s in the private log: %v", kinds[kind], kind, kinds)
		}
	}
}

// TestWhoReportedIsReadForAReason: the contact is on no page before, and the
// reason is on record.
func TestWhoReportedIsReadForAReason(t *testing.T) {
	r := sqliteHouse(t)
	room := r.reading()
	r.reported(r.about("unsure", ""))
	r.ok(room.lead.Work(t.Context()))
	path := room.only("jiwei")
	if a := room.at("jiwei").submit(path+"/contact", once(url.Values{"reason": {" "}})); a.StatusCode != 422 || strings.Contains(a.body, "李某某") {
		t.Errorf("without a reason: %d", a.StatusCode)
	}
	look := once(url.Values{"reason": {"回访核实"}})
	for range 2 { // the browser's reload shows it again, which is another look
		if a := room.at("jiwei").submit(path+"/contact", look); a.StatusCode != 200 || !strings.Contains(a.body, "李某某 13900000000") {
			t.Errorf("with a reason: %d %s", a.StatusCode, brief(a.body))
		}
	}
	if strings.Contains(room.at("jiwei").get(path).body, "李某某") {
		t.Error("it stays on the page")
	}
	events, err := room.db.Events(t.Context(), event.Of("report", strings.TrimPrefix(path, "/reports/")), 0, 100)
	r.ok(err)
	read := 0
	for _, e := range events {
		if e.Kind == "report.contact_read" && e.Sealed != "" {
			read++
		}
	}
	if read != 2 {
		t.Errorf("of two looks %d are on record", read)
	}
}

// TestTheReadingRoomsDoors: who is not an officer there gets in nowhere, and bad
// answers write nothing.
func TestTheReadingRoomsDoors(t *testing.T) {
	r := sqliteHouse(t)
	room := r.reading()
	r.reported(r.about("unsure", ""))
	r.ok(room.lead.Work(t.Context()))
	path := room.only("jiwei")
	if behind := room.kit.Undeclared(); behind != nil {
		t.Errorf("routes without a policy: %v", behind)
	}
	for _, page := range []string{"/", "/reports", path, "/keys", "/office/orgs", "/office/people"} {
		if a := room.in.nobody().get(page); a.StatusCode != 303 || !strings.HasPrefix(a.location(), "/login?next=") {
			t.Errorf("nobody at %s: %d %s", page, a.StatusCode, a.location())
		}
	}
	for _, page := range []string{"/reports", path} {
		if a := room.at("roomadmin").get(page); a.StatusCode != 403 {
			t.Errorf("the administrator at %s: %d", page, a.StatusCode)
		}
	}
	for _, page := range []string{"/keys", "/office/orgs"} {
		if a := room.at("jiwei").get(page); a.StatusCode != 403 {
			t.Errorf("an officer at %s: %d", page, a.StatusCode)
		}
		if a := room.at("roomadmin").get(page); a.StatusCode != 200 {
			t.Errorf("the administrator at %s: %d", page, a.StatusCode)
		}
	}
	room.badAnswers(path)
	if a := room.at("roomadmin").submit("/keys", once(url.Values{"org": {event.NewID()}})); a.StatusCode != 422 || len(a.fields()) != 1 || a.fields()[0] != "org" {
		t.Errorf("a key for nobody: %d %v", a.StatusCode, a.fields())
	}
}

func (r *reading) badAnswers(path string) {
	t := r.out.t
	t.Helper()
	good := url.Values{"version": {"1"}, "state": {"in_hand"}, "text": {"已收到,正在核对。"}}
	before := r.in.rows()
	for field, bad := range map[string][]string{"state": {"", "x", "waiting"}, "text": {"", strings.Repeat("长", 2001), hidden}} {
		for _, value := range bad {
			a := r.at("jiwei").submit(path+"/answers", sheetWith(once(good), field, value))
			if a.StatusCode != 422 || len(a.fields()) == 0 || a.fields()[0] != field {
				t.Errorf("%s of %q: %d names %v", field, value[:min(len(value), 10)], a.StatusCode, a.fields())
			}
		}
	}
	for _, version := range []string{"", "0", "7"} {
		if a := r.at("jiwei").submit(path+"/answers", sheetWith(once(good), "version", version)); a.StatusCode != 409 {
			t.Errorf("version %q: %d", version, a.StatusCode)
		}
	}
	if a := r.at("zhenjiwei").submit(path+"/answers", once(good)); a.StatusCode != 404 {
		t.Errorf("another office answers: %d", a.StatusCode)
	}
	if a := r.at("jiwei").submit(path+"/answers", sheetWith(once(good), "csrf", "")); a.StatusCode != 403 {
		t.Errorf("without a token: %d", a.StatusCode)
	}
	after := r.in.rows()
	for _, table := range []string{"events", "streams", "outbox"} { // a form that comes back opens the report, which is on record
		delete(before, table)
		delete(after, table)
	}
	delete(before, "requests")
	delete(after, "requests")
	if diff := changed(before, after); diff != nil {
		t.Errorf("bad answers wrote: %v", diff)
	}
}

// TestTheRoomNeedsTheMailboxAlone works the mailbox under an account that may
// reach its envelopes and nothing else, as the documents grant it.
func TestTheRoomNeedsTheMailboxAlone(t *testing.T) {
	r := open(t, store.Config{DSN: storetest.Schema(t)})
	at, err := url.Parse(r.store.DSN)
	r.ok(err)
	schema, user := strings.TrimPrefix(at.Path, "/"), "room"+event.NewID()[:6]
	root, err := sql.Open("mysql", "root@tcp("+at.Host+")/")
	r.ok(err)
	defer root.Close()
	for _, statement := range []string{"CREATE USER '" + user + "'@'%' IDENTIFIED BY 'secret'", documentedGrant(t, schema, user)} {
		_, err := root.Exec(statement)
		r.ok(err)
	}
	defer root.Exec("DROP USER '" + user + "'@'%'")
	box, err := store.Open(t.Context(), store.Config{DSN: "mysql://" + user + ":secret@" + at.Host + "/" + schema, Clock: r.clock})
	r.ok(err)
	defer box.Close()
	account, err := sql.Open("mysql", user+":secret@tcp("+at.Host+")/"+schema)
	r.ok(err)
	defer account.Close()
	room := r.reading()
	room.lead.Mailbox = box
	code := r.reported(r.about("unsure", ""))
	r.ok(room.lead.Work(t.Context()))
	room.only("jiwei")
	if page := r.nobody().sealed("/report/follow", url.Values{"code": {code}}); !strings.Contains(page.body, "受理单位已收到") {
		t.Errorf("no answer came: %s", brief(page.body))
	}
	r.nobody().sealed("/report/add", url.Values{"request_id": {event.NewID()}, "code": {code}, "text": {"还有一张收据"}})
	r.ok(room.lead.Work(t.Context()))
	if a := room.at("jiwei").get(room.only("jiwei")); !strings.Contains(a.body, "还有一张收据") {
		t.Errorf("what was added does not come: %s", brief(a.body))
	}
	var left int
	r.ok(r.inspect().QueryRow("SELECT COUNT(*) FROM mailbox_envelopes WHERE recipient = '" + room.recipient("示范县纪委监委") + "'").Scan(&left))
	if left != 0 {
		t.Errorf("%d envelopes that were taken are still in the mailbox", left)
	}
	for _, table := range r.tables() {
		_, err := account.Exec("SELECT 1 FROM " + table + " LIMIT 1")
		if reads := err == nil; reads != (table == "mailbox_envelopes") {
			t.Errorf("the room's account and %s: %v", table, err)
		}
	}
	if _, err := account.Exec("UPDATE mailbox_envelopes SET made_at = made_at"); err == nil {
		t.Error("the room's account changes envelopes")
	}
}

// documentedGrant is the statement of docs/operations.md, for another account and schema.
func documentedGrant(t *testing.T, schema, user string) string {
	t.Helper()
	doc, err := os.ReadFile("../../docs/operations.md")
	if err != nil {
		t.Fatal(err)
	}
	grant := regexp.MustCompile(`GRANT [A-Z, ]+ ON sunlot\.[a-z_*]+ TO 'room'@'%'`).FindString(string(doc))
	if grant == "" {
		t.Fatal("the document grants nothing")
	}
	return strings.NewReplacer("sunlot.", schema+".", "'room'", "'"+user+"'").Replace(grant)
}

// TestMarkupInAReportStaysText types payloads into a report, an addition and an
// answer: the form that comes back, the reading room and the reporter's box have
// them as text.
func TestMarkupInAReportStaysText(t *testing.T) {
	r := sqliteHouse(t)
	room, all := r.reading(), strings.Join(seen(payloads), "\n")
	form := r.about("unsure", "")
	form.Set("text", all)
	form.Set("contact", "<img src=x onerror=alert(1)>\"'")
	back := r.nobody().sealed("/report", sheetWith(once(form), "category"))
	if back.StatusCode != 422 || !strings.Contains(back.body, html.EscapeString(payloads[0])) {
		t.Errorf("the form that comes back: %d", back.StatusCode)
	}
	plain(t, "the form that comes back", back.body)
	code := r.reported(form)
	r.nobody().sealed("/report/add", url.Values{"request_id": {event.NewID()}, "code": {code}, "text": {all}})
	r.ok(room.lead.Work(t.Context()))
	r.ok(room.lead.Work(t.Context()))
	path := room.only("jiwei")
	for i, state := range []string{"in_hand", "finished"} {
		answer := url.Values{"version": {fmt.Sprint(i + 2)}, "state": {state}, "text": {all[i*len(all)/2 : (i+1)*len(all)/2]}}
		answer.Set("text", strings.ToValidUTF8(answer.Get("text"), ""))
		if a := room.at("jiwei").submit(path+"/answers", once(answer)); a.StatusCode != 303 {
			t.Fatalf("answered: %d %s", a.StatusCode, brief(a.body))
		}
	}
	r.ok(room.lead.Work(t.Context()))
	shown, followed := room.at("jiwei").get(path).body, r.nobody().sealed("/report/follow", url.Values{"code": {code}}).body
	contact := room.at("jiwei").submit(path+"/contact", once(url.Values{"reason": {payloads[0]}})).body
	for where, body := range map[string]string{"the reading room": shown, "the reporter's box": followed, "the contact": contact} {
		plain(t, where, body)
		if !strings.Contains(body, html.EscapeString("<")) {
			t.Errorf("%s shows no payload, so it says nothing", where)
		}
	}
}

// seen is the payloads that a text may hold.
func seen(all []string) []string {
	return slices.DeleteFunc(slices.Clone(all), func(p string) bool {
		return strings.ContainsFunc(p, func(r rune) bool { return unicode.IsControl(r) || unicode.Is(unicode.Cf, r) })
	})
}
