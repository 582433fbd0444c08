package house_test

import (
	"fmt"
	"net/url"
	"strings"

	"sunlot/cmd/sunlot/demo"
	"sunlot/cmd/sunlot/housetest"
)

// assetSheet is the case's asset as the clerk's form has it.
func (b *bench) assetSheet() url.Values {
	return url.Values{"owner": {b.Org("青塘村第三村民小组")}, "acting": {b.Org("青塘村经济合作社")}, "assembly": {"group_meeting"},
		"name": {"第三组鱼塘及旱地"}, "kind": {"water_land"}, "location": {"村东头,机耕路旁"}, "area": {"38.60"}, "use": {"养殖、种植,不得改变农业用途"},
		"title": {"村民小组集体所有"}, "last_rent": {"350"}, "last_ends": {"2026-12-31"}, "last_tenant": {"上一户承租人"}, "photos": b.threePhotos(),
		"plot_name": {"鱼塘", "旱地", ""}, "plot_area": {"28.60", "10", ""}, "plot_east": {"路", "田", ""}, "plot_south": {"渠", "路", ""},
		"plot_west": {"田", "渠", ""}, "plot_north": {"山", "塘", ""}}
}

func (b *bench) resolutionSheet(asset string) url.Values {
	form := url.Values{"asset": {asset}, "years": {"5"}, "floor_price": {"400"}, "outsiders": {"yes"}, "priorities": {"member,former_lessee"},
		"step_propose": {"2026-11-01"}, "step_consult": {"2026-11-03"}, "step_party": {"2026-11-05"}, "step_decide": {"2026-11-10"}, "step_publish": {"2026-11-11"},
		"sign_in": {b.desks.Clerk.Photo(40)}, "minutes": {b.desks.Clerk.Photo(41)}}
	for i := range 26 {
		person, choice := "", "for"
		if i == 0 {
			person = b.Actor("daibiao").PersonID
		}
		if i > 23 {
			choice = "absent"
		}
		form["vote_name"] = append(form["vote_name"], fmt.Sprintf("表决人%d", i+1))
		form["vote_person"] = append(form["vote_person"], person)
		form["vote_choice"] = append(form["vote_choice"], choice)
	}
	return form
}

func (b *bench) tenderSheet(asset, resolution string) url.Values {
	form := url.Values{"asset": {asset}, "resolution": {resolution}, "title": {"第三组鱼塘及旱地经营权出租公告"}, "start_price": {"400"}, "step": {"10"},
		"deposit_percent": {"10"}, "years": {"5"}, "starts_on": {"2027-01-15"}, "rent_due": {"03-01"}, "notice_days": {"10"},
		"inspection_on": {"2026-11-27"}, "inspection_place": {"村委会门口"}, "priority_notified": {"2026-11-20"}}
	for name, text := range demo.DemoTexts {
		form.Set(name, text)
	}
	return form
}

func (b *bench) forms() []trial {
	plots := map[string]string{"plot_name": "plots", "plot_area": "plots", "plot_east": "plots", "plot_south": "plots", "plot_west": "plots", "plot_north": "plots"}
	asset := sheet{who: "clerk", may: []string{"last_rent", "last_ends", "last_tenant"}, numbers: []string{"area", "last_rent", "plot_area"}, days: []string{"last_ends"},
		named: plots, photos: "photos", theirs: map[string]string{"owner": b.Org("松坪村第一村民小组"), "acting": b.Org("松坪村经济合作社")}}
	resolution := sheet{who: "clerk", wrong: "supervision", numbers: []string{"years", "floor_price"}, gone: []string{"asset"},
		days: []string{"step_propose", "step_consult", "step_party", "step_decide", "step_publish"}, free: []string{"outsiders"},
		may:   []string{"step_propose", "step_consult", "step_party", "step_decide", "step_publish", "vote_person", "sign_in", "minutes"},
		named: map[string]string{"vote_name": "votes", "vote_person": "votes", "vote_choice": "votes"}, photos: "sign_in"}
	tender := sheet{who: "clerk", wrong: "station", numbers: []string{"start_price", "step", "deposit_percent", "years", "notice_days"}, gone: []string{"asset"},
		days: []string{"starts_on", "inspection_on", "priority_notified", "rent_due"}}
	theirs := b.Neighbour()
	sheets := map[string]func() sheet{
		"assets": func() sheet {
			s := asset
			s.wrong, s.path, s.form = "station", "/office/assets", b.assetSheet()
			s.other = housetest.SheetWith(s.form, "name", "另一处")
			return s
		},
		"assets/:id": func() sheet {
			s := asset
			s.wrong, s.path, s.form, s.theirs = "leader", "/office/assets/"+b.desks.Asset(1), housetest.SheetWith(b.assetSheet(), "version", "1"), nil
			s.foreign, s.other = "/office/assets/"+theirs.Asset, housetest.SheetWith(s.form, "version", "2")
			return s
		},
		"resolutions": func() sheet {
			s := resolution
			s.path, s.form, s.theirs = "/office/resolutions", b.resolutionSheet(b.desks.Asset(1)), map[string]string{"asset": theirs.Asset}
			s.other = housetest.SheetWith(s.form, "years", "4")
			return s
		},
		"resolutions/:id": func() sheet {
			s, asset := resolution, b.desks.Asset(1)
			s.path, s.form = "/office/resolutions/"+b.desks.Resolution(asset, 0), housetest.SheetWith(b.resolutionSheet(asset), "version", "1")
			s.free = append([]string{"asset"}, s.free...) // the record's own is taken
			s.foreign, s.other = "/office/resolutions/"+theirs.TenderForm.Resolution, housetest.SheetWith(s.form, "version", "2")
			return s
		},
		"tenders": func() sheet {
			s, asset := tender, b.desks.Asset(1)
			s.path, s.form, s.late = "/office/tenders", b.tenderSheet(asset, b.desks.Resolution(asset, 2)), 422
			s.theirs = map[string]string{"asset": theirs.Asset, "resolution": theirs.TenderForm.Resolution}
			s.other = housetest.SheetWith(s.form, "years", "4")
			return s
		},
		"tenders/:id": func() sheet {
			s, asset := tender, b.desks.Asset(1)
			resolution := b.desks.Resolution(asset, 2)
			s.path = "/office/tenders/" + b.desks.Clerk.Must("/api/v1/tenders", b.TenderBody(asset, resolution))
			s.form, s.free = housetest.SheetWith(b.tenderSheet(asset, resolution), "version", "1"), []string{"asset"}
			s.foreign, s.other = "/office/tenders/"+theirs.ID, housetest.SheetWith(s.form, "version", "2")
			return s
		},
		"resolutions/:id/submit":  b.button("clerk", "station", "resolutions", "submit", func() string { return b.desks.Resolution(b.desks.Asset(1), 0) }, "1"),
		"resolutions/:id/confirm": b.button("supervision", "clerk", "resolutions", "confirm", func() string { return b.desks.Resolution(b.desks.Asset(1), 1) }, "2"),
		"resolutions/:id/return":  b.back("supervision", "clerk", "resolutions", "votes", func() string { return b.desks.Resolution(b.desks.Asset(1), 1) }, "2"),
		"tenders/:id/submit":      b.button("clerk", "station", "tenders", "submit", func() string { return b.desks.Tender(0) }, "1"),
		"tenders/:id/withdraw":    b.button("clerk", "station", "tenders", "withdraw", func() string { return b.desks.Tender(3) }, "4"),
		"tenders/:id/check":       b.button("station", "leader", "tenders", "check", func() string { return b.desks.Tender(1) }, "2"),
		"tenders/:id/approve":     b.button("leader", "station", "tenders", "approve", func() string { return b.desks.Tender(2) }, "3"),
		"tenders/:id/announce":    b.button("clerk", "leader", "tenders", "announce", func() string { return b.desks.Tender(3) }, "4"),
		"tenders/:id/return":      b.back("station", "clerk", "tenders", "fees", func() string { return b.desks.Tender(1) }, "2"),
		"tenders/:id/posting": func() sheet {
			return sheet{who: "clerk", wrong: "leader", path: "/office/tenders/" + b.desks.Tender(4) + "/posting", foreign: "/office/tenders/" + theirs.ID + "/posting",
				form: url.Values{"board_photo": {b.desks.Clerk.Photo(51)}}, photos: "board_photo", other: url.Values{"board_photo": {b.desks.Clerk.Photo(52)}}, late: 409}
		},
		"tenders/:id/supplements": func() sheet {
			return sheet{who: "clerk", wrong: "station", path: "/office/tenders/" + b.desks.Tender(4) + "/supplements", foreign: "/office/tenders/" + theirs.ID + "/supplements",
				form: url.Values{"text": {"鱼塘水泵由承租方自备。"}}, other: url.Values{"text": {"另一份"}}}
		},
		"supplements/:id/release": b.button("station", "clerk", "supplements", "release", b.supplement, "1"),
		"supplements/:id/return":  b.back("station", "clerk", "supplements", "text", b.supplement, "1"),
	}
	return sheetTrials("POST /office/", sheets)
}

func sheetTrials(prefix string, sheets map[string]func() sheet) []trial {
	var all []trial
	for path, make := range sheets {
		all = append(all, trial{prefix + path, func(b *bench) { make().try(b) }})
	}
	return all
}

// button is a form that only takes a noun to the next desk.
func (b *bench) button(who, wrong, noun, name string, id func() string, version string) func() sheet {
	return func() sheet {
		s := sheet{who: who, wrong: wrong, path: "/office/" + noun + "/" + id() + "/" + name, form: url.Values{"version": {version}},
			other: url.Values{"version": {"9"}}, late: 409}
		theirs := map[string]string{"tenders": b.Neighbour().ID, "resolutions": b.Neighbour().TenderForm.Resolution}[noun]
		if theirs != "" && who != "station" && who != "leader" { // theirs is the whole township
			s.foreign = strings.Replace(s.path, strings.Split(s.path, "/")[3], theirs, 1)
		}
		return s
	}
}

// back is a form that returns a case with a remark on one line.
func (b *bench) back(who, wrong, noun, line string, id func() string, version string) func() sheet {
	return func() sheet {
		s := b.button(who, wrong, noun, "return", id, version)()
		s.form, s.named = housetest.SheetWith(s.form, "reason_"+line, "请改正"), map[string]string{"reason_" + line: "reasons"}
		s.other = housetest.SheetWith(s.form, "reason_"+line, "另一个理由")
		return s
	}
}

func (b *bench) moreForms() []trial {
	person := func() string { return b.Actor("daibiao2").PersonID }
	sheets := map[string]func() sheet{
		"orgs": func() sheet {
			form := url.Values{"kind": {"villager_group"}, "name": {"青塘村第五村民小组"}, "parent": {b.Org("青塘村村民委员会")}}
			return sheet{who: "admin", wrong: "clerk", path: "/office/orgs", form: form, other: housetest.SheetWith(form, "name", "另一个")}
		},
		"people": func() sheet {
			form := url.Values{"name": {"户代表丁"}, "login": {"daibiao5"}, "org": {b.Org("青塘村第三村民小组")}, "role": {"representative"}}
			return sheet{who: "admin", wrong: "leader", path: "/office/people", form: form, other: housetest.SheetWith(form, "login", "daibiao6"), told: 200, late: 409}
		},
		"people/:id/password": func() sheet {
			return sheet{who: "admin", wrong: "station", path: "/office/people/" + person() + "/password", form: url.Values{"login": {"daibiao2"}},
				free: []string{"login"}, told: 200}
		},
		"people/:id/roles": func() sheet {
			form := url.Values{"org": {b.Org("青塘村村民委员会")}, "role": {"representative"}}
			return sheet{who: "admin", wrong: "clerk", path: "/office/people/" + person() + "/roles", form: form, other: housetest.SheetWith(form, "role", "villager")}
		},
		"roles/:id/end": func() sheet {
			id := b.asProgram("admin").Must("/api/v1/roles", housetest.Object{"person": person(), "org": b.Org("青塘村村民委员会"), "role": "villager"})
			return sheet{who: "admin", wrong: "clerk", path: "/office/roles/" + id + "/end", form: url.Values{}, late: 409}
		},
		"calendar": func() sheet {
			form := url.Values{"year": {"2028"}, "source": {"国务院办公厅关于2028年部分节假日安排的通知"}, "worked": {"2028-01-09"}, "holidays": {"2028-01-01 2028-01-03"}}
			return sheet{who: "admin", wrong: "clerk", path: "/office/calendar", form: form, numbers: []string{"year"}, days: []string{"holidays", "worked"},
				may: []string{"worked"}, other: housetest.SheetWith(form, "source", "另一份通知")}
		},
	}
	return append(sheetTrials("POST /office/", sheets), trial{"POST /login", badLoginForms}, trial{"POST /password", badPasswordForms}, trial{"POST /logout", badLogouts}, trial{"POST /care", badCares},
		trial{"POST /office/drafts", badDrafts}, trial{"POST /office/drafts/drop", badDraftDrops})
}

func badLoginForms(b *bench) {
	c := b.Nobody()
	c.ReadToken("/login")
	b.settle()
	valid := url.Values{"login": {"supervision2"}, "password": {demo.Password}, "next": {"https://evil.example/"}}
	for _, name := range []string{"login", "password"} {
		for what, value := range map[string]string{"empty": "", "too long": housetest.Long, "unreadable": housetest.Hidden, "wrong": "nobody"} {
			b.refused(name+" "+what, b.visitor(c).Submit("/login", housetest.SheetWith(valid, name, value)), 401, "login")
		}
		b.refused(name+" missing", b.visitor(c).Submit("/login", housetest.SheetWith(valid, name)), 401, "login")
	}
	for range 6 {
		b.refused("a wrong password", b.visitor(c).Submit("/login", housetest.SheetWith(valid, "login", "phantom")), 401, "login")
	}
	b.refused("too many wrong passwords", b.visitor(c).Submit("/login", housetest.SheetWith(valid, "login", "phantom")), 429, "")
	valid.Set("login", "station")
	b.refused("no token", c.Submit("/login", housetest.SheetWith(valid, "csrf", "")), 403, "")
	b.refused("another visit's token", b.Nobody().Submit("/login", housetest.SheetWith(valid, "csrf", c.Token)), 403, "")
	b.refused("another site", c.With("Origin", "https://evil.example").Submit("/login", valid), 403, "")
	b.refused("too large", tooLarge(b, "/login", ""), 413, "")
	if a := b.visitor(c).Submit("/login", valid); a.StatusCode != 303 || a.Location() != "/" {
		b.t.Errorf("a login leads to %d %s", a.StatusCode, a.Location())
	}
}

// visitor is the same visit once more, so that one login does not end the next try's.
func (b *bench) visitor(c *housetest.Client) *housetest.Client {
	other := b.Nobody()
	other.Cookies["__Host-visit"], other.Token = c.Cookies["__Host-visit"], c.Token
	return other
}

func badPasswordForms(b *bench) {
	who := b.Bidder()
	c, before := b.House.Browser(who.Login), who.Client
	b.settle()
	fresh := "青山绿水一百年 2026"
	valid := url.Values{"old": {demo.Password}, "password": {fresh}, "again": {fresh}}
	both := func(p string) url.Values {
		return housetest.SheetWith(housetest.SheetWith(valid, "password", p), "again", p)
	}
	b.refused("a wrong old password", c.Submit("/password", housetest.SheetWith(valid, "old", "wrong")), 422, "old")
	b.refused("no old password", c.Submit("/password", housetest.SheetWith(valid, "old")), 422, "old")
	b.refused("two new ones", c.Submit("/password", housetest.SheetWith(valid, "again", "another password")), 422, "again")
	b.refused("too short", c.Submit("/password", both("short")), 422, "password")
	b.refused("missing", c.Submit("/password", url.Values{"old": {demo.Password}}), 422, "password")
	b.refused("too long", c.Submit("/password", both(housetest.Long)), 422, "password")
	b.refused("with the login in it", c.Submit("/password", both("my login is "+who.Login)), 422, "password")
	b.refused("the old one", c.Submit("/password", both(demo.Password)), 422, "password")
	b.refused("no token", c.Submit("/password", housetest.SheetWith(valid, "csrf", "")), 403, "")
	b.refused("another site", c.With("Origin", "https://evil.example").Submit("/password", valid), 403, "")
	b.refused("nobody", b.Nobody().Submit("/password", valid), 401, "")
	b.refused("too large", tooLarge(b, "/password", ""), 413, "")
	b.wrote("a new password", c.Submit("/password", valid), 303)
	if a := before.Get("/api/v1/me"); a.StatusCode != 401 {
		b.t.Errorf("a session from before the new password answers %d", a.StatusCode)
	}
}

func badLogouts(b *bench) {
	c := b.House.Browser("leader")
	b.settle()
	b.refused("no token", c.Submit("/logout", url.Values{"csrf": {""}}), 403, "")
	b.refused("another site", c.With("Origin", "https://evil.example").Submit("/logout", nil), 403, "")
	b.refused("too large", tooLarge(b, "/logout", ""), 413, "")
	b.refused("by reading", c.Get("/logout"), 405, "")
	refresh := c.Cookies["__Host-refresh"]
	if a := c.Submit("/logout", nil); a.StatusCode != 303 || c.Cookies["__Host-access"] != "" {
		b.t.Errorf("the logout: %d, cookies %v", a.StatusCode, c.Cookies)
	}
	b.unchanged("a logout")
	a := b.Nobody().Send("POST", "/api/v1/sessions/renew", housetest.Object{"refresh_token": refresh})
	b.refused("the refresh token of an ended session", a, 401, "")
}
