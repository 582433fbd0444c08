package identitydb

import (
	"context"
	"time"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"sunlot/internal/fault"
	"sunlot/internal/identity"
	"sunlot/internal/store"
)

var _ identity.DraftStore = (*DB)(nil)

type draftRow struct {
	PersonID string                            `gorm:"column:person_id;primaryKey"`
	Form     string                            `gorm:"column:form;primaryKey"`
	Typed    store.JSONOf[map[string][]string] `gorm:"column:typed"`
	SavedAt  int64                             `gorm:"column:saved_at"`
}

func (draftRow) TableName() string { return "drafts" }

func (r draftRow) draft() identity.Draft {
	return identity.Draft{Form: r.Form, Typed: r.Typed.V, SavedAt: store.FromMillis(r.SavedAt)}
}

// KeepDraft implements identity.DraftStore. The person's row is locked, so that
// two browsers do not keep one more than most.
func (db *DB) KeepDraft(ctx context.Context, person string, d identity.Draft, most int) error {
	return db.Write(ctx, func(t *gorm.DB) error {
		var found string
		if err := t.Model(&personRow{}).Clauses(store.ForUpdate).Select("id").Where("id = ?", person).Take(&found).
			Error; err != nil {
			return store.NoSuch(err, "没有找到这个人")
		}
		var others int64
		if err := t.Model(&draftRow{}).Where("person_id = ? AND form <> ?", person, d.Form).Count(&others).
			Error; err != nil {
			return err
		}
		if others >= int64(most) {
			return fault.New(fault.Conflict, "暂存的表单已有%d份，请先提交或者删除一部分", most)
		}
		row := draftRow{
			PersonID: person,
			Form:     d.Form,
			Typed:    store.JSONOf[map[string][]string]{V: d.Typed},
			SavedAt:  store.Millis(d.SavedAt),
		}
		return t.Clauses(clause.OnConflict{Columns: []clause.Column{{Name: "person_id"}, {Name: "form"}},
			DoUpdates: clause.AssignmentColumns([]string{"typed", "saved_at"})}).Create(&row).Error
	})
}

// DraftOf implements identity.DraftStore.
func (db *DB) DraftOf(ctx context.Context, person, form string) (identity.Draft, error) {
	const none = "没有暂存内容"
	if !store.PlainID(form) {
		return identity.Draft{}, fault.New(fault.NotFound, none)
	}
	var row draftRow
	err := db.Read(ctx).Where("person_id = ? AND form = ?", person, form).Take(&row).Error
	return row.draft(), store.NoSuch(err, none)
}

// DraftsOf implements identity.DraftStore.
func (db *DB) DraftsOf(ctx context.Context, person string) ([]identity.Draft, error) {
	var rows []draftRow
	err := db.Read(ctx).Where("person_id = ?", person).Order("saved_at DESC, form").Find(&rows).Error
	return store.Nouns(rows, draftRow.draft), err
}

// DropDraft implements identity.DraftStore.
func (db *DB) DropDraft(ctx context.Context, person, form string) error {
	_, err := db.DraftOf(ctx, person, form)
	if fault.CodeOf(err) == fault.NotFound {
		return nil // and no transaction
	}
	if err != nil {
		return err
	}
	return db.Write(ctx, func(t *gorm.DB) error {
		return t.Where("person_id = ? AND form = ?", person, form).Delete(&draftRow{}).Error
	})
}

// DropDrafts implements identity.DraftStore.
func (db *DB) DropDrafts(ctx context.Context, until time.Time) error {
	return db.Write(ctx, func(t *gorm.DB) error {
		return t.Where("saved_at <= ?", store.Millis(until)).Delete(&draftRow{}).Error
	})
}
