package trading

import (
	"testing"
	"time"

	"sunlot/internal/calendar"
	"sunlot/trading/mode"
)

// TestAnOutageGivesBack: the bidding's clock stands still in it, and whoever comes
// back has an extension's time.
func TestAnOutageGivesBack(t *testing.T) {
	opens := time.Date(2026, 12, 8, 1, 0, 0, 0, time.UTC)
	const spare = 5 * time.Minute
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
		end, lost := Outage{From: after(c.from), Until: after(c.until)}.GivesBack(spare, board, Hours{})
		if lost != c.lost || !end.Equal(after(c.end)) {
			t.Errorf("%s: ends %v after the opening, lost %v", name, end.Sub(opens), lost)
		}
	}
	l := Lot{State: Bidding, Board: board}
	if l.Closing(board.EndsAt.Add(-1)) || !l.Closing(board.EndsAt) || !l.ClosesAt().Equal(board.EndsAt.Add(Grace)) {
		t.Error("a lot is closing from its end on, for the grace")
	}
	l.Event.Seq = 3
	l.Board.Bids, l.Breaks, l.Ticks = 4, 2, 1
	if l.Head() != 10 {
		t.Errorf("the head is %d", l.Head())
	}
}

// TestAnEndThatNobodyCanWaitFor: an end that an outage moves into the night or onto a
// day off waits for the next working morning, with the time that was left.
func TestAnEndThatNobodyCanWaitFor(t *testing.T) {
	at := func(day calendar.Date, hour, minute int) time.Time { return day.At(hour, minute) }
	const spare = 5 * time.Minute
	days := calendar.Calendar{2026: {Year: 2026, Holidays: []calendar.Span{{From: "2026-12-07", To: "2026-12-07"}}}}
	const friday, saturday, tuesday = "2026-12-04", "2026-12-05", "2026-12-08"
	board := mode.Board{OpensAt: at(friday, 9, 0), EndsAt: at(friday, 10, 0)}
	hours := HoursOf(days, at("2026-12-03", 16, 0), board.OpensAt)
	for name, c := range map[string]struct{ from, until, end time.Time }{
		"by day":            {at(friday, 9, 10), at(friday, 15, 10), at(friday, 16, 0)},
		"in the evening":    {at(friday, 9, 10), at(friday, 15, 11), at(tuesday, 9, 50)},
		"at night":          {at(friday, 9, 10), at(saturday, 2, 0), at(tuesday, 9, 50)},
		"in the morning":    {at(friday, 9, 30), at(tuesday, 6, 0), at(tuesday, 9, 30)},
		"on a day off":      {at(friday, 9, 59), at(saturday, 11, 0), at(tuesday, 9, 5)},
		"on a free weekday": {at(friday, 9, 0), at("2026-12-07", 10, 0), at(tuesday, 10, 0)},
	} {
		end, lost := Outage{From: c.from, Until: c.until}.GivesBack(spare, board, hours)
		if !lost || !end.Equal(c.end) {
			t.Errorf("%s: ends %v, want %v", name, end.In(calendar.Beijing), c.end)
		}
	}
}

// TestNightsAreNotGivenBack: an end that an outage has moved to the next morning
// stays there when the machine is off at night or over the weekend, whatever comes
// how often; what is lost of the morning itself is given back.
func TestNightsAreNotGivenBack(t *testing.T) {
	const friday, monday = calendar.Date("2026-12-04"), calendar.Date("2026-12-07")
	hours := HoursOf(calendar.Published.With(), calendar.Date("2026-12-03").At(16, 0), friday.At(9, 0))
	board := mode.Board{OpensAt: friday.At(9, 0), EndsAt: friday.At(10, 0)}
	const spare = 5 * time.Minute
	for _, o := range []struct {
		from, until, end time.Time
	}{
		{friday.At(9, 10), friday.At(15, 11), monday.At(9, 50)},
		{friday.At(18, 0), monday.At(8, 0), monday.At(9, 50)},
		{monday.At(3, 0), monday.At(8, 59), monday.At(9, 50)},
		{monday.At(8, 0), monday.At(9, 20), monday.At(10, 10)},
		{monday.At(9, 30), monday.AddDays(1).At(8, 0), monday.AddDays(1).At(9, 40)},
		{monday.At(18, 0), monday.AddDays(1).At(8, 0), monday.AddDays(1).At(9, 40)},
	} {
		end, lost := Outage{From: o.from, Until: o.until}.GivesBack(spare, board, hours)
		if !lost || !end.Equal(o.end) {
			t.Errorf("from %v to %v it ends %v, want %v", o.from, o.until, end.In(calendar.Beijing), o.end)
		}
		board.EndsAt = end
	}
}

// TestALastDayIsGivenBack: a registration and a result's publicity have their last
// day's lost time back where people can use it; what leaves half an hour and took
// less, and what lies in the nights and days before, moves nothing.
func TestALastDayIsGivenBack(t *testing.T) {
	const thursday, friday, monday, tuesday = calendar.Date("2026-12-03"), calendar.Date("2026-12-04"),
		calendar.Date("2026-12-07"), calendar.Date("2026-12-08")
	hours := HoursOf(calendar.Published.With(), friday.At(16, 0), monday.At(9, 0))
	registered, public := friday.At(16, 0), friday.AddDays(1).At(0, 0)
	for name, c := range map[string]struct {
		from, until         time.Time
		registration, ended time.Time // zero when they stay
	}{
		"a restart in the morning":   {friday.At(10, 0), friday.At(10, 1), time.Time{}, time.Time{}},
		"two hours of the morning":   {friday.At(10, 0), friday.At(12, 0), monday.At(15, 0), monday.At(24, 0)},
		"half an hour":               {friday.At(10, 0), friday.At(10, 30), friday.At(16, 30), monday.At(24, 0)},
		"a restart before the end":   {friday.At(15, 50), friday.At(15, 51), friday.At(16, 21), time.Time{}},
		"over the registration":      {friday.At(15, 50), friday.At(19, 0), monday.At(9, 30), monday.At(24, 0)},
		"over midnight":              {friday.At(22, 0), monday.At(8, 0), time.Time{}, monday.At(24, 0)},
		"the whole day and two more": {friday.At(3, 0), monday.At(18, 0), tuesday.At(16, 0), tuesday.At(24, 0)},
		"the night before":           {thursday.At(20, 0), friday.At(8, 59), time.Time{}, time.Time{}},
		"the day before":             {thursday.At(9, 0), thursday.At(17, 0), time.Time{}, time.Time{}},
		"within the grace": {registered.Add(4 * time.Second), friday.At(17, 0), monday.At(9, 30),
			monday.At(24, 0)},
		"after the grace": {registered.Add(5 * time.Second), friday.At(16, 20), time.Time{}, time.Time{}},
	} {
		o := Outage{From: c.from, Until: c.until}
		for which, x := range map[string]struct {
			end, want time.Time
			rule      func(time.Time, Hours) (time.Time, bool)
		}{
			"registration": {registered, c.registration, o.DefersRegistration},
			"publicity":    {public, c.ended, o.DefersPublicity},
		} {
			want := x.want
			if want.IsZero() {
				want = x.end
			}
			later, lost := x.rule(x.end, hours)
			if lost == x.want.IsZero() || !later.Equal(want) {
				t.Errorf("%s, %s: %v, want %v, lost %v", name, which, later.In(calendar.Beijing),
					want.In(calendar.Beijing), lost)
			}
		}
	}
	if opens := hours.Opening(monday.At(9, 30)); !opens.Equal(tuesday.At(9, 0)) {
		t.Errorf("opens %v", opens)
	}
}

// TestAClockSetBackTakesNothingOfDays: an outage of no length is a clock that was set
// back; who could do that again and again would hold a result open for ever.
func TestAClockSetBackTakesNothingOfDays(t *testing.T) {
	end := calendar.Date("2026-12-11").At(0, 0)
	at := end.Add(-10 * time.Minute)
	none := Outage{From: at, Until: at}
	if later, lost := none.DefersPublicity(end, Hours{}); lost || !later.Equal(end) {
		t.Errorf("publicity until %s", later)
	}
	if later, lost := none.DefersRegistration(end, Hours{}); lost || !later.Equal(end) {
		t.Errorf("registration until %s", later)
	}
}
