package mailboxdb_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"sunlot/disclosure/mailbox"
	"sunlot/internal/event"
	"sunlot/internal/fault"
	"sunlot/internal/store/storetest"
)

const ours, reporters = "age1office", "age1reporter"

// box is a reporter's with one sealed report in it.
func box(n byte) (mailbox.Box, mailbox.Envelope) {
	b := mailbox.Box{
		Lookup:     storetest.Hash(n),
		ID:         "box-" + string(n),
		Recipient:  ours,
		Office:     "示范县纪委监委",
		Locked:     []byte{0, 1, n},
		Salt:       storetest.Hash('5'),
		Envelope:   storetest.Hash('e'),
		Commitment: storetest.Hash('c'),
		Promise:    "promise\n",
		MadeAt:     storetest.Minute,
	}
	e := mailbox.Envelope{ID: "e-" + string(n), Box: b.ID, Recipient: ours, MadeAt: b.MadeAt, Body: []byte("sealed")}
	return b, e
}

// post runs fn as one act of a reporter, of whom nothing is known.
func post(t *testing.T, db *storetest.DB, id string, fn func(mailbox.Tx) error) error {
	t.Helper()
	once := event.Request{Kind: "report.send", ID: "request-" + id, Digest: storetest.Hash('0')}
	_, err := db.WriteMailbox(t.Context(), once, func(tx mailbox.Tx) (string, error) { return id, fn(tx) })
	return err
}

// putBoxes makes the boxes a and b, each with its report.
func putBoxes(t *testing.T, db *storetest.DB) (a, b mailbox.Box) {
	t.Helper()
	a, first := box('a')
	b, second := box('b')
	storetest.Must(t, post(t, db, "boxes", func(tx mailbox.Tx) error {
		return errors.Join(tx.AddBox(a), tx.AddEnvelope(first), tx.AddBox(b), tx.AddEnvelope(second))
	}))
	return a, b
}

func envelopeIDs(all []mailbox.Envelope) string {
	return storetest.IDs(all, func(e mailbox.Envelope) string { return e.ID })
}

func TestABoxIsFoundByItsCodeAlone(t *testing.T) {
	t.Parallel()
	storetest.EachCounty(t, func(t *testing.T, db *storetest.DB, _ *storetest.HandClock) {
		a, b := putBoxes(t, db)
		for _, want := range []mailbox.Box{a, b} {
			got, err := db.Box(t.Context(), want.Lookup)
			storetest.Must(t, err)
			storetest.Same(t, "box", got, want)
		}
		for _, lookup := range []string{"", a.ID, strings.ToUpper(a.Lookup), a.Lookup[1:], storetest.Hash('z')} {
			if _, err := db.Box(t.Context(), lookup); fault.CodeOf(err) != fault.NotFound {
				t.Errorf("%q: %v", lookup, err)
			}
		}
	})
}

// The report and its box are kept together or not at all, and one code has one box.
func TestAFailedReportLeavesNoBox(t *testing.T) {
	t.Parallel()
	storetest.EachCounty(t, func(t *testing.T, db *storetest.DB, _ *storetest.HandClock) {
		putBoxes(t, db)
		c, report := box('c')
		twin := c
		twin.Lookup = storetest.Hash('a')
		lost := report
		lost.Box = "nobodys"
		for name, fail := range map[string]func(tx mailbox.Tx) error{
			"a code twice":        func(tx mailbox.Tx) error { return tx.AddBox(twin) },
			"an envelope in none": func(tx mailbox.Tx) error { return errors.Join(tx.AddBox(c), tx.AddEnvelope(lost)) },
			"a mind that changes": func(tx mailbox.Tx) error { return errors.Join(tx.AddBox(c), errors.New("no")) },
			"an envelope's id twice": func(tx mailbox.Tx) error {
				report.ID = "e-a"
				return errors.Join(tx.AddBox(c), tx.AddEnvelope(report))
			},
		} {
			if err := post(t, db, "failed", fail); err == nil {
				t.Errorf("%s: kept", name)
			}
		}
		if boxes, all := storetest.Rows(t, db, "mailbox_boxes"), storetest.Rows(t, db,
			"mailbox_envelopes"); boxes != 2 || all != 2 {
			t.Errorf("%d boxes, %d envelopes", boxes, all)
		}
	})
}

// When a report came is kept to the hour: the minute could tell who stood in the
// office. A member of staff has no such need.
func TestOfAReporterTheHourIsKept(t *testing.T) {
	t.Parallel()
	storetest.EachCounty(t, func(t *testing.T, db *storetest.DB, clock *storetest.HandClock) {
		clock.Set(storetest.Noon.Add(42 * time.Minute))
		for actor, want := range map[string]time.Time{
			"":       storetest.Noon.Truncate(time.Hour),
			"clerk1": clock.Now().Truncate(time.Millisecond),
		} {
			once := event.Request{Actor: actor, Kind: "office.propose", ID: "request-1", Digest: storetest.Hash('0')}
			ran := 0
			for range 2 {
				answer, err := db.WriteMailbox(t.Context(), once, func(mailbox.Tx) (string, error) {
					ran++
					return "told", nil
				})
				if err != nil || answer != "told" || ran != 1 {
					t.Errorf("%q: %q after %d runs, %v", actor, answer, ran, err)
				}
			}
			made := storetest.Query[int64](t, db,
				"SELECT made_at FROM requests WHERE actor = ? AND request_id = 'request-1'", actor)
			if len(made) != 1 || made[0] != want.UnixMilli() {
				t.Errorf("of %q: %v, want %d", actor, made, want.UnixMilli())
			}
			once.Digest = storetest.Hash('1')
			_, err := db.WriteMailbox(t.Context(), once, func(mailbox.Tx) (string, error) { return "", nil })
			if fault.CodeOf(err) != fault.Conflict {
				t.Errorf("%q with other content: %v", actor, err)
			}
		}
	})
}

func TestAnswersWaitForTheirReporter(t *testing.T) {
	t.Parallel()
	storetest.EachCounty(t, func(t *testing.T, db *storetest.DB, _ *storetest.HandClock) {
		a, b := putBoxes(t, db)
		answer := func(id string, to mailbox.Box, hour int) mailbox.Envelope {
			at := storetest.Minute.Add(time.Duration(hour) * time.Hour)
			return mailbox.Envelope{ID: id, Box: to.ID, Recipient: reporters, MadeAt: at, Body: []byte(id)}
		}
		for _, e := range []mailbox.Envelope{answer("x3", a, 2), answer("x2", a, 1), answer("x1", a, 1),
			answer("y1", b, 1)} {
			storetest.Must(t, db.Deliver(t.Context(), e))
			e.Body = []byte("other")
			storetest.Must(t, db.Deliver(t.Context(), e)) // the same again, which changes nothing
		}
		if err := db.Deliver(t.Context(), answer("x9", mailbox.Box{ID: "nobodys"}, 1)); err == nil {
			t.Error("delivered to no box")
		}
		got, err := db.Answers(t.Context(), a)
		if err != nil || envelopeIDs(got) != "x1 x2 x3" {
			t.Fatalf("%s, %v", envelopeIDs(got), err)
		}
		storetest.Same(t, "answer", got[2], answer("x3", a, 2))
		for i := range 105 {
			storetest.Must(t, db.Deliver(t.Context(), answer(fmt.Sprintf("m%03d", i), b, 3)))
		}
		if many, err := db.Answers(t.Context(), b); err != nil || len(many) != 100 || many[0].ID != "y1" ||
			many[99].ID != "m098" {
			t.Errorf("%d at once, %v", len(many), err)
		}
	})
}

func TestTheOfficeTakesWhatIsSealedToIt(t *testing.T) {
	t.Parallel()
	storetest.EachCounty(t, func(t *testing.T, db *storetest.DB, _ *storetest.HandClock) {
		a, _ := putBoxes(t, db)
		other := mailbox.Envelope{
			ID:        "e-aa",
			Box:       a.ID,
			Recipient: "age1other",
			MadeAt:    storetest.Minute,
			Body:      []byte("x"),
		}
		storetest.Must(t, post(t, db, "other", func(tx mailbox.Tx) error { return tx.AddEnvelope(other) }))
		waiting := func(recipient, after string, limit int, want string) {
			t.Helper()
			got, err := db.Waiting(t.Context(), recipient, after, limit)
			if err != nil || envelopeIDs(got) != want {
				t.Errorf("%s after %q: %s, want %s, %v", recipient, after, envelopeIDs(got), want, err)
			}
		}
		waiting(ours, "", 10, "e-a e-b")
		waiting(ours, "", 1, "e-a")
		waiting(ours, "e-a", 10, "e-b")
		waiting(ours, "e-b", 10, "")
		waiting("age1other", "", 10, "e-aa")
		storetest.Must(t, db.Drop(t.Context(), ours, nil))
		waiting(ours, "", 10, "e-a e-b")
		for range 2 { // the second time there is nothing left to drop
			storetest.Must(t, db.Drop(t.Context(), ours, []string{"e-a", "e-aa", "none"}))
			waiting(ours, "", 10, "e-b")
			waiting("age1other", "", 10, "e-aa")
		}
	})
}
