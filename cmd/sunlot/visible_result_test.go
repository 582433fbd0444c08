package main

import (
	"testing"
)

// TestWhatAResultTellsWhom carries a lot to its first rent and walks everything:
// the winner's name is public, the loser's is not, and neither is what tells of
// their money.
func TestWhatAResultTellsWhom(t *testing.T) {
	r := sqliteHouse(t)
	d, loser, winner := r.desks(), r.bidder(), r.bidder()
	a := r.auction(d, loser, winner)
	r.opened(a.lot)
	path := "/api/v1/lots/" + a.lot
	a.winner.act(path+"/bids", object{"price": 47000}).into(t, &struct{}{})
	a.member.act(path+"/bids", object{"price": 47000, "match": true}).into(t, &struct{}{})
	r.closed(a.lot)
	raised := r.nobody().must(path+"/objections", object{"name": "异议人丙", "phone": "13933334444", "text": "异议原文里的私事。"})
	d.station.must("/api/v1/objections/"+raised+"/answer", object{"version": 1, "public": "整理后的异议。", "answer": "公开的答复。"})
	r.settled(a.lot)
	d.clerk.must(path+"/contract", object{})
	winner.must(path+"/contract/sign", object{"version": 1, "agreed": true})
	slip := object{"number": 1, "amount": 1814200, "received_on": string(r.days.Today()), "serial": "ZJ-PRIVATE-7788", "account": "62229999000011112222"}
	d.station.must(path+"/rents", slip)
	r.keepLog()
	everybody := []string{"", "clerk", "supervision", "station", "leader", "daibiao", "clerk2", "admin", winner.login, loser.login}
	words := map[string][]string{
		winner.name: everybody, "整理后的异议。": everybody, "公开的答复。": everybody, "****7788": everybody, "****2222": everybody,
		loser.name:        {"station", loser.login, "admin"}, // whose list is of all accounts, and of no lot
		loser.account:     {"station", loser.login},
		winner.account:    {"station", winner.login},
		"ZJ-PRIVATE-7788": {"station"}, "62229999000011112222": {"station"},
		"异议人丙": {"station"}, "13933334444": {"station"}, "异议原文里的私事。": {"station"},
	}
	from := []string{"/", "/results", "/office", "/office/results", "/lots/" + a.lot, "/lots/" + a.lot + "/replay", "/lots/" + a.lot + "/result", "/lots/" + a.lot + "/contract",
		"/registrations", "/bids", "/contracts", "/log", path, path + "/award", path + "/objections", path + "/contract", "/api/v1/registrations", "/api/v1/deposits",
		"/api/v1/streams/lot:" + a.lot + "/events", "/api/v1/streams/contract:" + a.lot + "/events"}
	for _, login := range everybody {
		t.Run("as "+login, func(t *testing.T) {
			r.t = t
			r.judge(login, r.reads(login, from, []string{"/office/objections/" + raised, "/office/results/" + a.lot}), words)
		})
	}
}
