package caseworkdb_test

import (
	"errors"
	"fmt"
	"slices"
	"sync"
	"testing"

	"sunlot/internal/identity"
	"sunlot/internal/store"
	"sunlot/internal/store/storetest"
)

// Numbers run from 1 by township and year, none twice though several draw at once,
// and what is taken back leaves no gap.
func TestNumbersOfATownshipsYear(t *testing.T) {
	t.Parallel()
	storetest.EachCounty(t, func(t *testing.T, db *storetest.DB, _ *storetest.HandClock) {
		draw := func(at identity.Path, year int, end error) (number string) {
			err := storetest.Act(t, db, func(tx storetest.TradeTx) error {
				township, n, err := tx.NextNumber(at, year)
				number = fmt.Sprint(township, " ", year, " ", n)
				return errors.Join(err, end)
			})
			if !errors.Is(err, end) {
				t.Fatal(err)
			}
			return number
		}
		township := "/c/t1/"
		first := draw(identity.Path(township+"v1/"), 2026, nil)
		draw(identity.Path(township+"v1/"), 2026, errors.New("not today"))
		all := []string{first,
			draw(identity.Path(township+"v2/"), 2026, nil),
			draw(identity.Path(township+"v1/"), 2027, nil),

			draw("/c/", 2026, nil)}
		want := []string{"东 2026 1", "东 2026 2", "东 2027 1", "示范县 2026 1"}
		if !slices.Equal(all, want) {
			t.Errorf("%v, want %v", all, want)
		}
		storetest.Must(t, db.InTx(t.Context(), func(tx *store.Tx) error {
			return tx.SQL().Exec("UPDATE orgs SET name = '东镇' WHERE id = 't10'").Error
		}))
		if twin := draw("/c/t10/v2/", 2026, nil); twin != "东 2026 3" {
			t.Errorf("a township called alike begins with %s", twin)
		}
		var mu sync.Mutex
		var group sync.WaitGroup
		seen := map[string]bool{}
		for range 20 {
			group.Go(func() {
				n := draw(identity.Path(township), 2030, nil)
				mu.Lock()
				defer mu.Unlock()
				seen[n] = true
			})
		}
		group.Wait()
		if len(seen) != 20 || !seen["东 2030 20"] {
			t.Errorf("20 draws gave %v", seen)
		}
	})
}
