package store_test

import (
	"context"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"sunlot/internal/event"
	"sunlot/internal/fault"
	"sunlot/internal/store"
	"sunlot/internal/store/storetest"
)

// recordOne writes one event, as every act does.
func recordOne(t *testing.T, db interface {
	InTx(context.Context, func(*store.Tx) error) error
}) error {
	t.Helper()
	return db.InTx(t.Context(), func(tx *store.Tx) error {
		stream := event.Of("item", event.NewID())
		if _, err := tx.Lock(stream); err != nil {
			return err
		}
		_, err := tx.Record(stream, "item.tried", struct{}{}, nil)
		return err
	})
}

// A server whose account may change or remove what only ever grows writes
// nothing and says which right is too many; one that may not works.
func TestOneRightTooManyStopsAllWriting(t *testing.T) {
	t.Parallel()
	dsn := storetest.Schema(t)
	storetest.Open(t, store.Config{DSN: dsn})
	at, err := url.Parse(dsn)
	if err != nil {
		t.Fatal(err)
	}
	open := func(dsn string) *store.DB {
		t.Helper()
		db, err := store.Open(t.Context(), store.Config{DSN: dsn, Narrow: true})
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { db.Close() })
		return db
	}
	for _, right := range []string{"", "UPDATE (kind) ON %.events", "INSERT, ALTER ON %.events", "DROP ON %.log_leaves",
		"TRIGGER ON %.events", "UPDATE ON %.events", "DELETE ON %.events", "UPDATE ON %.log_leaves",
		"DELETE ON %.log_leaves", "UPDATE ON %.*"} {
		narrow, grant := storetest.Narrow(t, dsn)
		if right != "" {
			grant(strings.ReplaceAll(right, "%", at.Path[1:]))
		}
		db := open(narrow)
		if ready, err := db.Migrated(t.Context()); err != nil || !ready {
			t.Errorf("with %q the tables cannot be looked at: %v", right, err)
		}
		err := recordOne(t, db)
		if right == "" {
			if err != nil {
				t.Errorf("with the server's own rights: %v", err)
			}
			continue
		}
		verb := regexp.MustCompile("UPDATE|DELETE|ALTER|DROP|TRIGGER").FindString(right)
		_, table, _ := strings.Cut(right, "%.")
		if fault.CodeOf(err) != fault.Unavailable || !strings.Contains(err.Error(), verb+" ON") ||
			!strings.Contains(err.Error(), "."+table) {
			t.Errorf("with %q: %v", right, err)
		}
	}
	if err := recordOne(t, open(dsn)); fault.CodeOf(err) != fault.Unavailable {
		t.Errorf("as the owner: %v", err)
	}
}

// The guard is asked on no row, so that what is there and what guards it stay.
func TestTheOwnerMayWriteWhereNobodyAskedForNarrowness(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *storetest.DB) {
		if err := recordOne(t, db); err != nil {
			t.Error(err)
		}
		may, err := db.TooManyRights(t.Context())
		if err != nil || (db.Dialect() == "mysql") != (len(may) > 4) {
			t.Errorf("%q %v", may, err)
		}
	})
}

// What SHOW GRANTS says is read right by right; what is not understood is too much.
func TestWhatIsGranted(t *testing.T) {
	t.Parallel()
	for line, want := range map[string]string{
		"GRANT USAGE ON *.* TO `s`@`%` IDENTIFIED BY PASSWORD '*AB'":                    "",
		"GRANT SELECT, INSERT ON `sunlot`.`events` TO `s`@`%`":                          "",
		"GRANT SELECT, INSERT, UPDATE, DELETE ON `sunlot`.`lots` TO `s`@`%`":            "",
		"GRANT SELECT, INSERT, UPDATE (`leaf`, `kind`) ON `sunlot`.`events` TO `s`@`%`": "UPDATE ON sunlot.events",
		"GRANT ALL PRIVILEGES ON `other`.* TO `s`@`%`":                                  "",
		"GRANT ALL PRIVILEGES ON `sun%`.* TO `s`@`%`":                                   "ALL PRIVILEGES ON sun%.*",
		"GRANT ALL PRIVILEGES ON *.* TO `root`@`%` WITH GRANT OPTION": "ALL PRIVILEGES ON " +
			"*.*;GRANT OPTION ON *.*",
		"GRANT SELECT ON `sunlot`.* TO `s`@`%` WITH GRANT OPTION": "GRANT OPTION ON sunlot.*",
		"GRANT `keeper` TO `s`@`%`":                               "GRANT `keeper` TO `s`@`%`",
		"SET DEFAULT ROLE `keeper` FOR `s`@`%`":                   "SET DEFAULT ROLE `keeper` FOR `s`@`%`",
	} {
		if got := strings.Join(store.TooMuch(line, "sunlot"), ";"); got != want {
			t.Errorf("%s: %q, want %q", line, got, want)
		}
	}
}
