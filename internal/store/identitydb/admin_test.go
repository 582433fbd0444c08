package identitydb_test

import (
	"errors"
	"fmt"
	"testing"
	"time"

	"sunlot/internal/calendar"
	"sunlot/internal/fault"
	"sunlot/internal/identity"
	"sunlot/internal/store/storetest"
)

// What belongs to nobody is refused by the database, and an act that fails half
// way leaves nothing.
func TestWhatBelongsToNobodyIsRefused(t *testing.T) {
	t.Parallel()
	storetest.EachCounty(t, func(t *testing.T, db *storetest.DB, _ *storetest.HandClock) {
		role := func(person, org string) identity.Membership {
			return identity.Membership{
				ID:       "new",
				PersonID: person,
				OrgID:    org,
				Role:     identity.Clerk,
				From:     storetest.Noon,
			}
		}
		half := identity.Org{ID: "half", ParentID: "c", Kind: identity.Township, Name: "半乡", Path: "/c/half/"}
		for name, fail := range map[string]func(tx identity.AdminTx) error{
			"a role of nobody": func(tx identity.AdminTx) error {
				return tx.AddMembership(role("nobody", "k1"))
			},
			"a role in no organisation": func(tx identity.AdminTx) error {
				return tx.AddMembership(role("clerk1", "none"))
			},
			"a role under a used id": func(tx identity.AdminTx) error {
				m := role("clerk1", "k1")
				m.ID = "m1"
				return tx.AddMembership(m)
			},
			"an organisation under nobody": func(tx identity.AdminTx) error {
				o := half
				o.ParentID = "none"
				return tx.AddOrg(o)
			},
			"an organisation twice": func(tx identity.AdminTx) error {
				return errors.Join(tx.AddOrg(half), tx.AddOrg(half))
			},
		} {
			if err := storetest.Admin(t, db, fail); err == nil {
				t.Errorf("%s is kept", name)
			}
		}
		if _, err := db.Org(t.Context(), "half"); fault.CodeOf(err) != fault.NotFound {
			t.Errorf("half an act is kept: %v", err)
		}
		if n := storetest.Rows(t, db, "memberships"); n != 6 {
			t.Errorf("%d roles", n)
		}
	})
}

func TestYearsComeInTheirOrder(t *testing.T) {
	t.Parallel()
	storetest.EachCounty(t, func(t *testing.T, db *storetest.DB, _ *storetest.HandClock) {
		if years, err := db.Years(t.Context()); err != nil || len(years) != 0 {
			t.Errorf("%v, %v", years, err)
		}
		storetest.Must(t, storetest.Admin(t, db, func(tx identity.AdminTx) error {
			return errors.Join(tx.SaveYear(calendar.Year{Year: 2028}), tx.SaveYear(calendar.Year{Year: 2026}),
				tx.SaveYear(calendar.Year{Year: 2027}))
		}))
		years, err := db.Years(t.Context())
		if got := storetest.IDs(years, func(y calendar.Year) string { return fmt.Sprint(y.Year) }); err != nil ||
			got != "2026 2027 2028" {
			t.Errorf("%s, %v", got, err)
		}
	})
}

// A new password ends what was opened with the old one, for this person only.
func TestANewPasswordEndsAllSessions(t *testing.T) {
	t.Parallel()
	storetest.EachCounty(t, func(t *testing.T, db *storetest.DB, _ *storetest.HandClock) {
		until := time.Now().Add(time.Hour)
		for hash, person := range map[byte]string{'a': "clerk1", 'b': "clerk1", 'c': "clerk2"} {
			r := identity.Refresh{Hash: storetest.Hash(hash), Family: string(hash), PersonID: person, ExpiresAt: until}
			storetest.Must(t, db.AddRefresh(t.Context(), r))
		}
		for version := 1; version <= 2; version++ {
			if version == 1 {
				storetest.Must(t, storetest.Admin(t, db, func(tx identity.AdminTx) error {
					return tx.GivePassword("clerk1", "$new$", storetest.Noon)
				}))
			} else {
				storetest.Must(t, db.SetPassword(t.Context(), "clerk1", "$new$", false))
			}
			p, err := db.Person(t.Context(), "clerk1")
			if err != nil || p.TokenVersion != version || p.PasswordHash != "$new$" || p.MustChange != (version == 1) ||
				p.LetsInUntil.IsZero() == (version == 1) {
				t.Errorf("%+v, %v", p, err)
			}
		}
		left := storetest.Query[string](t, db, "SELECT person_id FROM refresh_tokens")
		if fmt.Sprint(left) != "[clerk2]" {
			t.Errorf("sessions left: %v", left)
		}
		if p, err := db.Person(t.Context(), "clerk2"); err != nil || p.TokenVersion != 0 {
			t.Errorf("somebody else: %+v, %v", p, err)
		}
		err := storetest.Admin(t, db, func(tx identity.AdminTx) error {
			return tx.GivePassword("nobody", "$new$", storetest.Noon)
		})
		if fault.CodeOf(err) != fault.NotFound {
			t.Errorf("nobody's password: %v", err)
		}
	})
}

// An organisation's list has an end, and its order is that of the tree.
func TestOrgsInAPlaceAreAtMostFiveHundred(t *testing.T) {
	t.Parallel()
	storetest.EachCounty(t, func(t *testing.T, db *storetest.DB, _ *storetest.HandClock) {
		storetest.Must(t, storetest.Admin(t, db, func(tx identity.AdminTx) error {
			for i := range 505 {
				id := fmt.Sprintf("z%03d", i)
				o := identity.Org{
					ID:       id,
					ParentID: "v2",
					Kind:     identity.Group,
					Name:     id,
					Path:     identity.Path("/c/t10/v2/" + id + "/"),
				}
				if err := tx.AddOrg(o); err != nil {
					return err
				}
			}
			return nil
		}))
		for kinds, want := range map[identity.OrgKind]string{
			"":               "t10 500",
			identity.Group:   "z000 500",
			identity.Village: "v2 1",
			"none":           " 0",
		} {
			var of []identity.OrgKind
			if kinds != "" {
				of = append(of, kinds)
			}
			got, err := db.OrgsIn(t.Context(), storetest.West, of)
			first := ""
			if len(got) > 0 {
				first = got[0].ID
			}
			if fmt.Sprint(first, " ", len(got)) != want || err != nil {
				t.Errorf("of kind %q: %s and %d, want %s, %v", kinds, first, len(got), want, err)
			}
		}
	})
}

func TestADraftOfNobodyIsNotKept(t *testing.T) {
	t.Parallel()
	storetest.EachCounty(t, func(t *testing.T, db *storetest.DB, _ *storetest.HandClock) {
		d := identity.Draft{Form: "assets/new", Typed: map[string][]string{"name": {"塘"}}, SavedAt: storetest.Minute}
		for _, person := range []string{"nobody", ""} {
			if err := db.KeepDraft(t.Context(), person, d, 5); fault.CodeOf(err) != fault.NotFound {
				t.Errorf("%q: %v", person, err)
			}
		}
		storetest.Must(t, db.KeepDraft(t.Context(), "clerk1", d, 5))
		later := d
		later.Form, later.SavedAt = "tenders/new", storetest.Minute.Add(time.Minute)
		storetest.Must(t, db.KeepDraft(t.Context(), "clerk1", later, 5))
		storetest.Must(t, db.DropDrafts(t.Context(), storetest.Minute)) // what was saved then goes too
		left, err := db.DraftsOf(t.Context(), "clerk1")
		storetest.Must(t, err)
		storetest.Same(t, "drafts", left, []identity.Draft{later})
	})
}
