package trading

import (
	"slices"

	"sunlot/disclosure/words"
)

// Wordings is how the events are told whose facts stand in this package, with
// the steps of a tender before it is announced.
var Wordings = slices.Concat(tenderSteps, []words.Wording{
	words.Of("asset.registered", "登记资产", AssetFacts.told).
		InTrail("核实资产登记").
		Omits(onPage, "owner", "acting", "assembly", "kind", "photos"),
	words.Of("asset.corrected", "更正资产登记", AssetFacts.told).
		InTrail("核实资产更正").
		Omits(onPage, "owner", "acting", "assembly", "kind", "photos"),
	words.Of("resolution.confirmed", "决议公开", ConfirmedFacts.told).
		InTrail("核实决议").
		Omits(onPage, "asset", "assembly", "steps", "outsiders", "priorities").
		Omits("an event of its own, whose count and day are told here", "roll"),
	words.Of("tender.announced", "发布交易公告", AnnouncedFacts.told).
		InTrail("发布公告").
		Omits("an event of its own, which verify tells first", "asset", "resolution", "before").
		Omits(onPage, "mode", "rent_due").
		Omits("ids; the notice names the source of each rule", "rule_pack", "rule_version", "lots"),
	words.Of("tender.supplemented", "发布补充公告", SupplementFacts.told),
	words.Of("tender.rescheduled", "节假日安排公布或调整，公告日期随之确定", RescheduledFacts.told),
	words.Of("tender.resumed", "服务中断过，补回报名时间", NoticeResumedFacts.told),
	words.Of("tender.posted", "公告已在村公告栏张贴", func(PostedFacts) []words.Fact { return nil }).
		InTrail("张贴公告栏").
		Omits(onPage, "photo"),
	words.Of("lot.opened", "开始竞价", OpenedFacts.told).
		Omits(onPage, "holders").
		Omits("each bidder finds his own by its proof", "registrations"),
	words.Of("bid.placed", "有人报价", BidFacts.told),
	words.Of("lot.resumed", "服务中断过，补回竞价时间", ResumedFacts.told),
	words.Of("lot.closed", "竞价结束，成交", ClosedFacts.told),
	words.Of("lot.failed", "竞价结束，没有成交", FailedFacts.told),
	words.Of("objection.raised", "有人提出异议", RaisedFacts.told).
		Omits(noPage, "objection"),
	words.Of("objection.answered", "异议已答复", AnsweredFacts.told).
		Omits(noPage, "objection"),
	words.Of("objection.decided", "成立的异议有了决定", DecidedFacts.told).
		Omits(noPage, "objection"),
	words.Of("award.voided", "成交结果撤销", VoidedFacts.told).
		Omits(noPage, "objection"),
	words.Of("award.rescheduled", "节假日安排公布或调整，成交公示期随之确定", AwardRescheduledFacts.told),
	words.Of("award.resumed", "服务中断过，补回公示时间", AwardResumedFacts.told),
	words.Of("award.settled", "成交公示期满", SettledFacts.told),
})

// Why a fact is not told.
const (
	onPage = "the noun's page shows it in words"
	noPage = "an id that no page shows"
)

// tenderSteps is the trail of a tender up to its notice, which tells them.
var tenderSteps = []words.Wording{
	words.Act("tender.drafted", "起草"),
	words.Act("tender.submitted", "提交审核"),
	words.Act("tender.taken_back", "收回修改"),
	words.Act("tender.checked", "审核通过"),
	words.Act("tender.approved", "批准"),
	words.Act("tender.returned", "退回修改"),
	words.Act("tender.withdrawn", "撤回"),
	words.Act("tender.ended", "未成交（流标）后不再公告"),
}

// stepLabel is the name of a tender's step on the screen.
func stepLabel(kind string) string {
	at := slices.IndexFunc(tenderSteps, func(w words.Wording) bool { return w.Kind == kind })
	if at < 0 {
		return kind
	}
	return tenderSteps[at].Step
}
