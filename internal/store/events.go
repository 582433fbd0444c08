package store

import (
	"context"
	"encoding/json"
	"errors"

	"gorm.io/gorm"

	"sunlot/internal/event"
	"sunlot/internal/fault"
)

const (
	mostEvents = 1000
	noEvent    = "没有找到这条记录"
)

// Events returns up to limit events of the stream after that seq, in order.
// limit is at most 1,000.
func (db *DB) Events(ctx context.Context, s event.Stream, after int64, limit int) ([]event.Event, error) {
	if !PlainID(string(s)) {
		return nil, nil
	}
	var leaves [][]byte
	err := db.Read(ctx).Model(&EventRow{}).Where("stream = ? AND seq > ?", string(s), after).
		Order("seq").Limit(min(max(limit, 1), mostEvents)).Pluck("leaf", &leaves).Error
	if err != nil {
		return nil, err
	}
	events := make([]event.Event, 0, len(leaves))
	for _, leaf := range leaves {
		e, err := event.Parse(leaf)
		if err != nil {
			return nil, err
		}
		events = append(events, e)
	}
	return events, nil
}

// Leaf returns the exact bytes of one event and the hash by which the log knows them.
func (db *DB) Leaf(ctx context.Context, ref event.Ref) (leaf []byte, hash string, err error) {
	if !PlainID(string(ref.Stream)) {
		return nil, "", fault.New(fault.NotFound, noEvent)
	}
	var row EventRow
	err = db.Read(ctx).Where("stream = ? AND seq = ?", string(ref.Stream), ref.Seq).Take(&row).Error
	return row.Leaf, row.LeafHash, NoSuch(err, noEvent)
}

// Facts reads what a recorded event says into facts, as the transaction sees it.
func (t *Tx) Facts(ref event.Ref, facts any) error {
	var row EventRow
	err := t.SQL().Where("stream = ? AND seq = ?", string(ref.Stream), ref.Seq).Take(&row).Error
	if err != nil {
		return NoSuch(err, noEvent)
	}
	e, err := event.Parse(row.Leaf)
	if err != nil {
		return err
	}
	return json.Unmarshal(e.Facts, facts)
}

// EventByLeaf finds an event by the RFC 6962 record hash of its leaf, in hex.
func (db *DB) EventByLeaf(ctx context.Context, hash string) (event.Event, error) {
	if !PlainID(hash) {
		return event.Event{}, fault.New(fault.NotFound, noEvent)
	}
	var row EventRow
	err := db.Read(ctx).Where("leaf_hash = ?", hash).Take(&row).Error
	if err != nil {
		return event.Event{}, NoSuch(err, noEvent)
	}
	return event.Parse(row.Leaf)
}

// SealedText returns the private text of an event and the salt of its hash.
func (db *DB) SealedText(ctx context.Context, ref event.Ref) (text, salt []byte, err error) {
	var row sealedRow
	err = db.Read(ctx).Where("stream = ? AND seq = ?", string(ref.Stream), ref.Seq).Take(&row).Error
	return row.Body, row.Salt, NoSuch(err, "没有找到这条内容，或已删除")
}

// NoSuch turns gorm's "not found" into the fault that people see.
func NoSuch(err error, message string) error {
	if errors.Is(err, gorm.ErrRecordNotFound) {
		return fault.New(fault.NotFound, "%s", message)
	}
	return err
}
