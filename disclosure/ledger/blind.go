package ledger

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"fmt"
	"log/slog"
	"math/big"
	"time"

	"sunlot/internal/calendar"
	"sunlot/internal/event"
	"sunlot/internal/fault"
)

// What must stay hidden for a while (a bid, a registration, a report) goes into
// the log blind: once a minute, also when nothing happened, one event holds the
// root of a tree of 1,024 slots in which the real commitments sit among random
// fillers. Whoever reads the log learns neither their number nor their times
// ("20号令", art. 21).
const (
	BlindStream = event.Stream("blind:ticks")
	BlindKind   = "blind.tick"

	slots     = 1024
	tickEvery = time.Minute
	// promiseWithin is how long after its acceptance a commitment is in a tick at
	// the latest. It is the same for all: a shorter one for a quiet minute would
	// tell how quiet it is.
	promiseWithin = 10 * time.Minute
	// mostPending commitments fit into the ticks before the promised time, with
	// two minutes to spare.
	mostPending = 8 * slots
	// mostOfCrowd of them may come from where anybody with an account can send many.
	mostOfCrowd = 6 * slots
)

// Tick is the facts of blind.tick.
type Tick struct {
	Tick int64  `json:"tick"` // from 1, one more each time
	Root string `json:"root"` // Merkle root, hex, of the 1,024 slots
}

// Slotted is a commitment at its random place in a tick.
type Slotted struct {
	Commitment [32]byte
	Slot       int
}

// CommitTx is what Commit needs of a business transaction.
type CommitTx interface {
	// Pending counts the commitments that are in no tick yet, at most limit.
	Pending(limit int) (int, error)
	// AddCommitment keeps one; a second time is a Conflict.
	AddCommitment(c [32]byte, at, due time.Time) error
}

// TickTx is what a tick needs of its transaction.
type TickTx interface {
	event.Recorder
	// LastTick returns the newest tick's number and time; zero when there is none.
	LastTick() (int64, time.Time, error)
	// Oldest returns up to limit commitments that are in no tick yet, oldest first.
	Oldest(limit int) ([][32]byte, error)
	// SaveTick keeps the seed, from which the fillers can be made again, and the places.
	SaveTick(n int64, e event.Event, seed [32]byte, placed []Slotted) error
}

// BlindStore keeps ticks and commitments. Both are private.
type BlindStore interface {
	// WriteTick runs fn in one transaction; fn may run again.
	WriteTick(ctx context.Context, fn func(TickTx) error) error
	// Committed returns the tick that holds a commitment: zero while it waits,
	// fault.NotFound when there is no such commitment.
	Committed(ctx context.Context, c [32]byte) (tick int64, err error)
	// TickSlots returns what SaveTick kept, and the tick's leaf.
	TickSlots(ctx context.Context, tick int64) (seed [32]byte, placed []Slotted, leaf []byte, err error)
}

// Blind publishes commitments blind. Any number of nodes may run one.
type Blind struct {
	Store BlindStore
	Log   *Log
	Clock calendar.Clock

	last time.Time // of the newest tick known; used by Run's goroutine only
}

// Run makes one tick in each minute of the clock until ctx ends.
func (b *Blind) Run(ctx context.Context) {
	for ctx.Err() == nil {
		if err := b.TickIfDue(ctx); err != nil && ctx.Err() == nil {
			slog.WarnContext(ctx, "ledger: blind tick failed, will try again", "err", err)
		}
		sleep(ctx, time.Second)
	}
}

// TickIfDue makes a tick when the last one was in an earlier minute. Of several
// nodes one makes it: each looks again while it holds the stream.
func (b *Blind) TickIfDue(ctx context.Context) error {
	if !due(b.last, b.Clock.Now()) {
		return nil
	}
	var last time.Time
	err := b.Store.WriteTick(ctx, func(tx TickTx) error {
		now, err := tx.Lock(BlindStream)
		if err != nil {
			return err
		}
		n, at, err := tx.LastTick()
		if err != nil {
			return err
		}
		last = at
		if !due(at, now) {
			return nil
		}
		last = now
		return tick(tx, n+1)
	})
	if err == nil {
		b.last = last
	}
	return err
}

func due(last, now time.Time) bool {
	return now.Truncate(tickEvery).After(last.Truncate(tickEvery))
}

func tick(tx TickTx, n int64) error {
	waiting, err := tx.Oldest(slots)
	if err != nil {
		return err
	}
	var seed [32]byte
	rand.Read(seed[:])
	placed, err := scatter(waiting)
	if err != nil {
		return err
	}
	tree := newBlindTree(seed, placed)
	root := tree.root()
	e, err := tx.Record(BlindStream, BlindKind, Tick{Tick: n, Root: hex.EncodeToString(root[:])}, nil)
	if err != nil {
		return err
	}
	return tx.SaveTick(n, e, seed, placed)
}

// scatter gives each commitment a random slot of its own.
func scatter(waiting [][32]byte) ([]Slotted, error) {
	var free [slots]int
	for i := range free {
		free[i] = i
	}
	placed := make([]Slotted, len(waiting))
	for i, c := range waiting {
		r, err := rand.Int(rand.Reader, big.NewInt(int64(slots-i)))
		if err != nil {
			return nil, err
		}
		j := i + int(r.Int64())
		free[i], free[j] = free[j], free[i]
		placed[i] = Slotted{Commitment: c, Slot: free[i]}
	}
	return placed, nil
}

// Commit takes a commitment into the business transaction that decided at that
// time and returns the promise for its owner: a note signed by the log key.
// The promise may leave the server only after COMMIT. A commitment looks random
// (it is a salted hash) and is used once.
func (b *Blind) Commit(tx CommitTx, at time.Time, commitment [32]byte) (string, error) {
	return b.commit(tx, at, commitment, mostPending)
}

// Crowd is the way in for those of whom there may be a crowd: it is full while
// there is still room for reports. Which kind a commitment is of is stored nowhere.
type Crowd struct{ *Blind }

// Commit is Blind's.
func (c Crowd) Commit(tx CommitTx, at time.Time, commitment [32]byte) (string, error) {
	return c.commit(tx, at, commitment, mostOfCrowd)
}

func (b *Blind) commit(tx CommitTx, at time.Time, commitment [32]byte, most int) (string, error) {
	waiting, err := tx.Pending(most)
	if err != nil {
		return "", err
	}
	if waiting >= most {
		return "", fault.New(fault.Unavailable, "当前使用人数较多，本次未提交成功，请一分钟后用同一页面重试")
	}
	p := Promise{
		Origin:     b.Log.key.Origin(),
		Commitment: commitment,
		Due:        at.Add(promiseWithin).UTC().Truncate(time.Millisecond),
	}
	if err := tx.AddCommitment(commitment, at, p.Due); err != nil {
		return "", err
	}
	return b.Log.key.sign(p.text())
}

// Path returns the proof that a commitment is in the log. It is false while its
// tick is not yet made, or not yet in the chain. An unknown one is NotFound.
func (b *Blind) Path(ctx context.Context, commitment [32]byte) (BlindProof, bool, error) {
	n, err := b.Store.Committed(ctx, commitment)
	if err != nil || n == 0 {
		return BlindProof{}, false, err
	}
	seed, placed, leaf, err := b.Store.TickSlots(ctx, n)
	if err != nil {
		return BlindProof{}, false, err
	}
	receipt, ok, err := b.Log.Proof(ctx, LeafHash(leaf))
	if err != nil || !ok {
		return BlindProof{}, false, err
	}
	for _, p := range placed {
		if p.Commitment == commitment {
			path := newBlindTree(seed, placed).path(p.Slot)
			return BlindProof{
				Commitment: hex.EncodeToString(commitment[:]),
				Slot:       p.Slot,
				Path:       path,
				Leaf:       string(leaf),
				Receipt:    receipt.String(),
			}, true, nil
		}
	}
	return BlindProof{}, false, fmt.Errorf("ledger: blind tick %d lost a commitment", n)
}
