package identity

import (
	"context"
	"maps"
	"slices"
	"sync"
	"time"
)

// standingTrust is for how long a node believes what a person may do: it spares two
// questions of each request. Whoever lost a role at another node has it no longer.
const standingTrust = time.Second

// mostStandings is how many people a node remembers before it forgets the old ones.
const mostStandings = 10_000

// standing is a person with the memberships of then; of somebody who may be a second
// person also who made whose account of late.
type standing struct {
	person  Person
	held    []Membership
	vouches []Vouch

	at      time.Time // by the deciding clock
	seen    time.Time // by the wall clock
	changes int64     // of this node's people before it was read
}

// actor is who acts. Nobody may change what others share with him.
func (s standing) actor() Actor {
	return Actor{
		PersonID:    s.person.ID,
		Name:        s.person.Name,
		MustChange:  s.person.MustChange,
		Memberships: slices.Clone(s.held),
		Vouches:     slices.Clone(s.vouches),
		At:          s.at,
	}
}

// standings remembers what people were a moment ago.
type standings struct {
	mu   sync.Mutex // owns kept
	kept map[string]standing
}

func (s *standings) find(person string) (found standing, known bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	found, known = s.kept[person]
	return found, known
}

func (s *standings) keep(of standing) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.kept == nil {
		s.kept = map[string]standing{}
	}
	if len(s.kept) >= mostStandings {
		maps.DeleteFunc(s.kept, func(_ string, old standing) bool { return !within(of.seen, old.seen) })
	}
	if len(s.kept) < mostStandings {
		s.kept[of.person.ID] = of
	}
}

// within says whether an instant is not before another and less than the trust after it.
func within(now, then time.Time) bool { return !now.Before(then) && now.Sub(then) < standingTrust }

// standing is what a person is now: as it was read less than a second ago, unless this
// node has changed anybody since or the deciding clock was set. Memberships that have
// ended since are not in it.
func (s *Sessions) standing(ctx context.Context, person string) (standing, error) {
	changes := s.Store.Changes() // before it is read
	wall, now := s.Wall(), s.Clock.Now()
	found, known := s.standings.find(person)
	if known && found.changes == changes && within(wall, found.seen) && within(now, found.at) {
		found.at = now
		found.held = slices.DeleteFunc(slices.Clone(found.held), func(m Membership) bool {
			return !m.Until.IsZero() && !now.Before(m.Until)
		})
		return found, nil
	}
	fresh := standing{at: now, seen: wall, changes: changes}
	var err error
	fresh.person, err = s.Store.Person(ctx, person)
	if err != nil {
		return fresh, err
	}
	fresh.held, err = s.Store.Memberships(ctx, person, now)
	if err == nil && slices.ContainsFunc(fresh.held, func(m Membership) bool { return m.Role.Official() }) {
		fresh.vouches, err = s.Store.Vouches(ctx, person, now.AddDate(0, 0, -FreshDays))
	}
	if err != nil {
		return fresh, err
	}
	s.standings.keep(fresh)
	return fresh, nil
}
