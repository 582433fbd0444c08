package main

import (
	"encoding/base64"
	"strings"
)

// list announces a lot that stays open for registration, and those that are bid
// for in the stages to come.
func (b *bench) list() {
	b.elsewhere()
	b.open = b.desks.tender(4)
	winner, member := b.bidder(), b.bidder()
	for range lotsNeeded {
		b.lots = append(b.lots, b.auction(b.desks, winner, member))
	}
	b.settle()
	path := "/api/v1/lots/" + b.lots[0].lot
	b.refused("a bid before the opening", winner.act(path+"/bids", object{"price": 40000}), 409, "")
	b.refused("an objection before a result", b.nobody().act(path+"/objections", objection), 404, "")
	b.refused("a contract before a result", b.desks.clerk.act(path+"/contract", object{}), 404, "")
}

// entries are the acts from a bidder's account to his number.
func (b *bench) entries() []trial {
	v1 := "/api/v1"
	return trials("POST "+v1, map[string]func() call{
		"/accounts": func() call {
			body := object{"name": "竞买人甲", "login": "jiaming", "password": demoPassword}
			return call{path: v1 + "/accounts", body: body, other: with(body, "name", "另一人"), late: 409, also: func(who *client) {
				for _, login := range []string{"ab", "Abc", "1abc", "a b c", "甲乙丙", "a/../b", strings.Repeat("a", 33)} {
					b.refused("the login "+login, who.act(v1+"/accounts", with(body, "login", login)), 422, "login")
				}
				b.refused("a short password", who.act(v1+"/accounts", with(body, "password", "short")), 422, "password")
				b.refused("the login in the password", who.act(v1+"/accounts", with(body, "password", "my login is jiaming")), 422, "password")
				b.refused("an official's login", who.act(v1+"/accounts", with(body, "login", "station")), 409, "login")
			}}
		},
		"/registrations": b.badRegistration,
		"/registrations/:id/pull": func() call {
			who, id := b.paid(b.open)
			_, theirs := b.entered(b.open)
			return call{who: who.login, wrong: "station", path: v1 + "/registrations/" + id + "/pull", foreign: v1 + "/registrations/" + theirs + "/pull",
				body: object{"version": 1}, other: object{"version": 6}, late: 409}
		},
		"/registrations/:id/qualify": func() call {
			_, id := b.paid(b.open)
			body := object{"version": 1, "seen": true, "grant": false}
			return call{who: "station", wrong: "leader", afar: "station2", path: v1 + "/registrations/" + id + "/qualify", body: body, may: []string{"grant"},
				other: with(body, "grant", true), late: 409, also: func(who *client) {
					_, poor := b.entered(b.open)
					b.settle()
					b.refused("without a deposit", who.act(v1+"/registrations/"+poor+"/qualify", body), 422, "seen")
					b.refused("unseen", who.act(v1+"/registrations/"+id+"/qualify", with(body, "seen", false)), 422, "seen")
					lessee := b.bidder()
					claim := lessee.must(v1+"/registrations", lessee.claims(b.neighbour().ID, "former_lessee"))
					b.pay(b.neighbour().ID, lessee)
					b.settle()
					b.refused("a right that the village does not give", who.act(v1+"/registrations/"+claim+"/qualify", with(body, "grant", true)), 422, "grant")
				}}
		},
		"/registrations/:id/refuse": func() call {
			_, id := b.paid(b.open)
			body := object{"version": 1, "reason": "证件与姓名不符"}
			return call{who: "station", wrong: "clerk", afar: "station2", path: v1 + "/registrations/" + id + "/refuse", body: body,
				other: with(body, "reason", "另一个理由"), late: 409}
		},
	})
}

// badRegistration is a registration with a claim.
func (b *bench) badRegistration() call {
	path, who := "/api/v1/registrations", b.bidder()
	body := who.claims(b.open, "member")
	return call{who: who.login, wrong: "clerk", path: path, body: body, may: []string{"claim"}, ids: []string{"lot"}, absent: 404,
		other: with(body, "phone", "13900000000"), late: 409, also: func(c *client) {
			other := b.bidder()
			theirs, attached := other.photo(71), other.photo(73)
			other.must(path, with(other.claims(b.open, "member"), "proof", []string{attached}))
			b.settle()
			for _, bad := range []struct {
				field string
				value any
			}{
				{"phone", "1380000000"}, {"phone", "138000000000"}, {"phone", "+8613800000000"}, {"phone", "10000000000"}, {"phone", "１３８００００００００"},
				{"account", "1234567"}, {"account", "6222 0000 0000 0001"}, {"account", "６２２２０００００００１"}, {"account", strings.Repeat("6", 31)},
				{"claim", "everybody"}, {"agreed", false}, {"proof", []string{}}, {"proof", []string{theirs}}, {"proof", []string{attached}}, {"proof", []string{strings.Repeat("0", 64)}},
			} {
				b.refused(bad.field, c.act(path, with(body, bad.field, bad.value)), 422, bad.field)
			}
			closed := with(body, "lot", b.desks.tender(3))
			b.settle()
			b.refused("for a tender that is not announced", c.act(path, closed), 404, "")
		}}
}

// received imports a payment whose memo names no lot, and is its id.
func (b *bench) received() string {
	row, serial := b.bidder().line(b.open)
	b.desks.station.must("/api/v1/statements", inBase64(strings.Replace(row, b.lot(b.open).Code, "保证金", 1)))
	return b.deposit(serial)
}

// due is a payment on its way back.
func (b *bench) due() string {
	id := b.received()
	b.desks.station.must("/api/v1/deposits/"+id+"/reject", object{"version": 1})
	return id
}

// deposit is the id of the payment with that serial.
func (b *bench) deposit(serial string) string {
	b.t.Helper()
	var list struct{ Items []struct{ ID string } }
	b.desks.station.get("/api/v1/deposits?q="+serial).into(b.t, &list)
	if len(list.Items) != 1 {
		b.t.Fatalf("%s finds %d payments", serial, len(list.Items))
	}
	return list.Items[0].ID
}

// deposits are the acts on money.
func (b *bench) deposits() []trial {
	v1 := "/api/v1"
	return trials("POST "+v1, map[string]func() call{
		"/statements": func() call {
			row, _ := b.bidder().line(b.open)
			other, _ := b.bidder().line(b.open)
			return call{who: "station", wrong: "clerk", path: v1 + "/statements", body: inBase64(row), may: []string{"csv"}, other: inBase64(other), also: func(who *client) {
				for what, file := range badStatements(row) {
					b.refused(what, who.act(v1+"/statements", object{"csv": base64.StdEncoding.EncodeToString([]byte(file))}), 422, "statement")
				}
				b.refused("missing", who.act(v1+"/statements", object{}), 422, "statement")
			}}
		},
		"/deposits/:id/reject": func() call {
			return call{who: "station", wrong: "leader", afar: "station2", path: v1 + "/deposits/" + b.received() + "/reject", body: object{"version": 1},
				other: object{"version": 6}, late: 409, also: func(who *client) {
					payer, _ := b.entered(b.open)
					row, serial := payer.line(b.open)
					who.must(v1+"/statements", inBase64(row))
					matched := b.deposit(serial)
					b.settle()
					b.refused("one that is somebody's", who.act(v1+"/deposits/"+matched+"/reject", object{"version": 1}), 409, "")
				}}
		},
		"/deposits/:id/refund": func() call {
			body := object{"version": 2, "trace": "TK-0001"}
			return call{who: "station", wrong: "clerk", afar: "station2", path: v1 + "/deposits/" + b.due() + "/refund", body: body,
				other: with(body, "trace", "TK-0002"), late: 409, also: func(who *client) {
					waiting := b.received()
					b.settle()
					b.refused("one that is not due", who.act(v1+"/deposits/"+waiting+"/refund", with(body, "version", 1)), 409, "")
				}}
		},
	})
}

// badStatements are files that are no statement, by what is wrong with them.
func badStatements(row string) map[string]string {
	return map[string]string{"nothing": "", "a text": "no statement", "a workbook": "PK\x03\x04" + string(statement(row)), "no payments' columns": "流水号,金额\n1,2\n",
		"a line cut off": string(statement(row[:len(row)/2])), "no such day": string(statement(strings.Replace(row, "2026-", "2026-99-", 1))),
		"the same serial twice": string(statement(row, row)), "a rounded account": string(statement(strings.Replace(row, "6222000", "6.222E+1", 1)))}
}
