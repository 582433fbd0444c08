package rolls

import (
	"context"

	"sunlot/internal/calendar"
	"sunlot/internal/casework"
	"sunlot/internal/event"
	"sunlot/internal/identity"
	"sunlot/trading/rules"
)

// Tx is what the acts on a roll need. Loading locks the row.
type Tx interface {
	casework.Papers
	Roll(id string, in identity.Scope) (Roll, error)
	// Editions lists those of a body, whatever became of them, without their members.
	Editions(org, assembly string) ([]Roll, error)
	// SaveRoll saves the edition with its members.
	SaveRoll(r Roll) error
}

// Store keeps rolls. WriteRoll is as register.Store's WriteAsset.
type Store interface {
	WriteRoll(ctx context.Context, once event.Request, fn func(Tx) (string, error)) (string, error)
	// Roll answers fault.NotFound when there is none.
	Roll(ctx context.Context, id string, in identity.Scope) (Roll, error)
	// Rolls lists editions without their members, sorted by "newest" (default) or "from".
	Rolls(ctx context.Context, q casework.Query) ([]Roll, int, error)
	// RollOn is the confirmed edition in force on a day for the organisation's body; of
	// two from one day that which was confirmed last. It answers fault.NotFound when there
	// is none.
	RollOn(ctx context.Context, org, assembly string, day calendar.Date) (Roll, error)
	// Acts is the private trail of a noun, oldest first, with the persons' names.
	Acts(ctx context.Context, noun event.Stream) ([]casework.Act, error)
}

// Service is the use-cases.
type Service struct {
	Store Store
	Pack  func() rules.Pack
	Days  casework.Schedules
}
