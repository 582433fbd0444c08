package bidding_test

import (
	"context"
	"fmt"
	"os"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"sunlot/internal/event"
	"sunlot/internal/fault"
	"sunlot/internal/identity"
	"sunlot/internal/money"
	"sunlot/internal/store"
	"sunlot/internal/store/storetest"
	"sunlot/trading"
	"sunlot/trading/bidding"
	"sunlot/trading/mode"
	"sunlot/trading/statement"
	"sunlot/trading/tradingtest"
)

// tries is how many bids fall into a lot's last two seconds; the long form is by SUNLOT_TRIES.
func tries() int {
	if n, err := strconv.Atoi(os.Getenv("SUNLOT_TRIES")); err == nil && n > 0 {
		return n
	}
	return 2000
}

// rush is a lot before its end at which many bid, at one node or several.
type rush struct {
	v       *tradingtest.Village
	nodes   []*bidding.Service
	bidders []*tradingtest.Bidder
	lot     trading.Lot

	mu       sync.Mutex // owns what follows
	accepted map[int64]trading.Receipt
	counts   map[string]int
	wrong    []string
}

// prepareRush opens a lot whose end no bid moves, so that before and after it are
// told apart to the millisecond.
func prepareRush(t *testing.T, c store.Config, nodes int) *rush {
	clock := &tradingtest.Clock{}
	clock.Set(tradingtest.Monday)
	c.Clock = clock
	v := tradingtest.New(t, storetest.Open(t, c), clock)
	r := &rush{v: v, nodes: []*bidding.Service{v.Bidding}, accepted: map[int64]trading.Receipt{},
		counts: map[string]int{}}
	for len(r.nodes) < nodes {
		other, db := *v.Bidding, storetest.Open(t, c)
		other.LotStore = db
		other.StatementStore = db
		r.nodes = append(r.nodes, &other)
	}
	for i := range 16 {
		r.bidders = append(r.bidders, v.Bidder(fmt.Sprintf("jing%d", i), ""))
	}
	r.lot = v.Open(r.bidders...)
	tradingtest.Must(t, v.DB.WorkLot(t.Context(), func(tx bidding.LotTx) error {
		l, err := tx.Lot(r.lot.ID, identity.Everywhere)
		if err != nil {
			return err
		}
		terms, err := mode.AscendingOf(l.Terms)
		terms.Step, terms.MostSteps, terms.Window = 1, 1_000_000, 0
		l.Terms = terms.Terms()
		r.lot = l
		if err != nil {
			return err
		}
		return tx.SaveLot(l)
	}))
	return r
}

// statementOf is a bank's file of so many payments that are nobody's.
func statementOf(rows int, at time.Time) []byte {
	lines := make([]statement.Line, rows)
	for i := range lines {
		lines[i] = statement.Line{
			Serial:  fmt.Sprintf("RUSH%d", i),
			PaidAt:  at,
			Payer:   fmt.Sprintf("过路人%d", i),
			Account: fmt.Sprintf("6217%012d", i),
			Amount:  money.Fen(10000 + i),
			Memo:    "往来款",
		}
	}
	return tradingtest.Statement(lines...)
}

// play lets the clock run over the end while everybody bids, the lot is being
// closed by every node, and the station imports.
func (r *rush) play(many, rows int) {
	t := r.v.T
	begin := r.lot.Board.EndsAt.Add(-3 * time.Second)
	file := statementOf(rows, begin.Add(-24*time.Hour))
	start := time.Now()
	now := func() time.Time { return begin.Add(time.Since(start)) }
	ctx, stop := context.WithCancel(t.Context())
	var loops, all sync.WaitGroup
	loops.Go(func() {
		for ; ctx.Err() == nil; time.Sleep(time.Millisecond) {
			r.v.Clock.Set(now())
		}
	})
	for _, node := range r.nodes {
		loops.Go(func() { node.Run(ctx) })
	}
	all.Go(func() {
		last := r.nodes[len(r.nodes)-1]
		_, err := last.ImportStatement(t.Context(), r.v.Station, event.NewID(), bidding.StatementForm{File: file})
		if err != nil {
			t.Errorf("the import: %v", err)
		}
	})
	for i := range many + many/5 {
		all.Go(func() {
			time.Sleep(time.Second + time.Duration(i)*2*time.Second/time.Duration(many) - time.Since(start))
			r.try(i)
		})
	}
	all.Wait()
	for r.v.Lot(r.lot.ID).State == trading.Bidding && now().Before(r.lot.ClosesAt().Add(20*time.Second)) {
		time.Sleep(50 * time.Millisecond)
	}
	stop()
	loops.Wait()
}

// try is one bid. Only its receipt says whether it came in time.
func (r *rush) try(i int) {
	form := trading.BidForm{Lot: r.lot.ID, Price: r.lot.Terms.Start + money.Fen(i)}
	received := r.v.Clock.Now()
	receipt, err := r.nodes[i%len(r.nodes)].PlaceBid(r.v.T.Context(), r.bidders[i%len(r.bidders)].Actor,
		event.NewID(), form, received)
	answered := r.v.Clock.Now()
	r.mu.Lock()
	defer r.mu.Unlock()
	inTime := received.Before(r.lot.Board.EndsAt)
	said, right := "too low, or led already", inTime
	switch {
	case err == nil:
		said, right = "accepted", inTime && receipt.At.Equal(received)
		r.accepted[receipt.Seq] = receipt
	case strings.Contains(err.Error(), "在这以后才收到"):
		said, right = "late", !inTime
	case fault.CodeOf(err) == fault.Unavailable:
		said, right = "unavailable", inTime && answered.Sub(received) >= trading.Grace
	case fault.CodeOf(err) != fault.Invalid && fault.CodeOf(err) != fault.Conflict:
		said, right = err.Error(), false
	}
	r.counts[said]++
	if !right && len(r.wrong) < 5 {
		r.wrong = append(r.wrong, fmt.Sprintf("received %v, the end is %v, answered %v: %s", received,
			r.lot.Board.EndsAt, answered, said))
	}
}

// check reads the record: what was accepted is there, held no longer than the
// grace, and the highest has won, after the grace.
func (r *rush) check(many, rows int) {
	t := r.v.T
	for _, w := range r.wrong {
		t.Error(w)
	}
	longest := time.Duration(0)
	var highest money.Fen
	placed, closed := 0, event.Event{}
	for after, more := int64(0), true; more; {
		some, err := r.v.DB.Events(t.Context(), r.lot.Stream(), after, 1000)
		tradingtest.Must(t, err)
		more = len(some) > 0
		for _, e := range some {
			after = e.Seq
			switch e.Kind {
			case "bid.placed":
				placed++
				told := r.accepted[e.Seq]
				highest = max(highest, told.Price)
				longest = max(longest, e.At.Sub(told.At))
			case "lot.closed":
				closed = e
			}
		}
	}
	l := r.v.Lot(r.lot.ID)
	if placed != len(r.accepted) || placed == 0 || longest >= trading.Grace {
		t.Errorf("%d in the record, %d were told so, the longest was held %v", placed, len(r.accepted), longest)
	}
	if l.State != trading.Awarded || l.Board.Leading.Price != highest || closed.At.Before(l.ClosesAt()) {
		t.Errorf("the lot is %s at %v, led by %+v; the highest is %v", l.State, closed.At, l.Board.Leading, highest)
	}
	t.Logf("%d tries in the last 2 s and %d after, %d nodes, %d rows imported beside: %v; held at most %v", many,
		many/5, len(r.nodes), rows, r.counts, longest)
}

// TestTriesInTheLastTwoSeconds: a bid counts if and only if it arrived before the
// end, whatever is imported beside it and at however many nodes; none is held
// longer than the grace unless it is answered that it was not carried out.
func TestTriesInTheLastTwoSeconds(t *testing.T) {
	many := tries()
	rows := many / 2
	for name, c := range map[string]struct {
		config func(t *testing.T) store.Config
		nodes  int
	}{
		"one node":  {func(t *testing.T) store.Config { return store.Config{Dir: t.TempDir()} }, 1},
		"two nodes": {func(t *testing.T) store.Config { return store.Config{DSN: storetest.Schema(t)} }, 2},
	} {
		t.Run(name, func(t *testing.T) {
			r := prepareRush(t, c.config(t), c.nodes)
			r.play(many, rows)
			r.check(many, rows)
		})
	}
}

// TestOneBatchGoesByReceipt: what waits for the same lot is decided in the order
// in which it was received, not in that in which it came to the database.
func TestOneBatchGoesByReceipt(t *testing.T) {
	tradingtest.Each(t, func(t *testing.T, v *tradingtest.Village) {
		first, second := v.Bidder("xian", ""), v.Bidder("hou", "")
		l := v.Open(first, second)
		v.Clock.Set(l.Board.OpensAt.Add(time.Second))
		locked, free := make(chan struct{}), make(chan struct{})
		var all sync.WaitGroup
		all.Go(func() {
			err := v.DB.WorkLot(t.Context(), func(tx bidding.LotTx) error {
				_, err := tx.Lot(l.ID, identity.Everywhere)
				close(locked)
				<-free
				return err
			})
			if err != nil {
				t.Error(err)
			}
		})
		<-locked
		place := func(b *tradingtest.Bidder, price money.Fen, ms time.Duration, want fault.Code) {
			all.Go(func() {
				_, err := v.Bidding.PlaceBid(t.Context(), b.Actor, event.NewID(), trading.BidForm{
					Lot:   l.ID,
					Price: price,
				},
					l.Board.OpensAt.Add(ms*time.Millisecond))
				if fault.CodeOf(err) != want {
					t.Errorf("received after %d ms: %v", ms, err)
				}
			})
			time.Sleep(50 * time.Millisecond)
		}
		place(first, 39999, 1, fault.Invalid) // keeps the line busy
		place(second, 42000, 900, "")
		place(first, 40000, 100, "")
		close(free)
		all.Wait()
		if lead := v.Lot(l.ID).Board; lead.Leading.Price != 42000 || lead.Bids != 2 {
			t.Errorf("the board: %+v", lead)
		}
	})
}

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
				room, err := v.Bidding.SeeRoom(t.Context(), v.Clerk, l.ID, bidding.MostBids)
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
		v.Enter(n.Lot, b)
		v.Pay(n.Lot, b)
		v.Admit(b)
		v.Clock.Set(n.OpensAt.Add(-time.Minute))
		passes(v, 0, true)
		passes(v, 2*time.Hour, false)
		l := v.Lot(n.Lot)
		if l.State != trading.Bidding || !near(l.Board.EndsAt, v.Clock.Now().Add(time.Hour)) {
			t.Fatalf("%s, ends %v, it is %v", l.State, l.Board.EndsAt, v.Clock.Now())
		}
		if kinds := tradingtest.Kinds(t, v, l.Stream()); !slices.Equal(kinds, []string{"lot.opened", "lot.resumed"}) {
			t.Errorf("the stream has %v", kinds)
		}
		if room, err := v.Bidding.SeeRoom(t.Context(), v.Clerk, n.Lot, bidding.MostBids); err != nil ||
			room.Lot.Head() != 2 {
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
