package storetest

import (
	"testing"
	"time"

	"sunlot/internal/identity"
	"sunlot/internal/store"
)

// County is a small county: two townships, a village in each, a group and a
// cooperative in the first.
var County = []identity.Org{
	{ID: "c", Kind: identity.County, Name: "示范县", Path: "/c/"},
	{ID: "t1", ParentID: "c", Kind: identity.Township, Name: "东乡", Path: "/c/t1/"},
	{ID: "t10", ParentID: "c", Kind: identity.Township, Name: "西乡", Path: "/c/t10/"},
	{ID: "v1", ParentID: "t1", Kind: identity.Village, Name: "东村", Path: "/c/t1/v1/"},
	{ID: "g1", ParentID: "v1", Kind: identity.Group, Name: "东村一组", Path: "/c/t1/v1/g1/"},
	{ID: "k1", ParentID: "v1", Kind: identity.Collective, Name: "东村经济合作社", Path: "/c/t1/v1/"},
	{ID: "v2", ParentID: "t10", Kind: identity.Village, Name: "西村100%_!", Path: "/c/t10/v2/"},
	{ID: "k2", ParentID: "v2", Kind: identity.Collective, Name: "西村经济合作社", Path: "/c/t10/v2/"},
}

// East and West are the scopes of its townships.
var (
	East = identity.Scope{"/c/t1/"}
	West = identity.Scope{"/c/t10/"}
)

// settle fills the county and its people: clerk1, rep1 (group), rep2 (village 1),
// clerk2, who is also a villager of group 1, and past, whose role has ended.
func settle(t *testing.T, db *DB) {
	t.Helper()
	Must(t, Admin(t, db, func(tx identity.AdminTx) error {
		for _, o := range County {
			if err := tx.AddOrg(o); err != nil {
				return err
			}
		}
		for _, m := range []identity.Membership{
			{ID: "m1", PersonID: "clerk1", OrgID: "k1", Role: identity.Clerk, From: Noon.Add(-time.Hour)},
			{ID: "m2", PersonID: "rep1", OrgID: "g1", Role: identity.Representative, From: Noon.Add(-time.Hour)},
			{ID: "m3", PersonID: "rep2", OrgID: "v1", Role: identity.Representative, From: Noon.Add(-time.Hour)},
			{ID: "m4", PersonID: "clerk2", OrgID: "k2", Role: identity.Clerk, From: Noon.Add(-time.Hour)},
			{ID: "m6", PersonID: "clerk2", OrgID: "g1", Role: identity.Villager, From: Noon.Add(-time.Hour)},
			{ID: "m5", PersonID: "past", OrgID: "g1", Role: identity.Representative, From: Noon.Add(-time.Hour),
				Until: Noon.Add(-time.Minute)},
		} {
			p := identity.Person{ID: m.PersonID, Name: "示范" + m.PersonID, Login: m.PersonID, PasswordHash: "$argon2id$"}
			if m.ID != "m6" { // whoever has two roles is there already
				if err := tx.AddPerson(p); err != nil {
					return err
				}
			}
			if err := tx.AddMembership(m); err != nil {
				return err
			}
		}
		return nil
	}))
}

// EachCounty runs on a settled county whose deciding clock stands at noon.
func EachCounty(t *testing.T, run func(t *testing.T, db *DB, clock *HandClock)) {
	t.Helper()
	EachConfig(t, func(t *testing.T, c store.Config) {
		clock := &HandClock{At: Noon}
		c.Clock = clock
		db := Open(t, c)
		settle(t, db)
		run(t, db, clock)
	})
}
