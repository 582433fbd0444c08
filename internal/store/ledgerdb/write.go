package ledgerdb

import (
	"cmp"
	"context"
	"encoding/hex"
	"fmt"
	"maps"
	"slices"

	"golang.org/x/mod/sumdb/tlog"
	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"sunlot/disclosure/ledger"
	"sunlot/internal/store"
)

var _ ledger.Store = (*DB)(nil)

// headRow is the one row of log_head. It has id 1.
type headRow struct {
	ID         int64  `gorm:"column:id;primaryKey;autoIncrement:false"`
	Origin     string `gorm:"column:origin"`
	Sequenced  int64  `gorm:"column:sequenced"`
	SignedSize int64  `gorm:"column:signed_size"`
	Checkpoint string `gorm:"column:checkpoint"`
}

func (headRow) TableName() string { return "log_head" }

type leafRow struct {
	Idx      int64  `gorm:"column:idx;primaryKey;autoIncrement:false"`
	Stream   string `gorm:"column:stream"`
	Seq      int64  `gorm:"column:seq"`
	LeafHash string `gorm:"column:leaf_hash"`
}

func (leafRow) TableName() string { return "log_leaves" }

type tileRow struct {
	Level int    `gorm:"column:level;primaryKey;autoIncrement:false"`
	N     int64  `gorm:"column:n;primaryKey;autoIncrement:false"`
	Data  []byte `gorm:"column:data"`
}

func (tileRow) TableName() string { return "log_tiles" }

func lockHead(session *gorm.DB) (row headRow, err error) {
	err = session.Clauses(clause.Locking{Strength: "UPDATE"}).Where("id = 1").Take(&row).Error
	return row, err
}

// Claim implements ledger.Store. An origin that stands is only read: a server that
// may write nothing starts and shows its pages.
func (db *DB) Claim(ctx context.Context, origin string) (fixed string, err error) {
	err = db.Read(ctx).Model(&headRow{}).Where("id = 1").Pluck("origin", &fixed).Error
	if err != nil || fixed != "" {
		return fixed, err
	}
	err = db.Write(ctx, func(session *gorm.DB) error {
		head, err := lockHead(session)
		if err != nil || head.Origin != "" {
			fixed = head.Origin
			return err
		}
		fixed = origin
		return session.Model(&headRow{}).Where("id = 1").Update("origin", origin).Error
	})
	return fixed, err
}

// waiting is an outbox row with the bytes of its event.
type waiting struct {
	ID     int64
	Stream string
	Seq    int64
	Leaf   []byte
	At     int64
}

// Sequence implements ledger.Store. A row of the outbox becomes visible when
// its transaction commits, which is not in the order of ids: therefore rows are
// deleted as they are read and no place in the outbox is remembered. Nor have ids
// an order where several servers hand them out: they only say what is taken
// first, of each stream whole up to there; the leaves lie by time, which within a
// stream never goes back.
func (db *DB) Sequence(ctx context.Context, limit int) (int, error) {
	var some []int64 // spares the lock while there is nothing to do
	if err := db.Read(ctx).Model(&store.OutboxRow{}).Limit(1).Pluck("id", &some).Error; err != nil || len(some) == 0 {
		return 0, err
	}
	var rows []waiting
	err := db.Write(ctx, func(session *gorm.DB) error {
		rows = nil
		head, err := lockHead(session)
		if err != nil {
			return err
		}
		if err := outboxOf(session).Order("outbox.id").Limit(limit).Scan(&rows).Error; err != nil || len(rows) == 0 {
			return err
		}
		rows, err = wholeStreams(session, rows)
		if err != nil {
			return err
		}
		return appendLeaves(session, head.Sequenced, inOrder(rows))
	})
	return len(rows), err
}

func outboxOf(session *gorm.DB) *gorm.DB {
	return session.Table("outbox").
		Select("outbox.id, outbox.stream, outbox.seq, events.leaf, events.happened_at AS at").
		Joins("JOIN events ON events.stream = outbox.stream AND events.seq = outbox.seq")
}

// inOrder is by time and then by id, but of each stream by seq.
func inOrder(rows []waiting) []waiting {
	slices.SortFunc(rows, func(a, b waiting) int { return cmp.Or(cmp.Compare(a.At, b.At), cmp.Compare(a.ID, b.ID)) })
	places, streams := map[string][]int{}, map[string][]waiting{}
	for i, w := range rows {
		places[w.Stream] = append(places[w.Stream], i)
		streams[w.Stream] = append(streams[w.Stream], w)
	}
	for stream, own := range streams {
		slices.SortFunc(own, func(a, b waiting) int { return cmp.Compare(a.Seq, b.Seq) })
		for i, w := range own {
			rows[places[stream][i]] = w
		}
	}
	return rows
}

// wholeStreams adds what waits of the same streams before the rows and has a
// higher id: no leaf comes before one that its stream has before it.
func wholeStreams(session *gorm.DB, rows []waiting) ([]waiting, error) {
	last, count := map[string]int64{}, map[string]int64{}
	for _, w := range rows {
		last[w.Stream] = max(last[w.Stream], w.Seq)
		count[w.Stream]++
	}
	var first []struct {
		Stream string
		Seq    int64
	}
	err := session.Table("outbox").Select("stream, MIN(seq) AS seq").
		Where("stream IN ?", slices.Sorted(maps.Keys(last))).Group("stream").Scan(&first).Error
	if err != nil {
		return nil, err
	}
	for _, f := range first {
		if count[f.Stream] == last[f.Stream]-f.Seq+1 {
			continue
		}
		var all []waiting
		err := outboxOf(session).Where("outbox.stream = ? AND outbox.seq <= ?", f.Stream, last[f.Stream]).
			Scan(&all).Error
		if err != nil {
			return nil, err
		}
		rows = slices.DeleteFunc(rows, func(w waiting) bool { return w.Stream == f.Stream })
		rows = append(rows, all...)
	}
	return rows, nil
}

func appendLeaves(session *gorm.DB, first int64, rows []waiting) error {
	leaves, read := make([]leafRow, len(rows)), make([]int64, len(rows))
	for i, w := range rows {
		leaves[i], read[i] = leafRow{
			Idx:      first + int64(i),
			Stream:   w.Stream,
			Seq:      w.Seq,
			LeafHash: store.LeafHash(w.Leaf),
		}, w.ID
	}
	err := session.CreateInBatches(leaves, 500).Error
	if store.Duplicate(err) {
		return fmt.Errorf("%w: the head says %d leaves, but the log has more, or one of these already: %w",
			ledger.ErrBroken, first, err)
	}
	if err != nil {
		return err
	}
	if err := session.Where("id IN ?", read).Delete(&store.OutboxRow{}).Error; err != nil {
		return err
	}
	return session.Model(&headRow{}).Where("id = 1").Update("sequenced", first+int64(len(rows))).Error
}

// SaveTiles implements ledger.Store. A slower node that has seen less of the
// log must not cut a tile that a faster one has stored.
func (db *DB) SaveTiles(ctx context.Context, tiles []ledger.TileRow) error {
	if len(tiles) == 0 {
		return nil
	}
	upsert := "INSERT INTO log_tiles (level, n, data) VALUES (?, ?, ?) ON DUPLICATE KEY UPDATE" +
		" data = IF(LENGTH(VALUES(data)) > LENGTH(data), VALUES(data), data)"
	if db.Dialect() == "sqlite" {
		upsert = "INSERT INTO log_tiles (level, n, data) VALUES (?, ?, ?) ON CONFLICT (level, n) DO UPDATE SET" +
			" data = excluded.data WHERE LENGTH(excluded.data) > LENGTH(data)"
	}
	return db.Write(ctx, func(session *gorm.DB) error {
		for _, t := range tiles {
			if err := session.Exec(upsert, t.Level, t.N, t.Data).Error; err != nil {
				return err
			}
		}
		return nil
	})
}

// SaveCheckpoint implements ledger.Store.
func (db *DB) SaveCheckpoint(ctx context.Context, size int64, signed string) error {
	return db.Write(ctx, func(session *gorm.DB) error {
		return session.Model(&headRow{}).Where("id = 1 AND (signed_size < ? OR checkpoint = '')", size).
			Updates(map[string]any{"signed_size": size, "checkpoint": signed}).Error
	})
}

// hashOf reads a hash that this package has written.
func hashOf(text string) (h tlog.Hash, err error) {
	_, err = hex.Decode(h[:], []byte(text))
	return h, err
}
