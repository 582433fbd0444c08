package home

import (
	"errors"
	"fmt"
	"testing"
	"time"

	"sunlot/internal/calendar"
	"sunlot/trading"
	"sunlot/trading/mode"
)

// opening is a lot that opens then, by Beijing's clock.
func opening(id string, day, hour, minute int) trading.Lot {
	return trading.Lot{ID: id,
		Board: mode.Board{OpensAt: time.Date(2026, 12, day, hour, minute, 0, 0, calendar.Beijing)}}
}

// TestTheWeekEndsWithSunday: the seventh of December 2026 is a Monday.
func TestTheWeekEndsWithSunday(t *testing.T) {
	all := []trading.Lot{opening("a", 7, 9, 0), opening("b", 9, 0, 0), opening("c", 9, 15, 0),
		opening("d", 13, 23, 59), opening("e", 14, 0, 0)}
	for name, c := range map[string]struct {
		now  time.Time
		lots []trading.Lot
		want string
	}{
		"on Monday": {all[0].Board.OpensAt.Add(-time.Hour), all,
			"[2026-12-07:a 2026-12-09:b 2026-12-09:c 2026-12-13:d]"},
		"on Sunday":            {time.Date(2026, 12, 13, 8, 0, 0, 0, calendar.Beijing), all[3:], "[2026-12-13:d]"},
		"Sunday night in UTC":  {time.Date(2026, 12, 13, 16, 30, 0, 0, time.UTC), all[4:], "[2026-12-14:e]"},
		"the next week's only": {time.Date(2026, 12, 8, 8, 0, 0, 0, calendar.Beijing), all[4:], "[]"},
		"nothing":              {time.Date(2026, 12, 8, 8, 0, 0, 0, calendar.Beijing), nil, "[]"},
	} {
		got := []string{}
		for _, day := range openings(c.lots, c.now) {
			if len(day.Lots) == 0 {
				t.Errorf("%s: %s has nothing", name, day.Day)
			}
			for _, l := range day.Lots {
				got = append(got, string(day.Day)+":"+l.ID)
			}
		}
		if fmt.Sprint(got) != c.want {
			t.Errorf("%s: %v, want %s", name, got, c.want)
		}
	}
}

func TestADayIsNamedOnce(t *testing.T) {
	days := openings([]trading.Lot{opening("b", 9, 0, 0), opening("c", 9, 15, 0)},
		time.Date(2026, 12, 8, 0, 0, 0, 0, time.UTC))
	if len(days) != 1 || len(days[0].Lots) != 2 {
		t.Errorf("%+v", days)
	}
}

// TestAFigureIsKeptForAWhile: of many visitors one asks, and a failure is asked
// about again at once.
func TestAFigureIsKeptForAWhile(t *testing.T) {
	var kept cached[int]
	at, asked := time.Date(2026, 12, 8, 0, 0, 0, 0, time.UTC), 0
	ask := func(err error) func() (int, error) {
		return func() (int, error) { asked++; return asked, err }
	}
	broken := errors.New("no database")
	for i, c := range []struct {
		after  time.Duration
		err    error
		want   int
		failed bool
	}{
		{0, broken, 1, true}, {0, nil, 2, false}, {freshFor - 1, broken, 2, false}, {freshFor, nil, 3, false},
		{2*freshFor - 1, broken, 3, false}, {2 * freshFor, broken, 4, true}, {2 * freshFor, nil, 5, false},
	} {
		got, err := kept.get(at.Add(c.after), freshFor, ask(c.err))
		if got != c.want || asked != c.want || (err != nil) != c.failed {
			t.Errorf("%d: %d after %d questions, %v", i, got, asked, err)
		}
	}
}

// TestTheStyleguideIsFiction: its notice and lot lead to lists, never to a case.
func TestTheStyleguideIsFiction(t *testing.T) {
	page := sampleStyles()
	if page.Notice.ID != "" || page.Lot.ID != "" || page.Wrong.ErrorOf("price") == "" || len(page.Steps) != 4 ||
		len(page.Proofs) != 2 {
		t.Errorf("%+v", page)
	}
}

// TestWhatIsNotGoodIsMadeAnew: though it is fresh.
func TestWhatIsNotGoodIsMadeAnew(t *testing.T) {
	var kept cached[int]
	at, asked := time.Date(2026, 12, 8, 0, 0, 0, 0, time.UTC), 0
	for i, good := range []bool{true, true, false, true} {
		got, err := kept.getIf(at, listsFreshFor, func(int) bool { return good }, func() (int, error) {
			asked++
			return asked, nil
		})
		if want := []int{1, 1, 2, 2}[i]; got != want || err != nil {
			t.Errorf("%d: %d, %v; want %d", i, got, err, want)
		}
	}
}
