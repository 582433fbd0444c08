package store

import (
	"database/sql"
	"errors"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"syscall"

	"github.com/glebarez/sqlite"
	"gorm.io/gorm"
)

// openSQLite opens sunlot.db in dir: WAL, every commit on disk before it is
// acknowledged, one writing connection, several that may only read.
func (db *DB) openSQLite(dir string) error {
	db.dialect = "sqlite"
	if dir == "" {
		return errors.New("store: SQLite needs a folder (SUNLOT_DATA)")
	}
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return fmt.Errorf("store: %w", err)
	}
	var err error
	db.lock, err = lockFolder(dir)
	if err != nil {
		return err
	}
	path := filepath.Join(dir, "sunlot.db")
	file, err := os.OpenFile(path, os.O_CREATE|os.O_RDWR, 0o600) // SQLite itself would make it readable for all
	if err != nil {
		return fmt.Errorf("store: %w", err)
	}
	file.Close()
	db.writer, err = openFile(path, 1, "_txlock=immediate", "recursive_triggers(1)")
	if err != nil {
		return err
	}
	db.read, err = openFile(path, 8, "", "query_only(1)")
	return err
}

func openFile(path string, connections int, option, pragma string) (*gorm.DB, error) {
	query := url.Values{"_pragma": {"busy_timeout(10000)", "journal_mode(WAL)", "synchronous(FULL)",
		"foreign_keys(1)", pragma}}
	dsn := (&url.URL{
		Scheme: "file",
		Opaque: (&url.URL{Path: path}).EscapedPath(),
	}).String() + "?" + query.Encode() + "&" + option
	conn, err := sql.Open(sqlite.DriverName, dsn)
	if err != nil {
		return nil, fmt.Errorf("store: %w", err)
	}
	opened, err := gorm.Open(sqlite.Dialector{Conn: pool(conn, connections)}, settings())
	if err != nil {
		conn.Close()
		return nil, fmt.Errorf("store: %s: %w", path, err)
	}
	return opened, nil
}

// lockFolder refuses a second process: two servers on one file would each have
// their own idea of which writes come one after another, and two sequencers.
func lockFolder(dir string) (*os.File, error) {
	file, err := os.OpenFile(filepath.Join(dir, "lock"), os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return nil, fmt.Errorf("store: %w", err)
	}
	if err := syscall.Flock(int(file.Fd()), syscall.LOCK_EX|syscall.LOCK_NB); err != nil {
		file.Close()
		return nil, fmt.Errorf("store: another process uses the folder %s", dir)
	}
	return file, nil
}
