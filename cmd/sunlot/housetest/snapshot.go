package housetest

import (
	"crypto/sha256"
	"database/sql"
	"fmt"
	"path/filepath"
	"slices"
	"strings"

	"sunlot/internal/store/storetest"
)

// unwatched are the tables in which a refused request may leave rows.
var unwatched = map[string]string{
	"refusals":             "a private note that a well-formed act was refused",
	"tries":                "what is refused is counted",
	"photo_budgets":        "a photo counts before it is looked at",
	"refresh_tokens":       "logins come and go with the tests' own people",
	"photos":               "a photo is taken in before the form around it is judged",
	"photo_uploads":        "as photos; photo_places, which makes one visible, is watched",
	"migrations_of_public": "the migrations' own",
	"sqlite_sequence":      "SQLite's own: a rolled back insert may use up a number",
}

// Inspect opens the database beside the program, only to read.
func (r *House) Inspect() *sql.DB {
	r.T.Helper()
	if r.peek != nil {
		return r.peek
	}
	r.peek = r.dial("&_pragma=query_only(1)")
	r.peek.SetMaxOpenConns(1) // the data version is a connection's own
	r.T.Cleanup(func() { r.peek.Close() })
	return r.peek
}

// dial opens the house's database past the store.
func (r *House) dial(pragma string) *sql.DB {
	if r.Store.DSN != "" {
		db, err := storetest.Raw(r.Store.DSN)
		r.Ok(err)
		return db
	}
	db, err := sql.Open("sqlite",
		"file:"+filepath.Join(r.Store.Dir, "sunlot.db")+"?_pragma=busy_timeout(10000)"+pragma)
	r.Ok(err)
	return db
}

// Rows is for each watched table a hash of all its rows.
func (r *House) Rows() map[string]string {
	r.T.Helper()
	version := r.dataVersion()
	if version != 0 && version == r.seenVersion {
		return r.seenRows
	}
	var watched []string
	for _, table := range r.Tables() {
		if unwatched[table] == "" {
			watched = append(watched, table)
		}
	}
	if version == 0 {
		return r.checksums(watched)
	}
	all := map[string]string{}
	for _, table := range watched {
		all[table] = r.read(table)
	}
	r.seenVersion, r.seenRows = version, all
	return all
}

// checksums lets MariaDB read the rows itself: one question for all tables.
func (r *House) checksums(tables []string) map[string]string {
	rows, err := r.Inspect().Query("CHECKSUM TABLE " + strings.Join(tables, ", ") + " EXTENDED")
	r.Ok(err)
	defer rows.Close()
	all := map[string]string{}
	for rows.Next() {
		var name, sum string
		r.Ok(rows.Scan(&name, &sum))
		all[name[strings.LastIndex(name, ".")+1:]] = sum
	}
	r.Ok(rows.Err())
	if len(all) != len(tables) {
		r.T.Fatalf("%d checksums of %d tables", len(all), len(tables))
	}
	return all
}

// dataVersion changes with every commit of another connection to SQLite's file,
// which spares reading all rows again; 0 where the database has no such number.
func (r *House) dataVersion() (version int) {
	if r.Store.DSN == "" {
		r.Ok(r.Inspect().QueryRow("PRAGMA data_version").Scan(&version))
	}
	return version
}

func (r *House) Tables() []string {
	r.T.Helper()
	if r.names != nil {
		return r.names
	}
	ask := "SELECT name FROM sqlite_master WHERE type = 'table'"
	if r.Store.DSN != "" {
		ask = "SELECT table_name FROM information_schema.tables WHERE table_schema = DATABASE()"
	}
	rows, err := r.Inspect().Query(ask)
	r.Ok(err)
	defer rows.Close()
	for rows.Next() {
		var name string
		r.Ok(rows.Scan(&name))
		r.names = append(r.names, name)
	}
	if len(r.names) < 15 {
		r.T.Fatalf("the snapshot sees only %v", r.names)
	}
	return r.names
}

// read hashes a table's rows, whatever order they come in.
func (r *House) read(table string) string {
	rows, err := r.Inspect().Query("SELECT * FROM " + table)
	r.Ok(err)
	defer rows.Close()
	columns, err := rows.Columns()
	r.Ok(err)
	values, into := make([]sql.RawBytes, len(columns)), make([]any, len(columns))
	for i := range values {
		into[i] = &values[i]
	}
	n, sum := 0, [sha256.Size]byte{}
	for ; rows.Next(); n++ {
		r.Ok(rows.Scan(into...))
		h := sha256.New()
		for _, v := range values {
			fmt.Fprint(h, len(v), v == nil, ":")
			h.Write(v)
		}
		for i, b := range h.Sum(nil) {
			sum[i] ^= b
		}
	}
	r.Ok(rows.Err())
	return fmt.Sprintf("%d rows, %x", n, sum)
}

// Changed lists the watched tables in which two snapshots differ.
func Changed(before, after map[string]string) []string {
	var tables []string
	for table, was := range before {
		if after[table] != was {
			tables = append(tables, fmt.Sprintf("%s: %s -> %s", table, was, after[table]))
		}
	}
	slices.Sort(tables)
	return tables
}
