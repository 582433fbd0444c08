package trading

import (
	"context"
	"encoding/json"
	"errors"

	"sunlot/internal/casework"
	"sunlot/internal/event"
	"sunlot/internal/fault"
	"sunlot/internal/identity"
	"sunlot/trading/mode"
)

// errNotOpened says that the lot's time has come and nobody has opened it yet.
var errNotOpened = errors.New("trading: the lot has not been opened")

// PlaceBid places a bid. Its time is the server's, read after the lot is
// locked; an accepted bid cannot be withdrawn. The same request again gets the
// same receipt.
func (s *Service) PlaceBid(ctx context.Context, who identity.Actor, requestID string, form BidForm) (Receipt, error) {
	_, once, err := casework.Begin(who, identity.BidPlace, "bid.place", requestID, form)
	if err != nil {
		return Receipt{}, err
	}
	place := func() (string, error) {
		return s.Store.PlaceBid(ctx, once, form.Lot, who.PersonID, func(tx BidTx) (string, error) { return place(tx, form) })
	}
	answer, err := place()
	if errors.Is(err, errNotOpened) {
		if err = s.OpenLot(ctx, form.Lot); err == nil {
			answer, err = place()
		}
	}
	if err != nil {
		return Receipt{}, err
	}
	return ReadReceipt(answer)
}

// ReadReceipt reads the answer that was kept of a bid.
func ReadReceipt(answer string) (Receipt, error) {
	var r Receipt
	return r, json.Unmarshal([]byte(answer), &r)
}

func place(tx BidTx, form BidForm) (string, error) {
	l, at := tx.Lot(), tx.At()
	r, found := tx.Registration()
	if !found || r.State != Qualified {
		return "", fault.New(fault.Forbidden, "您没有取得这个标的的竞买资格")
	}
	if l.State == Listed && !at.Before(l.Board.OpensAt) {
		return "", errNotOpened
	}
	m, err := modeOf(l)
	if err != nil {
		return "", err
	}
	before := l.Board.EndsAt
	l.Board, err = m.Accept(l.Terms, l.Board, mode.Offer{Bidder: r.Number, Rank: r.Rank, Price: form.Price, Match: form.Match, At: at})
	if err != nil {
		return "", err
	}
	b := Bid{Lot: l.ID, Registration: r.ID, PersonID: r.PersonID, Number: r.Number, Rank: r.Rank, Price: form.Price, Match: form.Match,
		At: at, EndsAt: l.Board.EndsAt, Extended: l.Board.EndsAt.After(before)}
	seq, err := tx.Place(b, l, BidFacts{b.Number, b.Price, b.Match, event.Stamp(b.EndsAt), b.Extended})
	if err != nil {
		return "", err
	}
	receipt, err := json.Marshal(Receipt{l.ID, seq, b.Number, b.Price, b.Match, b.At, b.EndsAt, b.Extended})
	return string(receipt), err
}

func modeOf(l Lot) (mode.Mode, error) { return mode.Find(l.Mode) }

// offer is the bid as its mode sees it.
func (b Bid) offer() mode.Offer {
	return mode.Offer{Bidder: b.Number, Rank: b.Rank, Price: b.Price, Match: b.Match, At: b.At}
}
