package calendar_test

import (
	"strings"
	"testing"
	"time"

	"sunlot/internal/calendar"
	"sunlot/internal/fault"
)

func TestWorkingDaysOf2026(t *testing.T) {
	worked := 0
	for d := calendar.Date("2026-01-01"); d <= "2026-12-31"; d = d.AddDays(1) {
		if on, published := calendar.Published.Working(d); !published {
			t.Fatalf("%s should be published", d)
		} else if on {
			worked++
		}
	}
	// 261 weekdays, 19 of them in a holiday, and six worked weekend days.
	if worked != 248 {
		t.Errorf("2026 has 248 working days, counted %d", worked)
	}
	for day, want := range map[calendar.Date]bool{
		"2026-02-14": true,
		"2026-02-16": false,
		"2026-02-28": true,
		"2026-10-07": false,
		"2026-10-08": true,
		"2026-10-10": true,
		"2026-11-22": false,
	} {
		if got, _ := calendar.Published.Working(day); got != want {
			t.Errorf("%s: worked %v, want %v", day, got, want)
		}
	}
}

func TestAddWorkingDays(t *testing.T) {
	for _, c := range []struct {
		from, want calendar.Date
		n          int
		firm       bool
	}{
		{"2026-11-23", "2026-12-07", 10, true},
		{"2026-11-21", "2026-11-23", 1, true},
		{"2026-09-24", "2026-09-28", 1, true},  // over the mid-autumn holiday
		{"2026-09-30", "2026-10-10", 3, true},  // over National Day, onto a worked Saturday
		{"2026-12-30", "2027-01-05", 3, false}, // New Year's Day is free in every year
		{"2028-04-28", "2028-05-04", 2, false}, // 1 and 2 May
		{"2028-09-29", "2028-10-05", 2, false}, // 1 to 3 October
		{"2026-11-23", "2026-11-23", 0, true},
	} {
		if got, firm := calendar.Published.AddWorkingDays(c.from, c.n); got != c.want || firm != c.firm {
			t.Errorf("%s + %d: got %s, firm %v; want %s, %v", c.from, c.n, got, firm, c.want, c.firm)
		}
	}
}

func TestDates(t *testing.T) {
	late := time.Date(2026, 11, 22, 16, 30, 0, 0, time.UTC)
	if got := calendar.DateOf(late); got != "2026-11-23" {
		t.Errorf("half past midnight in Beijing is the 23rd, got %s", got)
	}
	if got := calendar.Date("2026-11-23").At(9, 30); !got.Equal(time.Date(2026, 11, 23, 1, 30, 0, 0, time.UTC)) {
		t.Errorf("got %v", got)
	}
	if got := calendar.Date("2028-02-29").AddYears(1); got != "2029-03-01" {
		t.Errorf("got %s", got)
	}
	for _, bad := range []string{"", "2026-13-01", "2026-2-1", "23.11.2026", "1026-11-23", "2026-02-30"} {
		if d, err := calendar.ParseDate(bad); err == nil {
			t.Errorf("%q was read as %s", bad, d)
		}
	}
}

func TestYearCheck(t *testing.T) {
	good := calendar.Year{
		Year:     2027,
		Source:   "国务院办公厅通知",
		Holidays: []calendar.Span{{From: "2027-01-01", To: "2027-01-03"}},
		Worked:   []calendar.Date{"2027-01-09"},
	}
	if err := good.Check(); err != nil {
		t.Fatal(err)
	}
	if err := calendar.Published[2026].Check(); err != nil {
		t.Errorf("the year that comes with the program: %v", err)
	}
	for field, spoil := range map[string]func(*calendar.Year){
		"year":     func(y *calendar.Year) { y.Year = 26 },
		"source":   func(y *calendar.Year) { y.Source = "" },
		"holidays": func(y *calendar.Year) { y.Holidays = []calendar.Span{{From: "2027-05-05", To: "2027-05-01"}} },
		"worked":   func(y *calendar.Year) { y.Worked = []calendar.Date{"2027-01-04"} },
	} {
		y := good
		spoil(&y)
		if fields := fault.FieldsOf(y.Check()); len(fields) == 0 || fields[0].Name != field {
			t.Errorf("%s: got %v", field, fields)
		}
	}
	if d, firm := calendar.Published.With(good).AddWorkingDays("2026-12-30", 3); d != "2027-01-05" || !firm {
		t.Errorf("with the year added: got %s, %v", d, firm)
	}
}

// TestCheckSurvivesAnything sends what a form or a program may send by mistake.
func TestCheckSurvivesAnything(t *testing.T) {
	for _, y := range []calendar.Year{
		{
			Year:     1 << 60,
			Source:   "通知",
			Holidays: []calendar.Span{{From: "2027-01-01", To: "2027-01-03"}},
			Worked:   []calendar.Date{"2027-01-10"},
		},
		{Year: -1, Source: "通知", Holidays: []calendar.Span{{}}, Worked: []calendar.Date{""}},
		{
			Year:     2027,
			Source:   "通知",
			Holidays: []calendar.Span{{From: calendar.Date(strings.Repeat("长", 3000)), To: "2027-01-03"}},
		},
	} {
		err := y.Check()
		if fault.CodeOf(err) != fault.Invalid {
			t.Errorf("%d is accepted: %v", y.Year, err)
		}
		for _, f := range fault.FieldsOf(err) {
			if len(f.Message) > 300 {
				t.Errorf("the complaint repeats all that was typed: %.100s", f.Message)
			}
		}
	}
}
