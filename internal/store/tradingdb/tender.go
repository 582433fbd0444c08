package tradingdb

import (
	"context"
	"slices"

	"gorm.io/gorm"

	"sunlot/internal/casework"
	"sunlot/internal/event"
	"sunlot/internal/fault"
	"sunlot/internal/finding"
	"sunlot/internal/identity"
	"sunlot/internal/store"
	"sunlot/trading"
	"sunlot/trading/tendering"
)

// WriteTender implements tendering.Store.
func (db *DB) WriteTender(ctx context.Context, once event.Request,
	fn func(tendering.Tx) (string, error)) (string, error) {
	return db.Once(ctx, once, func(t *store.Tx) (string, error) { return fn(Of(t)) })
}

// Tender implements tendering.Tx.
func (t *Tx) Tender(id string, in identity.Scope) (trading.Tender, error) {
	if err := t.LockRow(&tenderRow{}, id); err != nil {
		return trading.Tender{}, store.NoSuch(err, noTender)
	}
	return tenderIn(t.SQL(), id, in)
}

// Tender implements tendering.Store.
func (db *DB) Tender(ctx context.Context, id string, in identity.Scope) (trading.Tender, error) {
	return tenderIn(db.Read(ctx), id, in)
}

const noTender = "没有找到这份公告"

func tenderIn(session *gorm.DB, id string, in identity.Scope) (trading.Tender, error) {
	if !store.PlainID(id) {
		return trading.Tender{}, fault.New(fault.NotFound, noTender)
	}
	var row tenderRead
	err := store.Within(withOwner(session), "tenders.path", in).Where("tenders.id = ?", id).Take(&row).Error
	if err != nil {
		return trading.Tender{}, store.NoSuch(err, noTender)
	}
	return row.tender(), nil
}

const tenderColumns = "tenders.*, assets.name AS asset_name, owner.name AS owner_name," +
	" lots.id AS lot_id, lots.state AS lot_state, lots.leading_price, lots.ends_at"

// withOwner joins the asset, its owner, and where the bidding stands.
func withOwner(session *gorm.DB) *gorm.DB {
	return withAsset(session, "tenders").Select(tenderColumns).
		Joins("LEFT JOIN orgs owner ON owner.id = assets.owner_id").
		Joins("LEFT JOIN lots ON lots.tender_id = tenders.id")
}

// underWay leaves out the tenders that came to nothing.
func underWay(session *gorm.DB) *gorm.DB {
	failed := session.Session(&gorm.Session{NewDB: true}).Table("lots").Select("1").
		Where("lots.tender_id = tenders.id AND lots.state = ?", string(trading.Failed))
	return session.Table("tenders").Where("tenders.state <> ? AND NOT EXISTS (?)", string(trading.Withdrawn), failed)
}

// TendersOf implements tendering.Tx.
func (t *Tx) TendersOf(asset string) ([]trading.Tender, error) {
	var rows []tenderRead
	err := withOwner(t.SQL().Table("tenders")).
		Where("tenders.asset_id = ? AND tenders.state <> ?", asset, string(trading.Withdrawn)).Find(&rows).Error
	return store.Nouns(rows, tenderRead.tender), err
}

// SaveTender implements tendering.Tx.
func (t *Tx) SaveTender(n trading.Tender) error {
	row := rowOfTender(n)
	row.ChangedAt = store.Millis(t.Now())
	if err := t.SaveVersion(&row, n.ID, n.Version); err != nil {
		return err
	}
	return t.Reindex(notices, n.ID)
}

// atStage keeps the tenders of the asset in the states that a query names: their
// own, and once there is a lot its.
func atStage(session *gorm.DB, q casework.Query) *gorm.DB {
	var own, lots []casework.State
	for _, st := range q.States {
		if slices.Contains(trading.LotStates(), st) {
			lots = append(lots, st)
		} else {
			own = append(own, st)
		}
	}
	all := q.States
	q.States = own
	if len(lots) == 0 {
		return ofCase(session, "tenders", q)
	}
	of := session.Session(&gorm.Session{NewDB: true}).Table("lots").Select("tender_id").Where("state IN ?", lots)
	q.States = nil
	return ofCase(session, "tenders", q).Where("(tenders.state IN ? OR tenders.id IN (?))", all, of)
}

// A tender without a deadline yet comes after those that have one. The announced
// all have one, and are listed as the index has them.
var tenderOrders = map[string]string{
	"newest":   "tenders.changed_at DESC, tenders.id DESC",
	"deadline": "tenders.register_until IS NULL, tenders.register_until, tenders.id",
	"price":    "tenders.yearly, tenders.id",

	"announced deadline": "tenders.register_until, tenders.id",
}

// WorkTender implements tendering.Store.
func (db *DB) WorkTender(ctx context.Context, fn func(tendering.Tx) error) error {
	return db.InTx(ctx, func(t *store.Tx) error { return fn(Of(t)) })
}

// Tenders implements tendering.Store.
func (db *DB) Tenders(ctx context.Context, q casework.Query) ([]trading.Tender, int, error) {
	session := atStage(store.Within(db.Read(ctx).Table("tenders"), "tenders.path", q.Scope), q)
	if q.Public {
		var err error
		session, err = db.Found(ctx, session, "tenders.id", finding.Notice, q.Text)
		if err != nil {
			return nil, 0, err
		}
		q.Text = ""
	}
	session = Bounded(ofKind(session, q.Kind), q.Bounds, "tenders.announced_at", "tenders.yearly")
	shown := func(session *gorm.DB) *gorm.DB { return withOwner(session).Select(tenderColumns + coverColumn) }
	list := store.Searched(session, shown, q.Text, "tenders.title", "tenders.number", "assets.name", "owner.name")
	sort := q.Sort
	if sort == "deadline" && slices.Equal(q.States, []casework.State{trading.Announced}) {
		sort = "announced deadline"
	}
	var rows []tenderRead
	total, err := list.Page(store.Order(tenderOrders, sort, "newest", q.Scope), q.Page, &rows)
	if err == nil {
		err = uncover(ctx, db, rows, func(r *tenderRead) *store.JSONOf[[]string] { return r.Photos })
	}
	return store.Nouns(rows, tenderRead.tender), total, err
}

// notices is what the public finds of tenders.
var notices = store.Source{Kind: finding.Notice, Select: "SELECT tenders.id, tenders.path, assets.name AS title," +
	" tenders.number AS note, CONCAT(tenders.title, ' ', COALESCE(owner.name, '')) AS more," +
	" COALESCE(tenders.announced_at, 0) AS at" +
	" FROM tenders LEFT JOIN assets ON assets.id = tenders.asset_id" +
	" LEFT JOIN orgs owner ON owner.id = assets.owner_id" +
	" WHERE tenders.state = '" + string(trading.Announced) + "' AND tenders.id"}

// reindexTenders indexes notices, and what is found by their titles.
func reindexTenders(t *store.Tx, ids ...string) error {
	if err := t.Reindex(notices, ids...); err != nil {
		return err
	}
	var lots []string
	if err := t.SQL().Table("lots").Where("tender_id IN ?", ids).Order("id").Pluck("id", &lots).Error; err != nil {
		return err
	}
	for _, s := range []store.Source{results, leases} {
		if err := t.Reindex(s, lots...); err != nil {
			return err
		}
	}
	return nil
}
