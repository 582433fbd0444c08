package verify

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"sunlot/disclosure/ledger"
	"sunlot/internal/event"
	"sunlot/trading"
)

// TestAHostileLogDoesNotWearOutItsReader: thousands of rolls of one body, of votes by them,
// and of events in one stream are read in seconds, and what is wrong is told in few lines.
func TestAHostileLogDoesNotWearOutItsReader(t *testing.T) {
	const rolls, junk = 4_000, 40_000
	c := newCounty(t)
	streams, at := c.report.Streams, opens.AddDate(-1, 0, 0)
	first := streams["roll:l"][0].Event
	vote := streams["resolution:r"][0].Event
	for i := range rolls {
		roll := first
		roll.Stream, roll.At = event.Of("roll", fmt.Sprint("x", i)), at.Add(time.Duration(i)*time.Second)
		roll.Facts = []byte(`{"org":"g","assembly":"group_meeting","from":"2026-01-01","count":10,"entered":""}`)
		streams[roll.Stream] = []ledger.Entry{{Event: roll}}
		again := vote
		again.Stream = event.Of("resolution", fmt.Sprint("x", i))
		streams[again.Stream] = []ledger.Entry{{Event: again}}
	}
	for i := range junk {
		for _, stream := range []event.Stream{"roll:l", "org:g", "asset:a"} {
			streams[stream] = append(streams[stream], ledger.Entry{Event: event.Event{Stream: stream,
				Seq: int64(i + 2), Kind: "x", At: opens, Facts: []byte(`{}`)}})
		}
	}
	began := time.Now()
	wrong, err := Compare(t.Context(), c.served(), c.report)
	took := time.Since(began)
	t.Logf("%d lines in %s", len(wrong), took)
	if err != nil || took > 20*time.Second {
		t.Errorf("%s, %v", took, err)
	}
	if len(wrong) != mostLines+1 || !strings.Contains(wrong[mostLines], "没有列出") {
		t.Errorf("%d lines, the last %q", len(wrong), wrong[len(wrong)-1])
	}
}

// TestTheRollInForceIsFoundAmongMany: as by looking at each.
func TestTheRollInForceIsFoundAmongMany(t *testing.T) {
	c := newCounty(t)
	streams, at := c.report.Streams, opens.AddDate(0, 0, -40)
	for i := range 97 {
		roll := event.Of("roll", fmt.Sprint("x", i))
		c.due(roll.ID(), "g", at.AddDate(0, 0, i*31%40).Format(time.DateOnly), 10)
		streams[roll][0].Event.At = at.Add(time.Duration(i*53%97) * 10 * time.Hour)
	}
	k := knownIn(c.report)
	all := k.bodies[body{"g", "group_meeting"}]
	for _, roll := range all.rolls {
		for days := range 45 {
			vote := trading.ConfirmedFacts{HeldOn: "2026-11-02"}
			vote.HeldOn = vote.HeldOn.AddDays(days)
			for _, by := range []time.Time{at, at.AddDate(0, 0, days), at.AddDate(0, 0, days+3), opens} {
				want := false
				for _, other := range all.rolls {
					want = want || other.ref != roll.ref && other.From <= vote.HeldOn && other.at.Before(by) &&
						other.supersedes(*roll, vote.HeldOn)
				}
				best := all.inForce(vote.HeldOn, by)
				got := best != nil && best.ref != roll.ref && best.supersedes(*roll, vote.HeldOn)
				if got != want {
					t.Fatalf("%s on %s by %s: %v, want %v", roll.ref.Stream, vote.HeldOn, by, got, want)
				}
			}
		}
	}
}

// TestOneInstantIsNoLie: what was confirmed in the same millisecond, or entered in that of
// another's confirmation, also by a node whose clock is behind, was in its order.
func TestOneInstantIsNoLie(t *testing.T) {
	for name, change := range map[string]func(c *county, l, m *event.Event){
		"a vote with its roll": func(c *county, l, _ *event.Event) {
			l.At = c.report.Streams["resolution:r"][0].Event.At
			c.relogs("roll:l", 1, "entered", event.Stamp(l.At))
		},
		"entered when the other was confirmed": func(c *county, l, m *event.Event) {
			c.relogs("roll:m", 1, "entered", event.Stamp(l.At))
		},
		"all at once": func(c *county, l, m *event.Event) {
			m.At = l.At
			c.relogs("roll:m", 1, "entered", event.Stamp(l.At))
		},
		"another node's clock": func(c *county, l, m *event.Event) {
			m.At = l.At.Add(-time.Second)
			c.relogs("roll:l", 1, "entered", event.Stamp(l.At.Add(-time.Hour)))
			c.relogs("roll:m", 1, "entered", event.Stamp(l.At))
		},
	} {
		c := newCounty(t)
		c.due("m", "g", "2025-06-01", 12)
		change(c, &c.report.Streams["roll:l"][0].Event, &c.report.Streams["roll:m"][0].Event)
		wrong, err := Compare(t.Context(), c.served(), c.report)
		if err != nil || len(wrong) > 0 {
			t.Errorf("%s: %q %v", name, wrong, err)
		}
	}
}
