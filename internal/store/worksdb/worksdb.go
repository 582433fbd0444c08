// Package worksdb is the SQL of small works.
package worksdb

import (
	"sunlot/internal/store"
	"sunlot/internal/store/tradingdb"
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
