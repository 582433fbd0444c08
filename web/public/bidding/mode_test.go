package bidding_test

import (
	"net/url"
	"testing"
	"time"

	"sunlot/cmd/sunlot/housetest"
	"sunlot/internal/event"
	"sunlot/trading/mode"
	"sunlot/trading/tradingtest"
)

func init() { mode.All = append(mode.All, tradingtest.Turns{}) }

// TestTheSheetOfAnyMode: a mode without a page of its own has its sheet drawn from what it
// lets the bidder do, is bid by without a script, and is shown live.
func TestTheSheetOfAnyMode(t *testing.T) {
	r := housetest.OnSQLite(t)
	bid := func(price string) url.Values {
		return url.Values{"price": {price}, "request_id": {event.NewID()}}
	}
	a := r.Auction(r.Desks(), r.Bidder(), r.Bidder())
	r.Tamper("", "UPDATE lots SET mode = ?, terms = ? WHERE id = ?", tradingtest.TurnsName,
		`{"turns":2,"each_seconds":300}`, a.Lot)
	r.Opened(a.Lot)
	c := r.Browser(a.Winner.Login)
	c.ReadToken("/lots/" + a.Lot + "/bid")
	sheet := c.Get("/lots/" + a.Lot + "/bid")
	housetest.Says(t, sheet, "就报起始价 400.00 元")
	housetest.Says(t, sheet, "400.00 至 800.00 元/亩·年")
	confirm := "/lots/" + a.Lot + "/bid/confirm?" + url.Values{"choice": {"start"}}.Encode()
	housetest.Says(t, c.Get(confirm), "确认报价 400.00 元/亩·年")
	housetest.Expect(t, c.Submit("/lots/"+a.Lot+"/bids", bid("450")), 303)
	housetest.Says(t, c.Get("/lots/"+a.Lot+"/bid"), "这一轮您已经报过。")
	housetest.Expect(t, c.Submit("/lots/"+a.Lot+"/bids", bid("460")), 409)
	room := r.Nobody().Get("/lots/" + a.Lot)
	housetest.Says(t, room, "每轮每人报一次，最后一轮定成交")
	housetest.Says(t, room, "450.00")
	r.Jump(r.Lot(a.Lot).Board.OpensAt.Add(5*time.Minute + 5*time.Second))
	r.Work()
	housetest.Says(t, r.Nobody().Get("/lots/"+a.Lot), "起始价，暂无报价")
	other := r.Browser(a.Member.Login)
	other.ReadToken("/lots/" + a.Lot + "/bid")
	housetest.Expect(t, other.Submit("/lots/"+a.Lot+"/bids", bid("410")), 303)
	r.Closed(a.Lot)
	housetest.Says(t, r.Nobody().Get("/lots/"+a.Lot+"/result"), "410.00")
}
