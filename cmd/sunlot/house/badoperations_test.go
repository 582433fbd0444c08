package house_test

import (
	"strings"

	"sunlot/cmd/sunlot/demo"
	"sunlot/cmd/sunlot/housetest"
	"sunlot/internal/event"
)

// operations are the API's acts, each on a noun that was brought into the
// state in which the act is right.
func (b *bench) operations() []trial {
	v1 := "/api/v1"
	form := func(version int, form housetest.Object) housetest.Object {
		return housetest.Object{"version": version, "form": form}
	}
	reasons := []housetest.Object{{"name": "税费", "message": "请写明由谁承担"}}
	back := func(version int) housetest.Object { return housetest.Object{"version": version, "reasons": reasons} }
	version := func(n int) housetest.Object { return housetest.Object{"version": n} }
	theirs := b.Neighbour()
	calls := map[string]func() call{
		"/assets": func() call {
			body := b.AssetBody(b.threePhotos()...)
			return call{who: "clerk", wrong: "station", path: v1 + "/assets", body: body, may: assetMay, ids: []string{"owner", "acting", "photos.0"},
				theirs: map[string]string{"owner": b.Org("松坪村第一村民小组"), "acting": b.Org("松坪村经济合作社")}, other: housetest.With(body, "name", "另一处")}
		},
		"/assets/:id": func() call {
			body := form(1, b.AssetBody(b.threePhotos()...))
			return call{who: "clerk", wrong: "leader", path: v1 + "/assets/" + b.desks.Asset(1), foreign: v1 + "/assets/" + theirs.Asset,
				body: body, may: under("form", assetMay), ids: under("form", []string{"owner", "acting", "photos.0"}), other: housetest.With(body, "version", 2)}
		},
		"/resolutions": func() call {
			body := b.ResolutionBody(b.desks.Asset(1), b.desks.Clerk.Photo(40), b.desks.Clerk.Photo(41))
			return call{who: "clerk", wrong: "supervision", path: v1 + "/resolutions", body: body, may: resolutionMay,
				ids: []string{"asset", "votes.0.person", "sign_in.0", "minutes.0"}, theirs: map[string]string{"asset": theirs.Asset}, other: housetest.With(body, "years", 4)}
		},
		"/resolutions/:id": func() call {
			asset := b.desks.Asset(1)
			body := form(1, b.ResolutionBody(asset, b.desks.Clerk.Photo(40), b.desks.Clerk.Photo(41)))
			return call{who: "clerk", wrong: "supervision", path: v1 + "/resolutions/" + b.desks.Resolution(asset, 0),
				foreign: v1 + "/resolutions/" + theirs.TenderForm.Resolution, body: body, may: under("form", resolutionMay),
				theirs: map[string]string{"form.asset": theirs.Asset}, ids: under("form", []string{"asset", "votes.0.person", "sign_in.0", "minutes.0"}), other: housetest.With(body, "version", 2)}
		},
		"/resolutions/:id/submit":  b.step("clerk", "station", "resolutions", "submit", func() string { return b.desks.Resolution(b.desks.Asset(1), 0) }, version(1)),
		"/resolutions/:id/confirm": b.step("supervision", "clerk", "resolutions", "confirm", func() string { return b.desks.Resolution(b.desks.Asset(1), 1) }, version(2)),
		"/resolutions/:id/return":  b.step("supervision", "clerk", "resolutions", "return", func() string { return b.desks.Resolution(b.desks.Asset(1), 1) }, back(2)),
		"/tenders": func() call {
			asset := b.desks.Asset(1)
			body := b.TenderBody(asset, b.desks.Resolution(asset, 2))
			return call{who: "clerk", wrong: "station", path: v1 + "/tenders", body: body, ids: []string{"asset", "resolution"}, late: 422,
				theirs: map[string]string{"asset": theirs.Asset, "resolution": theirs.TenderForm.Resolution}, other: housetest.With(body, "years", 4)}
		},
		"/tenders/:id": func() call {
			asset := b.desks.Asset(1)
			terms := b.TenderBody(asset, b.desks.Resolution(asset, 2))
			body := form(1, terms)
			return call{who: "clerk", wrong: "leader", path: v1 + "/tenders/" + b.desks.Clerk.Must(v1+"/tenders", terms), foreign: v1 + "/tenders/" + theirs.ID,
				body: body, theirs: map[string]string{"form.asset": theirs.Asset}, ids: []string{"form.asset", "form.resolution"}, other: housetest.With(body, "version", 2)}
		},
		"/tenders/:id/submit":   b.step("clerk", "station", "tenders", "submit", func() string { return b.desks.Tender(0) }, version(1)),
		"/tenders/:id/withdraw": b.step("clerk", "station", "tenders", "withdraw", func() string { return b.desks.Tender(3) }, version(4)),
		"/tenders/:id/check":    b.step("station", "leader", "tenders", "check", func() string { return b.desks.Tender(1) }, version(2)),
		"/tenders/:id/approve":  b.step("leader", "station", "tenders", "approve", func() string { return b.desks.Tender(2) }, version(3)),
		"/tenders/:id/announce": b.step("clerk", "leader", "tenders", "announce", func() string { return b.desks.Tender(3) }, version(4)),
		"/tenders/:id/return":   b.step("station", "clerk", "tenders", "return", func() string { return b.desks.Tender(1) }, back(2)),
		"/tenders/:id/posting": func() call {
			photo := b.desks.Clerk.Photo(51)
			return call{who: "clerk", wrong: "leader", path: v1 + "/tenders/" + b.desks.Tender(4) + "/posting", foreign: v1 + "/tenders/" + theirs.ID + "/posting",
				body: housetest.Object{"photo": photo}, named: map[string]string{"photo": "board_photo"}, ids: []string{"photo"}, other: housetest.Object{"photo": b.desks.Clerk.Photo(52)}, late: 409}
		},
		"/supplements": func() call {
			body := housetest.Object{"tender": b.desks.Tender(4), "text": "鱼塘水泵由承租方自备。"}
			return call{who: "clerk", wrong: "station", path: v1 + "/supplements", body: body, ids: []string{"tender"}, absent: 404,
				theirs: map[string]string{"tender": theirs.ID}, other: housetest.With(body, "text", "另一份")}
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
func (b *bench) step(who, wrong, noun, name string, id func() string, body housetest.Object) func() call {
	return func() call {
		other := housetest.With(body, "version", body["version"].(int)+5)
		c := call{who: who, wrong: wrong, path: "/api/v1/" + noun + "/" + id() + "/" + name, body: body, other: other, late: 409}
		theirs := map[string]string{"tenders": b.Neighbour().ID, "resolutions": b.Neighbour().TenderForm.Resolution}[noun]
		if theirs != "" && who != "station" && who != "leader" { // theirs is the whole township
			c.foreign = "/api/v1/" + noun + "/" + theirs + "/" + name
		}
		return c
	}
}

// supplement is a proposed one.
func (b *bench) supplement() string {
	return b.desks.Clerk.Must("/api/v1/supplements", housetest.Object{"tender": b.desks.Tender(4), "text": "鱼塘水泵由承租方自备。"})
}

func (b *bench) threePhotos() []string {
	return []string{b.desks.Clerk.Photo(1), b.desks.Clerk.Photo(2), b.desks.Clerk.Photo(3)}
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
			body := housetest.Object{"kind": "villager_group", "name": "青塘村第四村民小组", "parent": b.Org("青塘村村民委员会")}
			return call{who: "admin", wrong: "clerk", path: v1 + "/orgs", body: body, ids: []string{"parent"}, other: housetest.With(body, "name", "另一个")}
		},
		"/people": func() call {
			body := housetest.Object{"name": "户代表丙", "login": "daibiao3", "org": b.Org("青塘村第三村民小组"), "role": "representative"}
			return call{who: "admin", wrong: "leader", path: v1 + "/people", body: body, ids: []string{"org"}, other: housetest.With(body, "login", "daibiao4"), late: 409}
		},
		"/roles": func() call {
			body := housetest.Object{"person": b.Actor("daibiao2").PersonID, "org": b.Org("青塘村村民委员会"), "role": "representative"}
			return call{who: "admin", wrong: "station", path: v1 + "/roles", body: body, ids: []string{"person"}, absent: 404,
				other: housetest.With(body, "role", "villager")}
		},
		"/roles/:id/end": func() call {
			id := b.asProgram("admin").Must(v1+"/roles", housetest.Object{"person": b.Actor("daibiao2").PersonID, "org": b.Org("青塘村村民委员会"), "role": "villager"})
			return call{who: "admin", wrong: "clerk", path: v1 + "/roles/" + id + "/end", body: housetest.Object{}, late: 409}
		},
		"/calendar": func() call {
			body := housetest.Object{"year": 2027, "source": "国务院办公厅关于2027年部分节假日安排的通知", "worked": []string{"2027-01-10"},
				"holidays": []housetest.Object{{"from": "2027-01-01", "to": "2027-01-03"}}}
			return call{who: "admin", wrong: "clerk", path: v1 + "/calendar", body: body, may: []string{"worked", "worked.0", "holidays.0"}, other: housetest.With(body, "source", "另一份通知")}
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
	cut := housetest.Picture(60)
	for what, data := range map[string][]byte{"a text": []byte("no photo"), "a photo cut off": cut[:len(cut)/2], "a page": []byte("<html></html>"), "an empty file": {},
		"a GIF": []byte("GIF89a\x01\x00\x01\x00\x00\x00\x00;")} {
		b.refused(what, clerk.Upload(path, nil, "photo", data), 422, "photo")
	}
	b.refused("another field", clerk.Upload(path, nil, "file", housetest.Picture(60)), 422, "photo")
	b.refused("no form", clerk.Send("POST", path, housetest.Object{}), 422, "photo")
	b.refused("too large", tooLarge(b, path, clerk.Bearer), 413, "")
	b.refused("nobody", b.Nobody().Upload(path, nil, "photo", housetest.Picture(60)), 401, "")
	b.refused("a role without the right", b.asProgram("daibiao").Upload(path, nil, "photo", housetest.Picture(60)), 403, "")
	b.refused("another site", clerk.With("Origin", "https://evil.example").Upload(path, nil, "photo", housetest.Picture(60)), 403, "")
	first, second := clerk.Upload(path, nil, "photo", housetest.Picture(60)), clerk.Upload(path, nil, "photo", housetest.Picture(60))
	if first.StatusCode != 200 || first.Body != second.Body {
		b.t.Errorf("the same photo again: %d %s, then %s", first.StatusCode, first.Body, second.Body)
	}
}

func badLogins(b *bench) {
	path, c := "/api/v1/sessions", b.Nobody()
	b.settle()
	valid := housetest.Object{"login": "leader", "password": demo.Password}
	for _, body := range []string{"", "[]", `{"login":`, `{"login":"leader"} {}`} {
		b.refused("the body "+body, c.Do("POST", path, "application/json", []byte(body)), 422, "")
	}
	for _, m := range []string{"login", "password"} {
		b.refused(m+" mistyped", c.Send("POST", path, housetest.With(valid, m, 1)), 422, m)
		b.refused(m+" missing", c.Send("POST", path, housetest.With(valid, m, nil)), 401, "login")
		b.refused(m+" too long", c.Send("POST", path, housetest.With(valid, m, housetest.Long)), 401, "login")
	}
	b.refused("an unknown member", c.Send("POST", path, housetest.With(valid, "colour", "red")), 422, "colour")
	b.refused("nobody's login", c.Send("POST", path, housetest.With(valid, "login", "nobody")), 401, "login")
	b.refused("another site", c.With("Origin", "https://evil.example").Send("POST", path, valid), 403, "")
	b.refused("too large", tooLarge(b, path, ""), 413, "")
	for range 6 {
		b.refused("a wrong password", c.Send("POST", path, housetest.With(valid, "login", "ghost")), 401, "login")
	}
	b.refused("too many wrong passwords", c.Send("POST", path, housetest.With(valid, "login", "ghost")), 429, "")
}

// badTokens sends what is no refresh token; to end an unknown one is no error.
func badTokens(b *bench, path string, unknown int) {
	path, c := "/api/v1"+path, b.Nobody()
	b.settle()
	for _, body := range []string{"", "[]", `{"refresh_token":`, `{} {}`} {
		b.refused("the body "+body, c.Do("POST", path, "application/json", []byte(body)), 422, "")
	}
	b.refused("mistyped", c.Send("POST", path, housetest.Object{"refresh_token": 1}), 422, "refresh_token")
	b.refused("an unknown member", c.Send("POST", path, housetest.Object{"refresh_token": "x", "colour": "red"}), 422, "colour")
	b.refused("too large", tooLarge(b, path, ""), 413, "")
	b.refused("another site", c.With("Origin", "https://evil.example").Send("POST", path, housetest.Object{"refresh_token": "x"}), 403, "")
	b.refused("no token", c.Send("POST", path, housetest.Object{}), 422, "refresh_token")
	b.refused("an empty token", c.Send("POST", path, housetest.Object{"refresh_token": ""}), 422, "refresh_token")
	for _, token := range []string{"x", event.NewID(), strings.Repeat("x", 5000), "\u0000", b.lapsed("station")} {
		b.refused("the token "+token[:min(len(token), 20)], c.Send("POST", path, housetest.Object{"refresh_token": token}), unknown, "")
	}
}
