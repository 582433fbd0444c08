package ledger_test

import (
	"context"
	"fmt"

	"golang.org/x/mod/sumdb/tlog"

	"sunlot/disclosure/ledger"
)

// memory is a log of any leaves whatever, also such as the store would refuse:
// it plays the operator who does not keep to the rules.
type memory struct {
	leaves     [][]byte
	tiles      map[string][]byte
	checkpoint string
}

func (m *memory) Claim(_ context.Context, origin string) (string, error) { return origin, nil }
func (m *memory) Sequence(context.Context, int) (int, error)             { return 0, nil }

func (m *memory) Head(context.Context) (ledger.Head, error) {
	return ledger.Head{Sequenced: int64(len(m.leaves)), Checkpoint: m.checkpoint}, nil
}

func (m *memory) Leaves(_ context.Context, from, to int64) ([][]byte, error) {
	return m.leaves[from:to], nil
}

func (m *memory) LeafHashes(_ context.Context, from, to int64) ([]tlog.Hash, error) {
	var hashes []tlog.Hash
	for _, leaf := range m.leaves[from:to] {
		hashes = append(hashes, ledger.LeafHash(leaf))
	}
	return hashes, nil
}

func (m *memory) Index(_ context.Context, h tlog.Hash) (int64, bool, error) {
	for i, leaf := range m.leaves {
		if ledger.LeafHash(leaf) == h {
			return int64(i), true, nil
		}
	}
	return 0, false, nil
}

func (m *memory) Tile(_ context.Context, level int, n int64) ([]byte, error) {
	return m.tiles[fmt.Sprint(level, "/", n)], nil
}

func (m *memory) SaveTiles(_ context.Context, tiles []ledger.TileRow) error {
	if m.tiles == nil {
		m.tiles = map[string][]byte{}
	}
	for _, t := range tiles {
		m.tiles[fmt.Sprint(t.Level, "/", t.N)] = t.Data
	}
	return nil
}

func (m *memory) SaveCheckpoint(_ context.Context, _ int64, signed string) error {
	m.checkpoint = signed
	return nil
}
