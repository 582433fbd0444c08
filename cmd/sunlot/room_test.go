package main

import (
	"bytes"
	"context"
	"log/slog"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"sunlot/cmd/sunlot/housetest"
	"sunlot/internal/store"
	"sunlot/internal/store/storetest"
)

// heard is the log, which the program writes while the test reads.
type heard struct {
	mu   sync.Mutex // owns text
	text bytes.Buffer
}

func (h *heard) Write(p []byte) (int, error) {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.text.Write(p)
}

func (h *heard) String() string {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.text.String()
}

// TestTheRoomByItselfIsGuarded: under an account that may rewrite the room's own
// record, or the public one, `sunlot room` says which right is too many, and
// nobody is let in, since that is written; under one that may not it works.
func TestTheRoomByItselfIsGuarded(t *testing.T) {
	public, own := storetest.Schema(t), storetest.Schema(t)
	storetest.Open(t, store.Config{DSN: public})
	if err := storetest.Prepare(t.Context(), store.Config{Set: store.Lead, DSN: own}); err != nil {
		t.Fatal(err)
	}
	before := slog.Default()
	t.Cleanup(func() { slog.SetDefault(before) })
	box, grantBox := storetest.Narrow(t, public)
	room, grantRoom := storetest.Narrow(t, own)
	data := t.TempDir()
	for _, c := range []struct {
		name string
		more func()
		says string
		may  int
	}{
		{"narrow", func() {}, "", http.StatusUnauthorized},
		{"the public record", func() { grantBox("UPDATE ON " + schemaOf(t, public) + ".events") },
			"UPDATE events", http.StatusUnauthorized},
		{"its own record", func() { grantRoom("DELETE ON " + schemaOf(t, own) + ".log_leaves") },
			"DELETE log_leaves", http.StatusServiceUnavailable},
	} {
		c.more()
		log := &heard{}
		slog.SetDefault(slog.New(slog.NewTextHandler(log, nil)))
		at, stop := roomAt(t, data, box, room)
		visitor := (&housetest.House{T: t, URL: at}).Nobody()
		visitor.ReadToken("/login")
		tried := visitor.Submit("/login", url.Values{"login": {"nobody"}, "password": {"wrong-password"}})
		stop()
		if tried.StatusCode != c.may {
			t.Errorf("%s: a login answers %d, want %d", c.name, tried.StatusCode, c.may)
		}
		if warned := strings.Contains(log.String(), "may rewrite the record"); warned != (c.says != "") ||
			!strings.Contains(log.String(), c.says) {
			t.Errorf("%s: the log says %s", c.name, log)
		}
	}
}

func schemaOf(t *testing.T, dsn string) string {
	t.Helper()
	at, err := url.Parse(dsn)
	if err != nil {
		t.Fatal(err)
	}
	return at.Path[1:]
}

// roomAt runs the command until stop.
func roomAt(t *testing.T, data, box, own string) (at string, stop func()) {
	t.Helper()
	settings(t, store.Config{DSN: box})
	address := housetest.Address(t)
	t.Setenv("SUNLOT_LEADS_ADDR", address)
	t.Setenv("SUNLOT_LEADS_URL", "http://"+address)
	t.Setenv("SUNLOT_LEADS_DATA", data)
	t.Setenv("SUNLOT_LEADS_DSN", own)
	ctx, cancel := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	go func() { ended <- said{&bytes.Buffer{}}.run(ctx, "room") }()
	stop = func() {
		cancel()
		if err := <-ended; err != nil {
			t.Error(err)
		}
	}
	for range 300 {
		select {
		case err := <-ended:
			t.Fatal(err)
		default:
		}
		answer, err := http.Get("http://" + address + "/healthz")
		if err == nil {
			answer.Body.Close()
			return "http://" + address, stop
		}
		time.Sleep(100 * time.Millisecond)
	}
	t.Error("the room does not answer")
	return "http://" + address, stop
}
