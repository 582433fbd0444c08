package works

import (
	"slices"
	"testing"

	"sunlot/internal/calendar"
	"sunlot/internal/casework"
	"sunlot/internal/fault"
	"sunlot/internal/money"
)

// told is a confirmed entry with a document.
func told(stage Stage, on calendar.Date, sum money.Fen) Entry {
	return Entry{
		State:     EntryConfirmed,
		EntryForm: EntryForm{Stage: stage, On: on, Sum: sum, Note: "n", Files: []string{"f"}},
	}
}

func planned() Project {
	return Project{State: Underway, ProjectForm: ProjectForm{Estimate: 100_00, Plan: []Planned{
		{
			Stage: BudgetStage,
			On:    "2026-03-10",
			Sum:   100_00,
		}, {Stage: BuildStage, On: "2026-05-01"}, {Stage: AcceptanceStage, On: "2026-05-10"}}}}
}

// whole is a work that went as it should, by one variation more.
func whole() []Entry {
	return []Entry{told(NeedStage, "2026-03-01", 0), told(DesignStage, "2026-03-05", 0),
		told(BudgetStage, "2026-03-10", 100_00),
		told(TenderStage, "2026-03-20", 0), told(ContractStage, "2026-03-25", 90_00), told(BuildStage, "2026-04-30", 0),
		told(VariationStage, "2026-04-10", 5_00), told(AcceptanceStage, "2026-05-09", 0),
		told(FinalStage, "2026-05-20", 95_00), told(PaymentStage, "2026-05-30", 95_00)}
}

func lacking(all []Entry, stage Stage) []Entry {
	return slices.DeleteFunc(slices.Clone(all), func(e Entry) bool { return e.Stage == stage })
}

func changed(all []Entry, stage Stage, change func(*Entry)) []Entry {
	all = slices.Clone(all)
	for i := range all {
		if all[i].Stage == stage {
			change(&all[i])
		}
	}
	return all
}

// TestWhatIsMissingAndWhatDoesNotFit: each fault of a work's papers or money is
// named, and a work without a fault has none.
func TestWhatIsMissingAndWhatDoesNotFit(t *testing.T) {
	for name, c := range map[string]struct {
		entries  []Entry
		gaps     []string
		warnings []string
	}{
		"nothing wrong": {whole(), nil, nil},
		"just begun":    {whole()[:1], nil, nil},
		"no variation": {changed(changed(lacking(whole(), VariationStage), FinalStage, sum(90_00)),
			PaymentStage, sum(90_00)), nil, nil},
		"no budget":         {lacking(whole(), BudgetStage), []string{"预算（预算书）"}, nil},
		"a budget unproven": {changed(whole(), BudgetStage, func(e *Entry) { e.Files = nil }), []string{"预算书"}, nil},
		"a photo is a proof": {changed(whole(), BudgetStage, func(e *Entry) {
			e.Files, e.Photos = nil, []string{"p"}
		}), nil, nil},
		"design left out": {changed(whole(), DesignStage, func(e *Entry) { e.Skipped = true }), nil, nil},
		"not confirmed": {changed(whole(), BudgetStage, func(e *Entry) { e.State = Recorded }),
			[]string{"预算（预算书）"}, nil},
		"returned":      {changed(whole(), PaymentStage, func(e *Entry) { e.State = EntryReturned }), nil, nil},
		"no acceptance": {lacking(whole(), AcceptanceStage), []string{"验收（验收报告）"}, []string{"还没有验收，已付款 95.00 元"}},
		"design left out, then done": {append(whole(), Entry{State: EntryConfirmed, EntryForm: EntryForm{
			Stage: DesignStage, Skipped: true, Note: "n"}}), nil, nil},
		"acceptance left out": {changed(whole(), AcceptanceStage, func(e *Entry) { e.Skipped = true }), nil,
			[]string{"还没有验收，已付款 95.00 元"}},
		"paid the day before": {changed(whole(), PaymentStage, func(e *Entry) { e.On = "2026-05-08" }), nil,
			[]string{"验收之前付款 95.00 元"}},
		"paid on the day itself": {changed(whole(), PaymentStage, func(e *Entry) { e.On = "2026-05-09" }), nil, nil},
		"paid too much":          {changed(whole(), PaymentStage, sum(96_00)), nil, []string{"付款比决算多 1.00 元"}},
		"settled too high":       {changed(whole(), FinalStage, sum(95_01)), nil, []string{"决算比合同价（含变更）多 0.01 元"}},
		"above the budget":       {changed(whole(), BudgetStage, sum(89_00)), nil, []string{"合同价比预算多 1.00 元"}},
		"above the limit": {changed(whole(), VariationStage, sum(60_01)), nil,
			[]string{"合同价（含变更）超过村级小型工程的限额 0.01 元"}},
		"less by a variation": {changed(whole(), VariationStage, func(e *Entry) { e.Less = true }), nil,
			[]string{"决算比合同价（含变更）多 10.00 元"}},
		"no contract": {lacking(lacking(whole(), ContractStage), VariationStage), []string{"合同（施工合同）"},
			[]string{"没有公开合同，已付款 95.00 元"}},
	} {
		g := ProgressOf(planned(), c.entries, 150_00, "2026-06-01")
		if !slices.Equal(g.Gaps, c.gaps) {
			t.Errorf("%s: gaps %q, want %q", name, g.Gaps, c.gaps)
		}
		if !slices.Equal(g.Warnings, c.warnings) {
			t.Errorf("%s: warnings %q, want %q", name, g.Warnings, c.warnings)
		}
	}
}

func less(e *Entry) { e.Less = true }

func sum(s money.Fen) func(*Entry) { return func(e *Entry) { e.Sum = s } }

// TestPlannedAgainstDone: days late and sums over or under, of what is done and
// of what is not done yet.
func TestPlannedAgainstDone(t *testing.T) {
	entries := append(lacking(lacking(whole(), AcceptanceStage), BuildStage)[:2],
		told(BudgetStage, "2026-03-13", 98_00))
	line := func(today calendar.Date, s Stage) StageLine {
		return ProgressOf(planned(), entries, 150_00, today).Lines[place(s)]
	}
	if b := line("2026-05-01", BudgetStage); b.Days != 3 || b.Over() != -2_00 || b.Under() != 2_00 || !b.Done() {
		t.Errorf("budget: %+v", b)
	}
	for today, days := range map[calendar.Date]int{"2026-05-01": 0, "2026-05-02": 1, "2026-06-01": 31} {
		if b := line(today, BuildStage); b.Days != days || b.Done() {
			t.Errorf("on %s the building is %d days late, want %d", today, b.Days, days)
		}
	}
	if d := line("2026-06-01", DesignStage); d.Days != 0 || d.Over() != 0 {
		t.Errorf("what has no plan is not late: %+v", d)
	}
}

// TestAWorkIsFinishedWhenItIsPaid: not before it was accepted, settled and paid
// in full; the next planned stage is the first without an entry.
func TestAWorkIsFinishedWhenItIsPaid(t *testing.T) {
	for name, c := range map[string]struct {
		entries []Entry
		state   casework.State
		next    Stage
	}{
		"all of it":     {whole(), Finished, ""},
		"not accepted":  {lacking(whole(), AcceptanceStage), Underway, AcceptanceStage},
		"not settled":   {lacking(whole(), FinalStage), Underway, ""},
		"paid in part":  {changed(whole(), PaymentStage, sum(94_99)), Underway, ""},
		"paid too much": {changed(whole(), FinalStage, sum(80_00)), Underway, ""},
		"come back": {append(changed(whole(), FinalStage, sum(80_00)),
			changed([]Entry{told(PaymentStage, "2026-06-02", 15_00)}, PaymentStage, less)[0]), Finished, ""},
		"final account left out": {changed(whole(), FinalStage, func(e *Entry) { e.Skipped = true }), Underway, ""},
		"not built":              {lacking(lacking(whole(), AcceptanceStage), BuildStage), Underway, BuildStage},
		"entry waiting": {changed(lacking(whole(), AcceptanceStage), BuildStage, func(e *Entry) {
			e.State = Recorded
		}), Underway, AcceptanceStage},
		"entry returned": {changed(lacking(whole(), AcceptanceStage), BuildStage, func(e *Entry) {
			e.State = EntryReturned
		}), Underway, BuildStage},
	} {
		p := planned()
		if err := p.count(c.entries); err != nil || p.State != c.state || p.Next != c.next {
			t.Errorf("%s: %s, next %q, %v", name, p.State, p.Next, err)
		}
	}
	p := planned()
	if err := p.count(whole()); err != nil || p.Sums != (Sums{
		Budget:   100_00,
		Contract: 90_00,
		Varied:   5_00,
		Final:    95_00,
		Paid:     95_00,
	}) || p.Reached != PaymentStage {
		t.Errorf("%+v, %v", p.Sums, err)
	}
}

// TestWhatAWorkStillTakes: no payment beyond the final account, and once it is
// finished nothing but care.
func TestWhatAWorkStillTakes(t *testing.T) {
	pay := func(s money.Fen) EntryForm { return EntryForm{Stage: PaymentStage, Sum: s} }
	back := pay(1)
	back.Less = true
	unpaid := lacking(whole(), PaymentStage)
	for name, c := range map[string]struct {
		state   casework.State
		entries []Entry
		form    EntryForm
		field   string
	}{
		"all that is owed":           {Underway, unpaid, pay(95_00), ""},
		"more than that":             {Underway, unpaid, pay(95_01), "sum"},
		"twice as much":              {Underway, unpaid, pay(190_00), "sum"},
		"beyond what was paid":       {Underway, whole(), pay(1), "sum"},
		"what came back":             {Underway, whole(), back, ""},
		"before the final account":   {Underway, lacking(unpaid, FinalStage), pay(95_01), ""}, // which the page tells
		"a payment when it is done":  {Finished, whole(), pay(1), "stage"},
		"building when it is done":   {Finished, whole(), EntryForm{Stage: BuildStage}, "stage"},
		"a defect when it is done":   {Finished, whole(), EntryForm{Stage: CareStage}, ""},
		"a defect before it is done": {Underway, unpaid, EntryForm{Stage: CareStage}, ""},
	} {
		p := planned()
		p.State = c.state
		err := p.takes(c.form, c.entries)
		if c.field == "" && err == nil {
			continue
		}
		if fields := fault.FieldsOf(err); len(fields) != 1 || fields[0].Name != c.field {
			t.Errorf("%s: %v", name, err)
		}
	}
}
