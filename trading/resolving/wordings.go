package resolving

import "sunlot/disclosure/words"

// Wordings is what the trail calls the steps of a resolution that are no events.
var Wordings = []words.Wording{
	words.Act("resolution.recorded", "登记决议"),
	words.Act("resolution.submitted", "提交核实"),
	words.Act("resolution.taken_back", "收回决议"),
	words.Act("resolution.returned", "退回决议"),
	words.Act("resolution.withdrawn", "撤回决议"),
}
