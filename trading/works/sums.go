package works

import (
	"sunlot/internal/calendar"
	"sunlot/internal/fault"
)

// count brings the project's sums, its furthest stage and its state up to what
// has been confirmed.
func (p *Project) count(entries []Entry) error {
	p.Sums = SumsOf(entries)
	p.Reached = ""
	accepted := false
	for _, r := range entries {
		if r.State != EntryConfirmed {
			continue
		}
		if p.Reached == "" || place(r.Stage) > place(p.Reached) {
			p.Reached = r.Stage
		}
		accepted = accepted || r.Stage == AcceptanceStage && r.Done()
	}
	if p.State == Underway && accepted && p.Sums.Final > 0 && p.Sums.Outstanding() == 0 {
		if err := ProjectLifecycle.Move(&p.State, Finished); err != nil {
			return err
		}
	}
	p.plan(entries)
	return nil
}

// takes refuses what does not come any more: anything but care once the work is
// finished, and a payment beyond what the final account leaves to be paid.
func (p *Project) takes(form EntryForm, entries []Entry) error {
	spec, _ := SpecOf(form.Stage)
	if p.State == Finished && !spec.After {
		return fault.New(fault.Conflict, "项目“%s”，只能再登记和核实质保和维修", p.Label()).On("stage")
	}
	owed := SumsOf(entries).Outstanding()
	if form.Stage != PaymentStage || form.Less || form.Skipped || SumsOf(entries).Final == 0 || form.Sum <= owed {
		return nil
	}
	return fault.New(fault.Conflict, "按决算还应付 %s 元，不能付 %s 元", max(owed, 0).Yuan(), form.Sum.Yuan()).On("sum")
}

// plan finds the planned stage that is due first and has no entry yet.
func (p *Project) plan(entries []Entry) {
	there := map[Stage]bool{}
	for _, r := range entries {
		there[r.Stage] = there[r.Stage] || r.State != EntryReturned
	}
	p.Next, p.NextDue = "", calendar.Date("")
	for _, planned := range p.Plan {
		if planned.On != "" && !there[planned.Stage] && p.State != Finished {
			p.Next, p.NextDue = planned.Stage, planned.On
			return
		}
	}
}

// SumsOf sums up what has been confirmed.
func SumsOf(entries []Entry) (s Sums) {
	for _, r := range entries {
		if !r.Done() {
			continue
		}
		switch r.Stage {
		case BudgetStage:
			s.Budget += r.Sum
		case ContractStage:
			s.Contract += r.Sum
		case VariationStage:
			s.Varied += r.Amount()
		case FinalStage:
			s.Final += r.Sum
		case PaymentStage:
			s.Paid += r.Amount()
		}
	}
	return s
}
