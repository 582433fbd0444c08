package store

import (
	"context"
	"math"
	"time"

	"sunlot/internal/calendar"
	"sunlot/internal/fault"
)

const (
	mostSkew  = 500 * time.Millisecond
	skewEvery = 10 * time.Second
)

// checkClock refuses writes on a node whose clock is more than 500 ms off the
// database's: two such nodes would decide the same deadline differently. It
// asks the database at most every ten seconds. On SQLite the clocks are one.
func (db *DB) checkClock(ctx context.Context) error {
	if db.dialect == "sqlite" {
		return nil
	}
	db.skewMu.Lock()
	defer db.skewMu.Unlock()
	if time.Since(db.skewAt) > skewEvery {
		skew, err := db.measureSkew(ctx)
		if err != nil {
			return err
		}
		db.skew, db.skewAt = skew, time.Now()
		ahead := skew
		if skew.Abs() > mostSkew {
			ahead = 0
		}
		db.ahead.Store(int64(ahead)) // at once: whoever reads meanwhile has the old one or the new
	}
	if db.skew.Abs() > mostSkew {
		return fault.New(fault.Unavailable, "系统正在校准时间，暂停办理，请稍后重试")
	}
	return nil
}

// corrected is the deciding clock of a node, put right by how far the machine's
// clock was off the database's at the last measurement: what two nodes stamp is
// then of one clock.
type corrected struct {
	calendar.Clock
	db *DB
}

func (c corrected) Now() time.Time { return c.Clock.Now().Add(time.Duration(c.db.ahead.Load())) }

// measureSkew is how far the database's clock is ahead of the machine's. It takes
// the best of three: a slow answer says nothing about the clock, so the time that
// the question was under way is granted.
func (db *DB) measureSkew(ctx context.Context) (time.Duration, error) {
	best := time.Duration(math.MaxInt64)
	for range 3 {
		asked := db.wall()
		theirs, err := db.Now(ctx)
		if err != nil {
			return 0, err
		}
		answered := db.wall()
		var off time.Duration
		switch {
		case theirs.Add(time.Millisecond).Before(asked): // it tells whole milliseconds
			off = theirs.Add(time.Millisecond).Sub(asked)
		case theirs.After(answered):
			off = theirs.Sub(answered)
		}
		if off.Abs() < best.Abs() {
			best = off
		}
		if best.Abs() <= mostSkew/10 {
			break
		}
	}
	return best, nil
}
