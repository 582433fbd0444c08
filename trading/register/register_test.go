package register_test

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"sunlot/internal/casework"
	"sunlot/internal/event"
	"sunlot/internal/fault"
	"sunlot/internal/identity"
	"sunlot/internal/money"
	"sunlot/trading"
	"sunlot/trading/tradingtest"
)

// TestEachFieldOfAnAssetHasItsLimits: what is wrong is refused by the name of its
// field, and at the limit itself nothing is.
func TestEachFieldOfAnAssetHasItsLimits(t *testing.T) {
	tradingtest.Each(t, func(t *testing.T, v *tradingtest.Village) {
		good := v.AssetForm()
		for name, c := range map[string]struct {
			field  string
			change func(*trading.AssetForm)
		}{
			"no name":     {"name", func(f *trading.AssetForm) { f.Name = " " }},
			"a long name": {"name", func(f *trading.AssetForm) { f.Name = strings.Repeat("塘", 61) }},
			"no kind":     {"kind", func(f *trading.AssetForm) { f.Kind = "ship" }},
			"no assembly": {"assembly", func(f *trading.AssetForm) { f.Assembly = "committee" }},
			"no place":    {"location", func(f *trading.AssetForm) { f.Location = "" }},
			"a long place": {"location",
				func(f *trading.AssetForm) { f.Location = strings.Repeat("东", 121) }},
			"no use":   {"use", func(f *trading.AssetForm) { f.Use = "" }},
			"no title": {"title", func(f *trading.AssetForm) { f.Title = "" }},
			"a long tenant": {"last_tenant",
				func(f *trading.AssetForm) { f.LastTenant = strings.Repeat("户", 61) }},
			"no area":            {"area", func(f *trading.AssetForm) { f.Area = 0 }},
			"an area beyond":     {"area", func(f *trading.AssetForm) { f.Area = money.AreaLimit + 1 }},
			"a rent below zero":  {"last_rent", func(f *trading.AssetForm) { f.LastRent = -1 }},
			"no such day":        {"last_ends", func(f *trading.AssetForm) { f.LastEnds = "2026-02-30" }},
			"land without plots": {"plots", func(f *trading.AssetForm) { f.Plots = nil }},
			"51 plots": {"plots",
				func(f *trading.AssetForm) { f.Plots = slices.Repeat(f.Plots[:1], 51) }},
			"plots that do not add":  {"plots", func(f *trading.AssetForm) { f.Area++ }},
			"a plot without a bound": {"plots", func(f *trading.AssetForm) { f.Plots[0].North = "" }},
			"a plot without a name":  {"plots", func(f *trading.AssetForm) { f.Plots[1].Name = "" }},
			"a plot of nothing": {"plots",
				func(f *trading.AssetForm) { f.Plots[0].Area, f.Plots[1].Area = 0, 3860 }},
			"no photo": {"photos", func(f *trading.AssetForm) { f.Photos = nil }},
			"a neighbour's photo": {"photos",
				func(f *trading.AssetForm) { f.Photos = []string{v.Photo(v.OtherClerk, 9)} }},
			"no owner":           {"owner", func(f *trading.AssetForm) { f.Owner = "" }},
			"a neighbour's land": {"owner", func(f *trading.AssetForm) { f.Owner = v.OtherGroup }},
			"nobody acts":        {"acting", func(f *trading.AssetForm) { f.Acting = "nosuchorg" }},
			"a group acts":       {"acting", func(f *trading.AssetForm) { f.Acting = v.Group }},
			"a neighbour acts":   {"acting", func(f *trading.AssetForm) { f.Acting = v.OtherCollective }},
		} {
			form := good
			form.Plots = slices.Clone(good.Plots)
			c.change(&form)
			t.Log(name)
			_, err := v.Assets.RegisterAsset(t.Context(), v.Clerk, event.NewID(), form)
			tradingtest.Want(t, err, fault.Invalid, c.field)
		}
		house := good
		house.Name, house.Kind, house.Plots, house.LastEnds, house.LastRent = strings.Repeat("铺",
			60), trading.Building, nil, "", 0
		house.Measure = money.SquareMetre
		_, err := v.Register(v.Clerk, house)
		tradingtest.Must(t, err) // a shop has no plots, and this one was never let
		_, total, err := v.Assets.SeeAssets(t.Context(), identity.Actor{},
			casework.Query{Scope: identity.Everywhere, Page: identity.Page{}.Clip()})
		if err != nil || total != 1 {
			t.Errorf("of all these %d are registered, %v", total, err)
		}
	})
}

// TestACorrectionIsVisible: it is the clerk of the place alone who registers and corrects, on the newest
// copy; each version is an event, and the document it names has no tenant.
func TestACorrectionIsVisible(t *testing.T) {
	tradingtest.Each(t, func(t *testing.T, v *tradingtest.Village) {
		ctx, form := t.Context(), v.AssetForm()
		for name, who := range map[string]identity.Actor{"leader": v.Leader, "station": v.Station,
			"committee": v.Supervision, "representative": v.Representative} {
			t.Log(name)
			_, err := v.Assets.RegisterAsset(ctx, who, event.NewID(), form)
			tradingtest.Want(t, err, fault.Forbidden, "")
		}
		_, err := v.Assets.RegisterAsset(ctx, identity.Actor{}, event.NewID(), form)
		tradingtest.Want(t, err, fault.Unauthenticated, "")
		id := v.Asset()
		form.Name, form.LastTenant = " 改过的名字 ", "下一户"
		_, err = v.Assets.CorrectAsset(ctx, v.OtherClerk, event.NewID(), id, 1, form)
		tradingtest.Want(t, err, fault.NotFound, "")
		_, err = v.Assets.CorrectAsset(ctx, v.Clerk, event.NewID(), id, 2, form)
		tradingtest.Want(t, err, fault.Conflict, "")
		entry, err := v.Assets.CorrectAsset(ctx, v.Clerk, "request-0001", id, 1, form)
		tradingtest.Must(t, err)
		_, err = v.Assets.CorrectAsset(ctx, v.Clerk, "request-0001", id, 1, form) // the same tap again
		tradingtest.Must(t, err)
		_, err = v.Confirm(v.Clerk, entry)
		tradingtest.Must(t, err)
		_, err = v.Assets.CorrectAsset(ctx, v.Clerk, event.NewID(), id, 1, form)
		tradingtest.Want(t, err, fault.Conflict, "")
		moved := form
		moved.Owner, moved.Assembly = v.Collective, "member_representatives"
		_, err = v.Assets.CorrectAsset(ctx, v.Clerk, event.NewID(), id, 2, moved)
		tradingtest.Want(t, err, fault.Conflict, "owner")
		a, err := v.Assets.SeeAsset(ctx, v.Clerk, id)
		tradingtest.Must(t, err)
		if a.Version != 2 || a.Name != "改过的名字" || a.LastTenant != "下一户" || a.Event.Seq != 2 {
			t.Errorf("the clerk reads %+v", a)
		}
		if got := tradingtest.Kinds(t, v, a.Stream()); !slices.Equal(got,
			[]string{"asset.registered", "asset.corrected"}) {
			t.Errorf("events: %v", got)
		}
		list, err := v.Library.Events(ctx, a.Stream(), 0, 9)
		tradingtest.Must(t, err)
		for _, e := range list {
			var facts trading.AssetFacts
			tradingtest.Must(t, json.Unmarshal(e.Facts, &facts))
			text, err := v.Library.Document(ctx, facts.Document)
			if err != nil || strings.Contains(string(text), "一户") ||
				!strings.Contains(string(text), `"last_tenant":""`) {
				t.Errorf("the document of %s: %s, %v", e.Kind, text, err)
			}
		}
	})
}

// TestAnAssetIsRegisteredOnce: the same thing of the same owner is refused by the name
// of the other, however it is spelt; a correction isn't its own twin.
func TestAnAssetIsRegisteredOnce(t *testing.T) {
	tradingtest.Each(t, func(t *testing.T, v *tradingtest.Village) {
		ctx, form := t.Context(), v.AssetForm()
		register := func(form trading.AssetForm) error {
			_, err := v.Assets.RegisterAsset(ctx, v.Clerk, event.NewID(), form)
			return err
		}
		id := v.Asset()
		err := register(form)
		tradingtest.Want(t, err, fault.Conflict, "name")
		if !strings.Contains(err.Error(), "第三组鱼塘及旱地") {
			t.Errorf("the other is not named: %v", err)
		}
		spelt := form
		spelt.Name, spelt.Location = "第三组 鱼塘及旱地\u3000", "村东"
		tradingtest.Want(t, register(spelt), fault.Conflict, "name")
		spelt.Plots = []trading.Plot{form.Plots[1], form.Plots[0]} // in another order
		spelt.Plots[0].Name += "\u3000"
		tradingtest.Want(t, register(spelt), fault.Conflict, "name")
		other := form
		other.Name = "第三组鱼塘及旱地（北）"
		tradingtest.Want(t, register(other), fault.Conflict, "plots") // the same land under another name
		part := other
		part.Plots = []trading.Plot{form.Plots[1]}
		part.Area = form.Plots[1].Area
		part.Owner = v.Collective // and a part of it, under another owner of the village
		part.Assembly = "member_representatives"
		tradingtest.Want(t, register(part), fault.Conflict, "plots")
		other.Plots = []trading.Plot{form.Plots[0], form.Plots[1]}
		other.Plots[0].East, other.Plots[1].East = "机耕路以北", "田以北"
		atOnce := make(chan error, 6)
		for i := range cap(atOnce) {
			mine := other // with a photo of its own, or they would wait for that
			mine.Photos = []string{v.Photo(v.Clerk, 20+i)}
			go func() { atOnce <- register(mine) }()
		}
		registered := 0
		for range cap(atOnce) {
			err := <-atOnce
			if err == nil {
				registered++
				continue
			}
			tradingtest.Want(t, err, fault.Conflict, "name")
		}
		if registered != 1 {
			t.Errorf("at once %d are registered", registered)
		}
		form.Use = "养殖"
		_, err = v.Correct(v.Clerk, id, 1, form)
		tradingtest.Must(t, err)
		form.Name = other.Name
		_, err = v.Assets.CorrectAsset(ctx, v.Clerk, event.NewID(), id, 2, form)
		tradingtest.Want(t, err, fault.Conflict, "name")
	})
}

// TestAnAssetUnderWayIsNotCorrected: from the draft to the end of the lot what a
// notice rests on stays as it is.
func TestAnAssetUnderWayIsNotCorrected(t *testing.T) {
	tradingtest.Each(t, func(t *testing.T, v *tradingtest.Village) {
		ctx := t.Context()
		correct := func(id string) error {
			a, err := v.Assets.SeeAsset(ctx, v.Clerk, id)
			tradingtest.Must(t, err)
			_, err = v.Correct(v.Clerk, id, a.Version, a.AssetForm)
			return err
		}
		n := v.Tender(trading.Drafted)
		tradingtest.Want(t, correct(n.Asset), fault.Conflict, "")
		_, err := v.Tendering.WithdrawTender(ctx, v.Clerk, event.NewID(), n.ID, n.Version)
		tradingtest.Must(t, err)
		tradingtest.Must(t, correct(n.Asset))
	})
}

// TestTheRegisterIsPublic but for the last tenant, whom its handlers read.
func TestTheRegisterIsPublic(t *testing.T) {
	tradingtest.Each(t, func(t *testing.T, v *tradingtest.Village) {
		ctx, id := t.Context(), v.Asset()
		q := casework.Query{Scope: identity.Everywhere, Page: identity.Page{}.Clip()}
		for name, c := range map[string]struct {
			who    identity.Actor
			tenant string
		}{
			"visitor": {identity.Actor{}, ""}, "clerk": {v.Clerk, "上一户"}, "station": {v.Station,
				"上一户"}, "leader": {v.Leader, ""},
			"committee": {v.Supervision, ""}, "neighbour": {v.OtherClerk, ""},
		} {
			a, err := v.Assets.SeeAsset(ctx, c.who, id)
			list, total, listErr := v.Assets.SeeAssets(ctx, c.who, q)
			if err != nil || listErr != nil || total != 1 || a.LastTenant != c.tenant ||
				list[0].LastTenant != c.tenant || a.Name == "" {
				t.Errorf("%s reads %+v %+v, %v %v", name, a, list, err, listErr)
			}
		}
		_, err := v.Assets.AssetFor(ctx, v.Clerk, trading.AssetRegister, id)
		tradingtest.Must(t, err)
		_, err = v.Assets.AssetFor(ctx, v.OtherClerk, trading.AssetRegister, id)
		tradingtest.Want(t, err, fault.NotFound, "")
		_, err = v.Assets.AssetFor(ctx, v.Leader, trading.AssetRegister, id)
		tradingtest.Want(t, err, fault.Forbidden, "")
		_, err = v.Assets.SeeAsset(ctx, identity.Actor{}, "nosuchone")
		tradingtest.Want(t, err, fault.NotFound, "")
	})
}
