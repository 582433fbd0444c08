package bidding

import (
	"sunlot/internal/identity"
	"sunlot/trading"
)

// What is done in this room besides the acts that trading declares.
var (
	LotRegister   = identity.NewAction("lot.register", "报名竞买", identity.BidderRole)
	BidPlace      = identity.NewAction("bid.place", "报价", identity.BidderRole)
	DepositRefund = identity.NewAction("deposit.refund", "退还保证金", identity.Station)
)

// Actions lists what is done in this room, for the table of who may do what.
var Actions = []*identity.Action{
	LotRegister,
	BidPlace,
	trading.RegistrationQualify,
	trading.DepositImport,
	DepositRefund,
	trading.ObjectionAnswer,
}
