package ledger

import (
	"context"

	"golang.org/x/mod/sumdb/tlog"

	"sunlot/internal/fault"
)

// Head says how far the log has come.
func (l *Log) Head(ctx context.Context) (Head, error) { return l.store.Head(ctx) }

// Checkpoint returns the newest signed checkpoint.
func (l *Log) Checkpoint(ctx context.Context) ([]byte, error) {
	head, err := l.store.Head(ctx)
	if err != nil {
		return nil, err
	}
	if head.Checkpoint == "" {
		return nil, fault.New(fault.NotFound, "日志尚未签发第一个检查点，请稍后再试")
	}
	return []byte(head.Checkpoint), nil
}

// Tile returns the bytes at an address after "tile/", such as 0/x001/234,
// 1/000.p/7 or entries/000. They never change. What is malformed and what the
// signed size does not cover is NotFound.
func (l *Log) Tile(ctx context.Context, path string) ([]byte, error) {
	missing := fault.New(fault.NotFound, "日志中没有这一段")
	t, ok := parseTile(path)
	if !ok {
		return nil, missing
	}
	signed, _, err := l.signed(ctx)
	if err != nil {
		return nil, err
	}
	if !covers(signed.Size, t) {
		return nil, missing
	}
	if t.L == entries {
		return l.bundle(ctx, t)
	}
	return l.stored(ctx, t)
}

// signed opens the stored checkpoint. Before the first it is of size zero.
func (l *Log) signed(ctx context.Context) (Checkpoint, string, error) {
	head, err := l.store.Head(ctx)
	if err != nil || head.Checkpoint == "" {
		return Checkpoint{}, "", err
	}
	if known := l.opened.Load(); known != nil && known.text == head.Checkpoint {
		return known.checkpoint, known.text, nil
	}
	c, err := OpenCheckpoint(head.Checkpoint, l.key.verifier)
	if err == nil {
		l.opened.Store(&opened{checkpoint: c, text: head.Checkpoint})
	}
	return c, head.Checkpoint, err
}

// opened is a signed checkpoint whose signature was verified.
type opened struct {
	checkpoint Checkpoint
	text       string
}

// Place says which index a leaf has once a signed checkpoint covers it. It is false
// while the leaf is not yet in the chain, and for an unknown leaf.
func (l *Log) Place(ctx context.Context, leaf tlog.Hash) (index int64, in bool, err error) {
	index, found, err := l.store.Index(ctx, leaf)
	if err != nil || !found {
		return 0, false, err
	}
	c, _, err := l.signed(ctx)
	if err != nil || index >= c.Size {
		return 0, false, err
	}
	return index, true, nil
}

func (l *Log) bundle(ctx context.Context, t tlog.Tile) ([]byte, error) {
	from := t.N << tileHeight
	leaves, err := l.store.Leaves(ctx, from, from+int64(t.W))
	if err != nil {
		return nil, err
	}
	if len(leaves) != t.W {
		return nil, fault.New(fault.Internal, "日志第 %d 条起应有 %d 条，只有 %d 条", from, t.W, len(leaves))
	}
	return packBundle(leaves)
}

// stored cuts a tile to its width: the row may be wider by now.
func (l *Log) stored(ctx context.Context, t tlog.Tile) ([]byte, error) {
	data, err := l.store.Tile(ctx, t.L, t.N)
	if err != nil {
		return nil, err
	}
	if len(data) < t.W*tlog.HashSize {
		return nil, fault.New(fault.Internal, "日志的校验码块 %s 不完整", tilePath(t))
	}
	return data[:t.W*tlog.HashSize], nil
}

// Proof returns the receipt of a leaf under the newest checkpoint. It is false
// while the leaf is not yet in the chain ("正在记入日志"), and for an unknown leaf.
func (l *Log) Proof(ctx context.Context, leaf tlog.Hash) (Receipt, bool, error) {
	index, in, err := l.Place(ctx, leaf)
	if err != nil || !in {
		return Receipt{}, false, err
	}
	c, text, err := l.signed(ctx)
	if err != nil {
		return Receipt{}, false, err
	}
	path, err := tlog.ProveRecord(c.Size, index, hashReader(func(level int, n int64) ([]byte, error) {
		return l.store.Tile(ctx, level, n)
	}))
	if err != nil {
		return Receipt{}, false, err
	}
	return Receipt{Index: index, Path: path, Checkpoint: text}, true, nil
}
