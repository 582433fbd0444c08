package main

import (
	"strings"

	"sunlot/internal/event"
)

// operations are the API's acts, each on a noun that was brought into the
// state in which the act is right.
func (b *bench) operations() []trial {
	v1 := "/api/v1"
	form := func(version int, form object) object { return object{"version": version, "form": form} }
	reasons := []object{{"name": "税费", "message": "请写明由谁承担"}}
	back := func(version int) object { return object{"version": version, "reasons": reasons} }
	version := func(n int) object { return object{"version": n} }
	theirs := b.neighbour()
	calls := map[string]func() call{
		"/assets": func() call {
			body := b.assetBody(b.threePhotos()...)
			return call{who: "clerk", wrong: "station", path: v1 + "/assets", body: body, may: assetMay, ids: []string{"owner", "acting", "photos.0"},
				theirs: map[string]string{"owner": b.org("松坪村第一村民小组"), "acting": b.org("松坪村经济合作社")}, other: with(body, "name", "另一处")}
		},
		"/assets/:id": func() call {
			body := form(1, b.assetBody(b.threePhotos()...))
			return call{who: "clerk", wrong: "leader", path: v1 + "/assets/" + b.desks.asset(1), foreign: v1 + "/assets/" + theirs.Asset,
				body: body, may: under("form", assetMay), ids: under("form", []string{"owner", "acting", "photos.0"}), other: with(body, "version", 2)}
		},
		"/resolutions": func() call {
			body := b.resolutionBody(b.desks.asset(1), b.desks.clerk.photo(40), b.desks.clerk.photo(41))
			return call{who: "clerk", wrong: "supervision", path: v1 + "/resolutions", body: body, may: resolutionMay,
				ids: []string{"asset", "votes.0.person", "sign_in.0", "minutes.0"}, theirs: map[string]string{"asset": theirs.Asset}, other: with(body, "years", 4)}
		},
		"/resolutions/:id": func() call {
			asset := b.desks.asset(1)
			body := form(1, b.resolutionBody(asset, b.desks.clerk.photo(40), b.desks.clerk.photo(41)))
			return call{who: "clerk", wrong: "supervision", path: v1 + "/resolutions/" + b.desks.resolution(asset, 0),
				foreign: v1 + "/resolutions/" + theirs.TenderForm.Resolution, body: body, may: under("form", resolutionMay),
				theirs: map[string]string{"form.asset": theirs.Asset}, ids: under("form", []string{"asset", "votes.0.person", "sign_in.0", "minutes.0"}), other: with(body, "version", 2)}
		},
		"/resolutions/:id/submit":  b.step("clerk", "station", "resolutions", "submit", func() string { return b.desks.resolution(b.desks.asset(1), 0) }, version(1)),
		"/resolutions/:id/confirm": b.step("supervision", "clerk", "resolutions", "confirm", func() string { return b.desks.resolution(b.desks.asset(1), 1) }, version(2)),
		"/resolutions/:id/return":  b.step("supervision", "clerk", "resolutions", "return", func() string { return b.desks.resolution(b.desks.asset(1), 1) }, back(2)),
		"/tenders": func() call {
			asset := b.desks.asset(1)
			body := b.tenderBody(asset, b.desks.resolution(asset, 2))
			return call{who: "clerk", wrong: "station", path: v1 + "/tenders", body: body, ids: []string{"asset", "resolution"}, late: 422,
				theirs: map[string]string{"asset": theirs.Asset, "resolution": theirs.TenderForm.Resolution}, other: with(body, "years", 4)}
		},
		"/tenders/:id": func() call {
			asset := b.desks.asset(1)
			terms := b.tenderBody(asset, b.desks.resolution(asset, 2))
			body := form(1, terms)
			return call{who: "clerk", wrong: "leader", path: v1 + "/tenders/" + b.desks.clerk.must(v1+"/tenders", terms), foreign: v1 + "/tenders/" + theirs.ID,
				body: body, theirs: map[string]string{"form.asset": theirs.Asset}, ids: []string{"form.asset", "form.resolution"}, other: with(body, "version", 2)}
		},
		"/tenders/:id/submit":   b.step("clerk", "station", "tenders", "submit", func() string { return b.desks.tender(0) }, version(1)),
		"/tenders/:id/withdraw": b.step("clerk", "station", "tenders", "withdraw", func() string { return b.desks.tender(3) }, version(4)),
		"/tenders/:id/check":    b.step("station", "leader", "tenders", "check", func() string { return b.desks.tender(1) }, version(2)),
		"/tenders/:id/approve":  b.step("leader", "station", "tenders", "approve", func() string { return b.desks.tender(2) }, version(3)),
		"/tenders/:id/announce": b.step("clerk", "leader", "tenders", "announce", func() string { return b.desks.tender(3) }, version(4)),
		"/tenders/:id/return":   b.step("station", "clerk", "tenders", "return", func() string { return b.desks.tender(1) }, back(2)),
		"/tenders/:id/posting": func() call {
			photo := b.desks.clerk.photo(51)
			return call{who: "clerk", wrong: "leader", path: v1 + "/tenders/" + b.desks.tender(4) + "/posting", foreign: v1 + "/tenders/" + theirs.ID + "/posting",
				body: object{"photo": photo}, named: map[string]string{"photo": "board_photo"}, ids: []string{"photo"}, other: object{"photo": b.desks.clerk.photo(52)}, late: 409}
		},
		"/supplements": func() call {
			body := object{"tender": b.desks.tender(4), "text": "鱼塘水泵由承租方自备。"}
			return call{who: "clerk", wrong: "station", path: v1 + "/supplements", body: body, ids: []string{"tender"}, absent: 404,
				theirs: map[string]string{"tender": theirs.ID}, other: with(body, "text", "另一份")}
		},
		"/supplements/:id/release": b.step("station", "clerk", "supplements", "release", b.supplement, version(1)),
		"/supplements/:id/return":  b.step("station", "clerk", "supplements", "return", b.supplement, back(1)),
	}
	return trials("POST "+v1, calls)
}

// trials makes a trial of each call; the noun is made when its turn comes.
func trials(prefix string, calls map[string]func() call) []trial {
	var all []trial
	for path, make := range calls {
		all = append(all, trial{prefix + path, func(b *bench) { make().try(b) }})
	}
	return all
}

// step is an act that takes a noun from one desk to the next.
func (b *bench) step(who, wrong, noun, name string, id func() string, body object) func() call {
	return func() call {
		other := with(body, "version", body["version"].(int)+5)
		c := call{who: who, wrong: wrong, path: "/api/v1/" + noun + "/" + id() + "/" + name, body: body, other: other, late: 409}
		theirs := map[string]string{"tenders": b.neighbour().ID, "resolutions": b.neighbour().TenderForm.Resolution}[noun]
		if theirs != "" && who != "station" && who != "leader" { // theirs is the whole township
			c.foreign = "/api/v1/" + noun + "/" + theirs + "/" + name
		}
		return c
	}
}

// supplement is a proposed one.
func (b *bench) supplement() string {
	return b.desks.clerk.must("/api/v1/supplements", object{"tender": b.desks.tender(4), "text": "鱼塘水泵由承租方自备。"})
}

func (b *bench) threePhotos() []string {
	return []string{b.desks.clerk.photo(1), b.desks.clerk.photo(2), b.desks.clerk.photo(3)}
}

// What may be missing in the forms.
var (
	assetMay      = []string{"last_rent", "last_ends", "last_tenant", "photos.0"}
	resolutionMay = []string{"outsiders", "priorities", "priorities.0", "steps", "steps.0", "steps.0.on", "votes.0", "votes.0.person",
		"sign_in", "sign_in.0", "minutes", "minutes.0"}
)

func under(name string, members []string) []string {
	var all []string
	for _, m := range members {
		all = append(all, name+"."+m)
	}
	return all
}

// moreOperations are the county's acts and those that have no key.
func (b *bench) moreOperations() []trial {
	v1 := "/api/v1"
	calls := map[string]func() call{
		"/orgs": func() call {
			body := object{"kind": "villager_group", "name": "青塘村第四村民小组", "parent": b.org("青塘村村民委员会")}
			return call{who: "admin", wrong: "clerk", path: v1 + "/orgs", body: body, ids: []string{"parent"}, other: with(body, "name", "另一个")}
		},
		"/people": func() call {
			body := object{"name": "户代表丙", "login": "daibiao3", "org": b.org("青塘村第三村民小组"), "role": "representative"}
			return call{who: "admin", wrong: "leader", path: v1 + "/people", body: body, ids: []string{"org"}, other: with(body, "login", "daibiao4"), late: 409}
		},
		"/roles": func() call {
			body := object{"person": b.actor("daibiao2").PersonID, "org": b.org("青塘村村民委员会"), "role": "representative"}
			return call{who: "admin", wrong: "station", path: v1 + "/roles", body: body, ids: []string{"person"}, absent: 404,
				other: with(body, "role", "villager")}
		},
		"/roles/:id/end": func() call {
			id := b.asProgram("admin").must(v1+"/roles", object{"person": b.actor("daibiao2").PersonID, "org": b.org("青塘村村民委员会"), "role": "villager"})
			return call{who: "admin", wrong: "clerk", path: v1 + "/roles/" + id + "/end", body: object{}, late: 409}
		},
		"/calendar": func() call {
			body := object{"year": 2027, "source": "国务院办公厅关于2027年部分节假日安排的通知", "worked": []string{"2027-01-10"},
				"holidays": []object{{"from": "2027-01-01", "to": "2027-01-03"}}}
			return call{who: "admin", wrong: "clerk", path: v1 + "/calendar", body: body, may: []string{"worked", "worked.0", "holidays.0"}, other: with(body, "source", "另一份通知")}
		},
	}
	return append(trials("POST "+v1, calls),
		trial{"POST " + v1 + "/photos", badPhotos},
		trial{"POST " + v1 + "/sessions", badLogins},
		trial{"POST " + v1 + "/sessions/renew", func(b *bench) { badTokens(b, "/sessions/renew", 401) }},
		trial{"POST " + v1 + "/sessions/end", func(b *bench) { badTokens(b, "/sessions/end", 204) }})
}

func badPhotos(b *bench) {
	path, clerk := "/api/v1/photos", b.asProgram("clerk")
	b.settle()
	cut := picture(60)
	for what, data := range map[string][]byte{"a text": []byte("no photo"), "a photo cut off": cut[:len(cut)/2], "a page": []byte("<html></html>"), "an empty file": {},
		"a GIF": []byte("GIF89a\x01\x00\x01\x00\x00\x00\x00;")} {
		b.refused(what, clerk.upload(path, nil, "photo", data), 422, "photo")
	}
	b.refused("another field", clerk.upload(path, nil, "file", picture(60)), 422, "photo")
	b.refused("no form", clerk.send("POST", path, object{}), 422, "photo")
	b.refused("too large", tooLarge(b, path, clerk.bearer), 413, "")
	b.refused("nobody", b.nobody().upload(path, nil, "photo", picture(60)), 401, "")
	b.refused("a role without the right", b.asProgram("daibiao").upload(path, nil, "photo", picture(60)), 403, "")
	b.refused("another site", clerk.with("Origin", "https://evil.example").upload(path, nil, "photo", picture(60)), 403, "")
	first, second := clerk.upload(path, nil, "photo", picture(60)), clerk.upload(path, nil, "photo", picture(60))
	if first.StatusCode != 200 || first.body != second.body {
		b.t.Errorf("the same photo again: %d %s, then %s", first.StatusCode, first.body, second.body)
	}
}

func badLogins(b *bench) {
	path, c := "/api/v1/sessions", b.nobody()
	b.settle()
	valid := object{"login": "leader", "password": demoPassword}
	for _, body := range []string{"", "[]", `{"login":`, `{"login":"leader"} {}`} {
		b.refused("the body "+body, c.do("POST", path, "application/json", []byte(body)), 422, "")
	}
	for _, m := range []string{"login", "password"} {
		b.refused(m+" mistyped", c.send("POST", path, with(valid, m, 1)), 422, m)
		b.refused(m+" missing", c.send("POST", path, with(valid, m, nil)), 401, "login")
		b.refused(m+" too long", c.send("POST", path, with(valid, m, long)), 401, "login")
	}
	b.refused("an unknown member", c.send("POST", path, with(valid, "colour", "red")), 422, "colour")
	b.refused("nobody's login", c.send("POST", path, with(valid, "login", "nobody")), 401, "login")
	b.refused("another site", c.with("Origin", "https://evil.example").send("POST", path, valid), 403, "")
	b.refused("too large", tooLarge(b, path, ""), 413, "")
	for range 6 {
		b.refused("a wrong password", c.send("POST", path, with(valid, "login", "ghost")), 401, "login")
	}
	b.refused("too many wrong passwords", c.send("POST", path, with(valid, "login", "ghost")), 429, "")
}

// badTokens sends what is no refresh token; to end an unknown one is no error.
func badTokens(b *bench, path string, unknown int) {
	path, c := "/api/v1"+path, b.nobody()
	b.settle()
	for _, body := range []string{"", "[]", `{"refresh_token":`, `{} {}`} {
		b.refused("the body "+body, c.do("POST", path, "application/json", []byte(body)), 422, "")
	}
	b.refused("mistyped", c.send("POST", path, object{"refresh_token": 1}), 422, "refresh_token")
	b.refused("an unknown member", c.send("POST", path, object{"refresh_token": "x", "colour": "red"}), 422, "colour")
	b.refused("too large", tooLarge(b, path, ""), 413, "")
	b.refused("another site", c.with("Origin", "https://evil.example").send("POST", path, object{"refresh_token": "x"}), 403, "")
	b.refused("no token", c.send("POST", path, object{}), 422, "refresh_token")
	b.refused("an empty token", c.send("POST", path, object{"refresh_token": ""}), 422, "refresh_token")
	for _, token := range []string{"x", event.NewID(), strings.Repeat("x", 5000), "\u0000", b.lapsed("station")} {
		b.refused("the token "+token[:min(len(token), 20)], c.send("POST", path, object{"refresh_token": token}), unknown, "")
	}
}
