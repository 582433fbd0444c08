package bidding_test

import (
	"strings"
	"testing"
	"time"

	"sunlot/internal/fault"
	"sunlot/internal/identity"
	"sunlot/trading"
	"sunlot/trading/bidding"
	"sunlot/trading/mode"
	"sunlot/trading/tradingtest"
)

// TestAnUnknownModeDecidesNothing: a lot whose mode or terms this program does not know is
// kept as it is; nobody bids for it, the clock leaves it alone, and who looks is told why.
func TestAnUnknownModeDecidesNothing(t *testing.T) {
	for name, c := range map[string]struct {
		change func(*trading.Lot)
		says   string
	}{
		"another version": {func(l *trading.Lot) { l.Mode = "ascending/99" }, "没有“ascending/99”这种交易方式"},
		"no mode":         {func(l *trading.Lot) { l.Mode = "" }, "没有“”这种交易方式"},
		"other terms":     {func(l *trading.Lot) { l.Terms.Own = `{"step":"x"}` }, ""},
		"no step":         {func(l *trading.Lot) { l.Terms.Own = `{}` }, "加价幅度应大于零"},
		"no start":        {func(l *trading.Lot) { l.Terms.Start = 0 }, "起始价应大于零"},
	} {
		t.Run(name, func(t *testing.T) {
			tradingtest.Each(t, func(t *testing.T, v *tradingtest.Village) {
				b := v.Bidder("waicun", "")
				l := v.Open(b)
				_, err := v.Bid(b, l.ID, l.Board.OpensAt.Add(time.Minute), 40000, false)
				tradingtest.Must(t, err)
				tradingtest.Must(t, v.DB.WorkLot(t.Context(), func(tx bidding.LotTx) error {
					l, err = tx.Lot(l.ID, identity.Everywhere)
					c.change(&l)
					if err != nil {
						return err
					}
					return tx.SaveLot(l)
				}))
				other := v.Bidder("linxiang", "")
				_, err = v.Bid(other, l.ID, l.Board.OpensAt.Add(2*time.Minute), 41000, false)
				tradingtest.Want(t, err, fault.Forbidden, "")
				_, err = v.Bid(b, l.ID, l.Board.OpensAt.Add(2*time.Minute), 41000, false)
				if err == nil || !strings.Contains(err.Error(), c.says) {
					t.Errorf("a bid is answered %v", err)
				}
				v.Clock.Set(l.ClosesAt())
				err = v.Bidding.CloseLot(t.Context(), l.ID)
				if err == nil || !strings.Contains(err.Error(), c.says) {
					t.Errorf("the end is answered %v", err)
				}
				_, err = v.Bidding.SeeRoom(t.Context(), v.Clerk, l.ID, bidding.MostBids)
				if err == nil || !strings.Contains(err.Error(), c.says) {
					t.Errorf("who looks is answered %v", err)
				}
				if got := v.Lot(l.ID); got.State != trading.Bidding || got.Terms != l.Terms || got.Mode != l.Mode ||
					got.Board.Bids != 1 || !got.Board.EndsAt.Equal(l.Board.EndsAt) {
					t.Errorf("the lot is %+v", got)
				}
			})
		})
	}
	if _, err := mode.Find(mode.Usual); err != nil {
		t.Error(err)
	}
}
