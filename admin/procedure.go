package admin

import (
	"sunlot/trading"
	"sunlot/trading/rules"
	"sunlot/web"
)

// procedure draws the steps that the pack asks for, with the days of those taken.
func procedure(pack rules.Pack, done []trading.StepDone) []web.Step {
	var asked []web.Asked
	for _, step := range pack.Procedure {
		a := web.Asked{Label: step.Label, After: step.After}
		for _, d := range done {
			if d.Key == step.Key && d.On != "" {
				a.On = d.On
			}
		}
		asked = append(asked, a)
	}
	return web.Procedure(asked)
}
