package ledgerdb_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"sunlot/disclosure/ledger"
	"sunlot/internal/event"
	"sunlot/internal/fault"
	"sunlot/internal/store/storetest"
)

// commitment is one whose hash has the letter in front.
func commitment(b byte) (c [32]byte) {
	c[0] = b
	return c
}

// letters are the commitments' first letters, in their order.
func letters(all [][32]byte) string {
	var text strings.Builder
	for _, c := range all {
		text.WriteByte(c[0])
	}
	return text.String()
}

// commit takes a commitment, that many minutes after noon.
func commit(t *testing.T, db *storetest.DB, b byte, minutes int) error {
	t.Helper()
	at := storetest.Minute.Add(time.Duration(minutes) * time.Minute)
	return db.WriteTick(t.Context(), func(tx ledger.TickTx) error {
		return tx.(ledger.CommitTx).AddCommitment(commitment(b), at, at.Add(time.Hour))
	})
}

// tick publishes the commitments, each in the slot of its place.
func tick(t *testing.T, db *storetest.DB, n int64, all string) (e event.Event, err error) {
	t.Helper()
	err = db.WriteTick(t.Context(), func(tx ledger.TickTx) error {
		if _, err := tx.Lock("log:blind"); err != nil {
			return err
		}
		e, err = tx.Record("log:blind", "log.ticked", map[string]int64{"tick": n}, nil)
		var placed []ledger.Slotted
		for i, b := range all {
			placed = append(placed, ledger.Slotted{Commitment: commitment(byte(b)), Slot: 10 * i})
		}
		return errors.Join(err, tx.SaveTick(n, e, commitment('s'), placed))
	})
	return e, err
}

func TestCommitmentsWaitInTheOrderOfTheirTime(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *storetest.DB) {
		waiting := func(limit int, want string, pending int) {
			t.Helper()
			storetest.Must(t, db.WriteTick(t.Context(), func(tx ledger.TickTx) error {
				oldest, err1 := tx.Oldest(limit)
				n, err2 := tx.(ledger.CommitTx).Pending(limit)
				if letters(oldest) != want || n != pending {
					t.Errorf("%s (%d), want %s (%d)", letters(oldest), n, want, pending)
				}
				return errors.Join(err1, err2)
			}))
		}
		waiting(10, "", 0)
		for b, minutes := range map[byte]int{'c': 0, 'b': 1, 'a': 1, 'd': 2} {
			storetest.Must(t, commit(t, db, b, minutes))
		}
		waiting(10, "cabd", 4)
		waiting(2, "ca", 2)
		if err := commit(t, db, 'c', 9); fault.CodeOf(err) != fault.Conflict {
			t.Errorf("the same a second time: %v", err)
		}
		_, err := tick(t, db, 1, "ca")
		storetest.Must(t, err)
		waiting(10, "bd", 2)
		if err := commit(t, db, 'c', 9); fault.CodeOf(err) != fault.Conflict {
			t.Errorf("again, though it was published: %v", err)
		}
	})
}

// What is committed to is found in the tick that published it, and never moves to another.
func TestATickKeepsItsCommitments(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *storetest.DB) {
		for _, b := range []byte("abc") {
			storetest.Must(t, commit(t, db, b, 0))
		}
		last := func(want int64, wantAt time.Time) {
			t.Helper()
			storetest.Must(t, db.WriteTick(t.Context(), func(tx ledger.TickTx) error {
				n, at, err := tx.LastTick()
				if n != want || !at.Equal(wantAt) {
					t.Errorf("last tick %d at %v, want %d at %v", n, at, want, wantAt)
				}
				return err
			}))
		}
		last(0, time.Time{})
		first, err := tick(t, db, 1, "ba")
		storetest.Must(t, err)
		last(1, first.At)
		second, err := tick(t, db, 2, "ac") // a is in the first already
		storetest.Must(t, err)
		last(2, second.At)
		if _, err := tick(t, db, 2, ""); err == nil {
			t.Error("a tick twice")
		}
		for b, want := range map[byte]int64{'a': 1, 'b': 1, 'c': 2} {
			if got, err := db.Committed(t.Context(), commitment(b)); err != nil || got != want {
				t.Errorf("%c in tick %d, want %d, %v", b, got, want, err)
			}
		}
		if _, err := db.Committed(t.Context(), commitment('z')); fault.CodeOf(err) != fault.NotFound {
			t.Errorf("of nobody: %v", err)
		}
		storetest.Must(t, commit(t, db, 'w', 0))
		if got, err := db.Committed(t.Context(), commitment('w')); err != nil || got != 0 {
			t.Errorf("one that waits is in tick %d, %v", got, err)
		}
		seed, placed, leaf, err := db.TickSlots(t.Context(), 1)
		want, _ := first.Leaf()
		slots := map[byte]int{}
		for _, p := range placed {
			slots[p.Commitment[0]] = p.Slot
		}
		if err != nil || seed != commitment('s') || string(leaf) != string(want) {
			t.Errorf("seed %x, leaf %s, %v", seed, leaf, err)
		}
		storetest.Same(t, "slots", slots, map[byte]int{'b': 0, 'a': 10})
		if _, _, _, err := db.TickSlots(t.Context(), 9); err == nil {
			t.Error("a tick that never was")
		}
	})
}
