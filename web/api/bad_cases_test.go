package api_test

import (
	"sunlot/cmd/sunlot/housetest"
	"sunlot/cmd/sunlot/housetest/badinput"
)

// owned are the acts on what a village owns and what it resolved.
func owned(b *badinput.Bench) []badinput.Trial {
	v1 := "/api/v1"
	form := func(version int, form housetest.Object) housetest.Object {
		return housetest.Object{"version": version, "form": form}
	}
	reasons := []housetest.Object{{"name": "税费", "message": "请写明由谁承担"}}
	back := func(version int) housetest.Object { return housetest.Object{"version": version, "reasons": reasons} }
	version := func(n int) housetest.Object { return housetest.Object{"version": n} }
	theirs := b.Neighbour()
	return badinput.Calls("POST "+v1, map[string]func() badinput.Call{
		"/assets": func() badinput.Call {
			body := b.AssetBody(b.Desks.ThreePhotos()...)
			return badinput.Call{
				Who:    "clerk",
				Wrong:  "station",
				Path:   v1 + "/assets",
				Body:   body,
				May:    assetMay,
				IDs:    []string{"owner", "acting", "photos.0"},
				Theirs: map[string]string{"owner": b.Org("松坪村第一村民小组"), "acting": b.Org("松坪村经济合作社")},
				Other:  housetest.With(body, "name", "另一处"),
			}
		},
		"/assets/:id": func() badinput.Call {
			body := form(1, b.AssetBody(b.Desks.ThreePhotos()...))
			return badinput.Call{
				Who:     "clerk",
				Wrong:   "leader",
				Path:    v1 + "/assets/" + b.Desks.Asset(1),
				Foreign: v1 + "/assets/" + theirs.Asset,
				Body:    body,
				May:     under("form", assetMay),
				IDs:     under("form", []string{"owner", "acting", "photos.0"}),
				Other:   housetest.With(body, "version", 2),
			}
		},
		"/asset-drafts/:id": func() badinput.Call {
			body := form(2, b.AssetBody(b.Desks.ThreePhotos()...))
			return badinput.Call{
				Who:     "clerk",
				Wrong:   "supervision",
				Path:    v1 + "/asset-drafts/" + b.Desks.ReturnedEntry(1),
				Foreign: v1 + "/asset-drafts/" + b.NeighbourEntry(),
				Body:    body,
				May:     under("form", assetMay),
				IDs:     under("form", []string{"owner", "acting", "photos.0"}),
				Other:   housetest.With(body, "version", 3),
			}
		},
		"/asset-drafts/:id/withdraw": b.Step("clerk", "supervision", "asset-drafts", "withdraw", func() string {
			return b.Desks.AssetEntry(1)
		}, version(1)),
		"/asset-drafts/:id/confirm": b.Step("supervision", "clerk", "asset-drafts", "confirm", func() string {
			return b.Desks.AssetEntry(1)
		}, version(1)),
		"/asset-drafts/:id/return": b.Step("supervision", "clerk", "asset-drafts", "return", func() string {
			return b.Desks.AssetEntry(1)
		}, back(1)),
		"/resolutions": func() badinput.Call {
			body := b.ResolutionBody(b.Desks.Asset(1), b.Desks.Clerk.Photo(40), b.Desks.Clerk.Photo(41))
			return badinput.Call{
				Who:    "clerk",
				Wrong:  "supervision",
				Path:   v1 + "/resolutions",
				Body:   body,
				May:    resolutionMay,
				IDs:    []string{"asset", "votes.0.person", "sign_in.0", "minutes.0"},
				Theirs: map[string]string{"asset": theirs.Asset},
				Other:  housetest.With(body, "years", 4),
			}
		},
		"/resolutions/:id": func() badinput.Call {
			asset := b.Desks.Asset(1)
			body := form(1, b.ResolutionBody(asset, b.Desks.Clerk.Photo(40), b.Desks.Clerk.Photo(41)))
			return badinput.Call{
				Who:     "clerk",
				Wrong:   "supervision",
				Path:    v1 + "/resolutions/" + b.Desks.Resolution(asset, 0),
				Foreign: v1 + "/resolutions/" + theirs.TenderForm.Resolution,
				Body:    body,
				May:     under("form", resolutionMay),
				Theirs:  map[string]string{"form.asset": theirs.Asset},
				IDs:     under("form", []string{"asset", "votes.0.person", "sign_in.0", "minutes.0"}),
				Other:   housetest.With(body, "version", 2),
			}
		},
		"/resolutions/:id/submit": b.Step("clerk", "station", "resolutions", "submit", func() string {
			return b.Desks.Resolution(b.Desks.Asset(1), 0)
		}, version(1)),
		"/resolutions/:id/confirm": b.Step("supervision", "clerk", "resolutions", "confirm", func() string {
			return b.Desks.Resolution(b.Desks.Asset(1), 1)
		}, version(2)),
		"/resolutions/:id/return": b.Step("supervision", "clerk", "resolutions", "return", func() string {
			return b.Desks.Resolution(b.Desks.Asset(1), 1)
		}, back(2)),
	})
}

// What may be missing in the forms.
var (
	assetMay      = []string{"last_rent", "last_unit", "measure", "last_ends", "last_tenant", "photos.0"}
	resolutionMay = []string{"outsiders", "priorities", "priorities.0", "steps", "steps.0", "steps.0.on", "votes.0",
		"votes.0.person",
		"sign_in", "sign_in.0", "minutes", "minutes.0"}
)

func under(name string, members []string) []string {
	var all []string
	for _, m := range members {
		all = append(all, name+"."+m)
	}
	return all
}
