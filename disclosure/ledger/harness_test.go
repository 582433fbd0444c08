package ledger_test

import (
	"context"
	"crypto/rand"
	"database/sql"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/mod/sumdb/note"

	"sunlot/disclosure/ledger"
	"sunlot/internal/event"
	"sunlot/internal/fault"
	"sunlot/internal/store"
	"sunlot/internal/store/storetest"
)

const origin = "sunlot.example/log"

func newKey(t *testing.T) *ledger.Key {
	t.Helper()
	private, _, err := note.GenerateKey(rand.Reader, origin)
	if err != nil {
		t.Fatal(err)
	}
	key, err := ledger.ParseKey(private, origin)
	if err != nil {
		t.Fatal(err)
	}
	return key
}

func verifierOf(t *testing.T, key *ledger.Key) note.Verifier {
	t.Helper()
	v, err := note.NewVerifier(key.Text())
	if err != nil {
		t.Fatal(err)
	}
	return v
}

// openLog opens a log over the store with a guard file of its own.
func openLog(t *testing.T, s ledger.Store, key *ledger.Key) *ledger.Log {
	t.Helper()
	return openGuarded(t, s, key, filepath.Join(t.TempDir(), "log.checkpoint"))
}

func openGuarded(t *testing.T, s ledger.Store, key *ledger.Key, guard string) *ledger.Log {
	t.Helper()
	l, err := ledger.Open(t.Context(), ledger.Config{Store: s, Key: key, Guard: ledger.Guard{Path: guard}})
	if err != nil {
		t.Fatal(err)
	}
	return l
}

// record writes n events, turn by turn into three streams, in one transaction.
func record(t *testing.T, db *storetest.DB, n int) {
	t.Helper()
	if err := recordInto(t.Context(), db, n, "tender:aaaa", "tender:bbbb", "item:cccc"); err != nil {
		t.Fatal(err)
	}
}

func recordInto(ctx context.Context, db *storetest.DB, n int, streams ...event.Stream) error {
	return db.WriteTick(ctx, func(tx ledger.TickTx) error {
		for _, s := range streams {
			if _, err := tx.Lock(s); err != nil {
				return err
			}
		}
		for i := range n {
			facts := map[string]any{"title": "示范村 3 组鱼塘", "number": i}
			if _, err := tx.Record(streams[i%len(streams)], "item.noted", facts, nil); err != nil {
				return err
			}
		}
		return nil
	})
}

func step(t *testing.T, l *ledger.Log) {
	t.Helper()
	if err := l.Step(t.Context()); err != nil {
		t.Fatal(err)
	}
}

// serve puts the reading side on HTTP. twist, if not nil, may change an answer
// on its way, as a changed database would.
func serve(t *testing.T, l *ledger.Log, twist func(path string, body []byte) []byte) string {
	t.Helper()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		path := strings.TrimPrefix(r.URL.Path, "/log/")
		body, err := answer(r.Context(), l, path)
		switch {
		case fault.CodeOf(err) == fault.NotFound:
			http.Error(w, err.Error(), http.StatusNotFound)
		case err != nil:
			http.Error(w, err.Error(), http.StatusInternalServerError)
		default:
			if twist != nil {
				body = twist(path, body)
			}
			w.Write(body)
		}
	}))
	t.Cleanup(server.Close)
	return server.URL
}

func answer(ctx context.Context, l *ledger.Log, path string) ([]byte, error) {
	tile, isTile := strings.CutPrefix(path, "tile/")
	switch {
	case path == "checkpoint":
		return l.Checkpoint(ctx)
	case path == "key":
		return []byte(l.KeyText()), nil
	case isTile:
		return l.Tile(ctx, tile)
	}
	return nil, fault.New(fault.NotFound, "无此页面")
}

// verify downloads and verifies.
func verify(t *testing.T, target ledger.Target) *ledger.Report {
	t.Helper()
	report, err := ledger.Verify(t.Context(), target)
	if err != nil {
		t.Fatal(err)
	}
	return report
}

// whole ends a test by verifying the log once more from the outside.
func whole(t *testing.T, l *ledger.Log, size int64) *ledger.Report {
	t.Helper()
	report := verify(t, ledger.Target{URL: serve(t, l, nil), Key: l.KeyText()})
	if !report.OK() || report.Checkpoint.Size != size {
		t.Fatalf("%d leaves, want %d; findings %v", report.Checkpoint.Size, size, report.Findings)
	}
	entries := 0
	for _, s := range report.Streams {
		entries += len(s)
	}
	if int64(entries) != size {
		t.Fatalf("%d entries in streams, want %d", entries, size)
	}
	return report
}

// rawSQL reaches the tables past the store, as an intruder would.
func rawSQL(t *testing.T, c store.Config) *sql.DB {
	t.Helper()
	driver, dsn := "sqlite", "file:"+filepath.Join(c.Dir, "sunlot.db")+"?_pragma=busy_timeout(10000)"
	if c.DSN != "" {
		u, err := url.Parse(c.DSN)
		if err != nil {
			t.Fatal(err)
		}
		driver, dsn = "mysql", fmt.Sprintf("%s@tcp(%s)%s", u.User.Username(), u.Host, u.Path)
	}
	db, err := sql.Open(driver, dsn)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	return db
}

func execSQL(t *testing.T, db *sql.DB, query string, args ...any) {
	t.Helper()
	if _, err := db.ExecContext(t.Context(), query, args...); err != nil {
		t.Fatal(err)
	}
}

// crash is a Store that stops working before or after one of its methods, as a
// killed process does.
type crash struct {
	ledger.Store
	beforeTiles, afterTiles, beforeCheckpoint bool
}

var errKilled = errors.New("killed")

func (c crash) SaveTiles(ctx context.Context, tiles []ledger.TileRow) error {
	if c.beforeTiles {
		return errKilled
	}
	err := c.Store.SaveTiles(ctx, tiles)
	if c.afterTiles {
		return errKilled
	}
	return err
}

func (c crash) SaveCheckpoint(ctx context.Context, size int64, signed string) error {
	if c.beforeCheckpoint {
		return errKilled
	}
	return c.Store.SaveCheckpoint(ctx, size, signed)
}
