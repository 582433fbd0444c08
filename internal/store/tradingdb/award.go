package tradingdb

import (
	"context"

	"gorm.io/gorm"

	"sunlot/internal/casework"
	"sunlot/internal/event"
	"sunlot/internal/fault"
	"sunlot/internal/finding"
	"sunlot/internal/identity"
	"sunlot/internal/money"
	"sunlot/internal/store"
	"sunlot/trading"
)

const noAward = "这个标的还没有成交结果"

type awardRow struct {
	ID             string `gorm:"column:id;primaryKey"`
	Path           string `gorm:"column:path"`
	State          string `gorm:"column:state"`
	Version        int    `gorm:"column:version"`
	RegistrationID string `gorm:"column:registration_id"`
	PersonID       string `gorm:"column:person_id"`
	Number         string `gorm:"column:number"`
	Name           string `gorm:"column:name"`
	Priority       bool   `gorm:"column:priority"`
	Price          int64  `gorm:"column:price"`
	Yearly         int64  `gorm:"column:yearly"`
	Whole          int64  `gorm:"column:whole"`
	LastYearly     int64  `gorm:"column:last_yearly"`
	StartYearly    int64  `gorm:"column:start_yearly"`
	Side           string `gorm:"column:side"`
	Unit           string `gorm:"column:unit"`
	Measure        string `gorm:"column:measure"`
	Area           int64  `gorm:"column:area"`
	Years          int    `gorm:"column:years"`
	AwardedAt      int64  `gorm:"column:awarded_at"`
	PublicUntil    int64  `gorm:"column:public_until"`
	Firm           bool   `gorm:"column:firm"`
	MovedUntil     int64  `gorm:"column:moved_until"`
	ResumedUntil   int64  `gorm:"column:resumed_until"`
	KnownUntil     int64  `gorm:"column:known_until"`
	SettledAt      *int64 `gorm:"column:settled_at"`
	EventSeq       *int64 `gorm:"column:event_seq"`
}

func (awardRow) TableName() string { return "awards" }

// awardRead is an award with its lot's tender and title.
type awardRead struct {
	Row    awardRow                `gorm:"embedded"`
	Tender string                  `gorm:"column:tender_id"`
	Title  string                  `gorm:"column:title"`
	Photos *store.JSONOf[[]string] `gorm:"column:asset_photos"`
}

func (r awardRead) award() trading.Award {
	row := r.Row
	return trading.Award{
		Lot:          row.ID,
		Tender:       r.Tender,
		LotTitle:     r.Title,
		Photo:        first(r.Photos),
		Path:         identity.Path(row.Path),
		State:        casework.State(row.State),
		Version:      row.Version,
		Registration: row.RegistrationID,
		PersonID:     row.PersonID,
		Number:       row.Number,
		Name:         row.Name,
		Priority:     row.Priority,
		Price:        money.Fen(row.Price),
		Yearly:       money.Fen(row.Yearly),
		Whole:        money.Fen(row.Whole),
		LastYearly:   money.Fen(row.LastYearly),
		StartYearly:  money.Fen(row.StartYearly),
		Basis:        basisOf(row.Side, row.Unit, row.Measure, row.Area, row.Years),
		AwardedAt:    store.FromMillis(row.AwardedAt),
		PublicUntil:  store.FromMillis(row.PublicUntil),
		Firm:         row.Firm,
		MovedUntil:   store.FromMillisOrZero(row.MovedUntil),
		ResumedUntil: store.FromMillisOrZero(row.ResumedUntil),
		KnownUntil:   store.FromMillisOrZero(row.KnownUntil),
		SettledAt:    store.FromOptional(row.SettledAt),
		Event:        store.RefIn(event.Of("lot", row.ID), row.EventSeq),
	}
}

// basisOf is the basis as the columns of several tables have it.
func basisOf(side, unit, measure string, area int64, years int) trading.Basis {
	return trading.Basis{
		Side:    trading.Side(side),
		Unit:    money.Unit(unit),
		Measure: money.Measure(measure),
		Size:    money.Area(area),
		Years:   years,
	}
}

// SaveAward implements bidding.LotTx.
func (t *Tx) SaveAward(a trading.Award) error {
	row := awardRow{
		ID:             a.Lot,
		Path:           string(a.Path),
		State:          string(a.State),
		Version:        a.Version,
		RegistrationID: a.Registration,
		PersonID:       a.PersonID,
		Number:         a.Number,
		Name:           a.Name,
		Priority:       a.Priority,
		Price:          int64(a.Price),
		Yearly:         int64(a.Yearly),
		Whole:          int64(a.Whole),
		LastYearly:     int64(a.LastYearly),
		StartYearly:    int64(a.StartYearly),
		Side:           string(a.Side),
		Unit:           string(a.Unit),
		Measure:        string(a.Measure),
		Area:           int64(a.Size),
		Years:          a.Years,
		AwardedAt:      store.Millis(a.AwardedAt),
		PublicUntil:    store.Millis(a.PublicUntil),
		Firm:           a.Firm,
		MovedUntil:     store.MillisOrZero(a.MovedUntil),
		ResumedUntil:   store.MillisOrZero(a.ResumedUntil),
		KnownUntil:     store.MillisOrZero(a.KnownUntil),
		SettledAt:      store.Optional(a.SettledAt),
		EventSeq:       store.SeqOf(a.Event),
	}
	if err := t.SaveVersion(&row, a.Lot, a.Version); err != nil {
		return err
	}
	return t.Reindex(results, a.Lot)
}

// Award implements bidding.LotTx.
func (t *Tx) Award(lot string) (trading.Award, error) {
	if err := t.LockRow(&awardRow{}, lot); err != nil {
		return trading.Award{}, store.NoSuch(err, noAward)
	}
	return awardIn(t.SQL(), lot)
}

// Award implements bidding.AwardStore.
func (db *DB) Award(ctx context.Context, lot string) (trading.Award, error) {
	return awardIn(db.Read(ctx), lot)
}

func awardIn(session *gorm.DB, lot string) (trading.Award, error) {
	if !store.PlainID(lot) {
		return trading.Award{}, fault.New(fault.NotFound, noAward)
	}
	var row awardRead
	if err := withTitle(session, "awards", "id").Where("awards.id = ?", lot).Take(&row).Error; err != nil {
		return trading.Award{}, store.NoSuch(err, noAward)
	}
	return row.award(), nil
}

var awardOrders = map[string]string{
	"newest": "awards.awarded_at DESC, awards.id DESC",
	"yearly": "awards.yearly DESC, awards.id DESC",
}

// Awards implements bidding.AwardStore.
func (db *DB) Awards(ctx context.Context, q casework.Query) ([]trading.Award, int, error) {
	session := ofAsset(InStates(store.Within(db.Read(ctx).Table("awards"), "awards.path", q.Scope), "awards", q),
		"awards", q.Parent)
	if q.Public {
		var err error
		session, err = db.Found(ctx, session, "awards.id", finding.Result, q.Text)
		if err != nil {
			return nil, 0, err
		}
		q.Text = ""
	}
	session = Bounded(lotsOfKind(session, "awards", q.Kind), q.Bounds, "awards.awarded_at", "awards.yearly")
	shown := func(session *gorm.DB) *gorm.DB {
		return withTitle(session, "awards", "id").
			Select("awards.*, titled.tender_id, assets.name AS title" + coverColumn)
	}
	list := store.Searched(session, shown, q.Text, "assets.name", "tenders.number", "awards.name")
	var rows []awardRead
	total, err := list.Page(store.Order(awardOrders, q.Sort, "newest", q.Scope), q.Page, &rows)
	if err == nil {
		err = uncover(ctx, db, rows, func(r *awardRead) *store.JSONOf[[]string] { return r.Photos })
	}
	return store.Nouns(rows, awardRead.award), total, err
}

// results is what the public finds of awards.
var results = store.Source{Kind: finding.Result, Select: "SELECT awards.id, awards.path, assets.name AS title," +
	" awards.name AS note, CONCAT(tenders.number, ' ', tenders.title) AS more, awards.awarded_at AS at" +
	" FROM awards LEFT JOIN lots ON lots.id = awards.id LEFT JOIN tenders ON tenders.id = lots.tender_id" +
	" LEFT JOIN assets ON assets.id = tenders.asset_id" +
	" WHERE awards.id"}
