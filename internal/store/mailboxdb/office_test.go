package mailboxdb_test

import (
	"errors"
	"testing"
	"time"

	"sunlot/disclosure/mailbox"
	"sunlot/internal/event"
	"sunlot/internal/fault"
	"sunlot/internal/identity"
	"sunlot/internal/store/storetest"
)

// office proposes a key for an organisation, some minutes after noon.
func office(id, org string, path identity.Path, minutes int) mailbox.Office {
	return mailbox.Office{
		ID:         id,
		OrgID:      org,
		Path:       path,
		Name:       "示范" + org,
		Recipient:  "age1" + id,
		ProposedBy: "clerk1",
		ProposedAt: storetest.Minute.Add(time.Duration(minutes) * time.Minute),
	}
}

// keyed is the office once somebody else has confirmed its key.
func keyed(o mailbox.Office, minutes int) mailbox.Office {
	o.KeyedAt = storetest.Minute.Add(time.Duration(minutes) * time.Minute)
	o.Event = event.Ref{Stream: o.Stream(), Seq: 1}
	return o
}

func officeID(o mailbox.Office) string { return o.ID }

// Of several keys of one place the newest confirmed one is in force.
func TestTheNewestConfirmedKeyIsInForce(t *testing.T) {
	t.Parallel()
	storetest.EachCounty(t, func(t *testing.T, db *storetest.DB, _ *storetest.HandClock) {
		first, second := office("o1", "c", "/c/", 0), office("o2", "c", "/c/", 1)
		east, west := office("o3", "t1", "/c/t1/", 2), office("o4", "t10", "/c/t10/", 3)
		save := func(all ...mailbox.Office) {
			t.Helper()
			storetest.Must(t, post(t, db, event.NewID(), func(tx mailbox.Tx) error {
				var errs []error
				for _, o := range all {
					errs = append(errs, tx.SaveOffice(o))
				}
				return errors.Join(errs...)
			}))
		}
		lists := func(inForce, all, inEast string) {
			t.Helper()
			got, err1 := db.MailboxOffices(t.Context())
			every, err2 := db.AllOffices(t.Context(), identity.Everywhere)
			some, err3 := db.AllOffices(t.Context(), storetest.East)
			storetest.Must(t, errors.Join(err1, err2, err3))
			storetest.Same(t, "in force", storetest.IDs(got, officeID), inForce)
			storetest.Same(t, "all", storetest.IDs(every, officeID), all)
			storetest.Same(t, "in the east", storetest.IDs(some, officeID), inEast)
		}
		save(first, second, east, west)
		lists("", "o4 o3 o2 o1", "o3")
		save(keyed(second, 10), keyed(west, 10))
		lists("o2 o4", "o4 o3 o2 o1", "o3")
		save(keyed(first, 11)) // proposed before, confirmed after
		lists("o1 o4", "o4 o3 o2 o1", "o3")
		none, err := db.AllOffices(t.Context(), nil)
		if err != nil || len(none) != 0 {
			t.Errorf("in no scope: %v, %v", none, err)
		}
	})
}

func TestAnOfficeComesBackAsItWent(t *testing.T) {
	t.Parallel()
	storetest.EachCounty(t, func(t *testing.T, db *storetest.DB, _ *storetest.HandClock) {
		proposed := office("o1", "t1", "/c/t1/", 0)
		storetest.Must(t, post(t, db, "propose", func(tx mailbox.Tx) error { return tx.SaveOffice(proposed) }))
		confirmed := keyed(proposed, 5)
		for _, want := range []mailbox.Office{proposed, confirmed} {
			storetest.Must(t, post(t, db, event.NewID(), func(tx mailbox.Tx) error {
				got, err := tx.Office("o1", storetest.East)
				storetest.Same(t, "office", got, want)
				renamed := confirmed
				renamed.Name, renamed.Recipient = "别的名称", "age1stolen" // what was proposed does not change
				return errors.Join(err, tx.SaveOffice(renamed))
			}))
		}
		storetest.Must(t, post(t, db, "look", func(tx mailbox.Tx) error {
			for id, in := range map[string]identity.Scope{
				"o1":   storetest.West,
				"none": storetest.East,
				"o1 ":  storetest.East,
				"":     storetest.East,
				"村":    identity.Everywhere,
				"O1":   identity.Everywhere,
			} {
				if _, err := tx.Office(id, in); fault.CodeOf(err) != fault.NotFound {
					t.Errorf("%q in %v: %v", id, in, err)
				}
			}
			return nil
		}))
	})
}

// A key opens the reports of one office, so no other may take it over.
func TestAKeyIsOneOffices(t *testing.T) {
	t.Parallel()
	storetest.EachCounty(t, func(t *testing.T, db *storetest.DB, _ *storetest.HandClock) {
		mine, other := office("o1", "t1", "/c/t1/", 0), office("o2", "t10", "/c/t10/", 1)
		other.Recipient = mine.Recipient
		storetest.Must(t, post(t, db, "mine", func(tx mailbox.Tx) error { return tx.SaveOffice(mine) }))
		err := post(t, db, "other", func(tx mailbox.Tx) error { return tx.SaveOffice(other) })
		if fields := fault.FieldsOf(err); fault.CodeOf(err) != fault.Conflict || len(fields) != 1 ||
			fields[0].Name != "recipient" {
			t.Errorf("%v", err)
		}
		nobodys := office("o3", "none", "/c/", 0)
		if err := post(t, db, "nobodys", func(tx mailbox.Tx) error { return tx.SaveOffice(nobodys) }); err == nil {
			t.Error("an office of no organisation is kept")
		}
		if n := storetest.Rows(t, db, "mailbox_offices"); n != 1 {
			t.Errorf("%d offices", n)
		}
	})
}
