package livestream

import (
	"testing"
	"time"
)

// Pings to all at once would hold up the bids.
func TestPingsArePaced(t *testing.T) {
	t.Parallel()
	h := New(Config{Ping: time.Second})
	const watchers = 120
	for range watchers {
		h.await(&session{})
	}
	if early := h.dueNow(time.Now()); len(early) > 0 {
		t.Errorf("%d were pinged before their time", len(early))
	}
	seen := map[*session]bool{}
	for _, want := range []int{50, 50, 20, 0} {
		some := h.dueNow(time.Now().Add(1500 * time.Millisecond))
		if len(some) != want {
			t.Errorf("%d at once, want %d", len(some), want)
		}
		for _, s := range some {
			seen[s] = true
		}
	}
	if len(seen) != watchers {
		t.Errorf("%d of %d were pinged", len(seen), watchers)
	}
}
