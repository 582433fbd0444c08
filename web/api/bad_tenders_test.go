package api_test

import (
	"sunlot/cmd/sunlot/housetest"
	"sunlot/cmd/sunlot/housetest/badinput"
)

// tenders are the acts on a tender and on what is added to it.
func tenders(b *badinput.Bench) []badinput.Trial {
	v1 := "/api/v1"
	form := func(version int, form housetest.Object) housetest.Object {
		return housetest.Object{"version": version, "form": form}
	}
	reasons := []housetest.Object{{"name": "税费", "message": "请写明由谁承担"}}
	back := func(version int) housetest.Object { return housetest.Object{"version": version, "reasons": reasons} }
	version := func(n int) housetest.Object { return housetest.Object{"version": n} }
	theirs := b.Neighbour()
	return badinput.Calls("POST "+v1, map[string]func() badinput.Call{
		"/tenders": func() badinput.Call {
			asset := b.Desks.Asset(1)
			body := b.TenderBody(asset, b.Desks.Resolution(asset, 2))
			return badinput.Call{
				Who:    "clerk",
				Wrong:  "station",
				Path:   v1 + "/tenders",
				Body:   body,
				IDs:    []string{"asset", "resolution"},
				Late:   422,
				Theirs: map[string]string{"asset": theirs.Asset, "resolution": theirs.TenderForm.Resolution},
				Other:  housetest.With(body, "years", 4),
			}
		},
		"/tenders/:id": func() badinput.Call {
			asset := b.Desks.Asset(1)
			terms := b.TenderBody(asset, b.Desks.Resolution(asset, 2))
			body := form(1, terms)
			return badinput.Call{
				Who:     "clerk",
				Wrong:   "leader",
				Path:    v1 + "/tenders/" + b.Desks.Clerk.Must(v1+"/tenders", terms),
				Foreign: v1 + "/tenders/" + theirs.ID,
				Body:    body,
				Theirs:  map[string]string{"form.asset": theirs.Asset},
				IDs:     []string{"form.asset", "form.resolution"},
				Other:   housetest.With(body, "version", 2),
			}
		},
		"/tenders/:id/submit": b.Step("clerk", "station", "tenders", "submit", func() string {
			return b.Desks.Tender(0)
		}, version(1)),
		"/tenders/:id/withdraw": b.Step("clerk", "station", "tenders", "withdraw", func() string {
			return b.Desks.Tender(3)
		}, version(4)),
		"/tenders/:id/check": b.Step("station", "leader", "tenders", "check", func() string {
			return b.Desks.Tender(1)
		}, version(2)),
		"/tenders/:id/approve": b.Step("leader", "station", "tenders", "approve", func() string {
			return b.Desks.Tender(2)
		}, version(3)),
		"/tenders/:id/announce": b.Step("clerk", "leader", "tenders", "announce", func() string {
			return b.Desks.Tender(3)
		}, version(4)),
		"/tenders/:id/return": b.Step("station", "clerk", "tenders", "return", func() string {
			return b.Desks.Tender(1)
		}, back(2)),
		"/tenders/:id/posting": func() badinput.Call {
			photo := b.Desks.Clerk.Photo(51)
			return badinput.Call{
				Who:     "clerk",
				Wrong:   "leader",
				Path:    v1 + "/tenders/" + b.Desks.Tender(4) + "/posting",
				Foreign: v1 + "/tenders/" + theirs.ID + "/posting",
				Body:    housetest.Object{"photo": photo},
				Named:   map[string]string{"photo": "board_photo"},
				IDs:     []string{"photo"},
				Other:   housetest.Object{"photo": b.Desks.Clerk.Photo(52)},
				Late:    409,
			}
		},
		"/supplements": func() badinput.Call {
			body := housetest.Object{"tender": b.Desks.Tender(4), "text": "鱼塘水泵由承租方自备。"}
			return badinput.Call{
				Who:    "clerk",
				Wrong:  "station",
				Path:   v1 + "/supplements",
				Body:   body,
				IDs:    []string{"tender"},
				Absent: 404,
				Theirs: map[string]string{"tender": theirs.ID},
				Other:  housetest.With(body, "text", "另一份"),
			}
		},
		"/supplements/:id/release": b.Step("station", "clerk", "supplements", "release", b.Desks.Supplement,
			version(1)),
		"/supplements/:id/return": b.Step("station", "clerk", "supplements", "return", b.Desks.Supplement, back(1)),
	})
}
