package ledgerdb

import (
	"context"
	"encoding/hex"
	"errors"
	"fmt"
	"time"

	"gorm.io/gorm"

	"sunlot/disclosure/ledger"
	"sunlot/internal/event"
	"sunlot/internal/fault"
	"sunlot/internal/store"
)

var (
	_ ledger.BlindStore = (*DB)(nil)
	_ ledger.TickTx     = (*Tx)(nil)
	_ ledger.CommitTx   = (*Tx)(nil)
)

type tickRow struct {
	Tick     int64  `gorm:"column:tick;primaryKey;autoIncrement:false"`
	Seed     []byte `gorm:"column:seed"`
	Stream   string `gorm:"column:stream"`
	Seq      int64  `gorm:"column:seq"`
	TickedAt int64  `gorm:"column:ticked_at"`
}

func (tickRow) TableName() string { return "blind_ticks" }

type commitmentRow struct {
	Commitment  string `gorm:"column:commitment;primaryKey"`
	CommittedAt int64  `gorm:"column:committed_at"`
	DueAt       int64  `gorm:"column:due_at"`
	Tick        *int64 `gorm:"column:tick"`
	Slot        *int   `gorm:"column:slot"`
}

func (commitmentRow) TableName() string { return "blind_commitments" }

// WriteTick implements ledger.BlindStore.
func (db *DB) WriteTick(ctx context.Context, fn func(ledger.TickTx) error) error {
	return db.InTx(ctx, func(t *store.Tx) error { return fn(Of(t)) })
}

// Pending implements ledger.CommitTx.
func (c Commitments) Pending(limit int) (int, error) {
	var waiting int64
	some := c.tx.SQL().Model(&commitmentRow{}).Select("commitment").Where("tick IS NULL").Limit(limit)
	err := c.tx.SQL().Table("(?) AS waiting", some).Count(&waiting).Error
	return int(waiting), err
}

// AddCommitment implements ledger.CommitTx.
func (in Commitments) AddCommitment(c [32]byte, at, due time.Time) error {
	err := in.tx.SQL().Create(&commitmentRow{
		Commitment:  hex.EncodeToString(c[:]),
		CommittedAt: store.Millis(at),
		DueAt:       store.Millis(due),
	}).Error
	if store.Duplicate(err) {
		return fault.New(fault.Conflict, "这份内容已经提交过")
	}
	return err
}

// LastTick implements ledger.TickTx.
func (t *Tx) LastTick() (int64, time.Time, error) {
	var row tickRow
	err := t.SQL().Order("tick DESC").Take(&row).Error
	if errors.Is(err, gorm.ErrRecordNotFound) {
		return 0, time.Time{}, nil
	}
	return row.Tick, store.FromMillis(row.TickedAt), err
}

// Oldest implements ledger.TickTx.
func (t *Tx) Oldest(limit int) ([][32]byte, error) {
	var texts []string
	err := t.SQL().Model(&commitmentRow{}).Where("tick IS NULL").
		Order("committed_at, commitment").Limit(limit).Pluck("commitment", &texts).Error
	if err != nil {
		return nil, err
	}
	oldest := make([][32]byte, len(texts))
	for i, text := range texts {
		oldest[i], err = hashOf(text)
		if err != nil {
			return nil, err
		}
	}
	return oldest, nil
}

// SaveTick implements ledger.TickTx.
func (t *Tx) SaveTick(n int64, e event.Event, seed [32]byte, placed []ledger.Slotted) error {
	row := tickRow{Tick: n, Seed: seed[:], Stream: string(e.Stream), Seq: e.Seq, TickedAt: store.Millis(e.At)}
	if err := t.SQL().Create(&row).Error; err != nil {
		return err
	}
	for _, p := range placed {
		err := t.SQL().Model(&commitmentRow{}).
			Where("commitment = ? AND tick IS NULL", hex.EncodeToString(p.Commitment[:])).
			Updates(map[string]any{"tick": n, "slot": p.Slot}).Error
		if err != nil {
			return err
		}
	}
	return nil
}

// Committed implements ledger.BlindStore.
func (db *DB) Committed(ctx context.Context, c [32]byte) (int64, error) {
	var row commitmentRow
	err := db.Read(ctx).Where("commitment = ?", hex.EncodeToString(c[:])).Take(&row).Error
	if err != nil || row.Tick == nil {
		return 0, store.NoSuch(err, "没有找到这份提交")
	}
	return *row.Tick, nil
}

// TickSlots implements ledger.BlindStore.
func (db *DB) TickSlots(ctx context.Context,
	tick int64) (seed [32]byte, placed []ledger.Slotted, leaf []byte, err error) {
	var row tickRow
	err = db.Read(ctx).Where("tick = ?", tick).Take(&row).Error
	if err != nil {
		return seed, nil, nil, err
	}
	if copy(seed[:], row.Seed) != len(seed) {
		return seed, nil, nil, fmt.Errorf("store: the seed of blind tick %d has %d bytes", tick, len(row.Seed))
	}
	leaf, _, err = db.Leaf(ctx, event.Ref{Stream: event.Stream(row.Stream), Seq: row.Seq})
	if err != nil {
		return seed, nil, nil, err
	}
	var rows []commitmentRow
	err = db.Read(ctx).Where("tick = ?", tick).Find(&rows).Error
	if err != nil {
		return seed, nil, nil, err
	}
	for _, r := range rows {
		c, err := hashOf(r.Commitment)
		if err != nil {
			return seed, nil, nil, err
		}
		placed = append(placed, ledger.Slotted{Commitment: c, Slot: *r.Slot})
	}
	return seed, placed, leaf, nil
}
