package admin_test

import (
	"strings"
	"testing"
	"time"

	"sunlot/cmd/sunlot/housetest"
	"sunlot/internal/calendar"
	"sunlot/internal/casework"
	"sunlot/internal/identity"
	"sunlot/trading"
)

// TestWhatIsOverdueClimbsByItself: a refund that is not made by its day, a Friday,
// is on the leader's desk on Monday, without the payer's name, and on the village's
// page the Friday after; the unsigned contract is counted from the first day. Once
// it is refunded it is nowhere. Only the clock moves in between.
func TestWhatIsOverdueClimbsByItself(t *testing.T) {
	housetest.Each(t, func(t *testing.T, r *housetest.House) {
		d, winner, member := r.Desks(), r.Bidder(), r.Bidder()
		a := r.Auction(d, winner, member)
		r.Opened(a.Lot)
		a.Winner.Act("/api/v1/lots/"+a.Lot+"/bids", housetest.Object{"price": 47000}).Into(t, &struct{}{})
		r.Closed(a.Lot)
		r.Settled(a.Lot)
		village := "/villages/" + r.Org("青塘村村民委员会")
		const refund, contract = "超过期限没有退还的保证金", "成交后没有按期签订的合同"
		on := func(day calendar.Date) { r.Jump(day.At(9, 0).Add(time.Minute)) }
		leader := func() housetest.Answer { return r.Browser("leader").Get("/office") }
		public := func() housetest.Answer { return r.Nobody().Get(village) }

		on("2026-12-18")
		housetest.Says(t, r.Browser("station").Get("/office"), "退还保证金", "最晚 2026年12月18日")
		housetest.Silent(t, r.Browser("station").Get("/office"), "已逾期")
		housetest.Silent(t, leader(), "退还保证金")
		housetest.Says(t, public(), "没有到这里计数的逾期事项")
		on("2026-12-19")
		housetest.Says(t, r.Browser("station").Get("/office"), "已逾期 1 天")
		housetest.Silent(t, leader(), "退还保证金")
		housetest.Says(t, public(), contract, "1 件")
		housetest.Silent(t, public(), refund)
		on("2026-12-21")
		housetest.Says(t, leader(), "下级逾期，请督办 4 件", "已逾期 3 天", "在乡镇经管站工作人员处")
		housetest.Says(t, leader(), "松坪一组茶园经营权出租公告", "重新公告或者结束", "最晚 2026年12月15日", "已逾期 6 天")
		housetest.Silent(t, leader(), a.Member.Name)
		housetest.Silent(t, r.Browser("clerk").Get("/office"), "下级逾期")
		housetest.Silent(t, public(), refund)
		housetest.Says(t, r.Browser("leader").Get("/office?kind=above"), "下级逾期", "退还保证金", "回到自己要办的")
		on("2026-12-24")
		housetest.Silent(t, public(), refund)
		on("2026-12-25")
		housetest.Says(t, public(), refund, "1 件")
		housetest.Silent(t, public(), a.Member.Name)

		due, _, err := r.DB.Deposits(t.Context(), casework.Query{
			Scope:  identity.Everywhere,
			States: []casework.State{trading.RefundDue},
			Parent: a.Lot,
		})
		r.Ok(err)
		for _, row := range due {
			d.Station.Must("/api/v1/deposits/"+row.ID+"/refund",
				housetest.Object{"version": row.Version, "trace": "TK20261225-" + row.ID})
			housetest.Says(t, public(), "超过期限没有复核的退款", "1 件") // one person's typed word is no refund
			d.Colleague.Must("/api/v1/deposits/"+row.ID+"/refunded", housetest.Object{"version": row.Version + 1})
		}
		housetest.Silent(t, public(), refund)
		housetest.Says(t, leader(), "下级逾期，请督办 3 件")
	})
}

// TestTheClerkFindsTheWayToANotice: from a confirmed resolution by the desk, the
// tenders' list, the resolution and the asset, until there is a draft.
func TestTheClerkFindsTheWayToANotice(t *testing.T) {
	r := housetest.OnSQLite(t)
	d, clerk := r.Desks(), r.Browser("clerk")
	asset := d.Asset(7)
	resolution := d.Resolution(asset, 2)
	form := "/office/tenders/new?asset=" + asset + "&amp;resolution=" + resolution
	for page, want := range map[string]string{
		"/office":                           "/office/resolutions/" + resolution,
		"/office/tenders":                   "/office/resolutions/" + resolution,
		"/office/resolutions/" + resolution: form,
		"/assets/" + asset:                  form,
	} {
		if a := clerk.Get(page); !strings.Contains(a.Body, want) {
			t.Errorf("%s does not lead to %s: %s", page, want, a.Readable())
		}
	}
	housetest.Says(t, clerk.Get("/office"), "起草交易公告")
	housetest.Silent(t, r.Browser("station").Get("/office/tenders"), "可以起草公告的决议")
	d.Clerk.Must("/api/v1/tenders", r.TenderBody(asset, resolution))
	housetest.Silent(t, clerk.Get("/office/tenders"), "可以起草公告的决议")
}
