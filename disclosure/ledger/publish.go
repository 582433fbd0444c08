package ledger

import (
	"context"
	"fmt"
	"strings"

	"golang.org/x/mod/sumdb/tlog"
)

// publishLimit bounds the leaves of one checkpoint, and so the memory of one step.
const publishLimit = 1 << 16

// publish signs a checkpoint over the sequenced leaves. Tiles are committed
// before anything is signed: a crash in between leaves tiles that no checkpoint
// covers, and the next step derives the same ones again.
func (l *Log) publish(ctx context.Context) error {
	let, err := l.guard.hold(ctx, l.key)
	if err != nil {
		return err
	}
	defer let()
	if err := l.look(); err != nil {
		return err
	}
	head, err := l.store.Head(ctx)
	if err != nil {
		return err
	}
	signed, err := l.lastSigned(head)
	if err != nil {
		return err
	}
	if err := l.follow(ctx, signed, head.Checkpoint); err != nil {
		return err
	}
	if head.Checkpoint != "" && head.Sequenced == signed.Size {
		return nil
	}
	// Never below the guard: its tree is checked against this one.
	size := max(min(head.Sequenced, signed.Size+publishLimit), l.guarded.Size)
	tiles, err := l.grow(ctx, signed.Size, size)
	if err != nil {
		return err
	}
	next, err := l.check(ctx, tiles, signed, size)
	if err != nil {
		return err
	}
	if err := l.store.SaveTiles(ctx, tiles.rows()); err != nil {
		return err
	}
	text, err := l.key.sign(next.text())
	if err != nil {
		return err
	}
	// The guard first: were the database to be restored between the two, the
	// signature that got out would be forgotten.
	if err := l.remember(next, text); err != nil {
		return err
	}
	return l.store.SaveCheckpoint(ctx, size, text)
}

// look reads what another process of this machine may have signed since. What
// this one knows it keeps, were the files to vanish.
func (l *Log) look() error {
	seen, err := l.guard.load(l.key)
	if err != nil {
		return err
	}
	if seen.Size > 0 && seen.Size == l.guarded.Size && seen.Root != l.guarded.Root {
		return fmt.Errorf("%w: another process has signed %d leaves with another root: "+
			"two copies of the data folder run", ErrBroken, seen.Size)
	}
	if seen.Size > l.guarded.Size {
		l.guarded = seen
	}
	return nil
}

// lastSigned opens the stored checkpoint and holds the database against the guard.
func (l *Log) lastSigned(head Head) (Checkpoint, error) {
	if head.Sequenced < l.guarded.Size {
		return Checkpoint{}, fmt.Errorf("%w: the database has %d leaves, a checkpoint of %d was signed "+
			"before: it was restored from a backup, or another copy of the data folder has run (%s)",
			ErrBroken, head.Sequenced, l.guarded.Size, strings.Join(l.guard.files(l.key), ", "))
	}
	if head.Checkpoint == "" {
		return Checkpoint{}, nil
	}
	signed, err := OpenCheckpoint(head.Checkpoint, l.key.verifier)
	if err != nil {
		return Checkpoint{}, fmt.Errorf("%w: the stored checkpoint is not of this key: %w", ErrBroken, err)
	}
	if signed.Size > head.Sequenced {
		return Checkpoint{}, fmt.Errorf("%w: %d leaves, but a checkpoint of %d", ErrBroken, head.Sequenced, signed.Size)
	}
	return signed, nil
}

// follow takes another node's newer checkpoint into the guard file, unless it
// is of another history than the one there.
func (l *Log) follow(ctx context.Context, signed Checkpoint, text string) error {
	if signed.Size <= l.guarded.Size {
		return nil
	}
	if _, err := l.check(ctx, nil, signed, signed.Size); err != nil {
		return err
	}
	return l.remember(signed, text)
}

func (l *Log) remember(c Checkpoint, signed string) error {
	if c == l.guarded {
		return nil
	}
	if err := l.guard.save(l.key, signed); err != nil {
		return err
	}
	l.guarded = c
	return nil
}

// check computes the root at size and refuses when the tree does not begin with
// the one that was signed, or with the one in the guard file.
func (l *Log) check(ctx context.Context, tiles growth, signed Checkpoint, size int64) (Checkpoint, error) {
	read := func(level int, n int64) ([]byte, error) {
		if data, ok := tiles[place{level, n}]; ok {
			return data, nil
		}
		return l.store.Tile(ctx, level, n)
	}
	for _, earlier := range []Checkpoint{signed, l.guarded} {
		if earlier.Size == 0 {
			continue
		}
		root, err := treeHash(earlier.Size, read)
		if err != nil {
			return Checkpoint{}, err
		}
		if root != earlier.Root {
			return Checkpoint{}, fmt.Errorf("%w: the first %d leaves have the root %v, the signed one is %v",
				ErrBroken, earlier.Size, root, earlier.Root)
		}
	}
	root, err := treeHash(size, read)
	return Checkpoint{Origin: l.key.Origin(), Size: size, Root: root}, err
}

type place struct {
	level int
	n     int64
}

// growth holds the tiles that change, each as its widest prefix.
type growth map[place][]byte

func (g growth) rows() []TileRow {
	rows := make([]TileRow, 0, len(g))
	for at, data := range g {
		rows = append(rows, TileRow{Level: at.level, N: at.n, Data: data})
	}
	return rows
}

// grow derives the tiles that a tree needs in order to grow from one size to
// another: hashes are appended to the last tile of each level, and every tile
// that becomes full gives one hash to the level above.
func (l *Log) grow(ctx context.Context, from, to int64) (growth, error) {
	hashes, err := l.store.LeafHashes(ctx, from, to)
	if err != nil {
		return nil, err
	}
	if int64(len(hashes)) != to-from {
		return nil, fmt.Errorf("%w: %d leaf hashes in [%d, %d)", ErrBroken, len(hashes), from, to)
	}
	tiles := growth{}
	for level := 0; len(hashes) > 0; level++ {
		first := width(from, level)
		hashes, err = l.extend(ctx, tiles, level, first, hashes)
		if err != nil {
			return nil, err
		}
	}
	return tiles, nil
}

// extend appends hashes at the position first of a level and returns the hashes
// of the tiles that became full.
func (l *Log) extend(ctx context.Context, tiles growth, level int, first int64,
	hashes []tlog.Hash) ([]tlog.Hash, error) {
	n, have := first/tileWidth, int(first%tileWidth)*tlog.HashSize
	var data []byte
	if have > 0 {
		stored, err := l.store.Tile(ctx, level, n)
		if err != nil {
			return nil, err
		}
		if len(stored) < have {
			return nil, fmt.Errorf("%w: tile %d/%d has %d bytes of %d", ErrBroken, level, n, len(stored), have)
		}
		data = append(data, stored[:have]...)
	}
	var up []tlog.Hash
	for _, h := range hashes {
		data = append(data, h[:]...)
		tiles[place{level, n}] = data
		if len(data) == tileWidth*tlog.HashSize {
			up = append(up, tileHash(data))
			data, n = nil, n+1
		}
	}
	return up, nil
}
