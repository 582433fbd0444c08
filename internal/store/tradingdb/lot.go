package tradingdb

import (
	"context"
	"time"

	"gorm.io/gorm"

	"sunlot/internal/casework"
	"sunlot/internal/event"
	"sunlot/internal/fault"
	"sunlot/internal/finding"
	"sunlot/internal/identity"
	"sunlot/internal/store"
	"sunlot/trading"
	"sunlot/trading/bidding"
)

const noLot = "没有找到这个标的"

// WriteLot implements bidding.AwardStore.
func (db *DB) WriteLot(ctx context.Context, once event.Request,
	fn func(bidding.LotTx) (string, error)) (string, error) {
	return db.Once(ctx, once, func(t *store.Tx) (string, error) { return fn(lotTx{Of(t)}) })
}

// WorkLot implements bidding.LotStore.
func (db *DB) WorkLot(ctx context.Context, fn func(bidding.LotTx) error) error {
	return db.InTx(ctx, func(t *store.Tx) error { return fn(lotTx{Of(t)}) })
}

// Lot implements bidding.LotTx. The stream's row is the lot's lock: a lot's own
// row is never locked before it.
func (t *Tx) Lot(id string, in identity.Scope) (trading.Lot, error) {
	if !isLot(id) {
		return trading.Lot{}, fault.New(fault.NotFound, noLot)
	}
	if _, err := t.Lock(event.Of("lot", id)); err != nil {
		return trading.Lot{}, err
	}
	return lotIn(t.SQL(), id, in)
}

// isLot says whether the text can be a lot's id, and so name its stream.
func isLot(id string) bool { return id != "" && len(id) <= 16 && store.PlainID(id) }

// Lot implements bidding.LotStore.
func (db *DB) Lot(ctx context.Context, id string, in identity.Scope) (trading.Lot, error) {
	return lotIn(db.Read(ctx), id, in)
}

func lotIn(session *gorm.DB, id string, in identity.Scope) (trading.Lot, error) {
	if !store.PlainID(id) {
		return trading.Lot{}, fault.New(fault.NotFound, noLot)
	}
	var row lotRead
	err := store.Within(withNotice(session.Table("lots")), "lots.path", in).Where("lots.id = ?", id).Take(&row).Error
	if err != nil {
		return trading.Lot{}, store.NoSuch(err, noLot)
	}
	return row.lot(), nil
}

const noticeColumns = "lots.*, assets.name AS title, tenders.number AS tender_number, tenders.rule_pack," +
	" tenders.rule_version, tenders.attempt, tenders.before_id, owner.name AS owner_name"

// withNotice joins the asset's name, by which a lot is called, the number of its notice
// and the owner's name.
func withNotice(session *gorm.DB) *gorm.DB {
	return session.Select(noticeColumns).
		Joins("LEFT JOIN tenders ON tenders.id = lots.tender_id").
		Joins("LEFT JOIN assets ON assets.id = tenders.asset_id").
		Joins("LEFT JOIN orgs owner ON owner.id = assets.owner_id")
}

// LotByCode implements bidding.DepositTx.
func (t *Tx) LotByCode(code string, in identity.Scope) (trading.Lot, error) {
	if !store.PlainID(code) {
		return trading.Lot{}, fault.New(fault.NotFound, noLot)
	}
	var row lotRead
	err := store.Within(withNotice(t.SQL().Table("lots")), "lots.path", in).Where("lots.code = ?", code).Take(&row).
		Error
	if err != nil {
		return trading.Lot{}, store.NoSuch(err, noLot)
	}
	return row.lot(), nil
}

// AddLot implements bidding.ListingTx.
func (t *Tx) AddLot(l trading.Lot) error {
	row := rowOfLot(l)
	return t.SQL().Create(&row).Error
}

// SaveLot implements bidding.LotTx. The caller has locked the lot's stream.
func (t *Tx) SaveLot(l trading.Lot) error {
	if t.Streams[l.Stream()] == nil {
		return store.ErrUnlocked(l.Stream())
	}
	row := rowOfLot(l)
	return t.SQL().Model(&row).Select("*").Omit("id").Where("id = ?", l.ID).Updates(&row).Error
}

// Of several states, that which is nearer to its end comes first: bidding before listed.
var lotOrders = map[string]string{
	"ending": "lots.state, lots.ends_at, lots.id",
	"newest": "lots.state DESC, lots.ends_at DESC, lots.id DESC",
}

// Lots implements bidding.LotStore. A lot is its notice's, which the index has; an office's
// own place is as for Assets.
func (db *DB) Lots(ctx context.Context, q casework.Query) ([]trading.Lot, int, error) {
	session := InStates(store.Within(db.Read(ctx).Table("lots"), "lots.path", q.Scope), "lots", q)
	session = ofAsset(session, "lots", q.Parent)
	if store.All(q.Scope) {
		var err error
		session, err = db.Found(ctx, session, "lots.tender_id", finding.Notice, q.Text)
		if err != nil {
			return nil, 0, err
		}
		q.Text = ""
	}
	shown := func(session *gorm.DB) *gorm.DB { return withNotice(session).Select(noticeColumns + coverColumn) }
	list := store.Searched(session, shown, q.Text, "assets.name", "tenders.number", "owner.name")
	var rows []lotRead
	total, err := list.Page(store.Order(lotOrders, q.Sort, "ending", q.Scope), q.Page, &rows)
	if err == nil {
		err = uncover(ctx, db, rows, func(r *lotRead) *store.JSONOf[[]string] { return r.Photos })
	}
	return store.Nouns(rows, lotRead.lot), total, err
}

// InStates keeps the rows in the states that a query names.
func InStates(session *gorm.DB, table string, q casework.Query) *gorm.DB {
	if len(q.States) == 0 {
		return session
	}
	return session.Where(table+".state IN ?", q.States)
}

// ofAsset keeps the lots of an asset's tenders, and what has a lot's id.
func ofAsset(session *gorm.DB, table, asset string) *gorm.DB {
	return store.NarrowedTo(session, table+".id IN (SELECT of_asset.id FROM lots AS of_asset JOIN tenders ON"+
		" tenders.id = of_asset.tender_id WHERE tenders.asset_id = ?)", asset)
}

// mostDue is how much work the clock is given at once.
const mostDue = 1000

// LotsDue implements bidding.LotStore. An award to which somebody has objected
// without an answer yet is not due.
func (db *DB) LotsDue(ctx context.Context, now time.Time) (due bidding.Due, err error) {
	session := db.Read(ctx)
	at := store.Millis(now)
	err = session.Table("lots").Where("state = ? AND opens_at <= ?", string(trading.Listed), at).
		Order("opens_at, id").Limit(mostDue).Pluck("id", &due.Open).Error
	if err != nil {
		return due, err
	}
	ended := store.Millis(now.Add(-trading.Grace))
	err = session.Table("lots").Where("state = ? AND next_at <= ?", string(trading.Bidding), ended).
		Order("next_at, id").Limit(mostDue).Pluck("id", &due.Close).Error
	if err != nil {
		return due, err
	}
	lost := session.Table("outages").Select("1").Where("until_at > lots.broken_until AND until_at > lots.opens_at "+
		"AND from_at < lots.ends_at + ?", trading.Grace.Milliseconds())
	err = session.Table("lots").Where("state = ? AND EXISTS (?)", string(trading.Bidding), lost).
		Order("ends_at, id").Limit(mostDue).Pluck("id", &due.Resume).Error
	if err != nil {
		return due, err
	}
	// An outage of the last day that such an end does not know of.
	ofLastDay := func(known, end string) *gorm.DB {
		return session.Table("outages").Select("1").Where("until_at > "+known+" AND until_at > "+end+" - ? AND "+
			"from_at < "+end+" + ?", (24 * time.Hour).Milliseconds(), trading.Grace.Milliseconds())
	}
	err = session.Table("lots").Where("state = ? AND EXISTS (?)", string(trading.Listed),
		ofLastDay("lots.broken_until", "lots.register_until")).
		Order("opens_at, id").Limit(mostDue).Pluck("id", &due.Notices).Error
	if err != nil {
		return due, err
	}
	err = session.Table("awards").Where("state = ? AND EXISTS (?)", string(trading.Publicised),
		ofLastDay("awards.known_until", "awards.public_until")).
		Order("public_until, id").Limit(mostDue).Pluck("id", &due.Publicities).Error
	if err != nil {
		return due, err
	}
	waits := session.Table("objections").Select("1").
		Where("objections.lot_id = awards.id AND objections.state IN ?",
			[]casework.State{trading.Raised, trading.Referred, trading.Upheld, trading.Voiding})
	err = session.Table("awards").
		Where("state = ? AND public_until <= ? AND NOT EXISTS (?)", string(trading.Publicised), ended, waits).
		Order("public_until, id").Limit(mostDue).Pluck("id", &due.Settle).Error
	return due, err
}

// Ends tells when the bidding of each stream's lot ends, as it stands; other
// streams are left out. It takes one query.
func (db *DB) Ends(ctx context.Context, streams []event.Stream) (map[event.Stream]time.Time, error) {
	var ids []string
	for _, s := range streams {
		if s.Noun() == "lot" && isLot(s.ID()) {
			ids = append(ids, s.ID())
		}
	}
	ends := map[event.Stream]time.Time{}
	if len(ids) == 0 {
		return ends, nil
	}
	var rows []lotRow
	err := db.Read(ctx).Select("id, ends_at").Where("id IN ?", ids).Find(&rows).Error
	for _, r := range rows {
		ends[event.Of("lot", r.ID)] = store.FromMillis(r.EndsAt)
	}
	return ends, err
}
