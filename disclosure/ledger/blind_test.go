package ledger_test

import (
	"context"
	"crypto/rand"
	"encoding/json"
	"errors"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"sunlot/disclosure/ledger"
	"sunlot/internal/event"
	"sunlot/internal/fault"
	"sunlot/internal/store"
	"sunlot/internal/store/storetest"
)

// hand is a clock that a test sets.
type hand struct {
	mu  sync.Mutex
	now time.Time
}

func newHand() *hand { return &hand{now: time.Date(2026, 11, 23, 1, 0, 10, 0, time.UTC)} }

func (h *hand) Now() time.Time {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.now
}

func (h *hand) add(d time.Duration) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.now = h.now.Add(d)
}

// blindOf opens a database with the clock, a log and its blind ticks.
func blindOf(t *testing.T, c store.Config, clock *hand) (*storetest.DB, *ledger.Blind, *ledger.Key) {
	t.Helper()
	c.Clock = clock
	db, key := storetest.Open(t, c), newKey(t)
	return db, &ledger.Blind{Store: db, Log: openLog(t, db, key), Clock: clock}, key
}

func random32() (c [32]byte) {
	rand.Read(c[:])
	return c
}

// commit is a business transaction that takes one commitment.
func commit(ctx context.Context, db *storetest.DB, b *ledger.Blind, c [32]byte) (promise string, err error) {
	err = db.WriteTick(ctx, func(tx ledger.TickTx) error {
		at, err := tx.Lock("tender:aaaa")
		if err == nil {
			promise, err = b.Commit(tx.(ledger.CommitTx), at, c)
		}
		return err
	})
	return promise, err
}

func tickNow(t *testing.T, b *ledger.Blind) {
	t.Helper()
	if err := b.TickIfDue(t.Context()); err != nil {
		t.Fatal(err)
	}
	step(t, b.Log)
}

func TestACommitmentIsPromisedTickedAndProven(t *testing.T) {
	t.Parallel()
	storetest.EachConfig(t, func(t *testing.T, config store.Config) {
		clock := newHand()
		db, b, key := blindOf(t, config, clock)
		tickNow(t, b)
		c := random32()
		signed, err := commit(t.Context(), db, b, c)
		if err != nil {
			t.Fatal(err)
		}
		p, err := ledger.OpenPromise(signed, verifierOf(t, key))
		if err != nil || p.Commitment != c || !p.Due.Equal(clock.Now().Add(10*time.Minute)) {
			t.Fatalf("%+v %v", p, err)
		}
		if _, err := ledger.OpenCheckpoint(signed, verifierOf(t, key)); err == nil {
			t.Error("a promise passes for a checkpoint")
		}
		if _, err := commit(t.Context(), db, b, c); fault.CodeOf(err) != fault.Conflict {
			t.Errorf("the same commitment twice: %v", err)
		}
		if _, ok, err := b.Path(t.Context(), c); ok || err != nil {
			t.Errorf("proven before its tick: %v %v", ok, err)
		}
		if _, _, err := b.Path(t.Context(), random32()); fault.CodeOf(err) != fault.NotFound {
			t.Errorf("an unknown commitment: %v", err)
		}
		clock.add(time.Minute)
		tickNow(t, b)
		proof, ok, err := b.Path(t.Context(), c)
		if err != nil || !ok {
			t.Fatal(ok, err)
		}
		e, err := proof.Verify(verifierOf(t, key))
		if err != nil || e.At.After(p.Due) || string(e.Facts[:9]) != `{"root":"` || e.Seq != 2 {
			t.Fatalf("%+v %v", e, err)
		}
		refused(t, proof, key)
		// The same facts in an event of another stream prove nothing.
		err = db.WriteTick(t.Context(), func(tx ledger.TickTx) error {
			if _, err := tx.Lock("tender:aaaa"); err != nil {
				return err
			}
			_, err := tx.Record("tender:aaaa", ledger.BlindKind, e.Facts, nil)
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		step(t, b.Log)
		proof.Leaf = string(leafAt(t, db, 2))
		receipt, _, err := b.Log.Proof(t.Context(), ledger.LeafHash([]byte(proof.Leaf)))
		proof.Receipt = receipt.String()
		if _, err2 := proof.Verify(verifierOf(t, key)); err != nil || err2 == nil ||
			!strings.Contains(err2.Error(), "not a blind tick") {
			t.Errorf("an event that is no tick: %v %v", err, err2)
		}
		whole(t, b.Log, 3)
	})
}

// refused spoils each part of a good proof.
func refused(t *testing.T, good ledger.BlindProof, key *ledger.Key) {
	t.Helper()
	for name, spoil := range map[string]func(p *ledger.BlindProof){
		"commitment": func(p *ledger.BlindProof) { p.Commitment = strings.Repeat("0", 64) },
		"slot":       func(p *ledger.BlindProof) { p.Slot ^= 1 },
		"slot below": func(p *ledger.BlindProof) { p.Slot = -1 },
		"slot above": func(p *ledger.BlindProof) { p.Slot += 1024 },
		"path":       func(p *ledger.BlindProof) { p.Path[4] = strings.Repeat("0", 64) },
		"no path":    func(p *ledger.BlindProof) { p.Path = nil },
		"leaf":       func(p *ledger.BlindProof) { p.Leaf = strings.Replace(p.Leaf, `"tick":2`, `"tick":3`, 1) },
		"receipt":    func(p *ledger.BlindProof) { p.Receipt = strings.Replace(p.Receipt, "index 1", "index 0", 1) },
	} {
		text, err := json.Marshal(good)
		if err != nil {
			t.Fatal(err)
		}
		var p ledger.BlindProof
		if err := json.Unmarshal(text, &p); err != nil {
			t.Fatal(err)
		}
		if _, err := p.Verify(verifierOf(t, key)); err != nil {
			t.Fatalf("the copy itself: %v", err)
		}
		spoil(&p)
		if _, err := p.Verify(verifierOf(t, key)); err == nil {
			t.Errorf("a proof with another %s passes", name)
		}
	}
	if _, err := good.Verify(verifierOf(t, newKey(t))); err == nil {
		t.Error("a proof of another log passes")
	}
}

// Many nodes, or one that is restarted, make one tick a minute.
func TestOneTickAMinute(t *testing.T) {
	t.Parallel()
	storetest.EachConfig(t, func(t *testing.T, config store.Config) {
		clock := newHand()
		db, first, _ := blindOf(t, config, clock)
		for range 3 {
			var nodes sync.WaitGroup
			for range 4 {
				b := ledger.Blind{Store: db, Log: first.Log, Clock: clock}
				nodes.Go(func() {
					if err := b.TickIfDue(t.Context()); err != nil {
						t.Error(err)
					}
				})
			}
			nodes.Wait()
			clock.add(time.Minute)
		}
		clock.add(time.Hour) // the machine was off: the missed ones are not made up for
		tickNow(t, first)
		clock.add(49 * time.Second) // 01:04:59 or so: the same minute
		tickNow(t, first)
		report := whole(t, first.Log, 4)
		for i, e := range report.Streams[ledger.BlindStream] {
			var facts ledger.Tick
			if err := json.Unmarshal(e.Event.Facts, &facts); err != nil || facts.Tick != int64(i)+1 ||
				e.Event.Kind != "blind.tick" {
				t.Errorf("tick %d: %s %v", i, e.Event.Facts, err)
			}
		}
	})
}

// Nobody can tell from the log whether there were none or five: with the random
// roots and what follows from them masked, the leaves are equal.
func TestTheLogDoesNotTellHowMany(t *testing.T) {
	t.Parallel()
	masked := regexp.MustCompile(`"(root|prev)":"[0-9a-f]{64}"`)
	storetest.EachConfig(t, func(t *testing.T, config store.Config) {
		var logs [2]string
		for run, many := range []int{0, 5} {
			clock := newHand()
			if config.DSN != "" {
				config.DSN = storetest.Schema(t)
			} else {
				config.Dir = t.TempDir()
			}
			db, b, _ := blindOf(t, config, clock)
			for range 3 {
				for range many {
					if _, err := commit(t.Context(), db, b, random32()); err != nil {
						t.Fatal(err)
					}
				}
				tickNow(t, b)
				clock.add(time.Minute)
			}
			for i := range int64(3) {
				logs[run] += masked.ReplaceAllString(string(leafAt(t, db, i)), "*") + "\n"
			}
			whole(t, b.Log, 3)
		}
		if logs[0] != logs[1] || !strings.Contains(logs[0], `{"at"`) {
			t.Errorf("without:\n%swith five:\n%s", logs[0], logs[1])
		}
	})
}

// More than a tick holds wait for the next one; each keeps its promise.
func TestAFullTickLeavesTheRestToTheNext(t *testing.T) {
	t.Parallel()
	storetest.EachConfig(t, func(t *testing.T, config store.Config) {
		clock := newHand()
		db, b, key := blindOf(t, config, clock)
		all := make([][32]byte, 1030)
		err := db.WriteTick(t.Context(), func(tx ledger.TickTx) error {
			for i := range all {
				all[i] = random32()
				if _, err := b.Commit(tx.(ledger.CommitTx), clock.Now(), all[i]); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		tickNow(t, b)
		clock.add(time.Minute)
		tickNow(t, b)
		in := map[int64]map[int]bool{1: {}, 2: {}}
		for tick, slots := range in {
			_, placed, _, err := db.TickSlots(t.Context(), tick)
			if err != nil {
				t.Fatal(err)
			}
			for _, p := range placed {
				slots[p.Slot] = true
			}
		}
		for i := 0; i < len(all); i += 100 {
			proof, ok, err := b.Path(t.Context(), all[i])
			if err != nil || !ok {
				t.Fatal(ok, err)
			}
			if _, err := proof.Verify(verifierOf(t, key)); err != nil {
				t.Fatal(err)
			}
		}
		if len(in[1]) != 1024 || len(in[2]) != 6 {
			t.Errorf("%d and %d", len(in[1]), len(in[2]))
		}
		first := 0
		for slot := range in[2] {
			if slot < 6 {
				first++
			}
		}
		if first == 6 {
			t.Error("the slots are given out in turn")
		}
		whole(t, b.Log, 2)
	})
}

// crowded is a transaction that finds as many waiting as there may be.
type crowded struct{ ledger.CommitTx }

func (crowded) Pending(limit int) (int, error) { return limit, nil }

func TestNothingIsPromisedThatCannotBeKept(t *testing.T) {
	t.Parallel()
	db := storetest.Open(t, store.Config{Dir: t.TempDir()})
	b := &ledger.Blind{Store: db, Log: openLog(t, db, newKey(t)), Clock: newHand()}
	if _, err := b.Commit(crowded{}, time.Now(), random32()); fault.CodeOf(err) != fault.Unavailable {
		t.Errorf("promised: %v", err)
	}
}

// filled is a transaction that finds some waiting, and takes no more.
type filled struct {
	ledger.CommitTx
	waiting int
}

func (f filled) Pending(limit int) (int, error) { return min(f.waiting, limit), nil }

func (filled) AddCommitment([32]byte, time.Time, time.Time) error { return nil }

// A crowd that registers leaves room for a report.
func TestACrowdLeavesRoomForReports(t *testing.T) {
	t.Parallel()
	db := storetest.Open(t, store.Config{Dir: t.TempDir()})
	b := &ledger.Blind{Store: db, Log: openLog(t, db, newKey(t)), Clock: newHand()}
	many, crowd := ledger.Crowd{Blind: b}, filled{waiting: 6 * 1024}
	if _, err := many.Commit(crowd, time.Now(), random32()); fault.CodeOf(err) != fault.Unavailable {
		t.Errorf("a registration is taken: %v", err)
	}
	if _, err := b.Commit(crowd, time.Now(), random32()); err != nil {
		t.Errorf("a report is refused: %v", err)
	}
	crowd.waiting--
	if _, err := many.Commit(crowd, time.Now(), random32()); err != nil {
		t.Errorf("a registration is refused: %v", err)
	}
}

// A commitment whose business transaction fails is in no tick.
func TestACommitmentFallsWithItsTransaction(t *testing.T) {
	t.Parallel()
	storetest.EachConfig(t, func(t *testing.T, config store.Config) {
		clock := newHand()
		db, b, _ := blindOf(t, config, clock)
		c, boom := random32(), errors.New("boom")
		err := db.WriteTick(t.Context(), func(tx ledger.TickTx) error {
			if _, err := b.Commit(tx.(ledger.CommitTx), clock.Now(), c); err != nil {
				return err
			}
			return boom
		})
		if !errors.Is(err, boom) {
			t.Fatal(err)
		}
		tickNow(t, b)
		if _, _, err := b.Path(t.Context(), c); fault.CodeOf(err) != fault.NotFound {
			t.Errorf("it is kept: %v", err)
		}
		whole(t, b.Log, 1)
	})
}

// Run ticks by itself, and the bell brings the tick into the chain.
func TestBlindRunsByItself(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	var l *ledger.Log
	db := storetest.Open(t, store.Config{Dir: dir, Bell: func([]event.Stream) { l.Ring() }})
	l = openGuarded(t, db, newKey(t), filepath.Join(dir, "log.checkpoint"))
	ctx, stop := context.WithCancel(t.Context())
	var loops sync.WaitGroup
	loops.Go(func() {
		if err := l.Run(ctx); err != nil {
			t.Error(err)
		}
	})
	loops.Go(func() { (&ledger.Blind{Store: db, Log: l, Clock: newHand()}).Run(ctx) })
	for began := time.Now(); time.Since(began) < 5*time.Second; time.Sleep(10 * time.Millisecond) {
		if leaves, err := db.Leaves(t.Context(), 0, 1); err == nil && len(leaves) == 1 {
			if _, ok, err := l.Proof(t.Context(), ledger.LeafHash(leaves[0])); ok && err == nil {
				break
			}
		}
	}
	stop()
	loops.Wait()
	whole(t, l, 1)
}
