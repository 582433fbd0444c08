package blob

import (
	"sync"
	"time"

	"golang.org/x/sys/unix"
)

// Space watches how much of a disk is free. Photos and files stop before it is
// full, so that bids, which take little, go on.
type Space struct {
	Dir  string
	Keep int64 // bytes that stay free

	mu    sync.Mutex // owns what follows
	asked time.Time
	room  bool
}

// Roomy says whether files may still be kept. It asks at most once a second;
// where it cannot be found out it is true.
func (s *Space) Roomy() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	if time.Since(s.asked) < time.Second {
		return s.room
	}
	var disk unix.Statfs_t
	err := unix.Statfs(s.Dir, &disk)
	s.asked = time.Now()
	s.room = err != nil || int64(disk.Bavail)*int64(disk.Bsize) > s.Keep
	return s.room
}
