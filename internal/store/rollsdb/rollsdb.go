// Package rollsdb is the SQL of who is due at the bodies that decide, and the way to write what
// they have decided.
package rollsdb

import (
	"sunlot/internal/store"
	"sunlot/internal/store/tradingdb"
	"sunlot/trading/resolving"
	"sunlot/trading/rolls"
)

var (
	_ rolls.Store     = (*DB)(nil)
	_ rolls.Tx        = (*Tx)(nil)
	_ resolving.Store = (*DB)(nil)
	_ resolving.Tx    = (*Tx)(nil)
)

// DB is the subject's view of an open database.
type DB struct {
	*tradingdb.DB
}

// On is the subject's view of a database.
func On(db *tradingdb.DB) *DB { return &DB{DB: db} }

// Tx is the subject's view of a transaction.
type Tx struct{ *tradingdb.Tx }

// Of is the subject's view of the engine's transaction.
func Of(t *store.Tx) *Tx { return &Tx{tradingdb.Of(t)} }
