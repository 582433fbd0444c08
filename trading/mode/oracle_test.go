package mode_test

import (
	"cmp"
	"math"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"sunlot/internal/money"
	"sunlot/trading/mode"
)

// tape is every offer ever made for a lot, and nothing else. It answers each
// question anew from all of them, in whole milliseconds.
type tape struct {
	terms mode.Ascending
	open  int64
	all   []mode.Offer
}

func ms(s mode.Seconds) int64 { return time.Duration(s).Milliseconds() }

// standing replays the tape: the offers that count, and the end they lead to.
func (p tape) standing() (counted []mode.Offer, end int64) {
	end = p.open + ms(p.terms.Free)
	for _, o := range p.all {
		at := o.At.UnixMilli()
		if at < p.open || at > end-1 || !p.counts(counted, o) {
			continue
		}
		counted = append(counted, o)
		if left := end - at; left <= ms(p.terms.Window) && left < ms(p.terms.Extend) {
			end += ms(p.terms.Extend) - left
		}
	}
	return counted, end
}

// counts says whether an offer inside the time follows those that count.
func (p tape) counts(counted []mode.Offer, o mode.Offer) bool {
	if len(counted) == 0 {
		return !o.Match && o.Price >= p.terms.Start && p.within(o.Price-p.terms.Start)
	}
	first := winner(counted)
	if first.Bidder == o.Bidder {
		return false
	}
	if o.Match {
		// A match counts if, among equals, it would be put first.
		return o.Rank > 0 && o.Price == first.Price && claim(o) < claim(first)
	}
	rise := o.Price - first.Price
	return rise > p.terms.Step-1 && p.within(rise)
}

// within says whether a rise is no more than the steps of one raise.
func (p tape) within(rise money.Fen) bool {
	whole := rise / p.terms.Step
	return whole < money.Fen(p.terms.MostSteps) || whole == money.Fen(p.terms.MostSteps) && rise%p.terms.Step == 0
}

// winner sorts all offers that count: price, then right, then time.
func winner(counted []mode.Offer) mode.Offer {
	return slices.MinFunc(counted, func(x, y mode.Offer) int {
		return cmp.Or(cmp.Compare(y.Price, x.Price), cmp.Compare(claim(x), claim(y)), x.At.Compare(y.At))
	})
}

// claim is the place of a rank in the queue.
func claim(o mode.Offer) int { return []int{9, 1, 2, 3}[o.Rank] }

// crowd draws terms and offers, many of them on the edges.
type crowd struct{ *rand.Rand }

func (r crowd) terms() mode.Ascending {
	minute := func(most int64) mode.Seconds {
		return mode.Seconds(time.Duration(r.Int64N(most*60_000)) * time.Millisecond)
	}
	return mode.Ascending{
		Start:     money.Fen(1 + r.Int64N(90_000)),
		Step:      money.Fen(1 + r.Int64N(3000)),
		MostSteps: 1 + r.IntN(12),
		Free:      mode.Seconds(time.Minute) + minute(10),
		Window:    minute(5),
		Extend:    minute(6),
	}
}

func (r crowd) at(t mode.Ascending, b mode.Board) time.Time {
	edge := b.EndsAt.Add(-time.Duration(t.Window))
	edge = []time.Time{b.OpensAt, b.EndsAt, b.EndsAt, edge, edge,
		b.EndsAt.Add(-time.Duration(t.Extend)),
		b.OpensAt.Add(time.Duration(r.Int64N(int64(b.EndsAt.Sub(b.OpensAt)))).Truncate(time.Millisecond))}[r.IntN(7)]
	return edge.Add(time.Duration(r.IntN(3)-1) * time.Millisecond)
}

func (r crowd) offer(t testing.TB, by mode.Rules, terms mode.Ascending, b mode.Board) mode.Offer {
	who := r.IntN(7)
	o := mode.Offer{
		Bidder: string(rune('A' + who)),
		Rank:   []int{0, 0, 0, 1, 1, 2, 3}[who],
		Match:  r.IntN(3) == 0,
		At:     r.at(terms, b),
	}
	least, most := ranges(t, by, b)
	o.Price = []money.Fen{least, least, least, most, b.Leading.Price, b.Leading.Price,
		least + money.Fen(r.Int64N(int64(most-least)+1)),
		money.Fen(r.Int64N(100_000) - 1000), money.Fen(r.Uint64()) >> 1}[r.IntN(9)] +
		money.Fen(r.IntN(3)-1)*money.Fen(r.IntN(2))
	if o.Match && r.IntN(4) > 0 {
		o.Price = b.Leading.Price
	}
	o.Price = min(o.Price, math.MaxInt64/2)
	return o
}

// TestAscendingAgainstTheTape plays 100,000 auctions. The mode, which sees only
// the board, and the tape, which has only the offers, must agree on every offer,
// leader and end.
func TestAscendingAgainstTheTape(t *testing.T) {
	const histories = 100_000
	r := crowd{rand.New(rand.NewPCG(20261208, 9))}
	var offers, raises, matches, extended int
	for n := range histories {
		p := tape{terms: r.terms(), open: opens.UnixMilli()}
		m := ascending(t, p.terms)
		b := m.Open(opens)
		played := 0
		for range 4 + r.IntN(12) {
			o := r.offer(t, m, p.terms, b)
			after, err := m.Accept(b, o)
			p.all = append(p.all, o)
			counted, end := p.standing()
			if accepted := len(counted) > played; (err == nil) != accepted {
				t.Fatalf("history %d: %+v on %+v under %+v: the mode says %v, the tape says %v", n, o, b, p.terms,
					err, accepted)
			}
			if after.EndsAt.UnixMilli() != end || after.Bids != len(counted) || len(counted) > 0 &&
				after.Leading != winner(counted) {
				t.Fatalf("history %d: after %+v under %+v: the board is %+v, the tape ends at %v with %+v", n, o,
					p.terms, after, time.UnixMilli(end).UTC(), counted)
			}
			if may := offered(t, m, b, o.Bidder, o.Rank); err == nil && o.Match && !may {
				t.Fatalf("history %d: a match was taken from whom the board does not offer it: %+v on %+v", n, o, b)
			}
			offers++
			if err == nil {
				raises++
				if o.Match {
					matches++
				}
				if after.EndsAt.After(b.EndsAt) {
					extended++
				}
			}
			b, played = after, len(counted)
		}
		counted, _ := p.standing()
		rises(t, n, counted)
		ranked(t, n, m, b, counted)
	}
	t.Logf("%d offers, %d accepted, %d of them matches, %d moved the end", offers, raises, matches, extended)
	if raises < histories || matches < histories/10 || extended < histories/10 {
		t.Error("the crowd is too tame to show anything")
	}
}

// ranked checks that each who bid has one place, in the order of a naive sort, and that
// nobody wins where nobody bid.
func ranked(t *testing.T, n int, by mode.Rules, b mode.Board, counted []mode.Offer) {
	t.Helper()
	outcome, err := by.Result(b, counted)
	if err != nil || (outcome.Why == mode.NoBid) != (len(counted) == 0) {
		t.Fatalf("history %d: %+v, %v after %d bids", n, outcome, err, len(counted))
	}
	left := slices.Clone(counted)
	for i, p := range outcome.Places {
		if len(left) == 0 || p.Offer != winner(left) || p.Reason == "" {
			t.Fatalf("history %d: place %d is %+v, left are %+v", n, i+1, p, left)
		}
		left = slices.DeleteFunc(left, func(o mode.Offer) bool { return o.Bidder == p.Offer.Bidder })
	}
	if len(left) > 0 {
		t.Fatalf("history %d: %+v have no place", n, left)
	}
}

// rises checks that prices only rise, but for one match by each holder at a price.
func rises(t *testing.T, n int, counted []mode.Offer) {
	t.Helper()
	matched := map[string]money.Fen{}
	for i, o := range counted {
		switch {
		case o.Match && matched[o.Bidder] == o.Price:
			t.Fatalf("history %d: %s matched twice at %d", n, o.Bidder, o.Price)
		case o.Match:
			matched[o.Bidder] = o.Price
		case i > 0 && o.Price <= counted[i-1].Price:
			t.Fatalf("history %d: %+v does not rise above %+v", n, o, counted[i-1])
		}
	}
}

// TestAscendingOffersTheMatch: whoever is shown the match may use it, and nobody else.
func TestAscendingOffersTheMatch(t *testing.T) {
	m := ascending(t, terms)
	for leader := range 3 {
		for rank := range 3 {
			b := led(t, leader)
			_, err := m.Accept(b, mode.Offer{
				Bidder: "A07",
				Rank:   rank,
				Match:  true,
				Price:  b.Leading.Price,
				At:     opens,
			})
			if offered(t, m, b, "A07", rank) != (err == nil) || offered(t, m, b, b.Leading.Bidder, rank) {
				t.Errorf("rank %d against %d: shown %v, answered %v", rank, leader, offered(t, m, b, "A07", rank), err)
			}
		}
	}
	if offered(t, m, m.Open(opens), "A07", 1) {
		t.Error("there is nothing to match before the first bid")
	}
}
