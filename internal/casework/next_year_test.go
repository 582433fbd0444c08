package casework_test

import (
	"strings"
	"testing"
	"time"

	"sunlot/internal/calendar"
	"sunlot/internal/casework"
	"sunlot/internal/event"
	"sunlot/internal/identity"
	"sunlot/trading/tradingtest"
)

// TestNextYearsScheduleIsAskedFor: from 1 November it waits for the
// administrators, once however often it is asked for, until it is entered.
func TestNextYearsScheduleIsAskedFor(t *testing.T) {
	tradingtest.Each(t, func(t *testing.T, v *tradingtest.Village) {
		ctx := t.Context()
		desk := &casework.Desk{Kinds: casework.Duties, Store: v.DB, Days: v.Days}
		waits := func() (titles []string) {
			node := &casework.NextYear{
				Store:     v.DB,
				Directory: &identity.Directory{Store: v.DB},
				Days:      v.Days,
				Entered:   v.DB.EnteredYears,
			}
			for range 2 {
				tradingtest.Must(t, node.Ask(ctx))
			}
			list, _, err := desk.Own(ctx, v.Administrator, "", identity.Page{}.Clip())
			tradingtest.Must(t, err)
			for _, w := range list {
				titles = append(titles, w.Title)
			}
			return titles
		}
		v.Clock.Set(time.Date(2027, 10, 31, 1, 0, 0, 0, time.UTC))
		of := func(year int) calendar.Year {
			day := calendar.Date(time.Date(year, 1, 1, 0, 0, 0, 0, time.UTC).Format(time.DateOnly))
			return calendar.Year{
				Year:     year,
				Source:   "国务院办公厅关于部分节假日安排的通知",
				Holidays: []calendar.Span{{From: day, To: day}},
			}
		}
		if got := waits(); len(got) != 1 || got[0] != "2027 年" {
			t.Errorf("a year that runs without its schedule: %v", got)
		}
		v.Year(of(2027))
		if got := waits(); len(got) != 0 {
			t.Errorf("in October: %v", got)
		}
		v.Clock.Set(time.Date(2027, 11, 1, 1, 0, 0, 0, time.UTC))
		if got := waits(); len(got) != 1 || got[0] != "2028 年" {
			t.Errorf("on 1 November: %v", got)
		}
		if list, _, _ := desk.Own(ctx, v.Clerk, "", identity.Page{}.Clip()); len(list) != 0 {
			t.Errorf("a clerk holds %v", list)
		}
		_, _, err := v.Admin.AddYear(ctx, v.SecondAdministrator, event.NewID(), of(2028))
		tradingtest.Must(t, err)
		if got := waits(); len(got) != 1 || !strings.HasPrefix(got[0], "2028 年（一位管理员已登记") {
			t.Errorf("entered by one: %v", got)
		}
		_, _, err = v.Admin.AddYear(ctx, v.Administrator, event.NewID(), of(2028))
		tradingtest.Must(t, err)
		if got := waits(); len(got) != 0 {
			t.Errorf("when it was entered: %v", got)
		}
	})
}
