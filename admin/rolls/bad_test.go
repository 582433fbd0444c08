package rolls_test

import (
	"testing"

	"sunlot/cmd/sunlot/housetest"
	"sunlot/cmd/sunlot/housetest/badinput"
)

// TestBadInput tries each form of the room with everything that can be wrong with it.
func TestBadInput(t *testing.T) {
	badinput.Run(t, badinput.Trials{Listed: forms})
}

func forms(b *badinput.Bench) []badinput.Trial {
	roll := badinput.Sheet{
		Who:   "clerk",
		Wrong: "supervision",
		Days:  []string{"from"},
	}
	waiting := func() string { return badinput.Roll(b, false) }
	return badinput.Sheets("POST /office/", map[string]func() badinput.Sheet{
		"rolls": func() badinput.Sheet {
			s := roll
			s.Path, s.Form = "/office/rolls", housetest.RollSheet(b.House)
			s.Theirs = map[string]string{"body": b.Org("松坪村第一村民小组") + ",group_meeting"}
			s.Other = housetest.SheetWith(s.Form, "from", "2026-02-01")
			return s
		},
		"rolls/:id": func() badinput.Sheet {
			s := roll
			s.Path = "/office/rolls/" + badinput.Roll(b, true)
			s.Form = housetest.SheetWith(housetest.RollSheet(b.House), "version", "2")
			s.Afar = "clerk2"
			s.Other = housetest.SheetWith(s.Form, "from", "2026-02-01")
			s.Late = 409
			return s
		},
		"rolls/:id/confirm":  b.Button("station", "clerk", "rolls", "confirm", waiting, "1"),
		"rolls/:id/return":   b.Back("station", "clerk", "rolls", "members", waiting, "1"),
		"rolls/:id/withdraw": b.Button("clerk", "station", "rolls", "withdraw", waiting, "1"),
	})
}
