package livestream

import "time"

// crowdPause is how long an address with many sockets waits between two more.
const crowdPause = 100 * time.Millisecond

// gate slows what comes in: all together after a restart, and an address with
// very many sockets. It refuses nobody for good. The hub's lock owns it.
type gate struct {
	perAddress, perSecond int
	tokens                float64
	filled                time.Time
	addresses             map[string]*crowd
}

type crowd struct {
	sockets int
	last    time.Time
}

func newGate(perAddress, perSecond int) gate {
	return gate{
		perAddress: perAddress,
		perSecond:  perSecond,
		tokens:     float64(perSecond),
		addresses:  map[string]*crowd{},
	}
}

// admit says whether one more may come in now.
func (g *gate) admit(address string, now time.Time) bool {
	if c := g.addresses[address]; c != nil && c.sockets >= g.perAddress {
		if now.Sub(c.last) < crowdPause {
			return false
		}
		c.last = now
	}
	g.tokens = min(g.tokens+now.Sub(g.filled).Seconds()*float64(g.perSecond), float64(g.perSecond))
	g.filled = now
	if g.tokens < 1 {
		return false
	}
	g.tokens--
	return true
}

func (g *gate) enter(address string) {
	if g.addresses[address] == nil {
		g.addresses[address] = &crowd{}
	}
	g.addresses[address].sockets++
}

func (g *gate) leave(address string) {
	c := g.addresses[address]
	if c.sockets--; c.sockets == 0 {
		delete(g.addresses, address)
	}
}
