package store

import (
	"context"
	"errors"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"
)

// settingRow is one thing that is true of the database as a whole.
type settingRow struct {
	Name  string `gorm:"primaryKey"`
	Value string
}

func (settingRow) TableName() string { return "settings" }

// Setting returns a setting and whether there is one.
func (db *DB) Setting(ctx context.Context, name string) (value string, found bool, err error) {
	var row settingRow
	err = db.Read(ctx).Where("name = ?", name).Take(&row).Error
	if errors.Is(err, gorm.ErrRecordNotFound) {
		return "", false, nil
	}
	return row.Value, err == nil, err
}

// SetSetting makes or replaces a setting.
func (db *DB) SetSetting(ctx context.Context, name, value string) error {
	return db.Write(ctx, func(tx *gorm.DB) error {
		return tx.Clauses(clause.OnConflict{
			Columns:   []clause.Column{{Name: "name"}},
			DoUpdates: clause.AssignmentColumns([]string{"value"}),
		}).
			Create(&settingRow{Name: name, Value: value}).Error
	})
}
