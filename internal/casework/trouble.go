package casework

import (
	"context"
	"fmt"
	"log/slog"
	"slices"
	"sync"
	"time"

	"sunlot/internal/calendar"
	"sunlot/internal/fault"
	"sunlot/internal/identity"
)

// Job is what a clock does with those nouns whose time has come.
type Job struct {
	What  string // in the log
	Label string // on the desk
	IDs   []string
	Do    func(ctx context.Context, id string) error
}

// TroubleStore keeps what waits because of troubles.
type TroubleStore interface {
	OwingStore
	DutyStore
}

// Troubles remembers what a clock could not do at this node. It is tried again ever
// more seldom, and what fails for more than a minute waits as a duty until some node
// has done it. One noun's trouble does not stop the others.
type Troubles struct {
	Kind  *DutyKind
	Of    func(ctx context.Context, id string) (Duty, error) // the noun, its place and title
	Store TroubleStore                                       // nil owes nothing
	Clock calendar.Clock

	mu     sync.Mutex // owns what follows
	kept   map[[2]string]trouble
	looked time.Time // when it was last asked what waits
}

// How long what failed rests until it is tried again: doubled each time. The shortest
// is that of a clock's own turns.
const (
	shortestRest = 200 * time.Millisecond
	longestRest  = time.Minute
)

// trouble is what the clock failed to do with a noun.
type trouble struct {
	tries int
	since time.Time
	rest  time.Duration
	until time.Time // no try before
	told  time.Time
	owed  bool
}

// Turn does every job, but for what failed a moment ago. It says in the log what
// fails: at once, and once a minute for as long as it does. Turns come one after
// another.
func (t *Troubles) Turn(ctx context.Context, jobs []Job) {
	t.mu.Lock()
	defer t.mu.Unlock()
	before := t.kept
	t.kept = map[[2]string]trouble{}
	for _, job := range jobs {
		for _, id := range job.IDs {
			of := [2]string{job.What, id}
			if after := t.try(ctx, job, id, before[of]); after.tries > 0 {
				t.kept[of] = after
			}
			if ctx.Err() != nil {
				return
			}
		}
	}
	gone := func() bool {
		for of, was := range before {
			if _, still := t.kept[of]; was.owed && !still {
				return true
			}
		}
		return false
	}
	if t.Store == nil || t.Clock.Now().Sub(t.looked) < time.Minute && !gone() {
		return
	}
	if err := t.settle(ctx); err != nil {
		slog.WarnContext(ctx, "what was mended could not be taken off the desk, will try again", "err", err)
		return
	}
	t.looked = t.Clock.Now()
}

// try does the job unless it rests, and is what is to be remembered of it.
func (t *Troubles) try(ctx context.Context, job Job, id string, before trouble) trouble {
	if rests := before.until.Sub(t.Clock.Now()); rests > 0 && rests <= longestRest { // a clock may be set back
		return before
	}
	err := job.Do(ctx, id)
	if err == nil || ctx.Err() != nil {
		return trouble{}
	}
	after := before.again(t.Clock.Now())
	down := fault.CodeOf(err) == fault.Unavailable
	if down { // the database's, not the noun's: all go on when it is back
		after.rest, after.until = 0, time.Time{}
	}
	if after.told.Equal(before.told) {
		return after
	}
	slog.WarnContext(ctx, "what is due could not be done, will try again", "what", job.What, "id", id,
		"tries", after.tries, "err", err)
	if t.Store == nil || down || after.told.Sub(after.since) < time.Minute {
		return after
	}
	if err := t.owe(ctx, job, id, after); err != nil {
		slog.WarnContext(ctx, "what fails could not be put on the desk, will try again", "id", id, "err", err)
		return after
	}
	after.owed = true
	return after
}

// again is the trouble after one more failure.
func (t trouble) again(now time.Time) trouble {
	if t.tries == 0 {
		t.since = now
	}
	t.tries++
	t.rest = min(max(2*t.rest, shortestRest), longestRest)
	t.until = now.Add(t.rest)
	if gone := now.Sub(t.told); gone >= time.Minute || gone < 0 {
		t.told = now
	}
	return t
}

// owe puts what fails on the desk. It is told of from the time when any node first
// put it there, but the tries are this node's since its start.
func (t *Troubles) owe(ctx context.Context, job Job, id string, now trouble) error {
	d, err := t.Of(ctx, id)
	if err != nil {
		return err
	}
	waits, err := t.Store.DutiesOf(ctx, []string{id})
	if err != nil {
		return err
	}
	since := now.since
	for _, w := range waits {
		if w.Kind == t.Kind.Name && w.OwedAt.Before(since) {
			since = w.OwedAt
		}
	}
	d.Due = calendar.DateOf(since)
	d.Note = fmt.Sprintf("%s没有办成，从%s起，已试 %d 次", job.Label, calendar.Exactly(since), now.tries)
	return t.Store.WriteOwing(ctx, func(tx Owing) error { return tx.Owe(t.Kind, d) })
}

// settle takes off the desk what does not fail here any more: what this node has done,
// and what another has, or this one after a restart.
func (t *Troubles) settle(ctx context.Context) error {
	waits, _, err := t.Store.Duties(ctx, DutyQuery{
		Held: []Holding{{Kinds: []string{t.Kind.Name}, Scope: identity.Everywhere}},
		On:   calendar.DateOf(t.Clock.Now()),
		Page: identity.Page{Number: 1, Size: identity.MaxPage},
	})
	if err != nil {
		return err
	}
	var failing []string
	for of := range t.kept {
		failing = append(failing, of[1])
	}
	for _, d := range waits {
		if slices.Contains(failing, d.Case) {
			continue
		}
		err := t.Store.WriteOwing(ctx, func(tx Owing) error { return tx.Settle(t.Kind, d.Noun, "") })
		if err != nil {
			return err
		}
	}
	return nil
}
