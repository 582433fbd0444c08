// Package hostile attacks a running server as people of ill will would: packed
// bombs, uploads that never end, photos that ask for gigabytes, floods of codes
// and logins, noise in the report box. Each attack comes from addresses of its
// own on this machine, 127.0.x.y, of which only 127.0.0.1 is trusted.
package hostile

import (
	"bytes"
	"compress/gzip"
	"context"
	"encoding/binary"
	"fmt"
	"image"
	"image/png"
	"io"
	"math/rand/v2"
	"mime/multipart"
	"net"
	"net/http"
	"sync"
	"sync/atomic"
	"time"
)

// Driver attacks one server.
type Driver struct {
	To     string   // host and port
	Tokens []string // of accounts that anybody can open

	mu   sync.Mutex // owns did
	did  map[string]map[string]int
	fill [10 << 20]byte
}

// Attacks lists what it can do, by name.
func (d *Driver) Attacks() map[string]func(context.Context) {
	return map[string]func(context.Context){
		"packed bombs":         d.bombs,
		"half-open uploads":    d.halfOpen,
		"uploads that stall":   d.stalling,
		"photo bombs":          d.photos,
		"floods of codes":      d.codes,
		"floods of logins":     d.logins,
		"noise in the box":     d.noise,
		"connections all over": d.connections,
	}
}

// Run attacks in all ways at once until the context ends.
func (d *Driver) Run(ctx context.Context) {
	var all sync.WaitGroup
	for _, attack := range d.Attacks() {
		all.Go(func() { attack(ctx) })
	}
	all.Wait()
}

// Did is how often each attack was answered, and with what.
func (d *Driver) Did() map[string]map[string]int {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.did
}

func (d *Driver) count(attack, answer string) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.did == nil {
		d.did = map[string]map[string]int{}
	}
	if d.did[attack] == nil {
		d.did[attack] = map[string]int{}
	}
	d.did[attack][answer]++
}

// From is a client that comes from the address.
func From(address string) *http.Client {
	dialer := &net.Dialer{LocalAddr: &net.TCPAddr{IP: net.ParseIP(address)}, Timeout: 5 * time.Second}
	return &http.Client{Timeout: time.Minute, Transport: &http.Transport{DialContext: dialer.DialContext}}
}

// dial opens a connection from the address.
func (d *Driver) dial(ctx context.Context, address string) (net.Conn, error) {
	dialer := &net.Dialer{LocalAddr: &net.TCPAddr{IP: net.ParseIP(address)}, Timeout: 5 * time.Second}
	return dialer.DialContext(ctx, "tcp", d.To)
}

// many runs so many loops until the context ends.
func many(ctx context.Context, n int, loop func(i int)) {
	var all sync.WaitGroup
	for i := range n {
		all.Go(func() {
			for ctx.Err() == nil {
				loop(i)
			}
		})
	}
	all.Wait()
}

// send posts a body and counts the status.
func (d *Driver) send(ctx context.Context, attack string, from *http.Client, path string, body []byte,
	headers ...string) {
	r, err := http.NewRequestWithContext(ctx, "POST", "http://"+d.To+path, bytes.NewReader(body))
	if err != nil {
		panic(err)
	}
	for i := 0; i < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	answer, err := from.Do(r)
	if err != nil {
		if ctx.Err() == nil {
			d.count(attack, "cut off")
			time.Sleep(20 * time.Millisecond)
		}
		return
	}
	_, _ = io.Copy(io.Discard, answer.Body)
	answer.Body.Close()
	d.count(attack, answer.Status[:3])
}

// bombs sends half a gigabyte of zeros in a few hundred bytes, to every kind of route.
func (d *Driver) bombs(ctx context.Context) {
	body := packed(packedZeros(512 << 20))
	paths := []string{"/api/v1/sessions", "/login", "/report", "/lots/x/objections", "/api/v1/photos", "/nowhere"}
	encodings := []string{"gzip, gzip", "gzip", "br", "deflate"}
	var n atomic.Int64
	clients := []*http.Client{From("127.0.2.1"), From("127.0.2.2")}
	many(ctx, 4, func(i int) {
		at := int(n.Add(1))
		d.send(ctx, "packed bombs", clients[i%2], paths[at%len(paths)], body,
			"Content-Encoding", encodings[at%len(encodings)], "Content-Type", "application/x-www-form-urlencoded")
		time.Sleep(20 * time.Millisecond)
	})
}

func packedZeros(n int) []byte {
	var out bytes.Buffer
	w := gzip.NewWriter(&out)
	zeros := make([]byte, 1<<20)
	for range n >> 20 {
		_, _ = w.Write(zeros)
	}
	w.Close()
	return out.Bytes()
}

func packed(b []byte) []byte {
	var out bytes.Buffer
	w := gzip.NewWriter(&out)
	_, _ = w.Write(b)
	w.Close()
	return out.Bytes()
}

const uploadHead = "POST %s HTTP/1.1\r\nHost: x\r\nContent-Type: multipart/form-data; boundary=b\r\n" +
	"Content-Length: 10000000\r\n\r\n"

// halfOpen keeps 400 uploads open that announce ten megabytes and send 16 bytes.
func (d *Driver) halfOpen(ctx context.Context) {
	d.open(ctx, "half-open uploads", 400, "127.0.3.%d", 16)
}

// stalling keeps uploads open that stop just before their end.
func (d *Driver) stalling(ctx context.Context) {
	d.open(ctx, "uploads that stall", 24, "127.0.4.%d", 9_900_000)
}

func (d *Driver) open(ctx context.Context, attack string, n int, from string, bytes int) {
	many(ctx, n, func(i int) {
		conn, err := d.dial(ctx, fmt.Sprintf(from, 1+i%8))
		if err != nil {
			time.Sleep(50 * time.Millisecond)
			return
		}
		defer conn.Close()
		stop := context.AfterFunc(ctx, func() { conn.Close() })
		defer stop()
		fmt.Fprintf(conn, uploadHead, "/report")
		_, _ = conn.Write(d.fill[:bytes])
		d.count(attack, "opened")
		_ = conn.SetReadDeadline(time.Now().Add(30 * time.Second))
		_, _ = conn.Read(make([]byte, 1))
	})
}

// connections opens what it can and says nothing.
func (d *Driver) connections(ctx context.Context) {
	many(ctx, 1500, func(i int) {
		conn, err := d.dial(ctx, fmt.Sprintf("127.0.5.%d", 1+i%3))
		if err != nil {
			time.Sleep(200 * time.Millisecond)
			return
		}
		defer conn.Close()
		stop := context.AfterFunc(ctx, func() { conn.Close() })
		defer stop()
		d.count("connections all over", "opened")
		_ = conn.SetReadDeadline(time.Now().Add(30 * time.Second))
		_, _ = conn.Read(make([]byte, 1))
	})
}

// photos uploads pictures that are small on the line and large in memory, 12 at once.
func (d *Driver) photos(ctx context.Context) {
	bombs := [][]byte{scans(4000, 3000, 300), deep(), plain()}
	client := From("127.0.6.1")
	var kinds []string
	var bodies [][]byte
	for _, bomb := range bombs {
		kind, body := form(nil, "photo", bomb)
		kinds, bodies = append(kinds, kind), append(bodies, body)
	}
	many(ctx, 12, func(i int) {
		n := rand.IntN(len(bombs))
		kind, body := kinds[n], bodies[n]
		d.send(ctx, "photo bombs", client, "/api/v1/photos", body, "Content-Type", kind,
			"Authorization", "Bearer "+d.Tokens[i%len(d.Tokens)])
	})
}

// deep is 24 megapixels of 16 bits, in 200 KB.
func deep() []byte {
	var out bytes.Buffer
	_ = png.Encode(&out, image.NewNRGBA64(image.Rect(0, 0, 6000, 4000)))
	return out.Bytes()
}

// plain is 24 megapixels that are allowed.
func plain() []byte {
	var out bytes.Buffer
	_ = png.Encode(&out, image.NewNRGBA(image.Rect(0, 0, 6000, 4000)))
	return out.Bytes()
}

// scans is a progressive JPEG of so many empty scans.
func scans(w, h, n int) []byte {
	b := []byte{0xff, 0xd8}
	segment := func(marker byte, body ...byte) {
		b = append(b, 0xff, marker)
		b = binary.BigEndian.AppendUint16(b, uint16(len(body)+2))
		b = append(b, body...)
	}
	segment(0xdb, append([]byte{0}, bytes.Repeat([]byte{1}, 64)...)...)
	segment(0xc2, 8, byte(h>>8), byte(h), byte(w>>8), byte(w), 3, 1, 0x11, 0, 2, 0x11, 0, 3, 0x11, 0)
	segment(0xc4, append([]byte{0, 1}, make([]byte, 16)...)...)
	for range n {
		segment(0xda, 1, 1, 0, 0, 0, 0)
		b = append(b, 0)
	}
	return append(b, 0xff, 0xd9)
}

// form is a multipart form with one file.
func form(values map[string]string, field string, file []byte) (kind string, body []byte) {
	var out bytes.Buffer
	w := multipart.NewWriter(&out)
	for name, value := range values {
		_ = w.WriteField(name, value)
	}
	if file != nil {
		part, _ := w.CreateFormFile(field, "x.jpg")
		_, _ = part.Write(file)
	}
	w.Close()
	return w.FormDataContentType(), out.Bytes()
}

// codes tries wrong codes on 80 connections.
func (d *Driver) codes(ctx context.Context) {
	var clients []*http.Client
	for i := range 4 {
		clients = append(clients, From(fmt.Sprintf("127.0.7.%d", 1+i)))
	}
	many(ctx, 80, func(i int) {
		code := fmt.Sprintf("%016d", rand.Int64N(10_000_000_000_000_000))
		kind, body := form(map[string]string{"code": code}, "", nil)
		d.send(ctx, "floods of codes", clients[i%len(clients)], "/report/follow", body, "Content-Type", kind)
	})
}

// logins tries wrong passwords, 250 at once.
func (d *Driver) logins(ctx context.Context) {
	var clients []*http.Client
	for i := range 5 {
		clients = append(clients, From(fmt.Sprintf("127.0.8.%d", 1+i)))
	}
	many(ctx, 250, func(i int) {
		body := fmt.Sprintf(`{"login":"bidder%d","password":"wrong password %d"}`, rand.IntN(5000), i)
		d.send(ctx, "floods of logins", clients[i%len(clients)], "/api/v1/sessions", []byte(body),
			"Content-Type", "application/json")
	})
}

// noise reports nothing with photos of nine megabytes, each under another number.
func (d *Driver) noise(ctx context.Context) {
	junk := append([]byte{0xff, 0xd8, 0xff, 0xe0}, d.fill[:9_800_000]...)
	client := From("127.0.9.1")
	const number = "00000000000000000000000000000000"
	kind, pattern := form(map[string]string{"request_id": number, "about": "unsure", "category": "other",
		"text": "没有什么"}, "photos", junk)
	at := bytes.Index(pattern, []byte(number))
	var bodies [8][]byte
	for i := range bodies {
		bodies[i] = bytes.Clone(pattern)
	}
	many(ctx, len(bodies), func(i int) {
		copy(bodies[i][at:], fmt.Sprintf("%032x", rand.Uint64()))
		d.send(ctx, "noise in the box", client, "/report", bodies[i], "Content-Type", kind)
	})
}
