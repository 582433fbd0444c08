package bidding_test

import (
	"regexp"
	"strings"
	"testing"

	"sunlot/cmd/sunlot/housetest"
)

// TestABidderIsToldHowItEnded: winner and loser read on their own pages where each
// stands, from the qualification to the contract, and what they have to do by when.
func TestABidderIsToldHowItEnded(t *testing.T) {
	r := housetest.OnSQLite(t)
	d, winner, member := r.Desks(), r.Bidder(), r.Bidder()
	a := r.Auction(d, winner, member)
	reads := func(b housetest.Bidder, path string, want ...string) {
		t.Helper()
		housetest.Says(t, r.Browser(b.Login).Get(path), want...)
	}
	reads(winner, "/registrations", "已取得竞买资格，等竞价开始")
	own := r.Browser(winner.Login).Get("/tenders/" + a.Tender).Body
	if strings.Contains(own, "我要报名") || !strings.Contains(own, `/registrations/`+entry(t, r, winner)+`">看我的报名`) {
		t.Error("who has registered is not led to the registration")
	}
	if any := r.Nobody().Get("/tenders/" + a.Tender).Body; strings.Contains(any, "看我的报名") {
		t.Error("everybody is led to a registration")
	}
	reads(winner, "/registrations/"+entry(t, r, winner), "看样", "核对证件", "开始竞价", "加入手机日历")
	r.Opened(a.Lot)
	reads(member, "/registrations", "竞价中")
	winner.Act("/api/v1/lots/"+a.Lot+"/bids", housetest.Object{"price": 47000}).Into(t, &struct{}{})
	r.Closed(a.Lot)
	reads(winner, "/registrations", "已竞得，成交公示中")
	reads(member, "/registrations", "没有竞得")
	r.Settled(a.Lot)
	reads(member, "/registrations", "没有竞得，保证金最晚", "原路退回")
	reads(winner, "/registrations", "已竞得，等签合同")
	d.Clerk.Must("/api/v1/lots/"+a.Lot+"/contract", housetest.Object{})
	reads(winner, "/office", "我的", "等您办的 1 件", "成交人签订合同", "最晚 2026年12月18日")
	winner.Must("/api/v1/lots/"+a.Lot+"/contract/sign", housetest.Object{"version": 1, "agreed": true})
	reads(winner, "/registrations", "已竞得，合同已签")
	reads(winner, "/tenders/"+a.Tender, "第一期还没有到期，最晚")
	if rent := r.Nobody().Get("/tenders/" + a.Tender).Body; strings.Contains(rent, "缺：租金到账凭证") {
		t.Error("rent that is not due is said to be missing")
	}
	reads(winner, "/registrations/"+entry(t, r, winner), "合同和租金", "第 1 期租金", "18,142.00 元")
	reads(winner, "/office", "缴纳租金", "第1期 18,142.00 元")
	reads(member, "/office", "暂无待办事项")
}

var entryForm = regexp.MustCompile(`href="/registrations/([a-z0-9]{16})"`)

// entry is the id of the bidder's only registration, as his own list links it.
func entry(t *testing.T, r *housetest.House, b housetest.Bidder) string {
	t.Helper()
	at := entryForm.FindStringSubmatch(r.Browser(b.Login).Get("/registrations").Body)
	if at == nil {
		t.Fatal("the list leads to no registration")
	}
	return at[1]
}

// TestTheSheetSaysOfWhenItIs: without script a bidder's pages say how he stands and
// of when that is, and after the end there is a result instead of a form.
func TestTheSheetSaysOfWhenItIs(t *testing.T) {
	r := housetest.OnSQLite(t)
	d, first, second := r.Desks(), r.Bidder(), r.Bidder()
	a := r.Auction(d, first, second)
	says := func(page string, want string, not ...string) {
		t.Helper()
		if !strings.Contains(page, want) {
			t.Errorf("%q is not said: %s", want, page)
		}
		for _, w := range not {
			if strings.Contains(page, w) {
				t.Errorf("%q is said", w)
			}
		}
	}
	reads := func(b housetest.Bidder, want string, not ...string) {
		t.Helper()
		for _, path := range []string{"/lots/" + a.Lot, "/lots/" + a.Lot + "/bid"} {
			says(r.Browser(b.Login).Get(path).Body, want, not...)
		}
	}
	r.Opened(a.Lot)
	reads(first, "您还没有报价", "已被超过", "您领先")
	reads(first, "以上是")
	first.Act("/api/v1/lots/"+a.Lot+"/bids", housetest.Object{"price": 46000}).Into(t, &struct{}{})
	reads(first, "您领先", "已被超过")
	second.Act("/api/v1/lots/"+a.Lot+"/bids", housetest.Object{"price": 47000}).Into(t, &struct{}{})
	reads(first, "已被超过", "您领先")
	says(r.Browser("clerk").Get("/lots/"+a.Lot).Body, "以上是", "data-own=", "已被超过", "data-token")
	r.Closed(a.Lot)
	reads(first, "没有竞得", "data-block", "data-sheet", "以上是")
	reads(second, "竞得", "没有竞得", "data-block", "data-sheet")
}
