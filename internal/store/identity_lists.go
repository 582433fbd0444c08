package store

import (
	"context"

	"sunlot/internal/identity"
)

// Orgs implements identity.AdminStore.
func (db *DB) Orgs(ctx context.Context, in identity.Scope, query string, page identity.Page) ([]identity.Org, int, error) {
	var rows []orgRow
	session := contains(within(db.read.WithContext(ctx).Model(&orgRow{}), "path", in), query, "name").Order("path, name, id")
	total, err := pageOf(session, page, &rows)
	return orgsOf(rows), total, err
}

// Org implements identity.AdminStore.
func (db *DB) Org(ctx context.Context, id string) (identity.Org, error) {
	return orgWhere(db.read.WithContext(ctx), id)
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
	roles := within(session.Table("memberships").Select("memberships.person_id").
		Joins("JOIN orgs ON orgs.id = memberships.org_id"), "orgs.path", in)
	var rows []personRow
	list := contains(session.Model(&personRow{}).Where("id IN (?)", roles), query, "name", "login").Order("name, id")
	total, err := pageOf(list, page, &rows)
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
