package bidding_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"sunlot/internal/calendar"
	"sunlot/internal/casework"
	"sunlot/internal/fault"

	"sunlot/internal/store/storetest"
	"sunlot/internal/store/tradingdb"
	"sunlot/trading"
	"sunlot/trading/tradingtest"
)

// TestNoBeatIsKnown: after an update, or with data that were restored, nobody knows
// when a server wrote last. The newest event tells it, and until it is told
// nothing is closed.
func TestNoBeatIsKnown(t *testing.T) {
	for name, bids := range map[string]bool{"nothing since the opening": false, "a bid since": true} {
		t.Run(name, func(t *testing.T) {
			tradingtest.Each(t, func(t *testing.T, v *tradingtest.Village) {
				b := v.Bidder("waicun", "")
				l := v.Open(b)
				lost := l.Board.OpensAt
				if bids {
					lost = lost.Add(20 * time.Minute)
					_, err := v.Bid(b, l.ID, lost, 40000, false)
					tradingtest.Must(t, err)
				}
				storetest.Exec(t, v.DB, "DELETE FROM beats")
				v.Clock.Set(l.ClosesAt().Add(30 * time.Minute))
				tradingtest.Must(t, v.Bidding.CloseLot(t.Context(), l.ID))
				if got := v.Lot(l.ID); got.State != trading.Bidding || got.Breaks != 0 {
					t.Fatalf("%s before anybody knows what was lost", got.State)
				}
				passes(v, 0, true)
				got := v.Lot(l.ID)
				want := v.Clock.Now().Add(l.Board.EndsAt.Sub(lost))
				if got.State != trading.Bidding || !near(got.Board.EndsAt, want) || got.Breaks != 1 {
					t.Errorf("%s, ends %v, %d breaks; want %v", got.State, got.Board.EndsAt, got.Breaks, want)
				}
			})
		})
	}
}

// TestAnEventProvesService: what was recorded while no beat was is no part of an
// outage, and a bid right after the return hides none.
func TestAnEventProvesService(t *testing.T) {
	for name, known := range map[string]bool{"a beat is known": true, "none is known": false} {
		t.Run(name, func(t *testing.T) {
			tradingtest.Each(t, func(t *testing.T, v *tradingtest.Village) {
				b, other := v.Bidder("waicun", ""), v.Bidder("linjia", "")
				l := v.Open(b, other)
				passes(v, 20*time.Minute-time.Second, true)
				back := l.Board.OpensAt.Add(35 * time.Minute)
				_, err := v.Bid(b, l.ID, back.Add(-15*time.Minute), 40000, false)
				tradingtest.Must(t, err)
				_, err = v.Bid(other, l.ID, back, 42000, false)
				tradingtest.Must(t, err)
				v.Clock.Set(back.Add(time.Second))
				turned(v, nodes(v)[0], -15*time.Minute-2*time.Second)
				if !known {
					storetest.Exec(t, v.DB, "DELETE FROM beats")
				}
				passes(v, 0, true)
				got := v.Lot(l.ID)
				if got.Breaks != 1 || !got.Broken.From.Equal(back.Add(-15*time.Minute)) ||
					!got.Broken.Until.Equal(back) ||
					!near(got.Board.EndsAt, l.Board.EndsAt.Add(15*time.Minute)) {
					t.Errorf("%d breaks, %+v, ends %v", got.Breaks, got.Broken, got.Board.EndsAt)
				}
			})
		})
	}
}

// turned sets a node's clock, as its next beat shows it: by is how far forward its
// former beats then lie.
func turned(v *tradingtest.Village, node string, by time.Duration) {
	storetest.Exec(v.T, v.DB, "UPDATE beats SET last_at = last_at + ? WHERE node = ?", by.Milliseconds(), node)
}

func nodes(v *tradingtest.Village) []string {
	return storetest.Query[string](v.T, v.DB, "SELECT node FROM beats")
}

// TestAClockSetBack: what is lost after a clock was set back is given back, although
// an older beat is later by it; and whoever comes back by such a clock has an
// extension's time.
func TestAClockSetBack(t *testing.T) {
	for name, c := range map[string]struct{ served, end time.Duration }{
		"in the middle":       {10 * time.Minute, 70 * time.Minute},
		"over the last three": {57 * time.Minute, 72 * time.Minute},
	} {
		t.Run(name, func(t *testing.T) {
			tradingtest.Each(t, func(t *testing.T, v *tradingtest.Village) {
				l := v.Open(v.Bidder("waicun", ""))
				passes(v, c.served, true)
				turned(v, nodes(v)[0], time.Hour)
				silent := closes(v, l)
				passes(v, 10*time.Minute, false)
				if got := v.Lot(l.ID); !silent || got.State != trading.Bidding ||
					!near(got.Board.EndsAt, l.Board.OpensAt.Add(c.end)) {
					t.Errorf("%s, ends %v after the opening; want %v", got.State,
						got.Board.EndsAt.Sub(l.Board.OpensAt), c.end)
				}
			})
		})
	}
}

// closes says whether the lot would not be closed now.
func closes(v *tradingtest.Village, l trading.Lot) (held bool) {
	now := v.Clock.Now()
	v.Clock.Set(l.ClosesAt())
	tradingtest.Must(v.T, v.Bidding.CloseLot(v.T.Context(), l.ID))
	v.Clock.Set(now)
	return v.Lot(l.ID).State == trading.Bidding
}

// TestOneOfTwoClocks: a lot is in service while any node beats. A clock that is
// wrong at one of two neither makes an outage of the other's service nor hides one.
func TestOneOfTwoClocks(t *testing.T) {
	for name, by := range map[string]time.Duration{"back": -time.Hour, "ahead": time.Hour} {
		t.Run(name, func(t *testing.T) {
			tradingtest.Each(t, func(t *testing.T, v *tradingtest.Village) {
				l := v.Open(v.Bidder("waicun", ""))
				passes(v, time.Minute, true)
				right := nodes(v)[0]
				other := tradingdb.On(v.DB.Trading().DB)
				tradingtest.Must(t, other.Beat(t.Context(), 5*time.Second))
				for _, n := range nodes(v) {
					if n != right {
						turned(v, n, by)
					}
				}
				passes(v, time.Minute, true)
				if got := v.Lot(l.ID); got.Breaks != 0 || len(nodes(v)) != 2 {
					t.Fatalf("%d breaks with %d nodes, and one was there all the time", got.Breaks, len(nodes(v)))
				}
				v.Clock.Set(v.Clock.Now().Add(10 * time.Minute))
				turned(v, right, -10*time.Minute)
				passes(v, 0, true)
				if got := v.Lot(l.ID); got.Breaks != 1 || !near(got.Board.EndsAt, l.Board.EndsAt.Add(10*time.Minute)) {
					t.Errorf("%d breaks, ends %v; it ended %v", got.Breaks, got.Board.EndsAt, l.Board.EndsAt)
				}
			})
		})
	}
}

// TestABidRightAfterAnOutage: whoever bids at once when the server is back is never
// told that the bid is late, although the end has passed: it waits until it is
// known what was lost, and then it counts.
func TestABidRightAfterAnOutage(t *testing.T) {
	tradingtest.Each(t, func(t *testing.T, v *tradingtest.Village) {
		b, other := v.Bidder("waicun", ""), v.Bidder("linjia", "")
		l := v.Open(b, other)
		passes(v, 55*time.Minute, true)
		v.Clock.Set(l.Board.EndsAt.Add(time.Second))
		turned(v, nodes(v)[0], -6*time.Minute)
		_, err := v.Bid(b, l.ID, v.Clock.Now(), 40000, false)
		tradingtest.Want(t, err, fault.Unavailable, "")

		tradingtest.Must(t, v.DB.Beat(t.Context(), 5*time.Second))
		_, err = v.Bid(b, l.ID, v.Clock.Now(), 40000, false)
		tradingtest.Must(t, err)
		_, err = v.Bid(other, l.ID, v.Clock.Now(), 42000, false)
		tradingtest.Must(t, err)
		kinds := tradingtest.Kinds(t, v, l.Stream())
		if !slices.Equal(kinds, []string{"lot.opened", "lot.resumed", "bid.placed", "bid.placed"}) {
			t.Errorf("the stream has %v", kinds)
		}
		if got := v.Lot(l.ID); got.Breaks != 1 || got.Board.Bids != 2 || !got.Board.EndsAt.After(l.Board.EndsAt) {
			t.Errorf("%d breaks, %d bids, ends %v", got.Breaks, got.Board.Bids, got.Board.EndsAt)
		}
		late := v.Lot(l.ID).Board.EndsAt
		v.Clock.Set(late)
		_, err = v.Bid(b, l.ID, late, 44000, false)
		if tradingtest.Want(t, err, fault.Conflict, ""); !strings.Contains(err.Error(), "在这以后才收到") {
			t.Error("a bid after the end that nothing moves:", err)
		}
	})
}

// TestAnEndIsMovedToAMorning: down for the day, the bidding goes on the next working
// morning; and where that is past the first day of the lease it has failed, in
// words, and the deposits go back.
func TestAnEndIsMovedToAMorning(t *testing.T) {
	for name, c := range map[string]struct {
		starts int // days after the opening
		state  casework.State
	}{"long before the lease": {2, trading.Bidding}, "on the lease's first day": {1, trading.Failed}} {
		t.Run(name, func(t *testing.T) {
			tradingtest.Each(t, func(t *testing.T, v *tradingtest.Village) {
				b := v.Bidder("waicun", "")
				l := v.Open(b)
				_, err := v.Bid(b, l.ID, l.Board.OpensAt.Add(time.Minute), 40000, false)
				tradingtest.Must(t, err)
				starts := calendar.DateOf(l.Board.OpensAt).AddDays(c.starts)
				storetest.Exec(t, v.DB, "UPDATE tenders SET starts_on = ? WHERE id = ?", string(starts), l.Tender)
				passes(v, 10*time.Minute, true)
				passes(v, 12*time.Hour, false)
				got := v.Lot(l.ID)
				if want := l.Board.EndsAt.Add(24*time.Hour - 11*time.Minute); got.State != c.state ||
					!near(got.Board.EndsAt, want) {
					t.Errorf("%s, ends %v, want %v", got.State, got.Board.EndsAt, want)
				}
				kinds := tradingtest.Kinds(t, v, l.Stream())
				if ended := slices.Contains(kinds, "lot.failed"); ended != (c.state == trading.Failed) {
					t.Errorf("the stream has %v", kinds)
				}
			})
		})
	}
}
