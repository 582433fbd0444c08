package contracts_test

import (
	"net/http"
	"testing"
	"time"

	"sunlot/admin/admintest"
	"sunlot/admin/contracts"
	"sunlot/internal/event"
	"sunlot/trading"
	leases "sunlot/trading/contracts"
	"sunlot/trading/tradingtest"
)

func open(t *testing.T) *admintest.Office {
	o := admintest.New(t)
	(&contracts.Screens{Kit: o.Kit, Bidding: o.Bidding, Contracts: o.Contracts}).Register()
	o.Desk(leases.Duties...)
	return o
}

// sold is a lot that the bidder has won, after the days in which one may object.
func sold(t *testing.T, o *admintest.Office, bidder *tradingtest.Bidder) trading.Lot {
	t.Helper()
	lot := o.Open(bidder)
	_, err := o.Bid(bidder, lot.ID, lot.Board.OpensAt.Add(time.Minute), 41000, false)
	tradingtest.Must(t, err)
	o.Clock.Set(lot.Board.EndsAt.Add(time.Minute))
	tradingtest.Must(t, o.Bidding.CloseLot(t.Context(), lot.ID))
	a, err := o.Bidding.SeeAward(t.Context(), o.Clerk, lot.ID)
	tradingtest.Must(t, err)
	o.As(o.Clerk).Get("/office/results/" + lot.ID).Shows("公示期满、异议都已答复").Lacks("按成交结果签订合同")
	o.Clock.Set(a.PublicUntil.Add(time.Minute))
	tradingtest.Must(t, o.Bidding.SettleAward(t.Context(), lot.ID))
	return lot
}

func TestAContractIsOfferedAndItsRentReceived(t *testing.T) {
	o := open(t)
	bidder := o.Bidder("bidder1", "")
	lot := sold(t, o, bidder)
	at := "/office/results/" + lot.ID
	clerk, station := o.As(o.Clerk), o.As(o.Station)
	clerk.Get("/office").Shows(`href="` + at + `"`)
	clerk.Get(at).Shows("按成交结果签订合同", "410.00 元/亩·年", "15,826.00 元")
	station.Get(at).Lacks("按成交结果签订合同")
	station.Send(at + "/contract").Refuses(http.StatusForbidden)
	clerk.Send(at + "/contract").LeadsTo(at)
	clerk.Send(at + "/contract").Refuses(http.StatusConflict)
	clerk.Get(at).Shows("最晚", "签订", "合同页面")
	agreed := leases.SignForm{Version: 1, Agreed: true}
	_, err := o.Contracts.Sign(t.Context(), bidder.Actor, event.NewID(), lot.ID, agreed)
	tradingtest.Must(t, err)

	station.Get(at).Shows("登记租金到账", "租金缴纳计划")
	clerk.Get(at).Shows("租金缴纳计划").Lacks("登记租金到账")
	rent := []string{"number", "1", "amount", "1万", "received_on", "昨天", "serial", "R-20261201-77",
		"account", bidder.Account}
	page := station.Send(at+"/rents", rent...)
	page.Refuses(http.StatusUnprocessableEntity, `href="#f-amount"`, `href="#f-received_on"`, `value="1万"`,
		`value="R-20261201-77"`)
	rent[3], rent[5] = "10000", string(o.Days.Today())
	rent = append(rent, "photo", o.Photo(o.Station, 7))
	station.Send(at+"/rents", append(rent, "act", "check")...).Shows("核对到账", "大写：壹万元整", "立即公开",
		"R-20261201-77", `name="photo" value=`, `formaction="`+at+`/rents#f-amount"`, "核对无误，登记到账")
	station.Get(at).Lacks("R-20261201-77", "冲销登记错的到账")
	station.Send(at+"/rents", append(rent, "act", "mend")...).Shows("登记租金到账", `value="10000"`, `name="photo" value=`)
	station.Send(at+"/rents", rent...).LeadsTo(at)
	station.Get(at).Shows("10,000.00", "R-20261201-77", "冲销登记错的到账")
	colleague := o.As(o.Colleague)
	colleague.Send(at+"/rents/reverse", "slip", "", "mistake", "").
		Refuses(http.StatusUnprocessableEntity, `href="#f-slip"`, `href="#f-mistake"`)
	m, err := o.Contracts.SeeMoney(t.Context(), o.Station, lot.ID)
	tradingtest.Must(t, err)
	colleague.Send(at+"/rents/reverse", "slip", m.Vouchers[0].ID, "mistake", "sum").LeadsTo(at)
	station.Get(at).Shows("已冲销", "冲销：金额登记错", "-10,000.00").Lacks("冲销登记错的到账")
	// who did not enter it sees what the public sees
	clerk.Get(at).Shows("10,000.00", "1-77").Lacks("R-20261201-77", "冲销登记错的到账")
}

func TestTheListOfResults(t *testing.T) {
	o := open(t)
	clerk := o.As(o.Clerk)
	clerk.Get("/office/results").Shows("还没有成交").Lacks("导出表格")
	lot := sold(t, o, o.Bidder("bidder1", ""))
	clerk.Get("/office/results?sort=yearly").Shows("竞买人bidder1", "共 1 条", `<option value="yearly" selected>`)
	clerk.Get("/office/results?as=csv").Shows(
		"成交价（元）,计价单位,面积或者数量,计量单位,年租金或者价款（元）,租金总额或者价款（元）",
		"410.00,元/亩·年,38.60,亩,15826.00,79130.00")
	o.As(o.OtherClerk).Get("/office/results").Lacks("竞买人bidder1")
	o.As(o.OtherClerk).Get("/office/results/"+lot.ID).Refuses(http.StatusNotFound, "没有找到这个结果")
	clerk.Get("/office/results/" + event.NewID()).Refuses(http.StatusNotFound)
}
