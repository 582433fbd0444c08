package ledger_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"sunlot/disclosure/ledger"
	"sunlot/internal/event"
	"sunlot/internal/store"
	"sunlot/internal/store/storetest"
)

// Growing by odd amounts crosses the borders of tiles in all ways.
func TestTheLogGrows(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *storetest.DB) {
		l := openLog(t, db, newKey(t))
		step(t, l)
		size := int64(0)
		whole(t, l, size)
		for _, n := range []int{1, 254, 1, 1, 300, 43} {
			record(t, db, n)
			step(t, l)
			size += int64(n)
			whole(t, l, size)
		}
	})
}

// Writers commit in any order while two nodes sequence and publish at once.
func TestTwoSequencersLeaveNoGapAndNoDouble(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *storetest.DB) {
		const writers, each = 6, 40
		key := newKey(t)
		ctx, stop := context.WithCancel(t.Context())
		var nodes, clerks sync.WaitGroup
		logs := []*ledger.Log{openLog(t, db, key), openLog(t, db, key)}
		for _, l := range logs {
			nodes.Go(func() {
				if err := l.Run(ctx); err != nil {
					t.Error(err)
				}
			})
		}
		for w := range writers {
			clerks.Go(func() {
				for range each {
					if err := recordInto(ctx, db, 1, event.Stream(fmt.Sprint("tender:t", w))); err != nil {
						t.Error(err)
					}
					logs[w%2].Ring()
				}
			})
		}
		clerks.Wait()
		deadline := time.Now().Add(10 * time.Second)
		for signedSize(t, logs[0], key) < writers*each && time.Now().Before(deadline) {
			time.Sleep(20 * time.Millisecond)
		}
		stop()
		nodes.Wait()
		report := whole(t, logs[1], writers*each)
		for w := range writers {
			if got := len(report.Streams[event.Stream(fmt.Sprint("tender:t", w))]); got != each {
				t.Errorf("writer %d has %d leaves of %d", w, got, each)
			}
		}
	})
}

func signedSize(t *testing.T, l *ledger.Log, key *ledger.Key) int64 {
	t.Helper()
	signed, err := l.Checkpoint(t.Context())
	if err != nil {
		return 0
	}
	c, err := ledger.OpenCheckpoint(string(signed), verifierOf(t, key))
	if err != nil {
		t.Fatal(err)
	}
	return c.Size
}

// Wherever the process is killed, the old checkpoint is served whole, and the
// next step heals.
func TestACrashDuringPublicationHeals(t *testing.T) {
	t.Parallel()
	points := map[string]crash{
		"before the tiles":     {beforeTiles: true},
		"before the signature": {afterTiles: true},
		"after the signature":  {beforeCheckpoint: true},
	}
	storetest.Each(t, func(t *testing.T, db *storetest.DB) {
		key, size := newKey(t), int64(200)
		guard := filepath.Join(t.TempDir(), "log.checkpoint")
		record(t, db, int(size))
		step(t, openGuarded(t, db, key, guard))
		for name, kill := range points {
			record(t, db, 130)
			kill.Store = db
			l := openGuarded(t, kill, key, guard)
			if err := l.Step(t.Context()); !errors.Is(err, errKilled) {
				t.Fatalf("%s: %v", name, err)
			}
			whole(t, l, size)
			healed := openGuarded(t, db, key, guard)
			step(t, healed)
			size += 130
			whole(t, healed, size)
		}
	})
}

// A node that computed a checkpoint long ago stores it and cuts nothing.
func TestALateSignerIsHarmless(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *storetest.DB) {
		key := newKey(t)
		l := openLog(t, db, key)
		record(t, db, 100)
		step(t, l)
		old, err := l.Checkpoint(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		narrow, err := db.Tile(t.Context(), 0, 0)
		if err != nil {
			t.Fatal(err)
		}
		record(t, db, 100)
		step(t, l)
		if err := db.SaveTiles(t.Context(), []ledger.TileRow{{Level: 0, N: 0, Data: narrow}}); err != nil {
			t.Fatal(err)
		}
		if err := db.SaveCheckpoint(t.Context(), 100, string(old)); err != nil {
			t.Fatal(err)
		}
		whole(t, l, 200)
	})
}

// A database from a backup is behind the guard file: nothing more is signed.
func TestARestoredBackupIsRefused(t *testing.T) {
	t.Parallel()
	storetest.EachConfig(t, func(t *testing.T, c store.Config) {
		key := newKey(t)
		guard := filepath.Join(t.TempDir(), "log.checkpoint")
		first := storetest.Open(t, c)
		record(t, first, 30)
		l := openGuarded(t, first, key, guard)
		step(t, l)
		whole(t, l, 30)

		backup := c
		if c.DSN == "" {
			backup.Dir = t.TempDir()
		} else {
			backup.DSN = storetest.Schema(t)
		}
		restored := storetest.Open(t, backup)
		record(t, restored, 20)
		l = openGuarded(t, restored, key, guard)
		if err := l.Step(t.Context()); !errors.Is(err, ledger.ErrBroken) || !strings.Contains(err.Error(), "backup") {
			t.Fatalf("signed over a restored backup: %v", err)
		}
		record(t, restored, 20) // grown past the guard: other leaves at the same places
		if err := l.Step(t.Context()); !errors.Is(err, ledger.ErrBroken) {
			t.Fatalf("signed a fork: %v", err)
		}
		if err := l.Run(t.Context()); !errors.Is(err, ledger.ErrBroken) {
			t.Fatalf("Run went on: %v", err)
		}
		if got, err := l.Checkpoint(t.Context()); err == nil {
			t.Fatalf("a checkpoint is served: %s", got)
		}
	})
}

// copied is the folder as it is now, copied to another place.
func copied(t *testing.T, from string) string {
	t.Helper()
	to := t.TempDir()
	if err := os.CopyFS(to, os.DirFS(from)); err != nil {
		t.Fatal(err)
	}
	return to
}

// Two copies of the data folder are two histories as soon as both go on, and a
// folder put back takes its guard file back with it: the file outside knows.
func TestOfTwoCopiesOneSigns(t *testing.T) {
	t.Parallel()
	key, outside, folder := newKey(t), t.TempDir(), t.TempDir()
	open := func(dir string) (*storetest.DB, *ledger.Log) {
		db := storetest.Open(t, store.Config{Dir: dir})
		guard := ledger.Guard{Path: filepath.Join(dir, "checkpoint"), Outside: outside}
		l, err := ledger.Open(t.Context(), ledger.Config{Store: db, Key: key, Guard: guard})
		if err != nil {
			t.Fatal(err)
		}
		return db, l
	}
	db, l := open(folder)
	record(t, db, 10)
	step(t, l)
	late, back := copied(t, folder), copied(t, folder)

	twin, second := open(late)
	step(t, second) // the same history so far
	record(t, db, 5)
	record(t, twin, 5)
	step(t, l)
	for range 2 {
		if err := second.Step(t.Context()); !errors.Is(err, ledger.ErrBroken) {
			t.Fatalf("the copy signed its own: %v", err)
		}
	}
	whole(t, l, 15)

	_, third := open(back)
	if err := third.Step(t.Context()); !errors.Is(err, ledger.ErrBroken) || !strings.Contains(err.Error(), "copy") {
		t.Fatalf("a folder put back signed: %v", err)
	}
	record(t, db, 5)
	step(t, l) // the one that signed first goes on
	whole(t, l, 20)
}

// What a process knows it keeps, and one that signs makes the others wait.
func TestTheGuardIsHeldWhileOneSigns(t *testing.T) {
	t.Parallel()
	key, outside := newKey(t), t.TempDir()
	db := storetest.Open(t, store.Config{Dir: t.TempDir()})
	var logs []*ledger.Log
	for range 3 { // three nodes of one machine over one database
		guard := ledger.Guard{Path: filepath.Join(t.TempDir(), "checkpoint"), Outside: outside}
		l, err := ledger.Open(t.Context(), ledger.Config{Store: db, Key: key, Guard: guard})
		if err != nil {
			t.Fatal(err)
		}
		logs = append(logs, l)
	}
	failed := make(chan error, len(logs))
	for _, l := range logs {
		go func() {
			for range 20 {
				err := errors.Join(recordInto(t.Context(), db, 3, "tender:aaaa"), l.Step(t.Context()))
				if err != nil {
					failed <- err
					return
				}
			}
			failed <- nil
		}()
	}
	for range logs {
		if err := <-failed; err != nil {
			t.Fatal(err)
		}
	}
	step(t, logs[0])
	whole(t, logs[0], 180)
}

// A node without a guard file, or with a lost one, may have signed over a
// restored backup. A node that knows better does not join it, and keeps what it knows.
func TestAForkOfAnotherNodeIsRefused(t *testing.T) {
	t.Parallel()
	storetest.EachConfig(t, func(t *testing.T, c store.Config) {
		key, guard := newKey(t), filepath.Join(t.TempDir(), "log.checkpoint")
		m := &memory{leaves: chainOf(t, nil)}
		step(t, openGuarded(t, m, key, guard))
		known, err := os.ReadFile(guard)
		if err != nil {
			t.Fatal(err)
		}
		db := storetest.Open(t, c)
		record(t, db, 30)
		forgetful := openLog(t, db, key)
		step(t, forgetful)
		l := openGuarded(t, db, key, guard)
		for range 2 {
			if err := l.Step(t.Context()); !errors.Is(err, ledger.ErrBroken) {
				t.Errorf("joined a fork: %v", err)
			}
		}
		if now, err := os.ReadFile(guard); err != nil || string(now) != string(known) {
			t.Errorf("the guard forgot: %s %v", now, err)
		}
		whole(t, forgetful, 30)
	})
}

// A node follows what the others sign, so that its guard is never far behind.
func TestTheGuardFollowsOtherNodes(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *storetest.DB) {
		key, guard := newKey(t), filepath.Join(t.TempDir(), "log.checkpoint")
		idle, busy := openGuarded(t, db, key, guard), openLog(t, db, key)
		record(t, db, 300)
		step(t, busy)
		step(t, idle)
		signed, err := busy.Checkpoint(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		if got, err := os.ReadFile(guard); err != nil || string(got) != string(signed) {
			t.Errorf("guard %s %v, signed %s", got, err, signed)
		}
		whole(t, idle, 300)
	})
}

// A leaf that vanished, or a tile that changed, below the signed size is never signed over.
func TestAChangedTreeIsNotSignedOver(t *testing.T) {
	t.Parallel()
	storetest.EachConfig(t, func(t *testing.T, c store.Config) {
		db := storetest.Open(t, c)
		l := openLog(t, db, newKey(t))
		record(t, db, 40)
		step(t, l)
		raw := rawSQL(t, c)
		tile, err := db.Tile(t.Context(), 0, 0)
		if err != nil {
			t.Fatal(err)
		}
		changed := append([]byte{}, tile...)
		changed[5] ^= 1
		execSQL(t, raw, "UPDATE log_tiles SET data = ?", changed)
		record(t, db, 10)
		if err := l.Step(t.Context()); !errors.Is(err, ledger.ErrBroken) {
			t.Fatalf("signed over a changed tile: %v", err)
		}
		execSQL(t, raw, "UPDATE log_tiles SET data = ?", tile)
		step(t, l)
		whole(t, l, 50)
	})
}

func TestAGapIsAHardError(t *testing.T) {
	t.Parallel()
	storetest.EachConfig(t, func(t *testing.T, c store.Config) {
		db := storetest.Open(t, c)
		l := openLog(t, db, newKey(t))
		raw := rawSQL(t, c)
		record(t, db, 3)
		step(t, l)
		execSQL(t, raw, "UPDATE log_head SET sequenced = 4") // the next leaf will have index 4
		if err := l.Step(t.Context()); !errors.Is(err, ledger.ErrBroken) ||
			!strings.Contains(err.Error(), "0 leaf hashes in [3, 4)") {
			t.Fatalf("published a leaf that is not there: %v", err)
		}
		record(t, db, 3)
		if err := l.Step(t.Context()); !errors.Is(err, ledger.ErrBroken) ||
			!strings.Contains(err.Error(), "leaf 3 is missing, the next one is 4") {
			t.Fatalf("published over a gap: %v", err)
		}
		whole(t, l, 3)
	})
}

func TestLeavesCannotBeChanged(t *testing.T) {
	t.Parallel()
	storetest.EachConfig(t, func(t *testing.T, c store.Config) {
		db := storetest.Open(t, c)
		l := openLog(t, db, newKey(t))
		record(t, db, 3)
		step(t, l)
		raw := rawSQL(t, c)
		for _, query := range []string{
			"UPDATE log_leaves SET leaf_hash = '00' WHERE idx = 1",
			"UPDATE log_leaves SET idx = 7 WHERE idx = 1",
			"DELETE FROM log_leaves WHERE idx = 1",
			"DELETE FROM log_leaves",
		} {
			if _, err := raw.ExecContext(t.Context(), query); err == nil ||
				!strings.Contains(err.Error(), "append-only") {
				t.Errorf("%s: %v", query, err)
			}
		}
		whole(t, l, 3)
	})
}

func TestOriginAndKeyAreFixedAtFirstStart(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *storetest.DB) {
		dir := t.TempDir()
		key, err := ledger.LoadOrCreateKey(dir, origin)
		if err != nil {
			t.Fatal(err)
		}
		l := openLog(t, db, key)
		record(t, db, 2)
		step(t, l)
		other, err := ledger.LoadOrCreateKey(t.TempDir(), "elsewhere.example")
		if err != nil {
			t.Fatal(err)
		}
		config := ledger.Config{Store: db, Key: other, Guard: ledger.Guard{Path: filepath.Join(dir, "g")}}
		if _, err := ledger.Open(t.Context(), config); err == nil {
			t.Error("opened under another origin")
		}
		record(t, db, 1)
		if err := openLog(t, db, newKey(t)).Step(t.Context()); !errors.Is(err, ledger.ErrBroken) {
			t.Errorf("another key of the same origin signed: %v", err)
		}
		again, err := ledger.LoadOrCreateKey(dir, origin)
		if err != nil || again.Text() != key.Text() {
			t.Errorf("the key file gave another key: %v", err)
		}
		if _, err := ledger.LoadOrCreateKey(dir, "elsewhere.example"); err == nil {
			t.Error("the key file served another origin")
		}
		info, err := os.Stat(filepath.Join(dir, "log.key"))
		if err != nil || info.Mode().Perm() != 0o600 {
			t.Errorf("log.key: %v %v", info, err)
		}
		step(t, l)
		whole(t, l, 3)
	})
}

// slowly notes what is signed when each batch of leaves gets its indices.
type slowly struct {
	*storetest.DB
	signed []string
}

func (s *slowly) Sequence(ctx context.Context, limit int) (int, error) {
	head, err := s.Head(ctx)
	s.signed = append(s.signed, head.Checkpoint)
	if err != nil {
		return 0, err
	}
	return s.DB.Sequence(ctx, limit)
}

// TestManyThatWaitAreSignedInBetween: each thousand, and not only when all have an index.
func TestManyThatWaitAreSignedInBetween(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *storetest.DB) {
		record(t, db, 2500)
		s := &slowly{DB: db}
		l := openLog(t, s, newKey(t))
		storetest.Must(t, l.Step(t.Context()))
		if len(s.signed) != 3 || s.signed[0] != "" || s.signed[1] == "" || s.signed[2] == s.signed[1] {
			t.Errorf("before each batch is signed: %q", s.signed)
		}
		head, err := db.Head(t.Context())
		if err != nil || head.Sequenced != 2500 || head.Checkpoint == s.signed[2] {
			t.Errorf("in the end %d, %v", head.Sequenced, err)
		}
	})
}
