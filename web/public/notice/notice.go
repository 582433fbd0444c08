// Package notice is the screens of what is announced: the notices, and the assets
// and resolutions on which they stand.
package notice

import (
	"sunlot/disclosure"
	"sunlot/internal/casework"
	"sunlot/internal/identity"
	"sunlot/trading/bidding"
	"sunlot/trading/contracts"
	"sunlot/trading/register"
	"sunlot/trading/resolving"
	"sunlot/trading/rules"
	"sunlot/trading/tendering"
	"sunlot/web"
)

// Screens is the notices with their grounds.
type Screens struct {
	Kit       *web.Kit
	Pack      func() rules.Pack
	Days      casework.Schedules
	Library   *casework.Library
	Directory *identity.Directory
	Assets    *register.Service
	Resolving *resolving.Service
	Tendering *tendering.Service
	Bidding   *bidding.Service
	Contracts *contracts.Service
	Standings disclosure.Standings
}

// Register declares the routes.
func (s *Screens) Register() {
	k := s.Kit
	k.Get("/tenders", web.Public, s.tenders)
	k.Get("/tenders/:id", web.Public, s.tender)
	k.Get("/assets/:id", web.Public, s.asset)
	k.Get("/resolutions/:id", web.Public, s.resolution)
	k.Get("/votes", web.Needs(resolving.VoteCheck), s.votes)
}
