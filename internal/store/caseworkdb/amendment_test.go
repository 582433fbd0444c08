package caseworkdb_test

import (
	"testing"
	"time"

	"sunlot/internal/event"
	"sunlot/internal/fault"
	"sunlot/internal/identity"
	"sunlot/internal/store/storetest"
	"sunlot/trading/amending"
)

// A change is kept as it was proposed; of a figure one waits at a time, and those that
// are confirmed are read in the order of their events, whoever proposed first.
func TestChangesStandInTheOrderOfTheirEvents(t *testing.T) {
	t.Parallel()
	storetest.EachCounty(t, func(t *testing.T, db *storetest.DB, clock *storetest.HandClock) {
		save := func(a amending.Amendment) error {
			once, err := event.NewRequest("admin", "amendment.test", event.NewID(), a)
			storetest.Must(t, err)
			_, err = db.WriteAmendment(t.Context(), once, func(tx amending.Tx) (string, error) {
				return a.ID, tx.SaveAmendment(a)
			})
			return err
		}
		a := amending.Amendment{
			ID:      event.NewID(),
			Path:    "/c/",
			State:   amending.Proposed,
			Version: 1,
			Form: amending.Form{
				Key:     "contract.sign_days",
				Value:   7,
				From:    "2027-01-01",
				Title:   "办法",
				Article: "第八条",
			},
			Pack:       "shifan",
			ProposedBy: "admin",
			ProposedAt: clock.Now().UTC().Truncate(time.Millisecond),
		}
		storetest.Must(t, save(a))
		kept, err := db.Amendment(t.Context(), a.ID, identity.Everywhere)
		storetest.Must(t, err)
		storetest.Same(t, "kept", kept, a)
		twin := a
		twin.ID = event.NewID()
		if err := save(twin); fault.CodeOf(err) != fault.Conflict {
			t.Errorf("two of one figure wait: %v", err)
		}
		if _, err := db.Amendment(t.Context(), a.ID, identity.Scope{"/d/"}); fault.CodeOf(err) != fault.NotFound {
			t.Errorf("another county reads it: %v", err)
		}
		a.State, a.Version = amending.Confirmed, 2
		a.Event = event.Ref{Stream: amending.StreamOf("shifan"), Seq: 2}
		storetest.Must(t, save(a))
		twin.State, twin.Event = amending.Confirmed, event.Ref{Stream: a.Event.Stream, Seq: 1}
		storetest.Must(t, save(twin))
		all, err := db.AmendmentsOf(t.Context(), "shifan")
		storetest.Must(t, err)
		storetest.Same(t, "in order", all, []amending.Amendment{twin, a})
		if none, err := db.AmendmentsOf(t.Context(), "shili"); err != nil || len(none) != 0 {
			t.Errorf("of another pack: %v, %v", none, err)
		}
	})
}
