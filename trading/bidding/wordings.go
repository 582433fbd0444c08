package bidding

import "sunlot/disclosure/words"

// Wordings is what the trail calls the steps of registrations and deposits, and those of a
// decision that waits for its second person. They are no events: nobody may learn from the
// log who bids, nor which way a decision goes before it counts.
var Wordings = []words.Wording{
	words.Act("registration.qualified", "审核通过"),
	words.Act("registration.refused", "审核未通过"),
	words.Act("deposit.received", "登记到账"),
	words.Act("deposit.matched", "核对"),
	words.Act("registration.reversed", "保证金被银行冲正，取消竞买资格"),
	words.Act("account.opened", "登记保证金账户"),
	words.Act("account.forgot", "取消银行流水各列的说明"),
	words.Act("deposit.due", "列入待退款项"),
	words.Act("deposit.rejected", "退回不符合要求的款项"),
	words.Act("deposit.proposed", "提出人工核对"),
	words.Act("deposit.declined", "撤销人工核对"),
	words.Act("deposit.undone", "被银行冲正"),
	words.Act("deposit.replaced", "冲正后已重新到账"),
	words.Act("deposit.settled", "处理银行冲正"),
	words.Act("deposit.noted", "登记退款"),
	words.Act("deposit.denied", "退款登记不实，重新待退"),
	words.Act("deposit.refunded", "原路退回"),
	words.Act("deposit.proved", "流水印证退款"),
	words.Act("deposit.sent_back", "退款被银行退回，重新待退"),
	words.Act("objection.proposed", "决定撤销成交结果，送复核"),
	words.Act("objection.doubted", "复核不同意，退回重新决定"),
	words.Act("objection.withdrawn", "撤回待复核的决定"),
	words.Act("withdrawal.closed", "核对银行冲正"),
}
