package contracts_test

import (
	"strings"
	"sync"
	"testing"

	"sunlot/internal/event"
	"sunlot/internal/fault"
	"sunlot/internal/identity"
	"sunlot/trading"
	"sunlot/trading/tradingtest"
)

// draft tries to begin a tender on a resolution of its own.
func draft(v *tradingtest.Village, asset string, change func(*trading.TenderForm)) (string, error) {
	form := v.TenderForm(asset, v.Resolution(v.ResolutionForm(asset)))
	change(&form)
	return v.Tendering.DraftTender(v.T.Context(), v.Clerk, event.NewID(), form)
}

func asIs(*trading.TenderForm) {}

// TestAnAssetIsLetOnce: a term that meets an announced one of the same asset is refused by
// its name when it is drafted and when it is announced, and the station's check says so;
// of two drafts the one that is announced first has the asset.
func TestAnAssetIsLetOnce(t *testing.T) {
	tradingtest.Each(t, func(t *testing.T, v *tradingtest.Village) {
		ctx, asset := t.Context(), v.Asset()
		forms := [2]trading.TenderForm{}
		var ready [2]trading.Tender
		for i := range forms {
			forms[i] = v.TenderForm(asset, v.Resolution(v.ResolutionForm(asset)))
			ready[i] = v.Carry(forms[i], trading.Approved)
		}
		third, err := draft(v, asset, asIs)
		tradingtest.Must(t, err)
		var both sync.WaitGroup
		errs := [2]error{}
		for i := range ready {
			both.Go(func() {
				_, errs[i] = v.Tendering.AnnounceTender(ctx, v.Clerk, event.NewID(), ready[i].ID, ready[i].Version)
			})
		}
		both.Wait()
		won, lost := 0, 1
		if errs[0] != nil {
			won, lost = 1, 0
		}
		tradingtest.Must(t, errs[won])
		tradingtest.Want(t, errs[lost], fault.Invalid, "starts_on")
		if said := fault.FieldsOf(errs[lost])[0].Message; !strings.Contains(said, ready[won].Title) {
			t.Errorf("the other is not named: %s", said)
		}
		_, err = draft(v, asset, func(f *trading.TenderForm) { f.Years, f.StartsOn = 1, "2032-01-14" })
		tradingtest.Want(t, err, fault.Invalid, "starts_on") // its last day
		_, err = draft(v, asset, func(f *trading.TenderForm) { f.StartsOn = "2032-01-15" })
		tradingtest.Must(t, err)
		_, err = v.Tendering.SubmitTender(ctx, v.Clerk, event.NewID(), third, 1)
		tradingtest.Want(t, err, fault.Invalid, "starts_on")
		review, err := v.Tendering.SeeReview(ctx, v.Station, ready[lost].ID)
		tradingtest.Must(t, err)
		if first := review.Ticks[0]; first.Label != "资产空着" || first.Verdict != "bad" ||
			!strings.Contains(first.Found, ready[won].Title) {
			t.Errorf("the station's check says first %+v", first)
		}
		v.Clock.Set(v.Load(ready[won].ID).OpensAt) // nobody bids: it fails
		tradingtest.Must(t, v.Bidding.Work(ctx))
		_, err = draft(v, asset, asIs)
		tradingtest.Must(t, err)
	})
}

// TestALeaseOfTheRegisterIsALease: what the clerk registered of the lease before the platform
// keeps the asset as long as it runs.
func TestALeaseOfTheRegisterIsALease(t *testing.T) {
	tradingtest.Each(t, func(t *testing.T, v *tradingtest.Village) {
		form := v.AssetForm()
		form.LastEnds = "2032-01-31"
		asset, err := v.Register(v.Clerk, form)
		tradingtest.Must(t, err)
		_, err = draft(v, asset, asIs)
		tradingtest.Want(t, err, fault.Invalid, "starts_on")
		_, err = draft(v, asset, func(f *trading.TenderForm) { f.StartsOn = "2032-02-01" })
		tradingtest.Must(t, err)
	})
}

// TestTheSecondLettingTellsItsGain: once the contract is signed the asset can be corrected,
// its last rent, end and tenant are the contract's, and the next result compares with them.
func TestTheSecondLettingTellsItsGain(t *testing.T) {
	tradingtest.Each(t, func(t *testing.T, v *tradingtest.Village) {
		ctx := t.Context()
		first, b := signed(t, v)
		id := v.Load(first.Tender).Asset
		a, err := v.Assets.SeeAsset(ctx, v.Clerk, id)
		tradingtest.Must(t, err)
		if a.LastRent != first.Price || a.LastEnds != "2032-01-14" || a.LastTenant != b.Name || a.LastLot != first.Lot {
			t.Errorf("after the contract the register has %+v", a)
		}
		if a, err = v.Assets.SeeAsset(ctx, identity.Actor{}, id); err != nil || a.LastTenant != "" {
			t.Errorf("a visitor reads the tenant: %+v, %v", a, err)
		}
		form := a.AssetForm
		form.LastRent, form.LastEnds, form.LastTenant, form.Location = 1, "", "别人", "村西头"
		_, err = v.Correct(v.Clerk, id, a.Version, form)
		tradingtest.Must(t, err)
		a, err = v.Assets.SeeAsset(ctx, v.Clerk, id)
		tradingtest.Must(t, err)
		if a.Location != "村西头" || a.LastRent != first.Price || a.LastEnds != "2032-01-14" || a.LastTenant != b.Name {
			t.Errorf("corrected it has %+v", a)
		}
		_, err = draft(v, id, asIs)
		tradingtest.Want(t, err, fault.Invalid, "starts_on")
		next := v.TenderForm(id, v.Resolution(v.ResolutionForm(id)))
		next.StartsOn, next.StartPrice, next.InspectionOn = "2032-01-15", 50000, "2026-12-24"
		other := v.Bidder("xiayi", "")
		l := v.OpenOf(v.Carry(next, trading.Announced), other)
		r, err := v.Bid(other, l.ID, l.Board.OpensAt, 50000, false)
		tradingtest.Must(t, err)
		v.Clock.Set(r.EndsAt.Add(trading.Grace))
		tradingtest.Must(t, v.Bidding.Work(ctx))
		second, err := v.DB.Award(ctx, l.ID)
		tradingtest.Must(t, err)
		if second.LastYearly != first.Yearly {
			t.Errorf("the second result compares with %d, the last rent was %d", second.LastYearly, first.Yearly)
		}
	})
}
