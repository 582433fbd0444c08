package livestream

import (
	"context"
	"time"
)

// due is a session's place in the queue of those to be pinged.
type due struct {
	session *session
	at      time.Time
}

var pingMessage = newMessage([]byte("{}"))

// await puts a session that has connected at the end of the queue. All wait
// equally long, so the queue is in order of time.
func (h *Hub) await(s *session) {
	h.mu.Lock()
	defer h.mu.Unlock()
	s.pinged = h.pings.PushBack(due{s, time.Now().Add(h.cfg.Ping)})
}

// ping pings few at a time: pings to all at once would delay the bids. Who has
// not answered the last one is gone.
func (h *Hub) ping(ctx context.Context) {
	every(ctx, pingedEvery, "ping", func() error {
		for _, s := range h.dueNow(time.Now()) {
			if s.heard.Swap(false) {
				s.send(pingMessage)
			} else {
				go s.end(closeNoPong, "no pong")
			}
		}
		return nil
	})
}

func (h *Hub) dueNow(now time.Time) []*session {
	h.mu.Lock()
	defer h.mu.Unlock()
	var all []*session
	for e := h.pings.Front(); e != nil && len(all) < mostPings; e = h.pings.Front() {
		d := e.Value.(due)
		if d.at.After(now) {
			break
		}
		e.Value = due{d.session, now.Add(h.cfg.Ping)}
		h.pings.MoveToBack(e)
		all = append(all, d.session)
	}
	return all
}
