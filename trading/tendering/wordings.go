package tendering

import "sunlot/disclosure/words"

// Wordings is what the trail calls the steps of a supplement, which are no events.
var Wordings = []words.Wording{
	words.Act("supplement.proposed", "起草补充公告"),
	words.Act("supplement.released", "发布补充公告"),
	words.Act("supplement.returned", "退回补充公告"),
	words.Act("supplement.taken_back", "收回补充公告"),
}
