// Package contracts is the offices' screens of results with their contracts and
// rents.
package contracts

import (
	"sunlot/admin"
	"sunlot/internal/identity"
	"sunlot/trading"
	"sunlot/trading/bidding"
	"sunlot/trading/contracts"
	"sunlot/web"
)

// Screens is the pages on which a contract is offered and its rents are received.
type Screens struct {
	Kit       *admin.Kit
	Bidding   *bidding.Service
	Contracts *contracts.Service
}

// Register declares the routes, and what the desk shows of this room.
func (s *Screens) Register() {
	k, read := s.Kit, web.Needs(identity.OfficeRead)
	k.Get("/office/results", read, s.results)
	k.Get("/office/results/:id", read, s.resultOf)
	k.Post("/office/results/:id/contract", web.Needs(trading.ContractOffer), s.contractOffer)
	k.Upload("/office/results/:id/rents", web.Needs(contracts.RentReceive), s.rentReceive)
	k.Post("/office/results/:id/rents/reverse", web.Needs(contracts.RentReverse), s.rentReverse)
	k.Links(admin.Link{Label: "成交和收款", Address: "/office/results", Acts: []*identity.Action{identity.OfficeRead}})
	k.DutyPages(map[string]string{
		"contract":  "/office/results/:id",
		"signature": "/lots/:id/contract",
		"rent":      "/office/results/:id",
		"payrent":   "/lots/:id/contract",
	})
}
