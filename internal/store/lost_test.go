package store_test

import (
	"testing"

	"sunlot/internal/fault"
	"sunlot/internal/store"
	"sunlot/internal/store/storetest"
)

func TestConnectionLostBeforeCommitRunsAgain(t *testing.T) {
	t.Parallel()
	db, c := storetest.OpenCut(t)
	c.Cut("INSERT INTO `events`", false)
	ran := 0
	answer, err := db.Once(t.Context(), request(t, "request-1", "a"), func(tx *store.Tx) (string, error) {
		ran++
		return take(tx)
	})
	if err != nil || answer != "1" || ran != 2 {
		t.Fatalf("%q after %d runs, %v", answer, ran, err)
	}
	if n := storetest.Rows(t, db, "events"); n != 1 {
		t.Errorf("%d events", n)
	}
}

// Whether or not the server heard the COMMIT, nobody knows it: the act is not
// run again by itself, and the same request id finds out.
func TestConnectionLostAtCommit(t *testing.T) {
	t.Parallel()
	for _, heard := range []bool{true, false} {
		db, c := storetest.OpenCut(t)
		c.Cut("COMMIT", heard)
		ran := 0
		act := func(tx *store.Tx) (string, error) { ran++; return take(tx) }
		_, err := db.Once(t.Context(), request(t, "request-1", "a"), act)
		if fault.CodeOf(err) != fault.Unavailable || ran != 1 {
			t.Fatalf("heard %v: %d runs, %v", heard, ran, err)
		}
		_, found, err := db.ByRequest(t.Context(), "person1", "note.take", "request-1")
		if err != nil || found != heard {
			t.Errorf("heard %v: by request %v, %v", heard, found, err)
		}
		answer, err := db.Once(t.Context(), request(t, "request-1", "a"), act)
		if err != nil || answer != "1" {
			t.Errorf("heard %v: again %q, %v", heard, answer, err)
		}
		if n := storetest.Rows(t, db, "events"); n != 1 || (ran == 1) != heard {
			t.Errorf("heard %v: %d events after %d runs", heard, n, ran)
		}
	}
}
