package amending_test

import (
	"net/url"
	"testing"

	"sunlot/cmd/sunlot/housetest"
	"sunlot/cmd/sunlot/housetest/badinput"
)

// TestBadInput tries each form of the room with everything that can be wrong with it.
func TestBadInput(t *testing.T) {
	badinput.Run(t, badinput.Trials{Listed: forms})
}

func forms(b *badinput.Bench) []badinput.Trial {
	form := url.Values{
		"key":     {"contract.sign_days"},
		"value":   {"7"},
		"from":    {string(b.Amending.Earliest())},
		"title":   {"示范县农村产权流转交易管理办法"},
		"article": {"第八条"},
		"reason":  {"合同要先由乡镇审核"},
	}
	decline := url.Values{"version": {"1"}, "agree": {""}, "reason": {"文件里没有这一条"}}
	proposed := func(key string) string {
		a := b.AsBrowser("admin").Submit("/office/amendments",
			housetest.Once(housetest.SheetWith(form, "key", key)))
		return a.Location()
	}
	return badinput.Sheets("POST /office/", map[string]func() badinput.Sheet{
		"amendments": func() badinput.Sheet {
			return badinput.Sheet{
				Who:   "admin",
				Wrong: "clerk",
				Path:  "/office/amendments",
				Form:  form,
				Other: housetest.SheetWith(form, "reason", "另一个理由"),
				Late:  409,
			}
		},
		"amendments/:id/decide": func() badinput.Sheet {
			return badinput.Sheet{
				Who:   "admin2",
				Wrong: "leader",
				Path:  proposed("decision.roll_days") + "/decide",
				Form:  decline,
				May:   []string{"agree"},
				Free:  []string{"agree"},
				Other: housetest.SheetWith(decline, "reason", "另一个理由"),
				Late:  409,
			}
		},
		"amendments/:id/withdraw": func() badinput.Sheet {
			at := proposed("contract.first_rent_days")
			b.AsBrowser("admin2").Submit(at+"/decide",
				housetest.Once(url.Values{"version": {"1"}, "agree": {"yes"}, "read": {"yes"}}))
			withdraw := url.Values{"version": {"2"}, "reason": {"文件没有印发"}}
			return badinput.Sheet{
				Who:   "admin",
				Wrong: "leader",
				Path:  at + "/withdraw",
				Form:  withdraw,
				Other: housetest.SheetWith(withdraw, "reason", "另一个理由"),
				Late:  409,
			}
		},
	})
}
