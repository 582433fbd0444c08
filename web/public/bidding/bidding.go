// Package bidding is the screens of a lot from its registrations to its last bid:
// the live room for everybody, and what bidders do.
package bidding

import (
	"sunlot/disclosure/ledger"
	"sunlot/internal/casework"
	"sunlot/trading"
	"sunlot/trading/bidding"
	"sunlot/trading/contracts"
	"sunlot/trading/resolving"
	"sunlot/trading/tendering"
	"sunlot/web"
)

// Screens is the lots' pages.
type Screens struct {
	Kit       *web.Kit
	Days      casework.Schedules
	Library   *casework.Library
	Resolving *resolving.Service
	Tendering *tendering.Service
	Bidding   *bidding.Service
	Contracts *contracts.Service
	Blind     *ledger.Blind
	Epoch     string // of the live rooms
}

// Register declares the routes.
func (s *Screens) Register() {
	k := s.Kit
	register, place := web.Needs(bidding.LotRegister), web.Needs(bidding.BidPlace)
	k.Get("/lots", web.Public, s.lots)
	k.Get("/lots/:id", web.Public, s.room)
	k.Get("/lots/:id/replay", web.Public, s.replay)
	k.Get("/practice", web.Public, s.practice)
	k.Post("/practice", web.Public, s.practiceBid)
	k.Get("/lots/:id/register", register, s.registerForm)
	k.Upload("/lots/:id/registrations", register, s.register)
	k.Get("/registrations", register, s.registrations)
	k.Get("/registrations/:id", web.Needs(bidding.LotRegister, trading.RegistrationQualify), s.registration)
	k.Get("/registrations/:id/proof", register, s.registrationProof)
	k.Post("/registrations/:id/pull", register, s.pull)
	k.Get("/lots/:id/bid", place, s.bidForm)
	k.Get("/lots/:id/bid/confirm", place, s.bidConfirm)
	k.Post("/lots/:id/bids", place, s.bidPlace)
	k.Get("/bids", place, s.bids)
}
