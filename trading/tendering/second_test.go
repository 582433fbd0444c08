package tendering_test

import (
	"testing"

	"sunlot/internal/casework"
	"sunlot/internal/event"
	"sunlot/internal/fault"
	"sunlot/internal/identity"
	"sunlot/trading"
	"sunlot/trading/tradingtest"
)

// TestWhoWroteAPartIsNoSecond: whoever amended what another had drafted, and a third sent,
// checks and approves it in no post that he gets later.
func TestWhoWroteAPartIsNoSecond(t *testing.T) {
	tradingtest.Each(t, func(t *testing.T, v *tradingtest.Village) {
		ctx, n := t.Context(), v.Tender(trading.Drafted)
		second := v.Give(v.County, v.Collective, identity.Clerk)
		_, err := v.Tendering.AmendTender(ctx, second, event.NewID(), n.ID, 1, n.TenderForm)
		tradingtest.Must(t, err)
		_, err = v.Tendering.SubmitTender(ctx, v.Clerk, event.NewID(), n.ID, 2)
		tradingtest.Must(t, err)
		second = v.Give(second, v.Collective, identity.Station)
		_, err = v.Tendering.CheckTender(ctx, second, event.NewID(), n.ID, 3)
		tradingtest.Want(t, err, fault.Forbidden, "")
		_, err = v.Tendering.CheckTender(ctx, v.Station, event.NewID(), n.ID, 3)
		tradingtest.Must(t, err)
		_, err = v.Tendering.ReturnTender(ctx, v.Leader, event.NewID(), n.ID, casework.Return{
			Version: 4,
			Reasons: []fault.Field{{Name: "标题", Message: "写明村名"}},
		})
		tradingtest.Must(t, err)
		_, err = v.Tendering.SubmitTender(ctx, v.Clerk, event.NewID(), n.ID, 5)
		tradingtest.Must(t, err)
		_, err = v.Tendering.CheckTender(ctx, v.Colleague, event.NewID(), n.ID, 6)
		tradingtest.Must(t, err)
		for name, who := range map[string]identity.Actor{
			"who amended it":        v.Give(second, v.Collective, identity.Leader),
			"who checked it before": v.Give(v.Station, v.Collective, identity.Leader),
		} {
			t.Log(name)
			_, err = v.Tendering.ApproveTender(ctx, who, event.NewID(), n.ID, 7)
			tradingtest.Want(t, err, fault.Forbidden, "")
		}
		_, err = v.Tendering.ApproveTender(ctx, v.Leader, event.NewID(), n.ID, 7)
		tradingtest.Must(t, err)
	})
}
