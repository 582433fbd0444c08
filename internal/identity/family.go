package identity

import (
	"context"
	"maps"
	"sync"
	"time"
)

// familyTrust is for how long a node believes that a login is still open. It
// spares most of a page's questions; whoever logs out elsewhere waits no longer.
const familyTrust = time.Second

// mostFamilies is how many logins a node remembers before it forgets the old ones.
const mostFamilies = 10_000

// families remembers which logins were open a moment ago.
type families struct {
	mu   sync.Mutex // owns seen
	seen map[string]time.Time
}

// trusted says whether the login was found open within familyTrust.
func (f *families) trusted(family string, now time.Time) bool {
	f.mu.Lock()
	defer f.mu.Unlock()
	at, found := f.seen[family]
	return found && !now.Before(at) && now.Sub(at) < familyTrust
}

func (f *families) found(family string, now time.Time) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.seen == nil {
		f.seen = map[string]time.Time{}
	}
	if len(f.seen) >= mostFamilies {
		maps.DeleteFunc(f.seen, func(_ string, at time.Time) bool { return now.Sub(at) >= familyTrust })
	}
	f.seen[family] = now
}

func (f *families) ended(family string) {
	f.mu.Lock()
	defer f.mu.Unlock()
	delete(f.seen, family)
}

// open says whether the login of an access token has not been ended since: by its
// own person, by a new password, or because a copy of it was used.
func (s *Sessions) open(ctx context.Context, family string) (bool, error) {
	now := s.Wall()
	if s.families.trusted(family, now) {
		return true, nil
	}
	open, err := s.Store.FamilyOpen(ctx, family, now)
	if err == nil && open {
		s.families.found(family, now)
	}
	return open, err
}
