package demo

import (
	"cmp"
	"context"
	"errors"
	"iter"
	"slices"
	"time"

	"sunlot/internal/calendar"
)

// diary counts working days from one of them, so that nothing of the demonstration
// happens on a day on which an office is closed.
type diary struct {
	days  calendar.Calendar
	today calendar.Date // the day 0, a working day
}

// day is the n-th working day after day 0, or before it where n is negative.
func (d diary) day(n int) calendar.Date {
	if n >= 0 {
		day, _ := d.days.AddWorkingDays(d.today, n)
		return day
	}
	day := d.today
	for n < 0 {
		day = day.AddDays(-1)
		if worked, _ := d.days.Working(day); worked {
			n++
		}
	}
	return day
}

func (d diary) at(n, hour, minute int) time.Time { return d.day(n).At(hour, minute) }

// tale is a case as it goes on by itself: before each act it waits for its time.
type tale func(ctx context.Context, until func(time.Time) error) error

// told is a tale that is being told: up to the act that waits for its time.
type told struct {
	next func() (time.Time, bool)
	stop func()
	at   time.Time
	err  error
}

var errUntold = errors.New("the demonstration was not told to its end")

// tell plays tales side by side, as the desks of a county work: the act that comes
// first is done first, whichever case it is of, and the clock goes on to it.
func (s *script) tell(ctx context.Context, tales ...tale) error {
	var all []*told
	defer func() {
		for _, t := range all {
			t.stop()
		}
	}()
	for _, each := range tales {
		t := &told{}
		t.next, t.stop = iter.Pull(func(yield func(time.Time) bool) {
			t.err = each(ctx, func(at time.Time) error {
				if !yield(at) {
					return errUntold
				}
				return nil
			})
		})
		all = append(all, t)
	}
	waiting := slices.Clone(all)
	for _, t := range all {
		t.at, _ = t.next()
	}
	for {
		for _, t := range waiting {
			if t.err != nil {
				return t.err
			}
		}
		waiting = slices.DeleteFunc(waiting, func(t *told) bool { return t.at.IsZero() })
		if len(waiting) == 0 {
			return nil
		}
		first := slices.MinFunc(waiting, func(a, b *told) int { return cmp.Compare(a.at.UnixNano(), b.at.UnixNano()) })
		if first.at.After(s.Clock.Now()) {
			if err := s.jump(ctx, first.at); err != nil {
				return err
			}
		}
		first.at, _ = first.next()
	}
}
