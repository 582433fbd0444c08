package power

import (
	"sunlot/internal/calendar"
	"sunlot/trading/works"
)

// Run is an item's steps as one project carried them out: the instance of the power.
type Run struct {
	Steps                      []RunStep
	OnTime, Late, Missing, Due int // how many steps; Due is what is still to come

	Unproven int // done, and its paper is missing
}

// RunStep is one step with what became of it.
type RunStep struct {
	ItemStep
	On       calendar.Date // when it was done
	By       calendar.Date // the last day; empty without a limit
	Standing Outcome
	Skipped  string
}

// Outcome is how a step stands.
type Outcome string

const (
	Ahead   Outcome = ""         // 未到期
	OnTime  Outcome = "on_time"  // 按时
	Late    Outcome = "late"     // 超时
	Missing Outcome = "missing"  // "缺环节": a later step is there
	Skipped Outcome = "skipped"  // 未办理
	NoNeed  Outcome = "no_need"  // 无需办理
	NoClock Outcome = "no_clock" // "没有期限可算": done, and nothing says by when
	NoPaper Outcome = "no_paper" // "缺材料": done, by its word alone
)

var outcomeLabels = map[Outcome]string{
	Ahead:   "未到期",
	OnTime:  "按时",
	Late:    "超时",
	Missing: "缺环节",
	Skipped: "未办理",
	NoNeed:  "无需办理",
	NoClock: "没有期限可算",
	NoPaper: "缺材料",
}

// Label is the outcome's name on the screen.
func (o Outcome) Label() string { return outcomeLabels[o] }

// RunOf holds a project against the item. A step's limit runs from the step
// before it that was done; a step that may be without (a variation) is never missing.
// On time is only what has a limit, kept it and has its paper: no clock, no praise.
func RunOf(item ItemForm, p works.Progress, days calendar.Calendar, today calendar.Date) Run {
	var run Run
	var before calendar.Date
	lines := map[works.Stage]works.StageLine{}
	furthest := -1
	for i, step := range item.Steps {
		line := lineFor(p, step.Stage)
		lines[step.Stage] = line
		if len(line.Entries) > 0 {
			furthest = i
		}
	}
	for i, step := range item.Steps {
		line := lines[step.Stage]
		done := RunStep{ItemStep: step, On: line.On, Skipped: line.Skipped}
		if step.Days > 0 && before != "" {
			done.By, _ = days.AddWorkingDays(before, step.Days)
		}
		done.Standing = standing(done, line, i < furthest, today)
		switch {
		case line.Done():
			before = max(before, line.On)
		case line.Skipped == "" && !line.Loose:
			before = "" // nothing runs from a step that was not done
		}
		run.add(done)
	}
	return run
}

func standing(step RunStep, line works.StageLine, passed bool, today calendar.Date) Outcome {
	switch {
	case line.Skipped != "":
		return Skipped
	case line.Done() && step.By != "" && line.On > step.By:
		return Late
	case line.Done() && len(line.Gaps) > 0:
		return NoPaper
	case line.Done() && step.By == "":
		return NoClock
	case line.Done():
		return OnTime
	case line.Loose && passed:
		return NoNeed
	case passed:
		return Missing
	case step.By != "" && today > step.By && !line.Loose:
		return Late
	}
	return Ahead
}

func (r *Run) add(step RunStep) {
	r.Steps = append(r.Steps, step)
	switch step.Standing {
	case OnTime:
		r.OnTime++
	case Late:
		r.Late++
	case Missing:
		r.Missing++
	case NoPaper:
		r.Unproven++
	case Ahead:
		r.Due++
	}
}

// lineFor is the project's line of a stage; an empty one for a step that is no stage.
func lineFor(p works.Progress, s works.Stage) works.StageLine {
	for _, line := range p.Lines {
		if s != "" && line.Stage == s {
			return line
		}
	}
	return works.StageLine{}
}
