package works

import "sunlot/disclosure/words"

// Wordings is how the events of this room are told, and its steps that are none.
var Wordings = []words.Wording{
	words.Act("project.proposed", "登记项目"),
	words.Of("project.opened", "工程项目公开", OpenedFacts.told).
		InTrail("核实项目").
		Omits("the project's page shows it in words", "village", "resolution", "plan"),
	words.Act("project.returned", "退回项目"),
	words.Act("project.recorded", "登记环节"),
	words.Act("project.rejected", "退回登记"),
	words.Act("project.taken_back", "收回项目"),
	words.Act("project.entry_taken_back", "收回登记"),
	staged("project.staged", "工程完成一个环节", "核实环节"),
	words.Of("project.skipped", "工程一个环节未办理，已说明理由", StagedFacts.toldSkipped).
		InTrail("核实未办理的环节").
		Omits(noPage, "entry").
		Omits("the kind says it", "skipped").
		Omits("a stage that is skipped moves no money", "sum", "sums"),
	staged("project.varied", "工程变更签证", "核实变更签证"),
	staged("project.accepted", "工程验收", "核实验收"),
	staged("project.settled", "工程决算", "核实决算"),
	staged("project.paid", "工程付款", "核实付款"),
}

const noPage = "an id that no page shows"

// staged is the wording of a confirmed entry.
func staged(kind, title, step string) words.Wording {
	return words.Of(kind, title, StagedFacts.told).
		InTrail(step).
		Omits(noPage, "entry").
		Omits("the kind says it", "skipped").
		Omits("the entry of its own stage tells it", "sums.budget", "sums.final")
}
