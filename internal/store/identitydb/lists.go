package identitydb

import (
	"context"

	"gorm.io/gorm"

	"sunlot/internal/finding"
	"sunlot/internal/identity"
	"sunlot/internal/store"
)

var _ identity.DirectoryStore = (*DB)(nil)

// Orgs implements identity.AdminStore. It looks for a part of a name in the names
// themselves: but for villages, organisations are no entries of what the public finds.
func (db *DB) Orgs(ctx context.Context, in identity.Scope, query string,
	page identity.Page) ([]identity.Org, int, error) {
	var rows []orgRow
	session := store.Within(db.Read(ctx).Model(&orgRow{}), "path", in)
	total, err := store.Searched(session, store.WithoutJoins, query, "name").Page("path, name, id", page, &rows)
	return orgsOf(rows), total, err
}

// Org implements identity.AdminStore.
func (db *DB) Org(ctx context.Context, id string) (identity.Org, error) {
	return orgWhere(db.Read(ctx), id)
}

// villageRead is a village with its township's name.
type villageRead struct {
	Row      orgRow `gorm:"embedded"`
	Township string `gorm:"column:township"`
}

func (r villageRead) village() identity.ListedVillage {
	return identity.ListedVillage{Org: r.Row.org(), Township: r.Township}
}

// Villages implements identity.DirectoryStore. Paths are made of ids, so a township's
// villages follow one another. They are found by the index of what is public.
func (db *DB) Villages(ctx context.Context, text string, page identity.Page) ([]identity.ListedVillage, int, error) {
	session, err := db.Found(ctx, db.Read(ctx).Table("orgs").Where("orgs.kind = ?", identity.Village), "orgs.id",
		finding.Village, text)
	if err != nil {
		return nil, 0, err
	}
	joins := func(s *gorm.DB) *gorm.DB {
		return s.Select("orgs.*, township.name AS township").
			Joins("LEFT JOIN orgs township ON township.id = orgs.parent_id")
	}
	var rows []villageRead
	total, err := store.Searched(session, joins, "").Page("orgs.path, orgs.name, orgs.id", page, &rows)
	return store.Nouns(rows, villageRead.village), total, err
}

// OrgsIn implements identity.DirectoryStore; it lists at most 500.
func (db *DB) OrgsIn(ctx context.Context, in identity.Scope, kinds []identity.OrgKind) ([]identity.Org, error) {
	var rows []orgRow
	session := store.Within(db.Read(ctx), "path", in)
	if len(kinds) > 0 {
		session = session.Where("kind IN ?", kinds)
	}
	err := session.Order("path, name, id").Limit(500).Find(&rows).Error
	return orgsOf(rows), err
}

// People implements identity.AdminStore: whoever holds or held a role in the
// scope, by name or by login; query is part of the name or the login, which are not public.
func (db *DB) People(ctx context.Context, in identity.Scope, query, sort string,
	page identity.Page) ([]identity.PersonRow, int, error) {
	session := db.Read(ctx)
	roles := store.Within(session.Table("memberships").Select("1").
		Joins("JOIN orgs ON orgs.id = memberships.org_id"), "orgs.path", in).
		// and not id IN: people are looked at in the list's order, until the page is full
		Where("memberships.person_id = people.id")
	var rows []personRow
	list := store.Searched(session.Model(&personRow{}).Where("EXISTS (?)", roles), store.WithoutJoins, query,
		"name", "login")
	order := "name, id"
	if sort == "login" {
		order = "login"
	}
	total, err := list.Page(order, page, &rows)
	if err != nil || len(rows) == 0 {
		return nil, total, err
	}
	people := make([]identity.PersonRow, len(rows))
	at := map[string]int{}
	ids := make([]string, len(rows))
	for i, r := range rows {
		people[i].Person = r.person()
		at[r.ID] = i
		ids[i] = r.ID
	}
	now, err := memberships(store.Within(holding(session, db.Clock().Now()), "orgs.path", in).
		Where("memberships.person_id IN ?", ids))
	for _, m := range now {
		people[at[m.PersonID]].Memberships = append(people[at[m.PersonID]].Memberships, m)
	}
	return people, total, err
}

// Representatives implements resolving.Tx.
func (t *Tx) Representatives(place identity.Path) ([]identity.Person, error) {
	return representatives(t.SQL(), place, store.Millis(t.Now()))
}

// Representatives implements identity.DirectoryStore.
func (db *DB) Representatives(ctx context.Context, place identity.Path) ([]identity.Person, error) {
	return representatives(db.Read(ctx), place, store.Millis(db.Clock().Now()))
}

// representatives lists by name those whose role covers the place: a village's
// representatives also vote on what belongs to one of its groups.
func representatives(session *gorm.DB, place identity.Path, now int64) ([]identity.Person, error) {
	var above []string
	for i, c := range place {
		if c == '/' && i > 0 {
			above = append(above, string(place[:i+1]))
		}
	}
	holders := session.Table("memberships").Select("memberships.person_id").
		Joins("JOIN orgs ON orgs.id = memberships.org_id").
		Where("memberships.role = ? AND orgs.path IN ?", string(identity.Representative), above).
		Where("memberships.from_at <= ? AND (memberships.until_at IS NULL OR memberships.until_at > ?)", now, now)
	var rows []personRow
	err := session.Where("id IN (?) AND disabled = ?", holders, false).Order("name, id").Limit(1000).Find(&rows).Error
	people := make([]identity.Person, 0, len(rows))
	for _, r := range rows {
		people = append(people, r.person())
	}
	return people, err
}

// MostOffices is more than a county has townships.
const MostOffices = 500
