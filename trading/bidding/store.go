package bidding

import (
	"context"
	"time"

	"sunlot/disclosure/ledger"
	"sunlot/disclosure/privacy"
	"sunlot/internal/calendar"
	"sunlot/internal/casework"
	"sunlot/internal/event"
	"sunlot/internal/identity"
	"sunlot/trading"
	"sunlot/trading/mode"
	"sunlot/trading/rules"
)

// Breaks is what is known of the times in which no server could write.
type Breaks interface {
	// Outages lists those that ended after an instant, which ended first coming first.
	Outages(after time.Time) ([]trading.Outage, error)
	// Silence is how long no server has said that it can write; the longest time when nobody
	// knows: none ever has, or the clock was set back since.
	Silence() (time.Duration, error)
}

// RegistrationTx is what the acts on a registration need. Lot locks the lot's
// stream, so that registering, qualifying and opening come one after another.
type RegistrationTx interface {
	privacy.Papers
	Breaks
	ledger.CommitTx
	Lot(id string, in identity.Scope) (trading.Lot, error)
	Registration(id string, in identity.Scope) (trading.Registration, error)
	// RegistrationOf is the person's registration in the lot that was neither pulled nor
	// refused, or fault.NotFound.
	RegistrationOf(lot, person string) (trading.Registration, error)
	// Registrations lists all of a lot, in no order that tells anything.
	Registrations(lot string) ([]trading.Registration, error)
	SaveRegistration(r trading.Registration) error
	// DepositOf is the deposit that was matched to the registration, or fault.NotFound.
	DepositOf(registration string) (trading.Deposit, error)
	SaveDeposit(d trading.Deposit) error
	// Held lists what the person holds now, and until the transaction has ended; nothing when
	// the account is closed.
	Held(personID string) ([]identity.Membership, error)
}

// DepositTx is what the acts on deposits need.
type DepositTx interface {
	privacy.Papers
	// LotByCode finds a lot by its deposit code, or fault.NotFound.
	LotByCode(code string, in identity.Scope) (trading.Lot, error)
	// Lot locks the lot's stream and finds it.
	Lot(id string, in identity.Scope) (trading.Lot, error)
	// Award answers fault.NotFound while there is none.
	Award(lot string) (trading.Award, error)
	Registration(id string, in identity.Scope) (trading.Registration, error)
	// Registrations lists all of a lot, in no order that tells anything.
	Registrations(lot string) ([]trading.Registration, error)
	SaveRegistration(r trading.Registration) error
	DepositOf(registration string) (trading.Deposit, error)
	// TakenFrom lists the deposits of the registration that the bank took back.
	TakenFrom(registration string) ([]trading.Deposit, error)
	// Deposit locks the deposit's row and finds it.
	Deposit(id string, in identity.Scope) (trading.Deposit, error)
	// TraceUsed says whether a refund of the account has been noted by this number of the bank.
	TraceUsed(account, trace string) (bool, error)
	SaveDeposit(d trading.Deposit) error
}

// BidTx is one bidder's view of a locked lot. Bids that wait for the database
// share one transaction, each seeing the lot as the one before left it.
type BidTx interface {
	Breaks
	// At is when the lot was locked.
	At() time.Time
	Lot() trading.Lot
	// Registration is the bidder's own in the lot; false when there is none.
	Registration() (trading.Registration, bool)
	// Place keeps the bid, the lot after it, and the event with its leaf. It
	// returns the event's number in the lot's stream.
	Place(b trading.Bid, after trading.Lot, facts trading.BidFacts) (seq int64, err error)
}

// LotTx is what opening, closing and settling a lot need.
type LotTx interface {
	privacy.Papers
	Breaks
	Lot(id string, in identity.Scope) (trading.Lot, error)
	SaveLot(l trading.Lot) error
	// Offers lists those of the lot that were accepted, in their order.
	Offers(lot string) ([]mode.Offer, error)
	Tender(id string, in identity.Scope) (trading.Tender, error)
	SaveTender(t trading.Tender) error
	Asset(id string, in identity.Scope) (trading.Asset, error)
	Registration(id string, in identity.Scope) (trading.Registration, error)
	Registrations(lot string) ([]trading.Registration, error)
	SaveRegistration(r trading.Registration) error
	// Deposits lists a lot's deposits.
	Deposits(lot string) ([]trading.Deposit, error)
	SaveDeposit(d trading.Deposit) error
	// DepositOf is as in RegistrationTx.
	DepositOf(registration string) (trading.Deposit, error)
	Award(lot string) (trading.Award, error)
	SaveAward(a trading.Award) error
	Objections(lot string) ([]trading.Objection, error)
	Objection(id string, in identity.Scope) (trading.Objection, error)
	SaveObjection(o trading.Objection) error
	// Vacate is as in register.Occupations.
	Vacate(lot string) error
}

// Due is what the clock asks for, by lot id.
type Due struct{ Notices, Open, Resume, Close, Publicities, Settle []string }

// LotStore keeps lots and their bids. WriteLot is as register.Store's WriteAsset.
type LotStore interface {
	// WorkLot runs an act of the clock, which no person asked for and which does
	// nothing when it has been done already.
	WorkLot(ctx context.Context, fn func(LotTx) error) error
	// PlaceBid runs decide while the lot's stream is locked; decide does nothing
	// but through the transaction, and may run again. The person's registration
	// is read with the lot. Of what waits at this node the bid that was received
	// first is decided first.
	PlaceBid(ctx context.Context, once event.Request, lot, person string, received time.Time,
		decide func(BidTx) (answer string, err error)) (string, error)
	Lot(ctx context.Context, id string, in identity.Scope) (trading.Lot, error)
	// Beat says that this server can write. When none has for longer than quiet, the time since
	// then is kept as an outage; when no server's beat is known, the time since the newest event
	// of the log. A clock that was set back is an outage without length.
	Beat(ctx context.Context, quiet time.Duration) error
	// Lots lists those that are in one of the states, those that end first coming first.
	Lots(ctx context.Context, q casework.Query) ([]trading.Lot, int, error)
	// LotsDue names the lots that should have opened, gone on, closed or settled (with the grace)
	// by now, or whose registration, bidding or publicity may have lost time that was not given
	// back, at most 1,000 of each.
	LotsDue(ctx context.Context, now time.Time) (Due, error)
	// Bids lists a lot's bids, newest first, at most limit.
	Bids(ctx context.Context, lot string, limit int) ([]trading.Bid, error)
	// Course lists the numbers, prices and times of a lot's newest bids, at most limit, the
	// oldest first.
	Course(ctx context.Context, lot string, limit int) ([]trading.Bid, error)
	// BidsOf lists a person's own bids, newest first.
	BidsOf(ctx context.Context, person string, page identity.Page) ([]trading.Bid, int, error)
	// Events reads a stream's events after seq, at most limit.
	Events(ctx context.Context, s event.Stream, after int64, limit int) ([]event.Event, error)
}

// RegistrationStore keeps who may bid. WriteRegistration is as register.Store's WriteAsset.
type RegistrationStore interface {
	WriteRegistration(ctx context.Context, once event.Request, fn func(RegistrationTx) (string, error)) (string, error)
	Registration(ctx context.Context, id string, in identity.Scope) (trading.Registration, error)
	// RegistrationIn is the person's registration in the lot, neither pulled nor refused, or
	// fault.NotFound.
	RegistrationIn(ctx context.Context, lot, person string) (trading.Registration, error)
	// RegistrationsOf lists a person's own, newest first.
	RegistrationsOf(ctx context.Context, person string, page identity.Page) ([]trading.Registration, int, error)
	// Registrations lists those in the scope, with a parent those of that lot. It sorts by
	// "deadline" (default: registration's end, then age), "newest".
	Registrations(ctx context.Context, q casework.Query) ([]trading.Registration, int, error)
	// Vote is the kind of the lot's asset and what was resolved on it.
	Vote(ctx context.Context, lot string) (trading.AssetKind, trading.ResolutionForm, error)
	// Acts is the private trail of a noun, oldest first, with the persons' names.
	Acts(ctx context.Context, noun event.Stream) ([]casework.Act, error)
}

// DepositStore keeps deposits. WriteDeposit is as register.Store's WriteAsset.
type DepositStore interface {
	WriteDeposit(ctx context.Context, once event.Request, fn func(DepositTx) (string, error)) (string, error)
	// DepositsOf lists the deposits of a registration, also those that the bank took back.
	DepositsOf(ctx context.Context, registration string) ([]trading.Deposit, error)
	// Deposits lists those in the scope; it sorts by "due" (default: due refunds by
	// their day, then newest first), "newest", "amount".
	Deposits(ctx context.Context, q casework.Query) ([]trading.Deposit, int, error)
	Deposit(ctx context.Context, id string, in identity.Scope) (trading.Deposit, error)
}

// AwardStore keeps results and the objections to them. WriteLot is as
// register.Store's WriteAsset.
type AwardStore interface {
	WriteLot(ctx context.Context, once event.Request, fn func(LotTx) (string, error)) (string, error)
	// Award answers fault.NotFound while there is none.
	Award(ctx context.Context, lot string) (trading.Award, error)
	// Awards sorts by "newest" (default), "yearly" (the highest rent first), and is
	// narrowed by the asset's kind, the day of the award and its price.
	Awards(ctx context.Context, q casework.Query) ([]trading.Award, int, error)
	Objections(ctx context.Context, lot string) ([]trading.Objection, error)
	Objection(ctx context.Context, id string, in identity.Scope) (trading.Objection, error)
	// ObjectionsIn lists those in the scope; it sorts by "oldest" (default), "newest",
	// "waiting" (those that hold a result up first, the oldest first). Kind is their target.
	ObjectionsIn(ctx context.Context, q casework.Query) ([]trading.Objection, int, error)
}

// Cashier is the use-cases on money: the accounts into which deposits are paid,
// their statements, and what goes back.
type Cashier struct {
	DepositStore      DepositStore
	StatementStore    StatementStore
	RegistrationStore RegistrationStore
	Pack              func() rules.Pack
	Days              casework.Schedules
}

// Service is the use-cases. The deciding time comes from the transaction; Clock
// only serves reads.
type Service struct {
	Cashier
	LotStore          LotStore
	RegistrationStore RegistrationStore
	AwardStore        AwardStore
	Pack              func() rules.Pack
	Days              casework.Schedules
	Clock             calendar.Clock
	Blind             Blind              // of registrations
	Quiet             time.Duration      // how long no server writes before that is an outage; 0 means 5 s
	Troubles          *casework.Troubles // what failed at this node; nil tries everything at each turn
}
