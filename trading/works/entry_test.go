package works_test

import (
	"testing"

	"sunlot/disclosure/power"
	"sunlot/internal/event"
	"sunlot/internal/fault"
	"sunlot/internal/money"
	"sunlot/trading/tradingtest"
	"sunlot/trading/works"
)

func with(form works.EntryForm, file string) works.EntryForm {
	form.Files = []string{file}
	return form
}

func numbered(number string) power.ItemForm {
	form := tradingtest.ItemForm()
	form.Number = number
	return form
}

// TestBadEntries: each thing that can be wrong with an entry is refused by the
// name of its field.
func TestBadEntries(t *testing.T) {
	tradingtest.Each(t, func(t *testing.T, v *tradingtest.Village) {
		id := v.Project()
		for name, c := range map[string]struct {
			field  string
			change func(*works.EntryForm)
		}{
			"no such stage":             {"stage", func(f *works.EntryForm) { f.Stage = "party" }},
			"tomorrow":                  {"on", func(f *works.EntryForm) { f.On = "2026-11-24" }},
			"no day":                    {"on", func(f *works.EntryForm) { f.On = "" }},
			"no sum":                    {"sum", func(f *works.EntryForm) { f.Sum = 0 }},
			"below zero":                {"sum", func(f *works.EntryForm) { f.Sum = -1 }},
			"too much":                  {"sum", func(f *works.EntryForm) { f.Sum = money.Limit + 1 }},
			"a sum where there is none": {"sum", func(f *works.EntryForm) { f.Stage, f.Party = works.DesignStage, "" }},
			"less by a contract":        {"less", func(f *works.EntryForm) { f.Less = true }},
			"no builder":                {"party", func(f *works.EntryForm) { f.Party = "" }},
			"a builder elsewhere":       {"party", func(f *works.EntryForm) { f.Stage = works.BudgetStage }},
			"no note":                   {"note", func(f *works.EntryForm) { f.Note = "" }},
			"a bank card in the note":   {"note", func(f *works.EntryForm) { f.Note = "卡号6222000000000001" }},
			"a file twice": {"files", func(f *works.EntryForm) {
				f.Files = []string{v.File(v.Clerk, 1), v.File(v.Clerk, 1)}
			}},
			"a photo that is none": {"photos", func(f *works.EntryForm) { f.Photos = []string{"x"} }},
			"skipped with a sum":   {"sum", func(f *works.EntryForm) { f.Skipped = true }},
		} {
			form := deed(works.ContractStage, 119600)
			c.change(&form)
			_, err := v.Works.RecordStage(t.Context(), v.Clerk, event.NewID(), id, form)
			t.Log(name)
			tradingtest.Want(t, err, fault.Invalid, c.field)
		}
	})
}
