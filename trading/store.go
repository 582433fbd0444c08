package trading

import (
	"context"
	"time"

	"sunlot/disclosure/ledger"
	"sunlot/internal/calendar"
	"sunlot/internal/casework"
	"sunlot/internal/event"
	"sunlot/internal/identity"
)

// AssetTx is what the acts on an asset need of a transaction. Loading locks the row.
type AssetTx interface {
	casework.Papers
	Asset(id string, in identity.Scope) (Asset, error)
	// SaveAsset inserts version 1 and updates later ones.
	SaveAsset(a Asset) error
	// AssetInUse says whether a tender of the asset is under way.
	AssetInUse(id string) (bool, error)
}

// ResolutionTx is what the acts on a resolution need. Loading locks the row.
type ResolutionTx interface {
	casework.Papers
	Asset(id string, in identity.Scope) (Asset, error)
	Resolution(id string, in identity.Scope) (Resolution, error)
	// SaveResolution saves the resolution and replaces its votes.
	SaveResolution(r Resolution) error
	// Representatives lists the persons who hold the role at the place now.
	Representatives(place identity.Path) ([]identity.Person, error)
}

// TenderTx is what the acts on a tender need. Loading locks the row.
type TenderTx interface {
	casework.Papers
	Asset(id string, in identity.Scope) (Asset, error)
	Resolution(id string, in identity.Scope) (Resolution, error)
	Tender(id string, in identity.Scope) (Tender, error)
	SaveTender(t Tender) error
	// ResolutionUsed says whether another tender, not withdrawn, rests on the resolution.
	ResolutionUsed(resolutionID, exceptTender string) (bool, error)
	Acts(noun event.Stream) ([]casework.Act, error)
	Supplement(id string, in identity.Scope) (Supplement, error)
	SaveSupplement(s Supplement) error
	// Supplements lists a tender's supplements by number.
	Supplements(tenderID string) ([]Supplement, error)
	// Lot locks the lot's stream and finds it.
	Lot(id string, in identity.Scope) (Lot, error)
	AddLot(l Lot) error
	SaveLot(l Lot) error
}

// RegistrationTx is what the acts on a registration need. Lot locks the lot's
// stream, so that registering, qualifying and opening come one after another.
type RegistrationTx interface {
	casework.Papers
	ledger.CommitTx
	Lot(id string, in identity.Scope) (Lot, error)
	Registration(id string, in identity.Scope) (Registration, error)
	// RegistrationOf is the person's registration in the lot that was not pulled, or fault.NotFound.
	RegistrationOf(lot, person string) (Registration, error)
	// Registrations lists all of a lot, in no order that tells anything.
	Registrations(lot string) ([]Registration, error)
	SaveRegistration(r Registration) error
	// DepositOf is the deposit that was matched to the registration, or fault.NotFound.
	DepositOf(registration string) (Deposit, error)
	SaveDeposit(d Deposit) error
}

// DepositTx is what the acts on deposits need.
type DepositTx interface {
	casework.Papers
	// LotByCode finds a lot by its deposit code, or fault.NotFound.
	LotByCode(code string, in identity.Scope) (Lot, error)
	// RegistrationPaying finds the registration in the lot by the payer's name and
	// account, or fault.NotFound.
	RegistrationPaying(lot, name, account string) (Registration, error)
	DepositOf(registration string) (Deposit, error)
	Deposit(id string, in identity.Scope) (Deposit, error)
	// DepositKnown says whether the station has a payment with this number of the bank.
	DepositKnown(place identity.Path, serial string) (bool, error)
	// Unmatched lists the payments received and not matched, oldest first, at most 1,000.
	Unmatched(in identity.Scope) ([]Deposit, error)
	SaveDeposit(d Deposit) error
}

// BidTx is one bidder's view of a locked lot. Bids that wait for the database
// share one transaction, each seeing the lot as the one before left it.
type BidTx interface {
	// At is the deciding time.
	At() time.Time
	Lot() Lot
	// Registration is the bidder's own in the lot; false when there is none.
	Registration() (Registration, bool)
	// Place keeps the bid, the lot after it, and the event with its leaf. It
	// returns the event's number in the lot's stream.
	Place(b Bid, after Lot, facts BidFacts) (seq int64, err error)
}

// LotTx is what opening, closing and settling a lot need.
type LotTx interface {
	casework.Papers
	Lot(id string, in identity.Scope) (Lot, error)
	SaveLot(l Lot) error
	Tender(id string, in identity.Scope) (Tender, error)
	Asset(id string, in identity.Scope) (Asset, error)
	Registration(id string, in identity.Scope) (Registration, error)
	Registrations(lot string) ([]Registration, error)
	// Deposits lists a lot's deposits.
	Deposits(lot string) ([]Deposit, error)
	SaveDeposit(d Deposit) error
	Award(lot string) (Award, error)
	SaveAward(a Award) error
	Objections(lot string) ([]Objection, error)
	Objection(id string, in identity.Scope) (Objection, error)
	SaveObjection(o Objection) error
}

// Store keeps the trade. Each Write runs fn in one transaction and returns after
// its commit, with fn's answer. The same request again returns the first answer
// without running fn; with other content it is refused. fn may run again, so it
// has no effect outside the transaction.
type Store interface {
	WriteAsset(ctx context.Context, once event.Request, fn func(AssetTx) (string, error)) (string, error)
	WriteResolution(ctx context.Context, once event.Request, fn func(ResolutionTx) (string, error)) (string, error)
	WriteTender(ctx context.Context, once event.Request, fn func(TenderTx) (string, error)) (string, error)
	WriteRegistration(ctx context.Context, once event.Request, fn func(RegistrationTx) (string, error)) (string, error)
	WriteDeposit(ctx context.Context, once event.Request, fn func(DepositTx) (string, error)) (string, error)
	WriteLot(ctx context.Context, once event.Request, fn func(LotTx) (string, error)) (string, error)
	// PlaceBid runs decide while the lot's stream is locked; decide does nothing
	// but through the transaction, and may run again. The person's registration
	// is read with the lot.
	PlaceBid(ctx context.Context, once event.Request, lot, person string, decide func(BidTx) (answer string, err error)) (string, error)
	// WorkLot runs an act of the clock, which no person asked for and which does
	// nothing when it has been done already.
	WorkLot(ctx context.Context, fn func(LotTx) error) error
	// AddPhoto keeps the row of an uploaded photo; the same again is no error.
	AddPhoto(ctx context.Context, p casework.Photo) error
	// ByRequest returns the answer of an earlier act of the person.
	ByRequest(ctx context.Context, personID, kind, requestID string) (answer string, found bool, err error)

	Years(ctx context.Context) ([]calendar.Year, error)
	// Photo answers fault.NotFound when there is none. A photo uploaded twice is
	// public when one of its places is; Places lists them.
	FindPhoto(ctx context.Context, sha256 string) (casework.Photo, error)
	Document(ctx context.Context, sha256 string) ([]byte, error)

	// Assets sorts by "name" (default), "newest", "area".
	Assets(ctx context.Context, q casework.Query) ([]Asset, int, error)
	Asset(ctx context.Context, id string, in identity.Scope) (Asset, error)
	// Resolutions sorts by "newest" (default), "held".
	Resolutions(ctx context.Context, q casework.Query) ([]Resolution, int, error)
	Resolution(ctx context.Context, id string, in identity.Scope) (Resolution, error)
	// VotesOf lists the confirmed or submitted resolutions in which the person is
	// on the list, each with only the person's own vote.
	VotesOf(ctx context.Context, personID string, page identity.Page) ([]Resolution, int, error)
	// Tenders sorts by "newest" (default: last announced or changed first),
	// "deadline" (registration ends first), "price".
	Tenders(ctx context.Context, q casework.Query) ([]Tender, int, error)
	Tender(ctx context.Context, id string, in identity.Scope) (Tender, error)
	Supplements(ctx context.Context, tenderID string) ([]Supplement, error)
	Supplement(ctx context.Context, id string, in identity.Scope) (Supplement, error)
	// PendingSupplements lists the proposed ones in the scope, oldest first.
	PendingSupplements(ctx context.Context, in identity.Scope, page identity.Page) ([]Supplement, int, error)
	// Acts is the private trail of a noun, oldest first, with the persons' names.
	Acts(ctx context.Context, noun event.Stream) ([]casework.Act, error)
	// Representatives lists the persons who hold the role at the place now.
	Representatives(ctx context.Context, place identity.Path) ([]identity.Person, error)
	// Org finds an organisation, or fault.NotFound.
	Org(ctx context.Context, id string) (identity.Org, error)
	// Villages lists the villages, those of a township together. Text is part of
	// the village's or the township's name.
	Villages(ctx context.Context, text string, page identity.Page) ([]Village, int, error)
	// OrgsIn lists the organisations at or below the places, at most 500.
	OrgsIn(ctx context.Context, in identity.Scope, kinds []identity.OrgKind) ([]identity.Org, error)

	Lot(ctx context.Context, id string, in identity.Scope) (Lot, error)
	// Lots lists those that are in one of the states, those that end first coming first.
	Lots(ctx context.Context, q casework.Query) ([]Lot, int, error)
	// LotsDue names the lots that should have opened, closed or settled by now, at most 1,000.
	LotsDue(ctx context.Context, now time.Time) (Due, error)
	// Bids lists a lot's bids, newest first, at most limit.
	Bids(ctx context.Context, lot string, limit int) ([]Bid, error)
	// BidsOf lists a person's own bids, newest first.
	BidsOf(ctx context.Context, person string, page identity.Page) ([]Bid, int, error)
	Registration(ctx context.Context, id string, in identity.Scope) (Registration, error)
	// RegistrationIn is the person's registration in the lot, not pulled, or fault.NotFound.
	RegistrationIn(ctx context.Context, lot, person string) (Registration, error)
	// RegistrationsOf lists a person's own, newest first.
	RegistrationsOf(ctx context.Context, person string, page identity.Page) ([]Registration, int, error)
	// Registrations lists those in the scope; q.Asset is a lot's id. It sorts by "deadline"
	// (default: registration's end, then age), "newest".
	Registrations(ctx context.Context, q casework.Query) ([]Registration, int, error)
	// DepositsOf lists the deposits of a registration.
	DepositsOf(ctx context.Context, registration string) ([]Deposit, error)
	// Deposits lists those in the scope; it sorts by "due" (default: due refunds by
	// their day, then newest first), "newest", "amount".
	Deposits(ctx context.Context, q casework.Query) ([]Deposit, int, error)
	Deposit(ctx context.Context, id string, in identity.Scope) (Deposit, error)
	// Award answers fault.NotFound while there is none.
	Award(ctx context.Context, lot string) (Award, error)
	// Awards sorts by "newest" (default), "yearly" (the highest rent first).
	Awards(ctx context.Context, q casework.Query) ([]Award, int, error)
	Objections(ctx context.Context, lot string) ([]Objection, error)
	Objection(ctx context.Context, id string, in identity.Scope) (Objection, error)
	// ObjectionsIn lists those in the scope; it sorts by "oldest" (default), "newest",
	// "waiting" (those without an answer first, the oldest first).
	ObjectionsIn(ctx context.Context, q casework.Query) ([]Objection, int, error)
	// Events reads a stream's events after seq, at most limit.
	Events(ctx context.Context, s event.Stream, after int64, limit int) ([]event.Event, error)
}

// Due is what the clock asks for, by lot id.
type Due struct{ Open, Close, Settle []string }

// Village is a village of the county with its township's name.
type Village struct {
	identity.Org
	Township string
}
