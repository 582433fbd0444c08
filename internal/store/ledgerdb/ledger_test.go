package ledgerdb_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"golang.org/x/mod/sumdb/tlog"
	"gorm.io/gorm"

	"sunlot/disclosure/ledger"
	"sunlot/internal/event"
	"sunlot/internal/store"
	"sunlot/internal/store/storetest"
)

// noteIn records one event in each stream.
func noteIn(t *testing.T, db *storetest.DB, streams ...event.Stream) {
	t.Helper()
	err := db.WriteTick(t.Context(), func(tx ledger.TickTx) error {
		for _, s := range streams {
			if _, err := tx.Lock(s); err != nil {
				return err
			}
			if _, err := tx.Record(s, "item.noted", map[string]string{"title": "鱼塘"}, nil); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

func sequence(t *testing.T, db *storetest.DB, limit, want int) {
	t.Helper()
	if n, err := db.Sequence(t.Context(), limit); err != nil || n != want {
		t.Fatalf("sequenced %d, %v; want %d", n, err, want)
	}
}

// order names the streams of the leaves in the order of the log.
func order(t *testing.T, db *storetest.DB) string {
	t.Helper()
	leaves, err := db.Leaves(t.Context(), 0, 1000)
	if err != nil {
		t.Fatal(err)
	}
	hashes, err := db.LeafHashes(t.Context(), 0, 1000)
	if err != nil || len(hashes) != len(leaves) {
		t.Fatalf("%d hashes of %d leaves, %v", len(hashes), len(leaves), err)
	}
	var names []string
	for i, leaf := range leaves {
		e, err := event.Parse(leaf)
		if err != nil {
			t.Fatal(err)
		}
		index, found, err := db.Index(t.Context(), tlog.RecordHash(leaf))
		if err != nil || !found || index != int64(i) || hashes[i] != tlog.RecordHash(leaf) {
			t.Fatalf("leaf %d is found at %d, %v, %v", i, index, found, err)
		}
		names = append(names, fmt.Sprint(e.Stream.ID(), e.Seq))
	}
	return strings.Join(names, " ")
}

func TestSequenceTakesTheOutboxInBatches(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *storetest.DB) {
		sequence(t, db, 10, 0)
		noteIn(t, db, "item:a", "item:b", "item:c")
		noteIn(t, db, "item:a", "item:a")
		sequence(t, db, 2, 2)
		sequence(t, db, 2, 2)
		sequence(t, db, 2, 1)
		sequence(t, db, 2, 0)
		if got := order(t, db); got != "a1 b1 c1 a2 a3" {
			t.Error(got)
		}
		head, err := db.Head(t.Context())
		if err != nil || head.Sequenced != 5 || head.Checkpoint != "" {
			t.Errorf("%+v %v", head, err)
		}
	})
}

// Where several servers hand out ids, a stream's later event may have the lower
// one. Its leaf comes later all the same.
func TestIdsInNoOrderLeaveAStreamsOrder(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *storetest.DB) {
		noteIn(t, db, "item:a", "item:b")
		noteIn(t, db, "item:a")
		noteIn(t, db, "item:a", "item:c")
		storetest.Must(t, db.Write(t.Context(), func(session *gorm.DB) error {
			return session.Exec("UPDATE outbox SET id = 1000 - id").Error
		}))
		sequence(t, db, 2, 4)
		sequence(t, db, 2, 1)
		got := order(t, db)
		first, second, third := strings.Index(got, "a1"), strings.Index(got, "a2"), strings.Index(got, "a3")
		if first < 0 || second < first || third < second || !strings.HasSuffix(got, "b1") {
			t.Error(got)
		}
	})
}

// Outbox ids are given before COMMIT, so a lower one may appear later. Whoever
// remembered the highest id read would lose it for ever.
func TestALateCommitIsNotLost(t *testing.T) {
	t.Parallel()
	db := storetest.Open(t, store.Config{DSN: storetest.Schema(t)}) // SQLite has one writer at a time
	recorded, commit, done := make(chan bool), make(chan bool), make(chan error)
	go func() {
		done <- db.WriteTick(t.Context(), func(tx ledger.TickTx) error {
			if _, err := tx.Lock("item:slow"); err != nil {
				return err
			}
			_, err := tx.Record("item:slow", "item.noted", map[string]string{}, nil)
			recorded <- true
			<-commit
			return err
		})
	}()
	<-recorded
	noteIn(t, db, "item:fast")
	sequence(t, db, 10, 1)
	commit <- true
	if err := <-done; err != nil {
		t.Fatal(err)
	}
	sequence(t, db, 10, 1)
	if got := order(t, db); got != "fast1 slow1" {
		t.Error(got)
	}
}

// What is rolled back is in no log.
func TestARolledBackEventHasNoLeaf(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *storetest.DB) {
		boom := errors.New("boom")
		err := db.WriteTick(t.Context(), func(tx ledger.TickTx) error {
			if _, err := tx.Lock("item:a"); err != nil {
				return err
			}
			if _, err := tx.Record("item:a", "item.noted", map[string]string{}, nil); err != nil {
				return err
			}
			return boom
		})
		if !errors.Is(err, boom) {
			t.Fatal(err)
		}
		sequence(t, db, 10, 0)
		if got := order(t, db); got != "" {
			t.Error(got)
		}
	})
}

func TestTheOriginIsClaimedOnce(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *storetest.DB) {
		for _, origin := range []string{"first.example", "second.example"} {
			if fixed, err := db.Claim(t.Context(), origin); err != nil || fixed != "first.example" {
				t.Errorf("%s: %s %v", origin, fixed, err)
			}
		}
	})
}

func TestTilesOnlyGrow(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *storetest.DB) {
		for _, save := range []string{"ab", "abcd", "abc", "abcde"} {
			if err := db.SaveTiles(t.Context(), []ledger.TileRow{{
				Level: 1,
				N:     7,
				Data:  []byte(save),
			}, {Level: 0, N: 7, Data: []byte("x")}}); err != nil {
				t.Fatal(err)
			}
		}
		if got, err := db.Tile(t.Context(), 1, 7); err != nil || string(got) != "abcde" {
			t.Errorf("%q %v", got, err)
		}
		if got, err := db.Tile(t.Context(), 1, 8); err != nil || got != nil {
			t.Errorf("a tile that is not there: %q %v", got, err)
		}
	})
}

func TestCheckpointsOnlyGrow(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *storetest.DB) {
		for _, c := range []struct {
			size int64
			text string
			want string
		}{{0, "none", "none"}, {5, "five", "five"}, {3, "three", "five"}, {5, "five again", "five"},
			{6, "six", "six"}} {
			if err := db.SaveCheckpoint(t.Context(), c.size, c.text); err != nil {
				t.Fatal(err)
			}
			if head, err := db.Head(t.Context()); err != nil || head.Checkpoint != c.want {
				t.Errorf("after %s: %+v %v", c.text, head, err)
			}
		}
	})
}

// A log whose leaves do not follow one another is not read on, and not written on.
func TestABrokenLogIsNoticed(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *storetest.DB) {
		noteIn(t, db, "item:a", "item:b", "item:c")
		sequence(t, db, 10, 3)
		change := func(sql string) error {
			_, err := storetest.Writer(t, db).ExecContext(t.Context(), sql)
			return err
		}
		for _, sql := range []string{"DELETE FROM log_leaves WHERE idx = 1",
			"UPDATE log_leaves SET idx = 9 WHERE idx = 1"} {
			if err := change(sql); err == nil {
				t.Errorf("the database lets %s", sql)
			}
		}
		storetest.Must(t, change("UPDATE log_head SET sequenced = 2"))
		noteIn(t, db, "item:d")
		if _, err := db.Sequence(t.Context(), 10); !errors.Is(err, ledger.ErrBroken) {
			t.Errorf("the head says less than the log has: %v", err)
		}
		storetest.Must(t, change("INSERT INTO log_leaves (idx, stream, seq, leaf_hash) SELECT 4, stream, seq,"+
			" leaf_hash"+
			" FROM events WHERE stream = 'item:d'"))
		_, leaves := db.Leaves(t.Context(), 0, 10)
		_, hashes := db.LeafHashes(t.Context(), 0, 10)
		if !errors.Is(leaves, ledger.ErrBroken) || !errors.Is(hashes, ledger.ErrBroken) {
			t.Errorf("a leaf is missing: %v, %v", leaves, hashes)
		}
	})
}
