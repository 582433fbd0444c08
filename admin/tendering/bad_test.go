package tendering_test

import (
	"net/url"
	"slices"
	"testing"

	"sunlot/cmd/sunlot/housetest"
	"sunlot/cmd/sunlot/housetest/badinput"
)

// TestBadInput tries each form of the room with everything that can be wrong with it.
func TestBadInput(t *testing.T) {
	badinput.Run(t, badinput.Trials{Listed: func(b *badinput.Bench) []badinput.Trial {
		return slices.Concat(drafts(b), steps(b))
	}, Opened: func(b *badinput.Bench) []badinput.Trial {
		return badinput.Sheets("POST /office/", map[string]func() badinput.Sheet{
			// nobody was admitted to this lot: it failed when the others opened
			"tenders/:id/end": b.Button("clerk", "station", "tenders", "end",
				func() string { return b.Lot(b.OpenLot).Tender }, "5"),
		})
	}})
}

// drafts are the forms of a tender that its clerk writes.
func drafts(b *badinput.Bench) []badinput.Trial {
	tender := badinput.Sheet{
		Who:     "clerk",
		Wrong:   "station",
		Numbers: []string{"start_price", "step", "deposit_percent", "years", "notice_days"},
		Gone:    []string{"asset"},
		Days:    []string{"starts_on", "inspection_on", "priority_notified", "rent_due"},
	}
	theirs := b.Neighbour()
	return badinput.Sheets("POST /office/", map[string]func() badinput.Sheet{
		"tenders": func() badinput.Sheet {
			s, asset := tender, b.Desks.Asset(1)
			s.Path = "/office/tenders"
			s.Form = b.TenderSheet(asset, b.Desks.Resolution(asset, 2))
			s.Late = 422
			s.Theirs = map[string]string{"asset": theirs.Asset, "resolution": theirs.TenderForm.Resolution}
			s.Other = housetest.SheetWith(s.Form, "years", "4")
			return s
		},
		"tenders/:id": func() badinput.Sheet {
			s, asset := tender, b.Desks.Asset(1)
			resolution := b.Desks.Resolution(asset, 2)
			s.Path = "/office/tenders/" + b.Desks.Clerk.Must("/api/v1/tenders", b.TenderBody(asset, resolution))
			s.Form, s.Free = housetest.SheetWith(b.TenderSheet(asset, resolution), "version", "1"), []string{"asset"}
			s.Foreign, s.Other = "/office/tenders/"+theirs.ID, housetest.SheetWith(s.Form, "version", "2")
			return s
		},
	})
}

// steps are the forms that take a tender, or what is added to it, from desk to desk.
func steps(b *badinput.Bench) []badinput.Trial {
	theirs := b.Neighbour()
	return badinput.Sheets("POST /office/", map[string]func() badinput.Sheet{
		"tenders/:id/submit": b.Button("clerk", "station", "tenders", "submit", func() string {
			return b.Desks.Tender(0)
		}, "1"),
		"tenders/:id/take-back": b.Button("clerk", "station", "tenders", "take-back", func() string {
			return b.Desks.Tender(1)
		}, "2"),
		"tenders/:id/withdraw": b.Button("clerk", "station", "tenders", "withdraw", func() string {
			return b.Desks.Tender(3)
		}, "4"),
		"tenders/:id/check": b.Button("station", "leader", "tenders", "check", func() string {
			return b.Desks.Tender(1)
		}, "2"),
		"tenders/:id/approve": b.Button("leader", "station", "tenders", "approve", func() string {
			return b.Desks.Tender(2)
		}, "3"),
		"tenders/:id/announce": b.Button("clerk", "leader", "tenders", "announce", func() string {
			return b.Desks.Tender(3)
		}, "4"),
		"tenders/:id/return": b.Back("station", "clerk", "tenders", "fees", func() string {
			return b.Desks.Tender(1)
		}, "2"),
		"tenders/:id/posting": func() badinput.Sheet {
			return badinput.Sheet{
				Who:     "clerk",
				Wrong:   "leader",
				Path:    "/office/tenders/" + b.Desks.Tender(4) + "/posting",
				Foreign: "/office/tenders/" + theirs.ID + "/posting",
				Form:    url.Values{"board_photo": {b.Desks.Clerk.Photo(51)}},
				Photos:  "board_photo",
				Other:   url.Values{"board_photo": {b.Desks.Clerk.Photo(52)}},
				Late:    409,
			}
		},
		"tenders/:id/supplements": func() badinput.Sheet {
			return badinput.Sheet{
				Who:     "clerk",
				Wrong:   "station",
				Path:    "/office/tenders/" + b.Desks.Tender(4) + "/supplements",
				Foreign: "/office/tenders/" + theirs.ID + "/supplements",
				Form:    url.Values{"text": {"鱼塘水泵由承租方自备。"}},
				Other:   url.Values{"text": {"另一份"}},
			}
		},
		"supplements/:id/release":   b.Button("station", "clerk", "supplements", "release", b.Desks.Supplement, "1"),
		"supplements/:id/take-back": b.Button("clerk", "station", "supplements", "take-back", b.Desks.Supplement, "1"),
		"supplements/:id/return":    b.Back("station", "clerk", "supplements", "text", b.Desks.Supplement, "1"),
	})
}
