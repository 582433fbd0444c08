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
	"sunlot/trading/citing"
)

var (
	_ citing.Store = (*DB)(nil)
	_ citing.Tx    = (*Tx)(nil)
)

// WriteCitation implements citing.Store.
func (db *DB) WriteCitation(ctx context.Context, once event.Request,
	fn func(citing.Tx) (string, error)) (string, error) {
	return db.Once(ctx, once, func(t *store.Tx) (string, error) { return fn(Of(t)) })
}

type citationRow struct {
	ID        string `gorm:"column:id;primaryKey"`
	Path      string `gorm:"column:path"`
	State     string `gorm:"column:state"`
	Version   int    `gorm:"column:version"`
	Standing  *int   `gorm:"column:standing"`
	Cites     string `gorm:"column:cites"`
	Title     string `gorm:"column:title"`
	ReadAs    string `gorm:"column:read_as"`
	Was       string `gorm:"column:was"`
	Edition   string `gorm:"column:edition"`
	FromOn    string `gorm:"column:from_on"`
	Article   string `gorm:"column:article"`
	Answer    string `gorm:"column:answer"`
	EnteredBy string `gorm:"column:entered_by"`
	EnteredAt int64  `gorm:"column:entered_at"`
	DecidedBy string `gorm:"column:decided_by"`
	DecidedAt *int64 `gorm:"column:decided_at"`
	EventSeq  *int64 `gorm:"column:event_seq"`
}

func (citationRow) TableName() string { return "citations" }

// SaveCitation implements citing.Tx.
func (t *Tx) SaveCitation(c citing.Citation) error {
	row := citationRow{
		ID:        c.ID,
		Path:      string(c.Path),
		State:     string(c.State),
		Version:   c.Version,
		Standing:  standing(c.State, citing.Entered),
		Cites:     c.Cites,
		Title:     c.Title,
		ReadAs:    c.Read,
		Was:       c.Was,
		Edition:   c.Edition,
		FromOn:    string(c.From),
		Article:   c.Article,
		Answer:    c.Answer,
		EnteredBy: c.EnteredBy,
		EnteredAt: store.Millis(c.EnteredAt),
		DecidedBy: c.DecidedBy,
		DecidedAt: store.Optional(c.DecidedAt),
		EventSeq:  store.SeqOf(c.Event),
	}
	err := t.SaveVersion(&row, c.ID, c.Version)
	if store.Duplicate(err) {
		return fault.New(fault.Conflict, "这一条已经登记，等另一位管理员确认").On("cites")
	}
	return err
}

func (r citationRow) citation() citing.Citation {
	c := citing.Citation{
		ID:      r.ID,
		Path:    identity.Path(r.Path),
		State:   casework.State(r.State),
		Version: r.Version,
		Form: citing.Form{
			Cites:   r.Cites,
			Edition: r.Edition,
			From:    calendar.Date(r.FromOn),
			Article: r.Article,
			Same:    true, // else it would not have been taken
		},
		Title:     r.Title,
		Read:      r.ReadAs,
		Was:       r.Was,
		Answer:    r.Answer,
		EnteredBy: r.EnteredBy,
		EnteredAt: store.FromMillis(r.EnteredAt),
		DecidedBy: r.DecidedBy,
		DecidedAt: store.FromOptional(r.DecidedAt),
	}
	c.Event = store.RefIn(c.Stream(), r.EventSeq)
	return c
}

const noCitation = "没有找到这条条号核对"

// Citation implements citing.Tx.
func (t *Tx) Citation(id string, in identity.Scope) (citing.Citation, error) {
	if err := t.LockRow(&citationRow{}, id); err != nil {
		return citing.Citation{}, store.NoSuch(err, noCitation)
	}
	return citationIn(t.SQL(), id, in)
}

// Citation implements citing.Store.
func (db *DB) Citation(ctx context.Context, id string, in identity.Scope) (citing.Citation, error) {
	return citationIn(db.Read(ctx), id, in)
}

func citationIn(session *gorm.DB, id string, in identity.Scope) (citing.Citation, error) {
	if !store.PlainID(id) {
		return citing.Citation{}, fault.New(fault.NotFound, noCitation)
	}
	var row citationRow
	err := store.Within(session, "path", in).Where("id = ?", id).Take(&row).Error
	return row.citation(), store.NoSuch(err, noCitation)
}

var citationOrders = map[string]string{"newest": "entered_at DESC, id DESC"}

// Citations implements citing.Store.
func (db *DB) Citations(ctx context.Context, q casework.Query) ([]citing.Citation, int, error) {
	session := store.Within(db.Read(ctx).Table("citations"), "path", q.Scope)
	var rows []citationRow
	total, err := store.Searched(session, store.WithoutJoins, q.Text, "title", "was", "article").
		Page(store.Order(citationOrders, q.Sort, "newest", q.Scope), q.Page, &rows)
	return store.Nouns(rows, citationRow.citation), total, err
}

// mostStanding is more articles than the packs cite.
const mostStanding = 1000

// Standing implements citing.Store.
func (db *DB) Standing(ctx context.Context) ([]citing.Citation, error) {
	var rows []citationRow
	err := db.Read(ctx).Where("state = ?", string(citing.Checked)).Order("decided_at DESC, id DESC").
		Limit(mostStanding).Find(&rows).Error
	newest, seen := rows[:0], map[string]bool{}
	for _, r := range rows {
		if !seen[r.Cites] {
			seen[r.Cites] = true
			newest = append(newest, r)
		}
	}
	return store.Nouns(newest, citationRow.citation), err
}

// ArticlesWaiting implements citing.Store.
func (db *DB) ArticlesWaiting(ctx context.Context, articles []string) (map[string]bool, error) {
	var owed, entered []string
	err := db.Read(ctx).Table("duties").Where("case_id IN ? AND standing = 1", articles).Pluck("case_id", &owed).Error
	if err != nil {
		return nil, err
	}
	err = db.Read(ctx).Model(&citationRow{}).Where("cites IN ? AND standing = 1", articles).
		Pluck("cites", &entered).Error
	waits := map[string]bool{}
	for _, id := range append(owed, entered...) {
		waits[id] = true
	}
	return waits, err
}
