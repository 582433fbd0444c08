package storetest

import (
	"testing"

	"sunlot/internal/event"
	"sunlot/internal/store"
)

// Record writes one event in a transaction of its own.
func Record(t *testing.T, db *DB, s event.Stream, facts any, private []byte) event.Event {
	t.Helper()
	var e event.Event
	err := db.InTx(t.Context(), func(tx *store.Tx) error {
		if _, err := tx.Lock(s); err != nil {
			return err
		}
		var err error
		e, err = tx.Record(s, "note.taken", facts, private)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return e
}

// Rows counts a table's rows.
func Rows(t *testing.T, db *DB, table string) int64 {
	t.Helper()
	var n int64
	if err := db.Read(t.Context()).Table(table).Count(&n).Error; err != nil {
		t.Fatal(err)
	}
	return n
}

// Query reads rows of the test's own making.
func Query[T any](t *testing.T, db *DB, sql string, args ...any) []T {
	t.Helper()
	var rows []T
	if err := db.Read(t.Context()).Raw(sql, args...).Scan(&rows).Error; err != nil {
		t.Fatal(err)
	}
	return rows
}

// Exec changes rows behind the program's back.
func Exec(t testing.TB, db *DB, statement string, args ...any) {
	t.Helper()
	if _, err := Writer(t, db).ExecContext(t.Context(), statement, args...); err != nil {
		t.Fatal(err)
	}
}
