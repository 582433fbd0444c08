package store_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"sunlot/internal/calendar"
	"sunlot/internal/event"
	"sunlot/internal/fault"
	"sunlot/internal/identity"
	"sunlot/internal/store"
	"sunlot/internal/store/storetest"
)

// county is a small county: two townships, a village in each, a group and a
// cooperative in the first.
var county = []identity.Org{
	{ID: "c", Kind: identity.County, Name: "示范县", Path: "/c/"},
	{ID: "t1", ParentID: "c", Kind: identity.Township, Name: "东乡", Path: "/c/t1/"},
	{ID: "t10", ParentID: "c", Kind: identity.Township, Name: "西乡", Path: "/c/t10/"},
	{ID: "v1", ParentID: "t1", Kind: identity.Village, Name: "东村", Path: "/c/t1/v1/"},
	{ID: "g1", ParentID: "v1", Kind: identity.Group, Name: "东村一组", Path: "/c/t1/v1/g1/"},
	{ID: "k1", ParentID: "v1", Kind: identity.Collective, Name: "东村经济合作社", Path: "/c/t1/v1/"},
	{ID: "v2", ParentID: "t10", Kind: identity.Village, Name: "西村100%_!", Path: "/c/t10/v2/"},
	{ID: "k2", ParentID: "v2", Kind: identity.Collective, Name: "西村经济合作社", Path: "/c/t10/v2/"},
}

var serial int

// admin runs fn as one act of keeping accounts.
func admin(t *testing.T, db *storetest.DB, fn func(identity.AdminTx) error) error {
	t.Helper()
	serial++
	r, err := event.NewRequest("admin", "admin.act", fmt.Sprintf("request-%d", serial), []any{})
	if err != nil {
		t.Fatal(err)
	}
	_, err = db.WriteAdmin(t.Context(), r, func(tx identity.AdminTx) (string, error) { return "", fn(tx) })
	return err
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// settle fills the county and its people: clerk1, rep1 (group), rep2 (village 1),
// clerk2, who is also a villager of group 1, and past, whose role has ended.
func settle(t *testing.T, db *storetest.DB) {
	t.Helper()
	must(t, admin(t, db, func(tx identity.AdminTx) error {
		for _, o := range county {
			if err := tx.AddOrg(o); err != nil {
				return err
			}
		}
		for _, m := range []identity.Membership{
			{ID: "m1", PersonID: "clerk1", OrgID: "k1", Role: identity.Clerk, From: noon.Add(-time.Hour)},
			{ID: "m2", PersonID: "rep1", OrgID: "g1", Role: identity.Representative, From: noon.Add(-time.Hour)},
			{ID: "m3", PersonID: "rep2", OrgID: "v1", Role: identity.Representative, From: noon.Add(-time.Hour)},
			{ID: "m4", PersonID: "clerk2", OrgID: "k2", Role: identity.Clerk, From: noon.Add(-time.Hour)},
			{ID: "m6", PersonID: "clerk2", OrgID: "g1", Role: identity.Villager, From: noon.Add(-time.Hour)},
			{ID: "m5", PersonID: "past", OrgID: "g1", Role: identity.Representative, From: noon.Add(-time.Hour), Until: noon.Add(-time.Minute)},
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

// eachCounty runs on a settled county whose deciding clock stands at noon.
func eachCounty(t *testing.T, run func(t *testing.T, db *storetest.DB, clock *handClock)) {
	t.Helper()
	storetest.EachConfig(t, func(t *testing.T, c store.Config) {
		clock := &handClock{at: noon}
		c.Clock = clock
		db := storetest.Open(t, c)
		settle(t, db)
		run(t, db, clock)
	})
}

func ids[N any](nouns []N, id func(N) string) string {
	var all []string
	for _, n := range nouns {
		all = append(all, id(n))
	}
	return strings.Join(all, " ")
}

func orgID(o identity.Org) string { return o.ID }

func TestOrgsInScope(t *testing.T) {
	eachCounty(t, func(t *testing.T, db *storetest.DB, _ *handClock) {
		for _, c := range []struct {
			scope identity.Scope
			query string
			page  identity.Page
			want  string
			total int
		}{
			{identity.Everywhere, "", identity.Page{}, "c t1 v1 k1 g1 t10 v2 k2", 8},
			{identity.Scope{"/c/t1/"}, "", identity.Page{}, "t1 v1 k1 g1", 4}, // and nothing of /c/t10/
			{identity.Scope{"/c/t1/v1/g1/", "/c/t10/"}, "", identity.Page{}, "g1 t10 v2 k2", 4},
			{identity.Scope{"/c/t1/"}, "东村", identity.Page{}, "v1 k1 g1", 3},
			{identity.Scope{"/c/t1/"}, "西村", identity.Page{}, "", 0},
			{identity.Everywhere, "100%_", identity.Page{}, "v2", 1},
			{identity.Everywhere, "%", identity.Page{}, "v2", 1},
			{identity.Everywhere, "_", identity.Page{}, "v2", 1},
			{identity.Everywhere, "!", identity.Page{}, "v2", 1},
			{identity.Everywhere, "' OR 1=1 --", identity.Page{}, "", 0},
			{identity.Everywhere, "\xff村", identity.Page{}, "v1 k1 g1 v2 k2", 5},
			{identity.Everywhere, strings.Repeat("村", 101), identity.Page{}, "", 0},
			{identity.Everywhere, "", identity.Page{Number: 2, Size: 3}, "k1 g1 t10", 8},
			{identity.Everywhere, "", identity.Page{Number: 9, Size: 3}, "", 8},
			{nil, "", identity.Page{}, "", 0},
			{identity.Scope{""}, "", identity.Page{}, "", 0},
			{identity.Scope{"/村/"}, "", identity.Page{}, "", 0},
		} {
			orgs, total, err := db.Orgs(t.Context(), c.scope, c.query, c.page)
			if got := ids(orgs, orgID); err != nil || got != c.want || total != c.total {
				t.Errorf("%v %q %v: %s (%d), want %s (%d); %v", c.scope, c.query, c.page, got, total, c.want, c.total, err)
			}
		}
		in, err := db.OrgsIn(t.Context(), identity.Scope{"/c/t1/"}, []identity.OrgKind{identity.Village, identity.Group})
		if got := ids(in, orgID); err != nil || got != "v1 g1" {
			t.Errorf("by kind: %s, %v", got, err)
		}
		for text, want := range map[string]string{"": "东乡/v1 西乡/v2", "东": "东乡/v1", "西村": "西乡/v2", "一组": "", "乡": "东乡/v1 西乡/v2", "%": "西乡/v2"} {
			villages, total, err := db.Villages(t.Context(), text, identity.Page{})
			got := ids(villages, func(v identity.ListedVillage) string { return v.Township + "/" + v.ID })
			if err != nil || got != want || total != len(villages) {
				t.Errorf("villages %q: %s (%d), want %s; %v", text, got, total, want, err)
			}
		}
		if villages, total, err := db.Villages(t.Context(), "", identity.Page{Number: 2, Size: 1}); err != nil || total != 2 || len(villages) != 1 || villages[0].ID != "v2" {
			t.Errorf("second page of villages: %+v of %d, %v", villages, total, err)
		}
		o, err := db.Org(t.Context(), "v1")
		if err != nil || o != county[3] {
			t.Errorf("%+v, %v", o, err)
		}
		for _, id := range []string{"none", "", "村", "v1' --"} {
			if _, err := db.Org(t.Context(), id); fault.CodeOf(err) != fault.NotFound {
				t.Errorf("org %q: %v", id, err)
			}
		}
	})
}

func TestAdminSeesOnlyItsScope(t *testing.T) {
	eachCounty(t, func(t *testing.T, db *storetest.DB, _ *handClock) {
		east := identity.Scope{"/c/t1/"}
		must(t, admin(t, db, func(tx identity.AdminTx) error {
			if _, err := tx.PersonIn("rep1", identity.Scope{"/c/t10/"}); fault.CodeOf(err) != fault.NotFound {
				t.Errorf("a person of another township: %v", err)
			}
			for id, want := range map[string]fault.Code{"v1": "", "v2": fault.NotFound, "c": fault.NotFound, "村": fault.NotFound} {
				if _, err := tx.Org(id, east); fault.CodeOf(err) != want {
					t.Errorf("org %s: %v", id, err)
				}
			}
			for id, want := range map[string]fault.Code{"clerk1": "", "past": "", "clerk2": "", "none": fault.NotFound, "村": fault.NotFound} {
				if _, err := tx.PersonIn(id, east); fault.CodeOf(err) != want {
					t.Errorf("person %s: %v", id, err)
				}
			}
			for id, want := range map[string]fault.Code{"m1": "", "m5": "", "m4": fault.NotFound, "m9": fault.NotFound, "村": fault.NotFound} {
				if _, err := tx.Membership(id, east); fault.CodeOf(err) != want {
					t.Errorf("membership %s: %v", id, err)
				}
			}
			m, err := tx.Membership("m5", east)
			if err != nil || m.OrgName != "东村一组" || m.Path != "/c/t1/v1/g1/" || !m.Until.Equal(noon.Add(-time.Minute).Truncate(time.Millisecond)) {
				t.Errorf("%+v, %v", m, err)
			}
			return nil
		}))
	})
}

func TestLoginNamesAreTakenOnce(t *testing.T) {
	eachCounty(t, func(t *testing.T, db *storetest.DB, _ *handClock) {
		err := admin(t, db, func(tx identity.AdminTx) error {
			return tx.AddPerson(identity.Person{ID: "new", Name: "示范新", Login: "clerk1"})
		})
		if fields := fault.FieldsOf(err); fault.CodeOf(err) != fault.Conflict || len(fields) != 1 || fields[0].Name != "login" {
			t.Errorf("%v", err)
		}
		if _, err := db.Person(t.Context(), "new"); fault.CodeOf(err) != fault.NotFound {
			t.Errorf("kept all the same: %v", err)
		}
		p, err := db.PersonByLogin(t.Context(), "clerk1")
		if err != nil || p.ID != "clerk1" || p.Name != "示范clerk1" || p.MustChange || p.Disabled {
			t.Errorf("%+v, %v", p, err)
		}
		for _, login := range []string{"nobody", "CLERK1", "村民", "clerk1 ", "' OR ''='"} {
			if _, err := db.PersonByLogin(t.Context(), login); fault.CodeOf(err) != fault.NotFound {
				t.Errorf("%q: %v", login, err)
			}
		}
	})
}

func TestPeopleWithTheirRolesOfToday(t *testing.T) {
	eachCounty(t, func(t *testing.T, db *storetest.DB, clock *handClock) {
		personID := func(p identity.PersonRow) string { return fmt.Sprint(p.ID, len(p.Memberships)) }
		for _, c := range []struct {
			scope identity.Scope
			query string
			want  string
		}{
			{identity.Everywhere, "", "clerk11 clerk22 past0 rep11 rep21"},
			{identity.Scope{"/c/t1/"}, "", "clerk11 clerk21 past0 rep11 rep21"},
			{identity.Scope{"/c/t1/v1/g1/"}, "", "clerk21 past0 rep11"},
			{identity.Everywhere, "REP", "rep11 rep21"},
			{nil, "", ""},
		} {
			people, total, err := db.People(t.Context(), c.scope, c.query, identity.Page{})
			if got := ids(people, personID); err != nil || got != c.want || total != len(people) {
				t.Errorf("%v %q: %s (%d), want %s; %v", c.scope, c.query, got, total, c.want, err)
			}
		}
		must(t, admin(t, db, func(tx identity.AdminTx) error { return tx.EndMembership("m1", clock.Now()) }))
		if held, err := db.Memberships(t.Context(), "clerk1", clock.Now()); err != nil || len(held) != 0 {
			t.Errorf("still held at its end: %v, %v", held, err)
		}
		held, err := db.Memberships(t.Context(), "clerk1", clock.Now().Add(-time.Second))
		if err != nil || len(held) != 1 || held[0].Role != identity.Clerk || held[0].Path != "/c/t1/v1/" || held[0].OrgName != "东村经济合作社" {
			t.Errorf("a second before: %+v, %v", held, err)
		}
		if held, err := db.Memberships(t.Context(), "clerk1", noon.Add(-2*time.Hour)); err != nil || len(held) != 0 {
			t.Errorf("before it began: %v, %v", held, err)
		}
	})
}

func TestYears(t *testing.T) {
	eachCounty(t, func(t *testing.T, db *storetest.DB, _ *handClock) {
		year := calendar.Year{Year: 2027, Source: "国办发明电", Holidays: []calendar.Span{{From: "2027-01-01", To: "2027-01-03"}}, Worked: []calendar.Date{"2027-01-09"}}
		add := func(tx identity.AdminTx) error { return tx.AddYear(year) }
		must(t, admin(t, db, add))
		if err := admin(t, db, add); fault.CodeOf(err) != fault.Conflict {
			t.Errorf("the same year twice: %v", err)
		}
		years, err := db.Years(t.Context())
		if err != nil || fmt.Sprint(years) != fmt.Sprint([]calendar.Year{year}) {
			t.Errorf("%v, %v", years, err)
		}
	})
}

func TestRefreshTokens(t *testing.T) {
	eachCounty(t, func(t *testing.T, db *storetest.DB, _ *handClock) {
		now := time.Now().UTC().Truncate(time.Millisecond)
		token := func(hash, family string, until time.Time) identity.Refresh {
			return identity.Refresh{Hash: strings.Repeat(hash, 64), Family: family, PersonID: "clerk1", Version: 3, ExpiresAt: until}
		}
		read := func(r identity.Refresh) (kept identity.Refresh, err error) {
			err = db.WriteRefresh(t.Context(), r.Hash, func(tx identity.RefreshTx) error {
				var err error
				kept, err = tx.Token()
				return err
			})
			return kept, err
		}
		lapsed, first := token("0", "old", now.Add(-time.Hour)), token("a", "f", now.Add(time.Hour))
		must(t, db.AddRefresh(t.Context(), lapsed))
		must(t, db.AddRefresh(t.Context(), first))
		if _, err := read(lapsed); fault.CodeOf(err) != fault.NotFound {
			t.Errorf("lapsed token kept: %v", err)
		}
		if kept, err := read(first); err != nil || kept != first {
			t.Errorf("%+v, %v", kept, err)
		}
		second := token("b", "f", now.Add(time.Hour))
		must(t, db.WriteRefresh(t.Context(), first.Hash, func(tx identity.RefreshTx) error { return tx.Replace(now, second) }))
		if kept, err := read(first); err != nil || !kept.ReplacedAt.Equal(now) {
			t.Errorf("replaced: %+v, %v", kept, err)
		}
		if kept, err := read(second); err != nil || !kept.ReplacedAt.IsZero() {
			t.Errorf("successor: %+v, %v", kept, err)
		}
		other := token("c", "g", now.Add(time.Hour))
		must(t, db.AddRefresh(t.Context(), other))
		must(t, db.WriteRefresh(t.Context(), second.Hash, func(tx identity.RefreshTx) error { return tx.EndFamily("f") }))
		for r, want := range map[identity.Refresh]fault.Code{first: fault.NotFound, second: fault.NotFound, other: ""} {
			if _, err := read(r); fault.CodeOf(err) != want {
				t.Errorf("%s: %v", r.Hash[:1], err)
			}
		}
		must(t, db.SetPassword(t.Context(), "clerk1", "$new$", true))
		if _, err := read(other); fault.CodeOf(err) != fault.NotFound {
			t.Errorf("token outlives the password: %v", err)
		}
		p, err := db.Person(t.Context(), "clerk1")
		if err != nil || p.TokenVersion != 1 || !p.MustChange || p.PasswordHash != "$new$" {
			t.Errorf("%+v, %v", p, err)
		}
		if err := db.SetPassword(t.Context(), "nobody", "$new$", true); fault.CodeOf(err) != fault.NotFound {
			t.Errorf("nobody's password: %v", err)
		}
	})
}
