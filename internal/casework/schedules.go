package casework

import (
	"context"
	"time"

	"sunlot/internal/calendar"
)

// Schedules counts working days by the schedules that the program and the
// administrator know, and says which day it is.
type Schedules struct {
	Store YearStore
	Clock calendar.Clock
}

// YearStore keeps the schedules that an administrator entered.
type YearStore interface {
	Years(ctx context.Context) ([]calendar.Year, error)
}

// Calendar is the schedules as they are known now.
func (s Schedules) Calendar(ctx context.Context) (calendar.Calendar, error) {
	years, err := s.Store.Years(ctx)
	return calendar.Published.With(years...), err
}

// After is the day so many working days after an instant.
func (s Schedules) After(ctx context.Context, at time.Time, workingDays int) (calendar.Date, error) {
	days, err := s.Calendar(ctx)
	if err != nil {
		return "", err
	}
	by, _ := days.AddWorkingDays(calendar.DateOf(at), workingDays)
	return by, nil
}

// Today is the day in Beijing by the deciding clock.
func (s Schedules) Today() calendar.Date { return calendar.DateOf(s.Clock.Now()) }
