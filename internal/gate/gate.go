// Package gate lets few in at once where a turn is dear: a hash that takes
// memory, a photo that is decoded. Whoever floods it waits behind himself, and
// nobody else behind him.
package gate

import (
	"context"
	"sync"
	"time"

	"sunlot/internal/fault"
)

// Gate admits at most Slots at once. The others wait: lanes take turns, within a
// lane the keys take turns, and of one key who came first goes first. It may be
// used by many at once.
type Gate struct {
	Slots    int           // how many are in at once
	Lanes    int           // how many lanes there are; 0 is one
	Most     int           // how many may wait in a lane
	Share    int           // how many of one key may wait
	Patience time.Duration // how long somebody waits at most

	mu      sync.Mutex // owns what follows
	inside  int
	waiting []lane
	turn    int // the lane that was admitted last
}

// lane is what waits in one lane: the keys in the order of their turns.
type lane struct {
	keys []string
	of   map[string][]chan bool
	all  int
}

// ErrBusy is what somebody reads who could not be let in.
var ErrBusy = fault.New(fault.Unavailable, "现在用的人多，还没有轮到，请过一会儿再点一次")

// refusal is how long somebody waits for a refusal: told at once, he would be
// back at once.
const refusal = time.Second

// Enter waits for a turn and returns what gives it back. It fails with ErrBusy
// when too many of the key wait already, when the lane is full and of no key
// there wait more, and when neither patience nor the context reach.
func (g *Gate) Enter(ctx context.Context, in int, key string) (leave func(), err error) {
	turn, free := g.line(in, key)
	if free {
		return g.leave, nil
	}
	patience := time.NewTimer(g.Patience)
	if turn == nil {
		patience.Reset(refusal)
	}
	defer patience.Stop()
	select {
	case in := <-turn:
		if in {
			return g.leave, nil
		}
		return nil, ErrBusy
	case <-ctx.Done():
	case <-patience.C:
	}
	if turn != nil && !g.giveUp(in, key, turn) && <-turn { // the turn came meanwhile
		g.leave()
	}
	return nil, ErrBusy
}

// line enters when a slot is free, else stands in line. There is no channel for
// whom the line has no place.
func (g *Gate) line(in int, key string) (turn chan bool, free bool) {
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.waiting == nil {
		g.waiting = make([]lane, max(1, g.Lanes))
	}
	if g.inside < g.Slots {
		g.inside++
		return nil, true
	}
	l := &g.waiting[in]
	if len(l.of[key]) >= g.Share || l.all >= g.Most && !l.makeRoom(key) {
		return nil, false
	}
	if l.of == nil {
		l.of = map[string][]chan bool{}
	}
	if len(l.of[key]) == 0 {
		l.keys = append(l.keys, key)
	}
	turn = make(chan bool, 1)
	l.of[key] = append(l.of[key], turn)
	l.all++
	return turn, false
}

// makeRoom sends the last of the longest line away, unless the key's own would
// then be as long.
func (l *lane) makeRoom(key string) bool {
	longest := key
	for _, k := range l.keys {
		if len(l.of[k]) > len(l.of[longest]) {
			longest = k
		}
	}
	last := len(l.of[longest]) - 1
	if longest == key || last < len(l.of[key])+1 {
		return false
	}
	l.of[longest][last] <- false
	l.of[longest] = l.of[longest][:last]
	l.all--
	return true
}

// leave gives the turn to who is next, or back.
func (g *Gate) leave() {
	g.mu.Lock()
	defer g.mu.Unlock()
	for i := range g.waiting {
		at := (g.turn + 1 + i) % len(g.waiting)
		if next := g.waiting[at].next(); next != nil {
			g.turn = at
			next <- true
			return
		}
	}
	g.inside--
}

// next takes the first of the key whose turn it is out of the lane; that key
// goes to the end of the line.
func (l *lane) next() chan bool {
	if len(l.keys) == 0 {
		return nil
	}
	key := l.keys[0]
	l.keys = l.keys[1:]
	first := l.of[key][0]
	l.of[key] = l.of[key][1:]
	l.all--
	if len(l.of[key]) > 0 {
		l.keys = append(l.keys, key)
	} else {
		delete(l.of, key)
	}
	return first
}

// giveUp takes somebody out of the line; false when he is out of it already.
func (g *Gate) giveUp(in int, key string, turn chan bool) bool {
	g.mu.Lock()
	defer g.mu.Unlock()
	l := &g.waiting[in]
	for i, t := range l.of[key] {
		if t != turn {
			continue
		}
		l.all--
		l.of[key] = append(l.of[key][:i:i], l.of[key][i+1:]...)
		if len(l.of[key]) == 0 {
			delete(l.of, key)
			l.forget(key)
		}
		return true
	}
	return false
}

func (l *lane) forget(key string) {
	for i, k := range l.keys {
		if k == key {
			l.keys = append(l.keys[:i:i], l.keys[i+1:]...)
			return
		}
	}
}
