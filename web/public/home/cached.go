package home

import (
	"sync"
	"time"
)

// freshFor is how old a figure may be that a whole county's rows are summed for:
// the first page is asked for far more often than rent comes in.
const freshFor = 30 * time.Second

// cached keeps a figure for a short while, so that of many visitors at once only
// one asks the database.
type cached[T any] struct {
	mu    sync.Mutex // owns until and value; held while the figure is made
	until time.Time
	value T
}

// get is the kept figure, or a new one. A failure is not kept.
func (c *cached[T]) get(now time.Time, make func() (T, error)) (T, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if now.Before(c.until) {
		return c.value, nil
	}
	value, err := make()
	if err == nil {
		c.value, c.until = value, now.Add(freshFor)
	}
	return value, err
}
