package contracts_test

import (
	"net/url"
	"testing"

	"sunlot/cmd/sunlot/housetest"
	"sunlot/cmd/sunlot/housetest/badinput"
)

// TestBadInput tries each form of the room with everything that can be wrong with it.
func TestBadInput(t *testing.T) {
	badinput.Run(t, badinput.Trials{Settled: forms})
}

func forms(b *badinput.Bench) []badinput.Trial {
	return badinput.Sheets("POST ", map[string]func() badinput.Sheet{
		"/office/results/:id/contract": func() badinput.Sheet {
			return badinput.Sheet{
				Who:     "clerk",
				Wrong:   "station",
				Afar:    "clerk2",
				Path:    "/office/results/" + b.Lots[3].Lot + "/contract",
				Foreign: "/office/results/" + b.Neighbour().Lot + "/contract",
				Form:    url.Values{},
				Late:    409,
			}
		},
		"/office/results/:id/rents/reverse": func() badinput.Sheet {
			form := url.Values{"slip": {b.Slip()}, "mistake": {"sum"}}
			return badinput.Sheet{
				Who:   "stationb",
				Wrong: "clerk",
				Afar:  "station2",
				Path:  "/office/results/" + b.Lots[6].Lot + "/rents/reverse",
				Form:  form,
				Other: housetest.SheetWith(form, "mistake", "twice"),
				Late:  409,
			}
		},
		"/office/results/:id/rents": func() badinput.Sheet {
			form := url.Values{
				"number":      {"1"},
				"amount":      {"1.00"},
				"received_on": {string(b.Days.Today())},
				"serial":      {"ZJ-0002"},
				"account":     {"622200000001"},
			}
			return badinput.Sheet{
				Who:     "station",
				Wrong:   "clerk",
				Afar:    "station2",
				Path:    "/office/results/" + b.Lots[6].Lot + "/rents",
				Form:    form,
				Numbers: []string{"number", "amount"},
				Days:    []string{"received_on"},
				Photos:  "photo",
				Other:   housetest.SheetWith(form, "amount", "2.00"),
			}
		},
	})
}
