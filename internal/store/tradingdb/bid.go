package tradingdb

import (
	"context"
	"database/sql"
	"slices"

	"gorm.io/gorm"

	"sunlot/internal/identity"
	"sunlot/internal/money"
	"sunlot/internal/store"
	"sunlot/trading"
	"sunlot/trading/mode"
)

type bidRow struct {
	LotID          string `gorm:"column:lot_id;primaryKey"`
	Seq            int64  `gorm:"column:seq;primaryKey;autoIncrement:false"`
	RegistrationID string `gorm:"column:registration_id"`
	PersonID       string `gorm:"column:person_id"`
	Number         string `gorm:"column:number"`
	Rank           int    `gorm:"column:priority_rank"`
	Price          int64  `gorm:"column:price"`
	Match          bool   `gorm:"column:matched"`
	PlacedAt       int64  `gorm:"column:placed_at"`
	EndsAt         int64  `gorm:"column:ends_at"`
	Extended       bool   `gorm:"column:extended"`
}

func (bidRow) TableName() string { return "bids" }

// bidRead is a bid with its lot's title.
type bidRead struct {
	Row   bidRow `gorm:"embedded"`
	Title string `gorm:"column:title"`
	Unit  string `gorm:"column:unit"`
}

func (r bidRead) bid() trading.Bid {
	row := r.Row
	return trading.Bid{
		Lot:          row.LotID,
		LotTitle:     r.Title,
		Seq:          row.Seq,
		Registration: row.RegistrationID,
		PersonID:     row.PersonID,
		Number:       row.Number,
		Rank:         row.Rank,
		Price:        money.Fen(row.Price),
		Unit:         money.Unit(r.Unit),
		Match:        row.Match,
		At:           store.FromMillis(row.PlacedAt),
		EndsAt:       store.FromMillis(row.EndsAt),
		Extended:     row.Extended,
	}
}

// Bids implements bidding.LotStore.
func (db *DB) Bids(ctx context.Context, lot string, limit int) ([]trading.Bid, error) {
	if !store.PlainID(lot) {
		return nil, nil
	}
	var rows []bidRead
	err := withTitle(db.Read(ctx), "bids", "lot_id").Where("bids.lot_id = ?", lot).
		Order("bids.seq DESC").Limit(max(limit, 1)).Scan(&rows).Error
	return store.Nouns(rows, bidRead.bid), err
}

// Course implements bidding.LotStore. It goes past gorm, whose reflection costs more
// than the database on a thousand rows.
func (db *DB) Course(ctx context.Context, lot string, limit int) (course []trading.Bid, err error) {
	if !store.PlainID(lot) {
		return nil, nil
	}
	rows, err := db.Read(ctx).Raw("SELECT seq, number, price, placed_at FROM bids WHERE lot_id = ?"+
		" ORDER BY seq DESC LIMIT ?", lot, max(limit, 1)).Rows()
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var at int64
		b := trading.Bid{Lot: lot}
		if err := rows.Scan(&b.Seq, &b.Number, &b.Price, &at); err != nil {
			return nil, err
		}
		b.At = store.FromMillis(at)
		course = append(course, b)
	}
	slices.Reverse(course)
	return course, rows.Err()
}

// Offers implements bidding.LotTx.
func (t lotTx) Offers(lot string) (offers []mode.Offer, err error) {
	err = t.scan("SELECT number, priority_rank, price, matched, placed_at FROM bids WHERE lot_id = ? ORDER BY seq",
		[]any{lot}, func(r *sql.Rows) error {
			var o mode.Offer
			var at int64
			err := r.Scan(&o.Bidder, &o.Rank, &o.Price, &o.Match, &at)
			o.At = store.FromMillis(at)
			offers = append(offers, o)
			return err
		})
	return offers, err
}

// BidsOf implements bidding.LotStore.
func (db *DB) BidsOf(ctx context.Context, person string, page identity.Page) ([]trading.Bid, int, error) {
	session := db.Read(ctx).Table("bids").Where("bids.person_id = ?", person)
	shown := func(session *gorm.DB) *gorm.DB {
		return withTitle(session, "bids", "lot_id").Select("bids.*, assets.name AS title, tenders.unit")
	}
	var rows []bidRead
	total, err := store.Searched(session, shown, "").
		Page("bids.placed_at DESC, bids.lot_id DESC, bids.seq DESC", page, &rows)
	return store.Nouns(rows, bidRead.bid), total, err
}
