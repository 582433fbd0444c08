package works

import (
	"sunlot/internal/calendar"
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
	if p.State == Underway && accepted && p.Sums.Final > 0 && p.Sums.Outstanding() <= 0 {
		if err := ProjectLifecycle.Move(&p.State, Finished); err != nil {
			return err
		}
	}
	p.plan(entries)
	return nil
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
			s.Paid += r.Sum
		}
	}
	return s
}
