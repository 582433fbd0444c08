package house_test

import (
	"net/url"
	"strings"

	"sunlot/cmd/sunlot/housetest"
)

// settleAll ends the publicity of the results; the contracts are drawn up for
// the lots whose signature or rent is tried, and signed for the last.
func (b *bench) settleAll() {
	disputed := "/api/v1/lots/" + b.lots[1].Lot
	b.Nobody().Must(disputed+"/objections", housetest.Objection)
	b.Settled(b.lots[2].Lot)
	for _, a := range b.lots[4:] {
		b.desks.Clerk.Must("/api/v1/lots/"+a.Lot+"/contract", housetest.Object{})
	}
	last := b.lots[6]
	last.Winner.Must("/api/v1/lots/"+last.Lot+"/contract/sign", housetest.Object{"version": 1, "agreed": true})
	b.desks.Station.Must("/api/v1/lots/"+last.Lot+"/rents", housetest.With(b.rent(), "serial", "ZJ-0000"))
	b.settle()
	b.refused("an objection after the publicity", b.Nobody().Act("/api/v1/lots/"+last.Lot+"/objections", housetest.Objection), 409, "")
	b.refused("a contract over an objection", b.desks.Clerk.Act(disputed+"/contract", housetest.Object{}), 409, "")
	b.refused("rent before a contract", b.desks.Station.Act(disputed+"/rents", b.rent()), 404, "")
}

// rent is a part of the first year's.
func (b *bench) rent() housetest.Object {
	return housetest.Object{"number": 1, "amount": 100, "received_on": string(b.Days.Today()), "serial": "ZJ-0001", "account": "622200000001"}
}

// contracts are the acts from the contract to the rent.
func (b *bench) contracts() []trial {
	at := func(n int) string { return "/api/v1/lots/" + b.lots[n].Lot }
	return trials("POST /api/v1", map[string]func() call{
		"/lots/:id/contract": func() call {
			return call{who: "clerk", wrong: "station", afar: "clerk2", path: at(2) + "/contract", foreign: "/api/v1/lots/" + b.Neighbour().ID + "/contract",
				body: housetest.Object{}, late: 409}
		},
		"/lots/:id/contract/sign": func() call {
			body := housetest.Object{"version": 1, "agreed": true}
			return call{who: b.lots[4].Winner.Login, wrong: "clerk", afar: b.lots[4].Member.Login, path: at(4) + "/contract/sign", body: body,
				other: housetest.With(body, "version", 2), late: 409, also: func(who *housetest.Client) {
					b.refused("not agreed", who.Act(at(4)+"/contract/sign", housetest.With(body, "agreed", false)), 422, "agreed")
					b.refused("before the lessor has signed", who.Act(at(1)+"/contract/sign", body), 404, "")
				}}
		},
		"/lots/:id/rents": func() call {
			path, body := at(6)+"/rents", housetest.With(b.rent(), "photo", b.desks.Station.Photo(80))
			return call{who: "station", wrong: "clerk", afar: "station2", path: path, body: body, may: []string{"photo"}, other: housetest.With(body, "amount", 200),
				also: func(who *housetest.Client) {
					for _, bad := range []struct {
						field string
						value any
					}{
						{"number", 0}, {"number", 6}, {"amount", 0}, {"amount", 1 << 40}, {"account", "1234567"}, {"account", "６２２２０００００００１"},
						{"received_on", "2026-02-30"}, {"received_on", "1"}, {"received_on", "0001-01-01"}, {"received_on", "20261201"}, {"received_on", "2099-01-01"},
						{"photo", strings.Repeat("0", 64)}, {"photo", b.desks.Clerk.Photo(81)},
					} {
						b.refused(bad.field, who.Act(path, housetest.With(body, bad.field, bad.value)), 422, bad.field)
					}
					b.refused("a payment that is known", who.Act(path, housetest.With(body, "serial", "ZJ-0000")), 409, "serial")
					b.refused("before the contract is signed", who.Act(at(5)+"/rents", b.rent()), 409, "")
				}}
		},
	})
}

// contractSheets are the same by the forms.
func (b *bench) contractSheets() []trial {
	return sheetTrials("POST ", map[string]func() sheet{
		"/office/results/:id/contract": func() sheet {
			return sheet{who: "clerk", wrong: "station", afar: "clerk2", path: "/office/results/" + b.lots[3].Lot + "/contract",
				foreign: "/office/results/" + b.Neighbour().ID + "/contract", form: url.Values{}, late: 409}
		},
		"/lots/:id/contract/sign": func() sheet {
			lot, form := b.lots[5], url.Values{"version": {"1"}, "agreed": {"yes"}}
			return sheet{who: lot.Winner.Login, wrong: "clerk", afar: lot.Member.Login, path: "/lots/" + lot.Lot + "/contract/sign", form: form,
				other: housetest.SheetWith(form, "version", "2"), late: 409}
		},
		"/office/results/:id/rents": func() sheet {
			form := url.Values{"number": {"1"}, "amount": {"1.00"}, "received_on": {string(b.Days.Today())}, "serial": {"ZJ-0002"}, "account": {"622200000001"}}
			return sheet{who: "station", wrong: "clerk", afar: "station2", path: "/office/results/" + b.lots[6].Lot + "/rents", form: form,
				numbers: []string{"number", "amount"}, days: []string{"received_on"}, photos: "photo", other: housetest.SheetWith(form, "amount", "2.00")}
		},
	})
}
