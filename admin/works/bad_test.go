package works_test

import (
	"net/url"
	"testing"

	"sunlot/cmd/sunlot/housetest"
	"sunlot/cmd/sunlot/housetest/badinput"
	"sunlot/internal/event"
)

// TestBadInput tries each form of the room with everything that can be wrong with it.
func TestBadInput(t *testing.T) {
	badinput.Run(t, badinput.Trials{Listed: forms})
}

func forms(b *badinput.Bench) []badinput.Trial {
	proposal := func() string { return b.OurWork(false) }
	waiting := func() string { return b.Typed("clerk", b.OurWork(true)) }
	return badinput.Sheets("POST /office/", map[string]func() badinput.Sheet{
		"projects": func() badinput.Sheet { return projectSheet(b) },
		"projects/:id/confirm": func() badinput.Sheet {
			return badinput.Sheet{
				Who:     "supervision",
				Wrong:   "clerk",
				Afar:    "supervision2",
				Path:    "/office/projects/" + proposal() + "/confirm",
				Foreign: "/office/projects/" + b.TheirWork(false) + "/confirm",
				Form:    url.Values{"version": {"1"}, "clean": {"yes"}},
				Other:   url.Values{"version": {"9"}, "clean": {"yes"}},
				Late:    409,
			}
		},
		"projects/:id/return":    b.Back("supervision", "clerk", "projects", "scope", proposal, "1"),
		"projects/:id/take-back": b.Button("clerk", "supervision", "projects", "take-back", proposal, "1"),
		"entries/:id/take-back":  b.Button("clerk", "supervision", "entries", "take-back", waiting, "1"),
		"projects/:id/entries":   func() badinput.Sheet { return entrySheet(b) },
		"entries/:id/confirm": func() badinput.Sheet {
			return badinput.Sheet{
				Who:     "supervision",
				Wrong:   "clerk",
				Afar:    "supervision2",
				Path:    "/office/entries/" + waiting() + "/confirm",
				Foreign: "/office/entries/" + b.Typed("clerk2", b.TheirWork(true)) + "/confirm",
				Form:    url.Values{"version": {"1"}, "clean": {"yes"}},
				Other:   url.Values{"version": {"9"}, "clean": {"yes"}},
				Late:    409,
			}
		},
		"entries/:id/return": b.Back("supervision", "clerk", "entries", "note", waiting, "1"),
	})
}

func projectSheet(b *badinput.Bench) badinput.Sheet {
	form := url.Values{
		"village":         {b.Org("青塘村村民委员会")},
		"item":            {b.ItemID()},
		"name":            {"三组人行桥"},
		"place":           {"溪口"},
		"scope":           {"长18米、宽2.2米"},
		"estimate":        {"130000"},
		"split":           {"各在不同的组，不相连"},
		"plan_on_budget":  {"2026-12-01"},
		"plan_sum_budget": {"128000"},
	}
	return badinput.Sheet{
		Who:     "clerk",
		Wrong:   "supervision",
		Path:    "/office/projects",
		Form:    form,
		May:     []string{"plan_on_budget", "plan_sum_budget", "split"},
		Numbers: []string{"estimate", "plan_sum_budget"},
		Days:    []string{"plan_on_budget"},
		Named:   map[string]string{"plan_on_budget": "plan", "plan_sum_budget": "plan"},
		Theirs:  map[string]string{"village": b.Org("松坪村村民委员会")},
		Other:   housetest.SheetWith(form, "name", "另一座桥"),
		Also: func(who *housetest.Client) {
			b.Refused("above the limit",
				who.Submit("/office/projects", housetest.Once(housetest.SheetWith(form, "estimate", "150000.01"))),
				422, "estimate")
			b.Refused("a phone",
				who.Submit("/office/projects", housetest.Once(housetest.SheetWith(form, "scope", "找13800000000"))),
				422, "scope")
			b.Refused("no such resolution",
				who.Submit("/office/projects",
					housetest.Once(housetest.SheetWith(form, "resolution", housetest.UnknownID()))), 422, "resolution")
		},
	}
}

func entrySheet(b *badinput.Bench) badinput.Sheet {
	path := "/office/projects/" + b.OurWork(true) + "/entries"
	form := url.Values{
		"stage":  {"contract"},
		"on":     {string(b.Days.Today())},
		"sum":    {"119600"},
		"party":  {"惠民建筑公司"},
		"note":   {"工期30天"},
		"photos": {b.Desks.Clerk.Photo(61)},
	}
	return badinput.Sheet{
		Who:     "clerk",
		Wrong:   "supervision",
		Afar:    "clerk2",
		Path:    path,
		Foreign: "/office/projects/" + b.TheirWork(true) + "/entries",
		Form:    form,
		May:     []string{"photos"},
		Numbers: []string{"sum"},
		Days:    []string{"on"},
		Photos:  "photos",
		Other:   housetest.SheetWith(form, "note", "工期40天"),
		Late:    409,
		Also: func(who *housetest.Client) {
			for what, file := range map[string][]byte{
				"a text":    []byte("no document"),
				"nothing":   {},
				"a page":    []byte("<html>%PDF-1.4 %%EOF"),
				"a photo":   housetest.Picture(3),
				"a cut PDF": []byte("%PDF-1.4\n1 0 obj"),
			} {
				b.Refused(what+" as a document", who.Upload(path, housetest.Once(form), "files_new", file), 422,
					"files")
			}
			b.Refused("a document that there is not",
				who.Submit(path, housetest.Once(housetest.SheetWith(form, "files", event.Hash([]byte("x"))))), 422,
				"files")
			b.Refused("the other village's photo",
				who.Submit(path,
					housetest.Once(housetest.SheetWith(form, "photos", b.AsProgram("clerk2").Photo(62)))), 422,
				"photos")
			b.Refused("a card in the text",
				who.Submit(path, housetest.Once(housetest.SheetWith(form, "note", "卡号6222000000000001"))), 422, "note")
			b.Refused("a correction of what there is not",
				who.Submit(path, housetest.Once(housetest.SheetWith(form, "corrects", housetest.UnknownID()))), 422,
				"corrects")
			b.Refused("tomorrow",
				who.Submit(path,
					housetest.Once(housetest.SheetWith(form, "on", string(b.Days.Today().AddDays(1))))), 422, "on")
			b.Refused("less by a contract",
				who.Submit(path, housetest.Once(housetest.SheetWith(form, "less", "yes"))), 422, "less")
			b.Refused("a contract left out that costs",
				who.Submit(path,
					housetest.Once(housetest.SheetWith(housetest.SheetWith(form, "party"), "skipped", "yes"))), 422,
				"sum")
		},
	}
}
