package caseworkdb_test

import (
	"fmt"
	"testing"
	"time"

	"sunlot/disclosure/privacy"
	"sunlot/internal/casework"
	"sunlot/internal/event"
	"sunlot/internal/fault"
	"sunlot/internal/identity"
	"sunlot/internal/store/storetest"
)

// private runs fn in a transaction of the room of what must not be public.
func private(t *testing.T, db *storetest.DB, fn func(tx privacy.Tx) error) error {
	t.Helper()
	once, err := event.NewRequest("p1", "test", event.NewID(), nil)
	storetest.Must(t, err)
	_, err = db.WritePrivacy(t.Context(), once, func(tx privacy.Tx) (string, error) { return "", fn(tx) })
	return err
}

// TestAClearanceHoldsForItsPlace and those below, while it stands; another of the
// same number there is refused, and one that has ended is not in its way.
func TestAClearanceHoldsForItsPlace(t *testing.T) {
	t.Parallel()
	storetest.EachCounty(t, func(t *testing.T, db *storetest.DB, clock *storetest.HandClock) {
		orgs, _, err := db.Orgs(t.Context(), identity.Everywhere, "", identity.Page{}.Clip())
		storetest.Must(t, err)
		org := orgs[len(orgs)-1]
		clearance := func(id string, state casework.State, version int) privacy.Clearance {
			return privacy.Clearance{
				ID:        id,
				Path:      org.Path,
				State:     state,
				Version:   version,
				ClearForm: privacy.ClearForm{Org: org.ID, Reason: "值班手机"},
				Kind:      privacy.Mobile,
				Digits:    "13900000012",
				AskedAt:   clock.Now(),
			}
		}
		save := func(c privacy.Clearance) error {
			return private(t, db, func(tx privacy.Tx) error { return tx.SaveClearance(c) })
		}
		cleared := func() (said string) {
			storetest.Must(t, private(t, db, func(tx privacy.Tx) error {
				said = ""
				for _, at := range []identity.Path{org.Path, org.Path + "group/", org.Path.Township(), "/elsewhere/"} {
					yes, err := tx.Cleared("13900000012", at)
					if err != nil {
						return err
					}
					said += fmt.Sprint(yes, " ")
				}
				return nil
			}))
			return said
		}
		storetest.Must(t, save(clearance("c1", privacy.Asked, 1)))
		storetest.Same(t, "asked for", cleared(), "false false false false ")
		if err := save(clearance("c2", privacy.Asked, 1)); fault.CodeOf(err) != fault.Conflict {
			t.Error("asked for twice:", err)
		}
		storetest.Must(t, save(clearance("c1", privacy.Cleared, 2)))
		storetest.Same(t, "cleared", cleared(), fmt.Sprintf("true true %v false ", org.Path == org.Path.Township()))
		storetest.Must(t, save(clearance("c1", privacy.Ended, 3)))
		storetest.Same(t, "ended", cleared(), "false false false false ")
		clock.Set(clock.Now().Add(time.Minute))
		storetest.Must(t, save(clearance("c2", privacy.Asked, 1)))
		list, total, err := db.Clearances(t.Context(), casework.Query{
			Scope: identity.Scope{org.Path},
			Text:  "00012",
			Page:  identity.Page{}.Clip(),
		})
		if err != nil || total != 2 || list[0].ID != "c2" || list[0].OrgName != org.Name {
			t.Errorf("the list has %d: %+v, %v", total, list, err)
		}
		_, err = db.Clearance(t.Context(), "c2", identity.Scope{"/elsewhere/"})
		if fault.CodeOf(err) != fault.NotFound {
			t.Error("found from elsewhere:", err)
		}
	})
}

// TestWhatNobodyPublishedCannotBeWithheld: nor what is no hash at all.
func TestWhatNobodyPublishedCannotBeWithheld(t *testing.T) {
	t.Parallel()
	storetest.EachCounty(t, func(t *testing.T, db *storetest.DB, _ *storetest.HandClock) {
		body := []byte(`{"公告":"门前塘 13900000012"}`)
		sha := event.Hash(body)
		err := private(t, db, func(tx privacy.Tx) error {
			if err := tx.SaveDocument(sha, body, "/c/t/v/"); err != nil {
				return err
			}
			what, at, err := tx.Subject(sha, identity.Scope{"/c/t/"})
			storetest.Same(t, "subject", string(what)+" "+string(at), "document /c/t/v/")
			return err
		})
		storetest.Must(t, err)
		for _, c := range []struct {
			sha string
			in  identity.Scope
		}{{sha, identity.Scope{"/c/other/"}}, {storetest.Hash('0'), identity.Everywhere}} {
			err := private(t, db, func(tx privacy.Tx) error { _, _, err := tx.Subject(c.sha, c.in); return err })
			if fault.CodeOf(err) != fault.NotFound {
				t.Errorf("%s in %v: %v", c.sha, c.in, err)
			}
		}
		alike, err := db.TextsWith(t.Context(), "/c/t/", "13900000012", 9)
		storetest.Same(t, "texts with the number", alike, []string{sha})
		storetest.Must(t, err)
		alike, err = db.TextsWith(t.Context(), "/c/other/", "13900000012", 9)
		if err != nil || len(alike) != 0 {
			t.Errorf("elsewhere: %v, %v", alike, err)
		}
	})
}
