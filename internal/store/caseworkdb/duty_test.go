package caseworkdb_test

import (
	"errors"
	"fmt"
	"testing"
	"time"

	"sunlot/internal/casework"
	"sunlot/internal/identity"
	"sunlot/internal/store/storetest"
)

var (
	mend = &casework.DutyKind{Name: "mend", Label: "修"}
	sow  = &casework.DutyKind{Name: "sow", Label: "播"}
	sign = &casework.DutyKind{Name: "sign", Label: "签", Own: true}
)

func dutyID(d casework.Duty) string { return fmt.Sprint(d.Kind, ":", d.Noun, ":", d.Due) }

func owe(t *testing.T, db *storetest.DB, k *casework.DutyKind, d casework.Duty) {
	t.Helper()
	storetest.Must(t, storetest.Act(t, db, func(tx storetest.TradeTx) error { return tx.Owe(k, d) }))
}

func waiting(t *testing.T, db *storetest.DB, held ...casework.Holding) []casework.Duty {
	t.Helper()
	list, total, err := db.Duties(t.Context(), casework.DutyQuery{Held: held, On: "2026-12-01"})
	storetest.Must(t, err)
	if total != len(list) {
		t.Errorf("%d of %d", len(list), total)
	}
	return list
}

// Owed twice it is the same duty with the newer words and days; settled twice it
// stays settled; owed again after that it is another.
func TestADutyIsOwedOnceAndSettledOnce(t *testing.T) {
	t.Parallel()
	storetest.EachCounty(t, func(t *testing.T, db *storetest.DB, clock *storetest.HandClock) {
		in := casework.Holding{Kinds: []string{"mend"}, Scope: storetest.East}
		d := casework.Duty{Noun: "barn:b1", Path: "/c/t1/v1/", Title: "谷仓", Note: "漏", Due: "2026-12-01"}
		owe(t, db, mend, d)
		first := waiting(t, db, in)[0]
		clock.Set(storetest.Noon.Add(time.Hour))
		d.Title, d.Due, d.Case = "旧谷仓", "2026-12-09", "c1"
		owe(t, db, mend, d)
		want := first
		want.Title, want.Due, want.Case = "旧谷仓", "2026-12-09", "c1"
		storetest.Same(t, "owed twice", waiting(t, db, in), []casework.Duty{want})
		if first.Case != "b1" || first.OwedAt.IsZero() {
			t.Errorf("%+v", first)
		}
		for _, by := range []string{"clerk1", "clerk2"} {
			storetest.Must(t, storetest.Act(t, db, func(tx storetest.TradeTx) error {
				return errors.Join(tx.Settle(mend, "barn:b1", by), tx.Settle(mend, "barn:none", by))
			}))
		}
		if left := waiting(t, db, in); len(left) != 0 {
			t.Errorf("settled, there is %+v", left)
		}
		rows := storetest.Query[struct{ SettledBy string }](t, db,
			"SELECT settled_by FROM duties WHERE noun = 'barn:b1'")
		if len(rows) != 1 || rows[0].SettledBy != "clerk1" {
			t.Errorf("settled by %+v", rows)
		}
		owe(t, db, mend, d)
		if again := waiting(t, db, in); len(again) != 1 || again[0].ID == first.ID {
			t.Errorf("owed anew: %+v", again)
		}
		if err := storetest.Act(t, db, func(tx storetest.TradeTx) error { return tx.Owe(sign, d) }); err == nil {
			t.Error("a person's own duty names nobody")
		}
	})
}

// What is refused leaves nothing owed and nothing settled.
func TestARefusedActOwesNothing(t *testing.T) {
	t.Parallel()
	storetest.EachCounty(t, func(t *testing.T, db *storetest.DB, _ *storetest.HandClock) {
		d := casework.Duty{Noun: "barn:b1", Path: "/c/t1/v1/"}
		owe(t, db, mend, d)
		no := errors.New("refused")
		err := storetest.Act(t, db, func(tx storetest.TradeTx) error {
			return errors.Join(tx.Settle(mend, d.Noun, "p"), tx.Owe(sow, d), no)
		})
		if !errors.Is(err, no) {
			t.Fatal(err)
		}
		left := waiting(t, db, casework.Holding{Kinds: []string{"mend", "sow"}, Scope: identity.Everywhere})
		if len(left) != 1 || left[0].Kind != "mend" {
			t.Errorf("%+v", left)
		}
	})
}

// A desk is what is held: kinds where, one's own, until a day; what is due first
// comes first and what has no day last, and what is not yet on the desk is not.
func TestADeskOfDuties(t *testing.T) {
	t.Parallel()
	storetest.EachCounty(t, func(t *testing.T, db *storetest.DB, _ *storetest.HandClock) {
		for _, d := range []casework.Duty{
			{Noun: "barn:none", Path: "/c/t1/v1/"},
			{Noun: "barn:late", Path: "/c/t1/v1/", Due: "2026-12-09"},
			{Noun: "barn:soon", Path: "/c/t1/v1/g1/", Due: "2026-11-30"},
			{Noun: "barn:west", Path: "/c/t10/v2/", Due: "2026-12-02"},
			{Noun: "barn:ahead", Path: "/c/t1/v1/", From: "2026-12-02", Due: "2026-12-30"},
		} {
			owe(t, db, mend, d)
		}
		owe(t, db, sow, casework.Duty{Noun: "barn:late", Path: "/c/t1/v1/", Due: "2026-12-01"})
		for _, p := range []string{"rep1", "rep2"} {
			owe(t, db, sign, casework.Duty{Noun: "barn:late", Path: "/c/t1/v1/", Person: p, Due: "2026-12-03"})
		}
		both := []string{"mend", "sow"}
		for _, c := range []struct {
			held []casework.Holding
			want string
		}{
			{[]casework.Holding{{Kinds: both, Scope: storetest.East}},
				"mend:barn:soon:2026-11-30 sow:barn:late:2026-12-01 mend:barn:late:2026-12-09 mend:barn:none:"},
			{[]casework.Holding{{Kinds: both[:1], Scope: storetest.West}, {Kinds: both[1:], Scope: storetest.East}},
				"sow:barn:late:2026-12-01 mend:barn:west:2026-12-02"},
			{[]casework.Holding{{Kinds: both, Scope: identity.Everywhere, DueBy: "2026-12-02"}},
				"mend:barn:soon:2026-11-30 sow:barn:late:2026-12-01 mend:barn:west:2026-12-02"},
			{[]casework.Holding{{Kinds: []string{"sign"}, Person: "rep1"}}, "sign:barn:late:2026-12-03"},
			{[]casework.Holding{{Kinds: []string{"sign"}, Person: "rep1"}, {Kinds: both[1:], Scope: storetest.East}},
				"sow:barn:late:2026-12-01 sign:barn:late:2026-12-03"},
			{[]casework.Holding{{Kinds: both}}, ""},
			{nil, ""},
		} {
			if got := storetest.IDs(waiting(t, db, c.held...), dutyID); got != c.want {
				t.Errorf("%+v:\n got %s\nwant %s", c.held, got, c.want)
			}
		}
		counts, err := db.CountDuties(t.Context(), casework.DutyQuery{
			Held: []casework.Holding{{Kinds: both, Scope: storetest.East}},
			On:   "2026-12-01",
		})
		storetest.Must(t, err)
		of := map[string]casework.DutyCount{}
		for _, n := range counts {
			of[n.Kind] = n
		}
		storetest.Same(t, "counts", of, map[string]casework.DutyCount{
			"mend": {Kind: "mend", Count: 3, Late: 1},
			"sow":  {Kind: "sow", Count: 1},
		})
		of2, err := db.DutiesOf(t.Context(), []string{"late", "none", "桥", ""})
		storetest.Must(t, err)
		if len(of2) != 5 {
			t.Errorf("of the cases: %s", storetest.IDs(of2, dutyID))
		}
	})
}
