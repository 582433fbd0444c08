package works

import (
	"fmt"
	"slices"

	"sunlot/internal/calendar"
	"sunlot/internal/money"
)

// StageLine is a stage as planned and as done, by what has been confirmed.
type StageLine struct {
	Spec    // its Sum is hidden by that of the line
	Planned Planned
	Entries []Entry       // confirmed, oldest first
	On      calendar.Date // when it was done; the last day when done more than once
	Sum     money.Fen     // of all its entries
	Skipped string        // why it was left out; empty when it was done after all
	Days    int           // late when above zero; by today when it is not done yet
	Gaps    []string      // what should be here and is not
}

// Done says whether the stage was carried out.
func (l StageLine) Done() bool { return len(l.Entries) > 0 && l.Skipped == "" }

// Over is how much the sum is above the plan, below zero when under it, and
// zero without both.
func (l StageLine) Over() money.Fen {
	if !l.Done() || l.Planned.Sum == 0 {
		return 0
	}
	return l.Sum - l.Planned.Sum
}

// Under is how much the sum is below the plan.
func (l StageLine) Under() money.Fen { return -l.Over() }

// Progress is a project as everybody may judge it.
type Progress struct {
	Lines    []StageLine
	Sums     Sums
	Gaps     []string
	Warnings []string // what does not fit, in words
}

// ProgressOf puts plan and deed side by side on a day. It knows only what was
// confirmed and stands: what is missing is named, whatever the reason.
func ProgressOf(p Project, entries []Entry, limit money.Fen, today calendar.Date) Progress {
	entries = Standing(entries)
	g := Progress{Sums: SumsOf(entries)}
	furthest := -1
	for _, e := range entries {
		if e.State == EntryConfirmed {
			furthest = max(furthest, place(e.Stage))
		}
	}
	for i, spec := range specs {
		line := lineOf(spec, p, entries, today)
		if len(line.Entries) == 0 && i < furthest && !spec.Loose {
			line.Gaps = append(line.Gaps, spec.Label+"（"+spec.Paper+"）")
		}
		g.Gaps = append(g.Gaps, line.Gaps...)
		g.Lines = append(g.Lines, line)
	}
	confirmed := slices.DeleteFunc(slices.Clone(entries), func(e Entry) bool { return e.State != EntryConfirmed })
	g.Warnings = append(warnings(g.Sums, entries, limit), doubts(confirmed)...)
	return g
}

func lineOf(spec Spec, p Project, entries []Entry, today calendar.Date) StageLine {
	line := StageLine{Spec: spec, Planned: p.Planned(spec.Stage)}
	done, proven := false, false
	for _, e := range entries {
		if e.Stage != spec.Stage || e.State != EntryConfirmed {
			continue
		}
		line.Entries = append(line.Entries, e)
		if e.Skipped {
			line.Skipped = e.Note
			continue
		}
		done = true
		line.On, line.Sum = max(line.On, e.On), line.Sum+e.Amount()
		proven = proven || e.Proven()
	}
	if done {
		line.Skipped = ""
	}
	if line.Done() && !proven {
		line.Gaps = append(line.Gaps, spec.Paper)
	}
	on := line.On
	if len(line.Entries) == 0 && p.State != Finished {
		on = today
	}
	if line.Planned.On != "" && line.Skipped == "" && on > line.Planned.On {
		line.Days = line.Planned.On.DaysUntil(on)
	}
	return line
}

// warnings says in words which sums and days do not fit each other.
func warnings(s Sums, entries []Entry, limit money.Fen) []string {
	var all []string
	over := func(part, whole money.Fen, format string) {
		if whole > 0 && part > whole {
			all = append(all, fmt.Sprintf(format, (part-whole).Yuan()))
		}
	}
	over(s.Contract, s.Budget, "合同价比预算多 %s 元")
	over(s.Agreed(), limit, "合同价（含变更）超过村级小型工程的限额 %s 元")
	over(s.Final, s.Agreed(), "决算比合同价（含变更）多 %s 元")
	if s.Final > 0 {
		over(s.Paid, s.Final, "付款比决算多 %s 元")
	} else {
		over(s.Paid, s.Agreed(), "付款比合同价（含变更）多 %s 元")
	}
	if s.Paid > 0 && s.Agreed() <= 0 {
		all = append(all, fmt.Sprintf("没有公开合同，已付款 %s 元", s.Paid.Yuan()))
	}
	if early, accepted := paidEarly(entries); early > 0 && accepted {
		all = append(all, fmt.Sprintf("验收之前付款 %s 元", early.Yuan()))
	} else if early > 0 {
		all = append(all, fmt.Sprintf("还没有验收，已付款 %s 元", early.Yuan()))
	}
	return all
}

// paidEarly is what was paid before the day of acceptance.
func paidEarly(entries []Entry) (early money.Fen, accepted bool) {
	var day calendar.Date
	for _, e := range entries {
		if e.Done() && e.Stage == AcceptanceStage {
			day, accepted = e.On, true
		}
	}
	for _, e := range entries {
		if e.Done() && e.Stage == PaymentStage && (!accepted || e.On < day) {
			early += e.Amount()
		}
	}
	return early, accepted
}
