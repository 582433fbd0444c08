// Package disclosuredb is the SQL of the micro-power list.
package disclosuredb

import (
	"sunlot/internal/store"
	"sunlot/internal/store/caseworkdb"
)

// DB is the subject's view of an open database.
type DB struct {
	*caseworkdb.DB
}

// On is the subject's view of a database.
func On(db *caseworkdb.DB) *DB { return &DB{DB: db} }

// Tx is the subject's view of a transaction.
type Tx struct{ *caseworkdb.Tx }

// Of is the subject's view of the engine's transaction.
func Of(t *store.Tx) *Tx { return &Tx{caseworkdb.Of(t)} }
