// Package mailboxdb is the SQL of sealed reports and answers.
package mailboxdb

import (
	"sunlot/internal/store"
	"sunlot/internal/store/identitydb"
	"sunlot/internal/store/ledgerdb"
)

// DB is the subject's view of an open database.
type DB struct {
	*identitydb.DB
}

// On is the subject's view of a database.
func On(db *identitydb.DB) *DB { return &DB{DB: db} }

// Tx is the subject's view of a transaction.
type Tx struct {
	*identitydb.Tx
	ledgerdb.Commitments
}

// Of is the subject's view of the engine's transaction.
func Of(t *store.Tx) *Tx {
	return &Tx{Tx: identitydb.Of(t), Commitments: ledgerdb.CommitmentsIn(t)}
}
