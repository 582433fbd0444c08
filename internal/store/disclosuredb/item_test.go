package disclosuredb_test

import (
	"errors"
	"testing"
	"time"

	"sunlot/disclosure/power"
	"sunlot/internal/casework"
	"sunlot/internal/event"
	"sunlot/internal/fault"
	"sunlot/internal/identity"
	"sunlot/internal/store/storetest"
)

// item is a first draft of the eastern township.
func item(id, number, name string) power.Item {
	return power.Item{
		ID:      id,
		Path:    "/c/t1/",
		State:   power.Drafted,
		Version: 1,
		ItemForm: power.ItemForm{
			Number:   number,
			Name:     name,
			Category: "works",
			Basis:    []power.Basis{{Title: "示范办法", Article: "第三条"}},
			Steps:    []power.ItemStep{{Name: "立项", Who: "村委会", Days: 3, Leaves: "会议记录", Stage: "need"}},
			Risks:    "风险",
		},
		DraftedBy: "clerk1",
	}
}

// published is an item's first edition.
func published(i power.Item) power.Item {
	i.State = power.Published
	i.Edition = 1
	i.PublishedBy = "clerk2"
	i.PublishedAt = storetest.Minute
	i.Document = storetest.Hash('d')
	i.Event = event.Ref{Stream: i.Stream(), Seq: 1}
	return i
}

// write runs fn as one act of clerk1.
func write(t *testing.T, db *storetest.DB, fn func(power.Tx) error) error {
	t.Helper()
	once := event.Request{Actor: "clerk1", Kind: "item.act", ID: event.NewID(), Digest: storetest.Hash('0')}
	_, err := db.WriteItem(t.Context(), once, func(tx power.Tx) (string, error) { return "", fn(tx) })
	return err
}

func save(t *testing.T, db *storetest.DB, items ...power.Item) {
	t.Helper()
	storetest.Must(t, write(t, db, func(tx power.Tx) error {
		var errs []error
		for _, i := range items {
			errs = append(errs, tx.SaveItem(i))
		}
		return errors.Join(errs...)
	}))
}

func TestAnItemComesBackAsItWent(t *testing.T) {
	t.Parallel()
	storetest.EachCounty(t, func(t *testing.T, db *storetest.DB, _ *storetest.HandClock) {
		draft := item("i1", "GC-01", "工程建设")
		first := published(draft)
		first.Version = 2
		revising := first
		revising.Version, revising.State, revising.DraftedBy = 3, power.Revising, "clerk2"
		next := first.ItemForm
		next.Name, next.Steps = "工程建设管理", nil
		revising.Draft = &next
		for _, want := range []power.Item{draft, first, revising} {
			save(t, db, want)
			got, err := db.Item(t.Context(), "i1", storetest.East)
			storetest.Must(t, err)
			storetest.Same(t, "item", got, want)
			storetest.Must(t, write(t, db, func(tx power.Tx) error {
				got, err := tx.Item("i1", storetest.East)
				storetest.Same(t, "item in a transaction", got, want)
				return err
			}))
		}
		err := write(t, db, func(tx power.Tx) error { return tx.SaveItem(revising) })
		if fault.CodeOf(err) != fault.Conflict || len(fault.FieldsOf(err)) != 0 {
			t.Errorf("an outdated copy: %v", err)
		}
	})
}

func TestAnItemOfAnotherPlaceIsNotFound(t *testing.T) {
	t.Parallel()
	storetest.EachCounty(t, func(t *testing.T, db *storetest.DB, _ *storetest.HandClock) {
		save(t, db, item("i1", "GC-01", "工程建设"))
		storetest.Must(t, write(t, db, func(tx power.Tx) error {
			for _, c := range []struct {
				id   string
				in   identity.Scope
				want fault.Code
			}{
				{"i1", storetest.East, ""},
				{"i1", identity.Everywhere, ""},
				{"i1", storetest.West, fault.NotFound},
				{"i1", identity.Scope{"/c/t1/v1/"}, fault.NotFound},
				{"i1", nil, fault.NotFound},
				{"i1 ", storetest.East, fault.NotFound},
				{"I1", storetest.East, fault.NotFound},
				{"事项", storetest.East, fault.NotFound},
				{"", storetest.East, fault.NotFound},
			} {
				_, inside := tx.Item(c.id, c.in)
				_, outside := db.Item(t.Context(), c.id, c.in)
				if fault.CodeOf(inside) != c.want || fault.CodeOf(outside) != c.want {
					t.Errorf("%q in %v: %v, %v", c.id, c.in, inside, outside)
				}
			}
			return nil
		}))
	})
}

// A number is a place's own: another township may use it too.
func TestANumberIsGivenOnceInAPlace(t *testing.T) {
	t.Parallel()
	storetest.EachCounty(t, func(t *testing.T, db *storetest.DB, _ *storetest.HandClock) {
		elsewhere := item("i2", "GC-01", "工程建设")
		elsewhere.Path = "/c/t10/"
		save(t, db, item("i1", "GC-01", "工程建设"), elsewhere, item("i3", "GC-03", "其他"))
		renumbered := item("i3", "GC-01", "其他")
		renumbered.Version = 2
		for name, second := range map[string]power.Item{
			"a new one":        item("i4", "GC-01", "又一项"),
			"a renumbered one": renumbered,
		} {
			err := write(t, db, func(tx power.Tx) error { return tx.SaveItem(second) })
			if fields := fault.FieldsOf(err); fault.CodeOf(err) != fault.Conflict || len(fields) != 1 ||
				fields[0].Name != "number" {
				t.Errorf("%s: %v", name, err)
			}
		}
	})
}

func TestListsOfItems(t *testing.T) {
	t.Parallel()
	storetest.EachCounty(t, func(t *testing.T, db *storetest.DB, _ *storetest.HandClock) {
		revising := published(item("i2", "GC-02", "维修100%"))
		revising.State = power.Revising
		assets := published(item("i3", "AS-01", "资产Lease"))
		assets.Category, assets.PublishedAt = "assets", storetest.Minute.Add(time.Hour)
		west := published(item("i4", "GC-00", "工程建设"))
		west.Path = "/c/t10/"
		save(t, db, item("i1", "GC-01", "工程建设"), revising, assets, west)
		all, drafted := identity.Everywhere, []casework.State{power.Drafted, power.Revising}
		for _, c := range []struct {
			q     power.Query
			want  string
			total int
		}{
			{power.Query{Scope: all}, "i3 i4 i1 i2", 4},
			{power.Query{Scope: all, Public: true}, "i3 i4 i2", 3},
			{power.Query{Scope: storetest.East}, "i3 i1 i2", 3},
			{power.Query{}, "", 0},
			{power.Query{Scope: all, Category: "works"}, "i4 i1 i2", 3},
			{power.Query{Scope: all, Category: "works", Public: true}, "i4 i2", 2},
			{power.Query{Scope: all, States: drafted}, "i1 i2", 2},
			{power.Query{Scope: all, Text: "建设"}, "i4 i1", 2},
			{power.Query{Scope: all, Text: "gc-0"}, "i4 i1 i2", 3},
			{power.Query{Scope: all, Text: "0%"}, "i2", 1},
			{power.Query{Scope: storetest.West, Text: "lease"}, "", 0},
			{power.Query{Scope: all, Page: identity.Page{Number: 2, Size: 3}}, "i2", 4},
			{power.Query{Scope: all, Page: identity.Page{Number: 3, Size: 3}}, "", 4},
		} {
			got, total, err := db.Items(t.Context(), c.q)
			if ids := storetest.IDs(got, func(i power.Item) string { return i.ID }); err != nil || ids != c.want ||
				total != c.total {
				t.Errorf("%+v: %s (%d), want %s (%d); %v", c.q, ids, total, c.want, c.total, err)
			}
		}
	})
}
