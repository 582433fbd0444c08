package store

import (
	"encoding/hex"
	"errors"
	"fmt"
	"maps"
	"slices"
	"time"

	"golang.org/x/mod/sumdb/tlog"
	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"sunlot/internal/event"
)

// tx is one transaction. It implements event.Recorder.
type tx struct {
	db      *DB
	gorm    *gorm.DB
	streams map[event.Stream]*lockedStream
}

var _ event.Recorder = (*tx)(nil)

type lockedStream struct {
	row      streamRow
	at       time.Time
	recorded bool
}

type streamRow struct {
	Stream   string `gorm:"column:stream;primaryKey"`
	LastSeq  int64  `gorm:"column:last_seq"`
	LastHash string `gorm:"column:last_hash"`
	LastAt   int64  `gorm:"column:last_at"`
}

func (streamRow) TableName() string { return "streams" }

type eventRow struct {
	Stream     string `gorm:"column:stream;primaryKey"`
	Seq        int64  `gorm:"column:seq;primaryKey;autoIncrement:false"`
	Kind       string `gorm:"column:kind"`
	HappenedAt int64  `gorm:"column:happened_at"`
	Leaf       []byte `gorm:"column:leaf"`
	LeafHash   string `gorm:"column:leaf_hash"`
}

func (eventRow) TableName() string { return "events" }

type outboxRow struct {
	ID     int64  `gorm:"column:id;primaryKey;autoIncrement"`
	Stream string `gorm:"column:stream"`
	Seq    int64  `gorm:"column:seq"`
}

func (outboxRow) TableName() string { return "outbox" }

type sealedRow struct {
	Stream string `gorm:"column:stream;primaryKey"`
	Seq    int64  `gorm:"column:seq;primaryKey;autoIncrement:false"`
	Salt   []byte `gorm:"column:salt"`
	Body   []byte `gorm:"column:body"`
}

func (sealedRow) TableName() string { return "sealed_texts" }

// Lock implements event.Recorder. Locking a stream again gives the same time.
func (t *tx) Lock(s event.Stream) (time.Time, error) {
	if held := t.streams[s]; held != nil {
		return held.at, nil
	}
	if s.Noun() == "" || s.ID() == "" || len(s) > 64 || !plain(string(s)) {
		return time.Time{}, fmt.Errorf("store: %q names no stream", s)
	}
	row, err := t.streamForUpdate(s)
	if errors.Is(err, gorm.ErrRecordNotFound) {
		first := streamRow{Stream: string(s)}
		if err = t.gorm.Clauses(clause.OnConflict{DoNothing: true}).Create(&first).Error; err == nil {
			row, err = t.streamForUpdate(s) // another transaction may have made it and gone on
		}
	}
	if err != nil {
		return time.Time{}, err
	}
	return t.hold(row), nil
}

// hold notes that the stream's row is locked, and reads the deciding time.
func (t *tx) hold(row streamRow) time.Time {
	at := t.db.clock.Now().UTC().Truncate(time.Millisecond)
	if last := fromMillis(row.LastAt); at.Before(last) {
		at = last
	}
	if t.streams == nil {
		t.streams = map[event.Stream]*lockedStream{}
	}
	t.streams[event.Stream(row.Stream)] = &lockedStream{row: row, at: at}
	return at
}

func (t *tx) streamForUpdate(s event.Stream) (row streamRow, err error) {
	err = t.gorm.Clauses(clause.Locking{Strength: "UPDATE"}).Where("stream = ?", string(s)).Take(&row).Error
	return row, err
}

// recorded is an event with its rows, which are not written yet.
type recorded struct {
	event  event.Event
	row    eventRow
	sealed *sealedRow // nil when nothing is private
}

// build makes the next event of a locked stream, and moves the stream on.
func (t *tx) build(s event.Stream, kind string, facts any, private []byte) (r recorded, err error) {
	held := t.streams[s]
	if held == nil {
		return r, fmt.Errorf("%s: %w", kind, errUnlocked(s))
	}
	canonical, err := event.Canonical(facts)
	if err != nil {
		return r, fmt.Errorf("store: facts of %s: %w", kind, err)
	}
	e := event.Event{Stream: s, Seq: held.row.LastSeq + 1, Prev: held.row.LastHash, At: held.at, Kind: kind, Facts: canonical}
	if private != nil {
		r.sealed = &sealedRow{Stream: string(s), Seq: e.Seq, Body: private}
		e.Sealed, r.sealed.Salt = event.Seal(private)
	}
	leaf, err := e.Leaf()
	if err != nil {
		return r, err
	}
	r.event, r.row = e, eventRow{Stream: string(s), Seq: e.Seq, Kind: kind, HappenedAt: millis(e.At), Leaf: leaf, LeafHash: leafHash(leaf)}
	held.row, held.recorded = streamRow{Stream: string(s), LastSeq: e.Seq, LastHash: event.Hash(leaf), LastAt: millis(e.At)}, true
	return r, nil
}

// Record implements event.Recorder. It fails when this transaction has not locked the stream.
func (t *tx) Record(s event.Stream, kind string, facts any, private []byte) (event.Event, error) {
	r, err := t.build(s, kind, facts, private)
	if err != nil {
		return event.Event{}, err
	}
	rows := []any{&r.row, &outboxRow{Stream: string(s), Seq: r.event.Seq}}
	if r.sealed != nil {
		rows = append(rows, r.sealed)
	}
	for _, row := range rows {
		if err := t.gorm.Create(row).Error; err != nil {
			return event.Event{}, err
		}
	}
	next := t.streams[s].row
	err = t.gorm.Model(&streamRow{}).Where("stream = ?", string(s)).
		Updates(map[string]any{"last_seq": next.LastSeq, "last_hash": next.LastHash, "last_at": next.LastAt}).Error
	if err != nil {
		return event.Event{}, err
	}
	return r.event, nil
}

func errUnlocked(s event.Stream) error {
	return fmt.Errorf("store: written without a lock on %s", s)
}

// touched names the streams that got events, in order of name.
func (t *tx) touched() []event.Stream {
	var names []event.Stream
	for _, s := range slices.Sorted(maps.Keys(t.streams)) {
		if t.streams[s].recorded {
			names = append(names, s)
		}
	}
	return names
}

// leafHash is the RFC 6962 record hash in hex, by which a leaf is found in the log.
func leafHash(leaf []byte) string {
	hash := tlog.RecordHash(leaf)
	return hex.EncodeToString(hash[:])
}
