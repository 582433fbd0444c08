package trading

import (
	"testing"
	"time"

	"sunlot/trading/mode"
)

// TestAnOutageGivesBack: the bidding's clock stands still in it, and whoever comes
// back has an extension's time.
func TestAnOutageGivesBack(t *testing.T) {
	opens := time.Date(2026, 12, 8, 1, 0, 0, 0, time.UTC)
	terms := mode.Terms{Free: time.Hour, Window: 5 * time.Minute, Extend: 5 * time.Minute}
	board := mode.Board{OpensAt: opens, EndsAt: opens.Add(time.Hour)}
	after := func(minutes float64) time.Time { return opens.Add(time.Duration(minutes * float64(time.Minute))) }
	for name, c := range map[string]struct {
		from, until, end float64 // minutes after the opening
		lost             bool
	}{
		"in the middle":           {10, 20, 70, true},
		"from before the opening": {-60, 30, 90, true},
		"over the whole of it":    {-60, 180, 240, true},
		"over the end":            {50, 110, 120, true},
		"over the last minute":    {59, 61, 66, true},
		"within the grace":        {60.05, 120, 125, true},
		"after the grace":         {60.1, 120, 60, false},
		"before the opening":      {-60, 0, 60, false},
	} {
		end, lost := Outage{From: after(c.from), Until: after(c.until)}.GivesBack(terms, board)
		if lost != c.lost || !end.Equal(after(c.end)) {
			t.Errorf("%s: ends %v after the opening, lost %v", name, end.Sub(opens), lost)
		}
	}
	l := Lot{State: Bidding, Board: board}
	if l.Closing(board.EndsAt.Add(-1)) || !l.Closing(board.EndsAt) || !l.ClosesAt().Equal(board.EndsAt.Add(Grace)) {
		t.Error("a lot is closing from its end on, for the grace")
	}
	l.Event.Seq = 3
	l.Board.Bids, l.Breaks = 4, 2
	if l.Head() != 9 {
		t.Errorf("the head is %d", l.Head())
	}
}
