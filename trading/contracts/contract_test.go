package contracts

import (
	"testing"

	"sunlot/internal/calendar"
	"sunlot/trading"
)

// TestSchedule: the first year's rent by its own day, the others on the notice's
// latest day that is not after the year's first one.
func TestSchedule(t *testing.T) {
	for name, c := range map[string]struct {
		starts calendar.Date
		due    string
		second calendar.Date
	}{
		"soon after the beginning": {"2027-01-15", "03-01", "2027-03-01"},
		"in the year before":       {"2027-01-15", "12-20", "2027-12-20"},
		"in the year after":        {"2026-11-20", "01-10", "2027-01-10"},
	} {
		n := trading.Tender{TenderForm: trading.TenderForm{StartsOn: c.starts, RentDue: c.due, Years: 3}}
		got := schedule("lot", "2026-12-25", n, 100)
		if len(got) != 3 || got[0].DueOn != "2026-12-25" || got[1].DueOn != c.second ||
			got[2].DueOn != c.second.AddYears(1) {
			t.Errorf("%s: %+v", name, got)
		}
	}
}

// TestAccounts: what is due, received and overdue on a day.
func TestAccounts(t *testing.T) {
	all := []Payment{{
		DueOn:    "2027-01-01",
		Due:      500,
		Received: 500,
	}, {DueOn: "2028-03-01", Due: 500, Received: 200}, {DueOn: "2029-03-01", Due: 500}}
	for day, want := range map[calendar.Date]Accounts{
		"2026-12-31": {Whole: 1500, Due: 0, Received: 700},
		"2028-03-01": {Whole: 1500, Due: 1000, Received: 700}, // on the day itself nothing is overdue
		"2028-03-02": {Whole: 1500, Due: 1000, Received: 700, Arrears: 300},
	} {
		if got := AccountsOf(all, day); got != want {
			t.Errorf("%s: %+v", day, got)
		}
	}
}
