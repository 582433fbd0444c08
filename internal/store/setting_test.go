package store_test

import (
	"testing"

	"sunlot/internal/store/storetest"
)

func TestSettings(t *testing.T) {
	t.Parallel()
	storetest.EachCounty(t, func(t *testing.T, db *storetest.DB, _ *storetest.HandClock) {
		if _, found, err := db.Setting(t.Context(), "demonstration"); found || err != nil {
			t.Errorf("%v, %v", found, err)
		}
		for _, value := range []string{"", "是", "否"} {
			storetest.Must(t, db.SetSetting(t.Context(), "demonstration", value))
			if got, found, err := db.Setting(t.Context(), "demonstration"); got != value || !found || err != nil {
				t.Errorf("%q, %v, %v", got, found, err)
			}
		}
	})
}
