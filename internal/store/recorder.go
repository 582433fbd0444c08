package store

import (
	"encoding/hex"
	"fmt"
	"maps"
	"slices"
	"time"

	"golang.org/x/mod/sumdb/tlog"
	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"sunlot/internal/event"
)

// Tx is one transaction. It implements event.Recorder.
type Tx struct {
	db      *DB
	gorm    *gorm.DB
	Streams map[event.Stream]*lockedStream
}

var _ event.Recorder = (*Tx)(nil)

type lockedStream struct {
	Row      StreamRow
	At       time.Time
	recorded bool
}

type StreamRow struct {
	Stream   string `gorm:"column:stream;primaryKey"`
	LastSeq  int64  `gorm:"column:last_seq"`
	LastHash string `gorm:"column:last_hash"`
	LastAt   int64  `gorm:"column:last_at"`
}

func (StreamRow) TableName() string { return "streams" }

type EventRow struct {
	Stream     string `gorm:"column:stream;primaryKey"`
	Seq        int64  `gorm:"column:seq;primaryKey;autoIncrement:false"`
	Kind       string `gorm:"column:kind"`
	HappenedAt int64  `gorm:"column:happened_at"`
	Leaf       []byte `gorm:"column:leaf"`
	LeafHash   string `gorm:"column:leaf_hash"`
}

func (EventRow) TableName() string { return "events" }

type OutboxRow struct {
	ID     int64  `gorm:"column:id;primaryKey;autoIncrement"`
	Stream string `gorm:"column:stream"`
	Seq    int64  `gorm:"column:seq"`
}

func (OutboxRow) TableName() string { return "outbox" }

type sealedRow struct {
	Stream string `gorm:"column:stream;primaryKey"`
	Seq    int64  `gorm:"column:seq;primaryKey;autoIncrement:false"`
	Salt   []byte `gorm:"column:salt"`
	Body   []byte `gorm:"column:body"`
}

func (sealedRow) TableName() string { return "sealed_texts" }

// Lock implements event.Recorder. Locking a stream again gives the same time.
func (t *Tx) Lock(s event.Stream) (time.Time, error) {
	if held := t.Streams[s]; held != nil {
		return held.At, nil
	}
	if s.Noun() == "" || s.ID() == "" || len(s) > 64 || !PlainID(string(s)) {
		return time.Time{}, fmt.Errorf("store: %q names no stream", s)
	}
	if err := t.makeStream(s); err != nil {
		return time.Time{}, err
	}
	row, err := t.streamForUpdate(s)
	if err != nil {
		return time.Time{}, err
	}
	return t.Hold(row), nil
}

// makeStream makes the stream's row when there is none. It looks without a lock:
// a lock on a row that is missing holds a gap on one engine, and on another does
// not find the row that a twin makes meanwhile.
func (t *Tx) makeStream(s event.Stream) error {
	var found []string
	err := t.gorm.Model(&StreamRow{}).Where("stream = ?", string(s)).Limit(1).Pluck("stream", &found).Error
	if err != nil || len(found) > 0 {
		return err
	}
	return t.gorm.Clauses(clause.OnConflict{DoNothing: true}).Create(&StreamRow{Stream: string(s)}).Error
}

// Hold notes that the stream's row is locked, and reads the deciding time.
func (t *Tx) Hold(row StreamRow) time.Time {
	at := t.db.clock.Now().UTC().Truncate(time.Millisecond)
	if last := FromMillis(row.LastAt); at.Before(last) {
		at = last
	}
	if t.Streams == nil {
		t.Streams = map[event.Stream]*lockedStream{}
	}
	t.Streams[event.Stream(row.Stream)] = &lockedStream{Row: row, At: at}
	return at
}

func (t *Tx) streamForUpdate(s event.Stream) (row StreamRow, err error) {
	err = t.gorm.Clauses(clause.Locking{Strength: "UPDATE"}).Where("stream = ?", string(s)).Take(&row).Error
	return row, err
}

// recorded is an event with its rows, which are not written yet.
type recorded struct {
	Event  event.Event
	Row    EventRow
	sealed *sealedRow // nil when nothing is private
}

// Build makes the next event of a locked stream, and moves the stream on.
func (t *Tx) Build(s event.Stream, kind string, facts any, private []byte) (r recorded, err error) {
	held := t.Streams[s]
	if held == nil {
		return r, fmt.Errorf("%s: %w", kind, ErrUnlocked(s))
	}
	canonical, err := event.Canonical(facts)
	if err != nil {
		return r, fmt.Errorf("store: facts of %s: %w", kind, err)
	}
	e := event.Event{
		Stream: s,
		Seq:    held.Row.LastSeq + 1,
		Prev:   held.Row.LastHash,
		At:     held.At,
		Kind:   kind,
		Facts:  canonical,
	}
	if private != nil {
		r.sealed = &sealedRow{Stream: string(s), Seq: e.Seq, Body: private}
		e.Sealed, r.sealed.Salt = event.Seal(private)
	}
	leaf, err := e.Leaf()
	if err != nil {
		return r, err
	}
	r.Event, r.Row = e, EventRow{
		Stream:     string(s),
		Seq:        e.Seq,
		Kind:       kind,
		HappenedAt: Millis(e.At),
		Leaf:       leaf,
		LeafHash:   LeafHash(leaf),
	}
	held.Row, held.recorded = StreamRow{
		Stream:   string(s),
		LastSeq:  e.Seq,
		LastHash: event.Hash(leaf),
		LastAt:   Millis(e.At),
	}, true
	return r, nil
}

// Record implements event.Recorder. It fails when this transaction has not locked the stream.
func (t *Tx) Record(s event.Stream, kind string, facts any, private []byte) (event.Event, error) {
	r, err := t.Build(s, kind, facts, private)
	if err != nil {
		return event.Event{}, err
	}
	rows := []any{&r.Row, &OutboxRow{Stream: string(s), Seq: r.Event.Seq}}
	if r.sealed != nil {
		rows = append(rows, r.sealed)
	}
	for _, row := range rows {
		if err := t.gorm.Create(row).Error; err != nil {
			return event.Event{}, err
		}
	}
	next := t.Streams[s].Row
	err = t.gorm.Model(&StreamRow{}).Where("stream = ?", string(s)).
		Updates(map[string]any{"last_seq": next.LastSeq, "last_hash": next.LastHash, "last_at": next.LastAt}).Error
	if err != nil {
		return event.Event{}, err
	}
	return r.Event, nil
}

func ErrUnlocked(s event.Stream) error {
	return fmt.Errorf("store: written without a lock on %s", s)
}

// touched names the streams that got events, in order of name.
func (t *Tx) touched() []event.Stream {
	var names []event.Stream
	for _, s := range slices.Sorted(maps.Keys(t.Streams)) {
		if t.Streams[s].recorded {
			names = append(names, s)
		}
	}
	return names
}

// LeafHash is the RFC 6962 record hash in hex, by which a leaf is found in the log.
func LeafHash(leaf []byte) string {
	hash := tlog.RecordHash(leaf)
	return hex.EncodeToString(hash[:])
}
