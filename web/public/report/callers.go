package report

import (
	"hash/maphash"
	"sync"
	"time"

	"sunlot/internal/fault"
)

// What one address may do to the box within an hour. A village often has one
// address, so both are far above what people need.
const (
	freeGuesses = 30               // wrong codes that cost nothing
	mostBytes   = 60 << 20         // of photos, and up to as much again: see mayKeep
	smallReport = 64 << 10         // a report without photos is always taken
	guessWait   = 10 * time.Second // after each wrong one beyond them
	mostCallers = 100_000
)

// callers counts by a hash of the address under a seed that is forgotten every
// hour with all that was counted: nothing here tells who has been at the box. It
// is each node's own: a table would be a list of reporters.
type callers struct {
	mu    sync.Mutex // owns what follows
	until time.Time
	seed  maphash.Seed
	drawn maphash.Seed // of the limits
	seen  map[uint64]caller
}

type caller struct {
	wrong int
	next  time.Time // before it no code is tried
	bytes int
}

// change reads and writes what is counted of an address.
func (g *callers) change(address string, now time.Time, fn func(*caller) error) error {
	g.mu.Lock()
	defer g.mu.Unlock()
	if !now.Before(g.until) || len(g.seen) >= mostCallers {
		g.seed, g.until = maphash.MakeSeed(), now.Add(time.Hour)
		g.drawn = maphash.MakeSeed()
		g.seen = map[uint64]caller{}
	}
	who := maphash.String(g.seed, address)
	c := g.seen[who]
	err := fn(&c)
	g.seen[who] = c
	return err
}

// mayGuess refuses a code while the address has to wait. It is asked before
// anything is stretched or stored.
func (g *callers) mayGuess(address string, now time.Time) error {
	return g.change(address, now, func(c *caller) error {
		if wait := c.next.Sub(now); wait > 0 {
			return fault.New(fault.TooMany, "输错的次数过多，请在%d秒后再试", int(wait.Seconds())+1).On("code")
		}
		return nil
	})
}

// wrong counts a wrong code. The wait is short: it is there for the machine's
// sake, a code cannot be guessed, and a neighbour at the same address has a
// right one.
func (g *callers) wrong(address string, now time.Time) {
	_ = g.change(address, now, func(c *caller) error {
		c.wrong++
		if c.wrong > freeGuesses {
			c.next = now.Add(guessWait)
		}
		return nil
	})
}

// mayKeep counts the bytes of what is sent, and refuses photos without end. There
// is no count of all addresses together: it would tell who else reports. For the
// same reason the limit of an address is drawn anew each hour: who shares it and
// tries how much is left learns nothing of what another has sent.
func (g *callers) mayKeep(address string, bytes int, now time.Time) error {
	if bytes <= smallReport {
		return nil
	}
	return g.change(address, now, func(c *caller) error {
		most := mostBytes + int(maphash.String(g.drawn, address)%mostBytes)
		if c.bytes+bytes > most {
			return fault.New(fault.Unavailable, "一小时里从一个地方能收的照片已经收满。请先不带照片提交，"+
				"过一小时再用查询码补充照片").On("photos")
		}
		c.bytes += bytes
		return nil
	})
}
