package store_test

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"golang.org/x/mod/sumdb/tlog"

	"sunlot/internal/event"
	"sunlot/internal/fault"
	"sunlot/internal/store"
	"sunlot/internal/store/storetest"
)

type note struct {
	N int `json:"n"`
}

func TestRecordWritesEventLeafAndOutbox(t *testing.T) {
	t.Parallel()
	storetest.EachConfig(t, func(t *testing.T, c store.Config) {
		clock := &storetest.HandClock{At: storetest.Noon}
		c.Clock = clock
		db := storetest.Open(t, c)
		first := storetest.Record(t, db, "lot:1", note{1}, nil)
		second := storetest.Record(t, db, "lot:1", note{2}, nil)
		if first.Seq != 1 || first.Prev != "" || second.Seq != 2 ||
			!first.At.Equal(storetest.Noon.Truncate(time.Millisecond)) {
			t.Fatalf("events %+v, %+v", first, second)
		}
		leaf, hash, err := db.Leaf(t.Context(), event.Ref{Stream: "lot:1", Seq: 1})
		if err != nil {
			t.Fatal(err)
		}
		want, _ := first.Leaf()
		if !bytes.Equal(leaf, want) || second.Prev != event.Hash(leaf) {
			t.Errorf("leaf %s; next has prev %s", leaf, second.Prev)
		}
		if record := tlog.RecordHash(leaf); hash != hex.EncodeToString(record[:]) {
			t.Errorf("leaf hash %s", hash)
		}
		found, err := db.EventByLeaf(t.Context(), hash)
		if err != nil || found.Seq != 1 || string(found.Facts) != `{"n":1}` {
			t.Errorf("by leaf hash: %+v, %v", found, err)
		}
		if n := storetest.Rows(t, db, "outbox"); n != 2 {
			t.Errorf("%d rows in the outbox, want 2", n)
		}
		if n := storetest.Rows(t, db, "sealed_texts"); n != 0 {
			t.Errorf("%d sealed texts without a private part", n)
		}
		for _, err := range []error{
			func() error { _, _, err := db.Leaf(t.Context(), event.Ref{Stream: "lot:1", Seq: 3}); return err }(),
			func() error { _, err := db.EventByLeaf(t.Context(), strings.Repeat("0", 64)); return err }(),
			func() error { _, _, err := db.Leaf(t.Context(), event.Ref{Stream: "标的：1", Seq: 1}); return err }(),
			func() error { _, err := db.EventByLeaf(t.Context(), "叶"); return err }(),
			func() error { _, _, err := db.SealedText(t.Context(), event.Ref{Stream: "lot:1", Seq: 1}); return err }(),
		} {
			if fault.CodeOf(err) != fault.NotFound {
				t.Errorf("missing row: %v", err)
			}
		}
	})
}

func TestPrivateTextStaysOutsideTheLeaf(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *storetest.DB) {
		private := []byte("张三 13800000000")
		e := storetest.Record(t, db, "talk:1", note{1}, private)
		leaf, _, _ := db.Leaf(t.Context(), event.Ref{Stream: "talk:1", Seq: 1})
		if bytes.Contains(leaf, []byte("张三")) || e.Sealed == "" {
			t.Fatalf("leaf %s", leaf)
		}
		text, salt, err := db.SealedText(t.Context(), event.Ref{Stream: "talk:1", Seq: 1})
		sum := sha256.Sum256(append(bytes.Clone(salt), text...))
		if err != nil || !bytes.Equal(text, private) || len(salt) != 32 || hex.EncodeToString(sum[:]) != e.Sealed {
			t.Errorf("text %q, salt %x, %v", text, salt, err)
		}
	})
}

func TestDecidingTimeNeverGoesBack(t *testing.T) {
	t.Parallel()
	storetest.EachConfig(t, func(t *testing.T, c store.Config) {
		clock := &storetest.HandClock{At: storetest.Noon}
		c.Clock = clock
		db := storetest.Open(t, c)
		first := storetest.Record(t, db, "lot:1", note{1}, nil)
		clock.Set(storetest.Noon.Add(-time.Hour))
		if second := storetest.Record(t, db, "lot:1", note{2}, nil); !second.At.Equal(first.At) {
			t.Errorf("time went back to %v", second.At)
		}
		if other := storetest.Record(t, db, "lot:2", note{2}, nil); !other.At.Before(first.At) {
			t.Errorf("another stream took the time of the first: %v", other.At)
		}
		err := db.InTx(t.Context(), func(tx *store.Tx) error {
			at, err := tx.Lock("lot:1")
			clock.Set(storetest.Noon.Add(time.Hour))
			again, errAgain := tx.Lock("lot:1")
			if err != nil || errAgain != nil || !at.Equal(again) {
				t.Errorf("one transaction, two times: %v, %v (%v, %v)", at, again, err, errAgain)
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	})
}

func TestRecordRefuses(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *storetest.DB) {
		attempts := map[string]func(tx *store.Tx) error{
			"a stream without a lock": func(tx *store.Tx) error {
				tx.Lock("lot:1")
				_, err := tx.Record("lot:2", "note.taken", note{1}, nil)
				return err
			},
			"a fraction": func(tx *store.Tx) error {
				tx.Lock("lot:1")
				_, err := tx.Record("lot:1", "note.taken", map[string]any{"price": 1.5}, nil)
				return err
			},
			"more than a leaf holds": func(tx *store.Tx) error {
				tx.Lock("lot:1")
				_, err := tx.Record("lot:1", "note.taken", strings.Repeat("地", event.MaxLeaf/3), nil)
				return err
			},
			"no stream": func(tx *store.Tx) error { _, err := tx.Lock("lot:"); return err },
			"a long stream": func(tx *store.Tx) error {
				_, err := tx.Lock(event.Of("lot", strings.Repeat("x", 64)))
				return err
			},
		}
		for name, try := range attempts {
			if err := db.InTx(t.Context(), try); err == nil {
				t.Errorf("%s was taken", name)
			}
		}
		for _, table := range []string{"events", "outbox", "sealed_texts", "streams"} {
			if n := storetest.Rows(t, db, table); n != 0 {
				t.Errorf("%d rows in %s", n, table)
			}
		}
	})
}

func TestEventsCannotBeChanged(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *storetest.DB) {
		storetest.Record(t, db, "lot:1", note{1}, nil)
		if err := db.Writer().Exec("DELETE FROM outbox").Error; err != nil { // or its foreign key would refuse already
			t.Fatal(err)
		}
		for _, statement := range []string{
			"UPDATE events SET kind = 'note.lost'",
			"DELETE FROM events",
			"REPLACE INTO events (stream, seq, kind, happened_at, leaf, leaf_hash) VALUES ('lot:1', 1, 'x', " +
				"1, X'78', 'x')",
		} {
			err := db.Writer().Exec(statement).Error
			if err == nil || !strings.Contains(err.Error(), "append-only") {
				t.Errorf("%s: %v", statement, err)
			}
		}
		if e, err := db.Events(t.Context(), "lot:1", 0, 10); err != nil || len(e) != 1 || e[0].Kind != "note.taken" {
			t.Errorf("events %+v, %v", e, err)
		}
	})
}

func TestEventsReadsAPart(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *storetest.DB) {
		for n := range 5 {
			storetest.Record(t, db, "lot:1", note{n + 1}, nil)
		}
		storetest.Record(t, db, "lot:11", note{99}, nil)
		for _, s := range []event.Stream{"lot:1 ", "LOT:1", "标的：1", ""} {
			if events, err := db.Events(t.Context(), s, 0, 10); err != nil || len(events) != 0 {
				t.Errorf("stream %q: %d events, %v", s, len(events), err)
			}
		}
		for _, c := range []struct {
			after       int64
			limit, want int
		}{{0, 10, 5}, {0, 2, 2}, {3, 10, 2}, {5, 10, 0}, {0, 0, 1}, {-7, 5000, 5}} {
			events, err := db.Events(t.Context(), "lot:1", c.after, c.limit)
			if err != nil || len(events) != c.want {
				t.Errorf("after %d, limit %d: %d events, want %d (%v)", c.after, c.limit, len(events), c.want, err)
			}
			for i, e := range events {
				if e.Seq != max(c.after, 0)+int64(i)+1 {
					t.Errorf("after %d: place %d has seq %d", c.after, i, e.Seq)
				}
			}
		}
	})
}

func TestManyWritersOneStream(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *storetest.DB) {
		const writers, each = 64, 3
		var all sync.WaitGroup
		for w := range writers {
			all.Go(func() {
				for n := range each {
					err := db.InTx(t.Context(), func(tx *store.Tx) error {
						if _, err := tx.Lock("lot:1"); err != nil {
							return err
						}
						_, err := tx.Record("lot:1", "note.taken", note{w*each + n}, nil)
						return err
					})
					if err != nil {
						t.Error(err)
					}
				}
			})
		}
		all.Wait()
		events, err := db.Events(t.Context(), "lot:1", 0, 1000)
		if err != nil || len(events) != writers*each {
			t.Fatalf("%d events, want %d (%v)", len(events), writers*each, err)
		}
		prev, seen := "", map[string]bool{}
		for i, e := range events {
			leaf, _ := e.Leaf()
			if e.Seq != int64(i)+1 || e.Prev != prev || i > 0 && e.At.Before(events[i-1].At) {
				t.Fatalf("event %d: seq %d, prev %s, want %s", i+1, e.Seq, e.Prev, prev)
			}
			prev = event.Hash(leaf)
			seen[string(e.Facts)] = true
		}
		if len(seen) != writers*each {
			t.Errorf("%d different facts", len(seen))
		}
		if n := storetest.Rows(t, db, "outbox"); n != writers*each {
			t.Errorf("%d rows in the outbox", n)
		}
	})
}

func TestBellNamesTheCommittedStreams(t *testing.T) {
	t.Parallel()
	storetest.EachConfig(t, func(t *testing.T, c store.Config) {
		var rung [][]event.Stream
		c.Bell = func(s []event.Stream) { rung = append(rung, s) }
		db := storetest.Open(t, c)
		both := func(fail error) error {
			return db.InTx(t.Context(), func(tx *store.Tx) error {
				for _, s := range []event.Stream{"lot:2", "lot:1", "talk:1"} {
					if _, err := tx.Lock(s); err != nil {
						return err
					}
				}
				for _, s := range []event.Stream{"lot:2", "lot:1"} {
					if _, err := tx.Record(s, "note.taken", note{1}, nil); err != nil {
						return err
					}
				}
				return fail
			})
		}
		if err := both(fmt.Errorf("no")); err == nil || len(rung) != 0 {
			t.Fatalf("rang for what was not committed: %v", rung)
		}
		if err := both(nil); err != nil || fmt.Sprint(rung) != "[[lot:1 lot:2]]" {
			t.Fatalf("rang %v (%v)", rung, err)
		}
	})
}

// Ten thousand acts of 64 writers meet on streams that do not exist yet: each
// becomes an event, and none is refused.
func TestFirstEventsOfAStreamUnderManyWriters(t *testing.T) {
	t.Parallel()
	const writers, streams = 64, 157
	storetest.Each(t, func(t *testing.T, db *storetest.DB) {
		for range streams {
			stream := event.Of("item", event.NewID())
			var all sync.WaitGroup
			for range writers {
				all.Go(func() {
					if err := db.InTx(t.Context(), func(tx *store.Tx) error {
						if _, err := tx.Lock(stream); err != nil {
							return err
						}
						_, err := tx.Record(stream, "item.tried", struct{}{}, nil)
						return err
					}); err != nil {
						t.Error(err)
					}
				})
			}
			all.Wait()
			if events, err := db.Events(t.Context(), stream, 0, 100); err != nil || len(events) != writers ||
				events[writers-1].Seq != writers {
				t.Fatalf("%d events, %v", len(events), err)
			}
		}
	})
}
