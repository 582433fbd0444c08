package caseworkdb

import (
	"context"
	"fmt"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"sunlot/internal/casework"
	"sunlot/internal/event"
	"sunlot/internal/fault"
	"sunlot/internal/identity"
	"sunlot/internal/store"
)

var (
	_ casework.LibraryStore = (*DB)(nil)
	_ casework.Papers       = (*Tx)(nil)
)

type documentRow struct {
	SHA256 string `gorm:"column:sha256;primaryKey"`
	Body   []byte `gorm:"column:body"`
	MadeAt int64  `gorm:"column:made_at"`
	Path   string `gorm:"column:path"`
}

func (documentRow) TableName() string { return "documents" }

// SaveDocument implements privacy.Papers.
func (t *Tx) SaveDocument(sha256 string, body []byte, at identity.Path) error {
	if event.Hash(body) != sha256 {
		return fmt.Errorf("store: document %s has other content", sha256)
	}
	if err := Gone(t.SQL(), sha256); err != nil {
		return err
	}
	row := documentRow{SHA256: sha256, Body: body, MadeAt: store.Millis(t.Now()), Path: string(at)}
	return t.SQL().Clauses(clause.OnConflict{DoNothing: true}).Create(&row).Error
}

// Document implements casework.LibraryStore.
func (db *DB) Document(ctx context.Context, sha256 string) ([]byte, error) {
	const none = "没有找到这份文件"
	var row documentRow
	if !store.PlainID(sha256) {
		return nil, fault.New(fault.NotFound, none)
	}
	if err := Gone(db.Read(ctx), sha256); err != nil {
		return nil, err
	}
	err := db.Read(ctx).Where("sha256 = ?", sha256).Take(&row).Error
	return row.Body, store.NoSuch(err, none)
}

type actRow struct {
	ID       int64                       `gorm:"column:id;primaryKey;autoIncrement"`
	Noun     string                      `gorm:"column:noun"`
	Kind     string                      `gorm:"column:kind"`
	PersonID string                      `gorm:"column:person_id"`
	Role     string                      `gorm:"column:role"`
	ActedAt  int64                       `gorm:"column:acted_at"`
	Reasons  store.JSONOf[[]fault.Field] `gorm:"column:reasons"`
}

func (actRow) TableName() string { return "acts" }

// AddAct implements casework.Papers.
func (t *Tx) AddAct(a casework.Act) error {
	return t.SQL().Create(&actRow{Noun: string(a.Noun), Kind: a.Kind, PersonID: a.PersonID, Role: string(a.Role),
		ActedAt: store.Millis(a.At), Reasons: store.JSONOf[[]fault.Field]{V: a.Reasons}}).Error
}

// Acts implements casework.Papers.
func (t *Tx) Acts(noun event.Stream) ([]casework.Act, error) { return actsOf(t.SQL(), noun) }

// Acts lists the steps of a noun, the first one first; the Stores of the rooms embed it.
func (db *DB) Acts(ctx context.Context, noun event.Stream) ([]casework.Act, error) {
	return actsOf(db.Read(ctx), noun)
}

// actsOf reads in the order of writing: the noun's stream is locked while an act
// is written, so their times have it; of one instant their ids, which one server
// hands out.
func actsOf(session *gorm.DB, noun event.Stream) ([]casework.Act, error) {
	var rows []struct {
		Row  actRow  `gorm:"embedded"`
		Name *string `gorm:"column:name"`
	}
	err := session.Table("acts").Select("acts.*, people.name AS name").
		Joins("LEFT JOIN people ON people.id = acts.person_id").
		Where("acts.noun = ?", string(noun)).Order("acts.acted_at, acts.id").Scan(&rows).Error
	acts := make([]casework.Act, 0, len(rows))
	for _, r := range rows {
		a := casework.Act{Noun: event.Stream(r.Row.Noun), Kind: r.Row.Kind, PersonID: r.Row.PersonID,
			Role: identity.Role(r.Row.Role), At: store.FromMillis(r.Row.ActedAt), Reasons: r.Row.Reasons.V}
		if r.Name != nil {
			a.Name = *r.Name
		}
		acts = append(acts, a)
	}
	return acts, err
}
