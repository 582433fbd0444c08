package housetest

import (
	"database/sql"
	"net/url"
	"os"
	"strings"
	"sync"
	"time"

	"sunlot/cmd/sunlot/demo"
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
func (f *foundation) copyTo(r *House) {
	r.T.Helper()
	f.once.Do(func() { f.lay(r) })
	if f.reached.IsZero() {
		r.T.Fatal("the demonstration could not be seeded")
	}
	r.Ok(os.CopyFS(r.Store.Dir, os.DirFS(f.store.Dir)))
	r.Offices = f.offices
	if r.Store.DSN != "" {
		f.copyRows(r)
	}
}

func (f *foundation) lay(like *House) {
	t := like.T
	t.Helper()
	dir, err := os.MkdirTemp("", "sunlot-foundation-")
	like.Ok(err)
	f.store.Dir, f.clear = dir, func() { os.RemoveAll(dir) }
	if like.Store.DSN != "" {
		dsn, drop, err := storetest.NewSchema(t.Context())
		like.Ok(err)
		f.store.DSN, f.clear = dsn, func() { drop(); os.RemoveAll(dir) }
	}
	r := &House{T: t, Store: f.store, Clock: &demo.Clock{}, URL: "http://127.0.0.1"}
	r.build(monday)
	defer r.DB.Close()
	r.Ok(demo.Found(t.Context(), r.House, r.Clock))
	r.receivers()
	f.offices, f.reached = r.Offices, r.Clock.Now()
}

// copyRows fills the tables of a fresh MariaDB schema from the foundation's.
func (f *foundation) copyRows(r *House) {
	t := r.T
	t.Helper()
	from, err := url.Parse(f.store.DSN)
	r.Ok(err)
	fresh, err := store.Open(t.Context(), r.Store)
	r.Ok(err)
	defer fresh.Close()
	r.Ok(fresh.Migrate(t.Context()))
	at, err := url.Parse(r.Store.DSN)
	r.Ok(err)
	rows, err := sql.Open("mysql", "root@tcp("+at.Host+")"+at.Path+"?multiStatements=true")
	r.Ok(err)
	defer rows.Close()
	copying := []string{"SET foreign_key_checks = 0"}
	for _, table := range r.Tables() {
		if table != "migrations_of_public" {
			copying = append(copying, "DELETE FROM "+table, "INSERT INTO "+table+" SELECT * FROM "+from.Path[1:]+"."+table)
		}
	}
	_, err = rows.ExecContext(t.Context(), strings.Join(copying, ";"))
	r.Ok(err)
}
