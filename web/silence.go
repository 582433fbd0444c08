package web

import (
	"log/slog"
	"sync"
	"time"
)

// silence is what went wrong under the report box. A line at once would tell
// when somebody was there, none at all would leave the box broken unseen: so it
// is said at the next full hour, with the last cause and without a count.
type silence struct {
	log *slog.Logger
	now func() time.Time

	mu   sync.Mutex // owns what follows
	last string     // empty when nothing has
}

func (s *silence) failed(err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	first := s.last == ""
	s.last = err.Error()
	if first {
		now := s.now()
		time.AfterFunc(now.Truncate(time.Hour).Add(time.Hour).Sub(now), s.say)
	}
}

func (s *silence) say() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.log.Error("the report box failed within this hour", slog.String("last", s.last))
	s.last = ""
}
