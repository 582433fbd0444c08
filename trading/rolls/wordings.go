package rolls

import "sunlot/disclosure/words"

// Wordings is how the events of rolls are told, and the steps that are no events.
var Wordings = []words.Wording{
	words.Of("roll.confirmed", "核对应到人员名册", ConfirmedFacts.told).
		InTrail("核对无误").
		Omits("an id; the place is told by its name", "org").
		Omits("a key of the rules; the body is told by its name", "assembly"),
	words.Act("roll.entered", "登记名册"),
	words.Act("roll.returned", "退回名册"),
	words.Act("roll.amended", "修改后重新提交"),
	words.Act("roll.withdrawn", "撤回名册"),
}

func (f ConfirmedFacts) told() []words.Fact {
	return []words.Fact{
		words.Text("单位", f.Place),
		words.Text("会议", f.Body),
		words.Day("起用日期", f.From),
		words.Count("应到", f.Count, "人"),
		words.Instant("登记时间", f.Entered),
	}
}
