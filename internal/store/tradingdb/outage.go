package tradingdb

import (
	"context"
	"time"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"sunlot/internal/store"
	"sunlot/trading"
	"sunlot/trading/bidding"
)

type beatRow struct {
	ID     int   `gorm:"column:id;primaryKey;autoIncrement:false"`
	LastAt int64 `gorm:"column:last_at"`
}

func (beatRow) TableName() string { return "beats" }

type outageRow struct {
	FromAt  int64 `gorm:"column:from_at;primaryKey;autoIncrement:false"`
	UntilAt int64 `gorm:"column:until_at"`
}

func (outageRow) TableName() string { return "outages" }

func (r outageRow) outage() trading.Outage {
	return trading.Outage{From: store.FromMillis(r.FromAt), Until: store.FromMillis(r.UntilAt)}
}

// Beat implements bidding.LotStore. How long nobody wrote is measured by the
// machines' clocks: a demonstration's can be set.
func (db *DB) Beat(ctx context.Context, quiet time.Duration) error {
	return db.InTx(ctx, func(t *store.Tx) error {
		last, err := beat(t.SQL())
		if err != nil {
			return err
		}
		now := db.Machine()
		if last.IsZero() {
			return t.SQL().Clauses(clause.OnConflict{DoNothing: true}).
				Create(&beatRow{ID: 1, LastAt: store.Millis(now)}).Error
		}
		if !now.After(last) {
			return nil
		}
		if silent := now.Sub(last); silent > quiet {
			until := t.Now()
			err := t.SQL().Clauses(clause.OnConflict{DoNothing: true}).Create(&outageRow{
				FromAt:  store.Millis(until.Add(-silent)),
				UntilAt: store.Millis(until),
			}).Error
			if err != nil {
				return err
			}
		}
		return t.SQL().Model(&beatRow{}).Where("id = 1").Update("last_at", store.Millis(now)).Error
	})
}

// beat locks and reads the newest beat; it is zero when there has never been one.
func beat(session *gorm.DB) (time.Time, error) {
	return lastBeat(session.Clauses(clause.Locking{Strength: "UPDATE"}))
}

// lastBeat reads it without its lock, which a node that stands still may hold: an
// outage is written only when that beat is old.
func lastBeat(session *gorm.DB) (time.Time, error) {
	var rows []beatRow
	err := session.Where("id = 1").Limit(1).Find(&rows).Error
	if err != nil || len(rows) == 0 {
		return time.Time{}, err
	}
	return store.FromMillis(rows[0].LastAt), nil
}

// lotTx implements bidding.LotTx.
type lotTx struct{ *Tx }

var _ bidding.LotTx = lotTx{}

func (t lotTx) Silence() (time.Duration, error) {
	last, err := lastBeat(t.SQL())
	if err != nil || last.IsZero() {
		return 0, err
	}
	return max(0, t.Machine().Sub(last)), nil
}

func (t lotTx) Outages(after time.Time) ([]trading.Outage, error) {
	var rows []outageRow
	err := t.SQL().Where("until_at > ?", store.Millis(after)).Order("from_at").Find(&rows).Error
	return store.Nouns(rows, outageRow.outage), err
}
