package caseworkdb

import (
	"context"
	"slices"
	"strings"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"sunlot/internal/calendar"
	"sunlot/internal/casework"
	"sunlot/internal/event"
	"sunlot/internal/fault"
	"sunlot/internal/identity"
	"sunlot/internal/store"
)

var (
	_ casework.DutyStore  = (*DB)(nil)
	_ casework.OwingStore = (*DB)(nil)
)

type dutyRow struct {
	ID        string `gorm:"column:id;primaryKey"`
	Noun      string `gorm:"column:noun"`
	Kind      string `gorm:"column:kind"`
	Person    string `gorm:"column:person"`
	Standing  *int   `gorm:"column:standing"`
	CaseID    string `gorm:"column:case_id"`
	Path      string `gorm:"column:path"`
	Title     string `gorm:"column:title"`
	Note      string `gorm:"column:note"`
	FromOn    string `gorm:"column:from_on"`
	DueOn     string `gorm:"column:due_on"`
	OwedAt    int64  `gorm:"column:owed_at"`
	SettledAt *int64 `gorm:"column:settled_at"`
	SettledBy string `gorm:"column:settled_by"`
}

func (dutyRow) TableName() string { return "duties" }

// noDay stands for a duty without a last day.
const noDay = "9999-12-31"

func (r dutyRow) duty() casework.Duty {
	d := casework.Duty{
		ID:        r.ID,
		Kind:      r.Kind,
		Noun:      event.Stream(r.Noun),
		Case:      r.CaseID,
		Path:      identity.Path(r.Path),
		Person:    r.Person,
		Title:     r.Title,
		Note:      r.Note,
		From:      calendar.Date(r.FromOn),
		Due:       calendar.Date(r.DueOn),
		OwedAt:    store.FromMillis(r.OwedAt),
		SettledAt: store.FromOptional(r.SettledAt),
		SettledBy: r.SettledBy,
	}
	if d.Due == noDay {
		d.Due = ""
	}
	return d
}

// WriteOwing implements casework.OwingStore.
func (db *DB) WriteOwing(ctx context.Context, fn func(casework.Owing) error) error {
	return db.InTx(ctx, func(t *store.Tx) error { return fn(Of(t)) })
}

// Owe implements casework.Owing.
func (t *Tx) Owe(k *casework.DutyKind, d casework.Duty) error {
	if k.Own != (d.Person != "") {
		return fault.New(fault.Internal, "duty %s of %s: only a person's own names a person", k.Name, d.Noun)
	}
	standing := 1
	row := dutyRow{
		ID:       event.NewID(),
		Noun:     string(d.Noun),
		Kind:     k.Name,
		Person:   d.Person,
		Standing: &standing,
		CaseID:   d.Case,
		Path:     string(d.Path),
		Title:    d.Title,
		Note:     d.Note,
		FromOn:   string(d.From),
		DueOn:    string(d.Due),
		OwedAt:   store.Millis(t.Now()),
	}
	if row.CaseID == "" {
		row.CaseID = d.Noun.ID()
	}
	if row.DueOn == "" {
		row.DueOn = noDay
	}
	once := []clause.Column{{Name: "noun"}, {Name: "kind"}, {Name: "person"}, {Name: "standing"}}
	anew := clause.AssignmentColumns([]string{"case_id", "path", "title", "note", "from_on", "due_on"})
	return t.SQL().Clauses(clause.OnConflict{Columns: once, DoUpdates: anew}).Create(&row).Error
}

// Settle implements casework.Owing.
func (t *Tx) Settle(k *casework.DutyKind, noun event.Stream, by string) error {
	settled := map[string]any{"standing": nil, "settled_at": store.Millis(t.Now()), "settled_by": by}
	return t.SQL().Model(&dutyRow{}).Where("noun = ? AND kind = ? AND standing = 1", string(noun), k.Name).
		Updates(settled).Error
}

// Duties implements casework.DutyStore. What somebody holds is sorted: it is few
// rows, and the order begins with an expression for the same reason as store.Order.
func (db *DB) Duties(ctx context.Context, q casework.DutyQuery) ([]casework.Duty, int, error) {
	var rows []dutyRow
	total, err := store.Searched(heldIn(db.Read(ctx), q), store.WithoutJoins, "").
		Page("COALESCE(due_on, due_on), owed_at, id", q.Page, &rows)
	return store.Nouns(rows, dutyRow.duty), total, err
}

// CountDuties implements casework.DutyStore.
func (db *DB) CountDuties(ctx context.Context, q casework.DutyQuery) ([]casework.DutyCount, error) {
	var counts []struct {
		Kind  string `gorm:"column:kind"`
		Total int    `gorm:"column:total"`
		Late  int    `gorm:"column:late"`
	}
	err := heldIn(db.Read(ctx), q).
		Select("kind, count(*) AS total, SUM(CASE WHEN due_on < ? THEN 1 ELSE 0 END) AS late", string(q.On)).
		Group("kind").Scan(&counts).Error
	var all []casework.DutyCount
	for _, c := range counts {
		all = append(all, casework.DutyCount{Kind: c.Kind, Count: c.Total, Late: c.Late})
	}
	return all, err
}

// DutiesOf implements casework.DutyStore.
func (db *DB) DutiesOf(ctx context.Context, cases []string) ([]casework.Duty, error) {
	ids := store.PlainIDs(cases)
	if len(ids) == 0 {
		return nil, nil
	}
	var rows []dutyRow
	err := db.Read(ctx).Where("case_id IN ? AND standing = 1", ids).Order("owed_at, id").Find(&rows).Error
	return store.Nouns(rows, dutyRow.duty), err
}

// heldIn keeps what waits in one of the holdings. What lies around the places of
// all of them is asked first, so that the index on the path serves several too.
func heldIn(session *gorm.DB, q casework.DutyQuery) *gorm.DB {
	session = session.Table("duties").Where("standing = 1 AND from_on <= ?", string(q.On))
	var around identity.Scope
	var each []string
	var args []any
	for _, h := range q.Held {
		condition, its := holding(h)
		each, args = append(each, condition), append(args, its...)
		around = append(around, h.Scope...)
		if h.Person != "" {
			around = append(around, identity.Everywhere...)
		}
	}
	if len(each) == 0 {
		return session.Where("1 = 0")
	}
	slices.Sort(around)
	return store.Within(session, "path", slices.Compact(around)).
		Where("(("+strings.Join(each, ") OR (")+"))", args...)
}

// holding is the condition that a duty is among those of a holding.
func holding(h casework.Holding) (condition string, args []any) {
	condition, args = "kind IN ?", []any{h.Kinds}
	if h.Person != "" {
		condition, args = condition+" AND person = ?", append(args, h.Person)
	} else if inside, places := store.Inside("path", h.Scope); inside != "" {
		condition, args = condition+" AND "+inside, append(args, places...)
	}
	if h.DueBy != "" {
		condition, args = condition+" AND due_on <= ?", append(args, string(h.DueBy))
	}
	return condition, args
}
