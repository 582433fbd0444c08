package store

import (
	"context"
	"time"

	"gorm.io/gorm"

	"sunlot/internal/event"
)

// What the tests, which live outside the package because storetest imports it,
// reach of its inside.

type Tx = tx

func (t *tx) Gorm() *gorm.DB { return t.gorm }

func (db *DB) InTx(ctx context.Context, fn func(*Tx) error) error { return db.inTx(ctx, fn) }

func (db *DB) Once(ctx context.Context, r event.Request, fn func(*Tx) (string, error)) (string, error) {
	return db.once(ctx, r, fn)
}

func (db *DB) Reader() *gorm.DB { return db.read }

func (db *DB) Writer() *gorm.DB { return db.writer }

// SetWall moves the machine's clock, and forgets the last measurement.
func (db *DB) SetWall(wall func() time.Time) { db.wall, db.skewAt = wall, time.Time{} }

var (
	Transient  = transient
	Lost       = lost
	ParseMySQL = parseMySQL
)

const MostTries = mostTries

// MigrateTo brings the tables up to an earlier version.
func (db *DB) MigrateTo(ctx context.Context, version int64) error {
	conn, err := db.writer.DB()
	if err != nil {
		return err
	}
	provider, err := db.provider(conn)
	if err != nil {
		return err
	}
	_, err = provider.UpTo(ctx, version)
	return err
}
