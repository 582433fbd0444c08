package api_test

import (
	"slices"
	"strings"
	"testing"

	"sunlot/cmd/sunlot/housetest"
	"sunlot/internal/event"
)

// theLease is offered, signed and paid for a year.
func theLease(t *testing.T, r *housetest.House, d housetest.Desks, a housetest.Auction) {
	path := "/api/v1/lots/" + a.Lot
	d.Clerk.Must(path+"/contract", housetest.Object{})
	housetest.Expect(t, r.Nobody().Get(path+"/contract"), 404)
	d.Clerk.Get(path+"/contract").Into(t, &struct{}{})
	a.Member.Must(path+"/contract/sign", housetest.Object{"version": 1, "agreed": true})
	wrong := d.Station.Must(path+"/rents", housetest.Object{
		"number":      2,
		"amount":      1814200,
		"received_on": string(r.Days.Today()),
		"serial":      "ZJ-20261215-0001",
		"account":     a.Member.Account,
	})
	d.Colleague.Must(path+"/rents/reversal", housetest.Object{"slip": wrong, "mistake": "lease"})
	slip := d.Station.Photo(80)
	d.Station.Must(path+"/rents", housetest.Object{
		"number":      1,
		"amount":      1814200,
		"received_on": string(r.Days.Today()),
		"serial":      "ZJ-20261215-0001",
		"account":     a.Member.Account,
		"photo":       slip,
	})
	var lease struct {
		State, Lessee, Lessor string
		WholeRent             int `json:"whole_rent"`
		Received, Arrears     int
		Schedule              []struct{ Due, Received int }
		Vouchers              []struct{ Serial, Account string }
	}
	r.Nobody().Get(path+"/contract").Into(t, &lease)
	if lease.State != "signed" || lease.Lessee != a.Member.Name || lease.Lessor != "青塘村经济合作社" ||
		lease.WholeRent != 9071000 || lease.Received != 1814200 ||
		lease.Arrears != 0 || len(lease.Schedule) != 5 || len(lease.Vouchers) != 3 ||
		lease.Vouchers[0].Serial != "****0001" ||
		lease.Vouchers[0].Account != "****"+a.Member.Account[len(a.Member.Account)-4:] {
		t.Errorf("the public reads %+v", lease)
	}
	for _, login := range []string{"clerk", "supervision", "leader", a.Member.Login} {
		if got := r.Browser(login).Get("/photos/" + slip + ".jpg"); got.StatusCode != 404 {
			t.Errorf("%s reads the slip with the whole account: %d", login, got.StatusCode)
		}
	}
	housetest.Expect(t, r.Browser("station").Get("/photos/"+slip+".jpg"), 200)
	theStreams(t, r, a)
	var list struct{ Total int }
	if r.Nobody().Get("/api/v1/lots?state=awarded").Into(t, &list); list.Total != 1 {
		t.Errorf("%d lots are awarded", list.Total)
	}
}

// theStreams is what the public log has of the lot and its lease, without a name
// or a whole account.
func theStreams(t *testing.T, r *housetest.House, a housetest.Auction) {
	for stream, want := range map[string][]string{
		"lot:" + a.Lot: {"lot.opened", "bid.placed", "bid.placed", "lot.closed", "objection.raised",
			"objection.answered", "objection.decided", "award.settled"},
		"contract:" + a.Lot: {"contract.signed", "rent.received", "rent.reversed", "rent.received"},
	} {
		var kinds []string
		for _, leaf := range r.Nobody().Get("/api/v1/streams/"+stream+"/events").Texts(t, "leaves") {
			e, err := event.Parse([]byte(leaf))
			r.Ok(err)
			kinds = append(kinds, e.Kind)
			if strings.Contains(leaf, "null") || strings.Contains(leaf, a.Member.Name) ||
				strings.Contains(leaf, a.Member.Account) || strings.Contains(leaf, "村民甲") {
				t.Errorf("%s tells %s", stream, leaf)
			}
		}
		if !slices.Equal(kinds, want) {
			t.Errorf("%s tells %v", stream, kinds)
		}
	}
}
