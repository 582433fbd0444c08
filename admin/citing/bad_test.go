package citing_test

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
		"cites":   {b.Pack().Assemblies["group_meeting"].Quorum.Source.ID()},
		"edition": {"2025修正"},
		"from":    {"2026-01-01"},
		"article": {"第三十二条"},
		"same":    {"yes"},
	}
	decline := url.Values{"version": {"1"}, "agree": {""}, "reason": {"找不到这一条"}}
	entered := func(assembly string) string {
		article := b.Pack().Assemblies[assembly].Quorum.Source.ID()
		a := b.AsBrowser("admin").Submit("/office/citations",
			housetest.Once(housetest.SheetWith(form, "cites", article)))
		return a.Location()
	}
	return badinput.Sheets("POST /office/", map[string]func() badinput.Sheet{
		"citations": func() badinput.Sheet {
			return badinput.Sheet{
				Who:   "admin",
				Wrong: "clerk",
				Path:  "/office/citations",
				Form:  form,
				Other: housetest.SheetWith(form, "article", "第三十三条"),
				Late:  409,
			}
		},
		"citations/:id/decide": func() badinput.Sheet {
			return badinput.Sheet{
				Who:   "admin2",
				Wrong: "leader",
				Path:  entered("village_representatives") + "/decide",
				Form:  decline,
				May:   []string{"agree"},
				Free:  []string{"agree"},
				Other: housetest.SheetWith(decline, "reason", "另一个理由"),
				Late:  409,
			}
		},
		"citations/:id/end": func() badinput.Sheet {
			at := entered("village_representatives")
			b.AsBrowser("admin2").Submit(at+"/decide",
				housetest.Once(url.Values{"version": {"1"}, "agree": {"yes"}, "same": {"yes"}}))
			end := url.Values{"version": {"2"}, "reason": {"看错了款"}}
			return badinput.Sheet{
				Who:   "admin",
				Wrong: "leader",
				Path:  at + "/end",
				Form:  end,
				Other: housetest.SheetWith(end, "reason", "另一个理由"),
				Late:  409,
			}
		},
	})
}
