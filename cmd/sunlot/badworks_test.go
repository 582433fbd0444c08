package main

import (
	"net/url"

	"sunlot/disclosure"
	"sunlot/internal/event"
	"sunlot/trading/works"
)

// itemID is the seed's item of small works.
func (r *running) itemID() string {
	r.t.Helper()
	list, _, err := r.items.SeeItems(r.t.Context(), disclosure.ItemQuery{Category: "works"})
	r.ok(err)
	return list[0].ID
}

// proposed is a small work of a village, confirmed if asked to.
func (r *running) proposed(clerk, supervision, village string, confirmed bool) string {
	r.t.Helper()
	id, err := r.works.OpenProject(r.t.Context(), r.actor(clerk), event.NewID(), works.ProjectForm{Village: r.org(village), Item: r.itemID(),
		Name: "三组人行桥", Place: "溪口", Scope: "长18米、宽2.2米", Estimate: 13_000_000, Plan: []works.Planned{{Stage: works.BudgetStage, On: "2026-12-01", Sum: 12_800_000}}})
	r.ok(err)
	if confirmed {
		_, err = r.works.ConfirmProject(r.t.Context(), r.actor(supervision), event.NewID(), id, works.ConfirmForm{Version: 1, Clean: true})
		r.ok(err)
	}
	return id
}

func (r *running) ourWork(confirmed bool) string {
	return r.proposed("clerk", "supervision", "青塘村村民委员会", confirmed)
}

func (r *running) theirWork(confirmed bool) string {
	return r.proposed("clerk2", "supervision2", "松坪村村民委员会", confirmed)
}

// typed enters a stage of a work, which waits for the committee.
func (r *running) typed(clerk, project string) string {
	r.t.Helper()
	id, err := r.works.RecordStage(r.t.Context(), r.actor(clerk), event.NewID(), project, works.EntryForm{Stage: works.NeedStage, On: r.days.Today(), Note: "会议同意"})
	r.ok(err)
	return id
}

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
		a := b.asBrowser("station").submit("/office/items", once(itemSheet("ZC-"+event.NewID()[:4])))
		return a.location()[len("/office/items/"):]
	}
	proposal := func() string { return b.ourWork(false) }
	waiting := func() string { return b.typed("clerk", b.ourWork(true)) }
	return sheetTrials("POST /office/", map[string]func() sheet{
		"items": func() sheet {
			s := item
			s.path, s.form, s.late = "/office/items", itemSheet("ZC-01"), 409
			s.other = sheetWith(s.form, "name", "另一项")
			return s
		},
		"items/:id": func() sheet {
			s := item
			s.path, s.afar, s.form = "/office/items/"+drafted(), "station2", sheetWith(itemSheet("ZC-02"), "version", "1")
			s.other = sheetWith(s.form, "name", "另一项")
			return s
		},
		"items/:id/publish": b.button("leader", "station", "items", "publish", drafted, "1"),
		"projects":          b.projectSheet,
		"projects/:id/confirm": func() sheet {
			return sheet{who: "supervision", wrong: "clerk", afar: "supervision2", path: "/office/projects/" + proposal() + "/confirm",
				foreign: "/office/projects/" + b.theirWork(false) + "/confirm", form: url.Values{"version": {"1"}, "clean": {"yes"}},
				other: url.Values{"version": {"9"}, "clean": {"yes"}}, late: 409}
		},
		"projects/:id/return":  b.back("supervision", "clerk", "projects", "scope", proposal, "1"),
		"projects/:id/entries": b.entrySheet,
		"entries/:id/confirm": func() sheet {
			return sheet{who: "supervision", wrong: "clerk", afar: "supervision2", path: "/office/entries/" + waiting() + "/confirm",
				foreign: "/office/entries/" + b.typed("clerk2", b.theirWork(true)) + "/confirm", form: url.Values{"version": {"1"}, "clean": {"yes"}},
				other: url.Values{"version": {"9"}, "clean": {"yes"}}, late: 409}
		},
		"entries/:id/return": b.back("supervision", "clerk", "entries", "note", waiting, "1"),
	})
}

func (b *bench) projectSheet() sheet {
	form := url.Values{"village": {b.org("青塘村村民委员会")}, "item": {b.itemID()}, "name": {"三组人行桥"}, "place": {"溪口"}, "scope": {"长18米、宽2.2米"},
		"estimate": {"130000"}, "plan_on_budget": {"2026-12-01"}, "plan_sum_budget": {"128000"}}
	return sheet{who: "clerk", wrong: "supervision", path: "/office/projects", form: form, may: []string{"plan_on_budget", "plan_sum_budget"},
		numbers: []string{"estimate", "plan_sum_budget"}, days: []string{"plan_on_budget"}, named: map[string]string{"plan_on_budget": "plan", "plan_sum_budget": "plan"},
		theirs: map[string]string{"village": b.org("松坪村村民委员会")}, other: sheetWith(form, "name", "另一座桥"), also: func(who *client) {
			b.refused("above the limit", who.submit("/office/projects", once(sheetWith(form, "estimate", "150000.01"))), 422, "estimate")
			b.refused("a phone", who.submit("/office/projects", once(sheetWith(form, "scope", "找13800000000"))), 422, "scope")
			b.refused("no such resolution", who.submit("/office/projects", once(sheetWith(form, "resolution", unknownID()))), 422, "resolution")
		}}
}

func (b *bench) entrySheet() sheet {
	path := "/office/projects/" + b.ourWork(true) + "/entries"
	form := url.Values{"stage": {"contract"}, "on": {string(b.days.Today())}, "sum": {"119600"}, "party": {"惠民建筑队"}, "note": {"工期30天"},
		"photos": {b.desks.clerk.photo(61)}}
	return sheet{who: "clerk", wrong: "supervision", afar: "clerk2", path: path, foreign: "/office/projects/" + b.theirWork(true) + "/entries", form: form,
		may: []string{"photos"}, numbers: []string{"sum"}, days: []string{"on"}, photos: "photos", other: sheetWith(form, "note", "工期40天"), late: 409, also: func(who *client) {
			for what, file := range map[string][]byte{"a text": []byte("no document"), "nothing": {}, "a page": []byte("<html>%PDF-1.4 %%EOF"), "a photo": picture(3), "a cut PDF": []byte("%PDF-1.4\n1 0 obj")} {
				b.refused(what+" as a document", who.upload(path, once(form), "files_new", file), 422, "files")
			}
			b.refused("a document that there is not", who.submit(path, once(sheetWith(form, "files", event.Hash([]byte("x"))))), 422, "files")
			b.refused("the other village's photo", who.submit(path, once(sheetWith(form, "photos", b.asProgram("clerk2").photo(62)))), 422, "photos")
			b.refused("a card in the text", who.submit(path, once(sheetWith(form, "note", "卡号6222000000000001"))), 422, "note")
			b.refused("tomorrow", who.submit(path, once(sheetWith(form, "on", string(b.days.Today().AddDays(1))))), 422, "on")
			b.refused("less by a contract", who.submit(path, once(sheetWith(form, "less", "yes"))), 422, "less")
			b.refused("a contract left out that costs", who.submit(path, once(sheetWith(sheetWith(form, "party"), "skipped", "yes"))), 422, "sum")
		}}
}
