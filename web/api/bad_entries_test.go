package api_test

import (
	"strings"

	"sunlot/cmd/sunlot/demo"
	"sunlot/cmd/sunlot/housetest"
	"sunlot/cmd/sunlot/housetest/badinput"
)

// entries are the acts from a bidder's account to his number.
func entries(b *badinput.Bench) []badinput.Trial {
	v1 := "/api/v1"
	return badinput.Calls("POST "+v1, map[string]func() badinput.Call{
		"/accounts": func() badinput.Call {
			body := housetest.Object{"name": "竞买人甲", "login": "jiaming", "password": demo.Password}
			return badinput.Call{
				Path:  v1 + "/accounts",
				Body:  body,
				Other: housetest.With(body, "name", "另一人"),
				Late:  409,
				Also: func(who *housetest.Client) {
					for _, login := range []string{"ab", "1abc", "a b c", "甲乙丙", "a/../b",
						strings.Repeat("a", 33)} {
						b.Refused("the login "+login, who.Act(v1+"/accounts", housetest.With(body, "login", login)),
							422, "login")
					}
					b.Refused("a short password",
						who.Act(v1+"/accounts", housetest.With(body, "password", "short")), 422, "password")
					b.Refused("the login in the password",
						who.Act(v1+"/accounts", housetest.With(body, "password", "my login is jiaming")), 422,
						"password")
					b.Refused("an official's login",
						who.Act(v1+"/accounts", housetest.With(body, "login", "station")), 409, "login")
				},
			}
		},
		"/registrations": func() badinput.Call { return badRegistration(b) },
		"/registrations/:id/pull": func() badinput.Call {
			who, id := b.Paid(b.OpenLot)
			_, theirs := b.Entered(b.OpenLot)
			return badinput.Call{
				Who:     who.Login,
				Wrong:   "station",
				Path:    v1 + "/registrations/" + id + "/pull",
				Foreign: v1 + "/registrations/" + theirs + "/pull",
				Body:    housetest.Object{"version": 1},
				Other:   housetest.Object{"version": 6},
				Late:    409,
			}
		},
		"/registrations/:id/qualify": func() badinput.Call {
			_, id := b.Paid(b.OpenLot)
			body := housetest.Object{"version": 1, "seen": true, "grant": false}
			return badinput.Call{
				Who:   "station",
				Wrong: "leader",
				Afar:  "station2",
				Path:  v1 + "/registrations/" + id + "/qualify",
				Body:  body,
				May:   []string{"grant"},
				Other: housetest.With(body, "grant", true),
				Late:  409,
				Also: func(who *housetest.Client) {
					_, poor := b.Entered(b.OpenLot)
					b.Settle()
					b.Refused("without a deposit", who.Act(v1+"/registrations/"+poor+"/qualify", body), 422, "seen")
					b.Refused("unseen",
						who.Act(v1+"/registrations/"+id+"/qualify", housetest.With(body, "seen", false)), 422, "seen")
					lessee := b.Bidder()
					claim := lessee.Must(v1+"/registrations", lessee.Claims(b.Neighbour().Lot, "former_lessee"))
					b.Pay(b.Neighbour().Lot, lessee)
					b.Settle()
					b.Refused("a right that the village does not give",
						who.Act(v1+"/registrations/"+claim+"/qualify", housetest.With(body, "grant", true)), 422,
						"grant")
				},
			}
		},
		"/registrations/:id/refuse": func() badinput.Call {
			_, id := b.Paid(b.OpenLot)
			body := housetest.Object{"version": 1, "reason": "证件与姓名不符"}
			return badinput.Call{
				Who:   "station",
				Wrong: "clerk",
				Afar:  "station2",
				Path:  v1 + "/registrations/" + id + "/refuse",
				Body:  body,
				Other: housetest.With(body, "reason", "另一个理由"),
				Late:  409,
			}
		},
	})
}

// badRegistration is a registration with a claim.
func badRegistration(b *badinput.Bench) badinput.Call {
	path, who := "/api/v1/registrations", b.Bidder()
	body := who.Claims(b.OpenLot, "member")
	return badinput.Call{
		Who:    who.Login,
		Wrong:  "clerk",
		Path:   path,
		Body:   body,
		May:    []string{"claim"},
		IDs:    []string{"lot"},
		Absent: 404,
		Other:  housetest.With(body, "phone", "13900000000"),
		Late:   409,
		Also: func(c *housetest.Client) {
			other := b.Bidder()
			theirs, attached := other.Photo(71), other.Photo(73)
			other.Must(path, housetest.With(other.Claims(b.OpenLot, "member"), "proof", []string{attached}))
			b.Settle()
			for _, bad := range []struct {
				field string
				value any
			}{
				{"phone", "1380000000"}, {"phone", "138000000000"}, {"phone", "+8513800000000"},
				{"phone", "10000000000"}, {"phone", "１３８０００００００O"},
				{"account", "1234567"}, {"account", "6222/0000/0001"}, {"account", "6222０００００００O"},
				{"account", strings.Repeat("6", 31)},
				{"as", "mayor"}, {"as", ""}, {"claim", "everybody"}, {"agreed", false}, {"proof", []string{}},
				{"proof", []string{theirs}},
				{"proof", []string{attached}}, {"proof", []string{strings.Repeat("0", 64)}},
			} {
				b.Refused(bad.field, c.Act(path, housetest.With(body, bad.field, bad.value)), 422, bad.field)
			}
			closed := housetest.With(body, "lot", b.Desks.Tender(3))
			b.Settle()
			b.Refused("for a tender that is not announced", c.Act(path, closed), 404, "")
		},
	}
}
