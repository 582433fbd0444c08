package livestream_test

import (
	"bufio"
	"net"
	"net/http"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/gorilla/websocket"

	"sunlot/livestream"
)

func TestForeignOriginIsRefused(t *testing.T) {
	t.Parallel()
	p := open(t, nil)
	for origin, want := range map[string]int{
		own:                    101,
		"":                     101,
		"https://evil.example": 403,
		own + ".evil.example":  403,
		"null":                 403,
	} {
		ws, answer, err := dial(p.url, origin)
		if err == nil {
			ws.Close()
		}
		// The harness has no error pages: a refusal is fiber's 500 there, never a socket.
		if got := answer.StatusCode; got != want && !(want == 403 && got == 500) {
			t.Errorf("%q: %d, want %d", origin, got, want)
		}
	}
}

func TestOrdinaryRequestIsNotUpgraded(t *testing.T) {
	t.Parallel()
	p := open(t, nil)
	answer, err := http.Get("http" + strings.TrimPrefix(p.url, "ws"))
	p.ok(err)
	answer.Body.Close()
	if answer.StatusCode != http.StatusUpgradeRequired {
		t.Errorf("status %d", answer.StatusCode)
	}
	for name, header := range map[string]string{
		"key":     "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: short\r\n",
		"version": "Sec-WebSocket-Version: 12\r\n",
	} {
		conn, err := net.Dial("tcp", strings.Split(p.url, "/")[2])
		p.ok(err)
		conn.SetDeadline(time.Now().Add(5 * time.Second))
		_, err = conn.Write([]byte("GET /connection/websocket HTTP/1.1\r\nHost: x\r\nConnection: " +
			"Upgrade\r\nUpgrade: websocket\r\n" + header + "\r\n"))
		p.ok(err)
		answer, err := http.ReadResponse(bufio.NewReader(conn), nil)
		p.ok(err)
		if answer.StatusCode != http.StatusBadRequest {
			t.Errorf("bad %s: %d", name, answer.StatusCode)
		}
		conn.Close()
	}
}

// A reader who does not read is cut; the others get everything.
func TestSlowReaderIsCut(t *testing.T) {
	t.Parallel()
	p := open(t, nil)
	slow := (&websocket.Dialer{NetDial: func(network, address string) (net.Conn, error) {
		conn, err := net.Dial(network, address)
		if err == nil {
			conn.(*net.TCPConn).SetReadBuffer(4096)
		}
		return conn, err
	}})
	ws, _, err := slow.Dial(p.url, nil)
	p.ok(err)
	defer ws.Close()
	stuck := &watcher{t: t, ws: ws}
	stuck.ask("connect", map[string]any{})
	stuck.subscribe("lot:1", -1)
	const most, more = 1500, 100 // of 20 KB: more than the system's buffers hold
	var healthy sync.WaitGroup
	var last atomic.Int64 // the event with which the test ends, once it is known
	had := make([]atomic.Int64, 3)
	for i := range had {
		w := p.connect()
		w.subscribe("lot:1", -1)
		healthy.Go(func() {
			defer had[i].Store(most + more)
			for seq := int64(0); last.Load() == 0 || seq < last.Load(); seq++ {
				if err := w.upTo(seq, seq+1); err != nil {
					t.Error(err)
					return
				}
				had[i].Store(seq + 1)
			}
		})
	}
	if n := p.hub.Watchers(); n != 4 {
		t.Fatalf("%d watchers", n)
	}
	for seq := int64(1); last.Load() == 0 || seq <= last.Load(); seq++ {
		for i := range had { // the writer is no quicker than the healthy
			for seq-had[i].Load() > 20 {
				time.Sleep(time.Millisecond)
			}
		}
		if last.Load() == 0 && (p.hub.Watchers() == 3 || seq == most) {
			last.Store(seq + more)
		}
		p.ok(writeText(t.Context(), p.db, "lot:1", strings.Repeat("x", 20_000)))
	}
	healthy.Wait()
	until := time.Now().Add(10 * time.Second)
	for p.hub.Watchers() != 3 {
		if time.Now().After(until) {
			t.Fatalf("%d watchers are left", p.hub.Watchers())
		}
		time.Sleep(20 * time.Millisecond)
	}
}

// Whoever hangs up is gone at once, although fasthttp still knows the connection.
func TestLeaverIsForgotten(t *testing.T) {
	t.Parallel()
	p := open(t, nil)
	for range 5 {
		p.connect().ws.Close()
	}
	for range 250 {
		if p.hub.Watchers() == 0 {
			return
		}
		time.Sleep(20 * time.Millisecond)
	}
	t.Errorf("%d watchers are left", p.hub.Watchers())
}

func TestCloseSendsEverybodyBack(t *testing.T) {
	p := open(t, nil)
	var all sync.WaitGroup
	for range 20 {
		w := p.connect()
		w.subscribe("lot:1", -1)
		all.Go(func() {
			if code := w.closedWith(5 * time.Second); code != 1012 {
				t.Errorf("closed with %d", code)
			}
		})
	}
	begun := time.Now()
	p.hub.Close()
	all.Wait()
	if n := p.hub.Watchers(); n != 0 || time.Since(begun) > 3*time.Second {
		t.Errorf("%d watchers after %v", n, time.Since(begun))
	}
	if _, answer, err := dial(p.url, ""); err == nil || answer.StatusCode != 503 {
		t.Errorf("after Close: %v", err)
	}
}

func TestPingAndPong(t *testing.T) {
	t.Parallel()
	p := open(t, func(p *place, c *livestream.Config) { c.Ping = time.Second })
	silent := p.connect()
	lively := p.connect()
	lively.subscribe("lot:1", -1)
	go func() {
		for {
			if _, _, err := silent.ws.ReadMessage(); err != nil {
				return
			}
		}
	}()
	if _, err := lively.next(3500 * time.Millisecond); err == nil || websocket.IsUnexpectedCloseError(err) {
		t.Errorf("a client that answers: %v", err)
	}
	if n := p.hub.Watchers(); n != 1 {
		t.Errorf("%d watchers", n)
	}
	deaf := p.connect()
	for code := 0; code == 0; {
		_, _, err := deaf.ws.ReadMessage()
		if closed, ok := err.(*websocket.CloseError); ok {
			if code = closed.Code; code != 3012 {
				t.Errorf("closed with %d", code)
			}
		} else if err != nil {
			t.Fatal(err)
		}
	}
}

func TestNonsenseIsClosed(t *testing.T) {
	t.Parallel()
	p := open(t, nil)
	for name, c := range map[string]struct {
		hello bool
		kind  int
		body  string
		code  int
	}{
		"no JSON":        {true, websocket.TextMessage, "hello", 3501},
		"wrong type":     {true, websocket.TextMessage, `{"id":1,"subscribe":"lot:1"}`, 3501},
		"binary":         {true, websocket.BinaryMessage, `{}`, 3501},
		"before connect": {false, websocket.TextMessage, `{"id":1,"subscribe":{"channel":"lot:1"}}`, 3501},
		"connect twice":  {true, websocket.TextMessage, `{"id":1,"connect":{}}`, 3501},
		"too long": {true, websocket.TextMessage,
			`{"id":1,"connect":{"data":"` + strings.Repeat("x", 5000) + `"}}`, 1009},
		"too many":                {true, websocket.TextMessage, strings.Repeat("{}\n", 250), 3013},
		"nothing for ten seconds": {false, websocket.PingMessage, "", 3502},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			ws, _, err := dial(p.url, "")
			p.ok(err)
			defer ws.Close()
			w := &watcher{t: t, ws: ws}
			if c.hello {
				w.ask("connect", map[string]any{})
			}
			p.ok(ws.WriteMessage(c.kind, []byte(c.body)))
			if code := w.closedWith(12 * time.Second); code != c.code {
				t.Errorf("closed with %d, want %d", code, c.code)
			}
		})
	}
}

func TestRushIsSlowed(t *testing.T) {
	p := open(t, func(p *place, c *livestream.Config) { c.AcceptPerSecond = 5 })
	in, later, begun := 0, 0, time.Now()
	for range 30 {
		ws, answer, err := dial(p.url, "")
		switch {
		case err == nil:
			in++
			defer ws.Close()
		case answer.StatusCode == 503 && answer.Header.Get("Retry-After") != "":
			later++
		default:
			t.Fatal(err)
		}
	}
	if most := 6 + int(5*time.Since(begun).Seconds()); in < 5 || in > most || in+later != 30 {
		t.Errorf("%d came in, %d shall come later", in, later)
	}
	time.Sleep(300 * time.Millisecond)
	p.connect()
}

// An address with many sockets waits between two more, and is never refused for good.
func TestCrowdedAddressIsSlowed(t *testing.T) {
	p := open(t, func(p *place, c *livestream.Config) { c.PerAddress = 10 })
	for range 10 {
		p.connect()
	}
	refused, begun := 0, time.Now()
	for range 5 {
		ws, _, err := dial(p.url, "")
		if err != nil {
			refused++
			continue
		}
		defer ws.Close()
	}
	if refused < 4-int(time.Since(begun)/(100*time.Millisecond)) {
		t.Errorf("%d of 5 were refused", refused)
	}
	time.Sleep(150 * time.Millisecond)
	p.connect()
}
