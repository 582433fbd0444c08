package store

import (
	"context"
	"time"

	"gorm.io/gorm"
)

// What the tests, which live outside the package because storetest imports it,
// reach of its inside.

func (db *DB) Reader() *gorm.DB { return db.read }

func (db *DB) Writer() *gorm.DB { return db.writer }

// SetWall moves the machine's clock, and forgets the last measurement.
func (db *DB) SetWall(wall func() time.Time) { db.wall, db.skewAt = wall, time.Time{} }

var (
	Transient  = transient
	Lost       = lost
	ParseMySQL = parseMySQL
)

// MigrateTo brings the tables to what they were at a version.
func (db *DB) MigrateTo(ctx context.Context, version int64) error {
	conn, err := db.patient()
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

const MostTries = mostTries

// TooMuch is tooMuch.
var TooMuch = tooMuch
