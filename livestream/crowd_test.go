package livestream_test

import (
	"slices"
	"sync"
	"testing"
	"time"

	"sunlot/internal/event"
	"sunlot/livestream"
)

// TestThousandWatchers has a thousand sockets on one lot: each gets every event
// once and in order, and the test says how long that took from the commit on.
func TestThousandWatchers(t *testing.T) {
	watchers, events := 1000, 60
	if testing.Short() {
		watchers, events = 100, 20
	}
	p := open(t, func(p *place, c *livestream.Config) { c.AcceptPerSecond = 100_000 })
	committed := make([]time.Time, events+1)
	var known sync.RWMutex
	came := make([][]time.Duration, watchers)
	var all sync.WaitGroup
	for i := range watchers {
		w := p.connect()
		w.subscribe("lot:1", 0)
		all.Go(func() {
			for after := range int64(events) {
				if err := w.upTo(after, after+1); err != nil {
					t.Errorf("watcher %d: %v", i, err)
					return
				}
				now := time.Now()
				known.RLock()
				came[i] = append(came[i], now.Sub(committed[after+1]))
				known.RUnlock()
			}
		})
	}
	for i := range events {
		known.Lock()
		committed[i+1] = time.Now()
		known.Unlock()
		p.ok(write(t.Context(), p.db, event.Of("lot", "1")))
		time.Sleep(100 * time.Millisecond)
	}
	all.Wait()
	took := slices.Concat(came...)
	if len(took) != watchers*events {
		t.Fatalf("%d of %d deliveries", len(took), watchers*events)
	}
	slices.Sort(took)
	t.Logf("%d watchers, %d deliveries, from the write to the reader: p50 %v, p99 %v, most %v",
		watchers, len(took), took[len(took)/2], took[len(took)*99/100], took[len(took)-1])
}
