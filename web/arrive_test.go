package web

import (
	"bytes"
	"compress/gzip"
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/gofiber/fiber/v2"
)

// serving is a kit on a socket, with routes that say how much came.
func serving(t *testing.T) (*house, string) {
	h := open(t)
	count := func(c *fiber.Ctx) error { return c.SendString(fmt.Sprint(len(c.Body()))) }
	h.Post("/api/v1/form", Public, count)
	h.Upload("/api/v1/files", Public, count)
	line, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	go h.Serve(line)
	t.Cleanup(func() { _ = h.App.ShutdownWithTimeout(time.Second) })
	return h, line.Addr().String()
}

func readAll(conn net.Conn) string {
	_ = conn.SetReadDeadline(time.Now().Add(30 * time.Second))
	all, _ := io.ReadAll(conn)
	return string(all)
}

func dial(t *testing.T, to, own string) net.Conn {
	t.Helper()
	d := net.Dialer{LocalAddr: &net.TCPAddr{IP: net.ParseIP(own)}}
	conn, err := d.Dial("tcp", to)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { conn.Close() })
	return conn
}

func TestBodiesArriveWhole(t *testing.T) {
	_, at := serving(t)
	for _, c := range []struct {
		path   string
		size   int
		chunks bool
		status int
	}{
		{"/api/v1/form", 0, false, 200},
		{"/api/v1/form", 1, false, 200},
		{"/api/v1/form", 8 << 10, false, 200},
		{"/api/v1/form", 8<<10 + 1, false, 200},
		{"/api/v1/form", formLimit, false, 200},
		{"/api/v1/form", formLimit + 1, false, 413},
		{"/api/v1/form", formLimit, true, 200},
		{"/api/v1/form", formLimit + 1, true, 413},
		{"/api/v1/files", formLimit + 1, false, 200},
		{"/api/v1/files", uploadLimit, false, 200},
		{"/api/v1/files", uploadLimit, true, 200},
		{"/api/v1/files", uploadLimit + 1, true, 413},
		{"/api/v1/files", uploadLimit + 1, false, 413},
	} {
		r, err := http.NewRequest("POST", "http://"+at+c.path, bytes.NewReader(make([]byte, c.size)))
		if err != nil {
			t.Fatal(err)
		}
		if c.chunks {
			r.ContentLength = -1
		}
		r.Header.Set("Content-Type", "multipart/form-data; boundary=b")
		answer, err := http.DefaultClient.Do(r)
		if err != nil {
			t.Fatalf("%+v: %v", c, err)
		}
		text, _ := io.ReadAll(answer.Body)
		answer.Body.Close()
		if answer.StatusCode != c.status || c.status == 200 && string(text) != fmt.Sprint(c.size) {
			t.Errorf("%+v: %d %.80s", c, answer.StatusCode, text)
		}
	}
}

// TestASlowLineIsToldSo: who sends too slowly, and whose line falls silent, hears
// that it was the line, after some time and not before.
func TestASlowLineIsToldSo(t *testing.T) {
	t.Parallel()
	_, at := serving(t)
	conn := dial(t, at, "127.0.0.1")
	fmt.Fprintf(conn, "POST /api/v1/form HTTP/1.1\r\nHost: x\r\nContent-Length: %d\r\n\r\n%s", 40<<10,
		strings.Repeat("x", 20<<10))
	began := time.Now()
	answer := readAll(conn)
	if !strings.HasPrefix(answer, "HTTP/1.1 408") || !strings.Contains(answer, "什么也没有保存") {
		t.Errorf("a silent line: %.200s", answer)
	}
	if took := time.Since(began); took < silent-time.Second {
		t.Errorf("cut after %s", took)
	}
}

func TestPackedBodiesAreNotRead(t *testing.T) {
	h, at := serving(t)
	var bomb, twice bytes.Buffer
	w := gzip.NewWriter(&bomb)
	w.Write(make([]byte, 1<<20))
	w.Close()
	w = gzip.NewWriter(&twice)
	w.Write(bomb.Bytes())
	w.Close()
	for _, path := range []string{"/api/v1/form", "/api/v1/files", "/open", "/mine", "/nowhere", "/report",
		"/api/v1/x"} {
		for _, names := range [][]string{{"gzip"}, {"GZIP"}, {"gzip, gzip"}, {"br"}, {"deflate"}, {"identity"}, {""},
			{"identity", "gzip"}, {"zstd"}} {
			conn := dial(t, at, "127.0.0.1")
			head := "POST " + path + " HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
			for _, name := range names {
				head += "Content-Encoding: " + name + "\r\n"
			}
			fmt.Fprintf(conn, "%sContent-Length: %d\r\n\r\n", head, twice.Len())
			conn.Write(twice.Bytes())
			if answer := readAll(conn); !strings.HasPrefix(answer, "HTTP/1.1 415") {
				t.Errorf("%s with %q: %.40s", path, names, answer)
			}
		}
	}
	if h.acted != 0 {
		t.Error("acted")
	}
}

// What a request announces takes no memory, what has come stays within the
// budget, and whoever holds it keeps neither a small form nor another out.
func TestHalfOpenUploadsTakeWhatHasCome(t *testing.T) {
	_, at := serving(t)
	head := fmt.Sprintf("POST /api/v1/files HTTP/1.1\r\nHost: x\r\nContent-Type: multipart/form-data; boundary=b\r\n"+
		"Content-Length: %d\r\n\r\n", uploadLimit)
	before := heap()
	const many = 300
	for i := range many {
		conn := dial(t, at, fmt.Sprintf("127.0.1.%d", 1+i%200))
		conn.Write([]byte(head))
		conn.Write(make([]byte, 16))
	}
	time.Sleep(300 * time.Millisecond)
	if grown := heap() - before; grown > many*64<<10 {
		t.Errorf("%d uploads of 16 bytes take %d bytes", many, grown)
	}
	before = heap()
	for range 5 { // of one address, nearly whole: it has its share and no more
		conn := dial(t, at, "127.0.0.9")
		go func() {
			conn.Write([]byte(head))
			conn.Write(make([]byte, uploadLimit-1))
		}()
	}
	time.Sleep(time.Second)
	if grown := heap() - before; grown > largeShare+(8<<20) {
		t.Errorf("one address holds %d bytes", grown)
	}
	for path, size := range map[string]int{"/api/v1/form": 2000, "/api/v1/files": 6 << 20} {
		conn := dial(t, at, "127.0.0.10")
		fmt.Fprintf(conn, "POST %s HTTP/1.1\r\nHost: x\r\nContent-Type: multipart/form-data; "+
			"boundary=b\r\nContent-Length: %d\r\nConnection: close\r\n\r\n", path, size)
		conn.Write(make([]byte, size))
		if answer := readAll(conn); !strings.HasPrefix(answer, "HTTP/1.1 200") {
			t.Errorf("another's %s: %.40s", path, answer)
		}
	}
}

func heap() int {
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return int(m.HeapAlloc)
}

func TestABudgetIsGivenBack(t *testing.T) {
	b := newBodyBudgets()
	ctx := context.Background()
	if !b.large.take(ctx, "a", largeShare) || b.large.take(ctx, "a", 1) ||
		!b.large.take(ctx, "b", largeTotal-largeShare) {
		t.Error("shares")
	}
	begun := time.Now()
	short, cancel := context.WithTimeout(ctx, 50*time.Millisecond)
	defer cancel()
	if b.large.take(short, "c", 1) || time.Since(begun) > 2*time.Second {
		t.Error("there is no room")
	}
	b.large.give("a", largeShare)
	b.large.give("b", largeTotal-largeShare)
	if !b.large.take(ctx, "c", largeShare) || len(b.large.used) != 1 {
		t.Errorf("%v", b.large.used)
	}
}
