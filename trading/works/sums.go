package works

import (
	"slices"

	"sunlot/internal/calendar"
	"sunlot/internal/fault"
)

// count brings the project's sums, its furthest stage and its state up to what
// has been confirmed and stands. A correction may open a finished work again.
func (p *Project) count(entries []Entry) error {
	entries = Standing(entries)
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
	to := Underway
	if accepted && p.Sums.Final > 0 && p.Sums.Outstanding() == 0 {
		to = Finished
	}
	if p.State != to {
		if err := ProjectLifecycle.Move(&p.State, to); err != nil {
			return err
		}
	}
	p.plan(entries)
	return nil
}

// takes refuses what does not come any more: anything but care and corrections once
// the work is finished, a correction that does not fit, and a payment beyond what is left to be paid or to come back.
func (p *Project) takes(form EntryForm, entries []Entry) error {
	spec, _ := SpecOf(form.Stage)
	if form.Corrects != "" {
		return corrects(form, entries)
	}
	if p.State == Finished && !spec.After {
		return fault.New(fault.Conflict, "项目“%s”，只能再登记和核实质保和维修，或者更正已核实的登记", p.Label()).On("stage")
	}
	if form.Stage != PaymentStage || form.Skipped {
		return nil
	}
	return SumsOf(entries).pays(form, skipped(FinalStage, entries))
}

// pays refuses a payment beyond the final account, or beyond what was agreed where
// that is left out, and what comes back beyond what was paid.
func (s Sums) pays(form EntryForm, unsettled bool) error {
	owed := max(s.Outstanding(), 0)
	switch {
	case form.Less && form.Sum > s.Paid:
		return fault.New(fault.Conflict, "已核实的付款共 %s 元，不能退回 %s 元", s.Paid.Yuan(), form.Sum.Yuan()).On("sum")
	case form.Less || form.Sum <= owed:
		return nil
	case s.Final > 0:
		return fault.New(fault.Conflict, "按决算还应付 %s 元，不能付 %s 元", owed.Yuan(), form.Sum.Yuan()).On("sum")
	case unsettled:
		return fault.New(fault.Conflict, "决算未办理，按合同价（含变更）还应付 %s 元，不能付 %s 元；有决算的，请先登记决算",
			owed.Yuan(), form.Sum.Yuan()).On("sum")
	}
	return nil
}

// skipped says whether the stage was left out, by what has been confirmed.
func skipped(stage Stage, entries []Entry) bool {
	return slices.ContainsFunc(Standing(entries), func(r Entry) bool {
		return r.Stage == stage && r.State == EntryConfirmed && r.Skipped
	})
}

// plan finds the planned stage that is due first and has no entry yet.
func (p *Project) plan(entries []Entry) {
	there := map[Stage]bool{}
	for _, r := range entries {
		there[r.Stage] = there[r.Stage] || !r.Dropped()
	}
	p.Next, p.NextDue = "", calendar.Date("")
	for _, planned := range p.Plan {
		if planned.On != "" && !there[planned.Stage] && p.State != Finished {
			p.Next, p.NextDue = planned.Stage, planned.On
			return
		}
	}
}

// SumsOf sums up what has been confirmed and not been corrected.
func SumsOf(entries []Entry) (s Sums) {
	for _, r := range Standing(entries) {
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
