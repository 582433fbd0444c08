package statement_test

import (
	"testing"
	"time"

	"sunlot/internal/calendar"
	"sunlot/trading/statement"
)

// TestOverMidnight: one payment that two exports date differently is told from two.
func TestOverMidnight(t *testing.T) {
	night := calendar.Date("2026-11-24").At(0, 0)
	first := statement.Line{
		Serial:  "S9",
		PaidAt:  night.Add(-10 * time.Second),
		Payer:   "王 五",
		Account: "622200",
		Memo:    "A12",
		Amount:  100,
	}
	alone := first
	alone.PaidAt = night.AddDate(0, 0, -1) // by its day alone, and booked ten minutes into the next
	booked := first
	booked.PaidAt = night.Add(10 * time.Minute)
	if !alone.OverMidnight(booked) || !booked.OverMidnight(alone) {
		t.Error("a day alone and what was booked after its midnight are two")
	}
	booked.PaidAt = night
	if alone.OverMidnight(booked) {
		t.Error("two days alone are one")
	}
	for name, c := range map[string]struct {
		change func(l *statement.Line)
		one    bool
	}{
		"booked after midnight": {func(l *statement.Line) { l.PaidAt = night.Add(4 * time.Second) }, true},
		"two hours late":        {func(l *statement.Line) { l.PaidAt = night.Add(2 * time.Hour) }, true},
		"another memo":          {func(l *statement.Line) { l.PaidAt, l.Memo = night, "B77" }, false},
		"another account":       {func(l *statement.Line) { l.PaidAt, l.Account = night, "621700" }, false},
		"by its day alone":      {func(l *statement.Line) { l.PaidAt = night }, true},
		"a name with a blank":   {func(l *statement.Line) { l.PaidAt, l.Payer = night, "王五" }, true},
		"the next noon":         {func(l *statement.Line) { l.PaidAt = night.Add(12 * time.Hour) }, false},
		"two days later":        {func(l *statement.Line) { l.PaidAt = night.AddDate(0, 0, 1) }, false},
		"the same day":          {func(l *statement.Line) { l.PaidAt = night.Add(-time.Minute) }, false},
		"another sum":           {func(l *statement.Line) { l.PaidAt, l.Amount = night, 101 }, false},
		"another payer":         {func(l *statement.Line) { l.PaidAt, l.Payer = night, "赵六" }, false},
	} {
		other := first
		c.change(&other)
		if first.OverMidnight(other) != c.one || other.OverMidnight(first) != c.one {
			t.Errorf("%s: one payment: %v", name, !c.one)
		}
	}
}
