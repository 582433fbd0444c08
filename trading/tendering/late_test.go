package tendering_test

import (
	"testing"

	"sunlot/internal/event"
	"sunlot/internal/fault"
	"sunlot/trading"
	"sunlot/trading/tradingtest"
)

// TestASupplementDoesNotPassTheLease: releasing one looks at the days as announcing does; what
// would open the bidding after the lease's first day stays a proposal that is returned.
func TestASupplementDoesNotPassTheLease(t *testing.T) {
	tradingtest.Each(t, func(t *testing.T, v *tradingtest.Village) {
		ctx, n := t.Context(), v.Tender(trading.Announced)
		for range 20 {
			id, err := v.Tendering.ProposeSupplement(ctx, v.Clerk, event.NewID(), trading.SupplementForm{
				Tender: n.ID,
				Text:   "看样改到下周。",
			})
			tradingtest.Must(t, err)
			before := v.Load(n.ID)
			_, err = v.Tendering.ReleaseSupplement(ctx, v.Station, event.NewID(), id, 1)
			if err == nil {
				continue
			}
			tradingtest.Want(t, err, fault.Conflict, "")
			if after := v.Load(n.ID); !after.OpensAt.Equal(before.OpensAt) || after.Version != before.Version {
				t.Errorf("refused, the notice has moved: %v", after.OpensAt)
			}
			if v.Load(n.ID).OpensAt.After(n.StartsOn.At(0, 0)) {
				t.Errorf("the bidding opens on %v, the lease begins on %s", before.OpensAt, n.StartsOn)
			}
			return
		}
		t.Errorf("twenty supplements, and the bidding opens on %v", v.Load(n.ID).OpensAt)
	})
}
