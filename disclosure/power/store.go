package power

import (
	"context"

	"sunlot/disclosure/privacy"
	"sunlot/internal/casework"
	"sunlot/internal/event"
	"sunlot/internal/identity"
)

// Tx is what the acts on an item need of a transaction. Loading locks the row.
type Tx interface {
	privacy.Papers
	Item(id string, in identity.Scope) (Item, error)
	// SaveItem answers fault.Conflict on field "number" when the place has another with that number.
	SaveItem(i Item) error
}

// Query asks for a page of the list.
type Query struct {
	Scope    identity.Scope
	Public   bool // only what was published
	States   []casework.State
	Category Category // none means all
	Text     string   // part of a number or name
	Page     identity.Page
}

// Store keeps the micro-power list.
type Store interface {
	WriteItem(ctx context.Context, once event.Request, fn func(Tx) (string, error)) (string, error)
	Item(ctx context.Context, id string, in identity.Scope) (Item, error)
	// Items lists them by number.
	Items(ctx context.Context, q Query) ([]Item, int, error)
	// Acts is the private trail of a noun, oldest first, with the persons' names.
	Acts(ctx context.Context, noun event.Stream) ([]casework.Act, error)
}
