package main

import (
	"net/url"
	"strings"
)

// entrySheets are the forms from a bidder's account to his number.
func (b *bench) entrySheets() []trial {
	registration := func() sheet {
		who := b.bidder()
		form := url.Values{"phone": {"13800000000"}, "account": {"6222 " + who.account[4:]}, "claim": {"member"}, "proof": {who.photo(72)}, "agreed": {"yes"}}
		path := "/lots/" + b.open + "/registrations"
		return sheet{who: who.login, wrong: "clerk", path: path, form: form, may: []string{"claim"}, photos: "proof",
			other: sheetWith(form, "phone", "13900000000"), late: 409, also: func(c *client) {
				for field, value := range map[string]string{"phone": "1380000000", "account": "12345", "claim": "everybody", "agreed": "on"} {
					b.refused(field+" of "+value, c.submit(path, once(sheetWith(form, field, value))), 422, field)
				}
			}}
	}
	pull := func() sheet {
		who, id := b.paid(b.open)
		_, theirs := b.entered(b.open)
		return sheet{who: who.login, wrong: "station", path: "/registrations/" + id + "/pull", foreign: "/registrations/" + theirs + "/pull",
			form: url.Values{"version": {"1"}}, other: url.Values{"version": {"9"}}, late: 409}
	}
	qualify := func() sheet {
		_, id := b.paid(b.open)
		form := url.Values{"version": {"1"}, "seen": {"yes"}}
		return sheet{who: "station", wrong: "leader", afar: "station2", path: "/office/registrations/" + id + "/qualify", form: form,
			other: sheetWith(form, "grant", "yes"), late: 409, also: func(c *client) {
				_, poor := b.entered(b.open)
				b.settle()
				b.refused("without a deposit", c.submit("/office/registrations/"+poor+"/qualify", once(form)), 422, "seen")
			}}
	}
	refuse := func() sheet {
		_, id := b.paid(b.open)
		form := url.Values{"version": {"1"}, "reason": {"证件与姓名不符"}}
		return sheet{who: "station", wrong: "clerk", afar: "station2", path: "/office/registrations/" + id + "/refuse", form: form,
			other: sheetWith(form, "reason", "另一个理由"), late: 409}
	}
	return append(sheetTrials("POST ", map[string]func() sheet{"/lots/:id/registrations": registration, "/registrations/:id/pull": pull,
		"/office/registrations/:id/qualify": qualify, "/office/registrations/:id/refuse": refuse}),
		trial{"POST /join", badJoins}, trial{"POST /practice", badPractices})
}

// badJoins opens accounts that cannot be; the form is everybody's.
func badJoins(b *bench) {
	c := b.asBrowser("")
	b.settle()
	valid := once(url.Values{"name": {"竞买人乙"}, "login": {"yiming"}, "password": {demoPassword}, "again": {demoPassword}, "next": {"https://evil.example/"}})
	try := func(status int, field string, form url.Values) {
		b.refused(field, b.visitor(c).submit("/join", once(form)), status, field)
	}
	both := func(p string) url.Values { return sheetWith(sheetWith(valid, "password", p), "again", p) }
	for _, name := range []string{"name", "login"} {
		for _, value := range []string{"", "  ", long, hidden} {
			try(422, name, sheetWith(valid, name, value))
		}
	}
	for _, p := range []string{"", "short", long, "my login is yiming"} {
		try(422, "password", both(p))
	}
	try(422, "again", sheetWith(valid, "again", "another password"))
	try(409, "login", sheetWith(valid, "login", "station"))
	b.refused("no number", b.visitor(c).submit("/join", sheetWith(valid, "request_id", "")), 422, "request_id")
	b.refused("no token", c.submit("/join", sheetWith(valid, "csrf", "")), 403, "")
	b.refused("another visit's token", b.nobody().submit("/join", sheetWith(valid, "csrf", c.token)), 403, "")
	b.refused("another site", c.with("Origin", "https://evil.example").submit("/join", valid), 403, "")
	b.refused("too large", tooLarge(b, "/join", ""), 413, "")
	first := b.visitor(c).submit("/join", valid)
	b.wrote("the valid form", first, 303)
	if second := b.visitor(c).submit("/join", valid); second.StatusCode != 303 || first.location() != "/" || second.location() != "/" {
		b.t.Errorf("an account leads to %s, the same again: %d to %s", first.location(), second.StatusCode, second.location())
	}
	b.unchanged("the same again")
	b.refused("the same number for somebody else", b.visitor(c).submit("/join", sheetWith(valid, "name", "另一人")), 409, "")
	b.refused("a login that is taken", b.visitor(c).submit("/join", once(valid)), 409, "login")
}

// depositSheets are the forms on money.
func (b *bench) depositSheets() []trial {
	return append(sheetTrials("POST /office/deposits/", map[string]func() sheet{
		":id/reject": func() sheet {
			return sheet{who: "station", wrong: "leader", afar: "station2", path: "/office/deposits/" + b.received() + "/reject",
				form: url.Values{"version": {"1"}}, other: url.Values{"version": {"9"}}, late: 409}
		},
		":id/refund": func() sheet {
			form := url.Values{"version": {"2"}, "trace": {"TK-0003"}}
			path, typed := "/office/deposits/"+b.due()+"/refund", strings.Repeat("9", 61)
			return sheet{who: "station", wrong: "clerk", afar: "station2", path: path, form: form, other: sheetWith(form, "trace", "TK-0004"), late: 409,
				also: func(c *client) {
					if a := c.submit(path, once(sheetWith(form, "trace", typed))); !strings.Contains(a.body, `value="`+typed+`"`) {
						b.t.Errorf("a mistake loses what was typed: %s", brief(a.body))
					}
				}}
		},
	}), trial{"POST /office/deposits", badImports})
}

// badImports sends files that are no statement.
func badImports(b *bench) {
	path, who := "/office/deposits", b.asBrowser("station")
	row, _ := b.bidder().line(b.open)
	other, _ := b.bidder().line(b.open)
	b.settle()
	send := func(c *client, form url.Values, file []byte) answer { return c.upload(path, form, "statement", file) }
	for what, file := range badStatements(row) {
		b.refused(what, send(who, once(nil), []byte(file)), 422, "statement")
	}
	b.refused("no file", who.submit(path, once(nil)), 422, "statement")
	b.refused("another field", who.upload(path, once(nil), "file", statement(row)), 422, "statement")
	b.refused("no number", send(who, nil, statement(row)), 422, "request_id")
	b.refused("too large", tooLarge(b, path, ""), 413, "")
	b.refused("no token", send(who, sheetWith(once(nil), "csrf", ""), statement(row)), 403, "")
	b.refused("another site", send(who.with("Origin", "https://evil.example"), once(nil), statement(row)), 403, "")
	b.refused("nobody", send(b.nobody(), once(nil), statement(row)), 401, "")
	b.refused("a role without the right", send(b.asBrowser("clerk"), once(nil), statement(row)), 403, "")
	form := once(nil)
	b.wrote("the statement", send(who, form, statement(row)), 303)
	if again := send(who, form, statement(row)); again.StatusCode != 303 {
		b.t.Errorf("the same again: %d", again.StatusCode)
	}
	b.unchanged("the same again")
	b.refused("the same number for another file", send(who, form, statement(other)), 409, "")
}
