package register_test

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
	plots := map[string]string{
		"plot_name":  "plots",
		"plot_area":  "plots",
		"plot_east":  "plots",
		"plot_south": "plots",
		"plot_west":  "plots",
		"plot_north": "plots",
	}
	asset := badinput.Sheet{
		Who:     "clerk",
		May:     []string{"last_rent", "last_unit", "last_ends", "last_tenant"},
		Free:    []string{"last_unit"},
		Numbers: []string{"area", "last_rent", "plot_area"},
		Days:    []string{"last_ends"},
		Named:   plots,
		Photos:  "photos",
		Theirs:  map[string]string{"owner": b.Org("松坪村第一村民小组"), "acting": b.Org("松坪村经济合作社")},
	}
	theirs := b.Neighbour()
	return badinput.Sheets("POST /office/", map[string]func() badinput.Sheet{
		"assets": func() badinput.Sheet {
			s := asset
			s.Wrong = "station"
			s.Path = "/office/assets"
			s.Form = b.AssetSheet(b.Desks.ThreePhotos()...)
			s.Other = housetest.SheetWith(s.Form, "name", "另一处")
			return s
		},
		"assets/:id": func() badinput.Sheet {
			s := asset
			s.Wrong = "leader"
			s.Path = "/office/assets/" + b.Desks.Asset(1)
			s.Form = housetest.SheetWith(b.AssetSheet(b.Desks.ThreePhotos()...), "version", "1")
			s.Theirs = nil
			s.Foreign, s.Other = "/office/assets/"+theirs.Asset, housetest.SheetWith(s.Form, "version", "2")
			return s
		},
		"asset-drafts/:id": func() badinput.Sheet {
			s := asset
			s.Wrong = "supervision"
			s.Path = "/office/asset-drafts/" + b.Desks.ReturnedEntry(1)
			s.Form = housetest.SheetWith(b.AssetSheet(b.Desks.ThreePhotos()...), "version", "2")
			s.Theirs = nil
			s.Foreign = "/office/asset-drafts/" + b.NeighbourEntry()
			s.Other = housetest.SheetWith(s.Form, "version", "3")
			return s
		},
		"asset-drafts/:id/withdraw": b.Button("clerk", "supervision", "asset-drafts", "withdraw", func() string {
			return b.Desks.AssetEntry(1)
		}, "1"),
		"asset-drafts/:id/confirm": b.Button("supervision", "clerk", "asset-drafts", "confirm", func() string {
			return b.Desks.AssetEntry(1)
		}, "1"),
		"asset-drafts/:id/return": b.Back("supervision", "clerk", "asset-drafts", "title", func() string {
			return b.Desks.AssetEntry(1)
		}, "1"),
	})
}
