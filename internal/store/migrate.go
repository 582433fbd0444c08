package store

import (
	"context"
	"database/sql"
	"embed"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"

	"github.com/pressly/goose/v3"
)

//go:embed migrations
var migrations embed.FS

// Set says whose tables a database has. What both houses need comes from the
// folder "both"; neither has the other's tables, and each counts its migrations
// in a table of its own, so that one house's database is refused by the other.
// A migration's number is used once in a set, and applied ones never change.
type Set string

const (
	Public Set = "public" // the platform's
	Lead   Set = "lead"   // the discipline office's own house
)

// Migrate brings the tables up to this program's version. Several nodes may
// call it at once; one does the work. There is no way back: restore a backup.
func (db *DB) Migrate(ctx context.Context) error {
	conn, err := db.patient()
	if err != nil {
		return err
	}
	if db.server != nil {
		defer conn.Close()
	}
	provider, err := db.provider(conn)
	if err != nil {
		return err
	}
	free, err := db.migrateAlone(ctx, conn)
	if err != nil {
		return err
	}
	defer free()
	if _, err := provider.Up(ctx); err != nil {
		return fmt.Errorf("store: migrate: %w", err)
	}
	return nil
}

// patient is a pool for statements that may take long.
func (db *DB) patient() (*sql.DB, error) {
	if db.server == nil {
		return db.writer.DB()
	}
	slow := db.server.Clone()
	slow.ReadTimeout = migrationLimit
	return connect(slow, 4)
}

// Migrated says whether the tables are those of this program.
func (db *DB) Migrated(ctx context.Context) (bool, error) {
	conn, err := db.writer.DB()
	if err != nil {
		return false, err
	}
	provider, err := db.provider(conn)
	if err != nil {
		return false, err
	}
	pending, err := provider.HasPending(ctx)
	return !pending, err
}

func (db *DB) provider(conn *sql.DB) (*goose.Provider, error) {
	dialect := goose.DialectMySQL
	if db.dialect == "sqlite" {
		dialect = goose.DialectSQLite3
	}
	var files folders
	engine, err := db.engine(context.Background())
	if err != nil {
		return nil, err
	}
	for _, set := range []Set{"both", db.set} {
		folder, err := fs.Sub(migrations, path.Join("migrations", string(set), db.dialect))
		if err != nil {
			return nil, err
		}
		if engine == tidb {
			folder = withoutTriggers{folder}
		}
		files = append(files, folder)
	}
	return goose.NewProvider(dialect, conn, files, goose.WithDisableGlobalRegistry(true),
		goose.WithTableName("migrations_of_"+string(db.set)))
}

// tidb has no triggers; the account's rights, which are tried, do without.
const tidb = "TiDB"

// engine is the server's kind, as far as it makes a difference.
func (db *DB) engine(ctx context.Context) (string, error) {
	if db.dialect == "sqlite" {
		return "", nil
	}
	var version string
	if err := db.read.WithContext(ctx).Raw("SELECT VERSION()").Row().Scan(&version); err != nil {
		return "", fmt.Errorf("store: the database's version: %w", err)
	}
	if strings.Contains(version, tidb) {
		return tidb, nil
	}
	return "", nil
}

// withoutTriggers leaves out the files of triggers.
type withoutTriggers struct{ fs.FS }

func (w withoutTriggers) ReadDir(name string) ([]fs.DirEntry, error) {
	all, err := fs.ReadDir(w.FS, name)
	return slices.DeleteFunc(all, func(e fs.DirEntry) bool {
		return strings.HasSuffix(e.Name(), "_triggers.sql")
	}), err
}

// folders are read as one.
type folders []fs.FS

// Open finds a file in the first folder that has it.
func (f folders) Open(name string) (file fs.File, err error) {
	for _, folder := range f {
		file, err = folder.Open(name)
		if err == nil {
			return file, nil
		}
	}
	return nil, err
}

// ReadDir lists the files of all folders by name.
func (f folders) ReadDir(name string) ([]fs.DirEntry, error) {
	var all []fs.DirEntry
	for _, folder := range f {
		entries, err := fs.ReadDir(folder, name)
		if err != nil {
			return nil, err
		}
		all = append(all, entries...)
	}
	slices.SortFunc(all, func(a, b fs.DirEntry) int { return strings.Compare(a.Name(), b.Name()) })
	return all, nil
}

// migrateAlone keeps other nodes out; a SQLite folder has only this process anyway.
func (db *DB) migrateAlone(ctx context.Context, pool *sql.DB) (free func(), err error) {
	if db.dialect == "sqlite" {
		return func() {}, nil
	}
	conn, err := pool.Conn(ctx)
	if err != nil {
		return nil, fmt.Errorf("store: migrate: %w", err)
	}
	var got sql.NullInt64
	err = conn.QueryRowContext(ctx, "SELECT GET_LOCK(CONCAT('sunlot-migrate-', DATABASE()), 120)").Scan(&got)
	if err == nil && got.Int64 != 1 {
		err = fmt.Errorf("another node has been migrating for two minutes")
	}
	if err != nil {
		conn.Close()
		return nil, fmt.Errorf("store: migrate: %w", err)
	}
	return func() {
		conn.ExecContext(context.WithoutCancel(ctx), "SELECT RELEASE_LOCK(CONCAT('sunlot-migrate-', DATABASE()))")
		conn.Close()
	}, nil
}
