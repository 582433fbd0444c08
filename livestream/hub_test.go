package livestream_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"sunlot/internal/event"
	"sunlot/livestream"
)

// Watchers come at any moment while events are written: nothing may fall
// between what they are told on coming and what they hear afterwards.
func TestNothingFallsBetweenSnapshotAndTail(t *testing.T) {
	t.Parallel()
	p := open(t, nil)
	const events, watchers = 300, 40
	var all sync.WaitGroup
	for i := range watchers {
		all.Go(func() {
			time.Sleep(time.Duration(i) * 5 * time.Millisecond)
			w := p.connect()
			a := w.subscribe("lot:1", 0)
			if a.Subscribe == nil || !a.Subscribe.Recovered || !a.Subscribe.WasRecovering || a.Subscribe.Offset != 0 {
				t.Errorf("subscribe: %+v %+v", a.Subscribe, a.Error)
				return
			}
			got, err := seqs(a.Subscribe.Publications)
			for j, seq := range got {
				if seq != int64(j)+1 {
					t.Errorf("recovered %v", got)
				}
			}
			if err == nil {
				err = w.upTo(int64(len(got)), events)
			}
			if err != nil {
				t.Error(err)
			}
		})
	}
	p.write("lot:1", events)
	all.Wait()
}

func TestLeafArrivesByteForByte(t *testing.T) {
	t.Parallel()
	p := open(t, nil)
	w := p.connect()
	w.subscribe("lot:1", -1)
	p.write("lot:1", 1)
	a, err := w.next(5 * time.Second)
	p.ok(err)
	leaf, _, err := p.db.Leaf(t.Context(), event.Ref{Stream: "lot:1", Seq: 1})
	p.ok(err)
	if string(a.Push.Pub.Data) != string(leaf) || a.Push.Channel != "lot:1" || a.Push.Pub.Offset != 1 {
		t.Errorf("got %s, want %s", a.Push.Pub.Data, leaf)
	}
}

func TestRecovery(t *testing.T) {
	t.Parallel()
	p := open(t, nil)
	p.write("lot:1", 1201)
	p.write("lot:2", 3)
	for _, c := range []struct {
		stream    event.Stream
		offset    int64
		epoch     string
		recovered bool
		missed    int
	}{
		{"lot:1", 1201, "first", true, 0},
		{"lot:1", 1100, "first", true, 101}, // the tail knows
		{"lot:1", 300, "first", true, 901},  // the database knows
		{"lot:1", 201, "first", true, 1000}, // the most
		{"lot:1", 200, "first", false, 0},   // too much
		{"lot:1", 1202, "first", false, 0},  // from the future
		{"lot:1", 1100, "second", false, 0}, // from another past
		{"lot:1", 1100, "", true, 101},      // a client that has no epoch
		{"lot:1", -5, "first", false, 0},
		{"lot:2", 0, "first", true, 3},
		{"lot:3", 0, "first", true, 0}, // no event yet
	} {
		w := p.connect()
		a := w.ask("subscribe", map[string]any{
			"channel": c.stream,
			"recover": true,
			"offset":  c.offset,
			"epoch":   c.epoch,
		}).Subscribe
		if a == nil || a.Recovered != c.recovered || !a.Recoverable || !a.WasRecovering || a.Epoch != "first" {
			t.Errorf("%s from %d: %+v", c.stream, c.offset, a)
			continue
		}
		got, err := seqs(a.Publications)
		p.ok(err)
		if len(got) != c.missed || c.missed > 0 &&
			(got[0] != c.offset+1 || got[len(got)-1] != c.offset+int64(c.missed)) {
			t.Errorf("%s from %d: %d events", c.stream, c.offset, len(got))
		}
		if head, _ := p.db.Heads(t.Context(), []event.Stream{c.stream}); !c.recovered && a.Offset != head[c.stream] {
			t.Errorf("%s from %d: offset %d", c.stream, c.offset, a.Offset)
		}
	}
	a := p.connect().ask("subscribe", map[string]any{
		"channel": "lot:1",
		"recover": true,
		"offset":  1,
		"epoch":   "first",
		"flag":    2,
	})
	if a.Error == nil || a.Error.Code != 112 {
		t.Errorf("a client that wants no gap got %+v", a)
	}
}

// A page may be drawn from a commit whose bell has not been heard yet.
func TestPageAheadOfTheRoom(t *testing.T) {
	t.Parallel()
	p := open(t, func(p *place, c *livestream.Config) { c.Poll = time.Hour })
	first := p.connect()
	first.subscribe("lot:1", 0)
	p.deaf.Store(true)
	p.write("lot:1", 5)
	if a := p.connect().subscribe("lot:1", 5); !a.Subscribe.Recovered || a.Subscribe.Offset != 5 {
		t.Errorf("%+v", a.Subscribe)
	}
	p.ok(first.upTo(0, 5))
}

// Without a bell, as for what a second process writes.
func TestAnotherProcessWrites(t *testing.T) {
	t.Parallel()
	p := open(t, nil)
	p.deaf.Store(true)
	w := p.connect()
	w.subscribe("lot:1", 0)
	begun := time.Now()
	p.write("lot:1", 3)
	p.ok(w.upTo(0, 3))
	if took := time.Since(begun); took > 5*time.Second {
		t.Errorf("took %v", took)
	}
}

func TestSeveralRoomsAndLeaving(t *testing.T) {
	t.Parallel()
	p := open(t, nil)
	w := p.connect()
	w.subscribe("lot:1", -1)
	w.subscribe("lot:2", -1)
	if a := w.subscribe("lot:2", -1); a.Error == nil || a.Error.Code != 105 {
		t.Errorf("a second time: %+v", a)
	}
	p.write("lot:2", 1)
	p.ok(w.upTo(0, 1))
	w.ask("unsubscribe", map[string]any{"channel": "lot:2"})
	p.write("lot:2", 1)
	p.write("lot:1", 1)
	if a, err := w.next(5 * time.Second); err != nil || a.Push.Channel != "lot:1" {
		t.Errorf("after leaving: %+v %v", a.Push, err)
	}
	if a := w.subscribe("lot:2", 1); !a.Subscribe.Recovered || len(a.Subscribe.Publications) != 1 {
		t.Errorf("coming back: %+v", a.Subscribe)
	}
	for i := range 40 {
		a := w.subscribe(event.Stream(fmt.Sprintf("lot:x%d", i)), -1)
		if refused := a.Error != nil; refused != (i >= 30) {
			t.Fatalf("room %d: %+v", i, a)
		}
	}
}

func TestHistory(t *testing.T) {
	t.Parallel()
	p := open(t, nil)
	p.write("lot:1", 5)
	w := p.connect()
	for _, c := range []struct {
		ask  map[string]any
		want []int64
	}{
		{map[string]any{"channel": "lot:1"}, nil},
		{map[string]any{"channel": "lot:1", "limit": 2}, []int64{1, 2}},
		{map[string]any{
			"channel": "lot:1",
			"limit":   -1,
			"since":   map[string]any{"offset": 3, "epoch": "first"},
		}, []int64{4, 5}},
	} {
		a := w.ask("history", c.ask)
		if a.History == nil || a.History.Offset != 5 || a.History.Epoch != "first" {
			t.Fatalf("%v: %+v", c.ask, a)
		}
		if got, err := seqs(a.History.Publications); err != nil || !slices.Equal(got, c.want) {
			t.Errorf("%v: %v %v", c.ask, got, err)
		}
	}
	for _, c := range []struct {
		ask  map[string]any
		code int
	}{
		{map[string]any{"channel": "lot:1", "limit": 1, "since": map[string]any{"offset": 3, "epoch": "other"}}, 112},
		{map[string]any{"channel": "lot:1", "limit": 1, "reverse": true}, 108},
		{map[string]any{"channel": "talk:1"}, 102},
	} {
		if a := w.ask("history", c.ask); a.Error == nil || a.Error.Code != c.code {
			t.Errorf("%v: %+v", c.ask, a)
		}
	}
}

func TestStatus(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 11, 25, 1, 2, 3, 4e6, time.UTC)
	p := open(t, func(p *place, c *livestream.Config) {
		c.Status, c.Clock = 50*time.Millisecond, fixed(now)
		c.Ends = func(_ context.Context, all []event.Stream) (map[event.Stream]time.Time, error) {
			return map[event.Stream]time.Time{"lot:1": now.Add(time.Minute)}, nil
		}
	})
	p.write("lot:1", 2)
	p.connect().subscribe("lot:1", -1)
	p.connect().subscribe("lot:2", -1)
	w := p.connect()
	w.subscribe("lot:1", -1)
	w.said() // at the joining
	want := `{"push":{"channel":"lot:1","pub":{"data":{"now":"2026-11-25T01:02:03.004Z","end":"2026-11-25T01:03:03.004Z","head":2,"viewers":2}}}}`
	if body := w.said(); body != want {
		t.Errorf("got %s, want %s", body, want)
	}
}

// TestWhoJoinsIsToldTheTime: a countdown does not wait for the next round.
func TestWhoJoinsIsToldTheTime(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 11, 25, 1, 2, 3, 4e6, time.UTC)
	p := open(t, func(p *place, c *livestream.Config) { c.Status, c.Clock = time.Hour, fixed(now) })
	p.write("lot:1", 2)
	p.connect().subscribe("lot:1", -1)
	w := p.connect()
	w.subscribe("lot:1", 0)
	want := `{"push":{"channel":"lot:1","pub":{"data":{"now":"2026-11-25T01:02:03.004Z","head":2,"viewers":2}}}}`
	if body := w.said(); body != want {
		t.Errorf("got %s, want %s", body, want)
	}
}

// said is the next message as it came.
func (w *watcher) said() string {
	w.t.Helper()
	w.ws.SetReadDeadline(time.Now().Add(5 * time.Second))
	_, body, err := w.ws.ReadMessage()
	if err != nil {
		w.t.Fatal(err)
	}
	return string(body)
}

type fixed time.Time

func (f fixed) Now() time.Time { return time.Time(f) }

// lossy is a source that for a while tells less than there is, as after a
// backup has been restored, or skips the sixth event.
type lossy struct {
	livestream.Source
	back, skip atomic.Bool
}

func (l *lossy) Heads(ctx context.Context, all []event.Stream) (map[event.Stream]int64, error) {
	heads, err := l.Source.Heads(ctx, all)
	if l.back.Load() {
		for s := range heads {
			heads[s] -= 3
		}
	}
	return heads, err
}

func (l *lossy) Events(ctx context.Context, s event.Stream, after int64, limit int) ([]event.Event, error) {
	events, err := l.Source.Events(ctx, s, after, limit)
	if l.skip.Load() {
		events = slices.DeleteFunc(events, func(e event.Event) bool { return e.Seq == 6 })
	}
	return events, err
}

func TestGapSendsWatchersBack(t *testing.T) {
	t.Parallel()
	for name, change := range map[string]func(l *lossy) *atomic.Bool{
		"an event is missing": func(l *lossy) *atomic.Bool { return &l.skip },
		"the past is shorter": func(l *lossy) *atomic.Bool { return &l.back },
	} {
		t.Run(name, func(t *testing.T) {
			var l *lossy
			p := open(t, func(p *place, c *livestream.Config) {
				l = &lossy{Source: c.Source}
				c.Source = l
			})
			p.write("lot:1", 5)
			w := p.connect()
			w.subscribe("lot:1", 5)
			p.deaf.Store(true)
			change(l).Store(true)
			p.write("lot:1", 2)
			for {
				a, err := w.next(5 * time.Second)
				p.ok(err)
				if a.Push.Unsubscribe != nil {
					if a.Push.Unsubscribe.Code < 2500 || a.Push.Channel != "lot:1" {
						t.Errorf("%+v", a.Push)
					}
					break
				}
				if a.Push.Pub.Offset == 7 && name == "an event is missing" {
					t.Fatal("7 came without 6")
				}
			}
			change(l).Store(false)
			if a := w.subscribe("lot:1", 5); !a.Subscribe.Recovered || len(a.Subscribe.Publications) != 2 {
				t.Errorf("coming back: %+v", a.Subscribe)
			}
			p.write("lot:1", 1)
			p.ok(w.upTo(7, 8))
		})
	}
}

func TestBadChannels(t *testing.T) {
	t.Parallel()
	p := open(t, nil)
	w := p.connect()
	for channel, code := range map[string]int{
		"talk:1":                         102,
		"lot":                            107,
		"lot:":                           107,
		`lot:"}`:                         107,
		"lot:" + strings.Repeat("x", 60): 107,
		"":                               107,
	} {
		if a := w.ask("subscribe", map[string]any{"channel": channel}); a.Error == nil || a.Error.Code != code {
			t.Errorf("%s: %+v", channel, a)
		}
	}
	for _, kind := range []string{"publish", "presence", "rpc", "refresh"} {
		if a := w.ask(kind, map[string]any{"channel": "lot:1"}); a.Error == nil || a.Error.Code != 108 {
			t.Errorf("%s: %+v", kind, a)
		}
	}
	w.send("{}\n" + `{"id":90,"ping":{}}` + "\n\n" + `{"id":91,"history":{"channel":"lot:1"}}`)
	for _, id := range []int{90, 91} {
		if a, err := w.next(time.Second); err != nil || a.ID != id || a.Error != nil {
			t.Errorf("%+v %v", a, err)
		}
	}
}
