package contracts

import "sunlot/internal/identity"

// What is done in this room.
var (
	ContractOffer = identity.NewAction("contract.offer", "出租方签订合同", identity.Clerk)
	ContractSign  = identity.NewAction("contract.sign", "承租方签订合同", identity.BidderRole)
	RentReceive   = identity.NewAction("rent.receive", "登记租金到账", identity.Station)
)

// Actions lists what is done in this room, for the table of who may do what.
var Actions = []*identity.Action{
	ContractOffer,
	ContractSign,
	RentReceive,
}
