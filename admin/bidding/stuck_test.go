package bidding_test

import (
	"testing"
	"time"

	"sunlot/internal/store/storetest"
	cases "sunlot/trading/bidding"
	"sunlot/trading/tradingtest"
)

// TestTheAdministratorsDeskShowsALotThatDoesNotClose: with the way to it, until it closes.
func TestTheAdministratorsDeskShowsALotThatDoesNotClose(t *testing.T) {
	o, _ := open(t)
	o.Bidding.Troubles = cases.NewTroubles(o.DB, o.DB, o.Clock)
	b := o.Bidder("waicun", "")
	l := o.Open(b)
	_, err := o.Bid(b, l.ID, l.Board.OpensAt.Add(time.Minute), 40000, false)
	tradingtest.Must(t, err)
	leads := func(number string) {
		storetest.Exec(t, o.DB, "UPDATE lots SET leading_bidder = ? WHERE id = ?", number, l.ID)
	}
	number := o.Lot(l.ID).Board.Leading.Bidder
	leads("0000")
	for _, past := range []time.Duration{0, 2 * time.Minute} {
		o.Clock.Set(l.ClosesAt().Add(past))
		tradingtest.Must(t, o.Bidding.Work(t.Context()))
	}
	desk := o.As(o.Administrator)
	desk.Get("/office").Shows("查看系统没有办成的标的", `href="/lots/`+l.ID+`"`, l.Title, "竞价截止没有办成", "已试 2 次")
	o.As(o.Station).Get("/office").Lacks("查看系统没有办成的标的")
	leads(number)
	o.Clock.Set(l.ClosesAt().Add(4 * time.Minute))
	tradingtest.Must(t, o.Bidding.Work(t.Context()))
	desk.Get("/office").Lacks("查看系统没有办成的标的")
}
