package bidding_test

import (
	"strings"
	"testing"
	"time"

	"sunlot/internal/calendar"
	"sunlot/internal/casework"
	"sunlot/internal/store/storetest"
	"sunlot/trading"
	"sunlot/trading/bidding"
	"sunlot/trading/tradingtest"
)

// TestALotThatDoesNotCloseWaitsForAnAdministrator: with the lot, since when and how
// often, once it has failed for more than a minute; also over a restart; and no more
// when any node has closed it.
func TestALotThatDoesNotCloseWaitsForAnAdministrator(t *testing.T) {
	for name, closes := range map[string]func(v *tradingtest.Village){
		"this node closes it": func(*tradingtest.Village) {},
		"it was started anew": func(v *tradingtest.Village) {
			v.Bidding.Troubles = bidding.NewTroubles(v.DB, v.DB, v.Clock)
		},
		"another node closes it": func(v *tradingtest.Village) {
			other := *v.Bidding
			other.Troubles = bidding.NewTroubles(v.DB, v.DB, v.Clock)
			tradingtest.Must(v.T, other.Work(v.T.Context()))
			v.Clock.Set(v.Clock.Now().Add(time.Minute))
		},
	} {
		t.Run(name, func(t *testing.T) {
			tradingtest.Each(t, func(t *testing.T, v *tradingtest.Village) { stuck(t, v, closes) })
		})
	}
}

func stuck(t *testing.T, v *tradingtest.Village, closes func(*tradingtest.Village)) {
	v.Bidding.Troubles = bidding.NewTroubles(v.DB, v.DB, v.Clock)
	b := v.Bidder("waicun", "")
	l := v.Open(b)
	_, err := v.Bid(b, l.ID, l.Board.OpensAt.Add(time.Minute), 40000, false)
	tradingtest.Must(t, err)
	leads := func(number string) {
		storetest.Exec(t, v.DB, "UPDATE lots SET leading_bidder = ? WHERE id = ?", number, l.ID)
	}
	number := v.Lot(l.ID).Board.Leading.Bidder
	leads("0000")
	begun := l.ClosesAt()
	works := func(past time.Duration) []casework.Waiting {
		t.Helper()
		v.Clock.Set(begun.Add(past))
		tradingtest.Must(t, v.Bidding.Work(t.Context()))
		return v.Waits(v.Administrator)
	}
	for _, past := range []time.Duration{0, 10 * time.Second, 30 * time.Second} {
		if waits := works(past); len(waits) != 0 {
			t.Fatalf("after %v: %+v", past, waits)
		}
	}
	tells := func(waits []casework.Waiting, tries string) {
		t.Helper()
		if len(waits) != 1 || waits[0].Name != "stuck" || waits[0].Title != l.Title || waits[0].Case != l.ID ||
			waits[0].Due != calendar.DateOf(begun) || !strings.Contains(waits[0].Note, calendar.Exactly(begun)) ||
			!strings.Contains(waits[0].Note, tries) {
			t.Fatalf("the administrator's desk: %+v", waits)
		}
	}
	tells(works(90*time.Second), "已试 4 次")
	tells(works(100*time.Second), "已试 4 次")
	tells(works(151*time.Second), "已试 6 次")
	if waits := v.Waits(v.Leader); len(waits) != 0 {
		t.Errorf("the leader's desk: %+v", waits)
	}
	leads(number)
	v.Clock.Set(begun.Add(4 * time.Minute))
	closes(v)
	tradingtest.Must(t, v.Bidding.Work(t.Context()))
	if got, waits := v.Lot(l.ID), v.Waits(v.Administrator); got.State != trading.Awarded || len(waits) != 0 {
		t.Errorf("%s, and the administrator's desk: %+v", got.State, waits)
	}
}
