package tradingdb_test

import (
	"errors"
	"fmt"
	"sync"
	"testing"
	"time"

	"sunlot/internal/event"
	"sunlot/internal/fault"
	"sunlot/internal/money"
	"sunlot/internal/store/storetest"
	"sunlot/trading/bidding"
)

// Whether or not the server heard the COMMIT, every bid of the batch is told
// that nobody knows, and asking again tells.
func TestConnectionLostAtTheCommitOfBids(t *testing.T) {
	t.Parallel()
	for _, heard := range []bool{true, false} {
		db, cutter := storetest.OpenCut(t)
		auction(t, db, 1, 4, time.Now().Add(time.Hour), 0, 0)
		release := hold(t, db)
		var all sync.WaitGroup
		for i := range 3 {
			all.Go(func() {
				if _, err := offer(t.Context(), db, "n1", 1+i, money.Fen(40000+i),
					fmt.Sprintf("request-%d", i)); fault.CodeOf(err) != fault.Unavailable {
					t.Errorf("heard %v: %v", heard, err)
				}
			})
			time.Sleep(20 * time.Millisecond)
		}
		all.Go(func() { // the last of the batch cuts its COMMIT, and no earlier one
			db.PlaceBid(t.Context(), event.Request{
				Actor:  "p4",
				Kind:   "cut",
				ID:     "cut-the-wire",
				Digest: storetest.Hash('0'),
			}, "n1", "p4", time.Now(), func(bidding.BidTx) (string, error) {
				cutter.Cut("COMMIT", heard)
				return "", errors.New("nothing")
			})
		})
		time.Sleep(20 * time.Millisecond)
		release()
		all.Wait()
		for i := range 3 {
			id := fmt.Sprintf("request-%d", i)
			if _, found, err := db.ByRequest(t.Context(), fmt.Sprintf("p%d", 1+i), "bid.place",
				id); found != heard || err != nil {
				t.Errorf("heard %v, found %v, %v", heard, found, err)
			}
			if _, err := offer(t.Context(), db, "n1", 1+i, money.Fen(40000+i), id); err != nil {
				t.Errorf("heard %v, again: %v", heard, err)
			}
		}
		if bids := checkLots(t, db, 1); len(bids) != 3 {
			t.Errorf("heard %v: %d bids", heard, len(bids))
		}
	}
}

// TestAnAnswerThatNeverComes: the network swallows the answer to COMMIT and keeps
// the connection open. The line decides again, the bid of which nobody knows can
// be asked for, and who was held longer than the grace is told to bid again.
func TestAnAnswerThatNeverComes(t *testing.T) {
	t.Parallel()
	db, cutter := storetest.OpenCut(t)
	auction(t, db, 1, 2, time.Now().Add(time.Hour), 0, 0)
	cutter.Swallow("COMMIT")
	began := time.Now()
	var all sync.WaitGroup
	all.Go(func() {
		if _, err := offer(t.Context(), db, "n1", 1, 40000, "request-1"); fault.CodeOf(err) != fault.Unavailable {
			t.Errorf("the bid: %v", err)
		}
	})
	time.Sleep(100 * time.Millisecond)
	_, err := offer(t.Context(), db, "n1", 2, 40001, "request-2")
	if err != nil && fault.CodeOf(err) != fault.Unavailable {
		t.Errorf("the next in line: %v", err)
	}
	all.Wait()
	if _, err := offer(t.Context(), db, "n1", 2, 40001, "request-2"); err != nil {
		t.Errorf("the next in line, again: %v", err)
	}
	if took := time.Since(began); took > 20*time.Second {
		t.Errorf("the line stood for %v", took)
	}
	if _, found, err := db.ByRequest(t.Context(), "p1", "bid.place", "request-1"); !found || err != nil {
		t.Errorf("found %v, %v", found, err)
	}
	if bids := checkLots(t, db, 1); len(bids) != 2 {
		t.Errorf("%d bids", len(bids))
	}
}
