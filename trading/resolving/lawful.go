package resolving

import (
	"fmt"

	"sunlot/internal/calendar"
	"sunlot/trading"
	"sunlot/trading/rules"
)

// unlawful lists why a resolution does not carry a notice; nothing means it
// does. today is the day of the judgement in Beijing.
func unlawful(pack rules.Pack, a trading.Asset, r trading.ResolutionForm, today calendar.Date) []string {
	reasons := stepsMissed(pack, r.Steps, today)
	assembly, ok := pack.Assemblies[a.Assembly]
	if !ok {
		return append(reasons, "资产登记的决策会议不在本县规则之内")
	}
	c := count(r.Votes)
	if !assembly.Quorum.Met(c.Present, c.Due) {
		reasons = append(reasons,
			fmt.Sprintf("应到%d人，到会%d人，未达到“%s”的要求（%s）", c.Due, c.Present, assembly.Quorum, assembly.Quorum.Source))
	}
	whole, of := c.Present, "到会"
	if assembly.PassOfAll {
		whole, of = c.Due, "全体"
	}
	if !assembly.Pass.Met(c.For, whole) {
		reasons = append(reasons,
			fmt.Sprintf("%s%d人，同意%d人，未达到“%s”的要求（%s）", of, whole, c.For, assembly.Pass, assembly.Pass.Source))
	}
	if r.Outsiders && a.Kind.Land() && !assembly.Outsiders.Met(c.For, c.Due) {
		reasons = append(reasons,
			fmt.Sprintf("土地租给本集体以外的单位或者个人，全体%d人，同意%d人，未达到“%s”的要求（%s）", c.Due, c.For, assembly.Outsiders,
				assembly.Outsiders.Source))
	}
	return reasons
}

// stepsMissed says which steps before the notice were not held, or not in order.
func stepsMissed(pack rules.Pack, done []trading.StepDone, today calendar.Date) []string {
	on := map[string]calendar.Date{}
	for _, d := range done {
		on[d.Key] = d.On
	}
	var missed []string
	before, beforeLabel := calendar.Date(""), ""
	for _, step := range pack.Procedure {
		day := on[step.Key]
		switch {
		case step.After:
			continue
		case day == "":
			missed = append(missed, fmt.Sprintf("缺少“%s”的日期（%s）", step.Label, pack.ProcedureSource))
			continue
		case day > today:
			missed = append(missed, fmt.Sprintf("“%s”的日期%s还没有到", step.Label, day))
		case day < before:
			missed = append(missed, fmt.Sprintf("“%s”（%s）早于“%s”（%s），顺序不对", step.Label, day, beforeLabel, before))
		}
		before, beforeLabel = day, step.Label
	}
	return missed
}
