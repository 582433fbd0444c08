package resolving_test

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
	resolution := badinput.Sheet{
		Who:     "clerk",
		Wrong:   "supervision",
		Numbers: []string{"years", "floor_price"},
		Gone:    []string{"asset"},
		Days:    []string{"step_propose", "step_consult", "step_party", "step_decide", "step_publish"},
		Free:    []string{"outsiders"},
		May: []string{"step_propose", "step_consult", "step_party", "step_decide", "step_publish",
			"vote_person", "sign_in", "minutes"},
		Named:  map[string]string{"vote_name": "votes", "vote_person": "votes", "vote_choice": "votes"},
		Photos: "sign_in",
	}
	theirs := b.Neighbour()
	return badinput.Sheets("POST /office/", map[string]func() badinput.Sheet{
		"resolutions": func() badinput.Sheet {
			s := resolution
			s.Path = "/office/resolutions"
			s.Form = b.ResolutionSheet(b.Desks.Asset(1), b.Desks.Clerk.Photo(40), b.Desks.Clerk.Photo(41))
			s.Theirs = map[string]string{"asset": theirs.Asset}
			s.Other = housetest.SheetWith(s.Form, "years", "4")
			return s
		},
		"resolutions/:id": func() badinput.Sheet {
			s, asset := resolution, b.Desks.Asset(1)
			s.Path, s.Form = "/office/resolutions/"+
				b.Desks.Resolution(asset,
					0), housetest.SheetWith(b.ResolutionSheet(asset, b.Desks.Clerk.Photo(40),
				b.Desks.Clerk.Photo(41)), "version", "1")
			s.Free = append([]string{"asset"}, s.Free...) // the record's own is taken
			s.Foreign, s.Other = "/office/resolutions/"+
				theirs.TenderForm.Resolution, housetest.SheetWith(s.Form, "version", "2")
			return s
		},
		"resolutions/:id/submit": b.Button("clerk", "station", "resolutions", "submit", func() string {
			return b.Desks.Resolution(b.Desks.Asset(1), 0)
		}, "1"),
		"resolutions/:id/take-back": b.Button("clerk", "station", "resolutions", "take-back", func() string {
			return b.Desks.Resolution(b.Desks.Asset(1), 1)
		}, "2"),
		"resolutions/:id/withdraw": b.Button("clerk", "station", "resolutions", "withdraw", func() string {
			return b.Desks.Resolution(b.Desks.Asset(1), 0)
		}, "1"),
		"resolutions/:id/confirm": b.Button("supervision", "clerk", "resolutions", "confirm", func() string {
			return b.Desks.Resolution(b.Desks.Asset(1), 1)
		}, "2"),
		"resolutions/:id/return": b.Back("supervision", "clerk", "resolutions", "votes", func() string {
			return b.Desks.Resolution(b.Desks.Asset(1), 1)
		}, "2"),
	})
}
