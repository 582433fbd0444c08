package room_test

import (
	"database/sql"
	"fmt"
	"html"
	"net/url"
	"os"
	"regexp"
	"strings"
	"testing"

	"sunlot/cmd/sunlot/housetest"
	"sunlot/internal/event"
	"sunlot/internal/store"
	"sunlot/internal/store/storetest"
)

// TestAReportIsReadAnsweredAndFinished goes the whole way between a reporter and
// the one office: nothing else connects the two houses.
func TestAReportIsReadAnsweredAndFinished(t *testing.T) {
	housetest.Each(t, func(t *testing.T, r *housetest.House) {
		room := r.Reading()
		code := r.Reported(r.About("village", r.Org("青塘村村民委员会")), housetest.JpegOf(t, 4))
		follow := func() string { return r.Nobody().Sealed("/report/follow", url.Values{"code": {code}}).Body }
		if !strings.Contains(follow(), "已加密，等待受理单位接收") {
			t.Error("before it is taken the reporter does not read so")
		}
		r.Ok(room.Lead.Work(t.Context()))
		if !strings.Contains(follow(), "受理单位已收到") {
			t.Error("the reporter does not read that it was received")
		}
		path := room.Only("zhenjiwei")
		shown := room.At("zhenjiwei").Get(path)
		if shown.StatusCode != 200 || !strings.Contains(shown.Body, "鱼塘租金没有进集体的账") ||
			strings.Contains(shown.Body, "李某某") {
			t.Errorf("opened: %d %s", shown.StatusCode, housetest.Brief(shown.Body))
		}
		room.PhotoIsClean(path, shown.Body)
		if a := room.At("jiwei").Get("/reports"); housetest.ReportLink.MatchString(a.Body) {
			t.Error("the county's office lists the township's report")
		}
		if a := room.At("jiwei").Get(path); a.StatusCode != 404 {
			t.Errorf("the county's office opens it: %d", a.StatusCode)
		}
		answer := url.Values{"version": {"1"}, "state": {"in_hand"}, "text": {"已派人核对鱼塘的合同和银行流水，<b>十五日内</b>告诉您结果。"}}
		if a := room.At("zhenjiwei").Submit(path+"/answers", housetest.Once(answer)); a.StatusCode != 303 {
			t.Fatalf("answered: %d %s", a.StatusCode, housetest.Brief(a.Body))
		}
		r.Ok(room.Lead.Work(t.Context()))
		if page := follow(); !strings.Contains(page, "办理中") || !strings.Contains(page, "&lt;b&gt;十五日内&lt;/b&gt;告诉您结果") {
			t.Errorf("the answer does not reach the reporter: %s", housetest.Brief(page))
		}
		finished := url.Values{"version": {"2"}, "state": {"finished"}, "text": {"租金已追回入账，经办人已受处理。"}}
		room.At("zhenjiwei").Submit(path+"/answers", housetest.Once(finished))
		if a := r.Nobody().Sealed("/report/add", url.Values{
			"request_id": {event.NewID()},
			"code":       {code},
			"text":       {"只退了一半"},
		}); a.StatusCode != 200 {
			t.Errorf("added: %d", a.StatusCode)
		}
		r.Ok(room.Lead.Work(t.Context()))
		if again := room.At("zhenjiwei").Get(path); !strings.Contains(again.Body, "只退了一半") ||
			!strings.Contains(again.Body, "办理中") {
			t.Error("what was added does not take the finished report up again")
		}
		if n := len(r.Waiting(r.Offices[1])); n != 0 {
			t.Errorf("%d letters are still in the public mailbox", n)
		}
		room.Log(path)
	})
}

// TestWhoReportedIsReadForAReason: the contact is on no page before, and the
// reason is on record.
func TestWhoReportedIsReadForAReason(t *testing.T) {
	r := housetest.OnSQLite(t)
	room := r.Reading()
	r.Reported(r.About("unsure", ""))
	r.Ok(room.Lead.Work(t.Context()))
	path := room.Only("jiwei")
	if a := room.At("jiwei").Submit(path+"/contact",
		housetest.Once(url.Values{"reason": {" "}})); a.StatusCode != 422 || strings.Contains(a.Body, "李某某") {
		t.Errorf("without a reason: %d", a.StatusCode)
	}
	look := housetest.Once(url.Values{"reason": {"回访核实"}})
	for range 2 { // the browser's reload shows it again, which is another look
		if a := room.At("jiwei").Submit(path+"/contact", look); a.StatusCode != 200 ||
			!strings.Contains(a.Body, "李某某 13900000000") {
			t.Errorf("with a reason: %d %s", a.StatusCode, housetest.Brief(a.Body))
		}
	}
	if strings.Contains(room.At("jiwei").Get(path).Body, "李某某") {
		t.Error("it stays on the page")
	}
	events, err := room.DB.Events(t.Context(), event.Of("report", strings.TrimPrefix(path, "/reports/")), 0, 100)
	r.Ok(err)
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
	r := housetest.OnSQLite(t)
	room := r.Reading()
	r.Reported(r.About("unsure", ""))
	r.Ok(room.Lead.Work(t.Context()))
	path := room.Only("jiwei")
	if behind := room.Kit.Undeclared(); behind != nil {
		t.Errorf("routes without a policy: %v", behind)
	}
	for _, page := range []string{"/", "/reports", path, "/keys", "/office/orgs", "/office/people"} {
		if a := room.In.Nobody().Get(page); a.StatusCode != 303 || !strings.HasPrefix(a.Location(), "/login?next=") {
			t.Errorf("nobody at %s: %d %s", page, a.StatusCode, a.Location())
		}
	}
	for _, page := range []string{"/reports", path} {
		if a := room.At("roomadmin").Get(page); a.StatusCode != 403 {
			t.Errorf("the administrator at %s: %d", page, a.StatusCode)
		}
	}
	for _, page := range []string{"/keys", "/office/orgs"} {
		if a := room.At("jiwei").Get(page); a.StatusCode != 403 {
			t.Errorf("an officer at %s: %d", page, a.StatusCode)
		}
		if a := room.At("roomadmin").Get(page); a.StatusCode != 200 {
			t.Errorf("the administrator at %s: %d", page, a.StatusCode)
		}
	}
	room.BadAnswers(path)
	if a := room.At("roomadmin").
		Submit("/keys", housetest.Once(url.Values{"org": {event.NewID()}})); a.StatusCode != 422 ||
		len(a.Fields()) != 1 || a.Fields()[0] != "org" {
		t.Errorf("a key for nobody: %d %v", a.StatusCode, a.Fields())
	}
}

// TestTheRoomNeedsTheMailboxAlone works the mailbox under an account that may
// reach its envelopes and nothing else, as the documents grant it.
func TestTheRoomNeedsTheMailboxAlone(t *testing.T) {
	r := housetest.Open(t, store.Config{DSN: storetest.Schema(t)})
	at, err := url.Parse(r.Store.DSN)
	r.Ok(err)
	schema, user := strings.TrimPrefix(at.Path, "/"), "room"+event.NewID()[:6]
	root, err := sql.Open("mysql", "root@tcp("+at.Host+")/")
	r.Ok(err)
	defer root.Close()
	for _, statement := range []string{"CREATE USER '" + user + "'@'%' IDENTIFIED BY 'secret'",
		documentedGrant(t, schema, user)} {
		_, err := root.Exec(statement)
		r.Ok(err)
	}
	defer root.Exec("DROP USER '" + user + "'@'%'")
	box, err := store.Open(t.Context(), store.Config{
		DSN:   "mysql://" + user + ":secret@" + at.Host + "/" + schema,
		Clock: r.Clock,
	})
	r.Ok(err)
	defer box.Close()
	account, err := sql.Open("mysql", user+":secret@tcp("+at.Host+")/"+schema)
	r.Ok(err)
	defer account.Close()
	room := r.Reading()
	room.Lead.Mailbox = storetest.On(box)
	code := r.Reported(r.About("unsure", ""))
	r.Ok(room.Lead.Work(t.Context()))
	room.Only("jiwei")
	if page := r.Nobody().Sealed("/report/follow", url.Values{"code": {code}}); !strings.Contains(page.Body,
		"受理单位已收到") {
		t.Errorf("no answer came: %s", housetest.Brief(page.Body))
	}
	r.Nobody().Sealed("/report/add", url.Values{"request_id": {event.NewID()}, "code": {code}, "text": {"还有一张收据"}})
	r.Ok(room.Lead.Work(t.Context()))
	if a := room.At("jiwei").Get(room.Only("jiwei")); !strings.Contains(a.Body, "还有一张收据") {
		t.Errorf("what was added does not come: %s", housetest.Brief(a.Body))
	}
	var left int
	r.Ok(r.Inspect().QueryRow("SELECT COUNT(*) FROM mailbox_envelopes WHERE recipient = '" +
		room.Recipient("示范县纪委监委") + "'").Scan(&left))
	if left != 0 {
		t.Errorf("%d envelopes that were taken are still in the mailbox", left)
	}
	for _, table := range r.Tables() {
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
	doc, err := os.ReadFile(housetest.File("docs/operations.md"))
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
	r := housetest.OnSQLite(t)
	room, all := r.Reading(), strings.Join(housetest.Seen(housetest.Payloads), "\n")
	form := r.About("unsure", "")
	form.Set("text", all)
	form.Set("contact", "<img src=x onerror=alert(1)>\"'")
	back := r.Nobody().Sealed("/report", housetest.SheetWith(housetest.Once(form), "category"))
	if back.StatusCode != 422 || !strings.Contains(back.Body, html.EscapeString(housetest.Payloads[0])) {
		t.Errorf("the form that comes back: %d", back.StatusCode)
	}
	housetest.Plain(t, "the form that comes back", back.Body)
	code := r.Reported(form)
	r.Nobody().Sealed("/report/add", url.Values{"request_id": {event.NewID()}, "code": {code}, "text": {all}})
	r.Ok(room.Lead.Work(t.Context()))
	r.Ok(room.Lead.Work(t.Context()))
	path := room.Only("jiwei")
	for i, state := range []string{"in_hand", "finished"} {
		answer := url.Values{
			"version": {fmt.Sprint(i + 2)},
			"state":   {state},
			"text":    {all[i*len(all)/2 : (i+1)*len(all)/2]},
		}
		answer.Set("text", strings.ToValidUTF8(answer.Get("text"), ""))
		if a := room.At("jiwei").Submit(path+"/answers", housetest.Once(answer)); a.StatusCode != 303 {
			t.Fatalf("answered: %d %s", a.StatusCode, housetest.Brief(a.Body))
		}
	}
	r.Ok(room.Lead.Work(t.Context()))
	shown, followed := room.At("jiwei").Get(path).
		Body, r.Nobody().Sealed("/report/follow", url.Values{"code": {code}}).Body
	contact := room.At("jiwei").
		Submit(path+"/contact", housetest.Once(url.Values{"reason": {housetest.Payloads[0]}})).Body
	for where, body := range map[string]string{
		"the reading room":   shown,
		"the reporter's box": followed,
		"the contact":        contact,
	} {
		housetest.Plain(t, where, body)
		if !strings.Contains(body, html.EscapeString("<")) {
			t.Errorf("%s shows no payload, so it says nothing", where)
		}
	}
}
