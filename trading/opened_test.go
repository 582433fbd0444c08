package trading

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"
	"time"

	"sunlot/internal/event"
	"sunlot/trading/mode"
	"sunlot/trading/rules"
)

// before is an opening as it was recorded while there was one mode, and the same as it is
// recorded now.
const (
	before = `{"opens_at":"2026-12-08T01:00:00.000Z","ends_at":"2026-12-08T02:00:00.000Z","start_price":40000,"step":1000,` +
		`"most_steps":10,"free_seconds":3600,"window_seconds":300,"extend_seconds":300,"bidders":3,` +
		`"holders":[],"registrations":["c1"],"undecided":0}`
	since = `{"opens_at":"2026-12-08T01:00:00.000Z","ends_at":"2026-12-08T02:00:00.000Z","start_price":40000,` +
		`"mode":"ascending/1","terms":{"extend_seconds":300,"free_seconds":3600,"most_steps":10,"step":1000,` +
		`"window_seconds":300},"bidders":3,"holders":[],"registrations":["c1"],"undecided":0}`
)

// TestOpeningsOfBeforeAreReadForEver: an opening that names no mode has the rules of the
// rising auction, by which its bids are judged, and is told in the same words.
func TestOpeningsOfBeforeAreReadForEver(t *testing.T) {
	want := mode.Ascending{
		Start:     40000,
		Step:      1000,
		MostSteps: 10,
		Free:      mode.Seconds(time.Hour),
		Window:    mode.Seconds(5 * time.Minute),
		Extend:    mode.Seconds(5 * time.Minute),
	}.Terms()
	for _, text := range []string{before, since} {
		var f OpenedFacts
		if err := json.Unmarshal([]byte(text), &f); err != nil {
			t.Fatal(err)
		}
		by, err := f.ModeRules()
		if err != nil || by.Terms() != want {
			t.Errorf("%s has the rules %+v, %v", text, by, err)
		}
		if !slices.Contains(told(t, "lot.opened", text), "加价幅度：10.00 元/亩·年") {
			t.Errorf("%s is told as %q", text, told(t, "lot.opened", text))
		}
	}
	if !slices.Equal(told(t, "lot.opened", before), told(t, "lot.opened", since)) {
		t.Error("the two are told in two ways")
	}
	var f OpenedFacts
	unknown := strings.Replace(since, "ascending/1", "ascending/9", 1)
	if err := json.Unmarshal([]byte(unknown), &f); err != nil {
		t.Fatal(err)
	}
	if _, err := f.ModeRules(); err == nil || len(told(t, "lot.opened", unknown)) == 0 {
		t.Errorf("of an unknown mode: %v, %q", err, told(t, "lot.opened", unknown))
	}
	if _, err := event.Canonical(f); err != nil {
		t.Error(err)
	}
	if err := json.Unmarshal([]byte("[]"), &f); err == nil {
		t.Error("what is no opening is read")
	}
}

// TestTheClockLooksAgain when something happens before the end, and never later than that.
func TestTheClockLooksAgain(t *testing.T) {
	opens := time.Date(2026, 12, 8, 1, 0, 0, 0, time.UTC)
	pack, err := rules.Find("shifan")
	if err != nil {
		t.Fatal(err)
	}
	m, err := mode.Find(mode.Usual)
	if err != nil {
		t.Fatal(err)
	}
	terms, err := m.Freeze(DraftOf(40000, 1000, pack))
	if err != nil {
		t.Fatal(err)
	}
	l := Lot{Mode: mode.Usual, Terms: terms, State: Bidding}
	by, err := l.ModeRules()
	if err != nil {
		t.Fatal(err)
	}
	if err := l.Stand(by, by.Open(opens)); err != nil || !l.Next.IsZero() {
		t.Errorf("next %v, %v", l.Next, err)
	}
	ends := opens.Add(time.Duration(pack.FreeSeconds.Value()) * time.Second)
	if !l.Due().Equal(ends) || !l.ClosesAt().Equal(ends.Add(Grace)) {
		t.Errorf("due %v, closes %v", l.Due(), l.ClosesAt())
	}
	for next, due := range map[time.Time]time.Time{
		opens.Add(time.Minute): opens.Add(time.Minute),
		ends:                   ends,
		ends.Add(time.Minute):  ends,
	} {
		l.Next = next
		if !l.Due().Equal(due) {
			t.Errorf("next %v, due %v", next, l.Due())
		}
	}
}
