package tradingdb_test

import (
	"errors"
	"fmt"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"sunlot/internal/casework"
	"sunlot/internal/event"
	"sunlot/internal/fault"
	"sunlot/internal/identity"
	"sunlot/internal/store/storetest"
	"sunlot/trading"
	"sunlot/trading/resolving"
)

// together runs fn n times at once, each as a request of its own.
func together(t *testing.T, db *storetest.DB, n int, fn func(i int, tx storetest.TradeTx) error) (refused int64) {
	t.Helper()
	var all sync.WaitGroup
	var count atomic.Int64
	for i := range n {
		all.Go(func() {
			r := event.Request{
				Actor:  "clerk1",
				Kind:   "together",
				ID:     fmt.Sprintf("%s-%d", t.Name()[:8], i),
				Digest: storetest.Hash('0'),
			}
			_, err := db.WriteResolution(t.Context(), r, func(tx resolving.Tx) (string, error) {
				return "", fn(i, tx.(storetest.TradeTx))
			})
			if fault.CodeOf(err) == fault.Conflict {
				count.Add(1)
			} else if err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
	return count.Load()
}

// Loading a resolution locks it: two drafts cannot both find it unused.
func TestAResolutionCarriesOneTender(t *testing.T) {
	t.Parallel()
	eachTrade(t, func(t *testing.T, db *storetest.DB, _ *storetest.HandClock) {
		first := letting()
		first.Version, first.State = 2, trading.Withdrawn
		storetest.Must(t, storetest.Act(t, db, func(tx storetest.TradeTx) error { return tx.SaveTender(first) }))
		refused := together(t, db, 8, func(i int, tx storetest.TradeTx) error {
			if _, err := tx.Resolution("r1", storetest.East); err != nil {
				return err
			}
			n := letting()
			n.ID = fmt.Sprintf("new%d", i)
			used, err := rests(tx, n.ID)
			if err != nil || used {
				return errors.Join(err, fault.New(fault.Conflict, "已用"))
			}
			time.Sleep(5 * time.Millisecond)
			return tx.SaveTender(n)
		})
		_, total, err := db.Tenders(t.Context(), casework.Query{
			Scope:  storetest.East,
			States: []casework.State{trading.Drafted},
		})
		if err != nil || total != 1 || refused != 7 {
			t.Errorf("%d tenders, %d refused, %v", total, refused, err)
		}
	})
}

// Loading an asset locks it: of many who saw the same version one saves.
func TestOneOfManyChangesAVersion(t *testing.T) {
	t.Parallel()
	eachTrade(t, func(t *testing.T, db *storetest.DB, _ *storetest.HandClock) {
		refused := together(t, db, 8, func(i int, tx storetest.TradeTx) error {
			a, err := tx.Asset("a1", storetest.East)
			if err != nil {
				return err
			}
			if a.Version != 1 {
				return fault.New(fault.Conflict, "已修改")
			}
			a.Version, a.Use = 2, fmt.Sprint(i)
			return tx.SaveAsset(a)
		})
		if a, err := db.Asset(t.Context(), "a1", storetest.East); err != nil || a.Version != 2 || refused != 7 {
			t.Errorf("version %d, %d refused, %v", a.Version, refused, err)
		}
	})
}

// The longest texts that the forms let through, in characters of four bytes, fit.
func TestLongestTextsFit(t *testing.T) {
	t.Parallel()
	eachTrade(t, func(t *testing.T, db *storetest.DB, _ *storetest.HandClock) {
		long := func(n int) string { return strings.Repeat("𠮷", n) }
		a := pond()
		r := vote()
		n := letting()
		a.ID = "aaaaaaaaaaaaaaaa"
		a.Name = long(60)
		a.Location = long(120)
		a.Use = long(200)
		a.Title = long(300)
		a.LastTenant = long(60)
		a.Path = identity.Path("/" + strings.Repeat("aaaaaaaaaaaaaaaa/", 6))
		r.ID = "bbbbbbbbbbbbbbbb"
		r.Asset = a.ID
		r.Path = a.Path
		r.Votes = nil
		for range 500 {
			r.Votes = append(r.Votes, trading.Vote{Name: long(30), Choice: trading.Absent})
		}
		n.ID = "cccccccccccccccc"
		n.Asset = a.ID
		n.Resolution = r.ID
		n.Path = a.Path
		n.Title = long(80)
		n.Conditions = long(2000)
		n.Qualification = long(1000)
		n.Material = long(1000)
		n.Warnings = long(1000)
		for range 60 {
			n.Mend = append(n.Mend, fault.Field{Name: long(40), Message: long(300)})
		}
		storetest.Must(t, storetest.Act(t, db, func(tx storetest.TradeTx) error {
			return errors.Join(tx.SaveAsset(a), tx.SaveResolution(r), tx.SaveTender(n),
				tx.AddAct(casework.Act{
					Noun:    n.Stream(),
					Kind:    "tender.returned",
					At:      storetest.Minute,
					Reasons: n.Mend,
				}))
		}))
		gotA, errA := db.Asset(t.Context(), a.ID, identity.Everywhere)
		gotR, errR := db.Resolution(t.Context(), r.ID, identity.Everywhere)
		gotN, errN := db.Tender(t.Context(), n.ID, identity.Everywhere)
		if err := errors.Join(errA, errR, errN); err != nil || gotA.Title != a.Title || len(gotR.Votes) != 500 ||
			gotN.Conditions != n.Conditions || len(gotN.Mend) != 60 {
			t.Errorf("cut: %v", err)
		}
	})
}
