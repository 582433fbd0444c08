package web

import (
	"hash/maphash"
	"sync"
	"time"

	"github.com/gofiber/fiber/v2"

	"sunlot/internal/fault"
)

// limit counts requests per address and minute. It is gentle: it is there for
// the script that went wild, and a whole village may share one address.
type limit struct {
	most int
	now  func() time.Time

	mu    sync.Mutex // owns until, seed and seen
	until time.Time
	seed  maphash.Seed
	seen  map[uint64]int // by the address's hash under the minute's seed: no address is kept
}

func (l *limit) admit(c *fiber.Ctx) error {
	if !l.count(c.IP()) {
		return fault.New(fault.TooMany, "访问过于频繁,请一分钟后再试")
	}
	return c.Next()
}

// count says whether the address may have one more request in this minute.
func (l *limit) count(address string) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	if now := l.now(); !now.Before(l.until) {
		l.until = now.Add(time.Minute)
		l.seed, l.seen = maphash.MakeSeed(), map[uint64]int{}
	}
	who := maphash.String(l.seed, address)
	l.seen[who]++
	return l.seen[who] <= l.most
}
