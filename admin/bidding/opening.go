package bidding

import (
	"context"

	"sunlot/admin"
	"sunlot/internal/casework"
	"sunlot/internal/identity"
	"sunlot/trading"
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
	return &admin.Ahead{Address: "/tenders/" + lot.ID, Title: lot.Title, At: lot.Board.OpensAt}, nil
}
