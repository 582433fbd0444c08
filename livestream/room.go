package livestream

import (
	"context"
	"fmt"
	"sync"
	"time"

	"sunlot/internal/event"
)

// tailed is how many of a stream's newest events a room keeps, so that who
// comes back after a short while costs the database nothing.
const tailed = 256

// entry is one event as it is sent.
type entry struct {
	seq  int64
	leaf []byte
}

func entriesOf(events []event.Event) ([]entry, error) {
	entries := make([]entry, len(events))
	for i, e := range events {
		leaf, err := e.Leaf()
		if err != nil {
			return nil, err
		}
		entries[i] = entry{e.Seq, leaf}
	}
	return entries, nil
}

// room is one stream and who watches it.
type room struct {
	stream event.Stream
	ready  chan struct{} // closed when the tail is loaded, or could not be
	failed error         // why it could not be; read after ready

	mu      sync.Mutex // owns all that follows; what is sent under it is sent in its order
	head    int64
	tail    []entry // contiguous, the last one is head
	members map[*session]bool
	gone    bool      // nobody may join any more
	end     time.Time // the closing time as last told; zero before
}

// enterRoom finds a stream's room or opens it.
func (h *Hub) enterRoom(ctx context.Context, s event.Stream) (*room, error) {
	h.mu.Lock()
	r := h.rooms[s]
	mine := r == nil
	if mine {
		r = &room{stream: s, ready: make(chan struct{}), members: map[*session]bool{}}
		h.rooms[s] = r
	}
	h.mu.Unlock()
	if mine {
		r.failed = r.load(ctx, h.cfg.Source)
		if r.failed != nil {
			h.forget(r)
		}
		close(r.ready)
		return r, r.failed
	}
	select {
	case <-r.ready:
		return r, r.failed
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

// load reads the newest events of the stream.
func (r *room) load(ctx context.Context, source Source) error {
	heads, err := source.Heads(ctx, []event.Stream{r.stream})
	if err != nil {
		return err
	}
	after := max(heads[r.stream]-tailed, 0)
	events, err := source.Events(ctx, r.stream, after, tailed)
	if err != nil {
		return err
	}
	entries, err := entriesOf(events)
	if err != nil {
		return err
	}
	r.head = after
	if !r.publish(entries) {
		return fmt.Errorf("livestream: %s has a gap after %d", r.stream, r.head)
	}
	return nil
}

// open says whether the room's tail is loaded.
func (r *room) open() bool {
	select {
	case <-r.ready:
		return r.failed == nil
	default:
		return false
	}
}

func (r *room) newest() int64 {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.head
}

// publish sends the members what they do not have yet. It is false when an
// event is missing in between: then nothing after it is sent.
func (r *room) publish(entries []entry) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	for _, e := range entries {
		if e.seq <= r.head {
			continue
		}
		if e.seq != r.head+1 {
			return false
		}
		r.head = e.seq
		if len(r.tail) >= 2*tailed {
			r.tail = append([]entry(nil), r.tail[len(r.tail)-tailed:]...)
		}
		r.tail = append(r.tail, e)
		r.send(publication(r.stream, e))
	}
	return true
}

// send queues one message for every member; the caller holds the lock.
func (r *room) send(body []byte) {
	if len(r.members) == 0 {
		return
	}
	m := newMessage(body)
	for s := range r.members {
		s.send(m)
	}
}

// tell sends clock, closing time, newest seq and the number of watchers.
func (r *room) tell(now, end time.Time) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.end = end
	r.send(r.status(now))
}

// status is what tell sends; the caller holds the lock.
func (r *room) status(now time.Time) []byte {
	return status(r.stream, now, r.end, r.head, len(r.members))
}

// lacks says whether the tail alone cannot tell what came after that seq, but
// the database may be asked.
func (r *room) lacks(after int64) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	return after >= 0 && after+int64(len(r.tail)) < r.head && r.head-after <= batch
}

// join makes s a member and answers it in the same breath, so that nothing
// falls between the answer and the first live event; then it tells the time,
// which a countdown would else wait for. older are events that the
// tail may lack. It is false when the room is gone.
func (r *room) join(s *session, id uint32, ask subscribeRequest, older []entry) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.gone {
		return false
	}
	epoch := s.hub.cfg.Epoch
	got := subscribed{epoch: epoch, offset: r.head, recovering: ask.Recover}
	if ask.Recover && (ask.Epoch == "" || ask.Epoch == epoch) {
		if missed, ok := r.since(ask.Offset, older); ok {
			got.recovered = true
			got.offset = ask.Offset
			got.missed = missed
		}
	}
	if ask.Recover && !got.recovered && ask.Flag&rejectUnrecovered != 0 {
		s.refuse(id, errUnrecoverable)
		return true
	}
	r.members[s] = true
	s.send(newMessage(got.reply(id)))
	s.send(newMessage(r.status(s.hub.cfg.Clock.Now())))
	return true
}

// since lists what came after that seq; the caller holds the lock. It is false
// when there is a gap, or too much.
func (r *room) since(after int64, older []entry) (missed []entry, whole bool) {
	if after < 0 || after > r.head || r.head-after > batch {
		return nil, false
	}
	last := after
	for _, part := range [][]entry{older, r.tail} {
		for _, e := range part {
			if e.seq == last+1 {
				missed, last = append(missed, e), e.seq
			}
		}
	}
	return missed, last == r.head
}

func (r *room) has(s *session) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.members[s]
}

// part takes a member out, and forgets a room in which nobody is left.
func (h *Hub) part(r *room, s *session) {
	r.mu.Lock()
	delete(r.members, s)
	r.gone = r.gone || len(r.members) == 0
	gone := r.gone
	r.mu.Unlock()
	if gone {
		h.forget(r)
	}
}

// drop sends all members away to come back: the room cannot go on without a gap.
func (h *Hub) drop(r *room) {
	h.forget(r)
	r.mu.Lock()
	defer r.mu.Unlock()
	if !r.gone {
		r.send(unsubscription(r.stream))
	}
	r.gone = true
	clear(r.members)
}

func (h *Hub) forget(r *room) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.rooms[r.stream] == r {
		delete(h.rooms, r.stream)
	}
}
