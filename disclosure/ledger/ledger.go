// Package ledger is the public append-only log of everything that is published:
// a Merkle tree over the leaves of all events, in the formats of C2SP
// (tlog-tiles, tlog-checkpoint, signed-note, tlog-proof), so that verifiers
// that nobody here wrote can check it.
//
// The path of a leaf: the business transaction commits the event and an outbox
// row; the sequencer gives it an index; the publisher commits the tiles above
// it and only then signs a checkpoint that covers it.
package ledger

import (
	"context"
	"encoding/hex"
	"errors"
	"log/slog"
	"sync/atomic"
	"time"

	"golang.org/x/mod/sumdb/tlog"
)

// ErrBroken wraps what no retry can mend: a gap in the indices, a database
// behind the last signed checkpoint, a tree that is not the signed one. The log
// signs nothing more until a person has looked.
var ErrBroken = errors.New("ledger: refused to sign")

// Head says how far the log has come.
type Head struct {
	Sequenced  int64  // leaves that have an index
	Checkpoint string // the newest signed checkpoint; empty before the first
}

// TileRow is the widest prefix known of one tile: up to 256 hashes of 32 bytes.
type TileRow struct {
	Level int
	N     int64
	Data  []byte
}

// Store keeps the log. Each method is one transaction; what it wrote is durable
// when it returns.
type Store interface {
	// Claim fixes the origin at first use and returns the one that is fixed.
	Claim(ctx context.Context, origin string) (string, error)
	// Sequence moves up to limit committed outbox rows into the log under
	// contiguous indices, each leaf once, and says how many. An index or leaf
	// that the log already has wraps ErrBroken. It holds the head row's lock,
	// so that any number of nodes may call it.
	Sequence(ctx context.Context, limit int) (int, error)
	Head(ctx context.Context) (Head, error)
	// LeafHashes and Leaves return what is at the indices [from, to), fewer
	// when the log does not reach so far. A gap between them wraps ErrBroken.
	LeafHashes(ctx context.Context, from, to int64) ([]tlog.Hash, error)
	Leaves(ctx context.Context, from, to int64) ([][]byte, error)
	// Index finds a leaf by its hash.
	Index(ctx context.Context, leaf tlog.Hash) (index int64, found bool, err error)
	// Tile returns the stored prefix of a tile, empty when there is none.
	Tile(ctx context.Context, level int, n int64) ([]byte, error)
	// SaveTiles stores all or none. A row never becomes narrower.
	SaveTiles(ctx context.Context, tiles []TileRow) error
	// SaveCheckpoint replaces the checkpoint if size is larger than that of the
	// stored one, or none is stored. A late signer changes nothing.
	SaveCheckpoint(ctx context.Context, size int64, signed string) error
}

// Config is what a Log stands on.
type Config struct {
	Store Store
	Key   *Key
	Guard Guard
}

// Log writes and reads one log. Any number of nodes may run one over the same database.
type Log struct {
	store Store
	key   *Key
	guard Guard
	bell  chan struct{}

	opened  atomic.Pointer[opened] // the checkpoint that was read last
	guarded Checkpoint             // the newest that the guard's files held; used by Run's goroutine only
}

// Open checks that the log has this key's origin (fixed at first start) and
// loads the guard's files.
func Open(ctx context.Context, c Config) (*Log, error) {
	fixed, err := c.Store.Claim(ctx, c.Key.Origin())
	if err != nil {
		return nil, err
	}
	if fixed != c.Key.Origin() {
		return nil, errors.New("ledger: the origin of this log is " + fixed + ", the key is of " + c.Key.Origin())
	}
	guarded, err := c.Guard.load(c.Key)
	if err != nil {
		return nil, err
	}
	return &Log{store: c.Store, key: c.Key, guard: c.Guard, bell: make(chan struct{}, 1), guarded: guarded}, nil
}

// KeyText is the verifier key, as /log/key shows it.
func (l *Log) KeyText() string { return l.key.Text() + "\n" }

// Ring wakes Run. It never blocks.
func (l *Log) Ring() {
	select {
	case l.bell <- struct{}{}:
	default:
	}
}

const (
	poll  = 100 * time.Millisecond // another node's events are seen this late
	pause = 50 * time.Millisecond  // events this close share a checkpoint
	retry = time.Second            // after a passing fault of the database
)

// Run sequences and publishes until ctx ends, and then returns nil. It returns
// an error only when it wraps ErrBroken.
func (l *Log) Run(ctx context.Context) error {
	for {
		wait := poll
		err := l.Step(ctx)
		switch {
		case ctx.Err() != nil:
			return nil
		case errors.Is(err, ErrBroken):
			return err
		case err != nil:
			slog.WarnContext(ctx, "ledger: step failed, will try again", "err", err)
			wait = retry
		}
		if !sleep(ctx, pause) {
			return nil
		}
		select {
		case <-ctx.Done():
			return nil
		case <-l.bell:
		case <-time.After(wait - pause):
		}
	}
}

// Step gives all waiting leaves their indices and publishes checkpoints that cover
// them: one after each thousand, so that what comes behind many waits for none of them.
func (l *Log) Step(ctx context.Context) error {
	const batch = 1000
	for n := batch; n == batch; {
		var err error
		n, err = l.store.Sequence(ctx, batch)
		if err != nil {
			return err
		}
		if err := l.publish(ctx); err != nil {
			return err
		}
	}
	return nil
}

func sleep(ctx context.Context, d time.Duration) bool {
	select {
	case <-ctx.Done():
		return false
	case <-time.After(d):
		return true
	}
}

// LeafHash is the hash by which the tree knows a leaf (RFC 6962, section 2.1).
func LeafHash(leaf []byte) tlog.Hash { return tlog.RecordHash(leaf) }

// ParseHash reads a leaf hash written in hex, as addresses carry it.
func ParseHash(text string) (tlog.Hash, bool) {
	var h tlog.Hash
	raw, err := hex.DecodeString(text)
	return h, err == nil && copy(h[:], raw) == tlog.HashSize && len(raw) == tlog.HashSize
}
