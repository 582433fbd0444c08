package worksdb

import (
	"context"

	"gorm.io/gorm"

	"sunlot/internal/calendar"
	"sunlot/internal/casework"
	"sunlot/internal/event"
	"sunlot/internal/fault"
	"sunlot/internal/identity"
	"sunlot/internal/money"
	"sunlot/internal/store"
	"sunlot/trading/works"
)

const noEntry = "没有找到这条登记"

type entryRow struct {
	ID          string                      `gorm:"column:id;primaryKey"`
	ProjectID   string                      `gorm:"column:project_id"`
	Path        string                      `gorm:"column:path"`
	State       string                      `gorm:"column:state"`
	Version     int                         `gorm:"column:version"`
	Stage       string                      `gorm:"column:stage"`
	Skipped     bool                        `gorm:"column:skipped"`
	DoneOn      string                      `gorm:"column:done_on"`
	Amount      int64                       `gorm:"column:amount"`
	Less        bool                        `gorm:"column:less"`
	Party       string                      `gorm:"column:party"`
	Note        string                      `gorm:"column:note"`
	Photos      store.JSONOf[[]string]      `gorm:"column:photos"`
	Files       store.JSONOf[[]string]      `gorm:"column:files"`
	RecordedBy  string                      `gorm:"column:recorded_by"`
	RecordedAt  int64                       `gorm:"column:recorded_at"`
	ConfirmedBy string                      `gorm:"column:confirmed_by"`
	ConfirmedAt *int64                      `gorm:"column:confirmed_at"`
	Mend        store.JSONOf[[]fault.Field] `gorm:"column:mend"`
	EventSeq    *int64                      `gorm:"column:event_seq"`
	Corrects    string                      `gorm:"column:corrects"`
}

func (entryRow) TableName() string { return "project_entries" }

// entryRead is an entry with its project's name.
type entryRead struct {
	Row         entryRow `gorm:"embedded"`
	ProjectName string   `gorm:"column:project_name"`
}

func (r entryRead) entry() works.Entry {
	row := r.Row
	return works.Entry{
		ID:          row.ID,
		Project:     row.ProjectID,
		ProjectName: r.ProjectName,
		Path:        identity.Path(row.Path),
		State:       casework.State(row.State),
		Version:     row.Version,
		EntryForm: works.EntryForm{
			Stage:   works.Stage(row.Stage),
			Skipped: row.Skipped,
			On:      calendar.Date(row.DoneOn),
			Sum:     money.Fen(row.Amount),
			Less:    row.Less,
			Party:   row.Party,
			Note:    row.Note,
			Photos:  row.Photos.V,
			Files:   row.Files.V,

			Corrects: row.Corrects,
		},
		RecordedBy:  row.RecordedBy,
		RecordedAt:  store.FromMillis(row.RecordedAt),
		ConfirmedBy: row.ConfirmedBy,
		ConfirmedAt: store.FromOptional(row.ConfirmedAt),
		Mend:        row.Mend.V,
		Event:       store.RefIn(event.Of("project", row.ProjectID), row.EventSeq),
	}
}

// SaveEntry implements works.Tx.
func (t *Tx) SaveEntry(e works.Entry) error {
	row := entryRow{
		ID:          e.ID,
		ProjectID:   e.Project,
		Path:        string(e.Path),
		State:       string(e.State),
		Version:     e.Version,
		Stage:       string(e.Stage),
		Skipped:     e.Skipped,
		DoneOn:      string(e.On),
		Amount:      int64(e.Sum),
		Less:        e.Less,
		Party:       e.Party,
		Note:        e.Note,
		Photos:      store.JSONOf[[]string]{V: e.Photos},
		Files:       store.JSONOf[[]string]{V: e.Files},
		RecordedBy:  e.RecordedBy,
		RecordedAt:  store.Millis(e.RecordedAt),
		ConfirmedBy: e.ConfirmedBy,
		ConfirmedAt: store.Optional(e.ConfirmedAt),
		Mend:        store.JSONOf[[]fault.Field]{V: e.Mend},
		EventSeq:    store.SeqOf(e.Event),
		Corrects:    e.Corrects,
	}
	if err := t.SaveVersion(&row, e.ID, e.Version); err != nil {
		return err
	}
	return t.Reindex(Found, e.Project)
}

// Entry implements works.Tx. The project's row, which the caller then
// takes, is its lock.
func (t *Tx) Entry(id string, in identity.Scope) (works.Entry, error) {
	return entryIn(t.SQL(), id, in)
}

// Entry implements works.Store.
func (db *DB) Entry(ctx context.Context, id string, in identity.Scope) (works.Entry, error) {
	return entryIn(db.Read(ctx), id, in)
}

func entryIn(session *gorm.DB, id string, in identity.Scope) (works.Entry, error) {
	if !store.PlainID(id) {
		return works.Entry{}, fault.New(fault.NotFound, noEntry)
	}
	var row entryRead
	err := store.Within(ofProject(session.Table("project_entries")), "project_entries.path", in).
		Where("project_entries.id = ?", id).Take(&row).Error
	if err != nil {
		return works.Entry{}, store.NoSuch(err, noEntry)
	}
	return row.entry(), nil
}

func ofProject(session *gorm.DB) *gorm.DB {
	return session.Select("project_entries.*, projects.name AS project_name").
		Joins("LEFT JOIN projects ON projects.id = project_entries.project_id")
}

// Entries implements works.Tx.
func (t *Tx) Entries(project string) ([]works.Entry, error) {
	return entriesOf(t.SQL(), []string{project})
}

// Entries implements works.Store.
func (db *DB) Entries(ctx context.Context, projects ...string) ([]works.Entry, error) {
	return entriesOf(db.Read(ctx), projects)
}

func entriesOf(session *gorm.DB, projects []string) ([]works.Entry, error) {
	ids := store.PlainIDs(projects)
	if len(ids) == 0 {
		return nil, nil
	}
	var rows []entryRead
	err := ofProject(session.Table("project_entries")).Where("project_entries.project_id IN ?", ids).
		Order("project_entries.recorded_at, project_entries.id").Scan(&rows).Error
	return store.Nouns(rows, entryRead.entry), err
}
