package bidding

import (
	"context"
	"encoding/json"
	"errors"
	"slices"
	"time"

	"sunlot/internal/casework"
	"sunlot/internal/event"
	"sunlot/internal/fault"
	"sunlot/internal/identity"
	"sunlot/trading"
	"sunlot/trading/mode"
)

// errNotOpened says that the lot's time has come and nobody has opened it yet.
var errNotOpened = errors.New("trading: the lot has not been opened")

// errNotResumed says that time was lost which the lot has not been given back yet.
var errNotResumed = errors.New("trading: the lot has not been given back what was lost")

// errNotKnown is told to whoever bids after the end while nobody knows what was lost before it.
var errNotKnown = fault.New(fault.Unavailable,
	"服务刚恢复，中断多久还没有核对完，您的报价没有办理，不算数；请马上再报一次")

// errLostUnknown is told to whoever acts after another end of which that is not known.
var errLostUnknown = fault.New(fault.Unavailable, "服务刚恢复，中断多久还没有核对完，您提交的没有办理；请过一会儿再提交一次")

// PlaceBid places a bid. Its time is when the server had received it whole,
// however long it then waits for the lot: before the end it counts. One that has
// waited for longer than trading.Grace is fault.Unavailable and nothing of it
// stays. Nothing is too late while time was lost that moves the end: it is given
// back first, and until it is known the bid is fault.Unavailable. An accepted bid
// cannot be withdrawn. The same request again gets the same receipt.
func (s *Service) PlaceBid(ctx context.Context, who identity.Actor, requestID string, form trading.BidForm,
	received time.Time) (trading.Receipt, error) {
	_, once, err := casework.Begin(who, BidPlace, "bid.place", requestID, form)
	if err != nil {
		return trading.Receipt{}, err
	}
	if err := who.MayBid(); err != nil {
		return trading.Receipt{}, err
	}
	place := func() (string, error) {
		return s.LotStore.PlaceBid(ctx, once, form.Lot, who.PersonID, received, func(tx BidTx) (string, error) {
			return place(tx, form, received, s.lost().quiet)
		})
	}
	open := func(ctx context.Context, lot string) error {
		return errors.Join(s.ResumeNotice(ctx, lot), s.OpenLot(ctx, lot))
	}
	answer, err := resumed(ctx, errNotOpened, place, open, form.Lot)
	if errors.Is(err, errNotResumed) {
		answer, err = resumed(ctx, errNotResumed, place, s.ResumeLot, form.Lot)
	}
	if errors.Is(err, errNotOpened) { // what was lost before the opening is not known yet
		err = errNotKnown
	}
	if err != nil {
		return trading.Receipt{}, err
	}
	return ReadReceipt(answer)
}

// resumed does what may fail for that reason, and again once it is mended.
func resumed(ctx context.Context, reason error, do func() (string, error), mend func(context.Context, string) error,
	lot string) (string, error) {
	answer, err := do()
	if !errors.Is(err, reason) {
		return answer, err
	}
	if err := mend(ctx, lot); err != nil {
		return "", err
	}
	return do()
}

// ReadReceipt reads the answer that was kept of a bid.
func ReadReceipt(answer string) (trading.Receipt, error) {
	var r trading.Receipt
	return r, json.Unmarshal([]byte(answer), &r)
}

// errHeld is told to whoever bid in time and was not decided in time.
var errHeld = fault.New(fault.Unavailable, "系统繁忙，您的报价没有及时轮到，没有办理，不算数；请马上再报一次")

// arrival is when something counts as received: no clock's error sets it after its
// decision.
func arrival(received, decided time.Time) time.Time {
	received = received.UTC().Truncate(time.Millisecond)
	if received.After(decided) {
		return decided
	}
	return received
}

// timeOf is the arrival of a bid. It fails when the bid was held for too long.
func timeOf(received, decided time.Time) (time.Time, error) {
	received = arrival(received, decided)
	if decided.Sub(received) >= trading.Grace {
		return received, errHeld
	}
	return received, nil
}

// stands refuses what came after an end while that may yet move: time was lost that
// is not given back, or nobody knows whether it was, which is told as unknown.
func stands(tx Breaks, quiet time.Duration, since time.Time, lost func(trading.Outage) bool, unknown error) error {
	silence, err := tx.Silence()
	if err != nil {
		return err
	}
	if silence > quiet {
		return unknown
	}
	outages, err := tx.Outages(since)
	if err != nil {
		return err
	}
	if slices.ContainsFunc(outages, lost) {
		return errNotResumed
	}
	return nil
}

func place(tx BidTx, form trading.BidForm, received time.Time, quiet time.Duration) (string, error) {
	l := tx.Lot()
	r, found := tx.Registration()
	if !found || r.State != trading.Qualified {
		return "", fault.New(fault.Forbidden, "您没有取得这个标的的竞买资格")
	}
	at, held := timeOf(received, tx.At())
	over := l.State == trading.Awarded || l.State == trading.Failed
	if (held != nil || over) && at.Before(l.Board.EndsAt) { // what came later is late, however long it waited
		return "", errHeld
	}
	if l.State == trading.Listed && !at.Before(l.Board.OpensAt) {
		return "", errNotOpened
	}
	by, err := l.ModeRules()
	if err != nil {
		return "", err
	}
	if l.State == trading.Bidding && !at.Before(l.Board.EndsAt) {
		_, spare := by.Lasts()
		err := stands(tx, quiet, l.Unknown(), func(o trading.Outage) bool {
			_, lost := o.GivesBack(spare, l.Board, trading.Hours{})
			return lost
		}, errNotKnown)
		if err != nil {
			return "", err
		}
	}
	before := l.Board.EndsAt
	board, err := by.Accept(l.Board, mode.Offer{
		Bidder: r.Number,
		Rank:   r.Rank,
		Price:  form.Price,
		Match:  form.Match,
		At:     at,
	})
	if err != nil {
		return "", err
	}
	if err := l.Stand(by, board); err != nil {
		return "", err
	}
	b := trading.Bid{
		Lot:          l.ID,
		Registration: r.ID,
		PersonID:     r.PersonID,
		Number:       r.Number,
		Rank:         r.Rank,
		Price:        form.Price,
		Match:        form.Match,
		At:           at,
		EndsAt:       l.Board.EndsAt,
		Extended:     l.Board.EndsAt.After(before),
	}
	seq, err := tx.Place(b, l, trading.BidFacts{
		Bidder:   b.Number,
		Price:    b.Price,
		Unit:     l.Unit,
		Match:    b.Match,
		Received: event.Stamp(b.At),
		EndsAt:   event.Stamp(b.EndsAt),
		Extended: b.Extended,
	})
	if err != nil {
		return "", err
	}
	receipt, err := json.Marshal(trading.Receipt{
		Lot:      l.ID,
		Seq:      seq,
		Number:   b.Number,
		Price:    b.Price,
		Match:    b.Match,
		At:       b.At,
		EndsAt:   b.EndsAt,
		Extended: b.Extended,
	})
	return string(receipt), err
}
