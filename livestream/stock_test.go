package livestream_test

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"net"
	"os/exec"
	"strings"
	"sync"
	"testing"
	"time"
)

// ferry is a way to the server that can be cut.
type ferry struct {
	net.Listener
	to string

	mu   sync.Mutex // owns open
	open []net.Conn
}

func (f *ferry) run() {
	for {
		from, err := f.Accept()
		if err != nil {
			return
		}
		to, err := net.Dial("tcp", f.to)
		if err != nil {
			from.Close()
			continue
		}
		f.mu.Lock()
		f.open = append(f.open, from, to)
		f.mu.Unlock()
		go carry(to, from)
		go carry(from, to)
	}
}

// carry ends the one connection when the other has ended.
func carry(to, from net.Conn) {
	io.Copy(to, from)
	to.Close()
}

// cut ends all connections, without a word to either side, and says how many there were.
func (f *ferry) cut() int {
	f.mu.Lock()
	defer f.mu.Unlock()
	for _, conn := range f.open {
		conn.(*net.TCPConn).SetLinger(0)
		conn.Close()
	}
	n := len(f.open) / 2
	f.open = nil
	return n
}

// The stock client, unchanged, is cut off ten times while events are written,
// and has every event once and in order.
func TestStockClientIsCutTenTimes(t *testing.T) {
	t.Parallel()
	p := open(t, nil)
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	p.ok(err)
	way := &ferry{Listener: listener, to: strings.Split(p.url, "/")[2]}
	go way.run()
	t.Cleanup(func() { way.Close(); way.cut() })

	const events, cuts = 600, 10
	ctx, stop := context.WithTimeout(t.Context(), time.Minute)
	defer stop()
	node := exec.CommandContext(ctx, "node", "stock.mjs", "ws://"+listener.Addr().String()+"/connection/websocket",
		"lot:1", "first", fmt.Sprint(events))
	node.Dir = "../web/e2e"
	var complaint strings.Builder
	node.Stderr = &complaint
	out, err := node.StdoutPipe()
	p.ok(err)
	p.ok(node.Start())
	go func() {
		for range events {
			if write(ctx, p.db, "lot:1") != nil {
				return
			}
			time.Sleep(5 * time.Millisecond)
		}
	}()
	had, recovered, cut := 0, 0, 0
	for lines := bufio.NewScanner(out); lines.Scan(); {
		line := lines.Text()
		switch want := fmt.Sprintf("event %d %d note.taken", had+1, had+1); line {
		case "subscribed true true":
			recovered++
		case want:
			had++
			if had == (cut+1)*events/(cuts+1) && cut < cuts {
				cut += way.cut()
			}
		default:
			t.Fatalf("%q, want %q", line, want)
		}
	}
	if err := node.Wait(); err != nil || had != events || cut != cuts || recovered != cuts+1 {
		t.Errorf("%d events, cut %d times, recovered %d times, %v: %s", had, cut, recovered, err, complaint.String())
	}
}
