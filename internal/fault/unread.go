package fault

import "context"

type unreadKey struct{}

// Unread marks a context: a part of what was asked could not be read, so nothing may
// be written under it. No error marks nothing. A use-case checks the rest all the
// same, and whoever asked hears of everything at once.
func Unread(ctx context.Context, err error) context.Context {
	if err == nil {
		return ctx
	}
	return context.WithValue(ctx, unreadKey{}, err)
}

// UnreadIn is what could not be read of what is asked under the context, or nil.
func UnreadIn(ctx context.Context) error {
	err, _ := ctx.Value(unreadKey{}).(error)
	return err
}
