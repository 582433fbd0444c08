package gate

import (
	"context"
	"slices"
	"strconv"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"sunlot/internal/fault"
)

// entered is the order in which those who wait are let in, each for a second.
func entered(t *testing.T, g *Gate, who ...struct {
	lane int
	key  string
}) []string {
	t.Helper()
	var mu sync.Mutex
	var order []string
	var all sync.WaitGroup
	for i, w := range who {
		all.Go(func() {
			time.Sleep(time.Duration(i) * time.Millisecond) // they come in this order
			leave, err := g.Enter(context.Background(), w.lane, w.key)
			if err != nil {
				t.Errorf("%s: %v", w.key, err)
				return
			}
			mu.Lock()
			order = append(order, strconv.Itoa(w.lane)+w.key)
			mu.Unlock()
			time.Sleep(time.Second)
			leave()
		})
	}
	all.Wait()
	return order
}

type who = struct {
	lane int
	key  string
}

func TestKeysAndLanesTakeTurns(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		g := &Gate{Slots: 1, Lanes: 2, Most: 20, Share: 9, Patience: time.Minute}
		got := entered(t, g, who{0, "flood"}, who{0, "flood"}, who{0, "flood"}, who{0, "flood"}, who{0, "honest"},
			who{1, "flood"}, who{1, "flood"}, who{1, "other"})
		want := []string{"0flood", "1flood", "0flood", "1other", "0honest", "1flood", "0flood", "0flood"}
		if !slices.Equal(got, want) {
			t.Errorf("%v, want %v", got, want)
		}
		if g.inside != 0 || g.waiting[0].all+g.waiting[1].all != 0 || len(g.waiting[0].of)+len(g.waiting[1].of) != 0 {
			t.Errorf("something is left behind: %+v", g)
		}
	})
}

func TestSlotsSharesAndPatience(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		g := &Gate{Slots: 2, Most: 3, Share: 2, Patience: 5 * time.Second}
		ctx := context.Background()
		first, _ := g.Enter(ctx, 0, "a")
		if _, err := g.Enter(ctx, 0, "a"); err != nil {
			t.Fatal("the second slot:", err)
		}
		begun := time.Now()
		var waited sync.WaitGroup
		for range 2 {
			waited.Go(func() {
				if _, err := g.Enter(ctx, 0, "a"); fault.CodeOf(err) != fault.Unavailable {
					t.Error("whose patience ended:", err)
				}
			})
		}
		synctest.Wait()
		if _, err := g.Enter(ctx, 0, "a"); err != ErrBusy || time.Since(begun) != refusal {
			t.Error("a third of one key waits:", err, time.Since(begun))
		}
		cancelled, cancel := context.WithCancel(ctx)
		cancel()
		if _, err := g.Enter(cancelled, 0, "b"); err != ErrBusy {
			t.Error("who went away:", err)
		}
		waited.Wait()
		if time.Since(begun) != 5*time.Second || g.waiting[0].all != 0 || len(g.waiting[0].keys) != 0 {
			t.Errorf("after %v: %+v", time.Since(begun), g.waiting[0])
		}
		first()
		if _, err := g.Enter(ctx, 0, "b"); err != nil {
			t.Error("the slot that came free:", err)
		}
	})
}

// A full line has room for whoever has fewer in it than another.
func TestAFullLineMakesRoom(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		g := &Gate{Slots: 1, Most: 4, Share: 4, Patience: time.Minute}
		leave, err := g.Enter(t.Context(), 0, "x")
		if err != nil {
			t.Fatal(err)
		}
		told := make(chan string, 9)
		enter := func(key string) {
			go func() {
				leave, err := g.Enter(t.Context(), 0, key)
				if err != nil {
					told <- key + " refused"
					return
				}
				told <- key
				leave()
			}()
			synctest.Wait()
		}
		for _, key := range []string{"flood", "flood", "flood", "flood", "honest", "other", "late"} {
			enter(key)
		}
		time.Sleep(2 * time.Second)
		leave()
		synctest.Wait()
		close(told)
		var all []string
		for said := range told {
			all = append(all, said)
		}
		want := []string{"flood refused", "flood refused", "flood refused", "flood", "honest", "other", "late"}
		if !slices.Equal(all, want) {
			t.Errorf("%q, want %q", all, want)
		}
	})
}

// However people come, give up and leave, no turn is lost and none is given twice.
func TestNoTurnIsLost(t *testing.T) {
	g := &Gate{Slots: 3, Lanes: 2, Most: 50, Share: 20, Patience: time.Second}
	var inside, most atomic.Int32
	var all sync.WaitGroup
	for i := range 2000 {
		all.Go(func() {
			ctx, cancel := context.WithTimeout(t.Context(), time.Duration(i%7)*time.Millisecond)
			defer cancel()
			leave, err := g.Enter(ctx, i%2, strconv.Itoa(i%5))
			if err != nil {
				return
			}
			n := inside.Add(1)
			for was := most.Load(); n > was && !most.CompareAndSwap(was, n); was = most.Load() {
			}
			time.Sleep(time.Duration(i%3) * 100 * time.Microsecond)
			inside.Add(-1)
			leave()
		})
	}
	all.Wait()
	if most.Load() > 3 || g.inside != 0 || g.waiting[0].all+g.waiting[1].all != 0 {
		t.Errorf("%d at once; left behind %+v", most.Load(), g)
	}
}
