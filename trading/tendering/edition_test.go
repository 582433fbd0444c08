package tendering_test

import (
	"testing"

	"sunlot/internal/casework"
	"sunlot/internal/event"
	"sunlot/internal/fault"
	"sunlot/trading"
	"sunlot/trading/amending"
	"sunlot/trading/tradingtest"
)

// TestATenderIsHeldToTheRulesOfItsDay: a draft that was right when it was written goes on and is
// announced only under figures that it keeps; what was announced before keeps its own.
func TestATenderIsHeldToTheRulesOfItsDay(t *testing.T) {
	tradingtest.Each(t, func(t *testing.T, v *tradingtest.Village) {
		ctx := t.Context()
		drafts := map[casework.State]trading.Tender{}
		for _, st := range []casework.State{
			trading.Drafted, trading.Submitted, trading.Checked, trading.Approved, trading.Announced,
		} {
			drafts[st] = v.Tender(st)
		}
		id, err := v.Amending.ProposeAmendment(ctx, v.Administrator, event.NewID(), amending.Form{
			Key:     "lease.max_years",
			Value:   3,
			From:    v.Days.Today().AddDays(2),
			Title:   "示范县农村产权流转交易管理办法",
			Article: "第六条",
			Reason:  "租期过长",
		})
		tradingtest.Must(t, err)
		_, err = v.Amending.DecideAmendment(ctx, v.SecondAdministrator, event.NewID(), id,
			amending.DecideForm{Version: 1, Agree: true, Read: true})
		tradingtest.Must(t, err)
		v.Clock.Set(v.Clock.Now().AddDate(0, 0, 2))
		n := drafts[trading.Drafted]
		_, err = v.Tendering.SubmitTender(ctx, v.Clerk, event.NewID(), n.ID, n.Version)
		tradingtest.Want(t, err, fault.Invalid, "years")
		n = drafts[trading.Submitted]
		_, err = v.Tendering.CheckTender(ctx, v.Station, event.NewID(), n.ID, n.Version)
		tradingtest.Want(t, err, fault.Invalid, "years")
		n = drafts[trading.Checked]
		_, err = v.Tendering.ApproveTender(ctx, v.Leader, event.NewID(), n.ID, n.Version)
		tradingtest.Want(t, err, fault.Invalid, "years")
		n = drafts[trading.Approved]
		_, err = v.Tendering.AnnounceTender(ctx, v.Clerk, event.NewID(), n.ID, n.Version)
		tradingtest.Want(t, err, fault.Invalid, "years")
		if got := v.State(n.ID); got != trading.Approved {
			t.Errorf("refused, it is %s", got)
		}
		v.OpenOf(drafts[trading.Announced], v.Bidder("one", ""))
	})
}
