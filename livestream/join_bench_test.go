package livestream_test

import (
	"fmt"
	"net"
	"slices"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/gorilla/websocket"
	"golang.org/x/sys/unix"

	"sunlot/internal/event"
)

const (
	joiners      = 10_000
	joinAddress  = 1000 // of them from one address, as a village behind one router
	atOnce       = 64   // that are dialling
	roomEvents   = 10
	roomEventGap = time.Second / 2
)

// BenchmarkJoin is how long ten thousand phones take to join one lot's room, until the
// last one has its answer, and then how long an event takes from its commit to each of
// them. The clients are in the same process, on the same processors. Run it with
// -benchtime 1x.
func BenchmarkJoin(b *testing.B) {
	for b.Loop() {
		p := open(b, nil)
		n := min(joiners, sockets(b))
		begun := time.Now()
		watchers := join(b, p, n)
		joined := time.Since(begun)
		took := told(b, p, watchers)
		b.ReportMetric(float64(n), "phones")
		b.ReportMetric(joined.Seconds(), "s/join")
		b.ReportMetric(float64(n)/joined.Seconds(), "joins/s")
		b.ReportMetric(milliseconds(took[len(took)/2]), "p50-ms")
		b.ReportMetric(milliseconds(took[len(took)*99/100]), "p99-ms")
		b.ReportMetric(0, "ns/op")
		for _, w := range watchers {
			w.ws.Close()
		}
	}
}

func milliseconds(d time.Duration) float64 { return float64(d) / float64(time.Millisecond) }

// sockets is how many this process may have: each end is a file of its own.
func sockets(b *testing.B) int {
	var files unix.Rlimit
	if err := unix.Getrlimit(unix.RLIMIT_NOFILE, &files); err != nil {
		b.Fatal(err)
	}
	more := unix.Rlimit{Cur: 3 * joiners, Max: max(3*joiners, files.Max)}
	if files.Cur < more.Cur && unix.Setrlimit(unix.RLIMIT_NOFILE, &more) == nil {
		files = more
	}
	return int(files.Cur-200) / 2
}

// join lets so many in, each trying again when it is told to come later.
func join(b *testing.B, p *place, n int) []*watcher {
	watchers := make([]*watcher, n)
	var next atomic.Int64
	var all sync.WaitGroup
	for range atOnce {
		all.Go(func() {
			for i := int(next.Add(1)) - 1; i < n; i = int(next.Add(1)) - 1 {
				from := fmt.Sprintf("127.0.1.%d", 1+i/joinAddress)
				ws, err := dialFrom(p.url, from)
				for ; err != nil; ws, err = dialFrom(p.url, from) {
					time.Sleep(20 * time.Millisecond)
				}
				w := &watcher{t: b, ws: ws}
				w.ask("connect", map[string]any{})
				w.subscribe("lot:1", 0)
				watchers[i] = w
			}
		})
	}
	all.Wait()
	return watchers
}

// told commits events and measures how long each takes to each watcher.
func told(b *testing.B, p *place, watchers []*watcher) []time.Duration {
	committed := make([]atomic.Int64, roomEvents+1)
	came := make([][]time.Duration, len(watchers))
	var all sync.WaitGroup
	for i, w := range watchers {
		all.Go(func() {
			for after := range int64(roomEvents) {
				a, err := w.next(time.Minute)
				if err != nil || a.Push == nil || a.Push.Pub == nil || a.Push.Pub.Offset != after+1 {
					b.Errorf("watcher %d: %+v after %d: %v", i, a, after, err)
					return
				}
				came[i] = append(came[i], time.Duration(time.Now().UnixNano()-committed[after+1].Load()))
			}
		})
	}
	for i := range roomEvents {
		committed[i+1].Store(time.Now().UnixNano()) // before the commit, which then counts too
		p.ok(write(b.Context(), p.db, event.Of("lot", "1")))
		time.Sleep(roomEventGap)
	}
	all.Wait()
	took := slices.Concat(came...)
	slices.Sort(took)
	return took
}

// dialFrom opens a socket from an address of this machine.
func dialFrom(url, address string) (*websocket.Conn, error) {
	from := net.Dialer{LocalAddr: &net.TCPAddr{IP: net.ParseIP(address)}}
	ws, _, err := (&websocket.Dialer{HandshakeTimeout: time.Minute, NetDialContext: from.DialContext}).Dial(url, nil)
	return ws, err
}
