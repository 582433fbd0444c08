package contracts_test

import (
	"testing"

	"sunlot/internal/event"
	"sunlot/internal/fault"
	"sunlot/internal/identity"
	"sunlot/trading/contracts"
	"sunlot/trading/tradingtest"
)

// TestNobodyKeepsHisOwnContract: a lessee who has become an official does not offer the
// contract to himself; a colleague does.
func TestNobodyKeepsHisOwnContract(t *testing.T) {
	tradingtest.Each(t, func(t *testing.T, v *tradingtest.Village) {
		ctx := t.Context()
		due, winner := settled(t, v)
		clerk := v.Give(winner.Actor, v.Clerk.Memberships[0].OrgID, identity.Clerk)
		_, err := v.Contracts.Offer(ctx, clerk, event.NewID(), due.Lot)
		tradingtest.Want(t, err, fault.Forbidden, "")
		_, err = v.Contracts.Offer(ctx, v.Clerk, event.NewID(), due.Lot)
		tradingtest.Must(t, err)
	})
}

// TestNobodyRecordsHisOwnRent: nor takes a slip of it out of the sums.
func TestNobodyRecordsHisOwnRent(t *testing.T) {
	tradingtest.Each(t, func(t *testing.T, v *tradingtest.Village) {
		ctx := t.Context()
		a, b := signed(t, v)
		station := v.Give(b.Actor, v.Station.Memberships[0].OrgID, identity.Station)
		_, err := v.Contracts.Receive(ctx, station, event.NewID(), a.Lot, slip(v, b, "PAY-1", 1, a.Yearly))
		tradingtest.Want(t, err, fault.Forbidden, "")
		id, err := v.Contracts.Receive(ctx, v.Station, event.NewID(), a.Lot, slip(v, b, "PAY-1", 1, a.Yearly))
		tradingtest.Must(t, err)
		wrong := contracts.ReverseForm{Slip: id, Mistake: contracts.WrongSum}
		_, err = v.Contracts.Reverse(ctx, station, event.NewID(), a.Lot, wrong)
		tradingtest.Want(t, err, fault.Forbidden, "")
		_, err = v.Contracts.Reverse(ctx, v.Colleague, event.NewID(), a.Lot, wrong)
		tradingtest.Must(t, err)
	})
}
