package store

import (
	"context"

	"gorm.io/gorm"

	"sunlot/internal/identity"
)

// Orgs implements identity.AdminStore.
func (db *DB) Orgs(ctx context.Context, in identity.Scope, query string, page identity.Page) ([]identity.Org, int, error) {
	var rows []orgRow
	session := within(db.read.WithContext(ctx).Model(&orgRow{}), "path", in)
	total, err := searched(session, alone, query, "name").page("path, name, id", page, &rows)
	return orgsOf(rows), total, err
}

// Org implements identity.AdminStore.
func (db *DB) Org(ctx context.Context, id string) (identity.Org, error) {
	return orgWhere(db.read.WithContext(ctx), id)
}

// villageRead is a village with its township's name.
type villageRead struct {
	Row      orgRow `gorm:"embedded"`
	Township string `gorm:"column:township"`
}

func (r villageRead) village() identity.ListedVillage {
	return identity.ListedVillage{Org: r.Row.org(), Township: r.Township}
}

// Villages implements trading.Store. Paths are made of ids, so a township's
// villages follow one another.
func (db *DB) Villages(ctx context.Context, text string, page identity.Page) ([]identity.ListedVillage, int, error) {
	session := db.read.WithContext(ctx).Table("orgs").Where("orgs.kind = ?", identity.Village)
	joins := func(s *gorm.DB) *gorm.DB {
		return s.Select("orgs.*, township.name AS township").Joins("LEFT JOIN orgs township ON township.id = orgs.parent_id")
	}
	var rows []villageRead
	total, err := searched(session, joins, text, "orgs.name", "township.name").
		page("orgs.path, orgs.name, orgs.id", page, &rows)
	return each(rows, villageRead.village), total, err
}

// OrgsIn implements trading.Store; it lists at most 500.
func (db *DB) OrgsIn(ctx context.Context, in identity.Scope, kinds []identity.OrgKind) ([]identity.Org, error) {
	var rows []orgRow
	session := within(db.read.WithContext(ctx), "path", in)
	if len(kinds) > 0 {
		session = session.Where("kind IN ?", kinds)
	}
	err := session.Order("path, name, id").Limit(500).Find(&rows).Error
	return orgsOf(rows), err
}

// People implements identity.AdminStore: whoever holds or held a role in the
// scope, by name; query is part of the name or the login.
func (db *DB) People(ctx context.Context, in identity.Scope, query string, page identity.Page) ([]identity.PersonRow, int, error) {
	session := db.read.WithContext(ctx)
	roles := within(session.Table("memberships").Select("1").Joins("JOIN orgs ON orgs.id = memberships.org_id"), "orgs.path", in).
		Where("memberships.person_id = people.id") // and not id IN: people are looked at in the list's order, until the page is full
	var rows []personRow
	list := searched(session.Model(&personRow{}).Where("EXISTS (?)", roles), alone, query, "name", "login")
	total, err := list.page("name, id", page, &rows)
	if err != nil || len(rows) == 0 {
		return nil, total, err
	}
	people := make([]identity.PersonRow, len(rows))
	at := map[string]int{}
	ids := make([]string, len(rows))
	for i, r := range rows {
		people[i].Person, at[r.ID], ids[i] = r.person(), i, r.ID
	}
	now, err := memberships(within(holding(session, db.clock.Now()), "orgs.path", in).Where("memberships.person_id IN ?", ids))
	for _, m := range now {
		people[at[m.PersonID]].Memberships = append(people[at[m.PersonID]].Memberships, m)
	}
	return people, total, err
}
