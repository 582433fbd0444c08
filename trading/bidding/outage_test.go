package bidding_test

import (
	"context"
	"slices"
	"testing"
	"time"

	"sunlot/internal/fault"
	"sunlot/internal/store/storetest"
	"sunlot/trading"
	"sunlot/trading/tradingtest"
)

// passes lets time go by with a server that writes, or with none.
func passes(v *tradingtest.Village, d time.Duration, served bool) {
	v.T.Helper()
	beat := func() { tradingtest.Must(v.T, v.DB.Beat(v.T.Context(), 5*time.Second)) }
	beat()
	v.Clock.Set(v.Clock.Now().Add(d))
	if !served {
		storetest.Exec(v.T, v.DB, "UPDATE beats SET last_at = last_at - ?", d.Milliseconds())
	}
	beat()
	tradingtest.Must(v.T, v.Bidding.Work(v.T.Context()))
	tradingtest.Must(v.T, v.Bidding.Work(v.T.Context())) // again does nothing
}

// near says whether an end is that instant, but for the moments that the test itself takes.
func near(at, want time.Time) bool {
	return !at.Before(want.Add(-time.Millisecond)) && at.Before(want.Add(4*time.Second))
}

func TestLostTimeIsGivenBack(t *testing.T) {
	const extend = 5 * time.Minute
	for name, c := range map[string]struct {
		before  time.Duration // how long it is served from the opening on
		lost    time.Duration
		end     time.Duration // from the opening
		resumed bool
	}{
		"an hour in the middle":       {10 * time.Minute, time.Hour, 2 * time.Hour, true},
		"an hour over the end":        {50 * time.Minute, time.Hour, 2 * time.Hour, true},
		"over the last three minutes": {57 * time.Minute, 10 * time.Minute, 67*time.Minute + extend, true},
		"in the grace": {time.Hour + 2*time.Second, time.Hour, 2*time.Hour + 2*time.Second + extend,
			true},
		"a restart within 5 s": {10 * time.Minute, 3 * time.Second, time.Hour, false},
	} {
		t.Run(name, func(t *testing.T) {
			tradingtest.Each(t, func(t *testing.T, v *tradingtest.Village) {
				b := v.Bidder("waicun", "")
				l := v.Open(b)
				opens := l.Board.OpensAt
				passes(v, c.before, true)
				passes(v, c.lost, false)
				got := v.Lot(l.ID)
				if got.State != trading.Bidding || !near(got.Board.EndsAt, opens.Add(c.end)) ||
					(got.Breaks == 1) != c.resumed {
					t.Fatalf("%s, ends %v after the opening, %d breaks; want %v", got.State,
						got.Board.EndsAt.Sub(opens),
						got.Breaks, c.end)
				}
				kinds := tradingtest.Kinds(t, v, l.Stream())
				if slices.Contains(kinds, "lot.resumed") != c.resumed {
					t.Errorf("the stream has %v", kinds)
				}
				if _, err := v.Bid(b, l.ID, got.Board.EndsAt.Add(-time.Second), 40000, false); err != nil {
					t.Error("whoever comes back may not bid:", err)
				}
				passes(v, v.Lot(l.ID).ClosesAt().Sub(v.Clock.Now()), true)
				room, err := v.Bidding.SeeRoom(t.Context(), v.Clerk, l.ID)
				if err != nil || room.Lot.State != trading.Awarded {
					t.Errorf("not closed after its time: %s, %v", room.Lot.State, err)
				}
			})
		})
	}
}

// TestDownFromTheOpening: nobody could bid for the whole hour; it is not a lot
// for which nobody wanted to bid.
func TestDownFromTheOpening(t *testing.T) {
	tradingtest.Each(t, func(t *testing.T, v *tradingtest.Village) {
		n, b := v.Tender(trading.Announced), v.Bidder("waicun", "")
		v.Enter(n.ID, b)
		v.Pay(n.ID, b)
		v.Admit(b)
		v.Clock.Set(n.OpensAt.Add(-time.Minute))
		passes(v, 0, true)
		passes(v, 2*time.Hour, false)
		l := v.Lot(n.ID)
		if l.State != trading.Bidding || !near(l.Board.EndsAt, v.Clock.Now().Add(time.Hour)) {
			t.Fatalf("%s, ends %v, it is %v", l.State, l.Board.EndsAt, v.Clock.Now())
		}
		if kinds := tradingtest.Kinds(t, v, l.Stream()); !slices.Equal(kinds, []string{"lot.opened", "lot.resumed"}) {
			t.Errorf("the stream has %v", kinds)
		}
		if room, err := v.Bidding.SeeRoom(t.Context(), v.Clerk, n.ID); err != nil || room.Lot.Head() != 2 {
			t.Errorf("the room goes up to %d, %v", room.Lot.Head(), err)
		}
	})
}

// TestNothingIsClosedInSilence: whoever comes back closes nothing before it is
// known what was lost, and a bid that came over the old end waits for it.
func TestNothingIsClosedInSilence(t *testing.T) {
	tradingtest.Each(t, func(t *testing.T, v *tradingtest.Village) {
		b := v.Bidder("waicun", "")
		l := v.Open(b)
		passes(v, 50*time.Minute, true)
		v.Clock.Set(l.ClosesAt())
		storetest.Exec(t, v.DB, "UPDATE beats SET last_at = last_at - ?", (10 * time.Minute).Milliseconds())
		tradingtest.Must(t, v.Bidding.CloseLot(t.Context(), l.ID))
		if got := v.Lot(l.ID); got.State != trading.Bidding || got.Breaks != 0 {
			t.Fatalf("closed while nobody knows: %s", got.State)
		}
		ctx, stop := context.WithCancel(t.Context())
		done := make(chan struct{})
		go func() { v.Bidding.Run(ctx); close(done) }()
		for range 100 {
			if v.Lot(l.ID).Breaks > 0 {
				break
			}
			time.Sleep(50 * time.Millisecond)
		}
		stop()
		<-done
		if got := v.Lot(l.ID); got.State != trading.Bidding || got.Breaks != 1 ||
			!got.Board.EndsAt.After(l.ClosesAt()) {
			t.Errorf("%s, %d breaks, ends %v", got.State, got.Breaks, got.Board.EndsAt)
		}
		_, err := v.Bid(b, l.ID, v.Clock.Now(), 40000, false)
		tradingtest.Want(t, err, fault.Code(""), "")
	})
}

// TestOneNodeThatStays: while one of two writes there is no outage.
func TestOneNodeThatStays(t *testing.T) {
	tradingtest.Each(t, func(t *testing.T, v *tradingtest.Village) {
		l := v.Open(v.Bidder("waicun", ""))
		for range 12 { // the other one, all the time; ours comes back after an hour
			passes(v, 4*time.Second, true)
			storetest.Exec(t, v.DB, "UPDATE beats SET last_at = last_at - 4000")
		}
		passes(v, time.Second, true)
		if got := v.Lot(l.ID); got.Breaks != 0 || !got.Board.EndsAt.Equal(l.Board.EndsAt) {
			t.Errorf("%d breaks, ends %v", got.Breaks, got.Board.EndsAt)
		}
	})
}
