// Package store holds every SQL statement, for SQLite and for MySQL and its kin.
package store

import (
	"cmp"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	mysqldriver "github.com/go-sql-driver/mysql"
	"gorm.io/gorm"
	"gorm.io/gorm/logger"

	"sunlot/internal/calendar"
	"sunlot/internal/event"
)

// Config says which database to open.
type Config struct {
	DSN   string         // empty = SQLite in Dir; mysql://user:password@host:port/name = MySQL, MariaDB, TiDB
	Set   Set            // whose tables; empty = Public
	Dir   string         // the folder of the SQLite database; made when missing
	Clock calendar.Clock // the deciding time; nil = the machine's clock
	// Narrow refuses writes while the account may change or remove events or leaves.
	Narrow bool
	Bell   func([]event.Stream) // called after each COMMIT with the streams that got events; must not block; may be nil
}

// DB is an open database.
type DB struct {
	dialect string // "sqlite" or "mysql"
	set     Set
	writer  *gorm.DB // SQLite: one connection, so that writers queue in Go and not in SQLite
	read    *gorm.DB // SQLite: a pool of its own that may not write
	lock    *os.File // SQLite: held for as long as this process uses the folder
	clock   calendar.Clock
	bell    func([]event.Stream)
	server  *mysqldriver.Config // MySQL: how it is reached

	wall   func() time.Time // the machine's clock
	skewMu sync.Mutex       // owns skew, skewAt
	skew   time.Duration    // the database's clock is ahead by so much
	skewAt time.Time
	ahead  atomic.Int64 // skew, as long as it is small enough to put right

	narrow     bool
	rightsMu   sync.Mutex // owns what follows
	rightsGood bool
	rightsToo  string // which rights are too many
	rightsAt   time.Time
}

// Open connects and checks that the database answers. It does not migrate.
// A SQLite folder that another process uses is refused. A node whose clock is
// wrong opens, so that its pages can be read, and refuses to write.
func Open(ctx context.Context, c Config) (*DB, error) {
	db := &DB{set: cmp.Or(c.Set, Public), clock: c.Clock, bell: c.Bell, wall: time.Now, narrow: c.Narrow}
	if db.clock == nil {
		db.clock = calendar.System{}
	}
	db.clock = corrected{db.clock, db}
	if db.bell == nil {
		db.bell = func([]event.Stream) {}
	}
	var err error
	switch {
	case c.DSN == "":
		err = db.openSQLite(c.Dir)
	case strings.HasPrefix(c.DSN, "mysql://"):
		err = db.openMySQL(c.DSN)
	default:
		err = errors.New("store: SUNLOT_DSN must be empty or begin with mysql://")
	}
	if err == nil {
		_, err = db.Now(ctx)
	}
	if err != nil {
		db.Close()
		return nil, err
	}
	return db, nil
}

// Close ends all connections and frees the folder. It may be called twice.
func (db *DB) Close() error {
	var errs []error
	for _, pool := range []*gorm.DB{db.writer, db.read} {
		if pool == nil {
			continue
		}
		if conn, err := pool.DB(); err == nil {
			errs = append(errs, conn.Close())
		}
	}
	if db.lock != nil {
		db.lock.Close() // frees the lock; a second Close of a file is harmless
	}
	return errors.Join(errs...)
}

// Dialect is "sqlite" or "mysql".
func (db *DB) Dialect() string { return db.dialect }

// Now is the database's clock.
func (db *DB) Now(ctx context.Context) (time.Time, error) {
	query := "SELECT CAST(UNIX_TIMESTAMP(NOW(3)) * 1000 AS SIGNED)"
	if db.dialect == "sqlite" {
		query = "SELECT CAST(ROUND((julianday('now') - 2440587.5) * 86400000) AS INTEGER)"
	}
	var ms int64
	if err := db.read.WithContext(ctx).Raw(query).Row().Scan(&ms); err != nil {
		return time.Time{}, fmt.Errorf("store: the database does not answer: %w", err)
	}
	return FromMillis(ms), nil
}

// settings keep gorm from doing what was not asked: no statement in the log
// (it would carry personal data), no transaction around single statements, no
// prepared statements (go-gorm #7350, #7465: they deadlock a single connection).
func settings() *gorm.Config {
	return &gorm.Config{
		Logger:                 logger.Discard,
		SkipDefaultTransaction: true,
		PrepareStmt:            false,
		DisableAutomaticPing:   true,
		NowFunc:                func() time.Time { return time.Now().UTC() },
	}
}

func pool(conn *sql.DB, most int) *sql.DB {
	conn.SetMaxOpenConns(most)
	conn.SetMaxIdleConns(most)
	conn.SetConnMaxIdleTime(5 * time.Minute)
	return conn
}

// Instants are stored as UTC milliseconds, alike in both dialects.
func Millis(at time.Time) int64 { return at.UnixMilli() }

func FromMillis(ms int64) time.Time { return time.UnixMilli(ms).UTC() }

// A zero time is null in the tables.
func Optional(at time.Time) *int64 {
	if at.IsZero() {
		return nil
	}
	ms := Millis(at)
	return &ms
}

func FromOptional(ms *int64) time.Time {
	if ms == nil {
		return time.Time{}
	}
	return FromMillis(*ms)
}

// MillisOrZero is for a time that is part of an index's order: 0 while there is none.
func MillisOrZero(at time.Time) int64 {
	if at.IsZero() {
		return 0
	}
	return Millis(at)
}

// FromMillisOrZero reads what MillisOrZero wrote.
func FromMillisOrZero(ms int64) time.Time {
	if ms == 0 {
		return time.Time{}
	}
	return FromMillis(ms)
}
