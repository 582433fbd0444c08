package house

import (
	"sunlot/internal/store"
	"sunlot/internal/store/caseworkdb"
	"sunlot/internal/store/disclosuredb"
	"sunlot/internal/store/identitydb"
	"sunlot/internal/store/ledgerdb"
	"sunlot/internal/store/mailboxdb"
	"sunlot/internal/store/rollsdb"
	"sunlot/internal/store/tradingdb"
	"sunlot/internal/store/worksdb"
)

// Data is the database as each subject's SQL sees it. There is one of each: the
// bids that wait for the database wait in trading's.
type Data struct {
	Ledger  *ledgerdb.DB
	People  *identitydb.DB
	Cases   *caseworkdb.DB
	Trading *tradingdb.DB
	Rolls   *rollsdb.DB
	Works   *worksdb.DB
	Items   *disclosuredb.DB
	Mailbox *mailboxdb.DB
}

// DataOn is the subjects of an open database.
func DataOn(db *store.DB) Data {
	d := Data{Ledger: ledgerdb.On(db), People: identitydb.On(db)}
	d.Cases = caseworkdb.On(d.People)
	d.Trading = tradingdb.On(d.Cases)
	d.Rolls = rollsdb.On(d.Trading)
	d.Works = worksdb.On(d.Trading)
	d.Items = disclosuredb.On(d.Cases)
	d.Mailbox = mailboxdb.On(d.People)
	return d
}
