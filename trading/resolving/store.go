package resolving

import (
	"context"

	"sunlot/disclosure/privacy"
	"sunlot/internal/calendar"
	"sunlot/internal/casework"
	"sunlot/internal/event"
	"sunlot/internal/identity"
	"sunlot/trading"
	"sunlot/trading/rolls"
	"sunlot/trading/rules"
)

// Tx is what the acts on a resolution need. Loading locks the row.
type Tx interface {
	privacy.Papers
	Asset(id string, in identity.Scope) (trading.Asset, error)
	Resolution(id string, in identity.Scope) (trading.Resolution, error)
	// RollOn is as rolls.Store's.
	RollOn(org, assembly string, day calendar.Date) (rolls.Roll, error)
	// SaveResolution saves the resolution and replaces its votes.
	SaveResolution(r trading.Resolution) error
	// Representatives lists the persons who hold the role at the place now.
	Representatives(place identity.Path) ([]identity.Person, error)
}

// Store keeps resolutions. WriteResolution is as register.Store's WriteAsset.
type Store interface {
	WriteResolution(ctx context.Context, once event.Request, fn func(Tx) (string, error)) (string, error)
	// Resolutions sorts by "newest" (default), "held".
	Resolutions(ctx context.Context, q casework.Query) ([]trading.Resolution, int, error)
	Resolution(ctx context.Context, id string, in identity.Scope) (trading.Resolution, error)
	// RollOn is as rolls.Store's.
	RollOn(ctx context.Context, org, assembly string, day calendar.Date) (rolls.Roll, error)
	// VotesOf lists the confirmed or submitted resolutions in which the person is
	// on the list, each with only the person's own vote.
	VotesOf(ctx context.Context, personID string, page identity.Page) ([]trading.Resolution, int, error)
}

// Service is the use-cases.
type Service struct {
	Store Store
	Pack  func() rules.Pack
}
