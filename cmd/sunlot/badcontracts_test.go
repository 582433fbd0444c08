package main

import (
	"net/url"
	"strings"
)

// settleAll ends the publicity of the results; the contracts are drawn up for
// the lots whose signature or rent is tried, and signed for the last.
func (b *bench) settleAll() {
	disputed := "/api/v1/lots/" + b.lots[1].lot
	b.nobody().must(disputed+"/objections", objection)
	b.settled(b.lots[2].lot)
	for _, a := range b.lots[4:] {
		b.desks.clerk.must("/api/v1/lots/"+a.lot+"/contract", object{})
	}
	last := b.lots[6]
	last.winner.must("/api/v1/lots/"+last.lot+"/contract/sign", object{"version": 1, "agreed": true})
	b.desks.station.must("/api/v1/lots/"+last.lot+"/rents", with(b.rent(), "serial", "ZJ-0000"))
	b.settle()
	b.refused("an objection after the publicity", b.nobody().act("/api/v1/lots/"+last.lot+"/objections", objection), 409, "")
	b.refused("a contract over an objection", b.desks.clerk.act(disputed+"/contract", object{}), 409, "")
	b.refused("rent before a contract", b.desks.station.act(disputed+"/rents", b.rent()), 404, "")
}

// rent is a part of the first year's.
func (b *bench) rent() object {
	return object{"number": 1, "amount": 100, "received_on": string(b.days.Today()), "serial": "ZJ-0001", "account": "622200000001"}
}

// contracts are the acts from the contract to the rent.
func (b *bench) contracts() []trial {
	at := func(n int) string { return "/api/v1/lots/" + b.lots[n].lot }
	return trials("POST /api/v1", map[string]func() call{
		"/lots/:id/contract": func() call {
			return call{who: "clerk", wrong: "station", afar: "clerk2", path: at(2) + "/contract", foreign: "/api/v1/lots/" + b.neighbour().ID + "/contract",
				body: object{}, late: 409}
		},
		"/lots/:id/contract/sign": func() call {
			body := object{"version": 1, "agreed": true}
			return call{who: b.lots[4].winner.login, wrong: "clerk", afar: b.lots[4].member.login, path: at(4) + "/contract/sign", body: body,
				other: with(body, "version", 2), late: 409, also: func(who *client) {
					b.refused("not agreed", who.act(at(4)+"/contract/sign", with(body, "agreed", false)), 422, "agreed")
					b.refused("before the lessor has signed", who.act(at(1)+"/contract/sign", body), 404, "")
				}}
		},
		"/lots/:id/rents": func() call {
			path, body := at(6)+"/rents", with(b.rent(), "photo", b.desks.station.photo(80))
			return call{who: "station", wrong: "clerk", afar: "station2", path: path, body: body, may: []string{"photo"}, other: with(body, "amount", 200),
				also: func(who *client) {
					for _, bad := range []struct {
						field string
						value any
					}{
						{"number", 0}, {"number", 6}, {"amount", 0}, {"amount", 1 << 40}, {"account", "1234567"}, {"account", "６２２２０００００００１"},
						{"received_on", "2026-02-30"}, {"received_on", "1"}, {"received_on", "0001-01-01"}, {"received_on", "20261201"}, {"received_on", "2099-01-01"},
						{"photo", strings.Repeat("0", 64)}, {"photo", b.desks.clerk.photo(81)},
					} {
						b.refused(bad.field, who.act(path, with(body, bad.field, bad.value)), 422, bad.field)
					}
					b.refused("a payment that is known", who.act(path, with(body, "serial", "ZJ-0000")), 409, "serial")
					b.refused("before the contract is signed", who.act(at(5)+"/rents", b.rent()), 409, "")
				}}
		},
	})
}

// contractSheets are the same by the forms.
func (b *bench) contractSheets() []trial {
	return sheetTrials("POST ", map[string]func() sheet{
		"/office/results/:id/contract": func() sheet {
			return sheet{who: "clerk", wrong: "station", afar: "clerk2", path: "/office/results/" + b.lots[3].lot + "/contract",
				foreign: "/office/results/" + b.neighbour().ID + "/contract", form: url.Values{}, late: 409}
		},
		"/lots/:id/contract/sign": func() sheet {
			lot, form := b.lots[5], url.Values{"version": {"1"}, "agreed": {"yes"}}
			return sheet{who: lot.winner.login, wrong: "clerk", afar: lot.member.login, path: "/lots/" + lot.lot + "/contract/sign", form: form,
				other: sheetWith(form, "version", "2"), late: 409}
		},
		"/office/results/:id/rents": func() sheet {
			form := url.Values{"number": {"1"}, "amount": {"1.00"}, "received_on": {string(b.days.Today())}, "serial": {"ZJ-0002"}, "account": {"622200000001"}}
			return sheet{who: "station", wrong: "clerk", afar: "station2", path: "/office/results/" + b.lots[6].lot + "/rents", form: form,
				numbers: []string{"number", "amount"}, days: []string{"received_on"}, photos: "photo", other: sheetWith(form, "amount", "2.00")}
		},
	})
}
