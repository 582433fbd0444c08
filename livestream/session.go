package livestream

import (
	"bytes"
	"container/list"
	"errors"
	"log/slog"
	"runtime/debug"
	"sync"
	"sync/atomic"
	"time"

	"github.com/gorilla/websocket"

	"sunlot/internal/event"
)

const (
	readMost    = 4 << 10          // bytes of one message from a client
	writeLimit  = 5 * time.Second  // for what is queued to leave
	goodbye     = time.Second      // for a close to be answered
	silentMost  = 10 * time.Second // before the first command
	mostQueued  = 256              // messages that wait for a slow reader
	mostBytes   = 1 << 20          // and their size, unless it is a single one
	mostRooms   = 32               // that one socket may watch
	mostAsked   = 200              // commands in askedIn
	askedIn     = 10 * time.Second
	mostPings   = 50                    // at once
	pingedEvery = 20 * time.Millisecond // so many
)

// message is one frame, made once for all who get it.
type message struct {
	frame *websocket.PreparedMessage
	size  int
}

func newMessage(body []byte) message {
	frame, err := websocket.NewPreparedMessage(websocket.TextMessage, body)
	if err != nil { // cannot be: writing a frame to memory
		panic(err)
	}
	return message{frame, len(body)}
}

// session is one socket. Reading has a goroutine for as long as the socket
// lives; writing has one only while something is queued.
type session struct {
	hub     *Hub
	ws      *websocket.Conn
	wire    *wire
	address string
	heard   atomic.Bool   // something came since the last ping
	pinged  *list.Element // its place among hub.pings; owned by hub.mu

	connected bool // this and what follows belong to the reading goroutine
	rooms     map[event.Stream]*room
	asked     int
	askedFrom time.Time

	mu      sync.Mutex // owns all that follows
	queue   []message
	size    int
	writing bool
	ended   bool
}

// send queues a message and never waits. A reader who is too slow is cut.
func (s *session) send(m message) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.ended {
		return
	}
	if len(s.queue) >= mostQueued || len(s.queue) > 0 && s.size+m.size > mostBytes {
		s.ended, s.queue = true, nil
		go s.wire.Close()
		return
	}
	s.queue, s.size = append(s.queue, m), s.size+m.size
	if !s.writing {
		s.writing = true
		go s.drain()
	}
}

// drain writes what is queued, and ends when nothing is.
func (s *session) drain() {
	for {
		s.mu.Lock()
		all := s.queue
		s.queue, s.size = nil, 0
		s.writing = len(all) > 0 && !s.ended
		writing := s.writing
		s.mu.Unlock()
		if !writing {
			return
		}
		if err := s.write(all); err != nil {
			s.wire.Close()
			return
		}
	}
}

// write lets a backlog leave in few system calls.
func (s *session) write(all []message) error {
	until := time.Now().Add(writeLimit)
	s.ws.SetWriteDeadline(until)
	if len(all) > 1 {
		s.wire.hold()
	}
	for _, m := range all {
		if err := s.ws.WritePreparedMessage(m.frame); err != nil {
			return err
		}
	}
	return s.wire.flush(until)
}

// end says why and waits a moment for the client's answer, so that what was
// sent before arrives.
func (s *session) end(code int, reason string) {
	s.mu.Lock()
	before := s.ended
	s.ended = true
	s.mu.Unlock()
	if before {
		return
	}
	err := s.ws.WriteControl(websocket.CloseMessage, websocket.FormatCloseMessage(code, reason), time.Now().
		Add(goodbye))
	if err != nil {
		s.wire.Close()
	}
	s.ws.SetReadDeadline(time.Now().Add(goodbye))
}

func (s *session) over() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.ended
}

// run reads until the socket ends.
func (s *session) run() {
	defer s.hub.leave(s)
	defer s.wire.Close()
	defer func() {
		if r := recover(); r != nil {
			slog.Error("a watcher's socket failed", "panic", r, "stack", string(debug.Stack()))
		}
	}()
	s.ws.SetReadLimit(readMost)
	s.ws.SetReadDeadline(time.Now().Add(silentMost))
	for {
		kind, body, err := s.ws.ReadMessage()
		if err != nil {
			if !s.connected && isTimeout(err) {
				s.end(closeStale, "stale")
			}
			return
		}
		if s.over() {
			continue
		}
		s.heard.Store(true)
		if kind != websocket.TextMessage || !s.obey(body) {
			s.end(closeBad, "bad request")
		}
	}
}

func isTimeout(err error) bool {
	var t interface{ Timeout() bool }
	return errors.As(err, &t) && t.Timeout()
}

// obey carries out one message's commands. It is false when they make no sense.
func (s *session) obey(body []byte) bool {
	for line := range bytes.Lines(body) {
		line = bytes.TrimSpace(line)
		if len(line) == 0 {
			continue
		}
		if s.flood() {
			s.end(closeTooMany, "too many requests")
			return true
		}
		if !s.command(line) {
			return false
		}
	}
	return true
}

// flood counts commands, since each may cost the database a question.
func (s *session) flood() bool {
	if now := time.Now(); now.Sub(s.askedFrom) > askedIn {
		s.askedFrom, s.asked = now, 0
	}
	s.asked++
	return s.asked > mostAsked
}
