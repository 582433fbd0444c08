package housetest

import (
	"encoding/base64"
	"encoding/json"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"time"

	"filippo.io/age"
	"golang.org/x/crypto/argon2"

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
	f.once.Do(func() { f.stand(r) })
	if f.reached.IsZero() {
		r.T.Fatal("the demonstration could not be seeded")
	}
	r.Ok(os.CopyFS(r.Store.Dir, os.DirFS(f.store.Dir)))
	r.Offices = f.offices
	if r.Store.DSN != "" {
		f.copyRows(r)
	}
}

// stand lays the foundation, or takes the one that another test process has
// laid: SUNLOT_TEST_FOUNDATION is a folder that those of one run share. It must
// be made anew for each run, since what lies there is used whoever laid it.
func (f *foundation) stand(like *House) {
	like.T.Helper()
	shared := os.Getenv("SUNLOT_TEST_FOUNDATION")
	if shared == "" {
		dir, err := os.MkdirTemp("", "sunlot-foundation-")
		like.Ok(err)
		f.clear = func() { os.RemoveAll(dir) }
		f.lay(like, dir)
		return
	}
	name := "sqlite"
	if like.Store.DSN != "" { // each server has its own
		at, err := url.Parse(like.Store.DSN)
		like.Ok(err)
		name = "mariadb-" + at.Port()
	}
	path := filepath.Join(shared, name)
	lock, err := os.OpenFile(path+".lock", os.O_CREATE|os.O_RDWR, 0o600)
	like.Ok(err)
	defer lock.Close()
	like.Ok(syscall.Flock(int(lock.Fd()), syscall.LOCK_EX)) // the others wait for the first
	if note, err := os.ReadFile(path + ".json"); err == nil {
		like.Ok(f.read(note))
		return
	}
	like.Ok(os.RemoveAll(path)) // of one that failed half-way
	f.lay(like, path)
	f.clear = func() {}
	like.Ok(os.WriteFile(path+".json", f.note(), 0o600))
}

// noted is what a process must know of a foundation that another has laid.
type noted struct {
	DSN, Dir string
	Reached  time.Time
	Offices  []office
}

type office struct{ Name, Key string }

func (f *foundation) note() []byte {
	n := noted{DSN: f.store.DSN, Dir: f.store.Dir, Reached: f.reached}
	for _, o := range f.offices {
		n.Offices = append(n.Offices, office{o.name, o.Key.String()})
	}
	text, _ := json.Marshal(n)
	return text
}

func (f *foundation) read(note []byte) error {
	var n noted
	if err := json.Unmarshal(note, &n); err != nil {
		return err
	}
	for _, o := range n.Offices {
		key, err := age.ParseX25519Identity(o.Key)
		if err != nil {
			return err
		}
		f.offices = append(f.offices, receiver{o.Name, key})
	}
	f.store = store.Config{DSN: n.DSN, Dir: n.Dir}
	f.reached = n.Reached
	return nil
}

func (f *foundation) lay(like *House, dir string) {
	t := like.T
	t.Helper()
	f.store.Dir = dir
	if like.Store.DSN != "" {
		dsn, drop, err := storetest.NewSchema(t.Context())
		like.Ok(err)
		clear := f.clear
		f.store.DSN, f.clear = dsn, func() { drop(); clear() }
	}
	like.Ok(storetest.Prepare(t.Context(), f.store))
	r := &House{T: t, Store: f.store, Clock: &demo.Clock{}, URL: "http://127.0.0.1"}
	r.build(monday)
	defer r.DB.Close()
	r.Ok(demo.Found(t.Context(), r.House, r.Clock))
	r.cheapen()
	r.receivers()
	f.offices, f.reached = r.Offices, r.Clock.Now()
}

// cheapen gives everybody the same password at a cost that is no use outside of
// tests: they log in thousands of times, which took a quarter of their time.
func (r *House) cheapen() {
	salt, b := make([]byte, 16), base64.RawStdEncoding
	key := argon2.IDKey([]byte(demo.Password), salt, 1, 8, 1, 32)
	hash := "$argon2id$v=19$m=8,t=1,p=1$" + b.EncodeToString(salt) + "$" + b.EncodeToString(key)
	db := r.dial("")
	defer db.Close()
	_, err := db.ExecContext(r.T.Context(), "UPDATE people SET password_hash = ?", hash)
	r.Ok(err)
}

// copyRows fills the tables of a fresh MariaDB schema from the foundation's.
func (f *foundation) copyRows(r *House) {
	t := r.T
	t.Helper()
	from, err := url.Parse(f.store.DSN)
	r.Ok(err)
	r.Ok(storetest.Prepare(t.Context(), r.Store))
	rows, err := storetest.Raw(r.Store.DSN)
	r.Ok(err)
	defer rows.Close()
	copying := []string{"SET foreign_key_checks = 0"}
	for _, table := range r.Tables() {
		if table != "migrations_of_public" {
			copying = append(copying, "DELETE FROM "+table,
				"INSERT INTO "+table+" SELECT * FROM "+from.Path[1:]+"."+table)
		}
	}
	_, err = rows.ExecContext(t.Context(), strings.Join(copying, ";"))
	r.Ok(err)
}
