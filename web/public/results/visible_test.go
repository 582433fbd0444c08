package results_test

import (
	"testing"

	"sunlot/cmd/sunlot/housetest"
)

// TestWhatAResultTellsWhom carries a lot to its first rent and walks everything:
// the winner's name is public, the loser's is not, and neither is what tells of
// their money.
func TestWhatAResultTellsWhom(t *testing.T) {
	r := housetest.OnSQLite(t)
	d, loser, winner := r.Desks(), r.Bidder(), r.Bidder()
	a := r.Auction(d, loser, winner)
	r.Opened(a.Lot)
	path := "/api/v1/lots/" + a.Lot
	a.Winner.Act(path+"/bids", housetest.Object{"price": 47000}).Into(t, &struct{}{})
	a.Member.Act(path+"/bids", housetest.Object{"price": 47000, "match": true}).Into(t, &struct{}{})
	r.Closed(a.Lot)
	raised := r.Nobody().Must(path+"/objections", housetest.Object{
		"target": "village",
		"name":   "异议人丙",
		"phone":  "13933334444",
		"text":   "异议原文里的私事。",
	})
	d.Station.Must("/api/v1/objections/"+raised+"/answer", housetest.Object{
		"version":  1,
		"outcome":  "rejected",
		"answer":   "公开的答复。",
		"withheld": "写了别人家的私事。",
	})
	r.Settled(a.Lot)
	d.Clerk.Must(path+"/contract", housetest.Object{})
	winner.Must(path+"/contract/sign", housetest.Object{"version": 1, "agreed": true})
	slip := housetest.Object{
		"number":      1,
		"amount":      1814200,
		"received_on": string(r.Days.Today()),
		"serial":      "ZJ-PRIVATE-7788",
		"account":     "62229999000011112222",
	}
	d.Station.Must(path+"/rents", slip)
	r.KeepLog()
	everybody := []string{"", "clerk", "supervision", "station", "leader", "daibiao", "clerk2", "admin",
		winner.Login, loser.Login}
	words := map[string][]string{
		winner.Name:            everybody,
		"写了别人家的私事。":            everybody,
		"公开的答复。":               everybody,
		"****7788":             everybody,
		"****2222":             everybody,
		loser.Name:             {"station", loser.Login, "admin"}, // whose list is of all accounts, and of no lot
		loser.Account:          {"station", loser.Login},
		winner.Account:         {"station", winner.Login},
		"ZJ-PRIVATE-7788":      {"station"},
		"62229999000011112222": {"station"},
		"异议人丙":                 {"station"},
		"13933334444":          {"station"},
		"异议原文里的私事。":            {"leader", "station"},
	}
	from := []string{"/", "/results", "/office", "/office/results", "/lots/" + a.Lot, "/lots/" + a.Lot + "/replay",
		"/lots/" + a.Lot + "/result", "/lots/" + a.Lot + "/contract",
		"/registrations", "/bids", "/contracts", "/log", path, path + "/award", path + "/objections",
		path + "/contract", "/api/v1/registrations", "/api/v1/deposits",
		"/api/v1/streams/lot:" + a.Lot + "/events", "/api/v1/streams/contract:" + a.Lot + "/events"}
	for _, login := range everybody {
		t.Run("as "+login, func(t *testing.T) {
			r.T = t
			r.Judge(login, r.Reads(login, from,
				[]string{"/office/objections/" + raised, "/office/results/" + a.Lot}), words)
		})
	}
}
