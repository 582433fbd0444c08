package api_test

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"sunlot/cmd/sunlot/housetest"
	"sunlot/internal/event"
)

// theBidding drives a lot from the bidders' accounts to the first rent: the
// member matches the leading price and wins.
func theBidding(t *testing.T, r *housetest.House, d housetest.Desks) {
	outsider, member := r.Bidder(), r.Bidder()
	a := r.Auction(d, outsider, member)
	theEntries(t, r, d, a)
	r.Opened(a.Lot)
	theRoom(t, r, a)
	r.Closed(a.Lot)
	theResult(t, r, d, a)
	theLease(t, r, d, a)
}

// theEntries has one bidder go back, one refused, and a payment of nobody's returned.
func theEntries(t *testing.T, r *housetest.House, d housetest.Desks, a housetest.Auction) {
	v1 := "/api/v1/registrations"
	back, withdrawn := r.Paid(a.Lot)
	back.Must(v1+"/"+withdrawn+"/pull", housetest.Object{"version": 1})
	_, refused := r.Entered(a.Lot)
	d.Station.Must(v1+"/"+refused+"/refuse", housetest.Object{"version": 1, "reason": "证件与姓名不符"})
	type entry struct {
		ID, Lot, State, Number, Commitment, Promise string
		Rank                                        int
	}
	var own, all struct {
		Items []entry
		Total int
	}
	back.Get(v1).Into(t, &own)
	d.Station.Get(v1+"?lot="+a.Lot).Into(t, &all)
	if own.Total != 1 || own.Items[0].State != "pulled" || all.Total != 4 {
		t.Errorf("the bidder reads %+v, the station %d", own, all.Total)
	}
	housetest.Expect(t, d.Clerk.Get(v1), 403)
	housetest.Expect(t, d.Clerk.Get(v1+"/"+refused), 403)
	var mine entry
	a.Member.Get(v1).Into(t, &own)
	a.Member.Get(v1+"/"+own.Items[0].ID).Into(t, &mine)
	if mine.State != "qualified" || mine.Rank != 1 || len(mine.Number) != 4 || mine.Promise == "" {
		t.Errorf("the member reads %+v", mine)
	}
	housetest.Expect(t, back.Get(v1+"/"+mine.ID), 404)
	row, serial := back.Line(a.Lot)
	said := d.Station.Must("/api/v1/statements", housetest.InBase64(strings.Replace(row, r.Lot(a.Lot).Code, "保证金", 1)))
	id := theDeposit(t, d, serial, "received")
	d.Station.Must("/api/v1/deposits/"+id+"/reject", housetest.Object{"version": 1})
	theDeposit(t, d, serial, "due")
	d.Station.Must("/api/v1/deposits/"+id+"/refund", housetest.Object{"version": 2, "trace": "TK-0001"})
	theDeposit(t, d, serial, "noted")
	housetest.Expect(t, d.Station.Act("/api/v1/deposits/"+id+"/refunded", housetest.Object{"version": 3}), 403)
	d.Colleague.Must("/api/v1/deposits/"+id+"/refunded", housetest.Object{"version": 3})
	theDeposit(t, d, serial, "refunded")
	var i struct {
		Done           bool
		Taken, Matched int
		Items          []struct{ Outcome, Reason string }
	}
	d.Station.Get("/api/v1/imports/"+said).Into(t, &i)
	if !i.Done || i.Taken != 1 || i.Matched != 0 || len(i.Items) != 1 || i.Items[0].Outcome != "taken" {
		t.Errorf("a payment without the code: %+v", i)
	}
	housetest.Expect(t, d.Clerk.Get("/api/v1/imports/"+said), 403)
	r.Program(r.Elsewhere()).Must("/api/v1/receiving-accounts", housetest.Object{
		"number": "36010100209000777777",
		"name":   "石桥镇经管站保证金专户",
	})
	var accounts struct {
		Items []struct{ ID, Name, Number string }
	}
	d.Station.Get("/api/v1/receiving-accounts").Into(t, &accounts)
	if len(accounts.Items) != 1 || accounts.Items[0].Number == "" {
		t.Errorf("%+v", accounts)
	}
	housetest.Expect(t, d.Clerk.Get("/api/v1/deposits"), 403)
}

// theDeposit is the id of the payment with that serial, which stands there.
func theDeposit(t *testing.T, d housetest.Desks, serial, state string) string {
	t.Helper()
	var list struct{ Items []struct{ ID, State string } }
	d.Station.Get("/api/v1/deposits?q="+serial).Into(t, &list)
	if len(list.Items) != 1 || list.Items[0].State != state {
		t.Fatalf("the payment is %+v, want %s", list.Items, state)
	}
	return list.Items[0].ID
}

// receipt is what a bidder is told of a bid.
type receipt struct {
	Lot, Bidder string
	Seq         int64
	Price       int
	Match       bool
}

// theRoom has two bids at 470 yuan, the second by the member's right.
func theRoom(t *testing.T, r *housetest.House, a housetest.Auction) {
	path := "/api/v1/lots/" + a.Lot
	var first, match receipt
	a.Winner.Act(path+"/bids", housetest.Object{"price": 47000}).Into(t, &first)
	key := event.NewID()
	keyed := a.Member.With("Idempotency-Key", key)
	keyed.Send("POST", path+"/bids", housetest.Object{"price": 47000, "match": true}).Into(t, &match)
	if first.Seq != 2 || match.Seq != 3 || !match.Match || match.Bidder == first.Bidder {
		t.Errorf("the receipts are %+v and %+v", first, match)
	}
	var request struct {
		Found bool
		ID    string
	}
	a.Member.Get("/api/v1/requests/bid.place/"+key).Into(t, &request)
	var kept receipt
	if err := json.Unmarshal([]byte(request.ID), &kept); err != nil || !request.Found || kept != match {
		t.Errorf("the request is told %+v", request)
	}
	var room struct {
		Lot struct {
			State, Leader        string
			Price, Bids, Bidders int
		}
		Head        int64
		Least, Most int
		Holders     []struct{ Bidder string }
		Bids        []receipt
	}
	r.Nobody().Get(path).Into(t, &room)
	if room.Lot.State != "bidding" || room.Lot.Leader != match.Bidder || room.Lot.Price != 47000 ||
		room.Lot.Bids != 2 || room.Lot.Bidders != 2 ||
		room.Head != 3 || room.Least != 48000 || room.Most != 57000 || len(room.Holders) != 1 ||
		room.Holders[0].Bidder != match.Bidder ||
		!slices.Equal(room.Bids, []receipt{match, first}) {
		t.Errorf("the public reads %+v", room)
	}
	var list struct{ Total int }
	if r.Nobody().Get("/api/v1/lots").Into(t, &list); list.Total != 1 {
		t.Errorf("%d lots are live", list.Total)
	}
	if a.Member.Get("/api/v1/bids").Into(t, &list); list.Total != 1 {
		t.Errorf("the member has %d bids", list.Total)
	}
	housetest.Expect(t, r.Nobody().Get(path+"/award"), 404)
}

// theResult publishes the winner's name, an objection and its answer.
func theResult(t *testing.T, r *housetest.House, d housetest.Desks, a housetest.Auction) {
	path := "/api/v1/lots/" + a.Lot
	var award struct {
		State, Winner string
		Priority      bool
		Price         int
		YearlyRent    int `json:"yearly_rent"`
		OverStart     int `json:"over_start"`
		OverLast      int `json:"over_last"`
	}
	r.Nobody().Get(path+"/award").Into(t, &award)
	if award.State != "publicised" || award.Winner != a.Member.Name || !award.Priority || award.Price != 47000 ||
		award.YearlyRent != 1814200 ||
		award.OverStart != 270200 || award.OverLast != 463200 {
		t.Errorf("the result is %+v", award)
	}
	id := r.Nobody().Must(path+"/objections", housetest.Objection)
	var list struct {
		Items []struct{ ID, State, Text, Answer string }
	}
	r.Nobody().Get(path+"/objections").Into(t, &list)
	if len(list.Items) != 1 || list.Items[0].Text != "" || list.Items[0].State != "raised" {
		t.Errorf("before the answer the public reads %+v", list)
	}
	d.Station.Must("/api/v1/objections/"+id+"/answer", housetest.Object{
		"version":  1,
		"outcome":  "partly",
		"answer":   "公告已载明看样日。",
		"withheld": "",
	})
	r.Nobody().Get(path+"/objections").Into(t, &list)
	if list.Items[0].Text != "看样日没有通知。" || list.Items[0].Answer != "公告已载明看样日。" {
		t.Errorf("after the answer the public reads %+v", list)
	}
	r.Settled(a.Lot)
	if r.Nobody().Get(path+"/award").Into(t, &award); award.State != "publicised" {
		t.Errorf("over an objection that is right the result is %s", award.State)
	}
	d.Leader.Must("/api/v1/objections/"+id+"/decision", housetest.Object{
		"version": 2,
		"ruling":  "void",
		"reason":  "看样日没有通知。",
	})
	d.Leader.Must("/api/v1/objections/"+id+"/withdraw", housetest.Object{"version": 3})
	d.Leader.Must("/api/v1/objections/"+id+"/decision", housetest.Object{
		"version": 4,
		"ruling":  "void",
		"reason":  "看样日没有通知，现场也没有人。",
	})
	d.Supervision.Must("/api/v1/objections/"+id+"/second", housetest.Object{
		"version": 5,
		"agree":   false,
		"reason":  "已在公告栏通知",
	})
	d.Leader.Must("/api/v1/objections/"+id+"/decision", housetest.Object{
		"version": 6,
		"ruling":  "keep",
		"reason":  "不影响成交，以后看样前逐户通知。",
	})
	r.Work()
	if r.Nobody().Get(path+"/award").Into(t, &award); award.State != "settled" {
		t.Errorf("after the publicity the result is %s", award.State)
	}
}
