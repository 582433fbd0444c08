package rollsdb

import (
	"context"
	"fmt"

	"gorm.io/gorm"

	"sunlot/internal/calendar"
	"sunlot/internal/casework"
	"sunlot/internal/event"
	"sunlot/internal/fault"
	"sunlot/internal/identity"
	"sunlot/internal/store"
	"sunlot/internal/store/tradingdb"
	"sunlot/trading/rolls"
)

const noRoll = "没有找到这份名册"

type rollRow struct {
	ID        string                       `gorm:"column:id;primaryKey"`
	Path      string                       `gorm:"column:path"`
	OrgID     string                       `gorm:"column:org_id"`
	Assembly  string                       `gorm:"column:assembly"`
	HoldsFrom string                       `gorm:"column:holds_from"`
	State     string                       `gorm:"column:state"`
	Version   int                          `gorm:"column:version"`
	Members   store.JSONOf[[]rolls.Member] `gorm:"column:members"`
	Due       int                          `gorm:"column:due"`
	Mend      store.JSONOf[[]fault.Field]  `gorm:"column:mend"`
	EnteredBy string                       `gorm:"column:entered_by"`
	EnteredAt int64                        `gorm:"column:entered_at"`
	DecidedBy string                       `gorm:"column:decided_by"`
	DecidedAt *int64                       `gorm:"column:decided_at"`
	EventSeq  *int64                       `gorm:"column:event_seq"`
}

func (rollRow) TableName() string { return "rolls" }

// rollRead is an edition with the name of whose body it is.
type rollRead struct {
	Row     rollRow `gorm:"embedded"`
	OrgName string  `gorm:"column:org_name"`
}

func (r rollRead) roll() rolls.Roll {
	row := r.Row
	roll := rolls.Roll{
		ID:      row.ID,
		OrgName: r.OrgName,
		Path:    identity.Path(row.Path),
		State:   casework.State(row.State),
		Version: row.Version,
		Form: rolls.Form{
			Org:      row.OrgID,
			Assembly: row.Assembly,
			From:     calendar.Date(row.HoldsFrom),
			Members:  row.Members.V,
		},
		Count:     row.Due,
		Mend:      row.Mend.V,
		EnteredBy: row.EnteredBy,
		EnteredAt: store.FromMillis(row.EnteredAt),
		DecidedBy: row.DecidedBy,
		DecidedAt: store.FromOptional(row.DecidedAt),
	}
	roll.Event = store.RefIn(roll.Stream(), row.EventSeq)
	return roll
}

// WriteRoll implements rolls.Store.
func (db *DB) WriteRoll(ctx context.Context, once event.Request, fn func(rolls.Tx) (string, error)) (string, error) {
	return db.Once(ctx, once, func(t *store.Tx) (string, error) { return fn(Of(t)) })
}

// SaveRoll implements rolls.Tx.
func (t *Tx) SaveRoll(r rolls.Roll) error {
	row := rollRow{
		ID:        r.ID,
		Path:      string(r.Path),
		OrgID:     r.Org,
		Assembly:  r.Assembly,
		HoldsFrom: string(r.From),
		State:     string(r.State),
		Version:   r.Version,
		Members:   store.JSONOf[[]rolls.Member]{V: r.Members},
		Due:       r.Count,
		Mend:      store.JSONOf[[]fault.Field]{V: r.Mend},
		EnteredBy: r.EnteredBy,
		EnteredAt: store.Millis(r.EnteredAt),
		DecidedBy: r.DecidedBy,
		DecidedAt: store.Optional(r.DecidedAt),
		EventSeq:  store.SeqOf(r.Event),
	}
	return t.SaveVersion(&row, r.ID, r.Version)
}

// Roll implements rolls.Tx.
func (t *Tx) Roll(id string, in identity.Scope) (rolls.Roll, error) {
	if err := t.LockRow(&rollRow{}, id); err != nil {
		return rolls.Roll{}, store.NoSuch(err, noRoll)
	}
	return rollIn(t.SQL(), id, in)
}

// Editions implements rolls.Tx.
func (t *Tx) Editions(org, assembly string) ([]rolls.Roll, error) {
	var rows []rollRead
	err := withOrg(t.SQL().Table("rolls")).Where("rolls.org_id = ? AND rolls.assembly = ?", org, assembly).
		Find(&rows).Error
	return withoutMembers(rows), err
}

// Roll implements rolls.Store.
func (db *DB) Roll(ctx context.Context, id string, in identity.Scope) (rolls.Roll, error) {
	return rollIn(db.Read(ctx), id, in)
}

func withOrg(session *gorm.DB) *gorm.DB {
	return session.Select("rolls.*, orgs.name AS org_name").Joins("JOIN orgs ON orgs.id = rolls.org_id")
}

func rollIn(session *gorm.DB, id string, in identity.Scope) (rolls.Roll, error) {
	if !store.PlainID(id) {
		return rolls.Roll{}, fault.New(fault.NotFound, noRoll)
	}
	var row rollRead
	err := store.Within(withOrg(session.Table("rolls")), "rolls.path", in).Where("rolls.id = ?", id).Take(&row).Error
	return row.roll(), store.NoSuch(err, noRoll)
}

var rollOrders = map[string]string{
	"newest": "rolls.entered_at DESC, rolls.id DESC",
	"from":   "rolls.holds_from DESC, rolls.id DESC",
}

// Rolls implements rolls.Store.
func (db *DB) Rolls(ctx context.Context, q casework.Query) ([]rolls.Roll, int, error) {
	session := tradingdb.InStates(store.Within(db.Read(ctx).Table("rolls"), "rolls.path", q.Scope), "rolls", q)
	var rows []rollRead
	total, err := store.Searched(session, withOrg, q.Text, "orgs.name").
		Page(store.Order(rollOrders, q.Sort, "newest", q.Scope), q.Page, &rows)
	return withoutMembers(rows), total, err
}

func withoutMembers(rows []rollRead) []rolls.Roll {
	for i := range rows {
		rows[i].Row.Members.V = nil
	}
	return store.Nouns(rows, rollRead.roll)
}

// RollOn implements rolls.Store.
func (db *DB) RollOn(ctx context.Context, org, assembly string, day calendar.Date) (rolls.Roll, error) {
	return rollOn(db.Read(ctx), org, assembly, day)
}

// rollOn finds the edition in force. One that was confirmed by the end of the day goes
// before whatever was entered for it afterwards: nobody writes the roll of a meeting from
// those who came.
func rollOn(session *gorm.DB, org, assembly string, day calendar.Date) (rolls.Roll, error) {
	if !store.PlainID(org) {
		return rolls.Roll{}, fault.New(fault.NotFound, noRoll)
	}
	var row rollRead
	timely := fmt.Sprintf("CASE WHEN rolls.decided_at < %d THEN 1 ELSE 0 END DESC",
		store.Millis(day.AddDays(1).At(0, 0)))
	err := withOrg(session.Table("rolls")).
		Where("rolls.org_id = ? AND rolls.assembly = ?", org, assembly).
		Where("rolls.state = ? AND rolls.holds_from <= ?", string(rolls.Confirmed), string(day)).
		Order(timely + ", rolls.holds_from DESC, rolls.decided_at DESC, rolls.id DESC").
		Limit(1).Take(&row).Error
	return row.roll(), store.NoSuch(err, noRoll)
}
