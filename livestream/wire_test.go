package livestream

import (
	"io"
	"net"
	"testing"
	"time"
)

// counted is a connection that counts the calls that write.
type counted struct {
	net.Conn
	calls int
}

func (c *counted) Write(p []byte) (int, error) {
	c.calls++
	return c.Conn.Write(p)
}

// A backlog leaves in one call.
func TestBacklogLeavesTogether(t *testing.T) {
	t.Parallel()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	got := make(chan string, 1)
	go func() {
		conn, err := l.Accept()
		if err == nil {
			all, _ := io.ReadAll(conn)
			got <- string(all)
		}
	}()
	conn, err := net.Dial("tcp", l.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	c := &counted{Conn: conn}
	w := &wire{Conn: c}
	w.Write([]byte("a"))
	w.hold()
	for _, part := range []string{"b", "c", "d"} {
		w.Write([]byte(part))
	}
	if c.calls != 1 {
		t.Errorf("%d calls before the flush", c.calls)
	}
	w.flush(time.Now().Add(time.Second))
	w.Write([]byte("e"))
	w.Close()
	if all := <-got; all != "abcde" || c.calls != 3 {
		t.Errorf("%q in %d calls", all, c.calls)
	}
}
