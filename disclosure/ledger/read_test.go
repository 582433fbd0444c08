package ledger_test

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"strings"
	"testing"

	"golang.org/x/mod/sumdb/tlog"

	"sunlot/disclosure/ledger"
	"sunlot/internal/event"
	"sunlot/internal/fault"
	"sunlot/internal/store/storetest"
)

func TestOnlyWhatIsSignedIsServed(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *storetest.DB) {
		key := newKey(t)
		l := openLog(t, db, key)
		if _, err := l.Checkpoint(t.Context()); fault.CodeOf(err) != fault.NotFound {
			t.Fatalf("before the first checkpoint: %v", err)
		}
		record(t, db, 300)
		step(t, l)
		record(t, db, 300)
		killed := openLog(t, crash{Store: db, beforeCheckpoint: true}, key)
		if killed.Step(t.Context()) == nil {
			t.Fatal("not killed")
		}
		// 600 leaves have tiles, 300 are signed.
		for path, size := range map[string]int{"0/000": 8192, "0/001.p/44": 44 * 32, "0/001.p/3": 96, "1/000.p/1": 32} {
			if got, err := l.Tile(t.Context(), path); err != nil || len(got) != size {
				t.Errorf("%s: %d bytes, %v", path, len(got), err)
			}
		}
		for _, path := range []string{
			"0/001", "0/001.p/45", "0/002", "0/002.p/1", "1/000", "1/000.p/2", "2/000.p/1", "63/000.p/1",
			"entries/001", "entries/001.p/45", "entries/002.p/1",
			"", "0", "0/", "/000", "00/000", "0/0", "0/00", "0/0000", "0/x000/000", "0/000.p/", "0/000.p/0",
			"0/000.p/256",
			"0/000.p/01", "0/000.p/+1", "-1/000", "+0/000", "64/000", "8/0/000", "data/000", "entries/0",
			"entries/000/", "0/-01",
			"0/000.p/1.p/1", "0/000/..", "0/x999/x999/x999/x999/x999/x999/999", "0/x999/x999/x999/x999/999",
			"０/000", "0/000\n", "checkpoint",
		} {
			if got, err := l.Tile(t.Context(), path); fault.CodeOf(err) != fault.NotFound {
				t.Errorf("%q: %d bytes, %v", path, len(got), err)
			}
		}
		if _, ok, err := l.Proof(t.Context(), tlog.RecordHash(leafAt(t, db, 299))); !ok || err != nil {
			t.Errorf("leaf 299: %v %v", ok, err)
		}
		if _, ok, err := l.Proof(t.Context(), tlog.RecordHash(leafAt(t, db, 300))); ok || err != nil {
			t.Errorf("leaf 300 is proven before it is signed: %v", err)
		}
		whole(t, l, 300)
	})
}

func leafAt(t *testing.T, db *storetest.DB, index int64) []byte {
	t.Helper()
	leaves, err := db.Leaves(t.Context(), index, index+1)
	if err != nil || len(leaves) != 1 {
		t.Fatalf("leaf %d: %v", index, err)
	}
	return leaves[0]
}

// The leaves of the log are the exact bytes of the events, in bundles of C2SP's form.
func TestEntriesAreTheEvents(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *storetest.DB) {
		l := openLog(t, db, newKey(t))
		record(t, db, 5)
		step(t, l)
		var want []byte
		for i := range int64(5) {
			leaf := leafAt(t, db, i)
			e, err := event.Parse(leaf)
			if err != nil {
				t.Fatal(err)
			}
			again, _, err := db.Leaf(t.Context(), event.Ref{Stream: e.Stream, Seq: e.Seq})
			if err != nil || !bytes.Equal(again, leaf) {
				t.Fatalf("leaf %d is not its event: %v", i, err)
			}
			want = append(binary.BigEndian.AppendUint16(want, uint16(len(leaf))), leaf...)
		}
		got, err := l.Tile(t.Context(), "entries/000.p/5")
		if err != nil || !bytes.Equal(got, want) {
			t.Errorf("%v\n got %q\nwant %q", err, got, want)
		}
		hashes, err := l.Tile(t.Context(), "0/000.p/1")
		if sum := sha256.Sum256(append([]byte{0}, leafAt(t, db, 0)...)); err != nil || !bytes.Equal(hashes, sum[:]) {
			t.Errorf("tile: %v %x", err, hashes)
		}
	})
}

func TestReceiptsProveEveryLeafOffline(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *storetest.DB) {
		key := newKey(t)
		l := openLog(t, db, key)
		record(t, db, 300)
		step(t, l)
		for _, i := range []int64{0, 1, 255, 256, 299} {
			leaf := leafAt(t, db, i)
			r, ok, err := l.Proof(t.Context(), ledger.LeafHash(leaf))
			if err != nil || !ok || r.Index != i {
				t.Fatalf("leaf %d: index %d, %v, %v", i, r.Index, ok, err)
			}
			text := r.String()
			if !strings.HasPrefix(text, "c2sp.org/tlog-proof@v1\nindex ") {
				t.Fatalf("receipt:\n%s", text)
			}
			checkReceipt(t, text, leaf, key)
		}
		if _, ok, err := l.Proof(t.Context(), tlog.Hash{}); ok || err != nil {
			t.Errorf("an unknown leaf: %v %v", ok, err)
		}
		whole(t, l, 300)
	})
}

func checkReceipt(t *testing.T, text string, leaf []byte, key *ledger.Key) {
	t.Helper()
	r, err := ledger.ParseReceipt(text)
	if err != nil {
		t.Fatal(err)
	}
	if c, err := r.Verify(leaf, verifierOf(t, key)); err != nil || c.Size != 300 {
		t.Fatalf("size %d: %v", c.Size, err)
	}
	if _, err := r.Verify(append(leaf[:len(leaf):len(leaf)], ' '), verifierOf(t, key)); err == nil {
		t.Error("another leaf passes")
	}
	if _, err := r.Verify(leaf, verifierOf(t, newKey(t))); err == nil {
		t.Error("another key passes")
	}
	r.Index ^= 1
	if _, err := r.Verify(leaf, verifierOf(t, key)); err == nil {
		t.Error("another index passes")
	}
}
