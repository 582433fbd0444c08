package tradingdb_test

import (
	"context"
	"errors"
	"fmt"
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
	"sunlot/trading/rules"
)

// quiet is for how long it counts that the server said it could write, which it does once.
const quiet = 5 * time.Minute

// auction opens that many lots, n1 and so on, to the bidders p1 and so on with
// the numbers 1001 and so on. The two counts have no common divisor. Prices rise
// from 40,000 fen by at least one.
func auction(t testing.TB, db *storetest.DB, lots, bidders int, ends time.Time, window, extend time.Duration) {
	t.Helper()
	if err := db.Beat(t.Context(), quiet); err != nil {
		t.Fatal(err)
	}
	lot, bidder := fmt.Sprintf("(1 + (i - 1) %% %d)", lots), fmt.Sprintf("(1 + (i - 1) %% %d)", bidders)
	storetest.Fill(t, db, []storetest.Filling{
		{Table: "orgs", Rows: 1, Columns: map[string]string{"id": "'c'", "path": "'/c/'"}},
		{
			Table:   "assets",
			Rows:    1,
			Columns: map[string]string{"id": "'a'", "owner_id": "'c'", "acting_id": "'c'", "path": "'/c/'"},
		},
		{Table: "resolutions", Rows: 1, Columns: map[string]string{"id": "'r'", "asset_id": "'a'"}},
		{
			Table: "tenders",
			Rows:  lots,
			Columns: map[string]string{
				"id":            "'t' || i",
				"asset_id":      "'a'",
				"resolution_id": "'r'",
				"state":         "'announced'",
			},
		},
		{
			Table: "lots",
			Rows:  lots,
			Columns: map[string]string{
				"id":             "'n' || i",
				"tender_id":      "'t' || i",
				"number":         "1",
				"path":           "'/c/'",
				"code":           "'BD' || i",
				"state":          "'bidding'",
				"mode":           "'ascending'",
				"area":           "100",
				"years":          "1",
				"register_until": "0",
				"start_price":    "40000",
				"opens_at":       "0",
				"ends_at":        fmt.Sprint(ends.UnixMilli()),
				"next_at":        fmt.Sprint(ends.UnixMilli()),
				"terms": "'" + string(mode.Ascending{
					Step:      1,
					MostSteps: 1000000000,
					Window:    mode.Seconds(window),
					Extend:    mode.Seconds(extend),
				}.Terms().Own) + "'",
				"board":          "''",
				"leading_bidder": "''",
				"event_seq":      "NULL",
				"leading_at":     "NULL",
			},
		},
		{Table: "people", Rows: bidders, Columns: map[string]string{"id": "'p' || i", "login": "'p' || i"}},
		{
			Table: "registrations",
			Rows:  lots * bidders,
			Columns: map[string]string{
				"id":        "'q' || i",
				"lot_id":    "'n' || " + lot,
				"person_id": "'p' || " + bidder,
				"standing":  "1",
				"state":     "'qualified'",
				"number":    "'' || (1000 + " + bidder + ")",
				"version":   "1",
			},
		},
	})
}

// each auction runs on both databases, at noon, an hour before the lots' end.
func eachAuction(t *testing.T, lots, bidders int,
	run func(t *testing.T, db *storetest.DB, clock *storetest.HandClock)) {
	t.Helper()
	storetest.EachConfig(t, func(t *testing.T, c store.Config) {
		clock := &storetest.HandClock{At: storetest.Noon}
		c.Clock = clock
		db := storetest.Open(t, c)
		auction(t, db, lots, bidders, storetest.Noon.Add(time.Hour), 0, 0)
		run(t, db, clock)
	})
}

// offer places a bid by the real use-case.
func offer(ctx context.Context, db *storetest.DB, lot string, bidder int, price money.Fen,
	request string) (trading.Receipt, error) {
	who := identity.Actor{
		PersonID:    fmt.Sprintf("p%d", bidder),
		Memberships: []identity.Membership{{Role: identity.BidderRole, Path: "/c/"}},
	}
	form := trading.BidForm{Lot: lot, Price: price}
	pack := func() rules.Pack { return rules.Pack{} } // no outage asks for its figures
	s := &bidding.Service{LotStore: db, Pack: pack, Quiet: quiet}
	return s.PlaceBid(ctx, who, request, form, db.Clock().Now())
}

// checkLots compares each lot with its bids, and these with the events, which
// are a contiguous chain, each with a leaf that waits for the log.
func checkLots(t *testing.T, db *storetest.DB, lots int) (bids map[event.Ref]trading.Bid) {
	t.Helper()
	bids = map[event.Ref]trading.Bid{}
	for i := range lots {
		id := fmt.Sprintf("n%d", i+1)
		l, err := db.Lot(t.Context(), id, identity.Everywhere)
		storetest.Must(t, err)
		of, err := db.Bids(t.Context(), id, 1_000_000)
		storetest.Must(t, err)
		if len(of) != l.Board.Bids {
			t.Errorf("%s counts %d bids and has %d", id, l.Board.Bids, len(of))
		}
		var events []event.Event
		for more := true; more; {
			some, err := db.Events(t.Context(), l.Stream(), int64(len(events)), 1000)
			storetest.Must(t, err)
			events, more = append(events, some...), len(some) > 0
		}
		if len(events) != len(of) {
			t.Fatalf("%s has %d events for %d bids", id, len(events), len(of))
		}
		last, prev := trading.Bid{}, ""
		for i, e := range events {
			b := of[len(of)-1-i]
			leaf, err := e.Leaf()
			storetest.Must(t, err)
			if e.Seq != int64(i+1) || e.Prev != prev || b.Seq != e.Seq || b.At.After(e.At) ||
				e.At.Sub(b.At) >= trading.Grace ||
				!strings.Contains(string(e.Facts), fmt.Sprintf(`"price":%d`, b.Price)) {
				t.Fatalf("%s: event %d does not follow %q or is not of the bid %+v: %s", id, i+1, prev, b, leaf)
			}
			if b.Price <= last.Price || b.EndsAt.Before(last.EndsAt) ||
				!last.EndsAt.IsZero() && !b.At.Before(last.EndsAt) || b.Number == last.Number {
				t.Fatalf("%s: %+v does not outbid %+v in time", id, b, last)
			}
			bids[event.Ref{Stream: l.Stream(), Seq: b.Seq}], last, prev = b, b, event.Hash(leaf)
		}
		if lead := l.Board.Leading; len(of) > 0 &&
			(lead.Bidder != last.Number || lead.Price != last.Price || !l.Board.EndsAt.Equal(last.EndsAt)) {
			t.Errorf("%s is led by %+v until %v, its last bid is %+v", id, lead, l.Board.EndsAt, last)
		}
	}
	if n := storetest.Rows(t, db, "outbox"); n != int64(len(bids)) {
		t.Errorf("%d leaves for %d bids", n, len(bids))
	}
	return bids
}

func TestABidOnce(t *testing.T) {
	t.Parallel()
	eachAuction(t, 2, 3, func(t *testing.T, db *storetest.DB, _ *storetest.HandClock) {
		ctx := t.Context()
		first, err := offer(ctx, db, "n1", 1, 40000, "request-1")
		if err != nil || first.Seq != 1 || first.Number != "1001" {
			t.Fatalf("%+v, %v", first, err)
		}
		if again, err := offer(ctx, db, "n1", 1, 40000, "request-1"); err != nil || again != first {
			t.Errorf("again: %+v, %v", again, err)
		}
		if _, err := offer(ctx, db, "n1", 1, 50000, "request-1"); fault.CodeOf(err) != fault.Conflict ||
			!strings.Contains(err.Error(), "已经提交过") {
			t.Errorf("other content: %v", err)
		}
		if _, err := offer(ctx, db, "n2", 1, 40000, "request-1"); fault.CodeOf(err) != fault.Conflict ||
			!strings.Contains(err.Error(), "已经提交过") {
			t.Errorf("the same in another lot: %v", err)
		}
		if _, found, err := db.ByRequest(ctx, "p1", "bid.place", "request-1"); !found || err != nil {
			t.Errorf("not found by its request: %v", err)
		}
		for lot, want := range map[string]fault.Code{
			"n1":                    fault.Invalid,
			"n9":                    fault.NotFound,
			"":                      fault.NotFound,
			"村":                     fault.NotFound,
			strings.Repeat("n", 99): fault.NotFound,
		} {
			if _, err := offer(ctx, db, lot, 2, 40000, "request-2"); fault.CodeOf(err) != want {
				t.Errorf("refused in %q: %v", lot, err)
			}
		}
		if _, err := offer(ctx, db, "n1", 9, 50000, "request-3"); fault.CodeOf(err) != fault.Forbidden {
			t.Errorf("a stranger: %v", err)
		}
		if _, found, _ := db.ByRequest(ctx, "p2", "bid.place", "request-2"); found {
			t.Error("a refused bid has left its request")
		}
		if n := storetest.Rows(t, db, "refusals"); n != 1 { // the stranger's
			t.Errorf("%d refusals noted", n)
		}
		checkLots(t, db, 2)
		if n := storetest.Rows(t, db, "streams"); n != 2 {
			t.Errorf("%d streams: only lots have one", n)
		}
	})
}

// Many twins of one request, alone and among others, make one bid.
func TestTwinBids(t *testing.T) {
	t.Parallel()
	eachAuction(t, 2, 5, func(t *testing.T, db *storetest.DB, _ *storetest.HandClock) {
		var all sync.WaitGroup
		for i := range 40 {
			all.Go(func() {
				r, err := offer(t.Context(), db, "n1", 1, 45000, "the-one-and-only")
				if err != nil || r.Price != 45000 {
					t.Errorf("a twin got %+v, %v", r, err)
				}
			})
			all.Go(func() { offer(t.Context(), db, "n2", 2+i%4, money.Fen(50000+i), fmt.Sprintf("request-%d", i)) })
		}
		all.Wait()
		if bids := checkLots(t, db, 2); len(bids) < 2 || bids[event.Ref{Stream: "lot:n1", Seq: 1}].Price != 45000 {
			t.Errorf("%d bids", len(bids))
		}
		if l, err := db.Lot(t.Context(), "n1", identity.Everywhere); err != nil || l.Board.Bids != 1 {
			t.Errorf("%d bids by one request, %v", l.Board.Bids, err)
		}
	})
}

// hold makes bids wait until release is called, and so share a transaction.
func hold(t *testing.T, db *storetest.DB) (release func()) {
	t.Helper()
	held, free := make(chan struct{}), make(chan struct{})
	go db.PlaceBid(context.Background(), event.Request{
		Actor:  "p1",
		Kind:   "hold",
		ID:     "hold-the-queue",
		Digest: storetest.Hash('0'),
	}, "n1", "p1", time.Now(), func(bidding.BidTx) (string, error) {
		close(held)
		<-free
		return "", errors.New("nothing")
	})
	<-held
	return func() { close(free) }
}

// placing is a decision that places a bid at the price and then ends as told.
func placing(price money.Fen, end func() error) func(bidding.BidTx) (string, error) {
	return func(tx bidding.BidTx) (string, error) {
		l := tx.Lot()
		r, _ := tx.Registration()
		l.Board.Bids, l.Board.Leading.Bidder, l.Board.Leading.Price = l.Board.Bids+1, r.Number, price
		b := trading.Bid{
			Lot:          l.ID,
			Registration: r.ID,
			PersonID:     r.PersonID,
			Number:       r.Number,
			Price:        price,
			At:           tx.At(),
			EndsAt:       l.Board.EndsAt,
		}
		seq, err := tx.Place(b, l, trading.BidFacts{Bidder: r.Number, Price: price})
		return fmt.Sprint(seq), errors.Join(err, end())
	}
}

// What one decision of a batch did before it failed is undone, and nobody else's.
func TestAFailedDecisionLeavesNothing(t *testing.T) {
	t.Parallel()
	eachAuction(t, 2, 3, func(t *testing.T, db *storetest.DB, _ *storetest.HandClock) {
		ends := map[string]func() error{
			"stands-1": func() error { return nil },
			"refused-": func() error { return fault.New(fault.Conflict, "不行") },
			"panics-1": func() error { panic("broken") },
			"stands-2": func() error { return nil },
			"foreign-": func() error { return nil },
		}
		release := hold(t, db)
		var all sync.WaitGroup
		for i, name := range []string{"stands-1", "refused-", "panics-1", "stands-2", "foreign-"} {
			all.Go(func() {
				person, lot := fmt.Sprintf("p%d", 1+i%3), fmt.Sprintf("n%d", 1+i/3)
				if name == "foreign-" { // nobody's registration, which the database refuses for the whole batch
					person, lot = "p9", "n1"
				}
				_, err := db.PlaceBid(t.Context(), event.Request{
					Actor:  person,
					Kind:   "bid.place",
					ID:     name,
					Digest: storetest.Hash('0'),
				}, lot, person, time.Now(),
					placing(money.Fen(40000+i), ends[name]))
				if (err == nil) != strings.HasPrefix(name, "stands") {
					t.Errorf("%s: %v", name, err)
				}
			})
			time.Sleep(20 * time.Millisecond) // in this order
		}
		release()
		all.Wait()
		bids := checkLots(t, db, 2)
		if len(bids) != 2 || bids[event.Ref{
			Stream: "lot:n1",
			Seq:    1,
		}].Price != 40000 || bids[event.Ref{Stream: "lot:n2", Seq: 1}].Price != 40003 {
			t.Errorf("stand: %+v", bids)
		}
		if n, m := storetest.Rows(t, db, "requests"), storetest.Rows(t, db, "refusals"); n != 2 || m != 1 {
			t.Errorf("%d requests, %d refusals", n, m)
		}
	})
}

// A caller who goes does not take the bid along.
func TestACallerWhoGoesUndoesNothing(t *testing.T) {
	t.Parallel()
	eachAuction(t, 1, 3, func(t *testing.T, db *storetest.DB, _ *storetest.HandClock) {
		release := hold(t, db)
		ctx, leave := context.WithCancel(t.Context())
		gone := make(chan error)
		go func() { _, err := offer(ctx, db, "n1", 1, 40000, "request-1"); gone <- err }()
		stays := make(chan error)
		time.Sleep(50 * time.Millisecond)
		go func() { _, err := offer(t.Context(), db, "n1", 2, 41000, "request-2"); stays <- err }()
		time.Sleep(50 * time.Millisecond)
		leave()
		if err := <-gone; fault.CodeOf(err) != fault.Unavailable {
			t.Errorf("who went: %v", err)
		}
		release()
		if err := <-stays; err != nil {
			t.Errorf("who stayed: %v", err)
		}
		if bids := checkLots(t, db, 1); len(bids) != 2 {
			t.Errorf("%d bids", len(bids))
		}
		if _, found, err := db.ByRequest(t.Context(), "p1", "bid.place", "request-1"); !found || err != nil {
			t.Errorf("the request does not tell that the bid stands: %v", err)
		}
	})
}

// The lot as it was before another node's last bid must not be bid on.
func TestTwoNodesBidOnTheSameLots(t *testing.T) {
	t.Parallel()
	dsn := storetest.Schema(t)
	nodes := []*storetest.DB{storetest.Open(t, store.Config{DSN: dsn}), storetest.Open(t, store.Config{DSN: dsn})}
	auction(t, nodes[0], 3, 7, time.Now().Add(time.Hour), 0, 0)
	var all sync.WaitGroup
	var mu sync.Mutex
	receipts := map[event.Ref]trading.Receipt{}
	for i := range 600 {
		all.Go(func() {
			r, err := offer(t.Context(), nodes[i%2], fmt.Sprintf("n%d", 1+i%3), 1+i%7, money.Fen(40000+i),
				fmt.Sprintf("request-%d", i/2*2))
			switch fault.CodeOf(err) {
			case fault.Invalid, fault.Conflict:
			default:
				if err != nil {
					t.Error(err)
				}
				mu.Lock()
				receipts[event.Ref{Stream: event.Of("lot", r.Lot), Seq: r.Seq}] = r
				mu.Unlock()
			}
		})
	}
	all.Wait()
	checkReceipts(t, checkLots(t, nodes[0], 3), receipts)
}

// checkReceipts wants a bid for each receipt and a receipt for each bid.
func checkReceipts(t *testing.T, bids map[event.Ref]trading.Bid, receipts map[event.Ref]trading.Receipt) {
	t.Helper()
	if len(bids) != len(receipts) || len(bids) == 0 {
		t.Errorf("%d bids, %d receipts", len(bids), len(receipts))
	}
	for ref, r := range receipts {
		if b, found := bids[ref]; !found || b.Price != r.Price || b.Number != r.Number || !b.At.Equal(r.At) ||
			!b.EndsAt.Equal(r.EndsAt) {
			t.Errorf("told %+v, kept %+v", r, b)
		}
	}
}

// Ten thousand bids around the end of one lot, which only ever moves on. Late bids prolong it by
// 300 ms until a silence of half a second ends it.
func TestTenThousandBidsInTheLastTwoSeconds(t *testing.T) {
	storetest.EachConfig(t, func(t *testing.T, c store.Config) {
		clock := &storetest.HandClock{At: storetest.Noon}
		c.Clock = clock
		db := storetest.Open(t, c)
		const many, late = 10_000, 2000
		auction(t, db, 1, 64, storetest.Noon.Add(2*time.Second).Truncate(time.Millisecond), 2*time.Second,
			300*time.Millisecond)
		var all sync.WaitGroup
		var mu sync.Mutex
		receipts, refusedAt := map[event.Ref]trading.Receipt{}, time.Time{}
		turn := make(chan int)
		for range 64 {
			all.Go(func() {
				for i := range turn {
					r, err := offer(t.Context(), db, "n1", 1+i%64, money.Fen(40001+i), fmt.Sprintf("request-%d", i))
					answered := clock.Now()
					mu.Lock()
					switch {
					case err == nil:
						receipts[event.Ref{Stream: "lot:n1", Seq: r.Seq}] = r
					case strings.Contains(err.Error(), "在这以后才收到"):
						if refusedAt.IsZero() || answered.Before(refusedAt) {
							refusedAt = answered
						}
					// all bids since the bidder's last are still on their way
					case strings.Contains(err.Error(), "已经领先"):
					case fault.CodeOf(err) != fault.Invalid:
						t.Error(err)
					}
					mu.Unlock()
				}
			})
		}
		for i := range many {
			at := storetest.Noon.Add(time.Duration(i) * 250 * time.Microsecond)
			if i >= many-late { // the silence, and what comes after it
				at = at.Add(500 * time.Millisecond)
			}
			clock.Set(at)
			turn <- i
		}
		close(turn)
		all.Wait()
		bids := checkLots(t, db, 1)
		checkReceipts(t, bids, receipts)
		l, err := db.Lot(t.Context(), "n1", identity.Everywhere)
		storetest.Must(t, err)
		if refusedAt.Before(storetest.Noon.Add(2*time.Second)) ||
			!l.Board.EndsAt.After(storetest.Noon.Add(2*time.Second)) {
			t.Errorf("refused as too late at %v, the end is %v", refusedAt, l.Board.EndsAt)
		}
		t.Logf("%d of %d bids accepted, the end moved by %v", len(bids), many,
			l.Board.EndsAt.Sub(storetest.Noon.Add(2*time.Second)))
	})
}

// Nothing is decided about a lot while somebody holds it; the bid's time is that of its receipt.
func TestABidWaitsForTheLot(t *testing.T) {
	t.Parallel()
	eachAuction(t, 1, 2, func(t *testing.T, db *storetest.DB, clock *storetest.HandClock) {
		offer(t.Context(), db, "n1", 1, 40000, "request-1")
		told := make(chan trading.Receipt)
		storetest.Must(t, work(t, db, func(tx lotTx) error {
			l, err := tx.Lot("n1", identity.Everywhere)
			go func() { r, _ := offer(t.Context(), db, "n1", 2, 45000, "request-2"); told <- r }()
			time.Sleep(100 * time.Millisecond)
			clock.Set(storetest.Noon.Add(2 * time.Second))
			l.Board.Leading.Price = 44000
			return errors.Join(err, tx.SaveLot(l))
		}))
		r := <-told
		events, err := db.Events(t.Context(), "lot:n1", 1, 9)
		if err != nil || len(events) != 1 || !r.At.Equal(storetest.Noon.Truncate(time.Millisecond)) ||
			!events[0].At.Equal(r.At.Add(2*time.Second)) || r.Price != 45000 {
			t.Errorf("received at %v, kept %+v, %v", r.At, events, err)
		}
	})
}
