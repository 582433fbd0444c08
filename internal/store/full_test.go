package store_test

import (
	"errors"
	"strings"
	"testing"

	"sunlot/internal/fault"
	"sunlot/internal/store"
	"sunlot/internal/store/storetest"
)

// TestAFullDiskIsSaidToBeUnavailable: whoever writes is told to try again, the act
// runs once and leaves nothing behind, and goes on when there is room.
func TestAFullDiskIsSaidToBeUnavailable(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *storetest.DB) {
		fill := []string{
			"SET max_heap_table_size = 16384",
			"CREATE TEMPORARY TABLE narrow (body VARCHAR(8000)) ENGINE = MEMORY",
			"INSERT INTO narrow SELECT REPEAT('x', 8000) FROM seq_1_to_1000",
		}
		if db.Dialect() == "sqlite" {
			fill = []string{"PRAGMA max_page_count = 1", "CREATE TABLE narrow (body BLOB)",
				"INSERT INTO narrow VALUES (zeroblob(8000000))"}
		}
		ran := 0
		err := db.InTx(t.Context(), func(tx *store.Tx) error {
			ran++
			if _, err := take(tx); err != nil {
				return err
			}
			for _, sql := range fill {
				if err := tx.SQL().Exec(sql).Error; err != nil {
					return err
				}
			}
			return errors.New("the disk has room")
		})
		if fault.CodeOf(err) != fault.Unavailable || ran != 1 || !strings.Contains(err.Error(), "full") {
			t.Errorf("ran %d times: %v", ran, err)
		}
		if n := storetest.Rows(t, db, "events"); n != 0 {
			t.Errorf("%d events", n)
		}
		if db.Dialect() == "sqlite" {
			storetest.Must(t, db.Writer().Exec("PRAGMA max_page_count = 1073741823").Error)
		}
		storetest.Must(t, db.InTx(t.Context(), func(tx *store.Tx) error { _, err := take(tx); return err }))
	})
}
