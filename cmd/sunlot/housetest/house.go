// Package housetest is the harness for tests of whole screens: a seeded
// demonstration that serves, people at browsers and programs, and snapshots of
// every table.
package housetest

import (
	"context"
	"database/sql"
	"net"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"sunlot/cmd/sunlot/demo"
	"sunlot/cmd/sunlot/house"
	"sunlot/internal/casework"
	"sunlot/internal/identity"
	"sunlot/internal/store"
	"sunlot/internal/store/storetest"
	"sunlot/trading"
	"sunlot/trading/tradingtest"
)

// monday is the morning in Beijing on which each test's demonstration begins:
// a fixed day, so that working days do not depend on when the tests run.
var monday = time.Date(2026, 11, 23, 1, 0, 0, 0, time.UTC)

// House is a seeded demonstration that serves on a port of its own. Its loops
// stand still, so that nothing is written but by the test's requests.
type House struct {
	*house.House
	DB          *storetest.DB // with every subject's SQL
	T           *testing.T
	Store       store.Config
	Clock       *demo.Clock
	URL         string // without a slash at the end
	peek        *sql.DB
	names       []string // of the tables
	seenVersion int
	seenRows    map[string]string
	Done        map[string]bool // the API's operations that were carried out
	assets      atomic.Int32    // forms of assets, each with another plot
	joined      int             // bidders' accounts that were opened
	Offices     []receiver      // who opens reports: the county's and the township's
}

// Each runs the test in a running demonstration on each database, on both at
// once and beside other tests: while one waits for MariaDB, another's SQLite
// has the processor.
func Each(t *testing.T, test func(t *testing.T, r *House)) {
	t.Parallel()
	storetest.EachConfig(t, func(t *testing.T, c store.Config) {
		t.Parallel()
		test(t, Open(t, c))
	})
}

// OnSQLite is a running demonstration on SQLite, for tests whose question has
// nothing to do with the database. They run beside others.
func OnSQLite(t *testing.T) *House {
	t.Parallel()
	return Open(t, store.Config{Dir: t.TempDir()})
}

// Open begins on a copy of the foundation, lets more declare its routes, and
// only then listens: fiber's routes may not be added under a running server.
func Open(t *testing.T, sc store.Config, more ...func(r *House)) *House {
	t.Helper()
	if sc.Dir == "" {
		sc.Dir = t.TempDir()
	}
	r := &House{T: t, Store: sc, Clock: &demo.Clock{}, Done: map[string]bool{}}
	f := foundationOf(sc)
	f.copyTo(r)
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	r.Ok(err)
	r.URL = "http://" + listener.Addr().String()
	r.build(f.reached)
	t.Cleanup(func() { r.DB.Close() })
	t.Cleanup(func() { tradingtest.Whole(t, r.DB) })
	r.Inspect()
	for _, declare := range more {
		declare(r)
	}
	go r.Kit.Serve(listener)
	t.Cleanup(func() { r.Kit.App.ShutdownWithTimeout(5 * time.Second) })
	return r
}

// build opens the database and wires the house on it; the demonstration's clock
// says now.
func (r *House) build(now time.Time) {
	r.T.Helper()
	c := house.Config{
		URL:    r.URL,
		Data:   r.Store.Dir,
		DSN:    r.Store.DSN,
		Origin: "sunlot.test/log",
		Rules:  "shifan",
		Quiet:  "3600", // a test says only once that its server can write
	}
	r.Clock.Ahead.Store(int64(time.Until(now)))
	ring := &house.Bell{}
	db, err := house.OpenDB(r.T.Context(), c, r.Clock, ring.Ring)
	r.Ok(err)
	err = demo.Mark(r.T.Context(), db, r.Clock)
	if err == nil {
		r.House, err = house.Build(r.T.Context(), c, db, r.Clock, ring, nil)
	}
	if err != nil {
		db.Close()
	}
	r.Ok(err)
	r.DB = storetest.On(db)
	r.Ok(r.DB.Beat(r.T.Context(), r.Bidding.Quiet))
}

func (r *House) Ok(err error) {
	if err != nil {
		r.T.Helper()
		r.T.Fatal(err)
	}
}

// KeepLog sequences and signs what has happened so far.
func (r *House) KeepLog() {
	r.T.Helper()
	ctx, cancel := context.WithTimeout(r.T.Context(), 20*time.Second)
	defer cancel()
	done := make(chan error, 1)
	run, stop := context.WithCancel(ctx)
	go func() { done <- r.Log.Run(run) }()
	r.Log.Ring()
	for pending := true; pending; {
		head, err := r.DB.Head(ctx)
		r.Ok(err)
		var events int64
		r.Ok(r.Inspect().QueryRow("SELECT COUNT(*) FROM events").Scan(&events))
		pending = SignedSize(head.Checkpoint) < events
		if pending {
			time.Sleep(20 * time.Millisecond)
		}
	}
	stop()
	r.Ok(<-done)
}

// SignedSize is how many leaves a checkpoint covers: its second line.
func SignedSize(checkpoint string) int64 {
	lines := strings.SplitN(checkpoint, "\n", 3)
	if len(lines) < 3 {
		return 0
	}
	size, _ := strconv.ParseInt(lines[1], 10, 64)
	return size
}

// Actor is a person of the demonstration, for preparing a case without HTTP.
func (r *House) Actor(login string) identity.Actor {
	r.T.Helper()
	p, err := r.DB.PersonByLogin(r.T.Context(), login)
	r.Ok(err)
	held, err := r.DB.Memberships(r.T.Context(), p.ID, r.Clock.Now())
	r.Ok(err)
	return identity.Actor{PersonID: p.ID, Name: p.Name, Memberships: held}
}

// Org is the id of an organisation of the demonstration.
func (r *House) Org(name string) string {
	r.T.Helper()
	list, _, err := r.DB.Orgs(r.T.Context(), identity.Everywhere, name, identity.Page{}.Clip())
	r.Ok(err)
	for _, o := range list {
		if o.Name == name {
			return o.ID
		}
	}
	r.T.Fatalf("there is no %s", name)
	return ""
}

// Neighbour is the announced tender of the other village, which the seed brings.
func (r *House) Neighbour() trading.Tender {
	r.T.Helper()
	list, _, err := r.DB.Tenders(r.T.Context(), casework.Query{
		Scope: identity.Everywhere,
		Text:  "松坪",
		Page:  identity.Page{}.Clip(),
	})
	r.Ok(err)
	if len(list) != 1 {
		r.T.Fatalf("松坪村 has %d tenders", len(list))
	}
	return list[0]
}
