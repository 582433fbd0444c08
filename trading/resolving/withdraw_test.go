package resolving_test

import (
	"strings"
	"testing"

	"sunlot/internal/event"
	"sunlot/internal/fault"
	"sunlot/trading"
	"sunlot/trading/tradingtest"
)

// TestAVoteCarriesNoLargerLetting: what was voted on is the asset as it was then.
func TestAVoteCarriesNoLargerLetting(t *testing.T) {
	tradingtest.Each(t, func(t *testing.T, v *tradingtest.Village) {
		ctx, id := t.Context(), submitted(t, v)
		r, err := v.Resolving.SeeResolution(ctx, v.Clerk, id)
		tradingtest.Must(t, err)
		a, err := v.Assets.SeeAsset(ctx, v.Clerk, r.Asset)
		tradingtest.Must(t, err)
		form := a.AssetForm
		form.Area *= 10
		form.Plots[0].Area += form.Area - a.Area
		_, err = v.Correct(v.Clerk, a.ID, 1, form)
		tradingtest.Must(t, err)
		_, err = v.Resolving.ConfirmResolution(ctx, v.Supervision, event.NewID(), id, 2)
		tradingtest.Want(t, err, fault.Conflict, "")
		if err == nil || !strings.Contains(err.Error(), "改了面积") {
			t.Errorf("%v", err)
		}
	})
}

// TestAVoteOfAnotherMeetingIsWithdrawn: once the register says that another one decides,
// what waits can be confirmed by nobody, and the clerk takes it back; nothing of it waits
// then, and nothing more is done to it.
func TestAVoteOfAnotherMeetingIsWithdrawn(t *testing.T) {
	tradingtest.Each(t, func(t *testing.T, v *tradingtest.Village) {
		ctx, id := t.Context(), submitted(t, v)
		r, err := v.Resolving.SeeResolution(ctx, v.Clerk, id)
		tradingtest.Must(t, err)
		a, err := v.Assets.SeeAsset(ctx, v.Clerk, r.Asset)
		tradingtest.Must(t, err)
		form := a.AssetForm
		form.Assembly = "member_representatives"
		_, err = v.Correct(v.Clerk, a.ID, 1, form)
		tradingtest.Must(t, err)
		_, err = v.Resolving.ConfirmResolution(ctx, v.Supervision, event.NewID(), id, 2)
		tradingtest.Want(t, err, fault.Conflict, "")
		if !strings.Contains(err.Error(), "由经办人撤回") {
			t.Errorf("it is not said what to do: %v", err)
		}
		withdraw := func(request string, version int) error {
			_, err := v.Resolving.WithdrawResolution(ctx, v.Clerk, request, id, version)
			return err
		}
		_, err = v.Resolving.WithdrawResolution(ctx, v.Supervision, event.NewID(), id, 2)
		tradingtest.Want(t, err, fault.Forbidden, "")
		_, err = v.Resolving.WithdrawResolution(ctx, v.OtherClerk, event.NewID(), id, 2)
		tradingtest.Want(t, err, fault.NotFound, "")
		tradingtest.Want(t, withdraw(event.NewID(), 1), fault.Conflict, "")
		tradingtest.Must(t, withdraw("request-0001", 2))
		tradingtest.Must(t, withdraw("request-0001", 2)) // the same tap again
		tradingtest.Want(t, withdraw(event.NewID(), 3), fault.Conflict, "")
		if len(v.Waits(v.Supervision))+len(v.Waits(v.Clerk)) != 0 {
			t.Errorf("there waits %+v and %+v", v.Waits(v.Supervision), v.Waits(v.Clerk))
		}
		for name, act := range map[string]tradingtest.Step{
			"handed over": v.Resolving.SubmitResolution,
			"confirmed":   v.Resolving.ConfirmResolution,
		} {
			who := v.Clerk
			if name == "confirmed" {
				who = v.Supervision
			}
			_, err = act(ctx, who, event.NewID(), id, 3)
			tradingtest.Want(t, err, fault.Conflict, "")
		}
		if kinds := tradingtest.Kinds(t, v, event.Of("resolution", id)); len(kinds) != 0 {
			t.Errorf("the log has %v", kinds)
		}
	})
}

// TestWhatIsConfirmedIsNotWithdrawn: it is public.
func TestWhatIsConfirmedIsNotWithdrawn(t *testing.T) {
	tradingtest.Each(t, func(t *testing.T, v *tradingtest.Village) {
		id := v.Resolution(v.ResolutionForm(v.Asset()))
		_, err := v.Resolving.WithdrawResolution(t.Context(), v.Clerk, event.NewID(), id, 3)
		tradingtest.Want(t, err, fault.Conflict, "")
		r, err := v.Resolving.SeeResolution(t.Context(), v.Clerk, id)
		if err != nil || r.State != trading.Confirmed {
			t.Errorf("it is %+v, %v", r, err)
		}
	})
}
