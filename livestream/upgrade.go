package livestream

import (
	"bufio"
	"net"
	"net/http"
	"strings"
	"sync"
	"time"

	"github.com/gofiber/fiber/v2"
	"github.com/gorilla/websocket"
	"github.com/valyala/fasthttp"

	"sunlot/internal/event"
	"sunlot/internal/fault"
)

// kernelMost is how much of what is sent to a slow reader waits in the kernel.
const kernelMost = 64 << 10

// Handler is the route that a socket comes in by. The server it runs in must
// have KeepHijackedConns set, without which a hijacked connection ignores Close.
func (h *Hub) Handler() fiber.Handler {
	upgrader := &websocket.Upgrader{ReadBufferSize: 1024, WriteBufferSize: 1024, WriteBufferPool: &sync.Pool{},
		CheckOrigin: func(*http.Request) bool { return true }} // asked before, where refusals become pages
	return func(c *fiber.Ctx) error {
		if !websocket.IsWebSocketUpgrade(requestOf(c.Context())) {
			c.Set(fiber.HeaderUpgrade, "websocket")
			return c.Status(fiber.StatusUpgradeRequired).SendString("websocket\n")
		}
		if origin := c.Get(fiber.HeaderOrigin); origin != "" && !h.cfg.Origin(origin) {
			return fault.New(fault.Forbidden, "请从本平台页面重新操作，本次没有办理")
		}
		if !h.admit(c.IP()) {
			c.Set(fiber.HeaderRetryAfter, "1")
			return c.Status(fiber.StatusServiceUnavailable).SendString("later\n")
		}
		return h.upgrade(c.Context(), upgrader, strings.Clone(c.IP()))
	}
}

func (h *Hub) admit(address string) bool {
	h.mu.Lock()
	defer h.mu.Unlock()
	return !h.closed && h.gate.admit(address, time.Now())
}

// upgrade lets gorilla answer on the connection itself, and begins to serve only
// when fasthttp has let go of it.
func (h *Hub) upgrade(ctx *fasthttp.RequestCtx, upgrader *websocket.Upgrader, address string) error {
	adapter := &hijack{ctx: ctx, wire: &wire{Conn: ctx.Conn()}, header: http.Header{}}
	ws, err := upgrader.Upgrade(adapter, requestOf(ctx), nil)
	if err != nil {
		return nil // gorilla has answered by the adapter
	}
	if tcp, ok := ctx.Conn().(interface{ SetWriteBuffer(bytes int) error }); ok {
		tcp.SetWriteBuffer(kernelMost) // else the kernel hides for megabytes that nobody reads
	}
	s := &session{hub: h, ws: ws, wire: adapter.wire, address: address, rooms: map[event.Stream]*room{}}
	ctx.HijackSetNoResponse(true)
	ctx.Hijack(func(net.Conn) { // its end frees fasthttp's context, which a watcher does not need
		if !h.enter(s) {
			s.wire.Close()
			return
		}
		go s.run()
	})
	return nil
}

// requestOf is what gorilla looks at. Every string is a copy: fasthttp uses the
// request's memory again.
func requestOf(ctx *fasthttp.RequestCtx) *http.Request {
	r := &http.Request{Method: string(ctx.Method()), Host: string(ctx.Host()), Header: http.Header{}}
	for name, value := range ctx.Request.Header.All() {
		r.Header.Add(string(name), string(value))
	}
	return r
}

// hijack is fasthttp's connection as gorilla wants it.
type hijack struct {
	ctx    *fasthttp.RequestCtx
	wire   *wire
	header http.Header
}

func (a *hijack) Header() http.Header { return a.header }

func (a *hijack) WriteHeader(status int) {
	for name, values := range a.header {
		for _, v := range values {
			a.ctx.Response.Header.Set(name, v)
		}
	}
	a.ctx.SetStatusCode(status)
}

func (a *hijack) Write(p []byte) (int, error) { return a.ctx.Write(p) }

// Hijack implements http.Hijacker. The buffers serve the answer only.
func (a *hijack) Hijack() (net.Conn, *bufio.ReadWriter, error) {
	return a.wire, bufio.NewReadWriter(bufio.NewReaderSize(a.wire, 16), bufio.NewWriterSize(a.wire, 512)), nil
}
