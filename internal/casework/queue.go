package casework

import (
	"context"
	"slices"

	"sunlot/internal/identity"
)

// Queue is where a case stands among what waits for somebody of one kind, in the order
// of the desk.
type Queue struct {
	*DutyKind
	At, Of        int // its place, from 1; 0 when it is none of them
	Before, After *Waiting
	here          *Waiting // the case itself
}

// queuePages is how far a place is looked for: whoever has more than that waiting is not
// helped by its number.
const queuePages = 10

// QueueOf is the queue of a kind that the actor holds and in which the case waits for
// him; nil when it waits in none of them. The first of the kinds counts.
func (d *Desk) QueueOf(ctx context.Context, who identity.Actor, id string, kinds ...string) (*Queue, error) {
	waits, err := d.Store.DutiesOf(ctx, []string{id})
	if err != nil {
		return nil, err
	}
	for _, name := range kinds {
		here := func(w Duty) bool { return w.Kind == name }
		if !slices.ContainsFunc(waits, here) || len(d.held(who, name)) == 0 {
			continue
		}
		q, err := d.place(ctx, who, name, id)
		if err != nil || q.At > 0 {
			return q, err
		}
	}
	return nil, nil
}

// place looks for the case in the queue of the kind.
func (d *Desk) place(ctx context.Context, who identity.Actor, name, id string) (*Queue, error) {
	q := &Queue{DutyKind: d.Kind(name)}
	var last *Waiting
	for n := 1; n <= queuePages; n++ {
		list, total, err := d.Own(ctx, who, name, identity.Page{Number: n, Size: identity.MaxPage})
		if err != nil {
			return q, err
		}
		q.Of = total
		for i := range list {
			switch w := &list[i]; {
			case q.At > 0 && w.Case != id:
				q.After = w
				return q, nil
			case w.Case == id && q.At == 0:
				q.At = (n-1)*identity.MaxPage + i + 1
				q.Before, q.here = last, w
			default:
				last = w
			}
		}
		if len(list) < identity.MaxPage {
			break
		}
	}
	return q, nil
}

// Left is what of a kind still waits for the actor after he has done one: After is the
// case that he names, if it waits for him yet, else the first. Nil for a kind that he does
// not hold.
func (d *Desk) Left(ctx context.Context, who identity.Actor, name, then string) (*Queue, error) {
	if d.Kind(name) == nil || len(d.held(who, name)) == 0 {
		return nil, nil
	}
	if then != "" {
		q, err := d.place(ctx, who, name, then)
		if err != nil || q.At > 0 {
			return &Queue{DutyKind: q.DutyKind, Of: q.Of, After: q.here}, err
		}
	}
	list, total, err := d.Own(ctx, who, name, identity.Page{Number: 1, Size: 1})
	q := &Queue{DutyKind: d.Kind(name), Of: total}
	if len(list) > 0 {
		q.After = &list[0]
	}
	return q, err
}
