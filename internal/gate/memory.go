package gate

import (
	"context"

	"golang.org/x/sync/semaphore"
)

// lent is the memory, in bytes, that heavy work holds at once: two codes that are
// stretched, or one large photo. It is first come, first served, so that neither
// waits for ever behind the other.
const lent = 128 << 20

var memory = semaphore.NewWeighted(lent)

// Borrow waits until so many bytes of memory may be used, and returns what gives
// them back. Who needs more than there is waits until nobody else holds any. It
// fails with ErrBusy when the context doesn't reach.
func Borrow(ctx context.Context, bytes int) (giveBack func(), err error) {
	n := min(int64(bytes), lent)
	if memory.Acquire(ctx, n) != nil {
		return nil, ErrBusy
	}
	return func() { memory.Release(n) }, nil
}
