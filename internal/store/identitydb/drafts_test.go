package identitydb_test

import (
	"context"
	"sync"
	"testing"
	"time"

	"sunlot/internal/fault"
	"sunlot/internal/identity"
	"sunlot/internal/store/storetest"
)

// TestDraftsAreTheirOwnersAlone: one for each form, replaced by the next, no more
// than so many, and gone when their time is up.
func TestDraftsAreTheirOwnersAlone(t *testing.T) {
	t.Parallel()
	storetest.EachCounty(t, func(t *testing.T, db *storetest.DB, clock *storetest.HandClock) {
		ctx, drafts := t.Context(), &identity.Drafts{Store: db, Clock: clock}
		clerk, other := identity.Actor{PersonID: "clerk1"}, identity.Actor{PersonID: "clerk2"}
		keep := func(who identity.Actor, form, name string) error {
			_, err := drafts.Keep(ctx, who, form, map[string][]string{"name": {name, "“二”"}})
			return err
		}
		storetest.Must(t, keep(clerk, "assets/new", "塘"))
		storetest.Must(t, keep(clerk, "assets/new", "鱼塘"))
		clock.Set(storetest.Noon.Add(time.Minute))
		storetest.Must(t, keep(clerk, "tenders/new/a1", "出租"))
		own, err := drafts.Own(ctx, clerk)
		storetest.Must(t, err)
		if got := storetest.IDs(own, func(d identity.Draft) string {
			return d.Form + "=" + d.Value("name")
		}); got != "tenders/new/a1=出租 assets/new=鱼塘" {
			t.Errorf("the clerk has %s", got)
		}
		for who, form := range map[string]string{"clerk2": "assets/new", "clerk1": "assets/new ", "": "assets/new"} {
			if _, err := drafts.Find(ctx, identity.Actor{PersonID: who}, form); fault.CodeOf(err) != fault.NotFound {
				t.Errorf("%s finds %q: %v", who, form, err)
			}
		}
		storetest.Must(t, drafts.Drop(ctx, other, "assets/new")) // there is none of his
		if d, err := drafts.Find(ctx, clerk, "assets/new"); err != nil || d.Typed["name"][1] != "“二”" ||
			d.SavedAt.UnixMilli() != storetest.Noon.UnixMilli() {
			t.Errorf("%+v, %v", d, err)
		}
		if err := db.KeepDraft(ctx, "clerk1", identity.Draft{
			Form:    "assets/a1",
			SavedAt: storetest.Noon,
		}, 2); fault.CodeOf(err) != fault.Conflict {
			t.Errorf("one too many: %v", err)
		}
		// the same again
		storetest.Must(t, db.KeepDraft(ctx, "clerk1", identity.Draft{Form: "assets/new", SavedAt: storetest.Noon}, 2))
		long := string(make([]byte, identity.DraftBytes))
		if err := keep(clerk, "assets/new", long); fault.CodeOf(err) != fault.Invalid {
			t.Errorf("too long: %v", err)
		}
		if err := keep(identity.Actor{}, "assets/new", "x"); fault.CodeOf(err) != fault.Unauthenticated {
			t.Errorf("nobody: %v", err)
		}
		storetest.Must(t, drafts.Drop(ctx, clerk, "tenders/new/a1"))
		clock.Set(storetest.Noon.Add(identity.DraftFor))
		if own, err := drafts.Own(ctx, clerk); err != nil || len(own) > 0 {
			t.Errorf("after its time: %v, %v", own, err)
		}
		if _, err := drafts.Find(ctx, clerk, "assets/new"); fault.CodeOf(err) != fault.NotFound {
			t.Errorf("after its time: %v", err)
		}
		storetest.Must(t, keep(other, "assets/new", "别人的"))
		swept, stop := context.WithCancel(ctx)
		var running sync.WaitGroup
		running.Go(func() { drafts.Run(swept) })
		for deadline := time.Now().
			Add(10 * time.Second); len(storetest.Query[string](t, db, "SELECT person_id FROM drafts")) > 1 &&
			time.Now().Before(deadline); {
			time.Sleep(10 * time.Millisecond)
		}
		stop()
		running.Wait()
		if left := storetest.Query[string](t, db, "SELECT person_id FROM drafts"); len(left) != 1 ||
			left[0] != "clerk2" {
			t.Errorf("the table keeps %v", left)
		}
	})
}
