package store_test

import (
	"fmt"
	"maps"
	"testing"

	"sunlot/internal/event"
	"sunlot/internal/store"
	"sunlot/internal/store/storetest"
)

func TestHeads(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *storetest.DB) {
		for range 3 {
			storetest.Record(t, db, "lot:1", note{1}, nil)
		}
		storetest.Record(t, db, "lot:2", note{1}, nil)
		storetest.Record(t, db, "lot:3", note{1}, nil)
		if err := db.InTx(t.Context(), func(tx *store.Tx) error { // locked, without an event
			_, err := tx.Lock("lot:4")
			return err
		}); err != nil {
			t.Fatal(err)
		}
		asked := []event.Stream{"lot:1", "lot:4", "lot:9", "lot:2 ", "村：1"}
		for i := range 70_000 { // more than one statement takes
			asked = append(asked, event.Stream(fmt.Sprintf("lot:none%d", i)))
		}
		asked = append(asked, "lot:2")
		want := map[event.Stream]int64{"lot:1": 3, "lot:2": 1}
		if got, err := db.Heads(t.Context(), asked); err != nil || !maps.Equal(got, want) {
			t.Errorf("%v %v, want %v", got, err, want)
		}
		if got, err := db.Heads(t.Context(), nil); err != nil || len(got) > 0 {
			t.Errorf("of nothing: %v %v", got, err)
		}
	})
}
