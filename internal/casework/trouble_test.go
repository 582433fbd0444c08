package casework

import (
	"bytes"
	"context"
	"errors"
	"log/slog"
	"strings"
	"testing"
	"time"

	"sunlot/internal/fault"
)

// handClock is moved by hand.
type handClock struct{ at time.Time }

func (c *handClock) Now() time.Time { return c.at }

// TestWhatFailsIsTriedEverMoreSeldom: within a minute, with one line a minute.
func TestWhatFailsIsTriedEverMoreSeldom(t *testing.T) {
	now := time.Date(2026, 11, 30, 8, 0, 0, 0, time.UTC)
	lines := map[time.Time]bool{}
	tries := 0
	failing := trouble{}
	for at := now; at.Before(now.Add(time.Hour)); at = at.Add(shortestRest) {
		if at.Before(failing.until) {
			continue
		}
		tries++
		failing = failing.again(at)
		lines[failing.told] = true
	}
	if tries > 75 || len(lines) > 60 || failing.rest != longestRest || !failing.since.Equal(now) {
		t.Errorf("%d tries, %d lines in an hour, a rest of %v", tries, len(lines), failing.rest)
	}
}

// TestWhatFailedRestsAndTheOthersGoOn: what was mended, or is due no more, is
// forgotten; while the database is down nothing rests, nor where the clock was set back.
func TestWhatFailedRestsAndTheOthersGoOn(t *testing.T) {
	var said bytes.Buffer
	before := slog.Default()
	slog.SetDefault(slog.New(slog.NewTextHandler(&said, nil)))
	defer slog.SetDefault(before)
	clock := &handClock{at: time.Date(2026, 11, 30, 8, 0, 0, 0, time.UTC)}
	all := &Troubles{Clock: clock}
	tried, wrong := map[string]int{}, map[string]error{
		"broken":               errors.New("no such row"),
		"the database is down": fault.New(fault.Unavailable, "later"),
	}
	turn := func(ids ...string) {
		all.Turn(t.Context(), []Job{{What: "open", IDs: ids, Do: func(_ context.Context, id string) error {
			tried[id]++
			return wrong[id]
		}}})
	}
	for range 20 {
		turn("broken", "sound")
	}
	if tried["broken"] != 1 || tried["sound"] != 20 || strings.Count(said.String(), "\n") != 1 {
		t.Errorf("%v, and said %s", tried, said.String())
	}
	for range 3 {
		turn("broken", "the database is down")
	}
	if tried["the database is down"] != 3 || strings.Count(said.String(), "\n") != 2 {
		t.Errorf("%v, and said %s", tried, said.String())
	}
	turn("broken")
	if len(all.kept) != 1 {
		t.Errorf("kept: %v", all.kept)
	}
	clock.at = clock.at.Add(-time.Hour)
	turn("broken")
	if tried["broken"] != 2 {
		t.Errorf("tried %d times after the clock was set back", tried["broken"])
	}
	delete(wrong, "broken")
	clock.at = clock.at.Add(time.Minute)
	turn("broken")
	if len(all.kept) != 0 {
		t.Errorf("what was mended is kept: %v", all.kept)
	}
}
