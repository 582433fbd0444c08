package store

import (
	"context"
	"errors"
	"time"

	"gorm.io/gorm"

	"sunlot/internal/fault"
)

// refusalsAnHour keeps one person from filling the table.
const refusalsAnHour = 60

type refusalRow struct {
	ID        int64  `gorm:"column:id;primaryKey;autoIncrement"`
	Person    string `gorm:"column:person"`
	Kind      string `gorm:"column:kind"`
	Code      string `gorm:"column:code"`
	Message   string `gorm:"column:message"`
	RefusedAt int64  `gorm:"column:refused_at"`
}

func (refusalRow) TableName() string { return "refusals" }

// NoteRefusal keeps that a well-formed act was refused, in a transaction of its
// own. It is a private note: when it cannot be written, the refusal stands all the same.
func (db *DB) NoteRefusal(ctx context.Context, person, kind string, refusal error) {
	var f *fault.Error
	if !errors.As(refusal, &f) || f.Code != fault.Conflict && f.Code != fault.Forbidden {
		return
	}
	now := db.Clock().Now()
	_ = db.Write(ctx, func(t *gorm.DB) error {
		var lately int64
		err := t.Model(&refusalRow{}).Where("person = ? AND refused_at > ?", person, Millis(now.Add(-time.Hour))).
			Count(&lately).Error
		if err != nil || lately >= refusalsAnHour {
			return err
		}
		return t.Create(&refusalRow{
			Person:    person,
			Kind:      kind,
			Code:      string(f.Code),
			Message:   f.Message,
			RefusedAt: Millis(now),
		}).Error
	})
}
