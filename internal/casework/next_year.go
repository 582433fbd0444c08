package casework

import (
	"context"
	"fmt"
	"sync"

	"sunlot/internal/calendar"
	"sunlot/internal/event"
	"sunlot/internal/identity"
)

var yearDuty = &DutyKind{
	Name:   "year",
	Label:  "登记放假安排",
	Act:    identity.CalendarAdd,
	Ladder: Usual,
}

// Duties lists what waits for a county's administrators.
var Duties = []*DutyKind{yearDuty}

// NextYear puts a year's schedule onto the administrators' desk from 1 November
// of the year before, when the State Council's office usually announces it, until
// one is entered. Without it the days of running cases stay 可能变动.
type NextYear struct {
	Store     OwingStore
	Directory *identity.Directory
	Days      Schedules

	mu   sync.Mutex // owns said
	said map[int]bool
}

// OwingStore writes duties that no act makes.
type OwingStore interface {
	WriteOwing(ctx context.Context, fn func(Owing) error) error
}

const (
	askedFrom = "-11-01"
	askedBy   = "-12-15"
)

// Ask owes or settles by what is known now. Any node may do it, and again does
// nothing.
func (n *NextYear) Ask(ctx context.Context) error {
	days, err := n.Days.Calendar(ctx)
	if err != nil {
		return err
	}
	counties, err := n.Directory.Orgs(ctx, identity.Everywhere, identity.County)
	if err != nil || len(counties) == 0 {
		return err
	}
	n.mu.Lock()
	defer n.mu.Unlock()
	if n.said == nil {
		n.said = map[int]bool{}
	}
	today := n.Days.Today()
	now := today.At(0, 0).Year()
	for _, year := range []int{now, now + 1} {
		_, known := days[year]
		asked := !known && today >= calendar.Date(fmt.Sprint(year-1)+askedFrom)
		if before, there := n.said[year]; there && before == asked {
			continue
		}
		if err := n.ask(ctx, counties[0].Path, year, asked); err != nil {
			return err
		}
		n.said[year] = asked
	}
	return nil
}

func (n *NextYear) ask(ctx context.Context, county identity.Path, year int, asked bool) error {
	noun := event.Of("year", fmt.Sprint(year))
	return n.Store.WriteOwing(ctx, func(tx Owing) error {
		if !asked {
			return tx.Settle(yearDuty, noun, "")
		}
		return tx.Owe(yearDuty, Duty{
			Noun:  noun,
			Path:  county,
			Title: fmt.Sprintf("%d 年", year),
			Due:   calendar.Date(fmt.Sprint(year-1) + askedBy),
		})
	})
}
