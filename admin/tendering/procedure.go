package tendering

import (
	"sunlot/trading"
	"sunlot/trading/rules"
	"sunlot/web"
)

// procedure draws the steps that the pack asks for, with the days of those held.
func procedure(pack rules.Pack, r trading.Resolution) []web.Step {
	var asked []web.Asked
	for _, step := range pack.Procedure {
		asked = append(asked, web.Asked{Label: step.Label, On: r.StepOn(step.Key), After: step.After})
	}
	return web.Procedure(asked)
}
