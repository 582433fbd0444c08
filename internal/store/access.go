package store

import (
	"context"
	"time"

	"gorm.io/gorm"

	"sunlot/internal/calendar"
)

// What the SQL of the subjects reaches of the engine.

// Read is a session that reads, and cannot write on SQLite.
func (db *DB) Read(ctx context.Context) *gorm.DB { return db.read.WithContext(ctx) }

// Clock is the deciding clock, put right by the database's.
func (db *DB) Clock() calendar.Clock { return db.clock }

// Wall is the machine's clock, by which sessions and tokens end.
func (db *DB) Wall() time.Time { return db.wall() }

// Machine is the machine's clock, put right by the database's.
func (db *DB) Machine() time.Time { return db.wall().UTC().Add(time.Duration(db.ahead.Load())) }

// Machine is the machine's clock, put right by the database's.
func (t *Tx) Machine() time.Time { return t.db.Machine() }

// SQL is the transaction's session.
func (t *Tx) SQL() *gorm.DB { return t.gorm }

// Now is the deciding clock's time; what a stream decides has the time of its lock.
func (t *Tx) Now() time.Time { return t.db.clock.Now() }

// Dialect is "sqlite" or "mysql".
func (t *Tx) Dialect() string { return t.db.dialect }
