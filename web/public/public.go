// Package public is the villagers' and bidders' screens.
package public

import (
	"context"

	"sunlot/disclosure"
	"sunlot/disclosure/ledger"
	"sunlot/disclosure/mailbox"
	"sunlot/disclosure/power"
	"sunlot/internal/casework"
	"sunlot/internal/event"
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
	// EventByLeaf answers fault.NotFound for a leaf hash that there is not.
	EventByLeaf(ctx context.Context, hash string) (event.Event, error)
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
	Admin     *identity.Admin
	Sessions  *identity.Sessions
	Blind     *ledger.Blind
	Mailbox   *mailbox.Service
	Log       *ledger.Log
	Standings disclosure.Standings
	Events    Events
	Epoch     string // of the live rooms

	guesses guessers // of codes
	county  recent[contracts.Totals]
	smalls  smalls
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
	k.Get("/photos/:name", web.Public, s.photo)
	k.Get("/documents/:sha", web.Public, s.document)
	k.Get("/rules", web.Public, s.rules)
	k.Get("/votes", web.Needs(identity.VoteCheck), s.votes)
	k.Get("/log", web.Public, s.log)
	k.Get("/log/checkpoint", web.Public, s.checkpoint)
	k.Get("/log/key", web.Public, s.key)
	k.Get("/log/tile/*", web.Public, s.tile)
	k.Get("/log/leaves/:hash", web.Public, s.leaf)
	k.Get("/log/leaves/:hash/receipt", web.Public, s.receipt)
	k.Get("/styleguide", web.Public, s.styleguide)
	s.RegisterLogin()
	s.bidderRoutes()
	s.lotRoutes()
	s.worksRoutes()
	s.reportRoutes()
}

// reportRoutes are the report box's.
func (s *Screens) reportRoutes() {
	k := s.Kit
	k.Get(web.ReportPath, web.Anonymous, s.reportForm)
	k.Post(web.ReportPath, web.Anonymous, s.report)
	k.Get("/report/where", web.Anonymous, s.reportWhere)
	k.Get("/report/follow", web.Anonymous, s.followForm)
	k.Post("/report/follow", web.Anonymous, s.follow)
	k.Post("/report/add", web.Anonymous, s.reportAdd)
}

// RegisterLogin declares what it takes to log in; a house without public pages
// declares it alone.
func (s *Screens) RegisterLogin() {
	k := s.Kit
	k.Get(web.LoginPath, web.Public, s.loginForm)
	k.Post(web.LoginPath, web.Public, s.login)
	k.Post("/logout", web.Public, s.logout)
	k.Post(web.CarePath, web.Public, s.care)
	k.Get(web.PasswordPath, web.SignedIn, s.passwordForm)
	k.Post(web.PasswordPath, web.SignedIn, s.password)
}

// bidderRoutes are what bidders do.
func (s *Screens) bidderRoutes() {
	k, register, place, sign := s.Kit, web.Needs(identity.LotRegister), web.Needs(identity.BidPlace), web.Needs(identity.ContractSign)
	k.Get("/join", web.Public, s.joinForm)
	k.Post("/join", web.Public, s.join)
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
