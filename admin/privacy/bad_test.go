package privacy_test

import (
	"fmt"
	"net/url"
	"slices"
	"testing"

	"sunlot/cmd/sunlot/housetest"
	"sunlot/cmd/sunlot/housetest/badinput"
	"sunlot/internal/identity"
	"sunlot/trading"
)

// TestBadInput tries each form of the room with everything that can be wrong with it.
func TestBadInput(t *testing.T) {
	badinput.Run(t, badinput.Trials{Listed: func(b *badinput.Bench) []badinput.Trial {
		return slices.Concat(numbers(b), texts(b))
	}})
}

// numbers are the forms on numbers that are cleared.
func numbers(b *badinput.Bench) []badinput.Trial {
	asked := 0
	form := func() url.Values {
		asked++
		return url.Values{
			"org":    {b.Org("青塘村村民委员会")},
			"number": {fmt.Sprintf("139000010%02d", asked)},
			"reason": {"村办公室的值班手机"},
		}
	}
	ask := func() string {
		a := b.AsBrowser("clerk").Submit("/office/numbers", housetest.Once(form()))
		return a.Location()[len("/office/numbers/"):]
	}
	cleared := func() string {
		id := ask()
		b.AsBrowser("leader").Submit("/office/numbers/"+id+"/decide",
			housetest.Once(url.Values{"version": {"1"}, "agree": {"yes"}}))
		return id
	}
	decline := url.Values{"version": {"1"}, "agree": {""}, "reason": {"是会计自己的手机"}}
	return badinput.Sheets("POST /office/", map[string]func() badinput.Sheet{
		"numbers": func() badinput.Sheet {
			good := form()
			return badinput.Sheet{
				Who:   "clerk",
				Wrong: "leader",
				Path:  "/office/numbers",
				Form:  good,
				Other: housetest.SheetWith(good, "reason", "另一个理由"),
				Late:  409,
			}
		},
		"numbers/:id/decide": func() badinput.Sheet {
			return badinput.Sheet{
				Who:   "leader",
				Wrong: "clerk",
				Path:  "/office/numbers/" + ask() + "/decide",
				Form:  decline,
				May:   []string{"agree"},
				Free:  []string{"agree"},
				Other: housetest.SheetWith(decline, "reason", "另一个理由"),
				Late:  409,
			}
		},
		"numbers/:id/end": func() badinput.Sheet {
			end := url.Values{"version": {"2"}, "reason": {"停用了"}}
			return badinput.Sheet{
				Who:   "clerk",
				Wrong: "leader",
				Path:  "/office/numbers/" + cleared() + "/end",
				Form:  end,
				Other: housetest.SheetWith(end, "reason", "另一个理由"),
				Late:  409,
			}
		},
	})
}

// texts are the forms on what is taken out of sight.
func texts(b *badinput.Bench) []badinput.Trial {
	decline := url.Values{"version": {"1"}, "agree": {""}, "reason": {"里面没有个人信息"}}
	return badinput.Sheets("POST /office/", map[string]func() badinput.Sheet{
		"withheld": func() badinput.Sheet {
			good := url.Values{
				"address": {assetOf(b)},
				"ground":  {"personal"},
				"reason":  {"权属一栏有村民的手机号"},
			}
			return badinput.Sheet{
				Who:   "station",
				Wrong: "leader",
				Path:  "/office/withheld",
				Form:  good,
				Other: housetest.SheetWith(good, "reason", "另一个理由"),
				Late:  409,
			}
		},
		"withheld/:id/decide": func() badinput.Sheet {
			a := b.AsBrowser("station").Submit("/office/withheld", housetest.Once(url.Values{
				"address": {noticeOf(b)},
				"ground":  {"personal"},
				"reason":  {"公告里有村民的手机号"},
			}))
			return badinput.Sheet{
				Who:   "leader",
				Wrong: "station",
				Path:  a.Location() + "/decide",
				Form:  decline,
				May:   []string{"agree"},
				Free:  []string{"agree"},
				Other: housetest.SheetWith(decline, "reason", "另一个理由"),
				Late:  409,
			}
		},
	})
}

// noticeOf is the document of the open lot's notice, assetOf of its asset.
func noticeOf(b *badinput.Bench) string {
	return openTender(b).Document
}

// openTender is the tender of the open lot.
func openTender(b *badinput.Bench) trading.Tender {
	t, err := b.Tendering.SeeTender(b.T.Context(), identity.Actor{}, b.Lot(b.OpenLot).Tender)
	b.Ok(err)
	return t
}

func assetOf(b *badinput.Bench) string {
	a, err := b.Assets.SeeAsset(b.T.Context(), identity.Actor{}, openTender(b).Asset)
	b.Ok(err)
	return a.Document
}
