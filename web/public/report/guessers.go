package report

import (
	"hash/maphash"
	"strconv"
	"sync"
	"time"

	"sunlot/internal/identity"
)

// guessers counts wrong codes by a hash of the address. Its seed is forgotten
// after an hour: with it in memory every address could be tried.
type guessers struct {
	identity.Throttle

	mu    sync.Mutex // owns seed and until
	seed  maphash.Seed
	until time.Time
}

func (g *guessers) who(address string, now time.Time) string {
	g.mu.Lock()
	defer g.mu.Unlock()
	if !now.Before(g.until) {
		g.seed, g.until = maphash.MakeSeed(), now.Add(time.Hour)
	}
	return strconv.FormatUint(maphash.String(g.seed, address), 36)
}
