package livestream_test

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"net"
	"net/http"
	"sync/atomic"
	"testing"
	"time"

	"github.com/gofiber/fiber/v2"
	"github.com/gorilla/websocket"

	"sunlot/disclosure/ledger"
	"sunlot/internal/calendar"
	"sunlot/internal/event"
	"sunlot/internal/store"
	"sunlot/internal/store/storetest"
	"sunlot/livestream"
)

const own = "https://sunlot.example.cn"

// place is a hub behind a real fiber server, over a real database.
type place struct {
	t    testing.TB
	db   *storetest.DB
	hub  *livestream.Hub
	app  *fiber.App
	url  string // ws://...
	deaf atomic.Bool
}

// open starts a hub; change may alter its configuration.
func open(t testing.TB, change func(*place, *livestream.Config)) *place {
	t.Helper()
	p := &place{t: t}
	bell := func(streams []event.Stream) {
		if p.hub != nil && !p.deaf.Load() {
			p.hub.Ring(streams)
		}
	}
	p.db = storetest.Open(t, store.Config{Dir: t.TempDir(), Bell: bell})
	c := livestream.Config{Source: p.db, Clock: calendar.System{}, Epoch: "first",
		Shown: func(s event.Stream) bool { return s.Noun() == "lot" }, Origin: func(o string) bool { return o == own }}
	if change != nil {
		change(p, &c)
	}
	p.hub = livestream.New(c)
	p.app = fiber.New(fiber.Config{
		DisableStartupMessage: true,
		Immutable:             true,
		ReadTimeout:           2 * time.Second,
		WriteTimeout:          2 * time.Second,
	})
	p.app.Server().KeepHijackedConns = true
	p.app.Get("/connection/websocket", p.hub.Handler())
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	p.ok(err)
	p.url = "ws://" + listener.Addr().String() + "/connection/websocket"
	ctx, stop := context.WithCancel(context.Background())
	ran := make(chan struct{})
	go func() { p.hub.Run(ctx); close(ran) }()
	go p.app.Listener(listener)
	t.Cleanup(func() {
		p.hub.Close()
		if err := p.app.ShutdownWithTimeout(5 * time.Second); err != nil {
			t.Errorf("shutdown: %v", err)
		}
		stop()
		<-ran
	})
	return p
}

func (p *place) ok(err error) {
	p.t.Helper()
	if err != nil {
		p.t.Fatal(err)
	}
}

// write commits n events on the stream, each in its own transaction.
func (p *place) write(s event.Stream, n int) {
	p.t.Helper()
	for range n {
		p.ok(write(p.t.Context(), p.db, s))
	}
}

const note = "a < b & \u2028 村民"

func write(ctx context.Context, db *storetest.DB, s event.Stream) error {
	return writeText(ctx, db, s, note)
}

func writeText(ctx context.Context, db *storetest.DB, s event.Stream, text string) error {
	return db.WriteTick(ctx, func(tx ledger.TickTx) error {
		if _, err := tx.Lock(s); err != nil {
			return err
		}
		_, err := tx.Record(s, "note.taken", map[string]any{"text": text}, nil)
		return err
	})
}

// watcher is a client that speaks the protocol by hand.
type watcher struct {
	t    testing.TB
	ws   *websocket.Conn
	rest [][]byte
	last int
}

// answer is one line from the server.
type answer struct {
	ID      int
	Connect *struct {
		Client string
		Ping   int
		Pong   bool
	}
	Subscribe *position
	History   *position
	Error     *struct{ Code int }
	Push      *struct {
		Channel     string
		Pub         *pub
		Unsubscribe *struct{ Code int }
	}
}

type position struct {
	Recoverable, Positioned, Recovered bool
	WasRecovering                      bool `json:"was_recovering"`
	Epoch                              string
	Offset                             int64
	Publications                       []pub
}

type pub struct {
	Data   json.RawMessage
	Offset int64
}

func dial(url string, origin string) (*websocket.Conn, *http.Response, error) {
	header := http.Header{}
	if origin != "" {
		header.Set("Origin", origin)
	}
	return (&websocket.Dialer{HandshakeTimeout: 5 * time.Second}).Dial(url, header)
}

// connect opens a socket and says hello.
func (p *place) connect() *watcher {
	p.t.Helper()
	ws, _, err := dial(p.url, "")
	p.ok(err)
	p.t.Cleanup(func() { ws.Close() })
	w := &watcher{t: p.t, ws: ws}
	if a := w.ask("connect", map[string]any{}); a.Connect == nil || a.Connect.Client == "" || !a.Connect.Pong {
		p.t.Fatalf("connect: %+v", a)
	}
	return w
}

func (w *watcher) send(line string) {
	w.t.Helper()
	if err := w.ws.WriteMessage(websocket.TextMessage, []byte(line)); err != nil {
		w.t.Fatal(err)
	}
}

// ask sends a command and reads its answer; nothing else may come before it.
func (w *watcher) ask(kind string, body any) answer {
	w.t.Helper()
	w.last++
	line, err := json.Marshal(map[string]any{"id": w.last, kind: body})
	if err != nil {
		w.t.Fatal(err)
	}
	w.send(string(line))
	a, err := w.next(10 * time.Second)
	if err != nil || a.ID != w.last {
		w.t.Fatalf("%s: %+v %v", kind, a, err)
	}
	return a
}

// subscribe asks for what came after that seq; a negative one does not recover.
func (w *watcher) subscribe(s event.Stream, after int64) answer {
	w.t.Helper()
	ask := map[string]any{"channel": s}
	if after >= 0 {
		ask["recover"], ask["offset"], ask["epoch"] = true, after, "first"
	}
	return w.ask("subscribe", ask)
}

// next reads one line, answers pings and leaves the status aside.
func (w *watcher) next(within time.Duration) (answer, error) {
	w.ws.SetReadDeadline(time.Now().Add(within))
	for {
		for len(w.rest) == 0 {
			_, body, err := w.ws.ReadMessage()
			if err != nil {
				return answer{}, err
			}
			w.rest = bytes.Split(bytes.TrimSpace(body), []byte("\n"))
		}
		line := w.rest[0]
		w.rest = w.rest[1:]
		if string(line) == "{}" {
			w.ws.WriteMessage(websocket.TextMessage, []byte("{}"))
			continue
		}
		var a answer
		if err := json.Unmarshal(line, &a); err != nil {
			return a, fmt.Errorf("%s: %w", line, err)
		}
		if a.Push != nil && a.Push.Pub != nil && a.Push.Pub.Offset == 0 {
			continue
		}
		return a, nil
	}
}

// seqs are the offsets of the publications, whose leaves must be whole.
func seqs(pubs []pub) ([]int64, error) {
	var all []int64
	for _, p := range pubs {
		e, err := event.Parse(p.Data)
		if err != nil {
			return nil, err
		}
		if e.Seq != p.Offset {
			return nil, fmt.Errorf("offset %d carries event %d", p.Offset, e.Seq)
		}
		all = append(all, e.Seq)
	}
	return all, nil
}

// upTo reads live events until that seq; each must follow the one before.
func (w *watcher) upTo(after, last int64) error {
	for after < last {
		a, err := w.next(10 * time.Second)
		if err != nil {
			return fmt.Errorf("after %d: %w", after, err)
		}
		if a.Push == nil || a.Push.Pub == nil {
			return fmt.Errorf("after %d: %+v", after, a)
		}
		got, err := seqs([]pub{*a.Push.Pub})
		if err != nil {
			return err
		}
		if got[0] != after+1 {
			return fmt.Errorf("%d after %d", got[0], after)
		}
		after++
	}
	return nil
}

// closedWith reads on until the server closes, and says with which code.
func (w *watcher) closedWith(within time.Duration) int {
	for {
		_, err := w.next(within)
		if closed, ok := err.(*websocket.CloseError); ok {
			return closed.Code
		}
		if err != nil {
			return 0
		}
	}
}
