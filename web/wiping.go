package web

import (
	"bytes"
	"net"
	"time"
)

// wipingListener hands out connections that can be told to wipe, so many at
// once to one address.
type wipingListener struct {
	net.Listener
	crowd *crowd
}

func (l wipingListener) Accept() (net.Conn, error) {
	for {
		c, err := l.Listener.Accept()
		tcp, ok := c.(*net.TCPConn)
		if !ok {
			return c, err
		}
		if leave, ok := l.crowd.enter(tcp.RemoteAddr()); ok {
			return &wipingConn{TCPConn: tcp, leave: leave}, err
		}
		_ = tcp.SetLinger(0)
		_ = tcp.Close()
	}
}

// wipingConn remembers where its bytes go. Its connection's goroutine alone uses it.
type wipingConn struct {
	*net.TCPConn
	reader  []byte // the server's buffer: at the first read it is empty and whole
	unread  []byte // came with a request's head and is not the server's yet
	private bool
	own     []byte // the answer, wiped when the connection closes
	leave   func() // tells the crowd that it has gone
	linger  bool   // its sender is answered before he has sent everything
}

// Read gives the server's buffer a request's head alone; what came with it waits
// here. The server passes that buffer on to another connection when it refuses
// a request by its head, or when the rest does not come.
func (c *wipingConn) Read(p []byte) (int, error) {
	if len(c.reader) == 0 {
		c.reader = p
	}
	buffered := len(p) > 0 && &p[len(p)-1] == &c.reader[len(c.reader)-1]
	if len(c.unread) > 0 {
		n := copy(p, c.unread)
		if buffered {
			n = c.headEnd(n, len(p))
		}
		clear(c.unread[:n])
		c.unread = c.unread[n:]
		return n, nil
	}
	n, err := c.TCPConn.Read(p)
	if !buffered {
		return n, err
	}
	if n == 0 {
		clear(c.reader) // nothing more comes: what is there is of no use
		return 0, err
	}
	return c.headEnd(n, len(p)), err
}

// headEnd looks whether a head ends among the n bytes that have been read into
// the last room bytes of the buffer, takes out what came after it, and returns how many stay.
func (c *wipingConn) headEnd(n, room int) int {
	const end = "\r\n\r\n"
	begin := len(c.reader) - room
	from := max(0, begin-len(end)+1)
	at := bytes.Index(c.reader[from:begin+n], []byte(end))
	if at < 0 {
		return n
	}
	rest := c.reader[from+at+len(end) : begin+n]
	if len(c.unread) == 0 {
		c.unread = bytes.Clone(rest)
	}
	kept := n - len(rest)
	clear(rest)
	return kept
}

// Write wipes what it has written once the connection is private: the server
// does not look at it again.
func (c *wipingConn) Write(p []byte) (int, error) {
	n, err := c.TCPConn.Write(p)
	if c.private {
		clear(p)
	}
	return n, err
}

func (c *wipingConn) Close() error {
	clear(c.own)
	if c.linger {
		c.linger = false
		go c.runOut()
		return nil
	}
	if c.leave != nil {
		c.leave()
	}
	return c.TCPConn.Close()
}

// runOut lets what is still being sent come and keeps nothing of it: whose
// connection is cut while he sends never reads why.
func (c *wipingConn) runOut() {
	defer c.Close()
	_ = c.CloseWrite()
	_ = c.SetReadDeadline(time.Now().Add(20 * time.Second))
	waste := make([]byte, 16<<10)
	for left := 2 * uploadLimit; left > 0; {
		n, err := c.TCPConn.Read(waste)
		clear(waste[:n])
		left -= n
		if err != nil {
			return
		}
	}
}
