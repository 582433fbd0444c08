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
	t.Parallel()
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

// TestATextIsLookedForInColumnsOfPlainSigns: a login or a number has none but
// plain signs, and MySQL refuses to compare others with its column. Whoever looks
// for a name in Chinese finds it all the same.
func TestATextIsLookedForInColumnsOfPlainSigns(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *storetest.DB) {
		for _, text := range []string{"张三", "青塘村 BD7", "é", "1042"} {
			if _, _, err := db.People(t.Context(), identity.Everywhere, text, "", identity.Page{}); err != nil {
				t.Errorf("people with %q: %v", text, err)
			}
			q := casework.Query{Scope: identity.Everywhere, Text: text}
			for name, err := range map[string]error{
				"registrations": failing(db.Registrations(t.Context(), q)),
				"deposits":      failing(db.Deposits(t.Context(), q)),
				"contracts":     failing(db.Contracts(t.Context(), q)),
				"awards":        failing(db.Awards(t.Context(), q)),
				"lots":          failing(db.Lots(t.Context(), q)),
				"objections":    failing(db.ObjectionsIn(t.Context(), q)),
				"projects":      failing(db.Projects(t.Context(), q)),
			} {
				if err != nil {
					t.Errorf("%s with %q: %v", name, text, err)
				}
			}
		}
	})
}

func failing[T any](_ []T, _ int, err error) error { return err }
