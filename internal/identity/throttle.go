package identity

import (
	"sync"
	"time"
)

// freeTries is how many wrong passwords cost nothing.
const freeTries = 5

// throttle slows guessing down per login and network. It never locks an
// account, or anybody could shut a bidder out on the day of the bidding.
type throttle struct {
	mu   sync.Mutex // owns seen
	seen map[string]tries
}

type tries struct {
	failed int
	next   time.Time
}

// wait is how long the next try has to wait.
func (t *throttle) wait(key string, now time.Time) time.Duration {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.seen[key].next.Sub(now)
}

// failed doubles the wait from the sixth wrong try on, up to four minutes.
func (t *throttle) failed(key string, now time.Time) {
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

func (t *throttle) succeeded(key string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	delete(t.seen, key)
}
