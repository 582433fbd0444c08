package disclosuredb

import (
	"context"

	"gorm.io/gorm"

	"sunlot/disclosure/power"
	"sunlot/internal/casework"
	"sunlot/internal/event"
	"sunlot/internal/fault"
	"sunlot/internal/finding"
	"sunlot/internal/identity"
	"sunlot/internal/store"
)

var (
	_ power.Store = (*DB)(nil)
	_ power.Tx    = (*Tx)(nil)
)

const NoItem = "没有找到这个事项"

type itemRow struct {
	ID          string                        `gorm:"column:id;primaryKey"`
	Path        string                        `gorm:"column:path"`
	State       string                        `gorm:"column:state"`
	Version     int                           `gorm:"column:version"`
	Edition     int                           `gorm:"column:edition"`
	Public      bool                          `gorm:"column:public"`
	Number      string                        `gorm:"column:number"`
	Name        string                        `gorm:"column:name"`
	Category    string                        `gorm:"column:category"`
	Body        store.JSONOf[power.ItemForm]  `gorm:"column:body"`
	Draft       store.JSONOf[*power.ItemForm] `gorm:"column:draft"`
	DraftedBy   string                        `gorm:"column:drafted_by"`
	PublishedBy string                        `gorm:"column:published_by"`
	PublishedAt int64                         `gorm:"column:published_at"`
	Document    string                        `gorm:"column:document"`
	EventSeq    *int64                        `gorm:"column:event_seq"`
}

func (itemRow) TableName() string { return "items" }

func (row itemRow) item() power.Item {
	i := power.Item{
		ID:          row.ID,
		Path:        identity.Path(row.Path),
		State:       casework.State(row.State),
		Version:     row.Version,
		Edition:     row.Edition,
		ItemForm:    row.Body.V,
		Draft:       row.Draft.V,
		DraftedBy:   row.DraftedBy,
		PublishedBy: row.PublishedBy,
		PublishedAt: store.FromMillisOrZero(row.PublishedAt),
		Document:    row.Document,
	}
	i.Event = store.RefIn(i.Stream(), row.EventSeq)
	return i
}

// WriteItem implements power.Store.
func (db *DB) WriteItem(ctx context.Context, once event.Request, fn func(power.Tx) (string, error)) (string, error) {
	return db.Once(ctx, once, func(t *store.Tx) (string, error) { return fn(Of(t)) })
}

// SaveItem implements power.Tx.
func (t *Tx) SaveItem(i power.Item) error {
	row := itemRow{
		ID:          i.ID,
		Path:        string(i.Path),
		State:       string(i.State),
		Version:     i.Version,
		Edition:     i.Edition,
		Public:      i.Public(),
		Number:      i.Number,
		Name:        i.Name,
		Category:    string(i.Category),
		Body:        store.JSONOf[power.ItemForm]{V: i.ItemForm},
		Draft:       store.JSONOf[*power.ItemForm]{V: i.Draft},
		DraftedBy:   i.DraftedBy,
		PublishedBy: i.PublishedBy,
		PublishedAt: store.MillisOrZero(i.PublishedAt),
		Document:    i.Document,
		EventSeq:    store.SeqOf(i.Event),
	}
	err := t.SaveVersion(&row, i.ID, i.Version)
	if store.Duplicate(err) {
		return fault.New(fault.Conflict, "本乡镇已有编号为“%s”的事项", i.Number).On("number")
	}
	if err != nil {
		return err
	}
	return t.Reindex(Found, i.ID)
}

// Found is what the public finds of the micro-power list.
var Found = store.Source{Kind: finding.Item, Select: "SELECT id, path, name AS title, number AS note, '' AS more," +
	" 0 AS at FROM items WHERE public = 1 AND id"}

// Item implements power.Tx.
func (t *Tx) Item(id string, in identity.Scope) (power.Item, error) {
	if err := t.LockRow(&itemRow{}, id); err != nil {
		return power.Item{}, store.NoSuch(err, NoItem)
	}
	return ItemIn(t.SQL(), id, in)
}

// Item implements power.Store.
func (db *DB) Item(ctx context.Context, id string, in identity.Scope) (power.Item, error) {
	return ItemIn(db.Read(ctx), id, in)
}

func ItemIn(session *gorm.DB, id string, in identity.Scope) (power.Item, error) {
	if !store.PlainID(id) {
		return power.Item{}, fault.New(fault.NotFound, NoItem)
	}
	var row itemRow
	if err := store.Within(session, "path", in).Where("id = ?", id).Take(&row).Error; err != nil {
		return power.Item{}, store.NoSuch(err, NoItem)
	}
	return row.item(), nil
}

var itemOrders = map[string]string{"number": "items.number, items.id"}

// Items implements power.Store. An office's list has drafts too, which the index of what
// is public does not know: it looks in the texts.
func (db *DB) Items(ctx context.Context, q power.Query) ([]power.Item, int, error) {
	session := store.Within(db.Read(ctx).Table("items"), "items.path", q.Scope)
	if q.Public {
		var err error
		session, err = db.Found(ctx, session.Where("items.public = ?", true), "items.id", finding.Item, q.Text)
		if err != nil {
			return nil, 0, err
		}
		q.Text = ""
	}
	session = store.NarrowedTo(session, "items.category = ?", string(q.Category))
	if len(q.States) > 0 {
		session = session.Where("items.state IN ?", q.States)
	}
	var rows []itemRow
	total, err := store.Searched(session, store.WithoutJoins, q.Text, "items.number", "items.name").
		Page(store.Order(itemOrders, "", "number", q.Scope), q.Page, &rows)
	return store.Nouns(rows, itemRow.item), total, err
}
