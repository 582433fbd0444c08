package power

import (
	"testing"

	"sunlot/internal/calendar"
	"sunlot/trading/works"
)

// TestStepsAgainstTheItem: a step is on time, late, missing, left out or still to
// come; a limit runs in working days from the step before.
func TestStepsAgainstTheItem(t *testing.T) {
	item := ItemForm{Steps: []ItemStep{
		{Name: "决议", Stage: works.NeedStage},
		{Name: "设计", Stage: works.DesignStage, Days: 3},
		{Name: "预算", Stage: works.BudgetStage, Days: 5},
		{Name: "变更", Stage: works.VariationStage}, {Name: "验收", Stage: works.AcceptanceStage, Days: 2}, {Name: "宣传"}}}
	done := func(stage works.Stage, on calendar.Date, skipped bool) works.Entry {
		return works.Entry{State: works.EntryConfirmed,
			EntryForm: works.EntryForm{
				Stage:   stage,
				On:      on,
				Note:    "n",
				Skipped: skipped,
				Files:   []string{"f"},
			}}
	}
	need := done(works.NeedStage, "2026-11-20", false)
	for name, c := range map[string]struct {
		entries []works.Entry
		today   calendar.Date
		want    []Outcome
	}{
		"Friday to Wednesday is three": {[]works.Entry{need, done(works.DesignStage, "2026-11-25", false)},
			"2026-11-25",
			[]Outcome{NoClock, OnTime, Ahead, Ahead, Ahead, Ahead}},
		"a day later": {[]works.Entry{need, done(works.DesignStage, "2026-11-26", false)}, "2026-11-26",
			[]Outcome{NoClock, Late, Ahead, Ahead, Ahead, Ahead}},
		"late by today": {[]works.Entry{need}, "2026-11-26", []Outcome{NoClock, Late, Ahead, Ahead,
			Ahead, Ahead}},
		"nothing runs from nothing": {[]works.Entry{need}, "2027-12-31", []Outcome{NoClock, Late, Ahead, Ahead,
			Ahead, Ahead}},
		"missing and without need": {[]works.Entry{need, done(works.AcceptanceStage, "2026-11-24", false)},
			"2026-11-24",
			[]Outcome{NoClock, Missing, Missing, NoNeed, NoClock, Ahead}},
		"without its paper": {[]works.Entry{need, bare(done(works.DesignStage, "2026-11-24", false))}, "2026-11-24",
			[]Outcome{NoClock, NoPaper, Ahead, Ahead, Ahead, Ahead}},
		"left out": {[]works.Entry{need, done(works.DesignStage, "", true), done(works.BudgetStage,
			"2026-11-27", false)}, "2026-11-27",
			[]Outcome{NoClock, Skipped, OnTime, Ahead, Ahead, Ahead}},
	} {
		g := works.ProgressOf(works.Project{State: works.Underway}, c.entries, 150_000_00, c.today)
		run := RunOf(item, g, calendar.Published, c.today)
		for i, step := range run.Steps {
			if step.Standing != c.want[i] {
				t.Errorf("%s: %s is %q, want %q (by %s, on %s)", name, step.Name, step.Standing, c.want[i],
					step.By, step.On)
			}
		}
	}
}

// bare is an entry without any document.
func bare(e works.Entry) works.Entry {
	e.Files = nil
	return e
}
