package tradingtest

import (
	"strings"

	"sunlot/internal/event"
	"sunlot/internal/identity"
	"sunlot/trading"
)

// AssetForm is the case's pond and dry land.
func (v *Village) AssetForm() trading.AssetForm {
	return trading.AssetForm{
		Owner:      v.Group,
		Acting:     v.Collective,
		Assembly:   "group_meeting",
		Name:       "第三组鱼塘及旱地",
		Kind:       trading.WaterLand,
		Location:   "村东头",
		Area:       3860,
		Use:        "养殖、种植，不得改变农业用途",
		Title:      "村民小组集体所有",
		LastRent:   35000,
		LastEnds:   "2026-12-31",
		LastTenant: "上一户",
		Plots: []trading.Plot{{Name: "鱼塘", Area: 2860, East: "路", South: "渠", West: "田", North: "山"},
			{Name: "旱地", Area: 1000, East: "田", South: "路", West: "渠", North: "塘"}},
		Photos: []string{v.Photo(v.Clerk, 1), v.Photo(v.Clerk, 2), v.Photo(v.Clerk, 3)},
	}
}

// Becomes makes of the form one of that kind, with its measure and with plots where it is land.
func (v *Village) Becomes(form *trading.AssetForm, kind trading.AssetKind) {
	form.Kind = kind
	form.Measure = kind.Measure()
	form.LastUnit = trading.Let.Units(form.Measure)[0]
	form.Plots = nil
	if kind.Land() {
		form.Plots = v.AssetForm().Plots
	}
}

// Asset registers the case's asset, with other plots each time.
func (v *Village) Asset() string {
	v.T.Helper()
	form := v.AssetForm()
	for i := range form.Plots {
		form.Plots[i].Name += strings.Repeat("又", v.assets)
	}
	v.assets++
	id, err := v.Register(v.Clerk, form)
	v.ok(err)
	return id
}

// Register registers an asset: the clerk enters it, the village's supervision
// committee confirms it.
func (v *Village) Register(clerk identity.Actor, form trading.AssetForm) (string, error) {
	entry, err := v.Assets.RegisterAsset(v.T.Context(), clerk, event.NewID(), form)
	if err != nil {
		return "", err
	}
	return v.Confirm(clerk, entry)
}

// Correct corrects an asset, as Register registers one.
func (v *Village) Correct(clerk identity.Actor, asset string, version int, form trading.AssetForm) (string, error) {
	entry, err := v.Assets.CorrectAsset(v.T.Context(), clerk, event.NewID(), asset, version, form)
	if err != nil {
		return "", err
	}
	return v.Confirm(clerk, entry)
}

// Confirm is what the supervision committee of the clerk's village does with an
// entry into the register.
func (v *Village) Confirm(clerk identity.Actor, entry string) (string, error) {
	second := v.Supervision
	if clerk.PersonID == v.OtherClerk.PersonID {
		second = v.OtherSupervision
	}
	d, err := v.Assets.SeeAssetDraft(v.T.Context(), second, entry)
	if err != nil {
		return "", err
	}
	return v.Assets.ConfirmAsset(v.T.Context(), second, event.NewID(), entry, d.Version)
}
