package tendering_test

import (
	"context"
	"testing"

	"sunlot/internal/calendar"
	"sunlot/internal/event"
	"sunlot/trading"
	"sunlot/trading/tendering"
	"sunlot/trading/tradingtest"
)

// entersFirst enters a year's schedule between what an act had asked before its
// transaction and the transaction itself.
type entersFirst struct {
	tendering.Store
	enter func()
}

func (s entersFirst) WriteTender(ctx context.Context, once event.Request,
	fn func(tendering.Tx) (string, error)) (string, error) {
	s.enter()
	return s.Store.WriteTender(ctx, once, fn)
}

// TestDaysAreThoseOfTheDecision: what is counted when a notice is published, or a
// supplement to it, goes by the schedules that are known then, and not by those
// from before the act waited for its turn.
func TestDaysAreThoseOfTheDecision(t *testing.T) {
	off := calendar.Year{
		Year:     2026,
		Source:   "调整",
		Holidays: []calendar.Span{{From: "2026-11-30", To: "2026-12-04"}},
	}
	tradingtest.Each(t, func(t *testing.T, v *tradingtest.Village) {
		n := v.Tender(trading.Approved)
		real := v.Tendering.Store
		v.Tendering.Store = entersFirst{real, func() { v.Year(off) }}
		_, err := v.Tendering.AnnounceTender(t.Context(), v.Clerk, event.NewID(), n.ID, n.Version)
		tradingtest.Must(t, err)
		v.Tendering.Store = real
		n = v.Load(n.ID)
		days, err := v.Days.Calendar(t.Context())
		tradingtest.Must(t, err)
		want := tendering.TermOf(v.Tendering.Pack(), days, n.AnnouncedAt, n.NoticeDays)
		if !n.OpensAt.Equal(want.OpensAt) {
			t.Errorf("opens %v, want %v", n.OpensAt, want.OpensAt)
		}
	})
}
