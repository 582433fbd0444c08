package storetest

import (
	"sunlot/internal/store"
	"sunlot/internal/store/caseworkdb"
	"sunlot/internal/store/disclosuredb"
	"sunlot/internal/store/identitydb"
	"sunlot/internal/store/leaddb"
	"sunlot/internal/store/ledgerdb"
	"sunlot/internal/store/mailboxdb"
	"sunlot/internal/store/tradingdb"
	"sunlot/internal/store/worksdb"
)

// Other names for the subjects, so that one struct may embed them all.
type (
	engine     = store.DB
	casework   = caseworkdb.DB
	disclosure = disclosuredb.DB
	identity   = identitydb.DB
	lead       = leaddb.DB
	ledger     = ledgerdb.DB
	mailbox    = mailboxdb.DB
	trading    = tradingdb.DB
	works      = worksdb.DB
)

// DB is an open database with the SQL of every subject, as only tests need it.
type DB struct {
	*engine
	*casework
	*disclosure
	*identity
	*lead
	*ledger
	*mailbox
	*trading
	*works
}

// On is an open database with the SQL of every subject.
func On(db *store.DB) *DB {
	people := identitydb.On(db)
	cases := caseworkdb.On(people)
	trade := tradingdb.On(cases)
	return &DB{
		engine:     db,
		casework:   cases,
		disclosure: disclosuredb.On(cases),
		identity:   people,
		lead:       leaddb.On(people),
		ledger:     ledgerdb.On(db),
		mailbox:    mailboxdb.On(people),
		trading:    trade,
		works:      worksdb.On(trade),
	}
}

// Engine is the database without its subjects.
func (db *DB) Engine() *store.DB { return db.engine }

// Trading is the SQL of trading.
func (db *DB) Trading() *tradingdb.DB { return db.trading }
