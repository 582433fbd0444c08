package api_test

import (
	"strings"

	"sunlot/cmd/sunlot/demo"
	"sunlot/cmd/sunlot/housetest"
	"sunlot/cmd/sunlot/housetest/badinput"
	"sunlot/internal/event"
)

// county are the administrators' acts.
func county(b *badinput.Bench) []badinput.Trial {
	v1 := "/api/v1"
	return badinput.Calls("POST "+v1, map[string]func() badinput.Call{
		"/orgs": func() badinput.Call {
			body := housetest.Object{"kind": "villager_group", "name": "青塘村第四村民小组", "parent": b.Org("青塘村村民委员会")}
			return badinput.Call{
				Who:   "admin",
				Wrong: "clerk",
				Path:  v1 + "/orgs",
				Body:  body,
				IDs:   []string{"parent"},
				Other: housetest.With(body, "name", "另一个"),
			}
		},
		"/people": func() badinput.Call {
			body := housetest.Object{
				"name":  "户代表丙",
				"login": "daibiao3",
				"org":   b.Org("青塘村第三村民小组"),
				"role":  "representative",
			}
			return badinput.Call{
				Who:   "admin",
				Wrong: "leader",
				Path:  v1 + "/people",
				Body:  body,
				IDs:   []string{"org"},
				Other: housetest.With(body, "login", "daibiao4"),
				Late:  409,
			}
		},
		"/roles": func() badinput.Call {
			body := housetest.Object{
				"person": b.Actor("daibiao2").PersonID,
				"org":    b.Org("青塘村村民委员会"),
				"role":   "representative",
			}
			return badinput.Call{
				Who:    "admin",
				Wrong:  "station",
				Path:   v1 + "/roles",
				Body:   body,
				IDs:    []string{"person"},
				Absent: 404,
				Other:  housetest.With(body, "role", "villager"),
			}
		},
		"/accounts/:id/confirm": func() badinput.Call {
			var proposed housetest.Handed
			b.AsProgram("admin").Act(v1+"/people", housetest.Object{"name": "新村监委", "login": "jianwei",
				"org": b.Org("青塘村村民委员会"), "role": "supervision"}).Into(b.T, &proposed)
			return badinput.Call{
				Who:   "admin2",
				Wrong: "clerk",
				Path:  v1 + "/accounts/" + proposed.Proposal + "/confirm",
				Body:  housetest.Object{},
				Late:  409,
			}
		},
		"/roles/:id/end": func() badinput.Call {
			id := b.AsProgram("admin").Must(v1+"/roles", housetest.Object{
				"person": b.Actor("daibiao2").PersonID,
				"org":    b.Org("青塘村村民委员会"),
				"role":   "villager",
			})
			return badinput.Call{
				Who:   "admin",
				Wrong: "clerk",
				Path:  v1 + "/roles/" + id + "/end",
				Body:  housetest.Object{},
				Late:  409,
			}
		},
		"/calendar": func() badinput.Call {
			body := housetest.Object{
				"year":     2027,
				"source":   "国务院办公厅关于2027年部分节假日安排的通知",
				"worked":   []string{"2027-01-10"},
				"holidays": []housetest.Object{{"from": "2027-01-01", "to": "2027-01-03"}},
			}
			return badinput.Call{
				Who:   "admin",
				Wrong: "clerk",
				Path:  v1 + "/calendar",
				Body:  body,
				May:   []string{"worked", "worked.0", "holidays.0"},
				Other: housetest.With(body, "source", "另一份通知"),
			}
		},
	})
}

// unkeyed are the acts that have no key.
func unkeyed(*badinput.Bench) []badinput.Trial {
	v1 := "/api/v1"
	return []badinput.Trial{
		{Route: "POST " + v1 + "/photos", Run: badPhotos},
		{Route: "POST " + v1 + "/sessions", Run: badLogins},
		{
			Route: "POST " + v1 + "/sessions/renew",
			Run:   func(b *badinput.Bench) { badTokens(b, "/sessions/renew", 401) },
		},
		{Route: "POST " + v1 + "/sessions/end", Run: func(b *badinput.Bench) { badTokens(b, "/sessions/end", 204) }},
	}
}

func badPhotos(b *badinput.Bench) {
	path, clerk := "/api/v1/photos", b.AsProgram("clerk")
	b.Settle()
	cut := housetest.Picture(60)
	for what, data := range map[string][]byte{
		"a text":          []byte("no photo"),
		"a photo cut off": cut[:len(cut)/2],
		"a page":          []byte("<html></html>"),
		"an empty file":   {},
		"a GIF":           []byte("GIF89a\x01\x00\x01\x00\x00\x00\x00;"),
	} {
		b.Refused(what, clerk.Upload(path, nil, "photo", data), 422, "photo")
	}
	b.Refused("another field", clerk.Upload(path, nil, "file", housetest.Picture(60)), 422, "photo")
	b.Refused("no form", clerk.Send("POST", path, housetest.Object{}), 422, "photo")
	b.Refused("too large", b.TooLarge(path, clerk.Bearer), 413, "")
	b.Refused("nobody", b.Nobody().Upload(path, nil, "photo", housetest.Picture(60)), 401, "")
	b.Refused("a role without the right", b.AsProgram("daibiao").Upload(path, nil, "photo", housetest.Picture(60)),
		403, "")
	b.Refused("another site", clerk.With("Origin", "https://evil.example").
		Upload(path, nil, "photo", housetest.Picture(60)), 403, "")
	first, second := clerk.Upload(path, nil, "photo", housetest.Picture(60)), clerk.Upload(path, nil, "photo",
		housetest.Picture(60))
	if first.StatusCode != 200 || first.Body != second.Body {
		b.T.Errorf("the same photo again: %d %s, then %s", first.StatusCode, first.Body, second.Body)
	}
}

func badLogins(b *badinput.Bench) {
	path, c := "/api/v1/sessions", b.Nobody()
	b.Settle()
	valid := housetest.Object{"login": "leader", "password": demo.Password}
	for _, body := range []string{"", "[]", `{"login":`, `{"login":"leader"} {}`} {
		b.Refused("the body "+body, c.Do("POST", path, "application/json", []byte(body)), 422, "")
	}
	for _, m := range []string{"login", "password"} {
		b.Refused(m+" mistyped", c.Send("POST", path, housetest.With(valid, m, 1)), 422, m)
		b.Refused(m+" missing", c.Send("POST", path, housetest.With(valid, m, nil)), 401, "login")
		b.Refused(m+" too long", c.Send("POST", path, housetest.With(valid, m, housetest.Long)), 401, "login")
	}
	b.Refused("an unknown member", c.Send("POST", path, housetest.With(valid, "colour", "red")), 422, "colour")
	b.Refused("nobody's login", c.Send("POST", path, housetest.With(valid, "login", "nobody")), 401, "login")
	b.Refused("another site", c.With("Origin", "https://evil.example").Send("POST", path, valid), 403, "")
	b.Refused("too large", b.TooLarge(path, ""), 413, "")
	for range 6 {
		b.Refused("a wrong password", c.Send("POST", path, housetest.With(valid, "login", "ghost")), 401, "login")
	}
	b.Refused("too many wrong passwords", c.Send("POST", path, housetest.With(valid, "login", "ghost")), 429, "")
}

// badTokens sends what is no refresh token; to end an unknown one is no error.
func badTokens(b *badinput.Bench, path string, unknown int) {
	path, c := "/api/v1"+path, b.Nobody()
	b.Settle()
	for _, body := range []string{"", "[]", `{"refresh_token":`, `{} {}`} {
		b.Refused("the body "+body, c.Do("POST", path, "application/json", []byte(body)), 422, "")
	}
	b.Refused("mistyped", c.Send("POST", path, housetest.Object{"refresh_token": 1}), 422, "refresh_token")
	b.Refused("an unknown member", c.Send("POST", path, housetest.Object{
		"refresh_token": "x",
		"colour":        "red",
	}), 422, "colour")
	b.Refused("too large", b.TooLarge(path, ""), 413, "")
	b.Refused("another site", c.With("Origin", "https://evil.example").
		Send("POST", path, housetest.Object{"refresh_token": "x"}), 403, "")
	b.Refused("no token", c.Send("POST", path, housetest.Object{}), 422, "refresh_token")
	b.Refused("an empty token", c.Send("POST", path, housetest.Object{"refresh_token": ""}), 422, "refresh_token")
	for _, token := range []string{"x", event.NewID(), strings.Repeat("x", 5000), "\u0000", b.Lapsed("station")} {
		b.Refused("the token "+token[:min(len(token), 20)],
			c.Send("POST", path, housetest.Object{"refresh_token": token}), unknown, "")
	}
}
