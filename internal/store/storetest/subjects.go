package storetest

import (
	"sunlot/internal/store"
	"sunlot/internal/store/caseworkdb"
	"sunlot/internal/store/disclosuredb"
	"sunlot/internal/store/identitydb"
	"sunlot/internal/store/leaddb"
	"sunlot/internal/store/ledgerdb"
	"sunlot/internal/store/mailboxdb"
	"sunlot/internal/store/rollsdb"
	"sunlot/internal/store/tradingdb"
	"sunlot/internal/store/worksdb"
)

// Other names for the subjects, so that one struct may embed them all.
type (
	engine        = store.DB
	caseworkSQL   = caseworkdb.DB
	disclosureSQL = disclosuredb.DB
	identitySQL   = identitydb.DB
	leadSQL       = leaddb.DB
	ledgerSQL     = ledgerdb.DB
	mailboxSQL    = mailboxdb.DB
	rollsSQL      = rollsdb.DB
	tradingSQL    = tradingdb.DB
	worksSQL      = worksdb.DB
)

// DB is an open database with the SQL of every subject, as only tests need it.
type DB struct {
	*engine
	*caseworkSQL
	*disclosureSQL
	*identitySQL
	*leadSQL
	*ledgerSQL
	*mailboxSQL
	*rollsSQL
	*tradingSQL
	*worksSQL
}

// On is an open database with the SQL of every subject.
func On(db *store.DB) *DB {
	people := identitydb.On(db)
	cases := caseworkdb.On(people)
	trade := tradingdb.On(cases)
	return &DB{
		engine:        db,
		caseworkSQL:   cases,
		disclosureSQL: disclosuredb.On(cases),
		identitySQL:   people,
		leadSQL:       leaddb.On(people),
		ledgerSQL:     ledgerdb.On(db),
		mailboxSQL:    mailboxdb.On(people),
		rollsSQL:      rollsdb.On(trade),
		tradingSQL:    trade,
		worksSQL:      worksdb.On(trade),
	}
}

// Engine is the database without its subjects.
func (db *DB) Engine() *store.DB { return db.engine }

// Trading is the SQL of trading.
func (db *DB) Trading() *tradingdb.DB { return db.tradingSQL }
