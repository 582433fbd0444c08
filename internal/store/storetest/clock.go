package storetest

import (
	"sync"
	"time"
)

// HandClock is a deciding clock that the test sets.
type HandClock struct {
	mu sync.Mutex // owns At
	At time.Time
}

// Now is the time that was set last.
func (c *HandClock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.At
}

// Set moves the clock, back too.
func (c *HandClock) Set(at time.Time) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.At = at
}

// Noon is when most tests begin. It has more digits than a database keeps.
var Noon = time.Date(2026, 11, 23, 4, 0, 0, 123456789, time.UTC)

// Minute is a time near noon as a database gives it back.
var Minute = Noon.Truncate(time.Minute)
