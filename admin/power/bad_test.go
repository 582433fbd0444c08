package power_test

import (
	"testing"

	"sunlot/cmd/sunlot/housetest"
	"sunlot/cmd/sunlot/housetest/badinput"
	"sunlot/internal/event"
)

// TestBadInput tries each form of the room with everything that can be wrong with it.
func TestBadInput(t *testing.T) {
	badinput.Run(t, badinput.Trials{Listed: forms})
}

func forms(b *badinput.Bench) []badinput.Trial {
	rows := map[string]string{
		"basis_title":   "basis",
		"basis_article": "basis",
		"step_name":     "steps",
		"step_who":      "steps",
		"step_days":     "steps",
		"step_leaves":   "steps",
		"step_stage":    "steps",
	}
	item := badinput.Sheet{
		Who:     "station",
		Wrong:   "clerk",
		Named:   rows,
		May:     []string{"basis_article", "step_days", "step_stage"},
		Numbers: []string{"step_days"},
	}
	drafted := func() string {
		a := b.AsBrowser("station").
			Submit("/office/items", housetest.Once(housetest.ItemSheet("ZC-"+event.NewID()[:4])))
		return a.Location()[len("/office/items/"):]
	}
	return badinput.Sheets("POST /office/", map[string]func() badinput.Sheet{
		"items": func() badinput.Sheet {
			s := item
			s.Path = "/office/items"
			s.Form = housetest.ItemSheet("ZC-01")
			s.Late = 409
			s.Other = housetest.SheetWith(s.Form, "name", "另一项")
			return s
		},
		"items/:id": func() badinput.Sheet {
			s := item
			s.Path = "/office/items/" + drafted()
			s.Afar = "station2"
			s.Form = housetest.SheetWith(housetest.ItemSheet("ZC-02"), "version", "1")
			s.Other = housetest.SheetWith(s.Form, "name", "另一项")
			return s
		},
		"items/:id/publish": b.Button("leader", "station", "items", "publish", drafted, "1"),
	})
}
