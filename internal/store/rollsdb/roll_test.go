package rollsdb_test

import (
	"fmt"
	"testing"
	"time"

	"sunlot/internal/calendar"
	"sunlot/internal/casework"
	"sunlot/internal/event"
	"sunlot/internal/fault"
	"sunlot/internal/identity"
	"sunlot/internal/store/storetest"
	"sunlot/trading/rolls"
)

// write runs fn in a transaction of the rolls'.
func write(t *testing.T, db *storetest.DB, fn func(tx rolls.Tx) error) error {
	t.Helper()
	once, err := event.NewRequest("p1", "test", event.NewID(), nil)
	storetest.Must(t, err)
	_, err = db.WriteRoll(t.Context(), once, func(tx rolls.Tx) (string, error) { return "", fn(tx) })
	return err
}

// want asks for a refusal of that code.
func want(t *testing.T, err error, code fault.Code) {
	t.Helper()
	if fault.CodeOf(err) != code {
		t.Errorf("got %v, want %s", err, code)
	}
}

// TestARollIsReadAsItWasSaved, found in its place alone, listed without its members and
// never saved on an outdated copy.
func TestARollIsReadAsItWasSaved(t *testing.T) {
	t.Parallel()
	storetest.EachCounty(t, func(t *testing.T, db *storetest.DB, clock *storetest.HandClock) {
		orgs, _, err := db.Orgs(t.Context(), identity.Everywhere, "", identity.Page{}.Clip())
		storetest.Must(t, err)
		org := orgs[len(orgs)-1]
		at := clock.Now().UTC().Truncate(time.Millisecond)
		roll := rolls.Roll{
			ID:      event.NewID(),
			OrgName: org.Name,
			Path:    org.Path,
			State:   rolls.Entered,
			Version: 1,
			Form: rolls.Form{
				Org:      org.ID,
				Assembly: "group_meeting",
				From:     "2026-01-01",
				Members:  []rolls.Member{{Name: "张三", Note: "三组"}, {Name: "李四"}},
			},
			Count:     2,
			Mend:      []fault.Field{{Name: "a", Message: "b"}},
			EnteredBy: "p1",
			EnteredAt: at,
		}
		save := func(r rolls.Roll) error {
			return write(t, db, func(tx rolls.Tx) error { return tx.SaveRoll(r) })
		}
		storetest.Must(t, save(roll))
		back, err := db.Roll(t.Context(), roll.ID, identity.Scope{org.Path})
		if err != nil || fmt.Sprint(back) != fmt.Sprint(roll) {
			t.Errorf("read back: %+v, %v", back, err)
		}
		for _, id := range []string{"nosuchroll", "no id", ""} {
			_, err = db.Roll(t.Context(), id, identity.Everywhere)
			want(t, err, fault.NotFound)
		}
		_, err = db.Roll(t.Context(), roll.ID, identity.Scope{"/elsewhere/"})
		want(t, err, fault.NotFound)
		roll.Version, roll.State = 2, rolls.Confirmed
		roll.DecidedAt = at
		roll.Event = event.Ref{Stream: roll.Stream(), Seq: 1}
		storetest.Must(t, save(roll))
		want(t, save(roll), fault.Conflict)
		storetest.Must(t, write(t, db, func(tx rolls.Tx) error {
			all, err := tx.Editions(org.ID, "group_meeting")
			if err != nil || len(all) != 1 || all[0].ID != roll.ID || !all[0].DecidedAt.Equal(at) ||
				all[0].Members != nil {
				t.Errorf("the editions: %+v, %v", all, err)
			}
			none, err := tx.Editions(org.ID, "village_representatives")
			if err != nil || len(none) != 0 {
				t.Errorf("another body's: %+v, %v", none, err)
			}
			return err
		}))
		storetest.Must(t, write(t, db, func(tx rolls.Tx) error {
			locked, err := tx.Roll(roll.ID, identity.Everywhere)
			if err == nil && fmt.Sprint(locked) != fmt.Sprint(roll) {
				t.Errorf("locked it is %+v", locked)
			}
			return err
		}))
		list, total, err := db.Rolls(t.Context(), casework.Query{
			Scope:  identity.Scope{org.Path},
			States: []casework.State{rolls.Confirmed},
			Text:   org.Name,
			Sort:   "from",
		})
		if err != nil || total != 1 || list[0].Members != nil || list[0].Count != 2 {
			t.Errorf("listed: %+v, %v", list, err)
		}
		for _, elsewhere := range []string{orgs[0].ID, "nosuchorg", "no id", ""} {
			_, err := db.RollOn(t.Context(), elsewhere, "group_meeting", "2026-06-01")
			want(t, err, fault.NotFound)
		}
		nowhere, total, err := db.Rolls(t.Context(), casework.Query{Scope: identity.Scope{"/elsewhere/"}})
		if err != nil || total != 0 || len(nowhere) != 0 {
			t.Errorf("elsewhere are %+v, %v", nowhere, err)
		}
		_, err = db.RollOn(t.Context(), org.ID, "village_representatives", "2026-06-01")
		want(t, err, fault.NotFound)
		for day, found := range map[calendar.Date]bool{"2025-12-31": false, "2026-01-01": true} {
			got, err := db.RollOn(t.Context(), org.ID, "group_meeting", day)
			if (got.ID == roll.ID) != found || found != (err == nil) {
				t.Errorf("on %s: %+v, %v", day, got, err)
			}
		}
	})
}
