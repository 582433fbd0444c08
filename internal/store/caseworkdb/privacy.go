package caseworkdb

import (
	"context"

	"gorm.io/gorm"

	"sunlot/disclosure/privacy"
	"sunlot/internal/casework"
	"sunlot/internal/event"
	"sunlot/internal/fault"
	"sunlot/internal/identity"
	"sunlot/internal/store"
)

var (
	_ privacy.Store = (*DB)(nil)
	_ privacy.Tx    = (*Tx)(nil)
)

// WritePrivacy implements privacy.Store.
func (db *DB) WritePrivacy(ctx context.Context, once event.Request,
	fn func(privacy.Tx) (string, error)) (string, error) {
	return db.Once(ctx, once, func(t *store.Tx) (string, error) { return fn(Of(t)) })
}

type clearanceRow struct {
	ID        string `gorm:"column:id;primaryKey"`
	Path      string `gorm:"column:path"`
	OrgID     string `gorm:"column:org_id"`
	State     string `gorm:"column:state"`
	Version   int    `gorm:"column:version"`
	Standing  *int   `gorm:"column:standing"`
	Number    string `gorm:"column:number"`
	Kind      string `gorm:"column:kind"`
	Reason    string `gorm:"column:reason"`
	Answer    string `gorm:"column:answer"`
	AskedBy   string `gorm:"column:asked_by"`
	AskedAt   int64  `gorm:"column:asked_at"`
	DecidedBy string `gorm:"column:decided_by"`
	DecidedAt *int64 `gorm:"column:decided_at"`
}

func (clearanceRow) TableName() string { return "clearances" }

// standing is the column that lets one of a kind stand at a time.
func standing(at casework.State, states ...casework.State) *int {
	one := 1
	for _, s := range states {
		if s == at {
			return &one
		}
	}
	return nil
}

// SaveClearance implements privacy.Tx.
func (t *Tx) SaveClearance(c privacy.Clearance) error {
	row := clearanceRow{
		ID:        c.ID,
		Path:      string(c.Path),
		OrgID:     c.Org,
		State:     string(c.State),
		Version:   c.Version,
		Standing:  standing(c.State, privacy.Asked, privacy.Cleared),
		Number:    c.Digits,
		Kind:      string(c.Kind),
		Reason:    c.Reason,
		Answer:    c.Answer,
		AskedBy:   c.AskedBy,
		AskedAt:   store.Millis(c.AskedAt),
		DecidedBy: c.DecidedBy,
		DecidedAt: store.Optional(c.DecidedAt),
	}
	err := t.SaveVersion(&row, c.ID, c.Version)
	if store.Duplicate(err) {
		return fault.New(fault.Conflict, "这个号码在本单位已经申请或放行").On("number")
	}
	return err
}

func (r clearanceRow) clearance() privacy.Clearance {
	return privacy.Clearance{
		ID:        r.ID,
		Path:      identity.Path(r.Path),
		State:     casework.State(r.State),
		Version:   r.Version,
		ClearForm: privacy.ClearForm{Org: r.OrgID, Number: r.Number, Reason: r.Reason},
		Kind:      privacy.Kind(r.Kind),
		Digits:    r.Number,
		Answer:    r.Answer,
		AskedBy:   r.AskedBy,
		AskedAt:   store.FromMillis(r.AskedAt),
		DecidedBy: r.DecidedBy,
		DecidedAt: store.FromOptional(r.DecidedAt),
	}
}

const noClearance = "没有找到这份放行申请"

// Clearance implements privacy.Tx.
func (t *Tx) Clearance(id string, in identity.Scope) (privacy.Clearance, error) {
	if err := t.LockRow(&clearanceRow{}, id); err != nil {
		return privacy.Clearance{}, store.NoSuch(err, noClearance)
	}
	return clearanceIn(t.SQL(), id, in)
}

// Clearance implements privacy.Store.
func (db *DB) Clearance(ctx context.Context, id string, in identity.Scope) (privacy.Clearance, error) {
	return clearanceIn(db.Read(ctx), id, in)
}

// namedClearance is a row with its office's name.
type namedClearance struct {
	Row     clearanceRow `gorm:"embedded"`
	OrgName string       `gorm:"column:org_name"`
}

func (r namedClearance) clearance() privacy.Clearance {
	c := r.Row.clearance()
	c.OrgName = r.OrgName
	return c
}

func withOrg(session *gorm.DB) *gorm.DB {
	return session.Select("clearances.*, orgs.name AS org_name").Joins("JOIN orgs ON orgs.id = clearances.org_id")
}

func clearanceIn(session *gorm.DB, id string, in identity.Scope) (privacy.Clearance, error) {
	if !store.PlainID(id) {
		return privacy.Clearance{}, fault.New(fault.NotFound, noClearance)
	}
	var row namedClearance
	err := store.Within(withOrg(session.Table("clearances")), "clearances.path", in).
		Where("clearances.id = ?", id).Take(&row).Error
	return row.clearance(), store.NoSuch(err, noClearance)
}

var clearanceOrders = map[string]string{"newest": "clearances.asked_at DESC, clearances.id DESC"}

// Clearances implements privacy.Store.
func (db *DB) Clearances(ctx context.Context, q casework.Query) ([]privacy.Clearance, int, error) {
	session := store.Within(db.Read(ctx).Table("clearances"), "clearances.path", q.Scope)
	var rows []namedClearance
	total, err := store.Searched(session, withOrg, q.Text, "clearances.number", "clearances.reason").
		Page(store.Order(clearanceOrders, q.Sort, "newest", q.Scope), q.Page, &rows)
	return store.Nouns(rows, namedClearance.clearance), total, err
}

// Cleared implements privacy.Papers.
func (t *Tx) Cleared(number string, at identity.Path) (bool, error) {
	var n int64
	err := t.SQL().Model(&clearanceRow{}).Where("number = ? AND standing = 1 AND state = ? AND path IN ?", number,
		string(privacy.Cleared), around(at)).Count(&n).Error
	return n > 0, err
}

// around lists the place and those that it lies in.
func around(at identity.Path) (paths []string) {
	for i, r := range string(at) {
		if r == '/' {
			paths = append(paths, string(at)[:i+1])
		}
	}
	return paths
}
