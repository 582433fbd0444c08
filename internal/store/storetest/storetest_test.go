package storetest_test

import (
	"context"
	"testing"

	"sunlot/internal/store/storetest"
)

func TestEachGivesBothDatabasesReady(t *testing.T) {
	t.Parallel()
	seen := map[string]bool{}
	storetest.Each(t, func(t *testing.T, db *storetest.DB) {
		ready, err := db.Migrated(context.Background())
		if err != nil || !ready {
			t.Fatalf("migrated = %v, %v", ready, err)
		}
		seen[db.Dialect()] = true
	})
	if !seen["sqlite"] || !seen["mysql"] {
		t.Fatalf("ran on %v", seen)
	}
}
