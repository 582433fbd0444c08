package livestream

import (
	"context"
	"log/slog"
	"time"

	"sunlot/internal/event"
)

// readLimit bounds one question to the source, so that a stuck database does
// not hold up what can still be told.
const readLimit = 5 * time.Second

// batch is how many events are read at once, and the most that a watcher who
// comes back is told of; who missed more loads the page anew.
const batch = 1000

// follow brings the rooms up to their streams when the bell rings.
func (h *Hub) follow(ctx context.Context) {
	for {
		select {
		case <-ctx.Done():
			return
		case <-h.rung:
		}
		for _, r := range h.rangFor() {
			if err := h.advance(ctx, r); err != nil && ctx.Err() == nil {
				slog.Warn("a room waits for the next question", "stream", r.stream, "err", err)
			}
		}
	}
}

// rangFor takes the rooms whose bell has rung.
func (h *Hub) rangFor() []*room {
	h.mu.Lock()
	defer h.mu.Unlock()
	var rang []*room
	for s := range h.ringing {
		if r := h.rooms[s]; r != nil && r.open() {
			rang = append(rang, r)
		}
	}
	clear(h.ringing)
	return rang
}

// shown lists the rooms that are open.
func (h *Hub) shown() []*room {
	h.mu.Lock()
	defer h.mu.Unlock()
	var all []*room
	for _, r := range h.rooms {
		if r.open() {
			all = append(all, r)
		}
	}
	return all
}

// poll asks for the heads of all rooms in one question, so that another
// process's events arrive too.
func (h *Hub) poll(ctx context.Context) error {
	rooms := h.shown()
	if len(rooms) == 0 {
		return nil
	}
	streams, before := make([]event.Stream, len(rooms)), make([]int64, len(rooms))
	for i, r := range rooms {
		streams[i], before[i] = r.stream, r.newest()
	}
	asking, cancel := context.WithTimeout(ctx, readLimit)
	defer cancel()
	heads, err := h.cfg.Source.Heads(asking, streams)
	if err != nil {
		return err
	}
	for i, r := range rooms {
		switch head := heads[r.stream]; {
		case head < before[i]: // the past is another one
			h.drop(r)
		case head > r.newest():
			if err := h.advance(ctx, r); err != nil {
				return err
			}
		}
	}
	return nil
}

// advance publishes what the stream has beyond the room. Several may do so at
// once: each event is published by the first who has it.
func (h *Hub) advance(ctx context.Context, r *room) error {
	ctx, cancel := context.WithTimeout(ctx, readLimit)
	defer cancel()
	for {
		events, err := h.cfg.Source.Events(ctx, r.stream, r.newest(), batch)
		if err != nil {
			return err
		}
		entries, err := entriesOf(events)
		if err != nil {
			return err
		}
		if !r.publish(entries) {
			h.drop(r)
			return nil
		}
		if len(events) < batch {
			return nil
		}
	}
}

// tell publishes on each channel what a countdown needs. It has no offset, so
// it is no part of the stream.
func (h *Hub) tell(ctx context.Context) {
	every(ctx, h.cfg.Status, "status", func() error {
		rooms := h.shown()
		if len(rooms) == 0 {
			return nil
		}
		streams := make([]event.Stream, len(rooms))
		for i, r := range rooms {
			streams[i] = r.stream
		}
		var ends map[event.Stream]time.Time
		var err error
		if h.cfg.Ends != nil {
			asking, cancel := context.WithTimeout(ctx, readLimit)
			defer cancel()
			ends, err = h.cfg.Ends(asking, streams)
		}
		now := h.cfg.Clock.Now()
		for _, r := range rooms {
			r.tell(now, ends[r.stream])
		}
		return err
	})
}
