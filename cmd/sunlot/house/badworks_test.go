package house_test

import (
	"net/url"

	"sunlot/cmd/sunlot/housetest"
	"sunlot/internal/event"
)

// itemSheet is a short item as the station's form has it.
func itemSheet(number string) url.Values {
	return url.Values{"number": {number}, "name": {"出租集体房屋"}, "category": {"assets"}, "basis_title": {"村民委员会组织法"}, "basis_article": {"第二十四条"},
		"responsible": {"村民委员会"}, "scope": {"集体房屋"}, "rights": {"可以报名"}, "step_name": {"开会决议"}, "step_who": {"村民代表会议"}, "step_days": {"10"},
		"step_leaves": {"决议"}, "step_stage": {"need"}, "discloses": {"每一步"}, "until": {"核实后立即公开"}, "risks": {"不开会就租"}, "complain": {"村监委会"}}
}

// worksSheets are the forms of items and small works.
func (b *bench) worksSheets() []trial {
	rows := map[string]string{"basis_title": "basis", "basis_article": "basis", "step_name": "steps", "step_who": "steps", "step_days": "steps", "step_leaves": "steps", "step_stage": "steps"}
	item := sheet{who: "station", wrong: "clerk", named: rows, may: []string{"basis_article", "step_days", "step_stage"}, numbers: []string{"step_days"}}
	drafted := func() string {
		a := b.asBrowser("station").Submit("/office/items", housetest.Once(itemSheet("ZC-"+event.NewID()[:4])))
		return a.Location()[len("/office/items/"):]
	}
	proposal := func() string { return b.OurWork(false) }
	waiting := func() string { return b.Typed("clerk", b.OurWork(true)) }
	return sheetTrials("POST /office/", map[string]func() sheet{
		"items": func() sheet {
			s := item
			s.path, s.form, s.late = "/office/items", itemSheet("ZC-01"), 409
			s.other = housetest.SheetWith(s.form, "name", "另一项")
			return s
		},
		"items/:id": func() sheet {
			s := item
			s.path, s.afar, s.form = "/office/items/"+drafted(), "station2", housetest.SheetWith(itemSheet("ZC-02"), "version", "1")
			s.other = housetest.SheetWith(s.form, "name", "另一项")
			return s
		},
		"items/:id/publish": b.button("leader", "station", "items", "publish", drafted, "1"),
		"projects":          b.projectSheet,
		"projects/:id/confirm": func() sheet {
			return sheet{who: "supervision", wrong: "clerk", afar: "supervision2", path: "/office/projects/" + proposal() + "/confirm",
				foreign: "/office/projects/" + b.TheirWork(false) + "/confirm", form: url.Values{"version": {"1"}, "clean": {"yes"}},
				other: url.Values{"version": {"9"}, "clean": {"yes"}}, late: 409}
		},
		"projects/:id/return":  b.back("supervision", "clerk", "projects", "scope", proposal, "1"),
		"projects/:id/entries": b.entrySheet,
		"entries/:id/confirm": func() sheet {
			return sheet{who: "supervision", wrong: "clerk", afar: "supervision2", path: "/office/entries/" + waiting() + "/confirm",
				foreign: "/office/entries/" + b.Typed("clerk2", b.TheirWork(true)) + "/confirm", form: url.Values{"version": {"1"}, "clean": {"yes"}},
				other: url.Values{"version": {"9"}, "clean": {"yes"}}, late: 409}
		},
		"entries/:id/return": b.back("supervision", "clerk", "entries", "note", waiting, "1"),
	})
}

func (b *bench) projectSheet() sheet {
	form := url.Values{"village": {b.Org("青塘村村民委员会")}, "item": {b.ItemID()}, "name": {"三组人行桥"}, "place": {"溪口"}, "scope": {"长18米、宽2.2米"},
		"estimate": {"130000"}, "plan_on_budget": {"2026-12-01"}, "plan_sum_budget": {"128000"}}
	return sheet{who: "clerk", wrong: "supervision", path: "/office/projects", form: form, may: []string{"plan_on_budget", "plan_sum_budget"},
		numbers: []string{"estimate", "plan_sum_budget"}, days: []string{"plan_on_budget"}, named: map[string]string{"plan_on_budget": "plan", "plan_sum_budget": "plan"},
		theirs: map[string]string{"village": b.Org("松坪村村民委员会")}, other: housetest.SheetWith(form, "name", "另一座桥"), also: func(who *housetest.Client) {
			b.refused("above the limit", who.Submit("/office/projects", housetest.Once(housetest.SheetWith(form, "estimate", "150000.01"))), 422, "estimate")
			b.refused("a phone", who.Submit("/office/projects", housetest.Once(housetest.SheetWith(form, "scope", "找13800000000"))), 422, "scope")
			b.refused("no such resolution", who.Submit("/office/projects", housetest.Once(housetest.SheetWith(form, "resolution", housetest.UnknownID()))), 422, "resolution")
		}}
}

func (b *bench) entrySheet() sheet {
	path := "/office/projects/" + b.OurWork(true) + "/entries"
	form := url.Values{"stage": {"contract"}, "on": {string(b.Days.Today())}, "sum": {"119600"}, "party": {"惠民建筑队"}, "note": {"工期30天"},
		"photos": {b.desks.Clerk.Photo(61)}}
	return sheet{who: "clerk", wrong: "supervision", afar: "clerk2", path: path, foreign: "/office/projects/" + b.TheirWork(true) + "/entries", form: form,
		may: []string{"photos"}, numbers: []string{"sum"}, days: []string{"on"}, photos: "photos", other: housetest.SheetWith(form, "note", "工期40天"), late: 409, also: func(who *housetest.Client) {
			for what, file := range map[string][]byte{"a text": []byte("no document"), "nothing": {}, "a page": []byte("<html>%PDF-1.4 %%EOF"), "a photo": housetest.Picture(3), "a cut PDF": []byte("%PDF-1.4\n1 0 obj")} {
				b.refused(what+" as a document", who.Upload(path, housetest.Once(form), "files_new", file), 422, "files")
			}
			b.refused("a document that there is not", who.Submit(path, housetest.Once(housetest.SheetWith(form, "files", event.Hash([]byte("x"))))), 422, "files")
			b.refused("the other village's photo", who.Submit(path, housetest.Once(housetest.SheetWith(form, "photos", b.asProgram("clerk2").Photo(62)))), 422, "photos")
			b.refused("a card in the text", who.Submit(path, housetest.Once(housetest.SheetWith(form, "note", "卡号6222000000000001"))), 422, "note")
			b.refused("tomorrow", who.Submit(path, housetest.Once(housetest.SheetWith(form, "on", string(b.Days.Today().AddDays(1))))), 422, "on")
			b.refused("less by a contract", who.Submit(path, housetest.Once(housetest.SheetWith(form, "less", "yes"))), 422, "less")
			b.refused("a contract left out that costs", who.Submit(path, housetest.Once(housetest.SheetWith(housetest.SheetWith(form, "party"), "skipped", "yes"))), 422, "sum")
		}}
}
