package tradingdb_test

import (
	"testing"

	"sunlot/internal/event"
	"sunlot/internal/store/storetest"
	"sunlot/trading/register"
	"sunlot/trading/resolving"
)

// Each of the three ways to write answers the same request once.
func TestTradeActsHappenOnce(t *testing.T) {
	t.Parallel()
	storetest.EachCounty(t, func(t *testing.T, db *storetest.DB, _ *storetest.HandClock) {
		r := event.Request{Actor: "clerk1", Kind: "asset.register", ID: "request-1", Digest: storetest.Hash('1')}
		ran := 0
		for range 2 {
			answer, err := db.WriteAsset(t.Context(), r, func(tx register.Tx) (string, error) {
				ran++
				return "a1", tx.SaveAsset(pond())
			})
			if err != nil || answer != "a1" {
				t.Fatalf("%q, %v", answer, err)
			}
		}
		r.Kind = "resolution.record"
		for range 2 {
			answer, err := db.WriteResolution(t.Context(), r, func(tx resolving.Tx) (string, error) {
				ran++
				return "r1", tx.SaveResolution(vote())
			})
			if err != nil || answer != "r1" {
				t.Fatalf("%q, %v", answer, err)
			}
		}
		if ran != 2 {
			t.Errorf("ran %d times", ran)
		}
	})
}
