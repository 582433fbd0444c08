package bidding

import (
	"context"
	"slices"

	"sunlot/internal/fault"
	"sunlot/internal/identity"
	"sunlot/trading"
	"sunlot/trading/mode"
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
	Head    int64 // seq of the newest event in this picture
	Mode    mode.About
	Choices mode.Choices   // of whoever looks: a bidder's own, or what anybody may come to know
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
	if err := room.choose(mode.Bidder{}); err != nil {
		return room, err
	}
	award, err := s.SeeAward(ctx, who, id)
	if fault.CodeOf(err) == fault.NotFound {
		return room, nil
	}
	room.Award = &award
	return room, err
}

// upTo leaves out of the picture what was accepted between the reading of the lot and
// that of the bids: the room hears of it, as of all that comes after its head.
func (r *Room) upTo() {
	for i := range r.Bids {
		r.Bids[i].Registration, r.Bids[i].PersonID = "", ""
	}
	if r.Lot.State != trading.Bidding {
		return
	}
	r.Head = r.Lot.Head()
	later := func(b trading.Bid) bool { return b.Seq > r.Head }
	r.Bids = slices.DeleteFunc(r.Bids, later)
	r.Course = slices.DeleteFunc(r.Course, later)
}

// choose reads what that bidder may do.
func (r *Room) choose(who mode.Bidder) error {
	m, err := mode.Find(r.Lot.Mode)
	if err != nil {
		return err
	}
	by, err := m.Under(r.Lot.Terms)
	if err != nil {
		return err
	}
	r.Mode = m.About()
	r.Choices, err = by.Choices(r.Lot.Board, who)
	return err
}

// For is the room as that bidder sees it: with what he may do now.
func (r Room) For(own trading.Registration) (Room, error) {
	if r.Lot.State != trading.Bidding {
		return r, nil
	}
	err := r.choose(mode.Bidder{Number: own.Number, Rank: own.Rank})
	return r, err
}
