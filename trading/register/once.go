package register

import (
	"slices"

	"sunlot/internal/calendar"
	"sunlot/internal/event"
	"sunlot/internal/fault"
	"sunlot/internal/identity"
	"sunlot/trading"
	"sunlot/trading/statement"
)

// onlyOne refuses what the owner has already, and land that lies in another entry of
// the village, in the register or waiting to be confirmed: registered twice, it would
// be let twice at once. Whoever enters for the same village waits. Of what waits elsewhere
// than in the scope nothing is told but that it does.
func onlyOne(tx Tx, scope identity.Scope, d trading.AssetDraft) error {
	village, id := d.Path.Village()
	if _, err := tx.Lock(event.Of("org", id)); err != nil {
		return err
	}
	others, err := tx.AssetsIn(village)
	if err != nil {
		return err
	}
	for _, other := range others {
		if other.ID == d.Asset {
			continue
		}
		registered := "已于" + string(calendar.DateOf(other.RegisteredAt)) + "登记"
		if err := apart(d.AssetForm, other.AssetForm, registered); err != nil {
			return err
		}
	}
	waiting, err := tx.WaitingDrafts(village)
	if err != nil {
		return err
	}
	for _, other := range waiting {
		switch {
		case other.ID == d.ID:
			continue
		case d.Asset != "" && other.Asset == d.Asset:
			return fault.New(fault.Conflict, "这项资产已有一份更正在办（%s）：请修改或者撤回那一份，不另起一份", other.Label())
		}
		err := apart(d.AssetForm, other.AssetForm, "已经送核实（"+other.Label()+"）")
		if err != nil && !scope.Covers(other.Path) {
			return fault.New(fault.Conflict, "有一块地和本村另一个单位正在登记的一块名称、面积、四至都相同：一块地只登记一次，请与村里核对").On("plots")
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// apart refuses an asset that is another one, or has a plot of it, whoever the owner
// of that one is said to be.
func apart(a, other trading.AssetForm, how string) error {
	if a.Owner == other.Owner && same(a, other) {
		return twice(other, how)
	}
	for _, p := range a.Plots {
		for _, o := range other.Plots {
			if samePlot(p, o) {
				return fault.New(fault.Conflict, "地块“%s”和“%s”的一块名称、面积、四至都相同，“%s”%s：一块地只登记一次，请核对",
					p.Name, other.Name, other.Name, how).On("plots")
			}
		}
	}
	return nil
}

func twice(other trading.AssetForm, how string) error {
	return fault.New(fault.Conflict, "“%s”（%s，%s亩）%s：同一项资产不重复登记，请更正原登记；确是另一项的，请用不同的名称",
		other.Name, other.Location, other.Area.Mu(), how).On("name")
}

// same says whether two assets of an owner are one: by name and plots, or by name and
// place where there are none.
func same(a, b trading.AssetForm) bool {
	if landName(a.Name) != landName(b.Name) || len(a.Plots) == 0 && !statement.SameName(a.Location, b.Location) {
		return false
	}
	return slices.Equal(plotNames(a), plotNames(b))
}

// plotNames is the plots by name and area, whatever order the clerk gave them.
func plotNames(a trading.AssetForm) []string {
	names := make([]string, 0, len(a.Plots))
	for _, p := range a.Plots {
		names = append(names, landName(p.Name)+" "+p.Area.Mu())
	}
	slices.Sort(names)
	return names
}
