package bidding

import (
	"context"

	"sunlot/admin"
	"sunlot/internal/casework"
	"sunlot/internal/identity"
	"sunlot/trading"
	"sunlot/trading/bidding"
)

// NextOpening is what will be bid for next in the places; nil when nothing will.
func (s *Screens) NextOpening(ctx context.Context, who identity.Actor, in identity.Scope) (*admin.Ahead, error) {
	q := casework.Query{
		Scope:  in,
		States: []casework.State{trading.Listed},
		Sort:   "ending",
		Page:   identity.Page{Number: 1, Size: 1},
	}
	list, _, err := s.Bidding.SeeLots(ctx, who, q)
	if err != nil || len(list) == 0 {
		return nil, err
	}
	lot := list[0]
	return &admin.Ahead{Address: "/tenders/" + lot.Tender, Title: lot.Title, At: lot.Board.OpensAt}, nil
}

// OwnOpenings is where the person has a number and the bidding runs or comes.
func (s *Screens) OwnOpenings(ctx context.Context, who identity.Actor) ([]admin.Ahead, error) {
	if _, err := who.Can(bidding.LotRegister); err != nil {
		return nil, nil
	}
	list, _, err := s.Bidding.OwnRegistrations(ctx, who, identity.Page{Number: 1, Size: 20})
	if err != nil {
		return nil, err
	}
	var all []admin.Ahead
	for _, r := range list {
		if r.Number == "" {
			continue
		}
		lot, err := s.Bidding.SeeLot(ctx, who, r.Lot)
		if err != nil {
			return nil, err
		}
		if lot.State == trading.Listed || lot.State == trading.Bidding {
			all = append(all, admin.Ahead{
				Address: "/lots/" + lot.ID,
				Title:   lot.Title,
				At:      lot.Board.OpensAt,
				Now:     lot.State == trading.Bidding,
			})
		}
	}
	return all, nil
}
