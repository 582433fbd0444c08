package identitydb

import (
	"context"
	"slices"
	"time"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"sunlot/internal/identity"
	"sunlot/internal/store"
)

var _ identity.TryStore = (*DB)(nil)

type tryRow struct {
	Name   string `gorm:"column:name;primaryKey"`
	Failed int    `gorm:"column:failed"`
	NextAt int64  `gorm:"column:next_at"`
	LastAt int64  `gorm:"column:last_at"`
}

func (tryRow) TableName() string { return "tries" }

func (r tryRow) try() identity.Try {
	return identity.Try{
		Key:    r.Name,
		Failed: r.Failed,
		Next:   store.FromMillisOrZero(r.NextAt),
		Last:   store.FromMillisOrZero(r.LastAt),
	}
}

// Tries implements identity.TryStore.
func (db *DB) Tries(ctx context.Context, keys []string) ([]identity.Try, error) {
	var rows []tryRow
	if err := db.Read(ctx).Where("name IN ?", keys).Find(&rows).Error; err != nil {
		return nil, err
	}
	all := make([]identity.Try, 0, len(rows))
	for _, r := range rows {
		all = append(all, r.try())
	}
	return all, nil
}

// WriteTries implements identity.TryStore. Rows are made and locked one by one
// in the order of their names, so that two callers with keys in common wait for
// each other and never in a circle.
func (db *DB) WriteTries(ctx context.Context, now time.Time, keys []string, fn func([]identity.Try) error) error {
	return db.Write(ctx, func(t *gorm.DB) error {
		kept := map[string]tryRow{}
		for _, key := range slices.Sorted(slices.Values(keys)) {
			row := tryRow{Name: key}
			if err := t.Clauses(clause.OnConflict{DoNothing: true}).Create(&row).Error; err != nil {
				return err
			}
			if err := t.Clauses(store.ForUpdate).Where("name = ?", key).Take(&row).Error; err != nil {
				return err
			}
			kept[key] = row
		}
		tries := make([]identity.Try, 0, len(keys))
		for _, key := range keys {
			tries = append(tries, kept[key].try())
		}
		if err := fn(tries); err != nil {
			return err
		}
		for _, row := range tries {
			err := t.Model(&tryRow{}).Where("name = ?", row.Key).Updates(map[string]any{"failed": row.Failed,
				"next_at": store.MillisOrZero(row.Next), "last_at": store.MillisOrZero(row.Last)}).Error
			if err != nil {
				return err
			}
		}
		return t.Where("last_at < ?", store.Millis(now.Add(-identity.TriesKept))).Delete(&tryRow{}).Error
	})
}
