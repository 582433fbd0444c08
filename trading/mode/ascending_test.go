package mode_test

import (
	"math"
	"slices"
	"strings"
	"testing"
	"time"

	"sunlot/internal/fault"
	"sunlot/internal/money"
	"sunlot/trading/mode"
)

var (
	opens = time.Date(2026, 12, 8, 1, 0, 0, 0, time.UTC) // 09:00 in Beijing
	terms = mode.Ascending{
		Start:     40000,
		Step:      1000,
		MostSteps: 10,
		Free:      mode.Seconds(time.Hour),
		Window:    mode.Seconds(5 * time.Minute),
		Extend:    mode.Seconds(5 * time.Minute),
	}
	ends   = opens.Add(time.Hour)
	window = 5 * time.Minute
	extend = 5 * time.Minute
)

// ascending is the rising auction under the terms, as a lot has them.
func ascending(t testing.TB, terms mode.Ascending) mode.Rules {
	by, err := mode.Of("ascending/1", terms.Terms())
	if err != nil {
		t.Fatal(err)
	}
	return by
}

// ranges is what the next raise may be.
func ranges(t testing.TB, by mode.Rules, b mode.Board) (least, most money.Fen) {
	may, err := by.Choices(b, mode.Bidder{})
	if err != nil {
		t.Fatal(err)
	}
	return may.Least, may.Most
}

// offered says whether the bidder is offered the leading price.
func offered(t testing.TB, by mode.Rules, b mode.Board, bidder string, rank int) bool {
	may, err := by.Choices(b, mode.Bidder{Number: bidder, Rank: rank})
	if err != nil {
		t.Fatal(err)
	}
	return slices.ContainsFunc(may.List, func(c mode.Choice) bool { return c.Match && c.Price == b.Leading.Price })
}

func TestFindUnknown(t *testing.T) {
	if _, err := mode.Find("guess"); fault.CodeOf(err) != fault.Invalid {
		t.Errorf("an unknown mode is refused, got %v", err)
	}
}

// led is a board on which somebody of that rank leads at 41,000 fen.
func led(t testing.TB, rank int) mode.Board {
	b, err := ascending(t, terms).Accept(ascending(t, terms).Open(opens), mode.Offer{
		Bidder: "A03",
		Rank:   rank,
		Price:  41000,
		At:     opens,
	})
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func TestAscendingTakes(t *testing.T) {
	open := ascending(t, terms).Open(opens)
	edge := ends.Add(-window)
	for name, c := range map[string]struct {
		board mode.Board
		offer mode.Offer
		end   time.Time
	}{
		"first at the start price": {open, mode.Offer{Price: 40000, At: opens}, ends},
		"first with all steps":     {open, mode.Offer{Price: 50000, At: opens}, ends},
		"a step":                   {led(t, 0), mode.Offer{Price: 42000, At: opens}, ends},
		"a step and a fen":         {led(t, 0), mode.Offer{Price: 42001, At: opens}, ends},
		"all steps":                {led(t, 0), mode.Offer{Price: 51000, At: opens}, ends},
		"before the window":        {led(t, 0), mode.Offer{Price: 42000, At: edge.Add(-time.Millisecond)}, ends},
		"at the window":            {led(t, 0), mode.Offer{Price: 42000, At: edge}, ends},
		"in the window": {led(t, 0), mode.Offer{
			Price: 42000,
			At:    edge.Add(time.Millisecond),
		}, ends.Add(time.Millisecond)},
		"the last millisecond": {led(t, 0), mode.Offer{
			Price: 42000,
			At:    ends.Add(-time.Millisecond),
		}, ends.Add(extend - time.Millisecond)},
		"a member matches an outsider": {led(t, 0), mode.Offer{Rank: 1, Match: true, Price: 41000, At: opens}, ends},
		"a lessee matches an outsider": {led(t, 0), mode.Offer{Rank: 2, Match: true, Price: 41000, At: opens}, ends},
		"a member matches a lessee":    {led(t, 2), mode.Offer{Rank: 1, Match: true, Price: 41000, At: opens}, ends},
		"a match in the window": {led(t, 0), mode.Offer{
			Rank:  1,
			Match: true,
			Price: 41000,
			At:    ends.Add(-time.Minute),
		}, ends.Add(4 * time.Minute)},
		"a member raises over a member":   {led(t, 1), mode.Offer{Rank: 1, Price: 42000, At: opens}, ends},
		"an outsider raises over a right": {led(t, 1), mode.Offer{Price: 42000, At: opens}, ends},
	} {
		t.Run(name, func(t *testing.T) {
			c.offer.Bidder = "A07"
			b, err := ascending(t, terms).Accept(c.board, c.offer)
			if err != nil || !b.EndsAt.Equal(c.end) || b.Leading != c.offer || b.Bids != c.board.Bids+1 ||
				!b.OpensAt.Equal(opens) {
				t.Errorf("got %+v, %v; want the end %v", b, err, c.end)
			}
		})
	}
}

func TestAscendingRefuses(t *testing.T) {
	open := ascending(t, terms).Open(opens)
	inside := opens.Add(time.Minute)
	for name, c := range map[string]struct {
		board mode.Board
		offer mode.Offer
		code  fault.Code
		says  string
		field bool
	}{
		"before the beginning": {open, mode.Offer{
			Price: 40000,
			At:    opens.Add(-time.Millisecond),
		}, fault.Conflict, "09:00:00", false},
		"at the end": {open, mode.Offer{Price: 40000, At: ends}, fault.Conflict, "10:00:00", false},
		"after the end": {led(t, 0), mode.Offer{
			Price: 42000,
			At:    ends.Add(time.Hour),
		}, fault.Conflict, "10:00:00", false},
		"the leader": {led(t, 0), mode.Offer{
			Bidder: "A03",
			Price:  42000,
			At:     inside,
		}, fault.Conflict, "您的报价已经领先", false},
		"the leader matches himself": {led(t, 0), mode.Offer{
			Bidder: "A03",
			Rank:   1,
			Match:  true,
			Price:  41000,
			At:     inside,
		}, fault.Conflict, "您的报价已经领先", false},
		"under the start price": {open, mode.Offer{Price: 39999, At: inside}, fault.Invalid, "400.00", true},
		"less than a step":      {led(t, 0), mode.Offer{Price: 41999, At: inside}, fault.Invalid, "420.00", true},
		"the leading price":     {led(t, 0), mode.Offer{Price: 41000, At: inside}, fault.Invalid, "420.00", true},
		"below zero": {open, mode.Offer{
			Price: math.MinInt64,
			At:    inside,
		}, fault.Invalid, "400.00", true},
		"first over the most": {open, mode.Offer{Price: 50001, At: inside}, fault.Invalid, "500.00", true},
		"over the most":       {led(t, 0), mode.Offer{Price: 51001, At: inside}, fault.Invalid, "510.00", true},
		"a number too many": {led(t, 0), mode.Offer{
			Price: math.MaxInt64,
			At:    inside,
		}, fault.Invalid, "510.00", true},
		"a match without a right": {led(t, 0), mode.Offer{
			Match: true,
			Price: 41000,
			At:    inside,
		}, fault.Forbidden, "优先权", false},
		"a match of a rank below 0": {led(t, 0), mode.Offer{
			Rank:  -1,
			Match: true,
			Price: 41000,
			At:    inside,
		}, fault.Forbidden, "优先权", false},
		"a match of nothing": {open, mode.Offer{
			Rank:  1,
			Match: true,
			Price: 40000,
			At:    inside,
		}, fault.Conflict, "暂无报价", false},
		"a match of the same rank": {led(t, 1), mode.Offer{
			Rank:  1,
			Match: true,
			Price: 41000,
			At:    inside,
		}, fault.Conflict, "同价时先报价的优先", false},
		"a match of a better rank": {led(t, 1), mode.Offer{
			Rank:  2,
			Match: true,
			Price: 41000,
			At:    inside,
		}, fault.Conflict, "同价时先报价的优先", false},
		"a match at yesterday's": {led(t, 0), mode.Offer{
			Rank:  1,
			Match: true,
			Price: 40000,
			At:    inside,
		}, fault.Invalid, "410.00", true},
		"a match above": {led(t, 0), mode.Offer{
			Rank:  1,
			Match: true,
			Price: 42000,
			At:    inside,
		}, fault.Invalid, "410.00", true},
		"a match at the end": {led(t, 0), mode.Offer{
			Rank:  1,
			Match: true,
			Price: 41000,
			At:    ends,
		}, fault.Conflict, "10:00:00", false},
		"a match before the opening,": {open, mode.Offer{
			Rank:  1,
			Match: true,
			Price: 40000,
			At:    opens.Add(-1),
		}, fault.Conflict, "09:00:00", false},
	} {
		t.Run(name, func(t *testing.T) {
			if c.offer.Bidder == "" {
				c.offer.Bidder = "A07"
			}
			b, err := ascending(t, terms).Accept(c.board, c.offer)
			fields := fault.FieldsOf(err)
			if fault.CodeOf(err) != c.code || !strings.Contains(err.Error(), c.says) ||
				(len(fields) == 1 && fields[0].Name == "price") != c.field {
				t.Errorf("got %v; want %s saying %q", err, c.code, c.says)
			}
			if b != c.board {
				t.Errorf("a refused offer changed the board: %+v", b)
			}
		})
	}
}

// TestAscendingAtTheLimit bids where sums no longer fit.
func TestAscendingAtTheLimit(t *testing.T) {
	wide := terms
	wide.MostSteps, wide.Step = math.MaxInt, money.PriceLimit/2
	m := ascending(t, wide)
	b := m.Open(opens)
	if least, most := ranges(t, m, b); least != wide.Start || most != money.PriceLimit {
		t.Errorf("the range ends at the limit: got %d to %d", least, most)
	}
	b, err := m.Accept(b, mode.Offer{Bidder: "A03", Price: money.PriceLimit - 1, At: opens})
	if err != nil {
		t.Fatal(err)
	}
	for _, price := range []money.Fen{money.PriceLimit - 1, money.PriceLimit, money.PriceLimit + 1,
		money.PriceLimit + wide.Step, math.MaxInt64} {
		if _, err := m.Accept(b, mode.Offer{
			Bidder: "A07",
			Price:  price,
			At:     opens,
		}); fault.CodeOf(err) != fault.Conflict {
			t.Errorf("no raise is left at the limit, %d: got %v", price, err)
		}
	}
	if _, err := m.Accept(b, mode.Offer{
		Bidder: "A07",
		Rank:   1,
		Match:  true,
		Price:  money.PriceLimit - 1,
		At:     opens,
	}); err != nil {
		t.Errorf("a match is possible at the limit: %v", err)
	}
}
