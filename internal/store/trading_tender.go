package store

import (
	"context"
	"slices"

	"gorm.io/gorm"

	"sunlot/internal/casework"
	"sunlot/internal/event"
	"sunlot/internal/fault"
	"sunlot/internal/identity"
	"sunlot/trading"
	"sunlot/trading/tendering"
)

// WriteTender implements trading.Store.
func (db *DB) WriteTender(ctx context.Context, once event.Request, fn func(tendering.Tx) (string, error)) (string, error) {
	return db.once(ctx, once, func(t *tx) (string, error) { return fn(t) })
}

// Tender implements trading.TenderTx.
func (t *tx) Tender(id string, in identity.Scope) (trading.Tender, error) {
	if err := t.lockRow(&tenderRow{}, id); err != nil {
		return trading.Tender{}, noSuch(err, noTender)
	}
	return tenderIn(t.gorm, id, in)
}

// Tender implements trading.Store.
func (db *DB) Tender(ctx context.Context, id string, in identity.Scope) (trading.Tender, error) {
	return tenderIn(db.read.WithContext(ctx), id, in)
}

const noTender = "没有这项交易"

func tenderIn(session *gorm.DB, id string, in identity.Scope) (trading.Tender, error) {
	if !plain(id) {
		return trading.Tender{}, fault.New(fault.NotFound, noTender)
	}
	var row tenderRead
	err := within(withOwner(session), "tenders.path", in).Where("tenders.id = ?", id).Take(&row).Error
	if err != nil {
		return trading.Tender{}, noSuch(err, noTender)
	}
	return row.tender(), nil
}

// withOwner joins the asset, its owner, and where the bidding stands.
func withOwner(session *gorm.DB) *gorm.DB {
	return withAsset(session, "tenders").Select("tenders.*, assets.name AS asset_name, owner.name AS owner_name," +
		" lots.state AS lot_state, lots.leading_price, lots.ends_at").
		Joins("LEFT JOIN orgs owner ON owner.id = assets.owner_id").Joins("LEFT JOIN lots ON lots.id = tenders.id")
}

// underWay leaves out the tenders that came to nothing.
func underWay(session *gorm.DB) *gorm.DB {
	failed := session.Session(&gorm.Session{NewDB: true}).Table("lots").Select("1").
		Where("lots.id = tenders.id AND lots.state = ?", string(trading.Failed))
	return session.Table("tenders").Where("tenders.state <> ? AND NOT EXISTS (?)", string(trading.Withdrawn), failed)
}

// SaveTender implements trading.TenderTx.
func (t *tx) SaveTender(n trading.Tender) error {
	row := rowOfTender(n)
	row.ChangedAt = millis(t.db.clock.Now())
	return t.saveVersion(&row, n.ID, n.Version)
}

// A tender without a deadline yet comes after those that have one. The announced
// all have one, and are listed as the index has them.
var tenderOrders = map[string]string{
	"newest":   "tenders.changed_at DESC, tenders.id DESC",
	"deadline": "tenders.register_until IS NULL, tenders.register_until, tenders.id",
	"price":    "tenders.start_price, tenders.id",

	"announced deadline": "tenders.register_until, tenders.id",
}

// Tenders implements trading.Store.
func (db *DB) Tenders(ctx context.Context, q casework.Query) ([]trading.Tender, int, error) {
	session := ofCase(within(db.read.WithContext(ctx).Table("tenders"), "tenders.path", q.Scope), "tenders", q)
	list := searched(session, withOwner, q.Text, "tenders.title", "assets.name", "owner.name")
	sort := q.Sort
	if sort == "deadline" && slices.Equal(q.States, []casework.State{trading.Announced}) {
		sort = "announced deadline"
	}
	var rows []tenderRead
	total, err := list.page(order(tenderOrders, sort, "newest", q.Scope), q.Page, &rows)
	return each(rows, tenderRead.tender), total, err
}
