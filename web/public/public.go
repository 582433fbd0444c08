// Package public is the villagers' and bidders' screens.
package public

import (
	"sunlot/disclosure"
	"sunlot/disclosure/ledger"
	"sunlot/disclosure/power"
	"sunlot/internal/casework"
	"sunlot/internal/identity"
	"sunlot/trading/bidding"
	"sunlot/trading/contracts"
	"sunlot/trading/register"
	"sunlot/trading/resolving"
	"sunlot/trading/rules"
	"sunlot/trading/tendering"
	"sunlot/trading/works"
	"sunlot/web"
)

// Screens is the public pages.
type Screens struct {
	Kit       *web.Kit
	Pack      rules.Pack
	Days      casework.Schedules
	Library   *casework.Library
	Directory *identity.Directory
	Assets    *register.Service
	Resolving *resolving.Service
	Tendering *tendering.Service
	Bidding   *bidding.Service
	Contracts *contracts.Service
	Works     *works.Service
	Items     *power.Service
	Blind     *ledger.Blind
	Standings disclosure.Standings
	Epoch     string // of the live rooms

}

// Register declares the routes.
func (s *Screens) Register() {
	k := s.Kit
	k.Get("/tenders", web.Public, s.tenders)
	k.Get("/tenders/:id", web.Public, s.tender)
	k.Get("/assets/:id", web.Public, s.asset)
	k.Get("/resolutions/:id", web.Public, s.resolution)
	k.Get("/votes", web.Needs(identity.VoteCheck), s.votes)
	s.bidderRoutes()
	s.lotRoutes()
	s.worksRoutes()
}

// bidderRoutes are what bidders do.
func (s *Screens) bidderRoutes() {
	k, register, place := s.Kit, web.Needs(identity.LotRegister), web.Needs(identity.BidPlace)
	k.Get("/lots/:id/register", register, s.registerForm)
	k.Post("/lots/:id/registrations", register, s.register)
	k.Get("/registrations", register, s.registrations)
	k.Get("/registrations/:id", web.Needs(identity.LotRegister, identity.RegistrationQualify), s.registration)
	k.Get("/registrations/:id/proof", register, s.registrationProof)
	k.Post("/registrations/:id/pull", register, s.pull)
	k.Get("/lots/:id/bid", place, s.bidForm)
	k.Get("/lots/:id/bid/confirm", place, s.bidConfirm)
	k.Post("/lots/:id/bids", place, s.bidPlace)
	k.Get("/bids", place, s.bids)
}

// lotRoutes are what everybody sees of a lot.
func (s *Screens) lotRoutes() {
	k := s.Kit
	k.Get("/lots", web.Public, s.lots)
	k.Get("/lots/:id", web.Public, s.room)
	k.Get("/lots/:id/replay", web.Public, s.replay)
	k.Get("/practice", web.Public, s.practice)
	k.Post("/practice", web.Public, s.practiceBid)
}
