package livestream

import (
	"net"
	"sync"
	"time"
)

// heldMost is how much of a backlog is gathered before it leaves.
const heldMost = 64 << 10

// wire is a socket that can hold back what is written, so that a backlog of
// many frames leaves in few system calls.
type wire struct {
	net.Conn

	mu      sync.Mutex // owns holding and held, and the order of writes
	holding bool
	held    []byte
}

func (w *wire) hold() {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.holding = true
}

func (w *wire) Write(p []byte) (int, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if !w.holding {
		return w.Conn.Write(p)
	}
	w.held = append(w.held, p...)
	if len(w.held) >= heldMost {
		if err := w.out(); err != nil {
			return 0, err
		}
	}
	return len(p), nil
}

// flush writes what was held and holds no more.
func (w *wire) flush(until time.Time) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.holding = false
	if len(w.held) == 0 {
		return nil
	}
	if err := w.Conn.SetWriteDeadline(until); err != nil {
		return err
	}
	err := w.out()
	w.held = nil
	return err
}

func (w *wire) out() error {
	_, err := w.Conn.Write(w.held)
	w.held = w.held[:0]
	return err
}
