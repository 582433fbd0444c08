package livestream

import (
	"context"
	"encoding/json"
	"time"

	"sunlot/internal/event"
)

// command carries out one line. It is false when the client does not speak our
// language: then it had better stay away.
func (s *session) command(line []byte) bool {
	var c command
	if json.Unmarshal(line, &c) != nil {
		return false
	}
	if c.ID == 0 {
		return s.connected // a pong, or something that wants no answer
	}
	if c.Connect != nil {
		return s.connect(c.ID)
	}
	if !s.connected {
		return false
	}
	ctx, cancel := context.WithTimeout(s.hub.ended, readLimit)
	defer cancel()
	switch {
	case c.Subscribe != nil:
		s.subscribe(ctx, c.ID, *c.Subscribe)
	case c.Unsubscribe != nil:
		s.unsubscribe(c.ID, c.Unsubscribe.Channel)
	case c.History != nil:
		s.history(ctx, c.ID, *c.History)
	case c.Ping != nil:
		s.answer(c.ID, "ping", struct{}{})
	default:
		s.refuse(c.ID, errNotAvailable)
	}
	return true
}

func (s *session) answer(id uint32, kind string, body any) { s.send(newMessage(reply(id, kind, body))) }

func (s *session) refuse(id uint32, why refusal) { s.answer(id, "error", why) }

func (s *session) connect(id uint32) bool {
	if s.connected {
		return false
	}
	s.connected = true
	s.ws.SetReadDeadline(time.Time{})
	s.answer(id, "connect", map[string]any{"client": event.NewID(), "version": "sunlot 1",
		"ping": int(s.hub.cfg.Ping / time.Second), "pong": true})
	s.hub.await(s)
	return true
}

// watchable says why a channel may not be watched.
func (h *Hub) watchable(s event.Stream) *refusal {
	if !channelForm.MatchString(string(s)) {
		return &errBadRequest
	}
	if !h.cfg.Shown(s) {
		return &errUnknown
	}
	return nil
}

func (s *session) subscribe(ctx context.Context, id uint32, ask subscribeRequest) {
	if why := s.hub.watchable(ask.Channel); why != nil {
		s.refuse(id, *why)
		return
	}
	if r := s.rooms[ask.Channel]; r != nil && r.has(s) {
		s.refuse(id, errAlready)
		return
	}
	if len(s.rooms) >= mostRooms && s.rooms[ask.Channel] == nil {
		s.refuse(id, errLimit)
		return
	}
	for range 3 { // a room may close between being found and being entered
		r, err := s.hub.enterRoom(ctx, ask.Channel)
		if err != nil {
			break
		}
		older, err := s.hub.older(ctx, r, ask)
		if err != nil {
			s.hub.part(r, s)
			break
		}
		s.rooms[ask.Channel] = r
		if r.join(s, id, ask, older) {
			return
		}
	}
	s.refuse(id, errInternal)
}

// older reads what the room's tail cannot tell a client that comes back.
func (h *Hub) older(ctx context.Context, r *room, ask subscribeRequest) ([]entry, error) {
	if !ask.Recover {
		return nil, nil
	}
	if ask.Offset > r.newest() { // drawn by another process, or before the bell was heard
		return nil, h.advance(ctx, r)
	}
	if !r.lacks(ask.Offset) {
		return nil, nil
	}
	events, err := h.cfg.Source.Events(ctx, r.stream, ask.Offset, batch)
	if err != nil {
		return nil, err
	}
	return entriesOf(events)
}

func (s *session) unsubscribe(id uint32, channel event.Stream) {
	if r := s.rooms[channel]; r != nil {
		s.hub.part(r, s)
		delete(s.rooms, channel)
	}
	s.answer(id, "unsubscribe", struct{}{})
}

// history answers the stream's position and the events after another one.
func (s *session) history(ctx context.Context, id uint32, ask historyRequest) {
	if why := s.hub.watchable(ask.Channel); why != nil {
		s.refuse(id, *why)
		return
	}
	epoch, after := s.hub.cfg.Epoch, int64(0)
	if ask.Since != nil {
		after = ask.Since.Offset
		if ask.Since.Epoch != "" && ask.Since.Epoch != epoch {
			s.refuse(id, errUnrecoverable)
			return
		}
	}
	if ask.Reverse || after < 0 {
		s.refuse(id, errNotAvailable)
		return
	}
	heads, err := s.hub.cfg.Source.Heads(ctx, []event.Stream{ask.Channel})
	var events []event.Event
	if limit := ask.Limit; err == nil && limit != 0 {
		if limit < 0 || limit > batch {
			limit = batch
		}
		events, err = s.hub.cfg.Source.Events(ctx, ask.Channel, after, limit)
	}
	entries, wrong := entriesOf(events)
	if err != nil || wrong != nil {
		s.refuse(id, errInternal)
		return
	}
	said := encode(struct {
		Epoch  string `json:"epoch"`
		Offset int64  `json:"offset"`
	}{epoch, heads[ask.Channel]})
	s.send(newMessage(replyWith(id, "history", said, entries)))
}
