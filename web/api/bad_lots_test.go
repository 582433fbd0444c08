package api_test

import (
	"strings"

	"sunlot/cmd/sunlot/housetest"
	"sunlot/cmd/sunlot/housetest/badinput"
)

// bids are placed by programs.
func bids(b *badinput.Bench) []badinput.Trial {
	api := func() badinput.Call {
		lot := b.Lots[0]
		path, body := "/api/v1/lots/"+lot.Lot+"/bids", housetest.Object{"price": 40000, "match": false}
		return badinput.Call{
			Who:   lot.Winner.Login,
			Wrong: "station",
			Path:  path,
			Body:  body,
			May:   []string{"match"},
			Other: housetest.With(body, "price", 41000),
			Late:  409,
			Also: func(who *housetest.Client) {
				b.Refused("below the start", who.Act(path, housetest.With(body, "price", 39999)), 422, "price")
				b.Refused("more than ten steps", who.Act(path, housetest.With(body, "price", 50001)), 422, "price")
				b.Refused("a right that he has not", who.Act(path, housetest.With(body, "match", true)), 403, "")
				b.Refused("a right before there is a bid",
					lot.Member.Act(path, housetest.With(body, "match", true)), 409, "")
				stranger := b.Bidder()
				b.Settle()
				b.Refused("without a registration", stranger.Act(path, body), 403, "")
			},
		}
	}
	return badinput.Calls("POST /api/v1", map[string]func() badinput.Call{"/lots/:id/bids": api})
}

// objections are raised by everybody and answered by the station.
func objections(b *badinput.Bench) []badinput.Trial {
	v1 := "/api/v1"
	lot := b.Lots[1].Lot
	answered := housetest.Object{"version": 1, "outcome": "rejected", "answer": "公告已载明看样日。", "withheld": "有个人信息"}
	ruled := housetest.Object{"version": 2, "ruling": "keep", "reason": "不影响成交。"}
	raise := func() badinput.Call {
		path := v1 + "/lots/" + lot + "/objections"
		return badinput.Call{
			Path:  path,
			Body:  housetest.Objection,
			Other: housetest.With(housetest.Objection, "text", "另一件"),
			Also: func(who *housetest.Client) {
				for _, phone := range []string{"1390000000", "+8513900000000", "１３９０００００００O"} {
					b.Refused("the phone "+phone,
						who.Act(path, housetest.With(housetest.Objection, "phone", phone)), 422, "phone")
				}
				b.Refused("to a lot without a result", who.Act(v1+"/lots/"+b.Neighbour().
					Lot+"/objections", housetest.Objection), 404, "")
			},
		}
	}
	answer := func() badinput.Call {
		return badinput.Call{
			Who:   "station",
			Wrong: "clerk",
			Afar:  "station2",
			Path:  v1 + "/objections/" + b.Raised() + "/answer",
			Body:  answered,
			May:   []string{"withheld"},
			Other: housetest.With(answered, "answer", "另一个答复"),
			Late:  409,
		}
	}
	decide := func() badinput.Call {
		return badinput.Call{
			Who:   "leader",
			Wrong: "station",
			Path:  v1 + "/objections/" + b.Upheld() + "/decision",
			Body:  ruled,
			Other: housetest.With(ruled, "reason", "另一个理由"),
			Late:  409,
		}
	}
	doubted := housetest.Object{"version": 3, "agree": false, "reason": "请先核对身份"}
	second := func() badinput.Call {
		return badinput.Call{
			Who:   "supervision",
			Wrong: "leader",
			Path:  v1 + "/objections/" + b.Voiding() + "/second",
			Body:  doubted,
			May:   []string{"agree"}, // nobody agrees by leaving it out
			Other: housetest.With(doubted, "reason", "另一个理由"),
			Late:  409,
		}
	}
	withdraw := func() badinput.Call {
		return badinput.Call{
			Who:   "leader",
			Wrong: "supervision",
			Path:  v1 + "/objections/" + b.Voiding() + "/withdraw",
			Body:  housetest.Object{"version": 3},
			Late:  409,
		}
	}
	return badinput.Calls("POST "+v1, map[string]func() badinput.Call{
		"/objections/:id/withdraw": withdraw,
		"/lots/:id/objections":     raise,
		"/objections/:id/second":   second,
		"/objections/:id/answer":   answer,
		"/objections/:id/decision": decide,
	})
}

// leases are the acts from the contract to the rent.
func leases(b *badinput.Bench) []badinput.Trial {
	at := func(n int) string { return "/api/v1/lots/" + b.Lots[n].Lot }
	return badinput.Calls("POST /api/v1", map[string]func() badinput.Call{
		"/lots/:id/contract": func() badinput.Call {
			return badinput.Call{
				Who:     "clerk",
				Wrong:   "station",
				Afar:    "clerk2",
				Path:    at(2) + "/contract",
				Foreign: "/api/v1/lots/" + b.Neighbour().Lot + "/contract",
				Body:    housetest.Object{},
				Late:    409,
			}
		},
		"/lots/:id/contract/sign": func() badinput.Call {
			body := housetest.Object{"version": 1, "agreed": true}
			return badinput.Call{
				Who:   b.Lots[4].Winner.Login,
				Wrong: "clerk",
				Afar:  b.Lots[4].Member.Login,
				Path:  at(4) + "/contract/sign",
				Body:  body,
				Other: housetest.With(body, "version", 2),
				Late:  409,
				Also: func(who *housetest.Client) {
					b.Refused("not agreed", who.Act(at(4)+"/contract/sign", housetest.With(body, "agreed", false)),
						422, "agreed")
					b.Refused("before the lessor has signed", who.Act(at(1)+"/contract/sign", body), 404, "")
				},
			}
		},
		"/lots/:id/rents/reversal": func() badinput.Call {
			body := housetest.Object{"slip": b.Slip(), "mistake": "sum"}
			return badinput.Call{
				Who:   "stationb",
				Wrong: "clerk",
				Afar:  "station2",
				Path:  at(6) + "/rents/reversal",
				Body:  body,
				Other: housetest.With(body, "mistake", "twice"),
				Late:  409,
			}
		},
		"/lots/:id/rents": func() badinput.Call {
			path, body := at(6)+"/rents", housetest.With(b.Rent(), "photo", b.Desks.Station.Photo(80))
			return badinput.Call{
				Who:   "station",
				Wrong: "clerk",
				Afar:  "station2",
				Path:  path,
				Body:  body,
				May:   []string{"photo"},
				Other: housetest.With(body, "amount", 200),
				Also: func(who *housetest.Client) {
					for _, bad := range []struct {
						field string
						value any
					}{
						{"number", 0}, {"number", 6}, {"amount", 0}, {"amount", 1 << 40}, {"account", "1234567"},
						{"account", "6222０００００００O"},
						{"received_on", "2026-02-30"}, {"received_on", "1"}, {"received_on", "0001-01-01"},
						{"received_on", "20261201"}, {"received_on", "2099-01-01"},
						{"photo", strings.Repeat("0", 64)}, {"photo", b.Desks.Clerk.Photo(81)},
					} {
						b.Refused(bad.field, who.Act(path, housetest.With(body, bad.field, bad.value)), 422, bad.field)
					}
					b.Refused("a payment that is known", who.Act(path, housetest.With(body, "serial", "ZJ-0000")),
						409, "serial")
					b.Refused("before the contract is signed", who.Act(at(5)+"/rents", b.Rent()), 409, "")
				},
			}
		},
	})
}
