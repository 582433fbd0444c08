package web

import (
	"slices"
	"strings"

	"sunlot/disclosure/words"
	"sunlot/internal/casework"
	"sunlot/internal/event"
)

// Trail draws the steps of a case, oldest first.
func (k *Kit) Trail(acts []casework.Act) []Moment {
	var all []Moment
	for _, a := range acts {
		m := Moment{At: a.At, Title: k.cfg.Words.Act(a.Kind), Who: a.Role.Label()}
		if a.Name != "" {
			m.Who += " " + a.Name
		}
		var reasons []string
		for _, r := range a.Reasons {
			reasons = append(reasons, r.Name+"："+r.Message)
		}
		m.Text = strings.Join(reasons, "\n")
		if m.Text != "" {
			m.Tone = "bad"
		}
		all = append(all, m)
	}
	return all
}

// Oldest brings moments into the order of time.
func Oldest(all []Moment) {
	slices.SortStableFunc(all, func(a, b Moment) int { return a.At.Compare(b.At) })
}

// Procedure draws the steps of a decision with their days.
func Procedure(asked []casework.StepAsked) []Step {
	var all []Step
	for _, a := range asked {
		drawn := Step{Label: a.Label, Note: "未登记"}
		if a.After {
			drawn.Note = "成交后公开"
		}
		if a.On != "" {
			drawn.Note, drawn.State = Date(a.On), "done"
		}
		all = append(all, drawn)
	}
	return all
}

// Tell tells an event as its room words it.
func (k *Kit) Tell(e event.Event) words.Told { return k.cfg.Words.Tell(e) }
