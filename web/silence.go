package web

import (
	"log/slog"
	"sync"
	"time"
)

// silence is what went wrong under the report box. A line at once would tell
// when somebody was there, none at all would leave the box broken unseen: so it
// is said at the next full hour, as a count and the last cause.
type silence struct {
	log *slog.Logger
	now func() time.Time

	mu    sync.Mutex // owns what follows
	count int
	last  string
}

func (s *silence) failed(err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.count++
	s.last = err.Error()
	if s.count == 1 {
		now := s.now()
		time.AfterFunc(now.Truncate(time.Hour).Add(time.Hour).Sub(now), s.say)
	}
}

func (s *silence) say() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.log.Error("the report box failed within this hour", slog.Int("times", s.count), slog.String("last", s.last))
	s.count = 0
}
