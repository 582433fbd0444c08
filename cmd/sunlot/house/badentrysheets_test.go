package house_test

import (
	"net/url"
	"strings"

	"sunlot/cmd/sunlot/demo"
	"sunlot/cmd/sunlot/housetest"
)

// entrySheets are the forms from a bidder's account to his number.
func (b *bench) entrySheets() []trial {
	registration := func() sheet {
		who := b.Bidder()
		form := url.Values{"phone": {"13800000000"}, "account": {"6222 " + who.Account[4:]}, "claim": {"member"}, "proof": {who.Photo(72)}, "agreed": {"yes"}}
		path := "/lots/" + b.open + "/registrations"
		return sheet{who: who.Login, wrong: "clerk", path: path, form: form, may: []string{"claim"}, photos: "proof",
			other: housetest.SheetWith(form, "phone", "13900000000"), late: 409, also: func(c *housetest.Client) {
				for field, value := range map[string]string{"phone": "1380000000", "account": "12345", "claim": "everybody", "agreed": "on"} {
					b.refused(field+" of "+value, c.Submit(path, housetest.Once(housetest.SheetWith(form, field, value))), 422, field)
				}
			}}
	}
	pull := func() sheet {
		who, id := b.Paid(b.open)
		_, theirs := b.Entered(b.open)
		return sheet{who: who.Login, wrong: "station", path: "/registrations/" + id + "/pull", foreign: "/registrations/" + theirs + "/pull",
			form: url.Values{"version": {"1"}}, other: url.Values{"version": {"9"}}, late: 409}
	}
	qualify := func() sheet {
		_, id := b.Paid(b.open)
		form := url.Values{"version": {"1"}, "seen": {"yes"}}
		return sheet{who: "station", wrong: "leader", afar: "station2", path: "/office/registrations/" + id + "/qualify", form: form,
			other: housetest.SheetWith(form, "grant", "yes"), late: 409, also: func(c *housetest.Client) {
				_, poor := b.Entered(b.open)
				b.settle()
				b.refused("without a deposit", c.Submit("/office/registrations/"+poor+"/qualify", housetest.Once(form)), 422, "seen")
			}}
	}
	refuse := func() sheet {
		_, id := b.Paid(b.open)
		form := url.Values{"version": {"1"}, "reason": {"证件与姓名不符"}}
		return sheet{who: "station", wrong: "clerk", afar: "station2", path: "/office/registrations/" + id + "/refuse", form: form,
			other: housetest.SheetWith(form, "reason", "另一个理由"), late: 409}
	}
	return append(sheetTrials("POST ", map[string]func() sheet{"/lots/:id/registrations": registration, "/registrations/:id/pull": pull,
		"/office/registrations/:id/qualify": qualify, "/office/registrations/:id/refuse": refuse}),
		trial{"POST /join", badJoins}, trial{"POST /practice", badPractices})
}

// badJoins opens accounts that cannot be; the form is everybody's.
func badJoins(b *bench) {
	c := b.asBrowser("")
	b.settle()
	valid := housetest.Once(url.Values{"name": {"竞买人乙"}, "login": {"yiming"}, "password": {demo.Password}, "again": {demo.Password}, "next": {"https://evil.example/"}})
	try := func(status int, field string, form url.Values) {
		b.refused(field, b.visitor(c).Submit("/join", housetest.Once(form)), status, field)
	}
	both := func(p string) url.Values {
		return housetest.SheetWith(housetest.SheetWith(valid, "password", p), "again", p)
	}
	for _, name := range []string{"name", "login"} {
		for _, value := range []string{"", "  ", housetest.Long, housetest.Hidden} {
			try(422, name, housetest.SheetWith(valid, name, value))
		}
	}
	for _, p := range []string{"", "short", housetest.Long, "my login is yiming"} {
		try(422, "password", both(p))
	}
	try(422, "again", housetest.SheetWith(valid, "again", "another password"))
	try(409, "login", housetest.SheetWith(valid, "login", "station"))
	b.refused("no number", b.visitor(c).Submit("/join", housetest.SheetWith(valid, "request_id", "")), 422, "request_id")
	b.refused("no token", c.Submit("/join", housetest.SheetWith(valid, "csrf", "")), 403, "")
	b.refused("another visit's token", b.Nobody().Submit("/join", housetest.SheetWith(valid, "csrf", c.Token)), 403, "")
	b.refused("another site", c.With("Origin", "https://evil.example").Submit("/join", valid), 403, "")
	b.refused("too large", tooLarge(b, "/join", ""), 413, "")
	first := b.visitor(c).Submit("/join", valid)
	b.wrote("the valid form", first, 303)
	if second := b.visitor(c).Submit("/join", valid); second.StatusCode != 303 || first.Location() != "/" || second.Location() != "/" {
		b.t.Errorf("an account leads to %s, the same again: %d to %s", first.Location(), second.StatusCode, second.Location())
	}
	b.unchanged("the same again")
	b.refused("the same number for somebody else", b.visitor(c).Submit("/join", housetest.SheetWith(valid, "name", "另一人")), 409, "")
	b.refused("a login that is taken", b.visitor(c).Submit("/join", housetest.Once(valid)), 409, "login")
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
			return sheet{who: "station", wrong: "clerk", afar: "station2", path: path, form: form, other: housetest.SheetWith(form, "trace", "TK-0004"), late: 409,
				also: func(c *housetest.Client) {
					if a := c.Submit(path, housetest.Once(housetest.SheetWith(form, "trace", typed))); !strings.Contains(a.Body, `value="`+typed+`"`) {
						b.t.Errorf("a mistake loses what was typed: %s", housetest.Brief(a.Body))
					}
				}}
		},
	}), trial{"POST /office/deposits", badImports})
}

// badImports sends files that are no statement.
func badImports(b *bench) {
	path, who := "/office/deposits", b.asBrowser("station")
	row, _ := b.Bidder().Line(b.open)
	other, _ := b.Bidder().Line(b.open)
	b.settle()
	send := func(c *housetest.Client, form url.Values, file []byte) housetest.Answer {
		return c.Upload(path, form, "statement", file)
	}
	for what, file := range badStatements(row) {
		b.refused(what, send(who, housetest.Once(nil), []byte(file)), 422, "statement")
	}
	b.refused("no file", who.Submit(path, housetest.Once(nil)), 422, "statement")
	b.refused("another field", who.Upload(path, housetest.Once(nil), "file", housetest.Statement(row)), 422, "statement")
	b.refused("no number", send(who, nil, housetest.Statement(row)), 422, "request_id")
	b.refused("too large", tooLarge(b, path, ""), 413, "")
	b.refused("no token", send(who, housetest.SheetWith(housetest.Once(nil), "csrf", ""), housetest.Statement(row)), 403, "")
	b.refused("another site", send(who.With("Origin", "https://evil.example"), housetest.Once(nil), housetest.Statement(row)), 403, "")
	b.refused("nobody", send(b.Nobody(), housetest.Once(nil), housetest.Statement(row)), 401, "")
	b.refused("a role without the right", send(b.asBrowser("clerk"), housetest.Once(nil), housetest.Statement(row)), 403, "")
	form := housetest.Once(nil)
	b.wrote("the statement", send(who, form, housetest.Statement(row)), 303)
	if again := send(who, form, housetest.Statement(row)); again.StatusCode != 303 {
		b.t.Errorf("the same again: %d", again.StatusCode)
	}
	b.unchanged("the same again")
	b.refused("the same number for another file", send(who, form, housetest.Statement(other)), 409, "")
}
