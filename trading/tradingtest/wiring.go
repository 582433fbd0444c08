package tradingtest

import (
	"slices"
	"time"

	"sunlot/disclosure/power"
	"sunlot/disclosure/privacy"
	"sunlot/internal/identity"
	"sunlot/trading"
	"sunlot/trading/bidding"
	"sunlot/trading/citing"
	"sunlot/trading/contracts"
	"sunlot/trading/register"
	"sunlot/trading/resolving"
	"sunlot/trading/tendering"
	"sunlot/trading/works"
)

// acts is the part of the table of who may do what that a village has.
func acts() []*identity.Action {
	return slices.Concat(identity.Actions, register.Actions, resolving.Actions, tendering.Actions, bidding.Actions,
		contracts.Actions, works.Actions, power.Actions, privacy.Actions, citing.Actions)
}

// listing is tendering's port to the bidding.
type listing struct{ bidding *bidding.Service }

func (l listing) List(tx tendering.Tx, t trading.Tender) error {
	return l.bidding.ListLot(tx.(bidding.ListingTx), t)
}

func (l listing) Postpone(tx tendering.Tx, t trading.Tender) error {
	return l.bidding.PostponeLot(tx.(bidding.ListingTx), t)
}

func (l listing) Reschedule(tx tendering.Tx, t trading.Tender, at time.Time) error {
	return l.bidding.RescheduleLot(tx.(bidding.ListingTx), t, at)
}
