// Package caseworkdb is the SQL of what all cases share: documents, photos and the trail.
package caseworkdb

import (
	"sunlot/internal/store"
	"sunlot/internal/store/identitydb"
)

// DB is the subject's view of an open database.
type DB struct {
	*identitydb.DB
}

// On is the subject's view of a database.
func On(db *identitydb.DB) *DB { return &DB{DB: db} }

// Tx is the subject's view of a transaction.
type Tx struct{ *identitydb.Tx }

// Of is the subject's view of the engine's transaction.
func Of(t *store.Tx) *Tx { return &Tx{identitydb.Of(t)} }
