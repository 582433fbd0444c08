// Package results is the screens of what came of a lot: the result with its
// objections, and the contract with its rent.
package results

import (
	"sunlot/disclosure"
	"sunlot/internal/casework"
	"sunlot/internal/identity"
	"sunlot/trading/bidding"
	"sunlot/trading/contracts"
	"sunlot/trading/tendering"
	"sunlot/web"
)

// Screens is the results and the contracts.
type Screens struct {
	Kit       *web.Kit
	Days      casework.Schedules
	Directory *identity.Directory
	Tendering *tendering.Service
	Bidding   *bidding.Service
	Contracts *contracts.Service
	Sessions  *identity.Sessions
	Standings disclosure.Standings
}

// Register declares the routes.
func (s *Screens) Register() {
	k, sign := s.Kit, web.Needs(contracts.ContractSign)
	k.Get("/results", web.Public, s.results)
	k.Get("/lots/:id/result", web.Public, s.result)
	k.Post("/lots/:id/objections", web.Public, s.object)
	k.Get("/lots/:id/contract", web.Public, s.contract)
	k.Get("/contracts", sign, s.contracts)
	k.Post("/lots/:id/contract/sign", sign, s.contractSign)
}
