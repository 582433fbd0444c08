package storetest

import (
	"slices"
	"strings"
	"testing"

	"sunlot/internal/store"
)

// TestAPreparedDatabaseIsAMigratedOne holds the copies against the migrations.
func TestAPreparedDatabaseIsAMigratedOne(t *testing.T) {
	t.Parallel()
	for _, set := range []store.Set{store.Public, store.Lead} {
		prepared, ran := store.Config{Set: set, DSN: Schema(t)}, store.Config{Set: set, DSN: Schema(t)}
		ok(t, Prepare(t.Context(), prepared))
		ok(t, Prepare(t.Context(), prepared)) // a second time changes nothing
		ok(t, migrate(ran))
		got, want := statementsOf(t, prepared.DSN), statementsOf(t, ran.DSN)
		if len(want) < 20 || !slices.Equal(got, want) {
			t.Errorf("%s: prepared\n%s\nmigrated\n%s", set, strings.Join(got, "\n"), strings.Join(want, "\n"))
		}
		for _, c := range []store.Config{prepared, {Set: set, Dir: t.TempDir()}} {
			if ready, err := Open(t, c).Migrated(t.Context()); err != nil || !ready {
				t.Errorf("%s: migrated = %v, %v", set, ready, err)
			}
		}
	}
}

// statementsOf are the tables, the triggers, and how many rows each has.
func statementsOf(t *testing.T, dsn string) []string {
	t.Helper()
	db, err := Raw(dsn)
	ok(t, err)
	defer db.Close()
	all, err := readStatements(t.Context(), db)
	ok(t, err)
	return slices.Concat(all.tables, all.rows)
}

func ok(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
