package tendering_test

import (
	"slices"
	"strings"
	"testing"

	"sunlot/internal/event"
	"sunlot/internal/fault"
	"sunlot/internal/identity"
	"sunlot/trading"
	"sunlot/trading/tradingtest"
)

// waits says whether something of a kind waits for somebody.
func waits(v *tradingtest.Village, who identity.Actor, kind string) bool {
	for _, w := range v.Waits(who) {
		if w.Name == kind {
			return true
		}
	}
	return false
}

// TestADraftIsTakenBackByItsSender: the station's desk has it no more, the sender mends it and
// sends it again; nobody else takes it back, nor the sender once the station has decided.
func TestADraftIsTakenBackByItsSender(t *testing.T) {
	tradingtest.Each(t, func(t *testing.T, v *tradingtest.Village) {
		ctx := t.Context()
		n := v.Tender(trading.Submitted)
		colleague := v.Give(v.OtherClerk, v.Collective, identity.Clerk)
		_, err := v.Tendering.TakeBackTender(ctx, colleague, event.NewID(), n.ID, n.Version)
		tradingtest.Want(t, err, fault.Forbidden, "")
		_, err = v.Tendering.TakeBackTender(ctx, v.Station, event.NewID(), n.ID, n.Version)
		tradingtest.Want(t, err, fault.Forbidden, "")
		_, err = v.Tendering.TakeBackTender(ctx, v.Clerk, event.NewID(), n.ID, n.Version-1)
		tradingtest.Want(t, err, fault.Conflict, "")
		request := event.NewID()
		for range 2 { // sent twice it is done once
			_, err = v.Tendering.TakeBackTender(ctx, v.Clerk, request, n.ID, n.Version)
			tradingtest.Must(t, err)
		}
		if waits(v, v.Station, "check") || !waits(v, v.Clerk, "tender") {
			t.Error("it waits on the wrong desk")
		}
		if n = v.Load(n.ID); n.State != trading.Drafted || n.Steps.SubmittedBy != "" {
			t.Errorf("it is %s, submitted by %q", n.State, n.Steps.SubmittedBy)
		}
		acts, err := v.DB.Acts(ctx, n.Stream())
		tradingtest.Must(t, err)
		if last := acts[len(acts)-1]; last.Kind != "tender.taken_back" || last.Role != identity.Clerk {
			t.Errorf("the trail ends with %s by %s", last.Kind, last.Role)
		}
		form := n.TenderForm
		form.Fees = "由承租方承担"
		_, err = v.Tendering.AmendTender(ctx, v.Clerk, event.NewID(), n.ID, n.Version, form)
		tradingtest.Must(t, err)
		_, err = v.Tendering.SubmitTender(ctx, v.Clerk, event.NewID(), n.ID, n.Version+1)
		tradingtest.Must(t, err)
		_, err = v.Tendering.CheckTender(ctx, v.Station, event.NewID(), n.ID, n.Version+2)
		tradingtest.Must(t, err)
		_, err = v.Tendering.TakeBackTender(ctx, v.Clerk, event.NewID(), n.ID, n.Version+2)
		tradingtest.Want(t, err, fault.Conflict, "")
		if !strings.Contains(err.Error(), "“待审批”，不能收回") {
			t.Errorf("it is not said why: %v", err)
		}
		if !waits(v, v.Leader, "approval") {
			t.Error("the leader's desk has lost it")
		}
	})
}

// TestASupplementIsTakenBack before the station has decided; the notice stays as it is, and
// another may be proposed.
func TestASupplementIsTakenBack(t *testing.T) {
	tradingtest.Each(t, func(t *testing.T, v *tradingtest.Village) {
		ctx, n := t.Context(), v.Tender(trading.Announced)
		propose := func() string {
			id, err := v.Tendering.ProposeSupplement(ctx, v.Clerk, event.NewID(),
				trading.SupplementForm{Tender: n.ID, Text: "路已通"})
			tradingtest.Must(t, err)
			return id
		}
		id := propose()
		colleague := v.Give(v.OtherClerk, v.Collective, identity.Clerk)
		_, err := v.Tendering.TakeBackSupplement(ctx, colleague, event.NewID(), id, 1)
		tradingtest.Want(t, err, fault.Forbidden, "")
		_, err = v.Tendering.TakeBackSupplement(ctx, v.Clerk, event.NewID(), id, 1)
		tradingtest.Must(t, err)
		if waits(v, v.Station, "supplement") {
			t.Error("it waits for the station still")
		}
		_, err = v.Tendering.ReleaseSupplement(ctx, v.Station, event.NewID(), id, 2)
		tradingtest.Want(t, err, fault.Conflict, "")
		next := propose()
		_, err = v.Tendering.ReleaseSupplement(ctx, v.Station, event.NewID(), next, 1)
		tradingtest.Must(t, err)
		_, err = v.Tendering.TakeBackSupplement(ctx, v.Clerk, event.NewID(), next, 1)
		tradingtest.Want(t, err, fault.Conflict, "")
		public, err := v.Tendering.SeeSupplements(ctx, identity.Actor{}, n.ID)
		tradingtest.Must(t, err)
		if slices.ContainsFunc(public, func(s trading.Supplement) bool { return s.ID == id }) {
			t.Error("the public sees what was taken back")
		}
	})
}
