package tendering_test

import (
	"strings"
	"testing"

	"sunlot/internal/event"
	"sunlot/internal/fault"
	"sunlot/trading"
	"sunlot/trading/tradingtest"
)

// TestAVoteCarriesTheAssetOnWhichItWasHeld: a vote on a shop doesn't open land to
// outsiders, nor one on land a shop without its members' priority. What the vote
// did not rest on may be corrected, and what was corrected back carries again.
func TestAVoteCarriesTheAssetOnWhichItWasHeld(t *testing.T) {
	tradingtest.Each(t, func(t *testing.T, v *tradingtest.Village) {
		for name, c := range map[string]struct {
			voted trading.AssetKind
			wrong func(*trading.AssetForm)
			says  string
		}{
			"a shop becomes land": {trading.Building,
				func(f *trading.AssetForm) { v.Becomes(f, trading.FarmLand) }, "资产类别"},
			"land becomes a shop": {trading.FarmLand,
				func(f *trading.AssetForm) { v.Becomes(f, trading.Building) }, "资产类别"},
			"land becomes larger": {trading.FarmLand,
				func(f *trading.AssetForm) { f.Area, f.Plots[0].Area = f.Area+10000, f.Plots[0].Area+10000 }, "面积"},
			"others had to decide": {trading.FarmLand,
				func(f *trading.AssetForm) { f.Assembly = "member_representatives" }, "决策会议"},
		} {
			as := func() trading.AssetForm {
				form := v.AssetForm()
				form.Name = name
				v.Becomes(&form, c.voted)
				for i := range form.Plots {
					form.Plots[i].Name += name // land of its own
				}
				return form
			}
			asset, err := v.Register(v.Clerk, as())
			tradingtest.Must(t, err)
			vote := v.ResolutionForm(asset)
			vote.Unit = trading.Let.Units(c.voted.Measure())[0]
			for i := 14; i < 22; i++ {
				if c.voted == trading.Building {
					vote.Votes[i].Choice = trading.Against
				}
			}
			resolution := v.Resolution(vote)
			correct := func(version int, change func(*trading.AssetForm)) {
				t.Helper()
				other := as()
				change(&other)
				_, err := v.Correct(v.Clerk, asset, version, other)
				tradingtest.Must(t, err)
			}
			draft := func() error {
				terms := v.TenderForm(asset, resolution)
				terms.Unit = vote.Unit
				_, err := v.Tendering.DraftTender(t.Context(), v.Clerk, event.NewID(), terms)
				return err
			}
			correct(1, c.wrong)
			err = draft()
			tradingtest.Want(t, err, fault.Invalid, "resolution")
			if !strings.Contains(err.Error(), c.says) {
				t.Errorf("%s: %v does not name %s", name, err, c.says)
			}
			correct(2, func(f *trading.AssetForm) { f.Location = "村西头" })
			tradingtest.Must(t, draft())
		}
	})
}

// TestAVoteOfAnotherAssemblyIsNotConfirmed: the register named another assembly
// after the vote was typed in, so that the record goes back.
func TestAVoteOfAnotherAssemblyIsNotConfirmed(t *testing.T) {
	tradingtest.Each(t, func(t *testing.T, v *tradingtest.Village) {
		ctx, asset := t.Context(), v.Asset()
		id, err := v.Resolving.RecordResolution(ctx, v.Clerk, event.NewID(), v.ResolutionForm(asset))
		tradingtest.Must(t, err)
		_, err = v.Resolving.SubmitResolution(ctx, v.Clerk, event.NewID(), id, 1)
		tradingtest.Must(t, err)
		form := v.AssetForm()
		form.Assembly = "member_representatives"
		_, err = v.Correct(v.Clerk, asset, 1, form)
		tradingtest.Must(t, err)
		_, err = v.Resolving.ConfirmResolution(ctx, v.Supervision, event.NewID(), id, 2)
		tradingtest.Want(t, err, fault.Conflict, "")
		form.Assembly = "group_meeting"
		_, err = v.Correct(v.Clerk, asset, 2, form)
		tradingtest.Must(t, err)
		_, err = v.Resolving.ConfirmResolution(ctx, v.Supervision, event.NewID(), id, 2)
		tradingtest.Must(t, err)
	})
}
