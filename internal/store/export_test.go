package store

import (
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

const MostTries = mostTries

// TooMuch is tooMuch.
var TooMuch = tooMuch
