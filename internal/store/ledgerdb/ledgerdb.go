// Package ledgerdb is the SQL of the public log.
package ledgerdb

import (
	"sunlot/internal/store"
)

// DB is the subject's view of an open database.
type DB struct {
	*store.DB
}

// On is the subject's view of a database.
func On(db *store.DB) *DB { return &DB{DB: db} }

// Tx is the subject's view of a transaction.
type Tx struct {
	*store.Tx
	Commitments
}

// Of is the subject's view of the engine's transaction.
func Of(t *store.Tx) *Tx { return &Tx{Tx: t, Commitments: Commitments{t}} }

// Commitments is what other subjects' transactions take of the log's: they
// commit blindly to what must not be public yet.
type Commitments struct{ tx *store.Tx }

// CommitmentsIn is the commitments of a transaction.
func CommitmentsIn(t *store.Tx) Commitments { return Commitments{t} }
