package identitydb_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"sunlot/internal/calendar"
	"sunlot/internal/fault"
	"sunlot/internal/identity"
	"sunlot/internal/store/storetest"
)

func orgID(o identity.Org) string { return o.ID }

func TestOrgsInScope(t *testing.T) {
	t.Parallel()
	storetest.EachCounty(t, func(t *testing.T, db *storetest.DB, _ *storetest.HandClock) {
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
			if got := storetest.IDs(orgs, orgID); err != nil || got != c.want || total != c.total {
				t.Errorf("%v %q %v: %s (%d), want %s (%d); %v", c.scope, c.query, c.page, got, total, c.want,
					c.total, err)
			}
		}
		in, err := db.OrgsIn(t.Context(), identity.Scope{"/c/t1/"},
			[]identity.OrgKind{identity.Village, identity.Group})
		if got := storetest.IDs(in, orgID); err != nil || got != "v1 g1" {
			t.Errorf("by kind: %s, %v", got, err)
		}
		for text, want := range map[string]string{
			"":    "东乡/v1 西乡/v2",
			"东":   "东乡/v1",
			"西村":  "西乡/v2",
			"一组":  "",
			"乡":   "东乡/v1 西乡/v2",
			"村 东": "东乡/v1",
			"%":   "", // a sign is no word
		} {
			villages, total, err := db.Villages(t.Context(), text, identity.Page{})
			got := storetest.IDs(villages, func(v identity.ListedVillage) string { return v.Township + "/" + v.ID })
			if err != nil || got != want || total != len(villages) {
				t.Errorf("villages %q: %s (%d), want %s; %v", text, got, total, want, err)
			}
		}
		if villages, total, err := db.Villages(t.Context(), "", identity.Page{
			Number: 2,
			Size:   1,
		}); err != nil || total != 2 || len(villages) != 1 || villages[0].ID != "v2" {
			t.Errorf("second page of villages: %+v of %d, %v", villages, total, err)
		}
		o, err := db.Org(t.Context(), "v1")
		if err != nil || o != storetest.County[3] {
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
	t.Parallel()
	storetest.EachCounty(t, func(t *testing.T, db *storetest.DB, _ *storetest.HandClock) {
		east := identity.Scope{"/c/t1/"}
		storetest.Must(t, storetest.Admin(t, db, func(tx identity.AdminTx) error {
			if _, err := tx.PersonIn("rep1", identity.Scope{"/c/t10/"}); fault.CodeOf(err) != fault.NotFound {
				t.Errorf("a person of another township: %v", err)
			}
			for id, want := range map[string]fault.Code{
				"v1": "",
				"v2": fault.NotFound,
				"c":  fault.NotFound,
				"村":  fault.NotFound,
			} {
				if _, err := tx.Org(id, east); fault.CodeOf(err) != want {
					t.Errorf("org %s: %v", id, err)
				}
			}
			for id, want := range map[string]fault.Code{
				"clerk1": "",
				"past":   "",
				"clerk2": "",
				"none":   fault.NotFound,
				"村":      fault.NotFound,
			} {
				if _, err := tx.PersonIn(id, east); fault.CodeOf(err) != want {
					t.Errorf("person %s: %v", id, err)
				}
			}
			for id, want := range map[string]fault.Code{
				"m1": "",
				"m5": "",
				"m4": fault.NotFound,
				"m9": fault.NotFound,
				"村":  fault.NotFound,
			} {
				if _, err := tx.Membership(id, east); fault.CodeOf(err) != want {
					t.Errorf("membership %s: %v", id, err)
				}
			}
			m, err := tx.Membership("m5", east)
			if err != nil || m.OrgName != "东村一组" || m.Path != "/c/t1/v1/g1/" ||
				!m.Until.Equal(storetest.Noon.Add(-time.Minute).Truncate(time.Millisecond)) {
				t.Errorf("%+v, %v", m, err)
			}
			return nil
		}))
	})
}

func TestLoginNamesAreTakenOnce(t *testing.T) {
	t.Parallel()
	storetest.EachCounty(t, func(t *testing.T, db *storetest.DB, _ *storetest.HandClock) {
		err := storetest.Admin(t, db, func(tx identity.AdminTx) error {
			return tx.AddPerson(identity.Person{ID: "new", Name: "示范新", Login: "clerk1"})
		})
		if fields := fault.FieldsOf(err); fault.CodeOf(err) != fault.Conflict || len(fields) != 1 ||
			fields[0].Name != "login" {
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
	t.Parallel()
	storetest.EachCounty(t, func(t *testing.T, db *storetest.DB, clock *storetest.HandClock) {
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
			people, total, err := db.People(t.Context(), c.scope, c.query, "login", identity.Page{})
			if got := storetest.IDs(people, personID); err != nil || got != c.want || total != len(people) {
				t.Errorf("%v %q: %s (%d), want %s; %v", c.scope, c.query, got, total, c.want, err)
			}
		}
		storetest.Must(t, storetest.Admin(t, db, func(tx identity.AdminTx) error {
			return tx.EndMembership("m1", clock.Now())
		}))
		if held, err := db.Memberships(t.Context(), "clerk1", clock.Now()); err != nil || len(held) != 0 {
			t.Errorf("still held at its end: %v, %v", held, err)
		}
		held, err := db.Memberships(t.Context(), "clerk1", clock.Now().Add(-time.Second))
		if err != nil || len(held) != 1 || held[0].Role != identity.Clerk || held[0].Path != "/c/t1/v1/" ||
			held[0].OrgName != "东村经济合作社" {
			t.Errorf("a second before: %+v, %v", held, err)
		}
		if held, err := db.Memberships(t.Context(), "clerk1", storetest.Noon.Add(-2*time.Hour)); err != nil ||
			len(held) != 0 {
			t.Errorf("before it began: %v, %v", held, err)
		}
	})
}

func TestYears(t *testing.T) {
	t.Parallel()
	storetest.EachCounty(t, func(t *testing.T, db *storetest.DB, _ *storetest.HandClock) {
		year := calendar.Year{
			Year:     2027,
			Source:   "国办发明电",
			Holidays: []calendar.Span{{From: "2027-01-01", To: "2027-01-03"}},
			Worked:   []calendar.Date{"2027-01-09"},
		}
		storetest.Must(t, storetest.Admin(t, db, func(tx identity.AdminTx) error {
			if _, known, err := tx.Year(2027); known || err != nil {
				t.Errorf("a year is known that nobody entered: %v", err)
			}
			return tx.SaveYear(calendar.Year{Year: 2027, Source: "更早的通知"})
		}))
		storetest.Must(t, storetest.Admin(t, db, func(tx identity.AdminTx) error { return tx.SaveYear(year) }))
		storetest.Must(t, storetest.Admin(t, db, func(tx identity.AdminTx) error {
			kept, known, err := tx.Year(2027)
			if !known || err != nil || kept.Source != year.Source {
				t.Errorf("the last does not count: %+v, %v", kept, err)
			}
			return nil
		}))
		years, err := db.Years(t.Context())
		if err != nil || fmt.Sprint(years) != fmt.Sprint([]calendar.Year{year}) {
			t.Errorf("%v, %v", years, err)
		}
	})
}
