package contracts_test

import (
	"context"
	"testing"

	"sunlot/internal/calendar"
	"sunlot/internal/event"
	"sunlot/trading/contracts"
	"sunlot/trading/tradingtest"
)

// entersFirst enters a year's schedule between what an act had asked before its
// transaction and the transaction itself.
type entersFirst struct {
	contracts.Store
	enter func()
}

func (s entersFirst) WriteContract(ctx context.Context, once event.Request,
	fn func(contracts.Tx) (string, error)) (string, error) {
	s.enter()
	return s.Store.WriteContract(ctx, once, fn)
}

// TestSignByIsOfTheDecision: the day by which a contract is signed goes by the
// schedules that are known when it is drawn up.
func TestSignByIsOfTheDecision(t *testing.T) {
	tradingtest.Each(t, func(t *testing.T, v *tradingtest.Village) {
		a, _ := settled(t, v)
		real := v.Contracts.Store
		v.Contracts.Store = entersFirst{real, func() {
			v.Year(calendar.Year{
				Year:     2026,
				Source:   "调整",
				Holidays: []calendar.Span{{From: "2026-12-14", To: "2026-12-18"}},
			})
		}}
		_, err := v.Contracts.Offer(t.Context(), v.Clerk, event.NewID(), a.Lot)
		tradingtest.Must(t, err)
		v.Contracts.Store = real
		c, err := v.Contracts.SeeMoney(t.Context(), v.Clerk, a.Lot)
		tradingtest.Must(t, err)
		want, err := v.Days.After(t.Context(), a.SettledAt, v.Contracts.Pack().SignDays.Value())
		if err != nil || c.Contract.SignBy != want {
			t.Errorf("to be signed by %s, want %s, %v", c.Contract.SignBy, want, err)
		}
	})
}
