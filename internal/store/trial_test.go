package store_test

import (
	"errors"
	"testing"

	"sunlot/internal/fault"
	"sunlot/internal/store"
	"sunlot/internal/store/storetest"
)

// TestWhatIsOnlyTriedIsNotKept: the act runs whole, so that it is refused for whatever stands
// in its way, and leaves nothing: neither its rows nor its request, which may be sent in
// earnest. What was sent already is answered as it was.
func TestWhatIsOnlyTriedIsNotKept(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *storetest.DB) {
		r := request(t, "request-1", "a")
		for range 2 {
			if _, err := db.Once(fault.Trial(t.Context()), r, take); !errors.Is(err, fault.ErrTried) {
				t.Fatalf("tried: %v", err)
			}
		}
		no := fault.New(fault.Invalid, "no")
		_, err := db.Once(fault.Trial(t.Context()), r, func(*store.Tx) (string, error) { return "", no })
		if fault.CodeOf(err) != fault.Invalid {
			t.Errorf("what stands in the way: %v", err)
		}
		if n := storetest.Rows(t, db, "events"); n != 0 {
			t.Errorf("%d events of a trial", n)
		}
		if answer, err := db.Once(t.Context(), r, take); err != nil || answer != "1" {
			t.Errorf("in earnest: %q, %v", answer, err)
		}
		if answer, err := db.Once(fault.Trial(t.Context()), r, take); err != nil || answer != "1" {
			t.Errorf("tried after it was sent: %q, %v", answer, err)
		}
	})
}
