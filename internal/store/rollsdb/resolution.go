package rollsdb

import (
	"context"

	"sunlot/internal/calendar"
	"sunlot/internal/event"
	"sunlot/internal/store"
	"sunlot/trading/resolving"
	"sunlot/trading/rolls"
)

// WriteResolution implements resolving.Store.
func (db *DB) WriteResolution(ctx context.Context, once event.Request,
	fn func(resolving.Tx) (string, error)) (string, error) {
	return db.Once(ctx, once, func(t *store.Tx) (string, error) { return fn(Of(t)) })
}

// RollOn implements resolving.Tx.
func (t *Tx) RollOn(org, assembly string, day calendar.Date) (rolls.Roll, error) {
	return rollOn(t.SQL(), org, assembly, day)
}
