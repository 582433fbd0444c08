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
	Label:  "登记节假日安排",
	Act:    identity.CalendarAdd,
	Ladder: Usual,
}

// Duties lists what waits for a county's administrators.
var Duties = []*DutyKind{yearDuty}

// NextYear puts a year's schedule onto the administrators' desk from 1 November
// of the year before, when the State Council's office usually announces it, until
// two have entered it. Without it the days of running cases stay 可能变动.
type NextYear struct {
	Store     OwingStore
	Directory *identity.Directory
	Days      Schedules
	// Entered lists the schedules that wait for a second administrator.
	Entered func(ctx context.Context) ([]identity.EnteredYear, error)

	mu   sync.Mutex // owns said
	said map[int]Duty
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
	entered, err := n.Entered(ctx)
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
		n.said = map[int]Duty{}
	}
	now := n.Days.Today().At(0, 0).Year()
	for year := now - 1; year <= now+askedAhead; year++ {
		d := n.waits(year, days, entered)
		if before, there := n.said[year]; there && before == d {
			continue
		}
		if err := n.ask(ctx, counties[0].Path, year, d); err != nil {
			return err
		}
		n.said[year] = d
	}
	return nil
}

// askedAhead is for how many years a schedule that one administrator has entered
// is asked for of another.
const askedAhead = 3

// waits is what waits for a year: a second administrator where one has entered its
// schedule, else the first from its day on; without a title nothing does.
func (n *NextYear) waits(year int, days calendar.Calendar, entered []identity.EnteredYear) Duty {
	for _, e := range entered {
		if e.Year.Year == year {
			return Duty{
				Title: fmt.Sprintf("%d 年（一位管理员已登记，等另一位照通知再登记一次）", year),
				Due:   calendar.DateOf(e.At).AddDays(secondDays),
			}
		}
	}
	now := n.Days.Today().At(0, 0).Year()
	_, known := days[year]
	asked := year == now || year == now+1 && n.Days.Today() >= calendar.Date(fmt.Sprint(year-1)+askedFrom)
	if known || !asked {
		return Duty{}
	}
	return Duty{Title: fmt.Sprintf("%d 年", year), Due: calendar.Date(fmt.Sprint(year-1) + askedBy)}
}

// secondDays is within how many calendar days the second administrator enters it.
const secondDays = 5

func (n *NextYear) ask(ctx context.Context, county identity.Path, year int, d Duty) error {
	d.Noun, d.Path = event.Of("year", fmt.Sprint(year)), county
	return n.Store.WriteOwing(ctx, func(tx Owing) error {
		if d.Title == "" {
			return tx.Settle(yearDuty, d.Noun, "")
		}
		return tx.Owe(yearDuty, d)
	})
}
