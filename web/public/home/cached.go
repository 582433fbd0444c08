package home

import (
	"sync"
	"time"
)

// freshFor is how old a figure may be that a whole county's rows are summed for:
// the first page is asked for far more often than rent comes in.
const freshFor = 30 * time.Second

// listsFreshFor is how old a list of the first page may be.
const listsFreshFor = time.Second

// cached keeps a figure for a short while, so that of many visitors at once only
// one asks the database.
type cached[T any] struct {
	mu    sync.Mutex // owns until and value; held while the figure is made
	until time.Time
	value T
}

// get is the kept figure, or a new one that is kept for so long. A failure is not kept.
func (c *cached[T]) get(now time.Time, fresh time.Duration, make func() (T, error)) (T, error) {
	return c.getIf(now, fresh, func(T) bool { return true }, make)
}

// getIf is get for what may no longer be good.
func (c *cached[T]) getIf(now time.Time, fresh time.Duration, good func(T) bool, make func() (T, error)) (T, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if now.Before(c.until) && good(c.value) {
		return c.value, nil
	}
	value, err := make()
	if err == nil {
		c.value, c.until = value, now.Add(fresh)
	}
	return value, err
}
