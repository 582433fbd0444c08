// Package identitydb is the SQL of organisations, people, roles, sessions and drafts.
package identitydb

import (
	"sync/atomic"

	"sunlot/internal/store"
)

// DB is the subject's view of an open database.
type DB struct {
	*store.DB
	changes atomic.Int64 // of people and memberships, by this node
}

// Changes implements identity.SessionStore.
func (db *DB) Changes() int64 { return db.changes.Load() }

// On is the subject's view of a database.
func On(db *store.DB) *DB { return &DB{DB: db} }

// Tx is the subject's view of a transaction.
type Tx struct{ *store.Tx }

// Of is the subject's view of the engine's transaction.
func Of(t *store.Tx) *Tx { return &Tx{t} }
