package register_test

import (
	"strings"
	"testing"
	"time"

	"sunlot/disclosure/privacy"
	"sunlot/internal/casework"
	"sunlot/internal/event"
	"sunlot/internal/fault"
	"sunlot/internal/identity"
	"sunlot/trading"
	"sunlot/trading/register"
	"sunlot/trading/tendering"
	"sunlot/trading/tradingtest"
)

// enter sends an asset to the committee.
func enter(t *testing.T, v *tradingtest.Village, form trading.AssetForm) string {
	t.Helper()
	id, err := v.Assets.RegisterAsset(t.Context(), v.Clerk, event.NewID(), form)
	tradingtest.Must(t, err)
	return id
}

// back gives an entry back in that version.
func back(t *testing.T, v *tradingtest.Village, id string, version int) {
	t.Helper()
	_, err := v.Assets.ReturnAsset(t.Context(), v.Supervision, event.NewID(), id, casework.Return{
		Version: version,
		Reasons: []fault.Field{{Name: "权属情况", Message: "请写明有没有抵押"}},
	})
	tradingtest.Must(t, err)
}

// TestWhatWaitsIsItsHandlersAlone: before a second person has looked at it an entry
// is in no list, no document, no event, and its photos are not shown; nor can it be
// resolved on or let. With the confirmation all of it is public.
func TestWhatWaitsIsItsHandlersAlone(t *testing.T) {
	tradingtest.Each(t, func(t *testing.T, v *tradingtest.Village) {
		ctx, form, visitor := t.Context(), v.AssetForm(), identity.Actor{}
		body, err := event.Canonical(form.Public())
		tradingtest.Must(t, err)
		all := casework.Query{Scope: identity.Everywhere, Page: identity.Page{}.Clip()}
		id := enter(t, v, form)
		for name, who := range map[string]identity.Actor{"visitor": visitor, "clerk": v.Clerk, "leader": v.Leader} {
			if list, total, err := v.Assets.SeeAssets(ctx, who, all); err != nil || total != 0 {
				t.Errorf("%s finds %+v, %v", name, list, err)
			}
		}
		_, err = v.Library.Document(ctx, event.Hash(body))
		tradingtest.Want(t, err, fault.NotFound, "")
		_, err = v.Assets.SeeAsset(ctx, v.Clerk, id)
		tradingtest.Want(t, err, fault.NotFound, "")
		if told := tradingtest.Kinds(t, v, event.Of("asset-draft", id)); len(told) != 0 {
			t.Errorf("events tell of it: %v", told)
		}
		for name, who := range map[string]identity.Actor{"visitor": visitor, "leader": v.Leader, "station": v.Station,
			"representative": v.Representative, "neighbour": v.OtherClerk, "their committee": v.OtherSupervision} {
			_, err := v.Assets.SeeAssetDraft(ctx, who, id)
			if fault.CodeOf(err) != fault.NotFound {
				t.Errorf("%s reads it: %v", name, err)
			}
			if list, total, _ := v.Assets.SeeAssetDrafts(ctx, who, all); total != 0 {
				t.Errorf("%s finds %+v", name, list)
			}
			_, err = v.Library.SeePhoto(ctx, who, form.Photos[0])
			if fault.CodeOf(err) != fault.NotFound {
				t.Errorf("%s sees its photo: %v", name, err)
			}
		}
		for tenant, who := range map[string]identity.Actor{"上一户": v.Clerk, "": v.Supervision} {
			d, err := v.Assets.SeeAssetDraft(ctx, who, id)
			list, total, listErr := v.Assets.SeeAssetDrafts(ctx, who, all)
			_, photoErr := v.Library.SeePhoto(ctx, who, form.Photos[0])
			if err != nil || listErr != nil || photoErr != nil || total != 1 || d.LastTenant != tenant ||
				list[0].LastTenant != tenant || d.Name != form.Name || d.OwnerName == "" {
				t.Errorf("%s reads %+v, %v %v %v", who.Name, d, err, listErr, photoErr)
			}
			if d.HidTenant != (tenant == "") {
				t.Errorf("%s is told of a hidden tenant: %t", who.Name, d.HidTenant)
			}
		}
		_, err = v.Resolving.RecordResolution(ctx, v.Clerk, event.NewID(), v.ResolutionForm(id))
		tradingtest.Want(t, err, fault.Invalid, "asset")
		_, err = v.Tendering.DraftTender(ctx, v.Clerk, event.NewID(), v.TenderForm(id, event.NewID()))
		tradingtest.Want(t, err, fault.Invalid, "asset")

		asset, err := v.Confirm(v.Clerk, id)
		tradingtest.Must(t, err)
		_, err = v.Library.Document(ctx, event.Hash(body))
		tradingtest.Must(t, err)
		_, err = v.Library.SeePhoto(ctx, visitor, form.Photos[0])
		tradingtest.Must(t, err)
		if told := tradingtest.Kinds(t, v, event.Of("asset", asset)); len(told) != 1 {
			t.Errorf("events: %v", told)
		}
	})
}

// TestTheSecondIsAnother: who has entered or mended it does not confirm it, nor does
// another village's committee; it is confirmed once, in the version that was seen.
func TestTheSecondIsAnother(t *testing.T) {
	tradingtest.Each(t, func(t *testing.T, v *tradingtest.Village) {
		ctx, form := t.Context(), v.AssetForm()
		id := enter(t, v, form)
		both := v.Give(v.Clerk, v.VillageOrg, identity.Supervision)
		confirm := func(who identity.Actor, request string, version int) (string, error) {
			return v.Assets.ConfirmAsset(ctx, who, request, id, version)
		}
		for name, who := range map[string]identity.Actor{
			"the clerk himself": both,
			"clerk":             v.Clerk,
			"leader":            v.Leader,
		} {
			t.Log(name)
			_, err := confirm(who, event.NewID(), 1)
			tradingtest.Want(t, err, fault.Forbidden, "")
		}
		fresh := v.Supervision
		fresh.At = v.Clock.Now()
		fresh.Vouches = []identity.Vouch{{
			Act:    identity.AccountClosed,
			Person: v.Clerk.PersonID,
			By:     v.Supervision.PersonID,
			At:     v.Clock.Now(),
		}}
		_, err := confirm(fresh, event.NewID(), 1)
		tradingtest.Want(t, err, fault.Forbidden, "")
		_, err = confirm(v.OtherSupervision, event.NewID(), 1)
		tradingtest.Want(t, err, fault.NotFound, "")
		_, err = v.Assets.ReturnAsset(ctx, v.Supervision, event.NewID(), id, casework.Return{Version: 1})
		tradingtest.Want(t, err, fault.Invalid, "reasons")
		back(t, v, id, 1)
		_, err = confirm(v.Supervision, event.NewID(), 2)
		tradingtest.Want(t, err, fault.Conflict, "") // it is the clerk's now
		d, err := v.Assets.SeeAssetDraft(ctx, v.Clerk, id)
		if err != nil || len(d.Mend) != 1 || d.Mend[0].Message != "请写明有没有抵押" {
			t.Fatalf("the clerk reads %+v, %v", d.Mend, err)
		}
		form.Title = "村民小组集体所有，无抵押"
		_, err = v.Assets.AmendAsset(ctx, v.OtherClerk, event.NewID(), id, 2, form)
		tradingtest.Want(t, err, fault.NotFound, "")
		_, err = v.Assets.AmendAsset(ctx, both, event.NewID(), id, 2, form)
		tradingtest.Must(t, err)
		_, err = confirm(v.Supervision, event.NewID(), 2)
		tradingtest.Want(t, err, fault.Conflict, "")
		asset, err := confirm(v.Supervision, "request-0001", 3)
		tradingtest.Must(t, err)
		again, err := confirm(v.Supervision, "request-0001", 3) // the same tap
		if err != nil || again != asset {
			t.Errorf("the same request answers %s, %v, want %s", again, err, asset)
		}
		_, err = confirm(v.Supervision, event.NewID(), 4)
		tradingtest.Want(t, err, fault.Conflict, "")
		for name, act := range map[string]func() error{
			"mended": func() error {
				_, err := v.Assets.AmendAsset(ctx, v.Clerk, event.NewID(), id, 4, form)
				return err
			},
			"withdrawn": func() error {
				_, err := v.Assets.WithdrawAsset(ctx, v.Clerk, event.NewID(), id, 4)
				return err
			},
		} {
			t.Log(name)
			tradingtest.Want(t, act(), fault.Conflict, "")
		}
		a, err := v.Assets.SeeAsset(ctx, v.Clerk, asset)
		if err != nil || a.Title != form.Title || a.RegisteredBy != v.Clerk.PersonID || a.Version != 1 {
			t.Errorf("the register has %+v, %v", a, err)
		}
	})
}

// TestTwinsDoNotWaitSideBySide: what waits counts as registered, for a new one and
// for a correction; what was withdrawn does not.
func TestTwinsDoNotWaitSideBySide(t *testing.T) {
	tradingtest.Each(t, func(t *testing.T, v *tradingtest.Village) {
		ctx, form := t.Context(), v.AssetForm()
		id := enter(t, v, form)
		twin := form
		twin.Name = "第三组 鱼塘及旱地\u3000"
		_, err := v.Assets.RegisterAsset(ctx, v.Clerk, event.NewID(), twin)
		tradingtest.Want(t, err, fault.Conflict, "name")
		if !strings.Contains(err.Error(), "待核实") {
			t.Errorf("it is not said that the other waits: %v", err)
		}
		back(t, v, id, 1)
		_, err = v.Assets.RegisterAsset(ctx, v.Clerk, event.NewID(), twin)
		tradingtest.Want(t, err, fault.Conflict, "name")
		_, err = v.Assets.WithdrawAsset(ctx, v.Clerk, event.NewID(), id, 2)
		tradingtest.Must(t, err)
		asset, err := v.Register(v.Clerk, twin)
		tradingtest.Must(t, err)

		form.Name = "村东头鱼塘"
		correct := func(form trading.AssetForm) (string, error) {
			return v.Assets.CorrectAsset(ctx, v.Clerk, event.NewID(), asset, 1, form)
		}
		correction, err := correct(form)
		tradingtest.Must(t, err)
		_, err = v.Assets.RegisterAsset(ctx, v.Clerk, event.NewID(), form) // as it is going to be called
		tradingtest.Want(t, err, fault.Conflict, "plots")
		form.Name = "村东头的鱼塘"
		_, err = correct(form)
		tradingtest.Want(t, err, fault.Conflict, "")
		if !strings.Contains(err.Error(), "已有一份更正") {
			t.Errorf("the other correction is not named: %v", err)
		}
		// before anybody has looked at it
		_, err = v.Assets.AmendAsset(ctx, v.Clerk, event.NewID(), correction, 1, form)
		tradingtest.Must(t, err)
		moved := form
		moved.Owner, moved.Assembly = v.Collective, "member_representatives"
		_, err = v.Assets.AmendAsset(ctx, v.Clerk, event.NewID(), correction, 2, moved)
		tradingtest.Want(t, err, fault.Conflict, "owner")
		_, err = v.Assets.ConfirmAsset(ctx, v.Supervision, event.NewID(), correction, 2)
		tradingtest.Must(t, err)
		a, err := v.Assets.SeeAsset(ctx, v.Clerk, asset)
		if err != nil || a.Version != 2 || a.Name != form.Name {
			t.Errorf("the register has %+v, %v", a, err)
		}
		_, err = v.Assets.CorrectAsset(ctx, v.Clerk, event.NewID(), asset, 2, form) // the next one
		tradingtest.Must(t, err)
	})
}

// TestACorrectionIsOvertaken: what became of the asset while it waited is in its way
// and said; what a contract fixed meanwhile stays the contract's.
func TestACorrectionIsOvertaken(t *testing.T) {
	tradingtest.Each(t, func(t *testing.T, v *tradingtest.Village) {
		ctx, asset := t.Context(), v.Asset()
		a, err := v.Assets.SeeAsset(ctx, v.Clerk, asset)
		tradingtest.Must(t, err)
		form := a.AssetForm
		form.Use, form.LastRent = "养殖", 36000
		id, err := v.Assets.CorrectAsset(ctx, v.Clerk, event.NewID(), asset, 1, form)
		tradingtest.Must(t, err)
		n := v.Carry(v.TenderForm(asset, v.Resolution(v.ResolutionForm(asset))), trading.Drafted)
		_, err = v.Confirm(v.Clerk, id)
		tradingtest.Want(t, err, fault.Conflict, "")
		if !strings.Contains(err.Error(), "正在交易") {
			t.Errorf("it is not said why: %v", err)
		}
		_, err = v.Tendering.WithdrawTender(ctx, v.Clerk, event.NewID(), n.ID, n.Version)
		tradingtest.Must(t, err)
		once, err := event.NewRequest(v.Clerk.PersonID, "test.occupy", event.NewID(), id)
		tradingtest.Must(t, err)
		_, err = v.DB.WriteTender(ctx, once, func(tx tendering.Tx) (string, error) {
			return "", tx.Occupy(register.Occupancy{
				Lot:    "lot1",
				Asset:  asset,
				From:   "2027-01-01",
				To:     "2029-12-31",
				Let:    true,
				Rent:   51200,
				Tenant: "承租方",
			})
		})
		tradingtest.Must(t, err)
		_, err = v.Confirm(v.Clerk, id)
		tradingtest.Must(t, err)
		a, err = v.Assets.SeeAsset(ctx, v.Clerk, asset)
		if err != nil || a.Use != "养殖" || a.LastRent != 51200 || a.LastTenant != "承租方" {
			t.Errorf("the register has %+v, %v", a.AssetForm, err)
		}
	})
}

// TestWhatWasWithheldDoesNotComeBack by a correction that was typed before: it is
// given back, and what was confirmed with the text no longer shows it either.
func TestWhatWasWithheldDoesNotComeBack(t *testing.T) {
	tradingtest.Each(t, func(t *testing.T, v *tradingtest.Village) {
		ctx, form := t.Context(), v.AssetForm()
		first := enter(t, v, form)
		asset, err := v.Confirm(v.Clerk, first)
		tradingtest.Must(t, err)
		a, err := v.Assets.SeeAsset(ctx, v.Clerk, asset)
		tradingtest.Must(t, err)
		form.Use = "养殖"
		id, err := v.Assets.CorrectAsset(ctx, v.Clerk, event.NewID(), asset, 1, form)
		tradingtest.Must(t, err)
		w, err := v.Privacy.AskWithholding(ctx, v.Station, event.NewID(),
			privacy.WithholdForm{Address: a.Document, Ground: "personal", Reason: "有村民的手机号"})
		tradingtest.Must(t, err)
		_, err = v.Privacy.DecideWithholding(ctx, v.Leader, event.NewID(), w, privacy.DecideForm{
			Version: 1,
			Agree:   true,
		})
		tradingtest.Must(t, err)
		_, err = v.Confirm(v.Clerk, id)
		tradingtest.Want(t, err, fault.Conflict, "")
		if !strings.Contains(err.Error(), "有变动") {
			t.Errorf("it is not said why: %v", err)
		}
		d, err := v.Assets.SeeAssetDraft(ctx, v.Supervision, first)
		if err != nil || d.Title != privacy.Veil || d.Plots[0].East != privacy.Veil || d.Plots[0].Area != 2860 {
			t.Errorf("the old entry shows %+v, %v", d.AssetForm, err)
		}
		back(t, v, id, 1)
		form.Title = "村民小组所有"
		_, err = v.Assets.AmendAsset(ctx, v.Clerk, event.NewID(), id, 2, form)
		tradingtest.Must(t, err)
		_, err = v.Confirm(v.Clerk, id)
		tradingtest.Must(t, err)
	})
}

// TestTheGateIsAskedAgain: a number that was cleared when it was typed and is no more
// does not go out.
func TestTheGateIsAskedAgain(t *testing.T) {
	tradingtest.Each(t, func(t *testing.T, v *tradingtest.Village) {
		ctx, form := t.Context(), v.AssetForm()
		form.Title = "值班 139 0000 0012"
		_, err := v.Assets.RegisterAsset(ctx, v.Clerk, event.NewID(), form)
		tradingtest.Want(t, err, fault.Invalid, "title")
		number, err := v.Privacy.AskClearance(ctx, v.Clerk, event.NewID(),
			privacy.ClearForm{Org: v.VillageOrg, Number: "13900000012", Reason: "值班手机"})
		tradingtest.Must(t, err)
		_, err = v.Privacy.DecideClearance(ctx, v.Leader, event.NewID(), number,
			privacy.DecideForm{Version: 1, Agree: true})
		tradingtest.Must(t, err)
		id := enter(t, v, form)
		_, err = v.Privacy.EndClearance(ctx, v.Clerk, event.NewID(), number,
			privacy.DecideForm{Version: 2, Reason: "不再公开"})
		tradingtest.Must(t, err)
		_, err = v.Confirm(v.Clerk, id)
		tradingtest.Want(t, err, fault.Invalid, "title")
	})
}

// TestWhoseDeskItIsOn: the committee has three days, then the clerk has three; what
// is overdue climbs, and names nothing that was typed. Without a committee it waits
// until there is one again.
func TestWhoseDeskItIsOn(t *testing.T) {
	tradingtest.Each(t, func(t *testing.T, v *tradingtest.Village) {
		ctx := t.Context()
		id := enter(t, v, v.AssetForm())
		waits := v.Waits(v.Supervision)
		if len(waits) != 1 || waits[0].Name != "assetcheck" || waits[0].Due != "2026-11-26" ||
			strings.Contains(waits[0].Title, "鱼塘") || len(v.Waits(v.Clerk)) != 0 {
			t.Fatalf("the committee has %+v", waits)
		}
		back(t, v, id, 1)
		waits = v.Waits(v.Clerk)
		if len(waits) != 1 || waits[0].Name != "asset" || len(v.Waits(v.Supervision)) != 0 {
			t.Fatalf("the clerk has %+v", waits)
		}
		_, err := v.Assets.AmendAsset(ctx, v.Clerk, event.NewID(), id, 2, v.AssetForm())
		tradingtest.Must(t, err)
		_, err = v.Admin.CloseAccount(ctx, v.Administrator, event.NewID(),
			identity.CloseForm{Person: v.Supervision.PersonID, Alone: true})
		tradingtest.Must(t, err)
		v.Clock.Set(tradingtest.Monday.Add(8 * 24 * time.Hour))
		if climbed := v.Climbed(v.Leader); len(climbed) != 1 || strings.Contains(climbed[0].Title, "鱼塘") {
			t.Errorf("the leader has %+v", climbed)
		}
		next := v.Give(v.Station, v.VillageOrg, identity.Supervision)
		asset, err := v.Assets.ConfirmAsset(ctx, next, event.NewID(), id, 3)
		tradingtest.Must(t, err)
		if left := v.Climbed(v.Leader); len(left) != 0 {
			t.Errorf("of %s there waits still %+v", asset, left)
		}
	})
}

// TestWhoEnteredAPartIsNoSecond: whoever changed what another had entered and sends again
// is none in whatever post he has later.
func TestWhoEnteredAPartIsNoSecond(t *testing.T) {
	tradingtest.Each(t, func(t *testing.T, v *tradingtest.Village) {
		ctx, form := t.Context(), v.AssetForm()
		id := enter(t, v, form)
		second := v.Give(v.County, v.Collective, identity.Clerk)
		for version, who := range []identity.Actor{second, v.Clerk} {
			_, err := v.Assets.AmendAsset(ctx, who, event.NewID(), id, version+1, form)
			tradingtest.Must(t, err)
		}
		second = v.Give(second, v.VillageOrg, identity.Supervision)
		_, err := v.Assets.ConfirmAsset(ctx, second, event.NewID(), id, 3)
		tradingtest.Want(t, err, fault.Forbidden, "")
		_, err = v.Assets.ConfirmAsset(ctx, v.Supervision, event.NewID(), id, 3)
		tradingtest.Must(t, err)
	})
}

// TestACorrectedTenantIsSaidAndNotNamed: the committee that confirms a correction is told
// that the last tenant is another one, and of none when he is the same.
func TestACorrectedTenantIsSaidAndNotNamed(t *testing.T) {
	tradingtest.Each(t, func(t *testing.T, v *tradingtest.Village) {
		ctx := t.Context()
		asset := v.Asset()
		for _, c := range []struct {
			tenant string
			said   bool
		}{{"另一户", true}, {"另一户", false}} {
			a, err := v.DB.Asset(ctx, asset, identity.Everywhere)
			tradingtest.Must(t, err)
			form := a.AssetForm
			form.LastTenant = c.tenant
			form.Use += "。"
			id, err := v.Assets.CorrectAsset(ctx, v.Clerk, event.NewID(), asset, a.Version, form)
			tradingtest.Must(t, err)
			d, err := v.Assets.SeeAssetDraft(ctx, v.Supervision, id)
			if err != nil || d.LastTenant != "" || d.HidTenant != c.said {
				t.Errorf("of %s the committee reads %q, %t, %v", c.tenant, d.LastTenant, d.HidTenant, err)
			}
			_, err = v.Confirm(v.Clerk, id)
			tradingtest.Must(t, err)
		}
	})
}
