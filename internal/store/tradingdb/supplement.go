package tradingdb

import (
	"context"

	"gorm.io/gorm"

	"sunlot/internal/casework"
	"sunlot/internal/event"
	"sunlot/internal/fault"
	"sunlot/internal/identity"
	"sunlot/internal/store"
	"sunlot/trading"
)

type supplementRow struct {
	ID            string                      `gorm:"column:id;primaryKey"`
	TenderID      string                      `gorm:"column:tender_id"`
	Path          string                      `gorm:"column:path"`
	Number        int                         `gorm:"column:number"`
	State         string                      `gorm:"column:state"`
	Version       int                         `gorm:"column:version"`
	Body          string                      `gorm:"column:body"`
	ProposedBy    string                      `gorm:"column:proposed_by"`
	ReleasedBy    string                      `gorm:"column:released_by"`
	Mend          store.JSONOf[[]fault.Field] `gorm:"column:mend"`
	ReleasedAt    *int64                      `gorm:"column:released_at"`
	RegisterUntil *int64                      `gorm:"column:register_until"`
	OpensAt       *int64                      `gorm:"column:opens_at"`
	Firm          bool                        `gorm:"column:firm"`
	Document      string                      `gorm:"column:document"`
	EventSeq      *int64                      `gorm:"column:event_seq"`
	MadeAt        int64                       `gorm:"column:made_at;<-:create"` // never moves: the list is by age
}

func (supplementRow) TableName() string { return "supplements" }

// supplementRead is a supplement with its tender's title.
type supplementRead struct {
	Row         supplementRow `gorm:"embedded"`
	TenderTitle string        `gorm:"column:tender_title"`
}

func (r supplementRead) supplement() trading.Supplement {
	row := r.Row
	return trading.Supplement{
		ID:            row.ID,
		Tender:        row.TenderID,
		TenderTitle:   r.TenderTitle,
		Path:          identity.Path(row.Path),
		Number:        row.Number,
		State:         casework.State(row.State),
		Version:       row.Version,
		Text:          row.Body,
		ProposedBy:    row.ProposedBy,
		ReleasedBy:    row.ReleasedBy,
		Mend:          row.Mend.V,
		ReleasedAt:    store.FromOptional(row.ReleasedAt),
		RegisterUntil: store.FromOptional(row.RegisterUntil),
		OpensAt:       store.FromOptional(row.OpensAt),
		Firm:          row.Firm,
		Document:      row.Document,
		Event:         store.RefIn(event.Of("tender", row.TenderID), row.EventSeq),
	}
}

// SaveSupplement implements tendering.Tx.
func (t *Tx) SaveSupplement(s trading.Supplement) error {
	row := supplementRow{
		ID:            s.ID,
		TenderID:      s.Tender,
		Path:          string(s.Path),
		Number:        s.Number,
		State:         string(s.State),
		Version:       s.Version,
		Body:          s.Text,
		ProposedBy:    s.ProposedBy,
		ReleasedBy:    s.ReleasedBy,
		Mend:          store.JSONOf[[]fault.Field]{V: s.Mend},
		ReleasedAt:    store.Optional(s.ReleasedAt),
		RegisterUntil: store.Optional(s.RegisterUntil),
		OpensAt:       store.Optional(s.OpensAt),
		Firm:          s.Firm,
		Document:      s.Document,
		EventSeq:      store.SeqOf(s.Event),
		MadeAt:        store.Millis(t.Now()),
	}
	return t.SaveVersion(&row, s.ID, s.Version)
}

// Supplement implements tendering.Tx.
func (t *Tx) Supplement(id string, in identity.Scope) (trading.Supplement, error) {
	if err := t.LockRow(&supplementRow{}, id); err != nil {
		return trading.Supplement{}, store.NoSuch(err, noSupplement)
	}
	return supplementIn(t.SQL(), id, in)
}

// Supplement implements tendering.Store.
func (db *DB) Supplement(ctx context.Context, id string, in identity.Scope) (trading.Supplement, error) {
	return supplementIn(db.Read(ctx), id, in)
}

const noSupplement = "没有找到这份补充公告"

func supplementIn(session *gorm.DB, id string, in identity.Scope) (trading.Supplement, error) {
	if !store.PlainID(id) {
		return trading.Supplement{}, fault.New(fault.NotFound, noSupplement)
	}
	var row supplementRead
	err := store.Within(withTender(session), "supplements.path", in).Where("supplements.id = ?", id).Take(&row).Error
	if err != nil {
		return trading.Supplement{}, store.NoSuch(err, noSupplement)
	}
	return row.supplement(), nil
}

func withTender(session *gorm.DB) *gorm.DB {
	return session.Table("supplements").Select("supplements.*, tenders.title AS tender_title").
		Joins("LEFT JOIN tenders ON tenders.id = supplements.tender_id")
}

// Supplements implements tendering.Tx.
func (t *Tx) Supplements(tenderID string) ([]trading.Supplement, error) {
	return supplementsOf(t.SQL(), tenderID)
}

// Supplements implements tendering.Store.
func (db *DB) Supplements(ctx context.Context, tenderID string) ([]trading.Supplement, error) {
	return supplementsOf(db.Read(ctx), tenderID)
}

func supplementsOf(session *gorm.DB, tenderID string) ([]trading.Supplement, error) {
	if !store.PlainID(tenderID) {
		return nil, nil
	}
	var rows []supplementRead
	err := withTender(session).Where("supplements.tender_id = ?", tenderID).Order("supplements.number").Scan(&rows).
		Error
	return store.Nouns(rows, supplementRead.supplement), err
}
