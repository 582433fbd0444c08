package casework

import (
	"context"
	"slices"

	"sunlot/internal/calendar"
	"sunlot/internal/fault"
	"sunlot/internal/identity"
)

// Holding is some kinds of duty in some places, or one person's own.
type Holding struct {
	Kinds  []string
	Scope  identity.Scope // of an office's
	Person string         // whose own they are; Scope is then not asked
	DueBy  calendar.Date  // only what was due by then; empty is all
}

// DutyQuery asks for what waits in any of the holdings on a day.
type DutyQuery struct {
	Held []Holding
	On   calendar.Date
	Page identity.Page
}

// DutyCount is how many duties of a kind wait.
type DutyCount struct {
	Kind        string
	Count, Late int
}

// DutyStore reads what waits. It is written by Owing alone.
type DutyStore interface {
	// Duties lists what is due first first, what has no day last; of what is due
	// alike that which waits longest comes first.
	Duties(ctx context.Context, q DutyQuery) ([]Duty, int, error)
	// CountDuties counts them by kind, in no order.
	CountDuties(ctx context.Context, q DutyQuery) ([]DutyCount, error)
	// DutiesOf lists what waits in the cases.
	DutiesOf(ctx context.Context, cases []string) ([]Duty, error)
}

// Desk reads what waits for whom. Kinds has every kind, in the order of a case.
type Desk struct {
	Kinds []*DutyKind
	Store DutyStore
	Days  Schedules
}

// Waiting is a duty as somebody reads it on a day.
type Waiting struct {
	Duty
	*DutyKind
	Rung
	Day int // of its waiting, from 1
}

// KindCount is how much of a kind waits.
type KindCount struct {
	*DutyKind
	Count, Late int
}

// Kind finds a kind by its name; nil when there is no such.
func (d *Desk) Kind(name string) *DutyKind {
	at := slices.IndexFunc(d.Kinds, func(k *DutyKind) bool { return k.Name == name })
	if at < 0 {
		return nil
	}
	return d.Kinds[at]
}

// held is what the actor holds: of offices by what he may do where, and his own.
// With a name only that kind.
func (d *Desk) held(who identity.Actor, name string) []Holding {
	var all []Holding
	for _, k := range d.Kinds {
		scope, err := who.Can(k.Act)
		if err != nil || name != "" && k.Name != name {
			continue
		}
		h := Holding{Kinds: []string{k.Name}, Scope: scope}
		if k.Own {
			h.Scope, h.Person = nil, who.PersonID
		}
		all = join(all, h)
	}
	return all
}

// join puts the kinds that are asked for alike together.
func join(all []Holding, h Holding) []Holding {
	for i, have := range all {
		if slices.Equal(have.Scope, h.Scope) && have.Person == h.Person && have.DueBy == h.DueBy {
			all[i].Kinds = append(all[i].Kinds, h.Kinds...)
			return all
		}
	}
	return append(all, h)
}

// Own lists what waits for the actor; a kind's name narrows it to the kind.
func (d *Desk) Own(ctx context.Context, who identity.Actor, name string, page identity.Page) ([]Waiting, int, error) {
	return d.read(ctx, d.held(who, name), page)
}

// Count says how much waits for the actor, by kind in the order of a case.
func (d *Desk) Count(ctx context.Context, who identity.Actor) ([]KindCount, error) {
	return d.count(ctx, d.held(who, ""))
}

// Climbed lists what others have left undone for so long that it is on the desk
// of the actor, who stands above them. Who bids or pays it does not say.
func (d *Desk) Climbed(ctx context.Context, who identity.Actor, page identity.Page) ([]Waiting, int, error) {
	days, err := d.Days.Calendar(ctx)
	if err != nil {
		return nil, 0, err
	}
	var held []Holding
	for _, k := range d.Kinds {
		if k.Above == nil {
			continue
		}
		if scope, err := who.Can(k.Above); err == nil {
			by := Before(d.Days.Today(), k.Ladder.Above, days)
			held = join(held, Holding{Kinds: []string{k.Name}, Scope: scope, DueBy: by})
		}
	}
	list, total, err := d.read(ctx, held, page)
	for i := range list {
		if list[i].Blind {
			list[i].Title, list[i].Note = "", ""
			list[i].Noun, list[i].Case = "", ""
		}
	}
	return list, total, err
}

// Sent lists what the actor's office has handed to others and what they have not done yet.
func (d *Desk) Sent(ctx context.Context, who identity.Actor, page identity.Page) ([]Waiting, int, error) {
	var held []Holding
	for _, k := range d.Kinds {
		if k.Sender == nil {
			continue
		}
		if scope, err := who.Can(k.Sender); err == nil {
			held = join(held, Holding{Kinds: []string{k.Name}, Scope: scope})
		}
	}
	return d.read(ctx, held, page)
}

// Overdue counts for everybody what is overdue in a place, of the kinds that the
// public counts and for as long as each kind says.
func (d *Desk) Overdue(ctx context.Context, place identity.Path) ([]KindCount, error) {
	days, err := d.Days.Calendar(ctx)
	if err != nil {
		return nil, err
	}
	var held []Holding
	for _, k := range d.Kinds {
		if k.Public != "" {
			by := Before(d.Days.Today(), k.Ladder.Counted, days)
			held = join(held, Holding{Kinds: []string{k.Name}, Scope: identity.Scope{place}, DueBy: by})
		}
	}
	return d.count(ctx, held)
}

// Of lists by case what waits in each of those that the actor's office reads: on
// whose desk, for how long. What would tell who bids is not among it.
func (d *Desk) Of(ctx context.Context, who identity.Actor, cases ...string) (map[string][]Waiting, error) {
	scope, err := who.Can(identity.OfficeRead)
	if err != nil || len(cases) == 0 {
		return nil, nil
	}
	list, err := d.Store.DutiesOf(ctx, cases)
	if err != nil {
		return nil, err
	}
	days, err := d.Days.Calendar(ctx)
	if err != nil {
		return nil, err
	}
	of := map[string][]Waiting{}
	for _, duty := range list {
		w, err := d.waiting(duty, days)
		if err != nil {
			return nil, err
		}
		if !w.Blind && scope.Covers(w.Path) && w.From <= d.Days.Today() {
			of[w.Case] = append(of[w.Case], w)
		}
	}
	return of, nil
}

func (d *Desk) read(ctx context.Context, held []Holding, page identity.Page) ([]Waiting, int, error) {
	if len(held) == 0 {
		return nil, 0, nil
	}
	days, err := d.Days.Calendar(ctx)
	if err != nil {
		return nil, 0, err
	}
	list, total, err := d.Store.Duties(ctx, DutyQuery{Held: held, On: d.Days.Today(), Page: page})
	if err != nil {
		return nil, 0, err
	}
	var all []Waiting
	for _, duty := range list {
		w, err := d.waiting(duty, days)
		if err != nil {
			return nil, 0, err
		}
		all = append(all, w)
	}
	return all, total, nil
}

func (d *Desk) waiting(duty Duty, days calendar.Calendar) (Waiting, error) {
	k := d.Kind(duty.Kind)
	if k == nil {
		return Waiting{}, fault.New(fault.Internal, "no room has declared the duty %q", duty.Kind)
	}
	today := d.Days.Today()
	return Waiting{
		Duty:     duty,
		DutyKind: k,
		Rung:     k.Ladder.At(duty.Due, today, days),
		Day:      max(calendar.DateOf(duty.OwedAt), duty.From).DaysUntil(today) + 1,
	}, nil
}

func (d *Desk) count(ctx context.Context, held []Holding) ([]KindCount, error) {
	if len(held) == 0 {
		return nil, nil
	}
	counted, err := d.Store.CountDuties(ctx, DutyQuery{Held: held, On: d.Days.Today()})
	if err != nil {
		return nil, err
	}
	var all []KindCount
	for _, k := range d.Kinds {
		for _, c := range counted {
			if c.Kind == k.Name {
				all = append(all, KindCount{DutyKind: k, Count: c.Count, Late: c.Late})
			}
		}
	}
	return all, nil
}
