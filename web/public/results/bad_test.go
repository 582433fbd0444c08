package results_test

import (
	"net/url"
	"testing"

	"sunlot/cmd/sunlot/housetest"
	"sunlot/cmd/sunlot/housetest/badinput"
)

// TestBadInput tries each form of the room with everything that can be wrong with it.
func TestBadInput(t *testing.T) {
	badinput.Run(t, badinput.Trials{Closed: objections, Settled: signatures})
}

// objections are raised by everybody.
func objections(b *badinput.Bench) []badinput.Trial {
	lot := b.Lots[1].Lot
	raiseForm := url.Values{
		"target": {"village"},
		"name":   {"村民甲"},
		"phone":  {"13900000000"},
		"text":   {"看样日没有通知。"},
	}
	raisePage := func() badinput.Sheet {
		return badinput.Sheet{
			Path:  "/lots/" + lot + "/objections",
			Form:  raiseForm,
			Other: housetest.SheetWith(raiseForm, "text", "另一件"),
		}
	}
	return badinput.Sheets("POST ", map[string]func() badinput.Sheet{"/lots/:id/objections": raisePage})
}

// signatures are those under a contract.
func signatures(b *badinput.Bench) []badinput.Trial {
	return badinput.Sheets("POST ", map[string]func() badinput.Sheet{
		"/lots/:id/contract/sign": func() badinput.Sheet {
			lot, form := b.Lots[5], url.Values{"version": {"1"}, "agreed": {"yes"}}
			return badinput.Sheet{
				Who:   lot.Winner.Login,
				Wrong: "clerk",
				Afar:  lot.Member.Login,
				Path:  "/lots/" + lot.Lot + "/contract/sign",
				Form:  form,
				Other: housetest.SheetWith(form, "version", "2"),
				Late:  409,
			}
		},
	})
}
