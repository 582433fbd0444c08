package store_test

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"net"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"sunlot/internal/event"
	"sunlot/internal/fault"
	"sunlot/internal/money"
	"sunlot/internal/store"
	"sunlot/internal/store/storetest"
	"sunlot/trading/bidding"
)

// cutter stands between the store and the server. It cuts the connection that
// next sends the word: before the server hears of it, or just after.
type cutter struct {
	address string
	word    atomic.Pointer[string]
	deliver atomic.Bool
}

func newCutter(t *testing.T, server string) *cutter {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	must(t, err)
	t.Cleanup(func() { l.Close() })
	c := &cutter{address: l.Addr().String()}
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

func (c *cutter) carry(client net.Conn, server string) {
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
		if word := c.word.Load(); word != nil && bytes.Contains(buffer[:n], []byte(*word)) && c.word.CompareAndSwap(word, nil) {
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

func (c *cutter) cut(word string, deliver bool) {
	c.deliver.Store(deliver)
	c.word.Store(&word)
}

func openCut(t *testing.T) (*storetest.DB, *cutter) {
	t.Helper()
	dsn := storetest.Schema(t)
	host, name, _ := strings.Cut(strings.TrimPrefix(dsn, "mysql://root@"), "/")
	c := newCutter(t, host)
	return storetest.Open(t, store.Config{DSN: "mysql://root@" + c.address + "/" + name}), c
}

func TestConnectionLostBeforeCommitRunsAgain(t *testing.T) {
	db, c := openCut(t)
	c.cut("INSERT INTO `events`", false)
	ran := 0
	answer, err := db.Once(t.Context(), request(t, "request-1", "a"), func(tx *store.Tx) (string, error) { ran++; return take(tx) })
	if err != nil || answer != "1" || ran != 2 {
		t.Fatalf("%q after %d runs, %v", answer, ran, err)
	}
	if n := rows(t, db, "events"); n != 1 {
		t.Errorf("%d events", n)
	}
}

// Whether or not the server heard the COMMIT, nobody knows it: the act is not
// run again by itself, and the same request id finds out.
func TestConnectionLostAtCommit(t *testing.T) {
	for _, heard := range []bool{true, false} {
		db, c := openCut(t)
		c.cut("COMMIT", heard)
		ran := 0
		act := func(tx *store.Tx) (string, error) { ran++; return take(tx) }
		_, err := db.Once(t.Context(), request(t, "request-1", "a"), act)
		if fault.CodeOf(err) != fault.Unavailable || ran != 1 {
			t.Fatalf("heard %v: %d runs, %v", heard, ran, err)
		}
		_, found, err := db.ByRequest(t.Context(), "person1", "note.take", "request-1")
		if err != nil || found != heard {
			t.Errorf("heard %v: by request %v, %v", heard, found, err)
		}
		answer, err := db.Once(t.Context(), request(t, "request-1", "a"), act)
		if err != nil || answer != "1" {
			t.Errorf("heard %v: again %q, %v", heard, answer, err)
		}
		if n := rows(t, db, "events"); n != 1 || (ran == 1) != heard {
			t.Errorf("heard %v: %d events after %d runs", heard, n, ran)
		}
	}
}

// Whether or not the server heard the COMMIT, every bid of the batch is told
// that nobody knows, and asking again tells.
func TestConnectionLostAtTheCommitOfBids(t *testing.T) {
	for _, heard := range []bool{true, false} {
		db, cutter := openCut(t)
		auction(t, db, 1, 4, time.Now().Add(time.Hour), 0, 0)
		release := hold(t, db)
		var all sync.WaitGroup
		for i := range 3 {
			all.Go(func() {
				if _, err := offer(t.Context(), db, "n1", 1+i, money.Fen(40000+i), fmt.Sprintf("request-%d", i)); fault.CodeOf(err) != fault.Unavailable {
					t.Errorf("heard %v: %v", heard, err)
				}
			})
			time.Sleep(20 * time.Millisecond)
		}
		all.Go(func() { // the last of the batch cuts its COMMIT, and no earlier one
			db.PlaceBid(t.Context(), event.Request{Actor: "p4", Kind: "cut", ID: "cut-the-wire", Digest: hash('0')}, "n1", "p4", func(bidding.BidTx) (string, error) {
				cutter.cut("COMMIT", heard)
				return "", errors.New("nothing")
			})
		})
		time.Sleep(20 * time.Millisecond)
		release()
		all.Wait()
		for i := range 3 {
			id := fmt.Sprintf("request-%d", i)
			if _, found, err := db.ByRequest(t.Context(), fmt.Sprintf("p%d", 1+i), "bid.place", id); found != heard || err != nil {
				t.Errorf("heard %v, found %v, %v", heard, found, err)
			}
			if _, err := offer(t.Context(), db, "n1", 1+i, money.Fen(40000+i), id); err != nil {
				t.Errorf("heard %v, again: %v", heard, err)
			}
		}
		if bids := checkLots(t, db, 1); len(bids) != 3 {
			t.Errorf("heard %v: %d bids", heard, len(bids))
		}
	}
}
