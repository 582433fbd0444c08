package identity

import (
	"sync"
	"time"
)

// freeTries is how many wrong passwords cost nothing.
const freeTries = 5

// Throttle slows guessing down per key, such as login and network. It never locks
// an account, or anybody could shut a bidder out on the day of the bidding. The
// zero value is ready; it may be used by many at once.
type Throttle struct {
	mu   sync.Mutex // owns seen
	seen map[string]tries
}

type tries struct {
	failed int
	next   time.Time
}

// Wait is how long the next try has to wait.
func (t *Throttle) Wait(key string, now time.Time) time.Duration {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.seen[key].next.Sub(now)
}

// Failed doubles the wait from the sixth wrong try on, up to four minutes.
func (t *Throttle) Failed(key string, now time.Time) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.seen == nil {
		t.seen = map[string]tries{}
	}
	for k, old := range t.seen {
		if now.Sub(old.next) > time.Hour {
			delete(t.seen, k)
		}
	}
	was := t.seen[key]
	was.failed++
	was.next = now
	if over := was.failed - freeTries; over > 0 {
		was.next = now.Add(min(4*time.Minute, time.Second<<min(over, 8)))
	}
	t.seen[key] = was
}

// Succeeded forgets what failed before.
func (t *Throttle) Succeeded(key string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	delete(t.seen, key)
}
