package store

import (
	"context"
	"fmt"
	"math/rand/v2"
	"time"

	"gorm.io/gorm"

	"sunlot/internal/fault"
)

const (
	mostTries  = 8
	writeLimit = 30 * time.Second
)

// Write runs fn in one transaction. fn may run again when the database asks
// for it (busy, deadlock), so it has no effect outside the transaction. When
// write returns nil the rows are committed, and the bell has been rung.
func (db *DB) Write(ctx context.Context, fn func(*gorm.DB) error) error {
	return db.InTx(ctx, func(t *Tx) error { return fn(t.gorm) })
}

// InTx is Write for callers that record events.
func (db *DB) InTx(ctx context.Context, fn func(*Tx) error) error {
	ctx, cancel := context.WithTimeout(ctx, writeLimit)
	defer cancel()
	if err := db.checkClock(ctx); err != nil {
		return err
	}
	if err := db.checkRights(ctx); err != nil {
		return err
	}
	for try := 1; ; try++ {
		t, err := db.attempt(ctx, fn)
		if err == nil {
			if rung := t.touched(); len(rung) > 0 {
				db.bell(rung)
			}
			return nil
		}
		if full(err) {
			return Unavailable{Cause: err}
		}
		if ctx.Err() == nil && !transient(err) {
			return err
		}
		if try == mostTries || !pause(ctx, try) {
			return Unavailable{Cause: err}
		}
	}
}

// attempt is one run of fn between BEGIN and COMMIT.
func (db *DB) attempt(ctx context.Context, fn func(*Tx) error) (t *Tx, err error) {
	session := db.writer.WithContext(ctx).Begin()
	if session.Error != nil {
		return nil, session.Error
	}
	committed := false
	defer func() {
		if !committed { // also when fn panics
			session.Rollback()
		}
	}()
	t = &Tx{db: db, gorm: session}
	if err := fn(t); err != nil {
		return nil, err
	}
	if err := session.Commit().Error; err != nil {
		if !undoneAtCommit(err) { // nobody knows whether it is committed: running fn again could do it twice
			return nil, Unavailable{Cause: fmt.Errorf("no answer to COMMIT that says what became of it: %w", err)}
		}
		return nil, err
	}
	committed = true
	return t, nil
}

// pause waits a little longer each time, at random, so that two that collided
// do not collide again. It is false when ctx has ended.
func pause(ctx context.Context, try int) bool {
	longest := min(5*time.Millisecond<<try, 500*time.Millisecond)
	timer := time.NewTimer(time.Duration(rand.Int64N(int64(longest))))
	defer timer.Stop()
	select {
	case <-timer.C:
		return true
	case <-ctx.Done():
		return false
	}
}

// Unavailable tells people to try again with the same request id, and keeps the cause for the log.
type Unavailable struct{ Cause error }

func (u Unavailable) Error() string { return "store: gave up: " + u.Cause.Error() }

func (u Unavailable) Unwrap() []error {
	return []error{fault.New(fault.Unavailable, "系统繁忙，请稍后重试；重复提交不会重复办理"), u.Cause}
}
