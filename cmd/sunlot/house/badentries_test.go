package house_test

import (
	"encoding/base64"
	"strings"

	"sunlot/cmd/sunlot/demo"
	"sunlot/cmd/sunlot/housetest"
)

// list announces a lot that stays open for registration, and those that are bid
// for in the stages to come.
func (b *bench) list() {
	b.Elsewhere()
	b.open = b.desks.Tender(4)
	winner, member := b.Bidder(), b.Bidder()
	for range lotsNeeded {
		b.lots = append(b.lots, b.Auction(b.desks, winner, member))
	}
	b.settle()
	path := "/api/v1/lots/" + b.lots[0].Lot
	b.refused("a bid before the opening", winner.Act(path+"/bids", housetest.Object{"price": 40000}), 409, "")
	b.refused("an objection before a result", b.Nobody().Act(path+"/objections", housetest.Objection), 404, "")
	b.refused("a contract before a result", b.desks.Clerk.Act(path+"/contract", housetest.Object{}), 404, "")
}

// entries are the acts from a bidder's account to his number.
func (b *bench) entries() []trial {
	v1 := "/api/v1"
	return trials("POST "+v1, map[string]func() call{
		"/accounts": func() call {
			body := housetest.Object{"name": "竞买人甲", "login": "jiaming", "password": demo.Password}
			return call{path: v1 + "/accounts", body: body, other: housetest.With(body, "name", "另一人"), late: 409, also: func(who *housetest.Client) {
				for _, login := range []string{"ab", "Abc", "1abc", "a b c", "甲乙丙", "a/../b", strings.Repeat("a", 33)} {
					b.refused("the login "+login, who.Act(v1+"/accounts", housetest.With(body, "login", login)), 422, "login")
				}
				b.refused("a short password", who.Act(v1+"/accounts", housetest.With(body, "password", "short")), 422, "password")
				b.refused("the login in the password", who.Act(v1+"/accounts", housetest.With(body, "password", "my login is jiaming")), 422, "password")
				b.refused("an official's login", who.Act(v1+"/accounts", housetest.With(body, "login", "station")), 409, "login")
			}}
		},
		"/registrations": b.badRegistration,
		"/registrations/:id/pull": func() call {
			who, id := b.Paid(b.open)
			_, theirs := b.Entered(b.open)
			return call{who: who.Login, wrong: "station", path: v1 + "/registrations/" + id + "/pull", foreign: v1 + "/registrations/" + theirs + "/pull",
				body: housetest.Object{"version": 1}, other: housetest.Object{"version": 6}, late: 409}
		},
		"/registrations/:id/qualify": func() call {
			_, id := b.Paid(b.open)
			body := housetest.Object{"version": 1, "seen": true, "grant": false}
			return call{who: "station", wrong: "leader", afar: "station2", path: v1 + "/registrations/" + id + "/qualify", body: body, may: []string{"grant"},
				other: housetest.With(body, "grant", true), late: 409, also: func(who *housetest.Client) {
					_, poor := b.Entered(b.open)
					b.settle()
					b.refused("without a deposit", who.Act(v1+"/registrations/"+poor+"/qualify", body), 422, "seen")
					b.refused("unseen", who.Act(v1+"/registrations/"+id+"/qualify", housetest.With(body, "seen", false)), 422, "seen")
					lessee := b.Bidder()
					claim := lessee.Must(v1+"/registrations", lessee.Claims(b.Neighbour().ID, "former_lessee"))
					b.Pay(b.Neighbour().ID, lessee)
					b.settle()
					b.refused("a right that the village does not give", who.Act(v1+"/registrations/"+claim+"/qualify", housetest.With(body, "grant", true)), 422, "grant")
				}}
		},
		"/registrations/:id/refuse": func() call {
			_, id := b.Paid(b.open)
			body := housetest.Object{"version": 1, "reason": "证件与姓名不符"}
			return call{who: "station", wrong: "clerk", afar: "station2", path: v1 + "/registrations/" + id + "/refuse", body: body,
				other: housetest.With(body, "reason", "另一个理由"), late: 409}
		},
	})
}

// badRegistration is a registration with a claim.
func (b *bench) badRegistration() call {
	path, who := "/api/v1/registrations", b.Bidder()
	body := who.Claims(b.open, "member")
	return call{who: who.Login, wrong: "clerk", path: path, body: body, may: []string{"claim"}, ids: []string{"lot"}, absent: 404,
		other: housetest.With(body, "phone", "13900000000"), late: 409, also: func(c *housetest.Client) {
			other := b.Bidder()
			theirs, attached := other.Photo(71), other.Photo(73)
			other.Must(path, housetest.With(other.Claims(b.open, "member"), "proof", []string{attached}))
			b.settle()
			for _, bad := range []struct {
				field string
				value any
			}{
				{"phone", "1380000000"}, {"phone", "138000000000"}, {"phone", "+8613800000000"}, {"phone", "10000000000"}, {"phone", "１３８００００００００"},
				{"account", "1234567"}, {"account", "6222 0000 0000 0001"}, {"account", "６２２２０００００００１"}, {"account", strings.Repeat("6", 31)},
				{"claim", "everybody"}, {"agreed", false}, {"proof", []string{}}, {"proof", []string{theirs}}, {"proof", []string{attached}}, {"proof", []string{strings.Repeat("0", 64)}},
			} {
				b.refused(bad.field, c.Act(path, housetest.With(body, bad.field, bad.value)), 422, bad.field)
			}
			closed := housetest.With(body, "lot", b.desks.Tender(3))
			b.settle()
			b.refused("for a tender that is not announced", c.Act(path, closed), 404, "")
		}}
}

// received imports a payment whose memo names no lot, and is its id.
func (b *bench) received() string {
	row, serial := b.Bidder().Line(b.open)
	b.desks.Station.Must("/api/v1/statements", housetest.InBase64(strings.Replace(row, b.Lot(b.open).Code, "保证金", 1)))
	return b.deposit(serial)
}

// due is a payment on its way back.
func (b *bench) due() string {
	id := b.received()
	b.desks.Station.Must("/api/v1/deposits/"+id+"/reject", housetest.Object{"version": 1})
	return id
}

// deposit is the id of the payment with that serial.
func (b *bench) deposit(serial string) string {
	b.t.Helper()
	var list struct{ Items []struct{ ID string } }
	b.desks.Station.Get("/api/v1/deposits?q="+serial).Into(b.t, &list)
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
			row, _ := b.Bidder().Line(b.open)
			other, _ := b.Bidder().Line(b.open)
			return call{who: "station", wrong: "clerk", path: v1 + "/statements", body: housetest.InBase64(row), may: []string{"csv"}, other: housetest.InBase64(other), also: func(who *housetest.Client) {
				for what, file := range badStatements(row) {
					b.refused(what, who.Act(v1+"/statements", housetest.Object{"csv": base64.StdEncoding.EncodeToString([]byte(file))}), 422, "statement")
				}
				b.refused("missing", who.Act(v1+"/statements", housetest.Object{}), 422, "statement")
			}}
		},
		"/deposits/:id/reject": func() call {
			return call{who: "station", wrong: "leader", afar: "station2", path: v1 + "/deposits/" + b.received() + "/reject", body: housetest.Object{"version": 1},
				other: housetest.Object{"version": 6}, late: 409, also: func(who *housetest.Client) {
					payer, _ := b.Entered(b.open)
					row, serial := payer.Line(b.open)
					who.Must(v1+"/statements", housetest.InBase64(row))
					matched := b.deposit(serial)
					b.settle()
					b.refused("one that is somebody's", who.Act(v1+"/deposits/"+matched+"/reject", housetest.Object{"version": 1}), 409, "")
				}}
		},
		"/deposits/:id/refund": func() call {
			body := housetest.Object{"version": 2, "trace": "TK-0001"}
			return call{who: "station", wrong: "clerk", afar: "station2", path: v1 + "/deposits/" + b.due() + "/refund", body: body,
				other: housetest.With(body, "trace", "TK-0002"), late: 409, also: func(who *housetest.Client) {
					waiting := b.received()
					b.settle()
					b.refused("one that is not due", who.Act(v1+"/deposits/"+waiting+"/refund", housetest.With(body, "version", 1)), 409, "")
				}}
		},
	})
}

// badStatements are files that are no statement, by what is wrong with them.
func badStatements(row string) map[string]string {
	return map[string]string{"nothing": "", "a text": "no statement", "a workbook": "PK\x03\x04" + string(housetest.Statement(row)), "no payments' columns": "流水号,金额\n1,2\n",
		"a line cut off": string(housetest.Statement(row[:len(row)/2])), "no such day": string(housetest.Statement(strings.Replace(row, "2026-", "2026-99-", 1))),
		"the same serial twice": string(housetest.Statement(row, row)), "a rounded account": string(housetest.Statement(strings.Replace(row, "6222000", "6.222E+1", 1)))}
}
