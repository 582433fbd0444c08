package store_test

import (
	"context"
	"testing"

	"sunlot/disclosure/power"
	"sunlot/internal/casework"
	"sunlot/internal/identity"
	"sunlot/internal/store/storetest"
)

// TestWhatCannotBeAnIDNarrowsToNothing: a list is narrowed by what stands in an
// address, which may be anything; MySQL refuses to compare some of it.
func TestWhatCannotBeAnIDNarrowsToNothing(t *testing.T) {
	lists := map[string]func(ctx context.Context, db *storetest.DB, of string) (int, error){
		"assets": func(ctx context.Context, db *storetest.DB, of string) (int, error) {
			_, n, err := db.Assets(ctx, casework.Query{Scope: identity.Everywhere, Parent: of})
			return n, err
		},
		"tenders": func(ctx context.Context, db *storetest.DB, of string) (int, error) {
			_, n, err := db.Tenders(ctx, casework.Query{Scope: identity.Everywhere, Parent: of})
			return n, err
		},
		"lots": func(ctx context.Context, db *storetest.DB, of string) (int, error) {
			_, n, err := db.Lots(ctx, casework.Query{Scope: identity.Everywhere, Parent: of})
			return n, err
		},
		"registrations": func(ctx context.Context, db *storetest.DB, of string) (int, error) {
			_, n, err := db.Registrations(ctx, casework.Query{Scope: identity.Everywhere, Parent: of})
			return n, err
		},
		"projects": func(ctx context.Context, db *storetest.DB, of string) (int, error) {
			_, n, err := db.Projects(ctx, casework.Query{Scope: identity.Everywhere, Parent: of})
			return n, err
		},
		"items": func(ctx context.Context, db *storetest.DB, of string) (int, error) {
			_, n, err := db.Items(ctx, power.Query{Scope: identity.Everywhere, Category: power.Category(of)})
			return n, err
		},
	}
	storetest.Each(t, func(t *testing.T, db *storetest.DB) {
		for name, list := range lists {
			for _, of := range []string{"工程", "a b", "\x00", "x' OR '1'='1"} {
				if n, err := list(t.Context(), db, of); n != 0 || err != nil {
					t.Errorf("%s of %q: %d, %v", name, of, n, err)
				}
			}
		}
	})
}
