package bidding

import (
	"context"

	"sunlot/internal/fault"
	"sunlot/internal/identity"
	"sunlot/internal/money"
	"sunlot/trading"
)

// How many of a lot's bids are read for a picture of it, the newest; the record has
// them all.
const (
	NewestBid  = 1 // for a page that draws none: the lot is brought to where it has left it
	NewestBids = 50
	MostBids   = 1000
)

// Room is what everybody sees of a lot from its opening on: the state that its
// events up to Head have led to.
type Room struct {
	Lot     trading.Lot
	Bids    []trading.Bid // newest first, without persons
	Course  []trading.Bid // oldest first, at most MostBids: number, price and time alone; empty when Bids has them all
	Holders []trading.Holder
	Head    int64     // seq of the newest event in this picture
	Least   money.Fen // of the next raise
	Most    money.Fen
	Award   *trading.Award // nil until there is one
}

// SeeRoom draws a lot's room. Before it opens there are no bids to show and
// nothing that counts the bidders. It has so many of the bids, the newest.
func (s *Service) SeeRoom(ctx context.Context, who identity.Actor, id string, bids int) (Room, error) {
	lot, err := s.LotStore.Lot(ctx, id, identity.Everywhere)
	if err != nil {
		return Room{}, err
	}
	room := Room{Lot: maskLot(who, lot), Head: lot.Event.Seq}
	if !trading.Sees(who, trading.LotBids, lot.State, lot.Path) {
		return room, nil
	}
	room.Bids, err = s.LotStore.Bids(ctx, id, bids)
	if err == nil && bids > NewestBid && len(room.Bids) == bids && bids < MostBids {
		room.Course, err = s.LotStore.Course(ctx, id, MostBids)
	}
	if err != nil {
		return room, err
	}
	room.upTo()
	room.Holders, err = s.holders(ctx, lot)
	if err != nil {
		return room, err
	}
	m, err := modeOf(room.Lot)
	if err != nil {
		return room, err
	}
	room.Least, room.Most = m.Range(room.Lot.Terms, room.Lot.Board)
	award, err := s.SeeAward(ctx, who, id)
	if fault.CodeOf(err) == fault.NotFound {
		return room, nil
	}
	room.Award = &award
	return room, err
}

// upTo brings the lot to where the newest bid left it: a bid may have been
// accepted between the reading of the lot and that of the bids.
func (r *Room) upTo() {
	for i := range r.Bids {
		r.Bids[i].Registration, r.Bids[i].PersonID = "", ""
	}
	if len(r.Bids) == 0 || r.Lot.State != trading.Bidding {
		return
	}
	newest := r.Bids[0]
	r.Head = max(r.Head, newest.Seq)
	r.Lot.Board.Leading = newest.Offer()
	if newest.EndsAt.After(r.Lot.Board.EndsAt) {
		r.Lot.Board.EndsAt = newest.EndsAt
	}
}
