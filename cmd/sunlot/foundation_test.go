package main

import (
	"database/sql"
	"net/url"
	"os"
	"strings"
	"sync"
	"time"

	"sunlot/internal/store"
	"sunlot/internal/store/storetest"
)

// foundation is a seeded demonstration that nobody runs. Seeding takes seconds
// and is the same each time, so every test begins on a copy.
type foundation struct {
	once    sync.Once
	store   store.Config
	reached time.Time  // where the demonstration's clock stands after seeding
	offices []receiver // who opens reports
	clear   func()
}

// foundations are SQLite's and MariaDB's, laid when first asked for.
var foundations = []*foundation{{clear: func() {}}, {clear: func() {}}}

func foundationOf(sc store.Config) *foundation {
	if sc.DSN == "" {
		return foundations[0]
	}
	return foundations[1]
}

// copyTo gives a test the foundation's files and rows, and lays it before the first.
func (f *foundation) copyTo(r *running) {
	r.t.Helper()
	f.once.Do(func() { f.lay(r) })
	if f.reached.IsZero() {
		r.t.Fatal("the demonstration could not be seeded")
	}
	r.ok(os.CopyFS(r.store.Dir, os.DirFS(f.store.Dir)))
	r.offices = f.offices
	if r.store.DSN != "" {
		f.copyRows(r)
	}
}

func (f *foundation) lay(like *running) {
	t := like.t
	t.Helper()
	dir, err := os.MkdirTemp("", "sunlot-foundation-")
	like.ok(err)
	f.store.Dir, f.clear = dir, func() { os.RemoveAll(dir) }
	if like.store.DSN != "" {
		dsn, drop, err := storetest.NewSchema(t.Context())
		like.ok(err)
		f.store.DSN, f.clear = dsn, func() { drop(); os.RemoveAll(dir) }
	}
	r := &running{t: t, store: f.store, clock: &demoClock{}, url: "http://127.0.0.1"}
	r.build(monday)
	defer r.db.Close()
	r.ok(seed(t.Context(), r.house, r.clock))
	r.receivers()
	f.offices, f.reached = r.offices, r.clock.Now()
}

// copyRows fills the tables of a fresh MariaDB schema from the foundation's.
func (f *foundation) copyRows(r *running) {
	t := r.t
	t.Helper()
	from, err := url.Parse(f.store.DSN)
	r.ok(err)
	fresh, err := store.Open(t.Context(), r.store)
	r.ok(err)
	defer fresh.Close()
	r.ok(fresh.Migrate(t.Context()))
	at, err := url.Parse(r.store.DSN)
	r.ok(err)
	rows, err := sql.Open("mysql", "root@tcp("+at.Host+")"+at.Path+"?multiStatements=true")
	r.ok(err)
	defer rows.Close()
	copying := []string{"SET foreign_key_checks = 0"}
	for _, table := range r.tables() {
		if table != "goose_db_version" {
			copying = append(copying, "DELETE FROM "+table, "INSERT INTO "+table+" SELECT * FROM "+from.Path[1:]+"."+table)
		}
	}
	_, err = rows.ExecContext(t.Context(), strings.Join(copying, ";"))
	r.ok(err)
}
