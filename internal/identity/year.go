package identity

import (
	"context"
	"reflect"
	"strconv"
	"strings"
	"time"

	"sunlot/internal/calendar"
	"sunlot/internal/event"
	"sunlot/internal/fault"
)

// Years is the stream of the schedules of all years.
const Years event.Stream = "calendar:china"

// EnteredYear is a year's schedule that one administrator has entered. It counts
// when another one has entered the same from the notice himself: every open day
// hangs on it, and a slip, or a hand, that moved them would be seen by nobody.
type EnteredYear struct {
	calendar.Year
	By string
	At time.Time
}

// AddYear enters a year's published schedule, and answers the year and whether it
// waits for a second administrator to enter the same. Then it is public and counts;
// of a year that has one already it is an amendment. One that differs from what
// waits takes its place and waits in turn.
func (a *Admin) AddYear(ctx context.Context, who Actor, requestID string,
	year calendar.Year) (answer string, waits bool, err error) {
	if _, err := who.Can(CalendarAdd); err != nil {
		return "", false, err
	}
	once, err := event.NewRequest(who.PersonID, CalendarAdd.Name(), requestID, year)
	if err != nil {
		return "", false, err
	}
	if err := year.Check(); err != nil {
		return "", false, err
	}
	var f fault.Form
	a.mayBePublic(&f, "source", year.Source)
	if err := f.Err(); err != nil {
		return "", false, err
	}
	if year.Worked == nil {
		year.Worked = []calendar.Date{} // a public fact says [] and never null
	}
	kept, err := a.Store.WriteAdmin(ctx, once, func(tx AdminTx) (string, error) {
		at, err := tx.Lock(Years)
		if err != nil {
			return "", err
		}
		return a.enterYear(tx, who, year, at)
	})
	answer, waits = strings.CutPrefix(kept, waiting)
	return answer, waits, err
}

func (a *Admin) enterYear(tx AdminTx, who Actor, year calendar.Year, at time.Time) (string, error) {
	before, known, err := tx.Year(year.Year)
	if err != nil {
		return "", err
	}
	if !known {
		before, known = calendar.Published[year.Year]
	}
	if known && reflect.DeepEqual(before, year) {
		return "", fault.New(fault.Conflict, "%d年的节假日安排已经是这样登记的，没有要修改的", year.Year).On("year")
	}
	entered, waits, err := tx.EnteredYear(year.Year)
	if err != nil {
		return "", err
	}
	same := waits && reflect.DeepEqual(entered.Year, year)
	if same && entered.By == who.PersonID {
		return "", fault.New(fault.Conflict, "您已经这样登记过%d年的节假日安排，请另一位管理员照通知也登记一次", year.Year).On("year")
	}
	if !same {
		return waiting + strconv.Itoa(year.Year), tx.SaveEntered(EnteredYear{Year: year, By: who.PersonID, At: at})
	}
	if err := who.Second("请另一位管理员照通知也登记一次", entered.By); err != nil {
		return "", err
	}
	kind := "calendar.year_added"
	if known {
		kind = "calendar.year_amended"
	}
	if err := tx.DropEntered(year.Year); err != nil {
		return "", err
	}
	if err := tx.SaveYear(year); err != nil {
		return "", err
	}
	_, err = tx.Record(Years, kind, year, nil)
	return strconv.Itoa(year.Year), err
}

// SeeEnteredYears lists the schedules that wait for a second administrator.
func (a *Admin) SeeEnteredYears(ctx context.Context, who Actor) ([]EnteredYear, error) {
	if _, err := who.Can(CalendarAdd); err != nil {
		return nil, err
	}
	return a.Store.EnteredYears(ctx)
}
