package bidding

import "sunlot/disclosure/words"

// Wordings is what the trail calls the steps of registrations and deposits. They
// are no events: nobody may learn from the log who bids.
var Wordings = []words.Wording{
	words.Act("registration.qualified", "审核通过"),
	words.Act("registration.refused", "审核未通过"),
	words.Act("deposit.received", "登记到账"),
	words.Act("deposit.matched", "匹配"),
	words.Act("deposit.rejected", "退回无主款"),
	words.Act("deposit.refunded", "原路退回"),
}
