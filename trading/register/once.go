package register

import (
	"slices"

	"sunlot/internal/calendar"
	"sunlot/internal/event"
	"sunlot/internal/fault"
	"sunlot/trading"
	"sunlot/trading/statement"
)

// onlyOne refuses what the owner has already, in the register or waiting to be
// confirmed: registered twice, it would be let twice at once. Whoever enters for the
// same owner waits.
func onlyOne(tx Tx, d trading.AssetDraft) error {
	if _, err := tx.Lock(event.Of("org", d.Owner)); err != nil {
		return err
	}
	others, err := tx.AssetsOf(d.Owner)
	if err != nil {
		return err
	}
	for _, other := range others {
		if other.ID != d.Asset && same(d.AssetForm, other.AssetForm) {
			return twice(other.AssetForm, "已于"+string(calendar.DateOf(other.RegisteredAt))+"登记")
		}
	}
	waiting, err := tx.WaitingDrafts(d.Owner)
	if err != nil {
		return err
	}
	for _, other := range waiting {
		switch {
		case other.ID == d.ID:
		case d.Asset != "" && other.Asset == d.Asset:
			return fault.New(fault.Conflict, "这项资产已有一份更正在办（%s）：请修改或者撤回那一份，不另起一份", other.Label())
		case same(d.AssetForm, other.AssetForm):
			return twice(other.AssetForm, "已经送核实（"+other.Label()+"）")
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
	if !statement.SameName(a.Name, b.Name) || len(a.Plots) == 0 && !statement.SameName(a.Location, b.Location) {
		return false
	}
	return slices.Equal(plotNames(a), plotNames(b))
}

// plotNames is the plots by name and area, whatever order the clerk gave them.
func plotNames(a trading.AssetForm) []string {
	names := make([]string, 0, len(a.Plots))
	for _, p := range a.Plots {
		names = append(names, statement.FoldName(p.Name)+" "+p.Area.Mu())
	}
	slices.Sort(names)
	return names
}
