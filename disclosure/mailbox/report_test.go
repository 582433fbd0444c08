package mailbox_test

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"strings"
	"testing"
	"time"

	"filippo.io/age"

	"sunlot/disclosure/ledger"
	"sunlot/disclosure/mailbox"
	"sunlot/internal/event"
	"sunlot/internal/fault"
	"sunlot/trading/tradingtest"
)

const number = "0123456789abcdef"

var jpeg = append([]byte("\xff\xd8\xff\xe0"), make([]byte, 600)...)

// about is a report on a village's cadre, anonymous.
func (b *box) about() mailbox.Report {
	return mailbox.Report{
		About:    mailbox.VillageCadre,
		Category: "land",
		Place:    b.VillageOrg,
		Text:     []byte("鱼塘没有公开就租出去了"),
		Photos:   [][]byte{jpeg},
	}
}

// waiting is what lies in the box for a key.
func (b *box) waiting(t *testing.T, key *age.X25519Identity) []mailbox.Envelope {
	t.Helper()
	all, err := b.DB.Waiting(t.Context(), key.Recipient().String(), "", 100)
	tradingtest.Must(t, err)
	return all
}

// TestAReportIsForItsOfficeAlone: nobody else opens it, and what is kept of it
// beside the envelope tells neither what was written nor the minute.
func TestAReportIsForItsOfficeAlone(t *testing.T) {
	each(t, func(t *testing.T, b *box) {
		town, county := b.keyed(t, b.township(), "镇纪委"), b.keyed(t, b.county(), "县纪委")
		b.Village.Clock.Set(tradingtest.Monday.Add(37 * time.Minute))
		r := b.about()
		r.Contact = []byte("村民甲 13900000000")
		taken, err := b.Take(t.Context(), "here", number, r)
		tradingtest.Must(t, err)
		all := b.waiting(t, town)
		if len(all) != 1 || len(b.waiting(t, county)) != 0 || taken.Box.Office != "镇纪委" || all[0].Box != taken.Box.ID {
			t.Fatalf("%d wait at the township, %d at the county: %+v", len(all), len(b.waiting(t, county)), taken)
		}
		l, err := mailbox.Open(all[0].Body, town)
		tradingtest.Must(t, err)
		if string(l.Text) != string(r.Text) || string(l.Contact) != string(r.Contact) ||
			l.PlaceID != b.VillageOrg || l.PlaceName != "青塘村村民委员会" ||
			l.About != r.About || l.Category != r.Category || len(l.Photos) != 1 || !bytes.Equal(l.Photos[0],
			jpeg) || !strings.HasPrefix(l.Reporter, "age1") {
			t.Errorf("the office reads %+v", l)
		}
		if _, err := mailbox.Open(all[0].Body, county); err == nil {
			t.Error("another office opens it")
		}
		hour := tradingtest.Monday
		if !all[0].MadeAt.Equal(hour) || !taken.Box.MadeAt.Equal(hour) || !l.At.Equal(hour) {
			t.Errorf("kept with %s, %s and %s", all[0].MadeAt, taken.Box.MadeAt, l.At)
		}
		if bytes.Contains(all[0].Body, []byte("鱼塘")) || bytes.Contains(taken.Box.Locked, []byte(l.Reporter)) {
			t.Error("what is kept is open")
		}
	})
}

// TestTheSameReportTwice has the same code and one envelope; with another text
// its reporter is told that the first was taken.
func TestTheSameReportTwice(t *testing.T) {
	each(t, func(t *testing.T, b *box) {
		key := b.keyed(t, b.county(), "县纪委")
		first, err := b.Take(t.Context(), "here", number, b.about())
		tradingtest.Must(t, err)
		again, err := b.Take(t.Context(), "here", number, b.about())
		if err != nil || again.Code != first.Code || again.Box.ID != first.Box.ID || len(b.waiting(t, key)) != 1 {
			t.Errorf("again %+v, %v; %d envelopes", again, err, len(b.waiting(t, key)))
		}
		other := b.about()
		other.Text = append(other.Text, "。"...)
		_, err = b.Take(t.Context(), "here", number, other)
		tradingtest.Want(t, err, fault.Conflict, "")
		second, err := b.Take(t.Context(), "here", number+"0", other)
		if err != nil || second.Code == first.Code || second.Box.ID == first.Box.ID {
			t.Errorf("another report %+v, %v", second, err)
		}
		_, err = b.Take(t.Context(), "here", number[:15], other)
		tradingtest.Want(t, err, fault.Invalid, "request_id")
	})
}

// TestEachFieldOfAReportHasItsLimits; at the limit itself nothing is refused.
func TestEachFieldOfAReportHasItsLimits(t *testing.T) {
	each(t, func(t *testing.T, b *box) {
		_, err := b.Take(t.Context(), "here", number, b.about())
		tradingtest.Want(t, err, fault.Unavailable, "") // nobody would read it
		key := b.keyed(t, b.county(), "县纪委")
		for name, c := range map[string]struct {
			field  string
			change func(*mailbox.Report)
		}{
			"about nobody":    {"about", func(r *mailbox.Report) { r.About = "" }},
			"about nothing":   {"category", func(r *mailbox.Report) { r.Category = "weather" }},
			"nothing written": {"text", func(r *mailbox.Report) { r.Text = nil }},
			"too much written": {"text",
				func(r *mailbox.Report) { r.Text = []byte(strings.Repeat("字", mailbox.MaxText+1)) }},
			"no text at all": {"text", func(r *mailbox.Report) { r.Text = []byte("\xff\xfe") }},
			"a long contact": {"contact",
				func(r *mailbox.Report) { r.Contact = []byte(strings.Repeat("1", mailbox.MaxContact+1)) }},
			"ten photos": {"photos", func(r *mailbox.Report) {
				r.Photos = [][]byte{jpeg, jpeg, jpeg, jpeg, jpeg, jpeg, jpeg, jpeg, jpeg, jpeg}
			}},
			"a program for photo": {"photos", func(r *mailbox.Report) { r.Photos = [][]byte{[]byte("MZ\x90\x00")} }},
			"an empty photo":      {"photos", func(r *mailbox.Report) { r.Photos = [][]byte{{}} }},
			"a huge photo": {"photos",
				func(r *mailbox.Report) { r.Photos = [][]byte{append(bytes.Clone(jpeg), make([]byte, 10<<20)...)} }},
			"nowhere": {"place", func(r *mailbox.Report) { r.Place = "nosuchplace" }},
			"a group": {"place", func(r *mailbox.Report) { r.Place = b.Group }},
		} {
			r := b.about()
			c.change(&r)
			t.Log(name)
			_, err := b.Take(t.Context(), "here", number, r)
			tradingtest.Want(t, err, fault.Invalid, c.field)
		}
		if all := b.waiting(t, key); len(all) != 0 {
			t.Errorf("%d refused reports were kept", len(all))
		}
		most := b.about()
		most.Text, most.Contact, most.Place = []byte(strings.Repeat("字",
			mailbox.MaxText)), []byte(strings.Repeat("1", mailbox.MaxContact)), ""
		_, err = b.Take(t.Context(), "here", number, most)
		tradingtest.Must(t, err)
	})
}

// TestAReporterFollowsByHisCode: what the office has answered, oldest first; a
// wrong code finds nothing, and nobody else's answers are in it.
func TestAReporterFollowsByHisCode(t *testing.T) {
	each(t, func(t *testing.T, b *box) {
		ctx := t.Context()
		key := b.keyed(t, b.county(), "县纪委")
		mine, err := b.Take(ctx, "here", number, b.about())
		tradingtest.Must(t, err)
		others, err := b.Take(ctx, "here", number+"0", b.about())
		tradingtest.Must(t, err)
		f, err := b.Follow(ctx, "here", mailbox.Grouped(mine.Code))
		if err != nil || f.State != mailbox.Waiting || len(f.Answers) != 0 || f.Box.ID != mine.Box.ID ||
			f.State.Label() == "" {
			t.Errorf("fresh: %+v, %v", f, err)
		}
		reporter := ""
		for _, e := range b.waiting(t, key) {
			if e.Box == mine.Box.ID {
				l, err := mailbox.Open(e.Body, key)
				tradingtest.Must(t, err)
				reporter = l.Reporter
			}
		}
		answer := func(id string, minutes int, state mailbox.State, text string) {
			t.Helper()
			at := b.Village.Clock.Now().Add(time.Duration(minutes) * time.Minute)
			body, err := mailbox.Seal(mailbox.Letter{At: at, State: state, Text: []byte(text)}, reporter)
			tradingtest.Must(t, err)
			e := mailbox.Envelope{ID: id, Box: mine.Box.ID, Recipient: reporter, MadeAt: at.Truncate(time.Hour),
				Body: body}
			tradingtest.Must(t, b.DB.Deliver(ctx, e))
			tradingtest.Must(t, b.DB.Deliver(ctx, e)) // again is no error
		}
		answer("z1", 1, mailbox.Received, "")
		answer("y2", 2, mailbox.InHand, "正在查")
		answer("a3", 3, mailbox.Finished, "已退还")
		f, err = b.Follow(ctx, "here", mine.Code)
		if err != nil || f.State != mailbox.Finished || len(f.Answers) != 2 ||
			string(f.Answers[0].Text) != "正在查" || f.Answers[1].State != mailbox.Finished {
			t.Errorf("answered: %+v, %v", f, err)
		}
		if f, err = b.Follow(ctx, "here", others.Code); err != nil || len(f.Answers) != 0 ||
			f.State != mailbox.Waiting {
			t.Errorf("another reads %+v, %v", f, err)
		}
		for _, wrong := range []string{"0000000000000000", "", mine.Code[:15], "x" + mine.Code[1:]} {
			_, err := b.Follow(ctx, "here", wrong)
			tradingtest.Want(t, err, fault.Invalid, "code")
		}
		b.Secret = []byte("another secret")
		_, err = b.Follow(ctx, "here", mine.Code)
		tradingtest.Want(t, err, fault.Invalid, "code")
	})
}

// TestWhatIsAddedGoesToTheSameOffice, also when another has been named since.
func TestWhatIsAddedGoesToTheSameOffice(t *testing.T) {
	each(t, func(t *testing.T, b *box) {
		ctx := t.Context()
		key := b.keyed(t, b.county(), "县纪委")
		mine, err := b.Take(ctx, "here", number, b.about())
		tradingtest.Must(t, err)
		later := b.keyed(t, b.township(), "镇纪委")
		add := func(id, code, text string, photos ...[]byte) error {
			return b.Add(ctx, "here", id, code, []byte(text), photos)
		}
		tradingtest.Must(t, add("added-0123456789", mine.Code, "还有一张收据", jpeg))
		tradingtest.Must(t, add("added-0123456789", mine.Code, "还有一张收据", jpeg)) // the same tap again
		tradingtest.Want(t, add("added-0123456789", mine.Code, "改过的"), fault.Conflict, "")
		tradingtest.Want(t, add("added-1123456789", mine.Code, " "), fault.Invalid, "text")
		tradingtest.Want(t, add("added-2123456789", mine.Code, "附件", []byte("%PDF-1.4")), fault.Invalid, "photos")
		tradingtest.Want(t, add("added-3123456789", "1111222233334444", "别人的"), fault.Invalid, "code")
		tradingtest.Want(t, add("short", mine.Code, "编号太短"), fault.Invalid, "request_id")
		all := b.waiting(t, key)
		if len(all) != 2 || len(b.waiting(t, later)) != 0 {
			t.Fatalf("%d wait at the county, %d at the township", len(all), len(b.waiting(t, later)))
		}
		texts := map[string]bool{}
		for _, e := range all {
			l, err := mailbox.Open(e.Body, key)
			tradingtest.Must(t, err)
			texts[string(l.Text)] = true
			if e.Box != mine.Box.ID || (l.Reporter == "") != (string(l.Text) == "还有一张收据") {
				t.Errorf("in box %s: %+v", e.Box, l)
			}
		}
		if !texts["还有一张收据"] {
			t.Errorf("the office reads %v", texts)
		}
	})
}

// TestAReportersProof: what he was given is bound to the envelope, enters the log
// blind with the next tick, and is then checked without asking us anything.
func TestAReportersProof(t *testing.T) {
	each(t, func(t *testing.T, b *box) {
		ctx := t.Context()
		key := b.keyed(t, b.county(), "县纪委")
		taken, err := b.Take(ctx, "here", number, b.about())
		tradingtest.Must(t, err)
		blind := b.Blind.(*ledger.Blind)
		kept, err := mailbox.ProofOf(ctx, blind, taken.Box)
		if err != nil || kept.Proof != nil || kept.Promise == "" {
			t.Errorf("before the tick: %+v, %v", kept, err)
		}
		hash := sha256.Sum256(b.waiting(t, key)[0].Body)
		salt, err := hex.DecodeString(kept.Salt)
		tradingtest.Must(t, err)
		c := mailbox.Commitment(salt, hash)
		if kept.Envelope != hex.EncodeToString(hash[:]) || kept.Commitment != hex.EncodeToString(c[:]) {
			t.Errorf("the commitment is not the envelope's: %+v", kept)
		}
		if other := mailbox.Commitment(append([]byte{1}, salt...), hash); other == c {
			t.Error("the salt changes nothing")
		}
		b.Village.Clock.Set(b.Village.Clock.Now().Add(2 * time.Minute))
		tradingtest.Must(t, blind.TickIfDue(ctx))
		tradingtest.Must(t, blind.Log.Step(ctx))
		kept, err = mailbox.ProofOf(ctx, blind, taken.Box)
		if err != nil || kept.Proof == nil || kept.Proof.Commitment != kept.Commitment {
			t.Fatalf("after the tick: %+v, %v", kept, err)
		}
		list, err := b.Library.Events(ctx, ledger.BlindStream, 0, 9)
		tradingtest.Must(t, err)
		for _, e := range list {
			for _, told := range []string{kept.Commitment, kept.Envelope, taken.Box.ID,
				event.Of("report", taken.Box.ID).ID()} {
				if strings.Contains(string(e.Facts), told) {
					t.Errorf("the log tells of a report: %s", e.Facts)
				}
			}
		}
	})
}
