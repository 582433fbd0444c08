package ledgerdb

import (
	"context"
	"encoding/hex"
	"errors"
	"fmt"

	"golang.org/x/mod/sumdb/tlog"
	"gorm.io/gorm"

	"sunlot/disclosure/ledger"
)

// Head implements ledger.Store.
func (db *DB) Head(ctx context.Context) (ledger.Head, error) {
	var row headRow
	err := db.Read(ctx).Where("id = 1").Take(&row).Error
	return ledger.Head{Sequenced: row.Sequenced, Checkpoint: row.Checkpoint}, err
}

// LeafHashes implements ledger.Store.
func (db *DB) LeafHashes(ctx context.Context, from, to int64) ([]tlog.Hash, error) {
	var rows []leafRow
	err := db.Read(ctx).Where("idx >= ? AND idx < ?", from, to).Order("idx").Find(&rows).Error
	if err != nil {
		return nil, err
	}
	hashes := make([]tlog.Hash, len(rows))
	for i, row := range rows {
		if row.Idx != from+int64(i) {
			return nil, gap(from+int64(i), row.Idx)
		}
		hashes[i], err = hashOf(row.LeafHash)
		if err != nil {
			return nil, err
		}
	}
	return hashes, nil
}

// Leaves implements ledger.Store.
func (db *DB) Leaves(ctx context.Context, from, to int64) ([][]byte, error) {
	var rows []struct {
		Idx  int64
		Leaf []byte
	}
	err := db.Read(ctx).Table("log_leaves").Select("log_leaves.idx, events.leaf").
		Joins("JOIN events ON events.stream = log_leaves.stream AND events.seq = log_leaves.seq").
		Where("log_leaves.idx >= ? AND log_leaves.idx < ?", from, to).Order("log_leaves.idx").Scan(&rows).Error
	if err != nil {
		return nil, err
	}
	leaves := make([][]byte, len(rows))
	for i, row := range rows {
		if row.Idx != from+int64(i) {
			return nil, gap(from+int64(i), row.Idx)
		}
		leaves[i] = row.Leaf
	}
	return leaves, nil
}

func gap(want, got int64) error {
	return fmt.Errorf("%w: leaf %d is missing, the next one is %d", ledger.ErrBroken, want, got)
}

// Index implements ledger.Store.
func (db *DB) Index(ctx context.Context, leaf tlog.Hash) (int64, bool, error) {
	var row leafRow
	err := db.Read(ctx).Where("leaf_hash = ?", hex.EncodeToString(leaf[:])).Take(&row).Error
	if errors.Is(err, gorm.ErrRecordNotFound) {
		return 0, false, nil
	}
	return row.Idx, err == nil, err
}

// Tile implements ledger.Store.
func (db *DB) Tile(ctx context.Context, level int, n int64) ([]byte, error) {
	var row tileRow
	err := db.Read(ctx).Where("level = ? AND n = ?", level, n).Take(&row).Error
	if errors.Is(err, gorm.ErrRecordNotFound) {
		return nil, nil
	}
	return row.Data, err
}
