package store

import (
	"context"
	"time"

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
	}
	if db.skew > mostSkew {
		return fault.New(fault.Unavailable, "服务器时钟与数据库相差%d毫秒,暂停办理,请稍后重试", db.skew.Milliseconds())
	}
	return nil
}

// measureSkew takes the best of three: a slow answer says nothing about the clock,
// so the time that the question was under way is granted.
func (db *DB) measureSkew(ctx context.Context) (time.Duration, error) {
	best := time.Duration(-1)
	for range 3 {
		asked := db.wall()
		theirs, err := db.Now(ctx)
		if err != nil {
			return 0, err
		}
		answered := db.wall()
		var off time.Duration
		switch {
		case theirs.Before(asked):
			off = asked.Sub(theirs)
		case theirs.After(answered):
			off = theirs.Sub(answered)
		}
		if best < 0 || off < best {
			best = off
		}
		if best <= mostSkew/10 {
			break
		}
	}
	return best, nil
}
