package tradingdb

import (
	"context"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"sunlot/internal/calendar"
	"sunlot/internal/money"
	"sunlot/internal/store"
	"sunlot/trading/register"
)

var _ register.Occupations = (*Tx)(nil)

type occupancyRow struct {
	ID       string `gorm:"column:id;primaryKey"`
	AssetID  string `gorm:"column:asset_id"`
	StartsOn string `gorm:"column:starts_on"`
	EndsOn   string `gorm:"column:ends_on"`
	Leased   bool   `gorm:"column:leased"`
	Sold     bool   `gorm:"column:sold"`
	Rent     int64  `gorm:"column:rent"`
	Unit     string `gorm:"column:unit"`
	Tenant   string `gorm:"column:tenant"`
}

func (occupancyRow) TableName() string { return "occupancies" }

// lastLease is the id of an asset's last contract.
const lastLease = "SELECT o.id FROM occupancies o WHERE o.asset_id = assets.id AND o.leased" +
	" ORDER BY o.starts_on DESC, o.id DESC LIMIT 1"

type occupancyRead struct {
	Row   occupancyRow `gorm:"embedded"`
	Title *string      `gorm:"column:title"`
}

func (r occupancyRead) occupancy() register.Occupancy {
	return register.Occupancy{
		Lot:    r.Row.ID,
		Asset:  r.Row.AssetID,
		Title:  orEmpty(r.Title),
		From:   calendar.Date(r.Row.StartsOn),
		To:     calendar.Date(r.Row.EndsOn),
		Let:    r.Row.Leased,
		Sold:   r.Row.Sold,
		Rent:   money.Fen(r.Row.Rent),
		Unit:   money.Unit(r.Row.Unit),
		Tenant: r.Row.Tenant,
	}
}

// Occupied implements register.Occupations.
func (t *Tx) Occupied(asset string, from, to calendar.Date) ([]register.Occupancy, error) {
	return occupied(t.SQL(), asset, from, to)
}

// Occupied implements register.Store.
func (db *DB) Occupied(ctx context.Context, asset string, from, to calendar.Date) ([]register.Occupancy, error) {
	return occupied(db.Read(ctx), asset, from, to)
}

func occupied(session *gorm.DB, asset string, from, to calendar.Date) ([]register.Occupancy, error) {
	if !store.PlainID(asset) {
		return nil, nil
	}
	var rows []occupancyRead
	err := session.Table("occupancies").Select("occupancies.*, tenders.title").
		Joins("LEFT JOIN lots ON lots.id = occupancies.id LEFT JOIN tenders ON tenders.id = lots.tender_id").
		Where("occupancies.asset_id = ? AND occupancies.starts_on <= ? AND occupancies.ends_on >= ?", asset,
			string(to), string(from)).
		Order("occupancies.starts_on, occupancies.id").Scan(&rows).Error
	return store.Nouns(rows, occupancyRead.occupancy), err
}

// Occupy implements register.Occupations.
func (t *Tx) Occupy(o register.Occupancy) error {
	row := occupancyRow{
		ID:       o.Lot,
		AssetID:  o.Asset,
		StartsOn: string(o.From),
		EndsOn:   string(o.To),
		Leased:   o.Let,
		Sold:     o.Sold,
		Rent:     int64(o.Rent),
		Unit:     string(o.Unit),
		Tenant:   o.Tenant,
	}
	once := clause.OnConflict{Columns: []clause.Column{{Name: "id"}}, UpdateAll: true}
	return t.SQL().Clauses(once).Create(&row).Error
}

// Vacate implements register.Occupations.
func (t *Tx) Vacate(lot string) error {
	return t.SQL().Where("id = ?", lot).Delete(&occupancyRow{}).Error
}
