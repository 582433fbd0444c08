package lead_test

import (
	"context"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"filippo.io/age"

	"sunlot/admin/lead"
	"sunlot/disclosure/mailbox"
	"sunlot/internal/event"
	"sunlot/internal/fault"
	"sunlot/internal/identity"
	"sunlot/internal/store"
	"sunlot/internal/store/storetest"
	"sunlot/trading/tradingtest"
)

// post is the public program's mailbox, as the house sees it: what lies in it,
// and whether it answers.
type post struct {
	waiting   []mailbox.Envelope
	delivered []mailbox.Envelope
	down      error
}

func (p *post) Waiting(_ context.Context, recipient, after string, limit int) (list []mailbox.Envelope, err error) {
	for _, e := range p.waiting {
		if e.Recipient == recipient && e.ID > after && len(list) < limit {
			list = append(list, e)
		}
	}
	return list, p.down
}

func (p *post) Drop(_ context.Context, recipient string, ids []string) error {
	var left []mailbox.Envelope
	for _, e := range p.waiting {
		if e.Recipient != recipient || !strings.Contains(strings.Join(ids, " "), e.ID) {
			left = append(left, e)
		}
	}
	p.waiting = left
	return p.down
}

func (p *post) Deliver(_ context.Context, e mailbox.Envelope) error {
	if p.down == nil {
		p.delivered = append(p.delivered, e)
	}
	return p.down
}

// room is a reading room with two offices, an officer in each and a reporter.
type room struct {
	*lead.Service
	db                *storetest.DB
	post              *post
	clock             *tradingtest.Clock
	keys              string // folder
	admin             identity.Actor
	county, town      string // org ids
	recipient, towns  string
	officer, townsman identity.Actor
	reporter          *age.X25519Identity
}

func each(t *testing.T, run func(t *testing.T, r *room)) {
	storetest.EachConfig(t, func(t *testing.T, c store.Config) {
		t.Parallel()
		clock := &tradingtest.Clock{}
		clock.Set(tradingtest.Monday)
		c.Clock, c.Set = clock, store.Lead
		r := &room{db: storetest.Open(t, c), post: &post{}, clock: clock, keys: filepath.Join(t.TempDir(), "keys")}
		r.Service = &lead.Service{Store: r.db, Mailbox: r.post, Keys: lead.Keyring{Dir: r.keys}, Clock: clock}
		r.found(t)
		run(t, r)
	})
}

func (r *room) found(t *testing.T) {
	t.Helper()
	ctx, admin := t.Context(), &identity.Admin{
		Store: r.db,
		Clock: r.clock,
		Acts:  slices.Concat(identity.Actions, mailbox.Actions, lead.Actions),
		Keyed: r.Keyed,
	}
	var second identity.Actor
	actor := func(id string) identity.Actor {
		held, err := r.db.Memberships(ctx, id, r.clock.Now())
		tradingtest.Must(t, err)
		return identity.Actor{PersonID: id, Memberships: held}
	}
	org := func(kind identity.OrgKind, name, parent string) string {
		id, err := admin.AddOrg(ctx, r.admin, event.NewID(), identity.OrgForm{Kind: kind, Name: name, Parent: parent})
		tradingtest.Must(t, err)
		return id
	}
	officer := func(login, org string) identity.Actor {
		handed, err := admin.AddPerson(ctx, r.admin, event.NewID(), identity.PersonForm{
			Name:  login,
			Login: login,
			Org:   org,
			Role:  identity.Receiver,
		})
		tradingtest.Must(t, err)
		handed, err = admin.ConfirmAccount(ctx, second, event.NewID(), handed.Proposal)
		tradingtest.Must(t, err)
		return actor(handed.ID)
	}
	ids, err := admin.Found(ctx, "示范县", [2]identity.Founder{
		{Name: "管理员", Login: "admin", Password: "a long enough phrase"},
		{Name: "管理员乙", Login: "admin2", Password: "a long enough phrase"},
	})
	tradingtest.Must(t, err)
	r.admin, second = actor(ids[0]), actor(ids[1])
	county := r.admin.Memberships[0].OrgID
	r.county = org(identity.Department, "县纪委信访室", county)
	r.town = org(identity.Department, "镇纪委", org(identity.Township, "云溪镇", county))
	r.officer, r.townsman = officer("officer", r.county), officer("townsman", r.town)
	r.recipient, err = r.MakeKey(ctx, r.admin, event.NewID(), r.county)
	tradingtest.Must(t, err)
	r.towns, err = r.MakeKey(ctx, r.admin, event.NewID(), r.town)
	tradingtest.Must(t, err)
	r.reporter, err = age.GenerateX25519Identity()
	tradingtest.Must(t, err)
}

// send puts a letter into the mailbox: a report, or without a reporter something added.
func (r *room) send(t *testing.T, id, box, recipient string, l mailbox.Letter) {
	t.Helper()
	l.At = r.clock.Now()
	body, err := mailbox.Seal(l, recipient)
	tradingtest.Must(t, err)
	r.post.waiting = append(r.post.waiting,
		mailbox.Envelope{ID: id, Box: box, Recipient: recipient, MadeAt: l.At, Body: body})
}

// report is a letter on a cadre, by somebody who says how to reach him.
func (r *room) report() mailbox.Letter {
	return mailbox.Letter{
		About:     mailbox.TownshipCadre,
		Category:  "money",
		PlaceName: "青塘村村民委员会",
		Reporter:  r.reporter.Recipient().String(),
		Text:      []byte("账目不公开"),
		Contact:   []byte("村民甲 13900000000"),
		Photos:    [][]byte{{1, 2, 3}},
	}
}

// told is what the reporter reads of the letters that were delivered, in the
// order of their times.
func (r *room) told(t *testing.T) (lines []string) {
	t.Helper()
	var letters []mailbox.Letter
	for _, e := range r.post.delivered {
		l, err := mailbox.Open(e.Body, r.reporter)
		tradingtest.Must(t, err)
		letters = append(letters, l)
		if !e.MadeAt.Equal(e.MadeAt.Truncate(time.Hour)) {
			t.Errorf("an answer tells its minute: %s", e.MadeAt)
		}
	}
	slices.SortFunc(letters, func(a, b mailbox.Letter) int { return a.At.Compare(b.At) })
	for _, l := range letters {
		lines = append(lines, string(l.State)+" "+string(l.Text))
	}
	return lines
}

func (r *room) kinds(t *testing.T, id string) string {
	t.Helper()
	list, err := r.db.Events(t.Context(), event.Of("report", id), 0, 99)
	tradingtest.Must(t, err)
	var kinds []string
	for _, e := range list {
		kinds = append(kinds, e.Kind)
	}
	return strings.Join(kinds, " ")
}

// TestAReportComesInOnce: kept here first, dropped there afterwards; what was
// done before the process died is done again without harm.
func TestAReportComesInOnce(t *testing.T) {
	each(t, func(t *testing.T, r *room) {
		ctx := t.Context()
		r.send(t, "e1", "box1", r.recipient, r.report())
		again := r.post.waiting
		tradingtest.Must(t, r.Work(ctx))
		if len(r.post.waiting) != 0 {
			t.Errorf("%d stay in the mailbox", len(r.post.waiting))
		}
		r.post.waiting = again // as if the process had died before it dropped them
		tradingtest.Must(t, r.Work(ctx))
		if len(r.post.waiting) != 0 {
			t.Errorf("what is kept already stays in the mailbox: %d", len(r.post.waiting))
		}
		list, total, err := r.Reports(ctx, r.officer, lead.Query{Page: identity.Page{}.Clip()})
		tradingtest.Must(t, err)
		if total != 1 || list[0].ID != "box1" || list[0].State != mailbox.Received || !list[0].Named ||
			list[0].Place != "青塘村村民委员会" ||
			list[0].About != mailbox.TownshipCadre || list[0].AnswerBy != "2026-12-14" || !list[0].Open() ||
			list[0].Late("2026-12-14") || !list[0].Late("2026-12-15") {
			t.Errorf("the list has %+v", list)
		}
		if got := r.told(t); len(got) != 1 || got[0] != "received " {
			t.Errorf("the reporter is told %q", got)
		}
		if got := r.kinds(t, "box1"); got != "report.received" {
			t.Errorf("events: %s", got)
		}
	})
}

// TestOneEnvelopeKeepsNoOtherWaiting: what cannot be opened stays, and so does
// what is added to a report that is not in yet.
func TestOneEnvelopeKeepsNoOtherWaiting(t *testing.T) {
	each(t, func(t *testing.T, r *room) {
		ctx := t.Context()
		r.post.waiting = []mailbox.Envelope{{ID: "e0", Box: "box0", Recipient: r.recipient, Body: []byte("broken")}}
		r.send(t, "e1", "box9", r.recipient, mailbox.Letter{Text: []byte("补充")})
		for _, id := range []string{"e2", "e3", "e4", "e5", "e6"} {
			r.send(t, id, "box"+id, r.recipient, r.report())
		}
		tradingtest.Must(t, r.Work(ctx))
		if _, total, err := r.Reports(ctx, r.officer, lead.Query{}); err != nil || total != 5 ||
			len(r.post.waiting) != 2 {
			t.Errorf("%d came in, %d stay, %v", total, len(r.post.waiting), err)
		}
		r.post.down = fault.New(fault.Unavailable, "down")
		r.send(t, "e7", "box7", r.recipient, r.report())
		if err := r.Work(ctx); fault.CodeOf(err) != fault.Unavailable {
			t.Errorf("that the mailbox is down is not said: %v", err)
		}
	})
}

// TestAReportIsItsOfficesAlone: neither the other office nor the administrator
// who made its key reads it; each opening goes on record.
func TestAReportIsItsOfficesAlone(t *testing.T) {
	each(t, func(t *testing.T, r *room) {
		ctx := t.Context()
		r.send(t, "e1", "box1", r.recipient, r.report())
		tradingtest.Must(t, r.Work(ctx))
		_, err := r.Read(ctx, r.townsman, "box1", 1)
		tradingtest.Want(t, err, fault.NotFound, "")
		_, err = r.Contact(ctx, r.townsman, "box1", "理由")
		tradingtest.Want(t, err, fault.NotFound, "")
		_, err = r.Answer(ctx, r.townsman, event.NewID(), "box1",
			lead.AnswerForm{Version: 1, State: mailbox.InHand, Text: "在办"})
		tradingtest.Want(t, err, fault.NotFound, "")
		if _, total, err := r.Reports(ctx, r.townsman, lead.Query{}); err != nil || total != 0 {
			t.Errorf("the other office lists %d, %v", total, err)
		}
		for _, who := range []identity.Actor{r.admin, {}} {
			if _, err := r.Read(ctx, who, "box1", 1); err == nil {
				t.Errorf("%+v reads it", who)
			}
		}
		o, err := r.Read(ctx, r.officer, "box1", 1)
		tradingtest.Must(t, err)
		if len(o.Words) != 1 || o.Words[0].Text != "账目不公开" || o.Words[0].Photos != 1 ||
			o.Words[0].Kind != lead.Written {
			t.Errorf("the officer reads %+v", o)
		}
		if got := r.kinds(t, "box1"); got != "report.received report.opened" {
			t.Errorf("events: %s", got)
		}
		for n, code := range map[int]fault.Code{0: fault.NotFound, 1: "", 2: fault.NotFound} {
			photo, err := r.Photo(ctx, r.officer, "box1", "e1", n)
			tradingtest.Want(t, err, code, "")
			if code == "" && string(photo) != "\x01\x02\x03" {
				t.Errorf("photo %v", photo)
			}
		}
		_, err = r.Photo(ctx, r.townsman, "box1", "e1", 1)
		tradingtest.Want(t, err, fault.NotFound, "")
		if got := r.kinds(t, "box1"); got != "report.received report.opened report.photo_opened" {
			t.Errorf("events: %s", got)
		}
	})
}

// TestWhoAsksForTheReporterSaysWhy, and each look is on record.
func TestWhoAsksForTheReporterSaysWhy(t *testing.T) {
	each(t, func(t *testing.T, r *room) {
		ctx := t.Context()
		r.send(t, "e1", "box1", r.recipient, r.report())
		tradingtest.Must(t, r.Work(ctx))
		for _, reason := range []string{"", " ", strings.Repeat("理", 201)} {
			_, err := r.Contact(ctx, r.officer, "box1", reason)
			tradingtest.Want(t, err, fault.Invalid, "reason")
		}
		for range 2 {
			contact, err := r.Contact(ctx, r.officer, "box1", "需要核对地点")
			if err != nil || contact != "村民甲 13900000000" {
				t.Errorf("%q, %v", contact, err)
			}
		}
		if got := r.kinds(t, "box1"); got != "report.received report.contact_read report.contact_read" {
			t.Errorf("events: %s", got)
		}
	})
}

// TestAnAnswerIsForItsReporterAlone: by the lifecycle, on the newest copy, once;
// what is added later takes a finished report up again.
func TestAnAnswerIsForItsReporterAlone(t *testing.T) {
	each(t, func(t *testing.T, r *room) {
		ctx := t.Context()
		r.send(t, "e1", "box1", r.recipient, r.report())
		tradingtest.Must(t, r.Work(ctx))
		answer := func(id string, version int, state mailbox.State, text string) error {
			_, err := r.Answer(ctx, r.officer, id, "box1", lead.AnswerForm{Version: version, State: state, Text: text})
			return err
		}
		tradingtest.Want(t, answer(event.NewID(), 1, "party", "x"), fault.Invalid, "state")
		tradingtest.Want(t, answer(event.NewID(), 1, mailbox.InHand, ""), fault.Invalid, "text")
		tradingtest.Want(t, answer(event.NewID(), 1, mailbox.InHand, strings.Repeat("字", 2001)), fault.Invalid, "text")
		tradingtest.Want(t, answer(event.NewID(), 2, mailbox.InHand, "在办"), fault.Conflict, "")
		r.clock.Set(r.clock.Now().Add(time.Minute))
		tradingtest.Must(t, answer("request-0001", 1, mailbox.Finished, "已公开"))
		tradingtest.Must(t, answer("request-0001", 1, mailbox.Finished, "已公开")) // the same tap again
		tradingtest.Want(t, answer(event.NewID(), 2, mailbox.Received, "再收"), fault.Conflict, "state")
		r.post.down = fault.New(fault.Unavailable, "down")
		if err := r.Work(ctx); err == nil {
			t.Error("an answer that cannot be delivered is lost")
		}
		r.post.down = nil
		r.clock.Set(r.clock.Now().Add(time.Minute))
		r.send(t, "e2", "box1", r.recipient, mailbox.Letter{Text: []byte("还有一处")})
		tradingtest.Must(t, r.Work(ctx))
		tradingtest.Must(t, r.Work(ctx))
		if got := strings.Join(r.told(t), ","); got != "received ,finished 已公开,in_hand " {
			t.Errorf("the reporter is told %q", got)
		}
		o, err := r.Read(ctx, r.officer, "box1", 1)
		tradingtest.Must(t, err)
		var kinds []string
		for _, w := range o.Words {
			kinds = append(kinds, string(w.Kind)+" "+w.Text)
		}
		if got := strings.Join(kinds, ","); o.Report.State != mailbox.InHand || len(kinds) != 3 ||
			!strings.Contains(got, "answer 已公开") || !strings.Contains(got, "added 还有一处") {
			t.Errorf("in the matter: %s, %s", got, o.Report.State)
		}
	})
}

// TestAnOfficeHasOneKey, made by the administrator; without it nothing opens, and
// the officer is told where it is to be put.
func TestAnOfficeHasOneKey(t *testing.T) {
	each(t, func(t *testing.T, r *room) {
		ctx := t.Context()
		_, err := r.MakeKey(ctx, r.admin, event.NewID(), r.county)
		tradingtest.Want(t, err, fault.Conflict, "org")
		for _, org := range []string{"nosuchorg", r.admin.Memberships[0].OrgID} {
			_, err := r.MakeKey(ctx, r.admin, event.NewID(), org)
			tradingtest.Want(t, err, fault.Invalid, "org")
		}
		_, err = r.MakeKey(ctx, r.officer, event.NewID(), r.county)
		tradingtest.Want(t, err, fault.Forbidden, "")
		offices, err := r.Offices(ctx, r.admin)
		if err != nil || len(offices) != 2 || r.recipient == r.towns {
			t.Errorf("offices %+v, %v", offices, err)
		}
		_, err = r.Offices(ctx, r.officer)
		tradingtest.Want(t, err, fault.Forbidden, "")
		r.send(t, "e1", "box1", r.recipient, r.report())
		tradingtest.Must(t, r.Work(ctx))
		tradingtest.Must(t, os.Remove(filepath.Join(r.keys, r.recipient+".txt")))
		_, err = r.Read(ctx, r.officer, "box1", 1)
		tradingtest.Want(t, err, fault.Unavailable, "")
		if got := r.kinds(t, "box1"); got != "report.received" {
			t.Errorf("what nobody read is on record: %s", got)
		}
	})
}
