package tradingtest

import (
	"context"
	"slices"
	"time"

	"sunlot/disclosure/power"
	"sunlot/disclosure/privacy"
	"sunlot/internal/calendar"
	"sunlot/internal/casework"
	"sunlot/internal/event"
	"sunlot/internal/identity"
	"sunlot/internal/store/tradingdb"
	"sunlot/trading"
	"sunlot/trading/amending"
	"sunlot/trading/bidding"
	"sunlot/trading/citing"
	"sunlot/trading/contracts"
	"sunlot/trading/register"
	"sunlot/trading/resolving"
	"sunlot/trading/rolls"
	"sunlot/trading/tendering"
	"sunlot/trading/works"
)

// acts is the part of the table of who may do what that a village has.
func acts() []*identity.Action {
	return slices.Concat(identity.Actions, register.Actions, rolls.Actions, resolving.Actions, tendering.Actions,
		bidding.Actions, contracts.Actions, works.Actions, power.Actions, privacy.Actions, citing.Actions,
		amending.Actions)
}

// kinds are the kinds of duty that a village has.
func kinds() []*casework.DutyKind {
	return slices.Concat(register.Duties, rolls.Duties, resolving.Duties, tendering.Duties, bidding.Duties,
		contracts.Duties, power.Duties, works.Duties, privacy.Duties, citing.Duties, amending.Duties)
}

// listing is tendering's port to the bidding.
type listing struct{ bidding *bidding.Service }

func (l listing) List(tx tendering.Tx, t trading.Tender) error {
	return l.bidding.ListLot(tradingdb.Listing(tx), t)
}

func (l listing) Postpone(tx tendering.Tx, t trading.Tender) error {
	return l.bidding.PostponeLot(tradingdb.Listing(tx), t)
}

func (l listing) Reschedule(ctx context.Context, tx tendering.Tx, t trading.Tender, at time.Time) error {
	return l.bidding.RescheduleLot(ctx, tradingdb.Listing(tx), t, at)
}

// Year enters a year's schedule as two administrators do.
func (v *Village) Year(y calendar.Year) {
	v.T.Helper()
	for _, who := range []identity.Actor{v.Administrator, v.SecondAdministrator} {
		_, _, err := v.Admin.AddYear(v.T.Context(), who, event.NewID(), y)
		v.ok(err)
	}
}
