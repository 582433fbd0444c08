package store

import (
	"context"
	"database/sql"
	"embed"
	"fmt"
	"io/fs"

	"github.com/pressly/goose/v3"
)

//go:embed migrations
var migrations embed.FS

// Migrate brings the tables up to this program's version. Several nodes may
// call it at once; one does the work. There is no way back: restore a backup.
func (db *DB) Migrate(ctx context.Context) error {
	conn, err := db.writer.DB()
	if err != nil {
		return err
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
	files, err := fs.Sub(migrations, "migrations/"+db.dialect)
	if err != nil {
		return nil, err
	}
	return goose.NewProvider(dialect, conn, files, goose.WithDisableGlobalRegistry(true))
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
