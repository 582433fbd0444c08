package main

import (
	"context"
	"database/sql"
	"log/slog"
	"net"
	"os"
	"strconv"
	"strings"
	"testing"
	"time"

	"sunlot/internal/casework"
	"sunlot/internal/identity"
	"sunlot/internal/store"
	"sunlot/internal/store/storetest"
	"sunlot/trading"
)

// monday is the morning in Beijing on which each test's demonstration begins:
// a fixed day, so that working days do not depend on when the tests run.
var monday = time.Date(2026, 11, 23, 1, 0, 0, 0, time.UTC)

func TestMain(m *testing.M) {
	slog.SetDefault(slog.New(slog.DiscardHandler))
	code := m.Run()
	for _, f := range foundations {
		f.clear()
	}
	os.Exit(code)
}

// running is a seeded demonstration that serves on a port of its own. Its loops
// stand still, so that nothing is written but by the test's requests.
type running struct {
	*house
	t           *testing.T
	store       store.Config
	clock       *demoClock
	url         string // without a slash at the end
	peek        *sql.DB
	names       []string // of the tables
	seenVersion int
	seenRows    map[string]string
	done        map[string]bool // the API's operations that were carried out
	joined      int             // bidders' accounts that were opened
	offices     []receiver      // who opens reports: the county's and the township's
}

// eachHouse runs the test in a running demonstration on each database, on both
// at once: while one waits for MariaDB, the other's SQLite has the processor.
func eachHouse(t *testing.T, test func(t *testing.T, r *running)) {
	storetest.EachConfig(t, func(t *testing.T, c store.Config) {
		t.Parallel()
		test(t, open(t, c))
	})
}

// sqliteHouse is a running demonstration on SQLite, for tests whose question has
// nothing to do with the database.
func sqliteHouse(t *testing.T) *running { return open(t, store.Config{Dir: t.TempDir()}) }

// open begins on a copy of the foundation, lets more declare its routes, and
// only then listens: fiber's routes may not be added under a running server.
func open(t *testing.T, sc store.Config, more ...func(r *running)) *running {
	t.Helper()
	if sc.Dir == "" {
		sc.Dir = t.TempDir()
	}
	r := &running{t: t, store: sc, clock: &demoClock{}, done: map[string]bool{}}
	f := foundationOf(sc)
	f.copyTo(r)
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	r.ok(err)
	r.url = "http://" + listener.Addr().String()
	r.build(f.reached)
	t.Cleanup(func() { r.db.Close() })
	r.inspect()
	for _, declare := range more {
		declare(r)
	}
	go r.kit.Serve(listener)
	t.Cleanup(func() { r.kit.App.ShutdownWithTimeout(5 * time.Second) })
	return r
}

// build opens the database and wires the house on it; the demonstration's clock
// says now.
func (r *running) build(now time.Time) {
	r.t.Helper()
	c := config{URL: r.url, Data: r.store.Dir, DSN: r.store.DSN, Origin: "sunlot.test/log", Rules: "shifan"}
	r.clock.ahead.Store(int64(time.Until(now)))
	ring := &bell{}
	db, err := openDB(r.t.Context(), c, r.clock, ring.ring)
	r.ok(err)
	if err = demoData(r.t.Context(), db, r.clock); err == nil {
		r.house, err = build(r.t.Context(), c, db, r.clock, ring, nil)
	}
	if err != nil {
		db.Close()
	}
	r.ok(err)
}

func (r *running) ok(err error) {
	if err != nil {
		r.t.Helper()
		r.t.Fatal(err)
	}
}

// keepLog sequences and signs what has happened so far.
func (r *running) keepLog() {
	r.t.Helper()
	ctx, cancel := context.WithTimeout(r.t.Context(), 20*time.Second)
	defer cancel()
	done := make(chan error, 1)
	run, stop := context.WithCancel(ctx)
	go func() { done <- r.log.Run(run) }()
	r.log.Ring()
	for pending := true; pending; {
		head, err := r.db.Head(ctx)
		r.ok(err)
		var events int64
		r.ok(r.inspect().QueryRow("SELECT COUNT(*) FROM events").Scan(&events))
		if pending = signedSize(head.Checkpoint) < events; pending {
			time.Sleep(20 * time.Millisecond)
		}
	}
	stop()
	r.ok(<-done)
}

// signedSize is how many leaves a checkpoint covers: its second line.
func signedSize(checkpoint string) int64 {
	lines := strings.SplitN(checkpoint, "\n", 3)
	if len(lines) < 3 {
		return 0
	}
	size, _ := strconv.ParseInt(lines[1], 10, 64)
	return size
}

// actor is a person of the demonstration, for preparing a case without HTTP.
func (r *running) actor(login string) identity.Actor {
	r.t.Helper()
	p, err := r.db.PersonByLogin(r.t.Context(), login)
	r.ok(err)
	held, err := r.db.Memberships(r.t.Context(), p.ID, r.clock.Now())
	r.ok(err)
	return identity.Actor{PersonID: p.ID, Name: p.Name, Memberships: held}
}

// org is the id of an organisation of the demonstration.
func (r *running) org(name string) string {
	r.t.Helper()
	list, _, err := r.db.Orgs(r.t.Context(), identity.Everywhere, name, identity.Page{}.Clip())
	r.ok(err)
	for _, o := range list {
		if o.Name == name {
			return o.ID
		}
	}
	r.t.Fatalf("there is no %s", name)
	return ""
}

// neighbour is the announced tender of the other village, which the seed brings.
func (r *running) neighbour() trading.Tender {
	r.t.Helper()
	list, _, err := r.db.Tenders(r.t.Context(), casework.Query{Scope: identity.Everywhere, Text: "松坪", Page: identity.Page{}.Clip()})
	r.ok(err)
	if len(list) != 1 {
		r.t.Fatalf("松坪村 has %d tenders", len(list))
	}
	return list[0]
}
