package store

import (
	"context"
	"slices"
	"strings"

	"gorm.io/gorm/clause"

	"sunlot/internal/finding"
	"sunlot/internal/identity"
)

// Source is where the entries of one kind are read.
type Source struct {
	Kind finding.Kind
	// Select reads id, path, title, note, more and at of what is public. It ends before
	// the ids: "... AND tenders.id".
	Select string
}

type entryRow struct {
	Kind  string `gorm:"column:kind;primaryKey"`
	ID    string `gorm:"column:id;primaryKey"`
	Title string `gorm:"column:title"`
	Note  string `gorm:"column:note"`
	Place string `gorm:"column:place"`
	Body  string `gorm:"column:body"`
	At    int64  `gorm:"column:at"`
}

func (entryRow) TableName() string { return "search_entries" }

type tokenRow struct {
	Token string `gorm:"column:token;primaryKey"`
	Kind  string `gorm:"column:kind;primaryKey"`
	At    int64  `gorm:"column:at;primaryKey;autoIncrement:false"`
	ID    string `gorm:"column:id;primaryKey"`
}

func (tokenRow) TableName() string { return "search_tokens" }

// sourceRow is what a source reads.
type sourceRow struct {
	ID    string
	Path  string
	Title string
	Note  string
	More  string
	At    int64
}

// Reindex makes what the public finds of these nouns agree with their rows, in this
// transaction: what is public no more is found no more. The discipline office's house
// has nothing that is found.
func (t *Tx) Reindex(s Source, ids ...string) error {
	if t.db.set != Public || len(ids) == 0 {
		return nil
	}
	old, err := t.lockEntries(s.Kind, ids)
	if err != nil {
		return err
	}
	fresh, err := t.entries(s, ids)
	if err != nil {
		return err
	}
	both := slices.DeleteFunc(slices.Clone(old), func(r entryRow) bool { return !slices.Contains(fresh, r) })
	same := func(r entryRow) bool { return slices.Contains(both, r) }
	for _, row := range slices.DeleteFunc(old, same) {
		if err := t.forget(row); err != nil {
			return err
		}
	}
	return t.enter(slices.DeleteFunc(fresh, same))
}

// lockEntries takes the nouns' entries, those that are not there yet as empty ones: what
// the rows come to is read by one transaction after another.
func (t *Tx) lockEntries(kind finding.Kind, ids []string) (old []entryRow, err error) {
	ids = slices.Compact(slices.Sorted(slices.Values(ids)))
	empty := make([]entryRow, len(ids))
	for i, id := range ids {
		empty[i] = entryRow{Kind: string(kind), ID: id}
	}
	if err := t.gorm.Clauses(clause.OnConflict{DoNothing: true}).Create(&empty).Error; err != nil {
		return nil, err
	}
	err = t.gorm.Clauses(ForUpdate).Where("kind = ? AND id IN ?", string(kind), ids).Order("id").Find(&old).Error
	return old, err
}

// entries are what the nouns' rows come to.
func (t *Tx) entries(s Source, ids []string) ([]entryRow, error) {
	var rows []sourceRow
	if err := t.gorm.Raw(s.Select+" IN ? ORDER BY 1", ids).Scan(&rows).Error; err != nil {
		return nil, err
	}
	var above []string
	for _, row := range rows {
		above = append(above, steps(row.Path)...)
	}
	slices.Sort(above)
	var orgs []struct{ ID, Name, Kind string }
	err := t.gorm.Table("orgs").Select("id, name, kind").Where("id IN ?", slices.Compact(above)).Scan(&orgs).Error
	if err != nil {
		return nil, err
	}
	names := map[string]string{}
	for _, o := range orgs {
		if o.Kind != string(identity.County) {
			names[o.ID] = o.Name
		}
	}
	entries := make([]entryRow, len(rows))
	for i, row := range rows {
		var place []string
		for _, id := range steps(row.Path) {
			if names[id] != "" && (s.Kind != finding.Village || id != row.ID) {
				place = append(place, names[id])
			}
		}
		lines := append([]string{row.Title, row.Note, row.More}, place...)
		for i := range lines {
			lines[i] = finding.Fold(lines[i])
		}
		entries[i] = entryRow{
			Kind:  string(s.Kind),
			ID:    row.ID,
			Title: row.Title,
			Note:  row.Note,
			Place: strings.Join(place, " "),
			Body:  strings.Join(lines, "\n"),
			At:    row.At,
		}
	}
	return entries, nil
}

// steps are the ids of a path, which is made of them.
func steps(path string) []string { return strings.Split(strings.Trim(path, "/"), "/") }

// forget takes an entry out.
func (t *Tx) forget(row entryRow) error {
	if tokens := finding.Tokens(row.Title, row.Body); len(tokens) > 0 {
		err := t.gorm.Where("token IN ? AND kind = ? AND at = ? AND id = ?", tokens, row.Kind, row.At, row.ID).
			Delete(&tokenRow{}).Error
		if err != nil {
			return err
		}
	}
	return t.gorm.Where("kind = ? AND id = ?", row.Kind, row.ID).Delete(&entryRow{}).Error
}

// tokensAtOnce are the rows of one INSERT; SQLite takes 32,766 values.
const tokensAtOnce = 2000

// enter puts entries in.
func (t *Tx) enter(rows []entryRow) error {
	if len(rows) == 0 {
		return nil
	}
	if err := t.gorm.Create(&rows).Error; err != nil {
		return err
	}
	var values []any
	for _, row := range rows {
		for _, token := range finding.Tokens(row.Title, row.Body) {
			values = append(values, token, row.Kind, row.At, row.ID)
		}
	}
	// Past gorm, whose reflection costs more than the database.
	for some := range slices.Chunk(values, 4*tokensAtOnce) {
		marks := strings.Repeat(", (?, ?, ?, ?)", len(some)/4)[2:]
		err := t.gorm.Exec("INSERT INTO search_tokens (token, kind, at, id) VALUES "+marks, some...).Error
		if err != nil {
			return err
		}
	}
	return nil
}

type waitingRow struct {
	Kind string `gorm:"column:kind;primaryKey"`
	ID   string `gorm:"column:id;primaryKey"`
}

func (waitingRow) TableName() string { return "search_waiting" }

// indexedAtOnce are the nouns of one transaction, for which a bid may have to wait.
const indexedAtOnce = 50

// IndexWaiting indexes some of what was there before there was an index, and says
// whether that was all. Nodes may do it together, and again.
func (db *DB) IndexWaiting(ctx context.Context, sources []Source) (done bool, err error) {
	err = db.InTx(ctx, func(t *Tx) error {
		var rows []waitingRow
		err := t.gorm.Clauses(ForUpdate).Order("kind, id").Limit(indexedAtOnce).Find(&rows).Error
		done = len(rows) == 0
		if err != nil || done {
			return err
		}
		for _, s := range sources {
			var ids []string
			for _, row := range rows {
				if row.Kind == string(s.Kind) {
					ids = append(ids, row.ID)
				}
			}
			if err := t.Reindex(s, ids...); err != nil {
				return err
			}
			// and not all at once: SQLite finds no pairs by an index
			err := t.gorm.Where("kind = ? AND id IN ?", string(s.Kind), ids).Delete(&waitingRow{}).Error
			if err != nil {
				return err
			}
		}
		return nil
	})
	return done, err
}
