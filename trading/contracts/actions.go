package contracts

import (
	"sunlot/internal/identity"
	"sunlot/trading"
)

// What is done in this room besides the acts that trading declares.
var (
	ContractSign = identity.NewAction("contract.sign", "成交人签订合同", identity.BidderRole).Binding()
	RentReceive  = identity.NewAction("rent.receive", "登记租金、价款到账", identity.Station)
	// RentReverse takes a wrong slip out of the sums.
	RentReverse = identity.NewAction("rent.reverse", "冲销租金、价款登记", identity.Station).After("rent.receive")
)

// Actions lists what is done in this room, for the table of who may do what.
var Actions = []*identity.Action{
	trading.ContractOffer,
	ContractSign,
	RentReceive,
	RentReverse,
}
