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
	if !l.count(networkOf(c.IP())) {
		return fault.New(fault.TooMany, "访问过于频繁，请一分钟后再试")
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

// inHand is how many requests of one address are carried out at once; more wait
// for some seconds. A village often has one address.
const inHand = 64

// turns lets each address have so many requests in hand.
type turns struct {
	most int

	mu  sync.Mutex // owns now
	now map[string]*turn
}

// turn is one address's: as many as are in the channel are in hand.
type turn struct {
	in   chan struct{}
	want int // in hand or waiting; with none it is forgotten
}

var errCrowd = fault.New(fault.TooMany, "现在从您这里上网的人多，请过一会儿再点一次")

// enter waits for the address's turn and returns what gives it back.
func (t *turns) enter(address string) (leave func(), err error) {
	mine := t.of(address)
	soon := time.NewTimer(patience)
	defer soon.Stop()
	select {
	case mine.in <- struct{}{}:
		return func() {
			<-mine.in
			t.forget(address, mine)
		}, nil
	case <-soon.C:
		t.forget(address, mine)
		return nil, errCrowd
	}
}

func (t *turns) of(address string) *turn {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.now == nil {
		t.now = map[string]*turn{}
	}
	mine := t.now[address]
	if mine == nil {
		mine = &turn{in: make(chan struct{}, t.most)}
		t.now[address] = mine
	}
	mine.want++
	return mine
}

func (t *turns) forget(address string, mine *turn) {
	t.mu.Lock()
	defer t.mu.Unlock()
	mine.want--
	if mine.want == 0 {
		delete(t.now, address)
	}
}
