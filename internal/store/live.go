package store

import (
	"context"
	"slices"

	"sunlot/internal/event"
)

// headsAtOnce is how many streams one statement names; SQLite takes 32,766.
const headsAtOnce = 5000

// Heads returns the newest seq of each stream. A stream without events is not in it.
func (db *DB) Heads(ctx context.Context, streams []event.Stream) (map[event.Stream]int64, error) {
	heads := make(map[event.Stream]int64, len(streams))
	for some := range slices.Chunk(streams, headsAtOnce) {
		names := make([]string, 0, len(some))
		for _, s := range some {
			if PlainID(string(s)) {
				names = append(names, string(s))
			}
		}
		var rows []StreamRow
		err := db.Read(ctx).Select("stream", "last_seq").Where("stream IN ? AND last_seq > 0", names).Find(&rows).Error
		if err != nil {
			return nil, err
		}
		for _, row := range rows {
			heads[event.Stream(row.Stream)] = row.LastSeq
		}
	}
	return heads, nil
}
