package fault

import (
	"context"
	"errors"
)

type trialKey struct{}

// ErrTried is the answer of an act under Trial that would have been carried out.
var ErrTried = errors.New("nothing stands in the way; nothing was done")

// Trial marks a context: an act under it is refused for whatever stands in its way, and
// else undone, with ErrTried. So a person reads what is wrong before he says that he means it.
func Trial(ctx context.Context) context.Context { return context.WithValue(ctx, trialKey{}, true) }

// IsTrial says whether the act is only tried.
func IsTrial(ctx context.Context) bool { return ctx.Value(trialKey{}) != nil }
