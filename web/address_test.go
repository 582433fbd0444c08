package web

import (
	"net"
	"strings"
	"testing"

	"github.com/gofiber/fiber/v2"
)

// The last address that is no proxy of ours counts: what stands before it the
// visitor may have written himself.
func TestTheLastAddressThatIsNoProxyCounts(t *testing.T) {
	h := open(t, func(c *Config) { c.Proxies = []string{"10.0.0.7", "10.1.0.0/16", "2001:db8::7"} })
	h.Get("/from", Public, func(c *fiber.Ctx) error { return c.SendString(c.IP()) })
	if !h.App.Config().EnableTrustedProxyCheck || !h.App.Config().Immutable {
		t.Errorf("%+v", h.App.Config())
	}
	line, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	go h.Serve(line)
	defer h.App.Shutdown()
	for _, c := range []struct{ own, header, want string }{
		{"127.0.0.1", "", "127.0.0.1"},
		{"127.0.0.1", "X-Forwarded-For: 203.0.113.9", "203.0.113.9"},
		{"127.0.0.1", "X-Forwarded-For: 1.1.1.1, 203.0.113.9", "203.0.113.9"},
		{"127.0.0.1", "X-Forwarded-For: 1.1.1.1\r\nX-Forwarded-For: 203.0.113.9", "203.0.113.9"},
		{"127.0.0.1", "X-Forwarded-For: 203.0.113.9, 10.1.2.3,10.0.0.7", "203.0.113.9"},
		{"127.0.0.1", "X-Forwarded-For: 10.0.0.8, 10.0.0.7", "10.0.0.8"},
		{"127.0.0.1", "X-Forwarded-For: 2001:db8::9, 2001:db8::7", "2001:db8::9"},
		{"127.0.0.1", "X-Forwarded-For: 203.0.113.9, nonsense", "127.0.0.1"},
		{"127.0.0.1", "X-Forwarded-For: 203.0.113.9, unknown, 10.0.0.7", "10.0.0.7"},
		{"127.0.0.2", "X-Forwarded-For: 203.0.113.9", "127.0.0.2"},
	} {
		if got := fromAddress(t, line.Addr().String(), c.own, c.header); got != c.want {
			t.Errorf("%s by %s: %q, want %q", c.header, c.own, got, c.want)
		}
	}
}

// fromAddress asks from one of this machine's own addresses whom the server sees.
func fromAddress(t *testing.T, to, own, header string) string {
	t.Helper()
	d := net.Dialer{LocalAddr: &net.TCPAddr{IP: net.ParseIP(own)}}
	conn, err := d.Dial("tcp", to)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	if header != "" {
		header += "\r\n"
	}
	if _, err := conn.Write([]byte("GET /from HTTP/1.1\r\nHost: x\r\n" + header +
		"Connection: close\r\n\r\n")); err != nil {
		t.Fatal(err)
	}
	answer := readAll(conn)
	_, body, _ := strings.Cut(answer, "\r\n\r\n")
	return body
}

func TestWrongProxiesStopTheStart(t *testing.T) {
	for _, wrong := range []string{"proxy.example", "10.0.0.0/33", ""} {
		if _, err := readProxies([]string{wrong}); err == nil {
			t.Errorf("%q is taken for an address", wrong)
		}
	}
}

func TestOneAddressIsACrowdOfItsOwn(t *testing.T) {
	p, err := readProxies(nil)
	if err != nil {
		t.Fatal(err)
	}
	w := &crowd{most: 2, proxies: p}
	at := func(ip string) net.Addr { return &net.TCPAddr{IP: net.ParseIP(ip), Port: 4711} }
	first, ok := w.enter(at("203.0.113.9"))
	_, second := w.enter(at("203.0.113.9"))
	_, third := w.enter(at("::ffff:203.0.113.9"))
	_, other := w.enter(at("203.0.113.10"))
	if !ok || !second || third || !other {
		t.Errorf("%v %v %v %v", ok, second, third, other)
	}
	first()
	first() // a connection may be closed twice
	_, again := w.enter(at("203.0.113.9"))
	_, full := w.enter(at("203.0.113.9"))
	if !again || full {
		t.Errorf("after one has gone: %v %v", again, full)
	}
	for range 10 {
		if _, ok := w.enter(at("127.0.0.1")); !ok {
			t.Error("a proxy on this machine is one of the crowd")
		}
	}
}

func TestNetworks(t *testing.T) {
	for address, want := range map[string]string{
		"203.0.113.9":          "203.0.113.9",
		"2001:db8:1:2:3:4:5:6": "2001:db8:1::/56",
		"2001:db8:1:2::9":      "2001:db8:1::/56",
		"":                     "",
	} {
		if got := networkOf(address); got != want {
			t.Errorf("%s: %s, want %s", address, got, want)
		}
	}
}
