package tendering

import (
	"context"
	"time"

	"sunlot/disclosure/privacy"
	"sunlot/internal/calendar"
	"sunlot/internal/casework"
	"sunlot/internal/event"
	"sunlot/internal/identity"
	"sunlot/trading"
	"sunlot/trading/register"
	"sunlot/trading/resolving"
	"sunlot/trading/rules"
)

// Tx is what the acts on a tender need. Loading locks the row.
type Tx interface {
	privacy.Papers
	register.Occupations
	Asset(id string, in identity.Scope) (trading.Asset, error)
	Resolution(id string, in identity.Scope) (trading.Resolution, error)
	Tender(id string, in identity.Scope) (trading.Tender, error)
	SaveTender(t trading.Tender) error
	// NextNumber draws the township's next number of the year, and says what it is called.
	NextNumber(at identity.Path, year int) (township string, n int, err error)
	// TendersOf lists an asset's tenders that were not withdrawn, in no order that tells anything.
	TendersOf(asset string) ([]trading.Tender, error)
	// Facts reads what a recorded event says.
	Facts(of event.Ref, facts any) error
	Supplement(id string, in identity.Scope) (trading.Supplement, error)
	SaveSupplement(s trading.Supplement) error
	// Supplements lists a tender's supplements by number.
	Supplements(tenderID string) ([]trading.Supplement, error)
}

// Lots is the port by which a notice brings its lot to the bidding, which stands
// above it. Both write in the notice's own transaction.
type Lots interface {
	// List adds the lot of a tender that is being published.
	List(tx Tx, t trading.Tender) error
	// Postpone gives the lot its tender's new days.
	Postpone(tx Tx, t trading.Tender) error
	// Reschedule gives the lot the days that a year's schedule has moved the notice
	// to. It fails once the lot has opened.
	Reschedule(ctx context.Context, tx Tx, t trading.Tender, at time.Time) error
}

// Store keeps tenders. WriteTender is as register.Store's WriteAsset.
type Store interface {
	WriteTender(ctx context.Context, once event.Request, fn func(Tx) (string, error)) (string, error)
	// WorkTender runs an act of the clock, which does nothing when it has been done already.
	WorkTender(ctx context.Context, fn func(Tx) error) error
	// Tenders sorts by "newest" (default: last announced or changed first),
	// "deadline" (registration ends first), "price". A lot's state asked for is that
	// of the tenders whose lot is in it. They are narrowed by the asset's kind, the day
	// of publication and the start price.
	Tenders(ctx context.Context, q casework.Query) ([]trading.Tender, int, error)
	Tender(ctx context.Context, id string, in identity.Scope) (trading.Tender, error)
	Supplements(ctx context.Context, tenderID string) ([]trading.Supplement, error)
	Supplement(ctx context.Context, id string, in identity.Scope) (trading.Supplement, error)
	// Acts is the private trail of a noun, oldest first, with the persons' names.
	Acts(ctx context.Context, noun event.Stream) ([]casework.Act, error)
	// Award answers fault.NotFound while there is none.
	Award(ctx context.Context, lot string) (trading.Award, error)
}

// Service is the use-cases. The deciding time comes from the transaction; Clock
// only serves reads.
type Service struct {
	Store     Store
	Assets    *register.Service
	Resolving *resolving.Service
	Lots      Lots
	Pack      func() rules.Pack
	Days      casework.Schedules
	Clock     calendar.Clock
}
