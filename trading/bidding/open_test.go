package bidding

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

// TestALotThatFailsIsTriedEverMoreSeldom: within a minute, with one line a minute; what
// was mended is forgotten, and another lot is not kept waiting.
func TestALotThatFailsIsTriedEverMoreSeldom(t *testing.T) {
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
	if tries > 75 || len(lines) > 60 || failing.rest != longestRest {
		t.Errorf("%d tries, %d lines in an hour, a rest of %v", tries, len(lines), failing.rest)
	}
}

func TestWhatFailedRestsAndTheOthersGoOn(t *testing.T) {
	var said bytes.Buffer
	before := slog.Default()
	slog.SetDefault(slog.New(slog.NewTextHandler(&said, nil)))
	defer slog.SetDefault(before)
	var all Troubles
	tried := map[string]int{}
	do := func(_ context.Context, lot string) error {
		tried[lot]++
		if lot == "broken" {
			return errors.New("no such row")
		}
		return nil
	}
	for range 20 {
		all.try(t.Context(), "open", "broken", do)
		all.try(t.Context(), "open", "sound", do)
	}
	if tried["broken"] != 1 || tried["sound"] != 20 || strings.Count(said.String(), "\n") != 1 {
		t.Errorf("%v, and said %s", tried, said.String())
	}
	for range 3 {
		all.try(t.Context(), "open", "the database is down", func(_ context.Context, lot string) error {
			tried[lot]++
			return fault.New(fault.Unavailable, "later")
		})
	}
	if tried["the database is down"] != 3 || strings.Count(said.String(), "\n") != 2 {
		t.Errorf("%v, and said %s", tried, said.String())
	}
	delete(all.kept, [2]string{"open", "the database is down"})
	if len(all.kept) != 1 {
		t.Errorf("kept: %v", all.kept)
	}
	of := [2]string{"open", "broken"}
	rested := all.kept[of]
	rested.until = time.Time{}
	all.kept[of] = rested
	all.try(t.Context(), "open", "broken", func(context.Context, string) error { return nil })
	if len(all.kept) != 0 {
		t.Errorf("what was mended is kept: %v", all.kept)
	}
}
