package casework_test

import (
	"testing"

	"sunlot/internal/calendar"
	"sunlot/internal/casework"
)

// TestTheLadder: on its day a duty is on time; one working day later it is on the
// superior's desk, five later the public counts it, what was promised at once.
// Days off move the rungs.
func TestTheLadder(t *testing.T) {
	days := calendar.Published
	for _, c := range []struct {
		ladder     casework.Ladder
		due, today calendar.Date
		want       casework.Rung
	}{
		{casework.Usual, "2026-12-04", "2026-12-04", casework.Rung{}},
		{casework.Usual, "2026-12-04", "2026-12-05", casework.Rung{Late: 1}}, // a Saturday
		{casework.Usual, "2026-12-04", "2026-12-07", casework.Rung{Late: 3, Above: true}},
		{casework.Usual, "2026-12-04", "2026-12-10", casework.Rung{Late: 6, Above: true}},
		{casework.Usual, "2026-12-04", "2026-12-11", casework.Rung{Late: 7, Above: true, Counted: true}},
		{casework.Usual, "2026-09-30", "2026-10-07", casework.Rung{Late: 7}}, // the holidays of October
		{casework.Usual, "2026-09-30", "2026-10-08", casework.Rung{Late: 8, Above: true}},
		{casework.Promised, "2026-12-04", "2026-12-05", casework.Rung{Late: 1, Counted: true}},
		{casework.Promised, "2026-12-04", "2026-12-04", casework.Rung{}},
		{casework.Usual, "", "2026-12-04", casework.Rung{}},
	} {
		if got := c.ladder.At(c.due, c.today, days); got != c.want {
			t.Errorf("due %s, on %s: %+v, want %+v", c.due, c.today, got, c.want)
		}
	}
}

// TestWhatIsAskedOfTheTableIsTheLadder: the last day that a query takes is the
// last of which the ladder says the same, on each day of a year.
func TestWhatIsAskedOfTheTableIsTheLadder(t *testing.T) {
	days := calendar.Published
	for today := calendar.Date("2026-01-02"); today < "2026-12-31"; today = today.AddDays(1) {
		for _, l := range []casework.Ladder{casework.Usual, casework.Promised} {
			above, counted := casework.Before(today, l.Above, days), casework.Before(today, l.Counted, days)
			for due := today.AddDays(-20); due <= today; due = due.AddDays(1) {
				rung := l.At(due, today, days)
				if rung.Above != (due <= above) || rung.Counted != (due <= counted) {
					t.Fatalf("due %s, on %s: %+v, the query takes until %s and %s", due, today, rung, above, counted)
				}
			}
		}
	}
}

// TestAnAmendedCalendarMovesTheLadder: nothing was written when it was overdue.
func TestAnAmendedCalendarMovesTheLadder(t *testing.T) {
	due, today := calendar.Date("2027-03-01"), calendar.Date("2027-03-02")
	if !casework.Usual.At(due, today, calendar.Published).Above {
		t.Error("a Tuesday without a schedule is no working day")
	}
	free := calendar.Published.With(calendar.Year{Year: 2027, Holidays: []calendar.Span{{From: today, To: today}}})
	if casework.Usual.At(due, today, free).Above {
		t.Error("it has climbed on a day off")
	}
}
