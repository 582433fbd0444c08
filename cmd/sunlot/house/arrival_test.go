package house_test

import (
	"strings"
	"testing"
	"time"

	"sunlot/cmd/sunlot/housetest"
	"sunlot/internal/event"
	"sunlot/internal/money"
	"sunlot/internal/store"
	"sunlot/internal/store/storetest"
	"sunlot/trading"
	"sunlot/trading/mode"
)

// held keeps everybody else from the lot until release is called, as a long
// write does.
func held(t *testing.T, r *housetest.House, lot trading.Lot) (release func()) {
	t.Helper()
	locked, free, done := make(chan struct{}), make(chan struct{}), make(chan error, 1)
	go func() {
		done <- r.DB.InTx(t.Context(), func(tx *store.Tx) error {
			_, err := tx.Lock(lot.Stream())
			close(locked)
			<-free
			return err
		})
	}()
	<-locked
	return func() {
		close(free)
		r.Ok(<-done)
	}
}

// bids sends a bid and does not wait for its answer.
func bids(b housetest.Bidder, lot string, price int) <-chan housetest.Answer {
	answer := make(chan housetest.Answer, 1)
	go func() {
		c := b.With("Idempotency-Key", event.NewID())
		answer <- c.Send("POST", "/api/v1/lots/"+lot+"/bids", housetest.Object{"price": price, "match": false})
	}()
	time.Sleep(300 * time.Millisecond) // it has arrived and waits
	return answer
}

// TestABidIsJudgedByItsArrival: what arrived before the end counts although it
// waited until after it; what came later is late; what was held beyond the grace
// is not called late.
func TestABidIsJudgedByItsArrival(t *testing.T) {
	housetest.Each(t, func(t *testing.T, r *housetest.House) {
		a := r.Auction(r.Desks(), r.Bidder(), r.Bidder())
		r.Opened(a.Lot)
		lot := r.Lot(a.Lot)
		price := int(lot.Terms.Start)

		r.Jump(lot.Board.EndsAt.Add(-time.Second))
		release := held(t, r, lot)
		answer := bids(a.Winner, a.Lot, price)
		r.Jump(lot.Board.EndsAt.Add(2 * time.Second))
		release()
		first := <-answer
		housetest.Expect(t, first, 200)
		var receipt trading.Receipt
		first.Into(t, &receipt)
		lot = r.Lot(a.Lot)
		if !receipt.At.Before(lot.Board.OpensAt.Add(time.Hour)) || !receipt.Extended ||
			!receipt.EndsAt.Equal(receipt.At.Add(spareOf(t, lot))) || !lot.Board.EndsAt.Equal(receipt.EndsAt) {
			t.Errorf("arrived a second before the end: %+v, the lot ends %v", receipt, lot.Board.EndsAt)
		}

		r.Jump(lot.Board.EndsAt.Add(-time.Second))
		release = held(t, r, lot)
		answer = bids(a.Member, a.Lot, price+int(stepOf(t, lot)))
		r.Jump(lot.Board.EndsAt.Add(trading.Grace))
		release()
		long := <-answer
		housetest.Expect(t, long, 503)
		if strings.Contains(long.Body, "结束") {
			t.Errorf("held beyond the grace and called late: %s", long.Body)
		}
		if r.Lot(a.Lot).Board.Bids != 1 {
			t.Error("it counts all the same")
		}
	})
}

// TestTheRoomSaysWhatWasLost: whoever looks in after an outage reads from when to
// when nobody could bid, and when it now ends.
func TestTheRoomSaysWhatWasLost(t *testing.T) {
	r := housetest.OnSQLite(t)
	a := r.Auction(r.Desks(), r.Bidder(), r.Bidder())
	r.Opened(a.Lot)
	r.Ok(r.DB.Beat(t.Context(), 5*time.Second))
	lot := r.Lot(a.Lot)
	r.Jump(lot.Board.EndsAt.Add(10 * time.Minute))
	storetest.Exec(t, r.DB, "UPDATE beats SET last_at = last_at - ?", time.Hour.Milliseconds())
	r.Ok(r.DB.Beat(t.Context(), 5*time.Second))
	r.Work()
	const said = "服务中断，不能报价；这段时间已补回，竞价截止顺延至"
	housetest.Says(t, r.Nobody().Get("/lots/"+a.Lot), said)
	housetest.Expect(t, <-bids(a.Winner, a.Lot, int(lot.Terms.Start)), 200)
	r.Closed(a.Lot)
	housetest.Says(t, r.Nobody().Get("/lots/"+a.Lot+"/result"), said)
}

// TestTheRoomSaysThatItIsClosing: after the end nobody may bid, and nothing is
// closed until what has arrived before had its time to be decided.
func TestTheRoomSaysThatItIsClosing(t *testing.T) {
	housetest.Each(t, func(t *testing.T, r *housetest.House) {
		a := r.Auction(r.Desks(), r.Bidder(), r.Bidder())
		r.Opened(a.Lot)
		lot := r.Lot(a.Lot)
		housetest.Expect(t, <-bids(a.Winner, a.Lot, int(lot.Terms.Start)), 200)
		if page := r.Nobody().Get("/lots/" + a.Lot).Body; !strings.Contains(page, "data-closing hidden") {
			t.Error("the room says from the beginning that it is closing")
		}

		r.Jump(lot.Board.EndsAt)
		r.Work()
		late := <-bids(a.Member, a.Lot, int(lot.Terms.Start+stepOf(t, lot)))
		housetest.Expect(t, late, 409)
		if !strings.Contains(late.Body, "竞价已于") {
			t.Errorf("came at the end: %s", late.Body)
		}
		const closing = "正在截止，核对已收到的报价"
		for _, path := range []string{"/lots/" + a.Lot, "/lots/" + a.Lot + "/bid", "/",
			"/tenders/" + a.Tender + "/share"} {
			c := a.Winner.R.Browser(a.Winner.Login)
			housetest.Says(t, c.Get(path), closing)
		}
		if got := r.Lot(a.Lot).State; got != trading.Bidding {
			t.Errorf("closed without the grace: %s", got)
		}
		if page := r.Nobody().Get("/lots/" + a.Lot).Body; !strings.Contains(page, "data-closing>正在截止") {
			t.Error("the room hides that it is closing")
		}
		r.Jump(lot.Board.EndsAt.Add(trading.Grace))
		r.Work()
		if got := r.Lot(a.Lot).State; got != trading.Awarded {
			t.Errorf("not closed after the grace: %s", got)
		}
		housetest.Silent(t, r.Nobody().Get("/lots/"+a.Lot), closing)
	})
}

// stepOf is by how much a bid has to rise.
func stepOf(t *testing.T, lot trading.Lot) money.Fen {
	t.Helper()
	terms, err := mode.AscendingOf(lot.Terms)
	if err != nil {
		t.Fatal(err)
	}
	return terms.Step
}

// spareOf is by how much a late bid moves the end.
func spareOf(t *testing.T, lot trading.Lot) time.Duration {
	t.Helper()
	by, err := lot.ModeRules()
	if err != nil {
		t.Fatal(err)
	}
	_, spare := by.Lasts()
	return spare
}
