package parts

import (
	"context"

	"sunlot/internal/casework"
	"sunlot/internal/fault"
	"sunlot/internal/identity"
	"sunlot/trading"
	"sunlot/trading/bidding"
	"sunlot/trading/contracts"
)

// OnOffer lists what is bid for now and what will be, the next opening first.
func OnOffer(ctx context.Context, from *bidding.Service, in identity.Scope,
	most int) (live, offered []trading.Lot, err error) {
	for st, into := range map[casework.State]*[]trading.Lot{trading.Bidding: &live, trading.Listed: &offered} {
		q := casework.Query{Scope: in, States: []casework.State{st}, Sort: "ending",
			Page: identity.Page{Number: 1, Size: most}}
		*into, _, err = from.SeeLots(ctx, identity.Actor{}, q)
		if err != nil {
			return nil, nil, err
		}
	}
	return live, offered, nil
}

// Money is the signed contract's, or nil.
func Money(ctx context.Context, from *contracts.Service, lot string) (*contracts.Money, error) {
	m, err := from.SeeMoney(ctx, identity.Actor{}, lot)
	if fault.CodeOf(err) == fault.NotFound {
		return nil, nil
	}
	return &m, err
}
