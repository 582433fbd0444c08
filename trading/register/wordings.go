package register

import "sunlot/disclosure/words"

// Wordings is what the trail calls the steps of an entry that are no events.
var Wordings = []words.Wording{
	words.Act("asset.entered", "送核实"),
	words.Act("asset.returned", "退回修改"),
	words.Act("asset.withdrawn", "撤回登记"),
}
