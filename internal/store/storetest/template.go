package storetest

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"sync"

	"sunlot/internal/store"
)

// Prepare makes an empty database one that has been migrated, as a copy of one
// that was: the migrations' own tests run them, the others need only what they
// leave. What has tables already stays as it is.
func Prepare(ctx context.Context, c store.Config) error {
	if c.DSN == "" {
		return prepareFile(c)
	}
	return prepareSchema(ctx, c)
}

// bySet makes a thing once for each of the two sets of migrations.
func bySet[T any](make func(store.Set) (T, error)) func(store.Set) (T, error) {
	public := sync.OnceValues(func() (T, error) { return make(store.Public) })
	lead := sync.OnceValues(func() (T, error) { return make(store.Lead) })
	return func(set store.Set) (T, error) {
		if set == store.Lead {
			return lead()
		}
		return public()
	}
}

const sqliteFile = "sunlot.db"

// migratedFile is SQLite's database after all migrations.
var migratedFile = bySet(func(set store.Set) ([]byte, error) {
	dir, err := os.MkdirTemp("", "sunlot-migrated-")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(dir)
	if err := migrate(store.Config{Set: set, Dir: dir}); err != nil {
		return nil, err
	}
	path := filepath.Join(dir, sqliteFile)
	if _, err := os.Stat(path + "-wal"); !errors.Is(err, os.ErrNotExist) {
		return nil, fmt.Errorf("storetest: closing left something beside %s", sqliteFile)
	}
	return os.ReadFile(path)
})

// migrate runs the migrations and lets go of the database.
func migrate(c store.Config) error {
	ctx := context.Background()
	db, err := store.Open(ctx, c)
	if err != nil {
		return err
	}
	return errors.Join(db.Migrate(ctx), db.Close())
}

func prepareFile(c store.Config) error {
	path := filepath.Join(c.Dir, sqliteFile)
	if _, err := os.Stat(path); err == nil {
		return nil
	}
	file, err := migratedFile(c.Set)
	if err == nil {
		err = os.MkdirAll(c.Dir, 0o700)
	}
	if err != nil {
		return err
	}
	return os.WriteFile(path, file, 0o600)
}
