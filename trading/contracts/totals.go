package contracts

import (
	"context"
	"time"

	"sunlot/internal/calendar"
	"sunlot/internal/casework"
	"sunlot/internal/identity"
	"sunlot/internal/money"
	"sunlot/trading"
)

// Totals is what the signed contracts of a place have come to on a day.
type Totals struct {
	Contracts int
	Accounts
	OverStart money.Fen // what a year brings above the start prices
	Before    int       // contracts of what had been let before
	OverLast  money.Fen // what a year of those brings above the leases before; may be negative
}

// SeeTotals sums up the signed contracts of the places. They are public.
func (s *Service) SeeTotals(ctx context.Context, in identity.Scope) (Totals, error) {
	return s.Store.Totals(ctx, in, s.Days.Today())
}

// Letting is one announced tender of an asset with what came of it.
type Letting struct {
	Asset    string
	Tender   string
	Lot      string
	State    casework.State // of the lot
	OpensAt  time.Time
	Contract casework.State // empty while there is none
	StartsOn calendar.Date  // of the lease, once there is a contract
	EndsOn   calendar.Date
}

// Holding is what an asset is doing today.
type Holding struct {
	Sold     bool
	LetUntil calendar.Date  // last day of the lease that runs or is to begin; empty when there is none
	Tender   string         // of the lot
	Lot      string         // under way: offered, bid for, or won and not signed yet
	State    casework.State // of that lot
	OpensAt  time.Time
}

// Idle says that the asset is neither let nor on offer.
func (h Holding) Idle() bool { return h.LetUntil == "" && h.Lot == "" }

// SeeHoldings says of each asset what it is doing today. A lease from before the
// register counts to the end that the register has.
func (s *Service) SeeHoldings(ctx context.Context, assets []trading.Asset) (map[string]Holding, error) {
	ids := make([]string, len(assets))
	for i, a := range assets {
		ids[i] = a.ID
	}
	lettings, err := s.Store.Lettings(ctx, ids)
	if err != nil {
		return nil, err
	}
	of := map[string][]Letting{}
	for _, l := range lettings {
		of[l.Asset] = append(of[l.Asset], l)
	}
	today, now := s.Days.Today(), map[string]Holding{}
	for _, a := range assets {
		now[a.ID] = holding(a.LastEnds, of[a.ID], today)
	}
	return now, nil
}

func holding(lastEnds calendar.Date, lettings []Letting, today calendar.Date) Holding {
	var h Holding
	if lastEnds >= today {
		h.LetUntil = lastEnds
	}
	for _, l := range lettings {
		switch {
		case l.Contract == Signed:
			h.Sold = h.Sold || l.EndsOn == calendar.Last
			if l.EndsOn >= today && l.EndsOn > h.LetUntil {
				h.LetUntil = l.EndsOn
			}
		case l.State != trading.Failed:
			h.Tender = l.Tender
			h.Lot = l.Lot
			h.State = l.State
			h.OpensAt = l.OpensAt
		}
	}
	return h
}
