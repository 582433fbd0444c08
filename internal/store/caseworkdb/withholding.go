package caseworkdb

import (
	"context"
	"errors"

	"gorm.io/gorm"

	"sunlot/disclosure/privacy"
	"sunlot/internal/casework"
	"sunlot/internal/event"
	"sunlot/internal/fault"
	"sunlot/internal/identity"
	"sunlot/internal/store"
)

type withholdingRow struct {
	ID        string `gorm:"column:id;primaryKey"`
	Path      string `gorm:"column:path"`
	SHA256    string `gorm:"column:sha256"`
	Subject   string `gorm:"column:subject"`
	State     string `gorm:"column:state"`
	Version   int    `gorm:"column:version"`
	Standing  *int   `gorm:"column:standing"`
	Ground    string `gorm:"column:ground"`
	Reason    string `gorm:"column:reason"`
	Answer    string `gorm:"column:answer"`
	Office    string `gorm:"column:office"`
	AskedBy   string `gorm:"column:asked_by"`
	AskedAt   int64  `gorm:"column:asked_at"`
	DecidedBy string `gorm:"column:decided_by"`
	DecidedAt *int64 `gorm:"column:decided_at"`
	EventSeq  *int64 `gorm:"column:event_seq"`
}

func (withholdingRow) TableName() string { return "withholdings" }

// SaveWithholding implements privacy.Tx.
func (t *Tx) SaveWithholding(w privacy.Withholding) error {
	row := withholdingRow{
		ID:        w.ID,
		Path:      string(w.Path),
		SHA256:    w.SHA256,
		Subject:   string(w.Subject),
		State:     string(w.State),
		Version:   w.Version,
		Standing:  standing(w.State, privacy.Asked, privacy.Withheld),
		Ground:    string(w.Ground),
		Reason:    w.Reason,
		Answer:    w.Answer,
		Office:    w.Office,
		AskedBy:   w.AskedBy,
		AskedAt:   store.Millis(w.AskedAt),
		DecidedBy: w.DecidedBy,
		DecidedAt: store.Optional(w.DecidedAt),
		EventSeq:  store.SeqOf(w.Event),
	}
	err := t.SaveVersion(&row, w.ID, w.Version)
	if store.Duplicate(err) {
		return fault.New(fault.Conflict, "这个内容已经申请隐去").On("address")
	}
	return err
}

func (r withholdingRow) withholding() privacy.Withholding {
	w := privacy.Withholding{
		ID:      r.ID,
		Path:    identity.Path(r.Path),
		State:   casework.State(r.State),
		Version: r.Version,
		WithholdForm: privacy.WithholdForm{
			Address: r.SHA256,
			Ground:  privacy.Ground(r.Ground),
			Reason:  r.Reason,
		},
		SHA256:    r.SHA256,
		Subject:   privacy.Subject(r.Subject),
		Answer:    r.Answer,
		Office:    r.Office,
		AskedBy:   r.AskedBy,
		AskedAt:   store.FromMillis(r.AskedAt),
		DecidedBy: r.DecidedBy,
		DecidedAt: store.FromOptional(r.DecidedAt),
	}
	w.Event = store.RefIn(w.Stream(), r.EventSeq)
	return w
}

const noWithholding = "没有找到这份隐去申请"

// Withholding implements privacy.Tx.
func (t *Tx) Withholding(id string, in identity.Scope) (privacy.Withholding, error) {
	if err := t.LockRow(&withholdingRow{}, id); err != nil {
		return privacy.Withholding{}, store.NoSuch(err, noWithholding)
	}
	return withholdingIn(t.SQL(), id, in)
}

// Withholding implements privacy.Store.
func (db *DB) Withholding(ctx context.Context, id string, in identity.Scope) (privacy.Withholding, error) {
	return withholdingIn(db.Read(ctx), id, in)
}

func withholdingIn(session *gorm.DB, id string, in identity.Scope) (privacy.Withholding, error) {
	if !store.PlainID(id) {
		return privacy.Withholding{}, fault.New(fault.NotFound, noWithholding)
	}
	var row withholdingRow
	err := store.Within(session, "path", in).Where("id = ?", id).Take(&row).Error
	return row.withholding(), store.NoSuch(err, noWithholding)
}

var withholdingOrders = map[string]string{"newest": "asked_at DESC, id DESC"}

// Withholdings implements privacy.Store.
func (db *DB) Withholdings(ctx context.Context, q casework.Query) ([]privacy.Withholding, int, error) {
	session := store.Within(db.Read(ctx).Table("withholdings"), "path", q.Scope)
	var rows []withholdingRow
	total, err := store.Searched(session, store.WithoutJoins, q.Text, "sha256", "reason").
		Page(store.Order(withholdingOrders, q.Sort, "newest", q.Scope), q.Page, &rows)
	return store.Nouns(rows, withholdingRow.withholding), total, err
}

// Gone is fault.Gone, in words, when what has the hash is withheld.
func Gone(session *gorm.DB, sha256 string) error {
	var row withholdingRow
	err := session.Where("sha256 = ? AND standing = 1 AND state = ?", sha256, string(privacy.Withheld)).Take(&row).Error
	switch {
	case errors.Is(err, gorm.ErrRecordNotFound):
		return nil
	case err != nil:
		return err
	}
	return row.withholding().Gone()
}

// Withheld implements casework.LibraryStore.
func (db *DB) Withheld(ctx context.Context, sha256 []string) (map[string]string, error) {
	var rows []withholdingRow
	err := db.Read(ctx).Where("sha256 IN ? AND standing = 1 AND state = ?", sha256, string(privacy.Withheld)).
		Find(&rows).Error
	said := map[string]string{}
	for _, row := range rows {
		said[row.SHA256] = fault.MessageOf(row.withholding().Gone())
	}
	return said, err
}

// Subject implements privacy.Tx.
func (t *Tx) Subject(sha256 string, in identity.Scope) (privacy.Subject, identity.Path, error) {
	for _, have := range []struct {
		subject privacy.Subject
		table   string
		public  string
	}{
		{privacy.Document, "documents", "1 = 1"}, {privacy.Photo, "photo_places", "public"},
		{privacy.File, "file_places", "public"},
	} {
		var paths []string
		err := store.Within(t.SQL().Table(have.table), "path", in).Where("sha256 = ?", sha256).Where(have.public).
			Order("path").Pluck("path", &paths).Error
		if err != nil {
			return "", "", err
		}
		if len(paths) == 0 {
			continue
		}
		at, err := t.wholly(have.table, have.public, sha256, in, identity.Path(paths[0]))
		return have.subject, at, err
	}
	id, at, err := t.EntryOf(sha256)
	if err == nil && (id == "" || !in.Covers(at)) {
		err = fault.New(fault.NotFound, "没有找到这个公开内容")
	}
	return privacy.Entry, at, err
}

// EntryOf finds the entry of a work whose event has that leaf, and where it
// belongs; the id is empty when there is none.
func (t *Tx) EntryOf(leaf string) (id string, at identity.Path, err error) {
	var events []struct {
		Stream event.Stream
		Seq    int64
	}
	err = t.SQL().Table("events").Select("stream, seq").Where("leaf_hash = ?", leaf).Scan(&events).Error
	if err != nil {
		return "", "", err
	}
	for _, e := range events {
		if e.Stream.Noun() != "project" {
			continue
		}
		var entries []struct{ ID, Path string }
		err := t.SQL().Table("project_entries").Select("id, path").
			Where("project_id = ? AND event_seq = ?", e.Stream.ID(), e.Seq).Scan(&entries).Error
		if err != nil || len(entries) == 0 {
			return "", "", err
		}
		return entries[0].ID, identity.Path(entries[0].Path), nil
	}
	return "", "", nil
}

// wholly is where something belongs that is public in the scope alone: its place,
// or the township of several. What others have made public too is not theirs to
// take out of sight.
func (t *Tx) wholly(table, public, sha256 string, in identity.Scope, at identity.Path) (identity.Path, error) {
	var all []string
	if err := t.SQL().Table(table).Where("sha256 = ?", sha256).Where(public).Pluck("path", &all).Error; err != nil {
		return "", err
	}
	for _, path := range all {
		switch {
		case !in.Covers(identity.Path(path)):
			return "", fault.New(fault.Conflict, "别的村镇也公开了这个内容，您的单位不能申请隐去").On("address")
		case identity.Path(path) != at:
			at = at.Township()
		}
	}
	return at, nil
}

// Hide implements privacy.Tx.
func (t *Tx) Hide(sha256 string, what privacy.Subject) error {
	tables := map[privacy.Subject]string{privacy.Photo: "photo_places", privacy.File: "file_places"}
	table, placed := tables[what]
	if !placed {
		return nil // who reads a document asks Gone
	}
	return t.SQL().Table(table).Where("sha256 = ?", sha256).Update("public", false).Error
}

// Veil puts the veil over texts of a table's rows, for the rooms' own veils. Where
// nothing was written nothing is veiled: a veil would say that something was.
func (t *Tx) Veil(table, by, value string, columns ...string) error {
	bare := map[string]any{}
	for _, column := range columns {
		bare[column] = gorm.Expr("CASE WHEN "+column+" = '' THEN '' ELSE ? END", privacy.Veil)
	}
	return t.SQL().Table(table).Where(by+" = ?", value).Updates(bare).Error
}

// VeilNamed is Veil for nouns that desks call by the first of the columns: what
// waits at their place under that name gets the veil, too.
func (t *Tx) VeilNamed(table, by, value string, columns ...string) error {
	var nouns []struct{ Path, Name string }
	err := t.SQL().Table(table).Select("path, "+columns[0]+" AS name").Where(by+" = ?", value).Scan(&nouns).Error
	if err != nil {
		return err
	}
	for _, n := range nouns {
		err := t.SQL().Model(&dutyRow{}).Where("path = ? AND INSTR(title, ?) > 0", n.Path, n.Name).
			Update("title", privacy.Veil).Error
		if err != nil {
			return err
		}
	}
	return t.Veil(table, by, value, columns...)
}

// Body is a document's, withheld or not; nil when there is none.
func (t *Tx) Body(sha256 string) ([]byte, error) {
	var row documentRow
	err := t.SQL().Where("sha256 = ?", sha256).Take(&row).Error
	if errors.Is(err, gorm.ErrRecordNotFound) {
		return nil, nil
	}
	return row.Body, err
}

// Text implements privacy.Store.
func (db *DB) Text(ctx context.Context, sha256 string) (string, error) {
	var row documentRow
	err := db.Read(ctx).Where("sha256 = ?", sha256).Take(&row).Error
	if errors.Is(err, gorm.ErrRecordNotFound) {
		return "", nil
	}
	return string(row.Body), err
}

// TextsWith implements privacy.Store.
func (db *DB) TextsWith(ctx context.Context, at identity.Path, piece string, limit int) ([]string, error) {
	withheld := db.Read(ctx).Model(&withholdingRow{}).Select("sha256").
		Where("standing = 1 AND state = ?", string(privacy.Withheld))
	var all []string
	err := store.Within(db.Read(ctx).Model(&documentRow{}), "path", identity.Scope{at}).
		Where("INSTR(body, ?) > 0", []byte(piece)).Where("sha256 NOT IN (?)", withheld).
		Order("made_at DESC").Limit(limit).Pluck("sha256", &all).Error
	return all, err
}
