package store_test

import (
	"context"
	"database/sql/driver"
	"errors"
	"fmt"
	"io"
	"sync"
	"testing"
	"time"

	mysqldriver "github.com/go-sql-driver/mysql"

	"sunlot/internal/event"
	"sunlot/internal/fault"
	"sunlot/internal/store"
	"sunlot/internal/store/storetest"
)

func TestTransient(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		err  error
		want bool
	}{
		{&mysqldriver.MySQLError{Number: 1213}, true},
		{fmt.Errorf("bid: %w", &mysqldriver.MySQLError{Number: 1205}), true},
		{&mysqldriver.MySQLError{Number: 1305}, true},
		{&mysqldriver.MySQLError{Number: 1062}, false},
		{&mysqldriver.MySQLError{Number: 1452}, false},
		{driver.ErrBadConn, true},
		{mysqldriver.ErrInvalidConn, true},
		{io.ErrUnexpectedEOF, true},
		{context.DeadlineExceeded, false},
		{fault.New(fault.Conflict, "已截止"), false},
		{errors.New("other"), false},
	} {
		if got := store.Transient(c.err); got != c.want {
			t.Errorf("%v: %v", c.err, got)
		}
	}
}

func TestRunsAgainWhenTheDatabaseAsks(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *storetest.DB) {
		tries := 0
		err := db.InTx(t.Context(), func(tx *store.Tx) error {
			tries++
			if _, err := take(tx); err != nil {
				return err
			}
			if tries < 3 {
				return &mysqldriver.MySQLError{Number: 1213, Message: "Deadlock found"}
			}
			return nil
		})
		if err != nil || tries != 3 || storetest.Rows(t, db, "events") != 1 {
			t.Fatalf("%d tries, %d events, %v", tries, storetest.Rows(t, db, "events"), err)
		}
		tries = 0
		err = db.InTx(t.Context(), func(*store.Tx) error {
			tries++
			return &mysqldriver.MySQLError{Number: 1213, Message: "Deadlock found"}
		})
		if fault.CodeOf(err) != fault.Unavailable || tries != store.MostTries {
			t.Errorf("after %d tries: %v", tries, err)
		}
	})
}

// Two transactions that take two streams in opposite order: MariaDB undoes one
// of them, which then runs again.
func TestDeadlockIsResolved(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *storetest.DB) {
		storetest.Record(t, db, "lot:1", note{0}, nil)
		storetest.Record(t, db, "lot:2", note{0}, nil)
		var all sync.WaitGroup
		for _, order := range [][]event.Stream{{"lot:1", "lot:2"}, {"lot:2", "lot:1"}} {
			all.Go(func() {
				for range 10 {
					err := db.InTx(t.Context(), func(tx *store.Tx) error {
						for _, s := range order {
							if _, err := tx.Lock(s); err != nil {
								return err
							}
							time.Sleep(2 * time.Millisecond)
							if _, err := tx.Record(s, "note.taken", note{1}, nil); err != nil {
								return err
							}
						}
						return nil
					})
					if err != nil {
						t.Error(err)
					}
				}
			})
		}
		all.Wait()
		if n := storetest.Rows(t, db, "events"); n != 42 {
			t.Errorf("%d events, want 42", n)
		}
	})
}

func TestPanicUndoesTheTransaction(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *storetest.DB) {
		func() {
			defer func() { recover() }()
			db.InTx(t.Context(), func(tx *store.Tx) error {
				take(tx)
				panic("rule broken")
			})
		}()
		if n := storetest.Rows(t, db, "events"); n != 0 {
			t.Errorf("%d events", n)
		}
		storetest.Record(t, db, "lot:1", note{1}, nil) // the single writing connection is free again
	})
}

func TestWriteEndsWithItsContext(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *storetest.DB) {
		storetest.Record(t, db, "lot:1", note{1}, nil)
		held, free := make(chan struct{}), make(chan struct{})
		done := make(chan error)
		go func() {
			done <- db.InTx(context.Background(), func(tx *store.Tx) error {
				_, err := tx.Lock("lot:1")
				close(held)
				<-free
				return err
			})
		}()
		<-held
		ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
		defer cancel()
		began := time.Now()
		err := db.InTx(ctx, func(tx *store.Tx) error { _, err := take(tx); return err })
		if fault.CodeOf(err) != fault.Unavailable || time.Since(began) > 5*time.Second {
			t.Errorf("after %v: %v", time.Since(began), err)
		}
		close(free)
		if err := <-done; err != nil {
			t.Error(err)
		}
		if n := storetest.Rows(t, db, "events"); n != 1 {
			t.Errorf("%d events", n)
		}
	})
}

func TestANodeWithAWrongClockDoesNotWrite(t *testing.T) {
	t.Parallel()
	db := storetest.Open(t, store.Config{DSN: storetest.Schema(t)})
	for off, refused := range map[time.Duration]bool{
		0:                      false,
		300 * time.Millisecond: false,
		700 * time.Millisecond: true,
		-time.Minute:           true,
	} {
		db.SetWall(func() time.Time { return time.Now().Add(off) })
		err := db.InTx(t.Context(), func(*store.Tx) error { return nil })
		if got := fault.CodeOf(err) == fault.Unavailable; got != refused {
			t.Errorf("%v off: %v", off, err)
		}
	}
}
