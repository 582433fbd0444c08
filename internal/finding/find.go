package finding

import (
	"context"
	"time"

	"sunlot/internal/identity"
)

// Entry is one thing that the public finds, as the list of what was found shows it.
type Entry struct {
	Kind  Kind
	ID    string
	Title string
	Note  string // who won, a number, the asset
	Place string
	At    time.Time // zero when it has no day of its own
}

// Found is a part of what was found of one kind. Whole says that Total is all that
// there is; else it is what was looked at, which the newest come first in.
type Found struct {
	Kind    Kind
	Entries []Entry
	Total   int
	Whole   bool
}

// Store is where entries are kept.
type Store interface {
	// Find returns what has all the words, as Words read them, of each of the kinds: what
	// has them in its title first, then the newest.
	Find(ctx context.Context, words []string, kinds []Kind, page identity.Page) ([]Found, error)
}

// Service finds what is public.
type Service struct{ Store Store }

// Find reads what somebody typed and finds it; nothing for no words. Its errors of the
// field q are for people.
func (s *Service) Find(ctx context.Context, text string, kinds []Kind, page identity.Page) ([]Found, error) {
	words, err := Words(text)
	if err != nil || len(words) == 0 {
		return nil, err
	}
	return s.Store.Find(ctx, words, kinds, page)
}
