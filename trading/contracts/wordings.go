package contracts

import "sunlot/disclosure/words"

// Wordings is how the events of this room are told, and its steps that are none.
var Wordings = []words.Wording{
	words.Act("contract.offered", "村集体签订"),
	words.Of("contract.signed", "签订合同", SignedFacts.told).
		InTrail("成交人签订").
		Omits("the contract bears the id of the lot", "tender"),
	words.Of("rent.received", "收到租金、价款", ReceivedFacts.told).
		InTrail("登记租金、价款到账"),
	words.Of("rent.reversed", "冲销登记错的租金、价款", ReversedFacts.told).
		InTrail("冲销租金、价款登记").
		Omits("the page shows the slip beside its reversal", "slip"),
}
