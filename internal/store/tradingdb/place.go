package tradingdb

import (
	"context"
	"errors"
	"hash/crc32"
	"slices"
	"sync"
	"time"

	"sunlot/internal/event"
	"sunlot/internal/fault"
	"sunlot/internal/store"
	"sunlot/trading/bidding"
)

// mostBids is how many bids share one transaction.
const mostBids = 256

// bidJob is one bid that waits for its decision.
type bidJob struct {
	once        event.Request
	lot, person string
	received    time.Time
	decide      func(bidding.BidTx) (string, error)

	answer  string
	err     error
	refused bool          // by decide
	done    chan struct{} // closed when answer and err are final
}

// bidLines is how many transactions of bids run at once, where the database can
// run several: more are smaller, and cost more than they gain. A lot's bids are
// always in the same.
const bidLines = 2

// line is where the bids for a lot wait.
func (db *DB) line(lot string) *bidQueue {
	if db.Dialect() == "sqlite" {
		return &db.bids[0]
	}
	return &db.bids[crc32.ChecksumIEEE([]byte(lot))%bidLines]
}

// bidQueue is some of the bids that wait at this node.
type bidQueue struct {
	mu      sync.Mutex // owns waiting, working
	waiting []*bidJob
	working bool // somebody carries them out
}

// PlaceBid implements bidding.LotStore. What waits while one transaction commits
// shares the next: many bids cost one wait for the disk. When ctx ends first the
// bid may stand all the same, which ByRequest tells.
func (db *DB) PlaceBid(ctx context.Context, once event.Request, lot, person string, received time.Time,
	decide func(bidding.BidTx) (string, error)) (string, error) {
	if !isLot(lot) {
		return "", fault.New(fault.NotFound, noLot)
	}
	j := &bidJob{
		once:     once,
		lot:      lot,
		person:   person,
		received: received,
		decide:   decide,
		done:     make(chan struct{}),
	}
	q := db.line(lot)
	q.mu.Lock()
	q.waiting = append(q.waiting, j)
	idle := !q.working
	q.working = true
	q.mu.Unlock()
	if idle {
		go db.carryOut(q) // apart from the caller, whose context must not undo the others' bids
	}
	select {
	case <-j.done:
	case <-ctx.Done():
		return "", store.Unavailable{Cause: ctx.Err()}
	}
	if j.refused {
		db.NoteRefusal(ctx, once.Actor, once.Kind, j.err)
	}
	return j.answer, j.err
}

// carryOut works until no bid waits.
func (db *DB) carryOut(q *bidQueue) {
	for jobs := q.take(); len(jobs) > 0; jobs = q.take() {
		db.carryOutBatch(jobs)
	}
}

// take removes the bids that were received first. None means that the caller has ended work.
func (q *bidQueue) take() []*bidJob {
	q.mu.Lock()
	defer q.mu.Unlock()
	slices.SortStableFunc(q.waiting, func(a, b *bidJob) int { return a.received.Compare(b.received) })
	n := min(len(q.waiting), mostBids)
	jobs := q.waiting[:n:n]
	q.waiting = q.waiting[n:]
	q.working = n > 0
	return jobs
}

// carryOutBatch decides the bids in one transaction and then answers them. What
// the database refuses as a whole is tried bid by bid, so that one cannot keep
// the others from being decided.
func (db *DB) carryOutBatch(jobs []*bidJob) {
	err := db.batch(jobs, false)
	if store.Duplicate(err) { // a request that is known: it is looked up first
		err = db.batch(jobs, true)
	}
	var gaveUp store.Unavailable
	if err != nil && len(jobs) > 1 && !errors.As(err, &gaveUp) && fault.CodeOf(err) != fault.Unavailable {
		for _, j := range jobs {
			db.carryOutBatch([]*bidJob{j})
		}
		return
	}
	for _, j := range jobs {
		if err != nil {
			j.answer = ""
			j.err = err
			j.refused = false
		}
		close(j.done)
	}
}

// batch runs the bids in one transaction, in order of receipt.
func (db *DB) batch(jobs []*bidJob, lookUp bool) error {
	return db.InTx(context.Background(), func(t *store.Tx) error {
		b := &bidBatch{t: Of(t), jobs: jobs}
		if err := b.read(lookUp); err != nil {
			return err
		}
		for _, j := range jobs {
			if err := b.run(j); err != nil {
				return err
			}
		}
		return b.write()
	})
}
