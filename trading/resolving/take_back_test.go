package resolving_test

import (
	"slices"
	"strings"
	"testing"

	"sunlot/internal/casework"
	"sunlot/internal/event"
	"sunlot/internal/fault"
	"sunlot/internal/identity"
	"sunlot/trading/tradingtest"
)

// TestARecordIsTakenBackByItsSender, mended and sent again; once the committee has decided
// it is refused in words.
func TestARecordIsTakenBackByItsSender(t *testing.T) {
	tradingtest.Each(t, func(t *testing.T, v *tradingtest.Village) {
		ctx, id := t.Context(), submitted(t, v)
		waits := func(who identity.Actor, kind string) bool {
			return slices.ContainsFunc(v.Waits(who), func(w casework.Waiting) bool { return w.Name == kind })
		}
		colleague := v.Give(v.OtherClerk, v.Collective, identity.Clerk)
		_, err := v.Resolving.TakeBackResolution(ctx, colleague, event.NewID(), id, 2)
		tradingtest.Want(t, err, fault.Forbidden, "")
		_, err = v.Resolving.TakeBackResolution(ctx, v.Clerk, event.NewID(), id, 1)
		tradingtest.Want(t, err, fault.Conflict, "")
		_, err = v.Resolving.TakeBackResolution(ctx, v.Clerk, event.NewID(), id, 2)
		tradingtest.Must(t, err)
		if waits(v.Supervision, "confirmation") || !waits(v.Clerk, "resolution") {
			t.Error("it waits on the wrong desk")
		}
		r, err := v.Resolving.SeeResolution(ctx, v.Clerk, id)
		tradingtest.Must(t, err)
		form := r.ResolutionForm
		form.Years--
		_, err = v.Resolving.AmendResolution(ctx, v.Clerk, event.NewID(), id, 3, form)
		tradingtest.Must(t, err)
		_, err = v.Resolving.SubmitResolution(ctx, v.Clerk, event.NewID(), id, 4)
		tradingtest.Must(t, err)
		_, err = v.Resolving.ConfirmResolution(ctx, v.Supervision, event.NewID(), id, 5)
		tradingtest.Must(t, err)
		_, err = v.Resolving.TakeBackResolution(ctx, v.Clerk, event.NewID(), id, 5)
		tradingtest.Want(t, err, fault.Conflict, "")
		if !strings.Contains(err.Error(), "“已核实”，不能收回") {
			t.Errorf("it is not said why: %v", err)
		}
	})
}
