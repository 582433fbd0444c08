package identitydb_test

import (
	"testing"
	"time"

	"sunlot/internal/identity"
	"sunlot/internal/store/storetest"
)

func TestRepresentativesOfAPlace(t *testing.T) {
	t.Parallel()
	storetest.EachCounty(t, func(t *testing.T, db *storetest.DB, clock *storetest.HandClock) {
		for place, want := range map[identity.Path]string{
			"/c/t1/v1/g1/": "rep1 rep2",
			"/c/t1/v1/":    "rep2",
			"/c/t10/v2/":   "",
			"/c/":          "",
			"":             "",
		} {
			people, err := db.Representatives(t.Context(), place)
			if got := storetest.IDs(people, func(p identity.Person) string { return p.ID }); err != nil || got != want {
				t.Errorf("%s: %s, want %s; %v", place, got, want, err)
			}
		}
		clock.Set(storetest.Noon.Add(-90 * time.Minute)) // before their roles began
		storetest.Must(t, storetest.Act(t, db, func(tx storetest.TradeTx) error {
			people, err := tx.Representatives("/c/t1/v1/g1/")
			if len(people) != 0 {
				t.Errorf("%+v", people)
			}
			return err
		}))
	})
}
