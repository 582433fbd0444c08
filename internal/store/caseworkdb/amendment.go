package caseworkdb

import (
	"context"

	"gorm.io/gorm"

	"sunlot/internal/calendar"
	"sunlot/internal/casework"
	"sunlot/internal/event"
	"sunlot/internal/fault"
	"sunlot/internal/identity"
	"sunlot/internal/store"
	"sunlot/trading/amending"
)

var (
	_ amending.Store = (*DB)(nil)
	_ amending.Tx    = (*Tx)(nil)
)

// WriteAmendment implements amending.Store.
func (db *DB) WriteAmendment(ctx context.Context, once event.Request,
	fn func(amending.Tx) (string, error)) (string, error) {
	return db.Once(ctx, once, func(t *store.Tx) (string, error) { return fn(Of(t)) })
}

type amendmentRow struct {
	ID         string `gorm:"column:id;primaryKey"`
	Path       string `gorm:"column:path"`
	State      string `gorm:"column:state"`
	Version    int    `gorm:"column:version"`
	Standing   *int   `gorm:"column:standing"`
	Pack       string `gorm:"column:pack"`
	Figure     string `gorm:"column:figure"`
	Was        string `gorm:"column:was"`
	Becomes    int    `gorm:"column:becomes"`
	FromOn     string `gorm:"column:from_on"`
	Title      string `gorm:"column:title"`
	Article    string `gorm:"column:article"`
	Reason     string `gorm:"column:reason"`
	Answer     string `gorm:"column:answer"`
	ProposedBy string `gorm:"column:proposed_by"`
	ProposedAt int64  `gorm:"column:proposed_at"`
	DecidedBy  string `gorm:"column:decided_by"`
	DecidedAt  *int64 `gorm:"column:decided_at"`
	EventSeq   *int64 `gorm:"column:event_seq"`
}

func (amendmentRow) TableName() string { return "amendments" }

// SaveAmendment implements amending.Tx.
func (t *Tx) SaveAmendment(a amending.Amendment) error {
	row := amendmentRow{
		ID:         a.ID,
		Path:       string(a.Path),
		State:      string(a.State),
		Version:    a.Version,
		Standing:   standing(a.State, amending.Proposed),
		Pack:       a.Pack,
		Figure:     a.Key,
		Was:        a.Was,
		Becomes:    a.Value,
		FromOn:     string(a.From),
		Title:      a.Title,
		Article:    a.Article,
		Reason:     a.Reason,
		Answer:     a.Answer,
		ProposedBy: a.ProposedBy,
		ProposedAt: store.Millis(a.ProposedAt),
		DecidedBy:  a.DecidedBy,
		DecidedAt:  store.Optional(a.DecidedAt),
		EventSeq:   store.SeqOf(a.Event),
	}
	err := t.SaveVersion(&row, a.ID, a.Version)
	if store.Duplicate(err) {
		return fault.New(fault.Conflict, "这个参数已经登记了一次改动，等另一位管理员确认").On("key")
	}
	return err
}

func (r amendmentRow) amendment() amending.Amendment {
	a := amending.Amendment{
		ID:      r.ID,
		Path:    identity.Path(r.Path),
		State:   casework.State(r.State),
		Version: r.Version,
		Form: amending.Form{
			Key:     r.Figure,
			Value:   r.Becomes,
			From:    calendar.Date(r.FromOn),
			Title:   r.Title,
			Article: r.Article,
			Reason:  r.Reason,
		},
		Pack:       r.Pack,
		Was:        r.Was,
		Answer:     r.Answer,
		ProposedBy: r.ProposedBy,
		ProposedAt: store.FromMillis(r.ProposedAt),
		DecidedBy:  r.DecidedBy,
		DecidedAt:  store.FromOptional(r.DecidedAt),
	}
	a.Event = store.RefIn(amending.StreamOf(r.Pack), r.EventSeq)
	return a
}

const noAmendment = "没有找到这次参数改动"

// Amendment implements amending.Tx.
func (t *Tx) Amendment(id string, in identity.Scope) (amending.Amendment, error) {
	if err := t.LockRow(&amendmentRow{}, id); err != nil {
		return amending.Amendment{}, store.NoSuch(err, noAmendment)
	}
	return amendmentIn(t.SQL(), id, in)
}

// Amendment implements amending.Store.
func (db *DB) Amendment(ctx context.Context, id string, in identity.Scope) (amending.Amendment, error) {
	return amendmentIn(db.Read(ctx), id, in)
}

func amendmentIn(session *gorm.DB, id string, in identity.Scope) (amending.Amendment, error) {
	if !store.PlainID(id) {
		return amending.Amendment{}, fault.New(fault.NotFound, noAmendment)
	}
	var row amendmentRow
	err := store.Within(session, "path", in).Where("id = ?", id).Take(&row).Error
	return row.amendment(), store.NoSuch(err, noAmendment)
}

var amendmentOrders = map[string]string{"newest": "proposed_at DESC, id DESC"}

// Amendments implements amending.Store.
func (db *DB) Amendments(ctx context.Context, q casework.Query) ([]amending.Amendment, int, error) {
	session := store.Within(db.Read(ctx).Table("amendments"), "path", q.Scope)
	var rows []amendmentRow
	total, err := store.Searched(session, store.WithoutJoins, q.Text, "figure", "title", "reason").
		Page(store.Order(amendmentOrders, q.Sort, "newest", q.Scope), q.Page, &rows)
	return store.Nouns(rows, amendmentRow.amendment), total, err
}

// Amended implements amending.Tx.
func (t *Tx) Amended(pack string) ([]amending.Amendment, error) { return amendedIn(t.SQL(), pack) }

// AmendmentsOf implements amending.Store.
func (db *DB) AmendmentsOf(ctx context.Context, pack string) ([]amending.Amendment, error) {
	return amendedIn(db.Read(ctx), pack)
}

// amendedIn reads all: one that is left out would number every later edition otherwise.
func amendedIn(session *gorm.DB, pack string) ([]amending.Amendment, error) {
	var rows []amendmentRow
	err := session.Where("pack = ? AND state = ?", pack, string(amending.Confirmed)).Order("event_seq").
		Find(&rows).Error
	return store.Nouns(rows, amendmentRow.amendment), err
}
