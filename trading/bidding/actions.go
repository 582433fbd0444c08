package bidding

import (
	"sunlot/internal/identity"
	"sunlot/trading"
)

// What is done in this room besides the acts that trading declares.
var (
	LotRegister   = identity.NewAction("lot.register", "报名竞买", identity.BidderRole).Binding()
	BidPlace      = identity.NewAction("bid.place", "报价", identity.BidderRole).Binding()
	DepositRefund = identity.NewAction("deposit.refund", "退还保证金", identity.Station)
	// DepositAccount registers the accounts into which deposits are paid.
	DepositAccount = identity.NewAction("deposit.account", "登记保证金账户", identity.Station)
	// DepositSecond confirms what another has typed of a payment: whose it is, or that it went back.
	DepositSecond = identity.NewAction("deposit.second", "复核保证金", identity.Station).
			After("deposit.import", "deposit.refund")
	// LotWatch is to look after what the clock could not do with a lot; it changes nothing.
	LotWatch = identity.NewAction("lot.watch", "查看系统没有办成的标的", identity.Administrator)
)

// Actions lists what is done in this room, for the table of who may do what.
var Actions = []*identity.Action{
	LotRegister,
	BidPlace,
	trading.RegistrationQualify,
	trading.DepositImport,
	DepositRefund,
	DepositAccount,
	DepositSecond,
	trading.ObjectionAnswer,
	trading.ObjectionRule,
	trading.ObjectionSecond,
	trading.ObjectionStand,
	LotWatch,
}
