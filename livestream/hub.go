// Package livestream carries events to everybody who watches. It knows no
// trading rule: it reads the events of a stream after they are committed and
// hands each watcher every one of them, once and in order, or says that it
// could not.
//
// It speaks the JSON form of centrifuge's client protocol, so that the stock
// clients connect unchanged: a channel is a stream, an offset is the event's
// number in it.
package livestream

import (
	"container/list"
	"context"
	"log/slog"
	"runtime"
	"sync"
	"time"

	"sunlot/internal/calendar"
	"sunlot/internal/event"
)

// Source is where committed events are read.
type Source interface {
	// Events returns up to limit events after that seq, in order.
	Events(ctx context.Context, s event.Stream, after int64, limit int) ([]event.Event, error)
	// Heads returns the newest seq of each stream; one without events is missing.
	Heads(ctx context.Context, streams []event.Stream) (map[event.Stream]int64, error)
}

// Config is what a hub needs. Zero numbers and durations mean the defaults.
type Config struct {
	Source Source
	// the deciding clock, told to watchers every two seconds
	Clock calendar.Clock
	// changes only when a backup is restored
	Epoch string
	Shown func(event.Stream) bool // which streams may be watched
	// whose pages may connect; programs send no origin and always may
	Origin func(origin string) bool
	Ends   func(context.Context, []event.Stream) (map[event.Stream]time.Time, error) // closing times; may be nil

	// sockets of one address from which on it is accepted slowly; default 2,000, since whole villages share one
	PerAddress      int
	AcceptPerSecond int // new sockets, so that a restart ends in no rush; default 1,000 for each processor

	Poll   time.Duration // how often the heads of all shown streams are asked for; default 100 ms
	Status time.Duration // how often each channel is told clock, end, head and viewers; default 2 s
	Ping   time.Duration // how often each socket is pinged; a whole number of seconds, default 25 s
}

// Hub is one process's watchers.
type Hub struct {
	cfg   Config
	ended context.Context // ends when the hub is closed
	end   context.CancelFunc
	rung  chan struct{}

	mu       sync.Mutex // owns all that follows
	rooms    map[event.Stream]*room
	ringing  map[event.Stream]bool
	sessions map[*session]bool
	pings    *list.List // of *session, the next to be pinged in front
	gate     gate
	closed   bool
	leaving  sync.WaitGroup // sessions that have not left
}

// acceptPerProcessor is about half of what a processor can take up: the rest is for
// the bids and the pages of those who are in.
const acceptPerProcessor = 1000

// New makes a hub. Run must be running for it to carry anything.
func New(c Config) *Hub {
	for _, d := range []struct {
		value     *time.Duration
		otherwise time.Duration
	}{{&c.Poll, 100 * time.Millisecond}, {&c.Status, 2 * time.Second}, {&c.Ping, 25 * time.Second}} {
		if *d.value == 0 {
			*d.value = d.otherwise
		}
	}
	if c.PerAddress == 0 {
		c.PerAddress = 2000
	}
	if c.AcceptPerSecond == 0 {
		c.AcceptPerSecond = acceptPerProcessor * runtime.GOMAXPROCS(0)
	}
	h := &Hub{cfg: c, rung: make(chan struct{}, 1), rooms: map[event.Stream]*room{}, ringing: map[event.Stream]bool{},
		sessions: map[*session]bool{}, pings: list.New(), gate: newGate(c.PerAddress, c.AcceptPerSecond)}
	h.ended, h.end = context.WithCancel(context.Background())
	return h
}

// Ring says that the streams have new events. It never blocks. A bell that is
// not heard loses nothing: the heads are asked for anyway.
func (h *Hub) Ring(streams []event.Stream) {
	h.mu.Lock()
	for _, s := range streams {
		if h.rooms[s] != nil {
			h.ringing[s] = true
		}
	}
	any := len(h.ringing) > 0
	h.mu.Unlock()
	if any {
		select {
		case h.rung <- struct{}{}:
		default:
		}
	}
}

// Run carries events until ctx ends.
func (h *Hub) Run(ctx context.Context) {
	var loops sync.WaitGroup
	loops.Go(func() { h.follow(ctx) })
	loops.Go(func() { every(ctx, h.cfg.Poll, "heads", func() error { return h.poll(ctx) }) })
	loops.Go(func() { h.tell(ctx) })
	loops.Go(func() { h.ping(ctx) })
	loops.Wait()
}

// Close tells every client to come back and refuses new ones. The web server's
// own shutdown does not know these sockets, so Close comes before it.
func (h *Hub) Close() {
	h.mu.Lock()
	h.closed = true
	for s := range h.sessions {
		go s.end(closeRestart, "restart")
	}
	h.mu.Unlock()
	h.end()
	h.leaving.Wait()
}

// enter admits a session unless the hub is closed.
func (h *Hub) enter(s *session) bool {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.closed {
		return false
	}
	h.sessions[s] = true
	h.gate.enter(s.address)
	h.leaving.Add(1)
	return true
}

// leave forgets a session that has ended.
func (h *Hub) leave(s *session) {
	for _, r := range s.rooms {
		h.part(r, s)
	}
	h.mu.Lock()
	defer h.mu.Unlock()
	delete(h.sessions, s)
	h.gate.leave(s.address)
	if s.pinged != nil {
		h.pings.Remove(s.pinged)
	}
	h.leaving.Done()
}

// Watchers is the number of sockets that are open.
func (h *Hub) Watchers() int {
	h.mu.Lock()
	defer h.mu.Unlock()
	return len(h.sessions)
}

// every runs step at each interval until ctx ends. A step that fails is logged
// once, and again only after it has succeeded in between.
func every(ctx context.Context, interval time.Duration, name string, step func() error) {
	tick := time.NewTicker(interval)
	defer tick.Stop()
	failing := false
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
		err := step()
		if err != nil && !failing && ctx.Err() == nil {
			slog.Error("rooms do not hear of new events", "step", name, "err", err)
		}
		failing = err != nil
	}
}
