package main

import (
	"slices"
	"strings"
	"testing"

	"sunlot/internal/event"
)

// theLease is offered, signed and paid for a year.
func theLease(t *testing.T, r *running, d desks, a auction) {
	path := "/api/v1/lots/" + a.lot
	d.clerk.must(path+"/contract", object{})
	expect(t, r.nobody().get(path+"/contract"), 404)
	d.clerk.get(path+"/contract").into(t, &struct{}{})
	a.member.must(path+"/contract/sign", object{"version": 1, "agreed": true})
	slip := d.station.photo(80)
	d.station.must(path+"/rents", object{"number": 1, "amount": 1814200, "received_on": string(r.days.Today()), "serial": "ZJ-20261215-0001",
		"account": a.member.account, "photo": slip})
	var lease struct {
		State, Lessee, Lessor string
		WholeRent             int `json:"whole_rent"`
		Received, Arrears     int
		Schedule              []struct{ Due, Received int }
		Vouchers              []struct{ Serial, Account string }
	}
	r.nobody().get(path+"/contract").into(t, &lease)
	if lease.State != "signed" || lease.Lessee != a.member.name || lease.Lessor != "青塘村经济合作社" || lease.WholeRent != 9071000 || lease.Received != 1814200 ||
		lease.Arrears != 0 || len(lease.Schedule) != 5 || len(lease.Vouchers) != 1 || lease.Vouchers[0].Serial != "****0001" ||
		lease.Vouchers[0].Account != "****"+a.member.account[len(a.member.account)-4:] {
		t.Errorf("the public reads %+v", lease)
	}
	for _, login := range []string{"clerk", "supervision", "leader", a.member.login} {
		if got := r.browser(login).get("/photos/" + slip + ".jpg"); got.StatusCode != 404 {
			t.Errorf("%s reads the slip with the whole account: %d", login, got.StatusCode)
		}
	}
	expect(t, r.browser("station").get("/photos/"+slip+".jpg"), 200)
	theStreams(t, r, a)
	var list struct{ Total int }
	if r.nobody().get("/api/v1/lots?state=awarded").into(t, &list); list.Total != 1 {
		t.Errorf("%d lots are awarded", list.Total)
	}
}

// theStreams is what the public log has of the lot and its lease, without a name
// or a whole account.
func theStreams(t *testing.T, r *running, a auction) {
	for stream, want := range map[string][]string{
		"lot:" + a.lot:      {"lot.opened", "bid.placed", "bid.placed", "lot.closed", "objection.raised", "objection.answered", "award.settled"},
		"contract:" + a.lot: {"contract.signed", "rent.received"},
	} {
		var kinds []string
		for _, leaf := range r.nobody().get("/api/v1/streams/"+stream+"/events").texts(t, "leaves") {
			e, err := event.Parse([]byte(leaf))
			r.ok(err)
			kinds = append(kinds, e.Kind)
			if strings.Contains(leaf, "null") || strings.Contains(leaf, a.member.name) || strings.Contains(leaf, a.member.account) || strings.Contains(leaf, "村民甲") {
				t.Errorf("%s tells %s", stream, leaf)
			}
		}
		if !slices.Equal(kinds, want) {
			t.Errorf("%s tells %v", stream, kinds)
		}
	}
}
