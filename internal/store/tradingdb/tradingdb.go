// Package tradingdb is the SQL of trading, from the register to the rent, and the line in which bids wait.
package tradingdb

import (
	"context"
	"slices"

	"gorm.io/gorm"

	"sunlot/internal/casework"
	"sunlot/internal/event"
	"sunlot/internal/store"
	"sunlot/internal/store/caseworkdb"
	"sunlot/internal/store/ledgerdb"
	"sunlot/trading/bidding"
	"sunlot/trading/contracts"
	"sunlot/trading/register"
	"sunlot/trading/tendering"
)

var (
	_ register.Store            = (*DB)(nil)
	_ tendering.Store           = (*DB)(nil)
	_ bidding.LotStore          = (*DB)(nil)
	_ bidding.RegistrationStore = (*DB)(nil)
	_ bidding.DepositStore      = (*DB)(nil)
	_ bidding.StatementStore    = (*DB)(nil)
	_ bidding.AwardStore        = (*DB)(nil)
	_ contracts.Store           = (*DB)(nil)
	_ register.Tx               = (*Tx)(nil)
	_ tendering.Tx              = (*Tx)(nil)
)

// DB is the subject's view of an open database.
type DB struct {
	*caseworkdb.DB
	draftsOf
	node string // by which this node's beat is told from the others'
	bids [bidLines]bidQueue
}

// On is the subject's view of a database, at a node of its own.
func On(db *caseworkdb.DB) *DB {
	return &DB{DB: db, draftsOf: draftsOf{db}, node: event.NewID()}
}

// Tx is the subject's view of a transaction.
type Tx struct {
	*caseworkdb.Tx
	ledgerdb.Commitments
	draftsIn
}

// Of is the subject's view of the engine's transaction.
func Of(t *store.Tx) *Tx {
	return &Tx{Tx: caseworkdb.Of(t), Commitments: ledgerdb.CommitmentsIn(t), draftsIn: draftsIn{t}}
}

// Listing is the bidding's part of a notice's transaction.
func Listing(tx tendering.Tx) bidding.ListingTx { return lotTx{tx.(*Tx)} }

// Found is what the public finds of trading.
var Found = []store.Source{assets, notices, results, leases}

// Bounded keeps the rows whose moment and sum, in milliseconds and fen, lie where a
// query says.
func Bounded(session *gorm.DB, w casework.Bounds, moment, sum string) *gorm.DB {
	if w.From != "" {
		session = session.Where(moment+" >= ?", store.Millis(w.From.At(0, 0)))
	}
	if w.Until != "" {
		session = session.Where(moment+" < ?", store.Millis(w.Until.AddDays(1).At(0, 0)))
	}
	if w.Least > 0 {
		session = session.Where(sum+" >= ?", int64(w.Least))
	}
	if w.Most > 0 {
		session = session.Where(sum+" <= ?", int64(w.Most))
	}
	return session
}

// ofKind keeps the tenders that are of an asset of that kind.
func ofKind(session *gorm.DB, kind string) *gorm.DB {
	if kind == "" {
		return session
	}
	return session.Where("tenders.id IN (?)", tendersOf(session, kind).Select("of_kind.id"))
}

// lotsOfKind keeps the rows that have the id of a lot of such a tender.
func lotsOfKind(session *gorm.DB, table, kind string) *gorm.DB {
	if kind == "" {
		return session
	}
	lots := tendersOf(session, kind).Select("lots_of_kind.id").
		Joins("JOIN lots AS lots_of_kind ON lots_of_kind.tender_id = of_kind.id")
	return session.Where(table+".id IN (?)", lots)
}

func tendersOf(session *gorm.DB, kind string) *gorm.DB {
	return session.Session(&gorm.Session{NewDB: true}).Table("tenders AS of_kind").
		Joins("JOIN assets ON assets.id = of_kind.asset_id").Where("assets.kind = ?", kind)
}

// uncover takes the photos that are withheld out of what a list's cards would show.
func uncover[R any](ctx context.Context, db *DB, rows []R, of func(*R) *store.JSONOf[[]string]) error {
	var all []string
	for i := range rows {
		if photos := of(&rows[i]); photos != nil {
			all = append(all, photos.V...)
		}
	}
	if len(all) == 0 {
		return nil
	}
	withheld, err := db.Withheld(ctx, all)
	for i := range rows {
		if photos := of(&rows[i]); photos != nil {
			photos.V = slices.DeleteFunc(photos.V, func(sha256 string) bool { return withheld[sha256] != "" })
		}
	}
	return err
}
