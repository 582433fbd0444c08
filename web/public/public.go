// Package public is the villagers' and bidders' screens.
package public

import (
	"context"

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

// Events reads what the log's pages show.
type Events interface {
	// Head says how far the log has come.
	Head(ctx context.Context) (ledger.Head, error)
}

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
	Events    Events
	Epoch     string // of the live rooms

	county recent[contracts.Totals]
}

// Register declares the routes.
func (s *Screens) Register() {
	k := s.Kit
	k.Get("/", web.Public, s.home)
	k.Get("/search", web.Public, s.find)
	k.Get("/tenders", web.Public, s.tenders)
	k.Get("/tenders/:id", web.Public, s.tender)
	k.Get("/tenders/:id/share", web.Public, s.share)
	k.Get("/tenders/:id/card.png", web.Public, s.card)
	k.Get("/assets/:id", web.Public, s.asset)
	k.Get("/resolutions/:id", web.Public, s.resolution)
	k.Get("/villages", web.Public, s.villages)
	k.Get("/villages/:id", web.Public, s.village)
	k.Get("/villages/:id/resolutions", web.Public, s.villageDecisions)
	k.Get("/villages/:id/objections", web.Public, s.villageAnswers)
	k.Get("/rules", web.Public, s.rules)
	k.Get("/votes", web.Needs(identity.VoteCheck), s.votes)
	k.Get("/styleguide", web.Public, s.styleguide)
	s.bidderRoutes()
	s.lotRoutes()
	s.worksRoutes()
}

// bidderRoutes are what bidders do.
func (s *Screens) bidderRoutes() {
	k, register, place, sign := s.Kit, web.Needs(identity.LotRegister), web.Needs(identity.BidPlace), web.Needs(identity.ContractSign)
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
	k.Get("/contracts", sign, s.contracts)
	k.Post("/lots/:id/contract/sign", sign, s.contractSign)
}

// lotRoutes are what everybody sees of a lot.
func (s *Screens) lotRoutes() {
	k := s.Kit
	k.Get("/lots", web.Public, s.lots)
	k.Get("/lots/:id", web.Public, s.room)
	k.Get("/lots/:id/replay", web.Public, s.replay)
	k.Get("/practice", web.Public, s.practice)
	k.Post("/practice", web.Public, s.practiceBid)
	k.Get("/results", web.Public, s.results)
	k.Get("/lots/:id/result", web.Public, s.result)
	k.Post("/lots/:id/objections", web.Public, s.object)
	k.Get("/lots/:id/contract", web.Public, s.contract)
}
