package storetest

import (
	"bytes"
	"io"
	"net"
	"net/url"
	"sync/atomic"
	"testing"

	"sunlot/internal/store"
)

// Cutter stands between the store and the server. It cuts the connection that
// next sends the word: before the server hears of it, or just after.
type Cutter struct {
	address string
	word    atomic.Pointer[string]
	deliver atomic.Bool
	keep    atomic.Bool // the connection stays open, and nothing more comes of it
}

func newCutter(t *testing.T, server string) *Cutter {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	Must(t, err)
	t.Cleanup(func() { l.Close() })
	c := &Cutter{address: l.Addr().String()}
	go func() {
		for {
			client, err := l.Accept()
			if err != nil {
				return
			}
			go c.carry(client, server)
		}
	}()
	return c
}

func (c *Cutter) carry(client net.Conn, server string) {
	defer client.Close()
	up, err := net.Dial("tcp", server)
	if err != nil {
		return
	}
	defer up.Close()
	var deaf atomic.Bool
	go func() {
		defer client.Close()
		buffer := make([]byte, 64<<10)
		for {
			n, err := up.Read(buffer)
			if deaf.Load() && c.keep.Load() && err == nil {
				continue
			}
			if err != nil || deaf.Load() {
				return
			}
			client.Write(buffer[:n])
		}
	}()
	buffer := make([]byte, 64<<10)
	for {
		n, err := client.Read(buffer)
		if err != nil {
			return
		}
		word := c.word.Load()
		if word != nil && c.keep.Load() && bytes.Contains(buffer[:n], []byte(*word)) &&
			c.word.CompareAndSwap(word, nil) {
			deaf.Store(true)
		} else if word != nil && bytes.Contains(buffer[:n], []byte(*word)) && c.word.CompareAndSwap(word, nil) {
			if c.deliver.Load() {
				deaf.Store(true)
				up.Write(buffer[:n])
				io.ReadFull(up, make([]byte, 1)) // the server has done it; its answer goes nowhere
			}
			return
		}
		up.Write(buffer[:n])
	}
}

// Cut cuts at the word: where deliver is true the server still does what it said.
func (c *Cutter) Cut(word string, deliver bool) {
	c.deliver.Store(deliver)
	c.keep.Store(false)
	c.word.Store(&word)
}

// Swallow lets the server hear the word, and nothing more come of that
// connection, which stays open.
func (c *Cutter) Swallow(word string) {
	c.keep.Store(true)
	c.word.Store(&word)
}

// OpenCut opens an empty MariaDB through a Cutter.
func OpenCut(t *testing.T) (*DB, *Cutter) {
	t.Helper()
	dsn := Schema(t)
	at, err := url.Parse(dsn)
	if err != nil {
		t.Fatal(err)
	}
	c := newCutter(t, at.Host)
	at.Host = c.address
	return Open(t, store.Config{DSN: at.String()}), c
}
