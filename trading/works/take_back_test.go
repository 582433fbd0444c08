package works_test

import (
	"slices"
	"testing"

	"sunlot/internal/casework"
	"sunlot/internal/event"
	"sunlot/internal/fault"
	"sunlot/internal/identity"
	"sunlot/trading/tradingtest"
	"sunlot/trading/works"
)

// TestWhatWaitsForTheCommitteeIsTakenBack: a project and an entry by whoever entered them,
// until they are confirmed; the stage waits again and is entered anew.
func TestWhatWaitsForTheCommitteeIsTakenBack(t *testing.T) {
	tradingtest.Each(t, func(t *testing.T, v *tradingtest.Village) {
		ctx := t.Context()
		waits := func(who identity.Actor, kind string) bool {
			return slices.ContainsFunc(v.Waits(who), func(w casework.Waiting) bool { return w.Name == kind })
		}
		seen := func(version int) works.ConfirmForm { return works.ConfirmForm{Version: version, Clean: true} }
		colleague := v.Give(v.OtherClerk, v.Collective, identity.Clerk)
		form := v.ProjectForm(v.Item())
		open := func() string {
			id, err := v.Works.OpenProject(ctx, v.Clerk, event.NewID(), form)
			tradingtest.Must(t, err)
			return id
		}
		id := open()
		_, err := v.Works.TakeBackProject(ctx, colleague, event.NewID(), id, 1)
		tradingtest.Want(t, err, fault.Forbidden, "")
		_, err = v.Works.TakeBackProject(ctx, v.Clerk, event.NewID(), id, 1)
		tradingtest.Must(t, err)
		if waits(v.Supervision, "project") {
			t.Error("the project waits for the committee still")
		}
		_, err = v.Works.ConfirmProject(ctx, v.Supervision, event.NewID(), id, seen(2))
		tradingtest.Want(t, err, fault.Conflict, "")
		id = open() // counts alone: what was taken back is no work of the village
		p, err := v.Works.ProjectFor(ctx, v.Clerk, id)
		tradingtest.Must(t, err)
		if p.Together != form.Estimate {
			t.Errorf("the works come to %d together, want %d", p.Together, form.Estimate)
		}
		_, err = v.Works.ConfirmProject(ctx, v.Supervision, event.NewID(), id, seen(1))
		tradingtest.Must(t, err)
		_, err = v.Works.TakeBackProject(ctx, v.Clerk, event.NewID(), id, 2)
		tradingtest.Want(t, err, fault.Conflict, "")

		record := func() string {
			entry, err := v.Works.RecordStage(ctx, v.Clerk, event.NewID(), id, deed(works.ContractStage, 119600))
			tradingtest.Must(t, err)
			return entry
		}
		entry := record()
		_, err = v.Works.TakeBackEntry(ctx, colleague, event.NewID(), entry, 1)
		tradingtest.Want(t, err, fault.Forbidden, "")
		_, err = v.Works.TakeBackEntry(ctx, v.Clerk, event.NewID(), entry, 1)
		tradingtest.Must(t, err)
		if waits(v.Supervision, "entry") {
			t.Error("the entry waits for the committee still")
		}
		entry = record()
		_, err = v.Works.ConfirmEntry(ctx, v.Supervision, event.NewID(), entry, seen(1))
		tradingtest.Must(t, err)
		_, err = v.Works.TakeBackEntry(ctx, v.Clerk, event.NewID(), entry, 1)
		tradingtest.Want(t, err, fault.Conflict, "")
	})
}
