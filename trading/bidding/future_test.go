package bidding_test

import (
	"strings"
	"testing"
	"time"

	"sunlot/trading"
	"sunlot/trading/bidding"
	"sunlot/trading/tradingtest"
)

// TestALineOfADayThatHasNotComeIsRefused: no bank knows of tomorrow's payments. The row says
// why, the others of the statement are taken, and on its day it is taken too.
func TestALineOfADayThatHasNotComeIsRefused(t *testing.T) {
	tradingtest.Each(t, func(t *testing.T, v *tradingtest.Village) {
		n, b, other := v.Tender(trading.Announced), v.Bidder("jia", ""), v.Bidder("yii", "")
		v.Enter(n.Lot, b, other)
		today, tomorrow := v.Line(b, n.Lot), v.Line(other, n.Lot)
		tomorrow.PaidAt = tomorrow.PaidAt.Add(24 * time.Hour)
		i := v.Import(v.Station, tradingtest.Statement(today, tomorrow))
		rows := rowsOf(t, v, i)
		if i.Taken() != 1 || i.Refused() != 1 || rows[1].Outcome != bidding.RowRefused ||
			!strings.Contains(rows[1].Reason, "2026-11-24 还没有到") {
			t.Errorf("%+v %+v", i, rows)
		}
		v.Clock.Set(tomorrow.PaidAt)
		if i := v.Import(v.Station, tradingtest.Statement(today, tomorrow)); i.Taken() != 1 || i.Known() != 1 {
			t.Errorf("on its day: %+v", i)
		}
	})
}
