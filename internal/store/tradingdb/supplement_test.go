package tradingdb_test

import (
	"testing"
	"time"

	"sunlot/internal/event"
	"sunlot/internal/fault"
	"sunlot/internal/store/storetest"
	"sunlot/trading"
)

func TestSupplements(t *testing.T) {
	t.Parallel()
	eachTrade(t, func(t *testing.T, db *storetest.DB, clock *storetest.HandClock) {
		first := trading.Supplement{
			ID:         "s1",
			Tender:     "n1",
			Path:       "/c/t1/v1/g1/",
			Number:     1,
			State:      trading.Proposed,
			Version:    1,
			Text:       "更正看样日",
			ProposedBy: "clerk1",
		}
		second := first
		second.ID, second.Number = "s0", 2
		storetest.Must(t, storetest.Act(t, db, func(tx storetest.TradeTx) error { return tx.SaveSupplement(first) }))
		clock.Set(storetest.Noon.Add(time.Hour))
		storetest.Must(t, storetest.Act(t, db, func(tx storetest.TradeTx) error { return tx.SaveSupplement(second) }))
		if err := storetest.Act(t, db, func(tx storetest.TradeTx) error {
			s := second
			s.ID = "s9"
			return tx.SaveSupplement(s)
		}); err == nil {
			t.Error("two supplements with one number")
		}
		clock.Set(storetest.Noon.Add(2 * time.Hour))
		first.Version, first.Text = 2, "更正看样日期"
		storetest.Must(t, storetest.Act(t, db, func(tx storetest.TradeTx) error { return tx.SaveSupplement(first) }))
		first.Mend = []fault.Field{{Name: "text", Message: "说明原因"}}
		first.Version = 3
		first.State = trading.Released
		first.ReleasedBy = "st"
		first.ReleasedAt = storetest.Minute
		first.Firm = true
		first.Document = storetest.Hash('d')
		first.RegisterUntil = storetest.Minute.AddDate(0, 0,
			5)
		first.OpensAt = storetest.Minute.AddDate(0, 0, 6)
		first.Event = event.Ref{
			Stream: "tender:n1",
			Seq:    2,
		}
		storetest.Must(t, storetest.Act(t, db, func(tx storetest.TradeTx) error { return tx.SaveSupplement(first) }))
		first.TenderTitle = "门前塘出租"
		got, err := db.Supplement(t.Context(), "s1", storetest.East)
		storetest.Must(t, err)
		storetest.Same(t, "supplement", got, first)
		supplementID := func(s trading.Supplement) string { return s.ID }
		list := func(l []trading.Supplement, err error) string {
			storetest.Must(t, err)
			return storetest.IDs(l, supplementID)
		}
		if got := list(db.Supplements(t.Context(), "n1")); got != "s1 s0" {
			t.Errorf("by number: %s", got)
		}
		if got := list(db.Supplements(t.Context(), "塘")); got != "" {
			t.Errorf("of nothing: %s", got)
		}
		storetest.Must(t, storetest.Act(t, db, func(tx storetest.TradeTx) error {
			l, err := tx.Supplements("n1")
			if got := storetest.IDs(l, supplementID); got != "s1 s0" {
				t.Errorf("in a transaction: %s", got)
			}
			return err
		}))
	})
}
