package store_test

import (
	"fmt"
	"testing"
	"time"

	"sunlot/internal/identity"
	"sunlot/internal/money"
	"sunlot/internal/store"
	"sunlot/internal/store/storetest"
	"sunlot/trading/mode"
)

// TestLotsOfBeforeAreWonAsBefore: whatever state a lot was in when modes got their own
// documents, its terms, its board and what the clock has to do are the same.
func TestLotsOfBeforeAreWonAsBefore(t *testing.T) {
	t.Parallel()
	storetest.EachConfig(t, func(t *testing.T, c store.Config) {
		engine, err := store.Open(t.Context(), c)
		storetest.Must(t, err)
		t.Cleanup(func() { engine.Close() })
		storetest.Must(t, engine.MigrateTo(t.Context(), 249))
		db := storetest.On(engine)
		ends := storetest.Noon.Add(time.Hour).UnixMilli()
		state := "CASE i WHEN 1 THEN 'listed' WHEN 2 THEN 'bidding' WHEN 3 THEN 'bidding' ELSE 'awarded' END"
		storetest.Fill(t, db, []storetest.Filling{
			{Table: "orgs", Rows: 1, Columns: map[string]string{"id": "'o'"}},
			{Table: "assets", Rows: 1, Columns: map[string]string{"id": "'a'", "owner_id": "'o'", "acting_id": "'o'"}},
			{Table: "resolutions", Rows: 1, Columns: map[string]string{"id": "'r'", "asset_id": "'a'"}},
			{Table: "tenders", Rows: 4, Columns: map[string]string{"id": "'n' || i", "asset_id": "'a'",
				"resolution_id": "'r'", "state": "'announced'"}},
			{Table: "lots", Rows: 4, Columns: map[string]string{
				"id":             "'n' || i",
				"path":           "'/c/'",
				"code":           "'BD' || i",
				"state":          state,
				"mode":           "'ascending'",
				"start_price":    "40000",
				"step":           "1000 + i",
				"most_steps":     "10",
				"free_ms":        "3600000",
				"window_ms":      "300000",
				"extend_ms":      "240000",
				"register_until": "0",
				"opens_at":       fmt.Sprint(storetest.Noon.UnixMilli()),
				"ends_at":        fmt.Sprintf("%d + i", ends),
				"bids":           "CASE WHEN i > 2 THEN 2 ELSE 0 END",
				"leading_bidder": "CASE WHEN i > 2 THEN '1234' ELSE '' END",
				"leading_price":  "CASE WHEN i > 2 THEN 47000 ELSE 0 END",
				"leading_rank":   "CASE WHEN i > 2 THEN 1 ELSE 0 END",
				"leading_at":     "CASE WHEN i > 2 THEN 7 END",
				"event_seq":      "CASE WHEN i > 1 THEN 1 END",
			}},
		})
		storetest.Must(t, engine.Migrate(t.Context()))
		for i := range 4 {
			keptLot(t, db, i+1, time.UnixMilli(ends+int64(i)+1).UTC())
		}
		over := time.UnixMilli(ends + 100).Add(5 * time.Second)
		due, err := db.LotsDue(t.Context(), over)
		if err != nil || fmt.Sprint(due.Close) != "[n2 n3]" || fmt.Sprint(due.Open) != "[n1]" {
			t.Errorf("the clock has to do %+v, %v", due, err)
		}
	})
}

// keptLot looks at the lot of that number, which the columns of before made.
func keptLot(t *testing.T, db *storetest.DB, i int, ends time.Time) {
	t.Helper()
	l, err := db.Lot(t.Context(), fmt.Sprintf("n%d", i), identity.Everywhere)
	storetest.Must(t, err)
	want := mode.Ascending{
		Start:     40000,
		Step:      1000 + money.Fen(i),
		MostSteps: 10,
		Free:      mode.Seconds(time.Hour),
		Window:    mode.Seconds(5 * time.Minute),
		Extend:    mode.Seconds(4 * time.Minute),
	}
	by, err := l.ModeRules()
	storetest.Must(t, err)
	storetest.Same(t, "terms", by.Terms(), want.Terms())
	storetest.Same(t, "ends", l.Board.EndsAt, ends)
	if !l.Next.IsZero() || l.Ticks != 0 || l.Board.Own != "" {
		t.Errorf("%s has what its mode has not: %v, %d, %q", l.ID, l.Next, l.Ticks, l.Board.Own)
	}
	_, err = by.Accept(l.Board, mode.Offer{Bidder: "5678", Price: 48000 + money.Fen(i), At: ends.Add(-time.Second)})
	storetest.Must(t, err)
	if led := i > 2; led != (l.Board.Leading.Bidder == "1234") || led != (l.Price() == 47000) {
		t.Errorf("%s is led by %+v", l.ID, l.Board.Leading)
	}
}
