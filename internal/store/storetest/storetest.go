// Package storetest gives tests real databases: SQLite in a folder, and a
// MariaDB server that lives exactly as long as the test process.
package storetest

import (
	"bufio"
	"context"
	"database/sql"
	_ "embed"
	"fmt"
	"net"
	"net/url"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"sync"
	"testing"

	_ "github.com/go-sql-driver/mysql"

	"sunlot/internal/event"
	"sunlot/internal/store"
)

// Each runs the test on a fresh, migrated database of each dialect.
func Each(t *testing.T, run func(t *testing.T, db *DB)) {
	t.Helper()
	EachConfig(t, func(t *testing.T, c store.Config) { run(t, Open(t, c)) })
}

// EachConfig is Each for tests that open the database themselves. The
// configuration names an empty database; the test adds clock and bell.
func EachConfig(t *testing.T, run func(t *testing.T, c store.Config)) {
	t.Helper()
	t.Run("sqlite", func(t *testing.T) { run(t, store.Config{Dir: t.TempDir()}) })
	t.Run("mariadb", func(t *testing.T) { run(t, store.Config{DSN: Schema(t)}) })
}

// Open opens a migrated database, and closes it at the end of the test. An
// empty one is prepared.
func Open(t testing.TB, c store.Config) *DB {
	t.Helper()
	if err := Prepare(t.Context(), c); err != nil {
		t.Fatal(err)
	}
	db, err := store.Open(t.Context(), c)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	if ready, err := db.Migrated(t.Context()); err != nil || !ready {
		t.Fatalf("the tables are not those of this program: %v", err)
	}
	return On(db)
}

// Schema makes an empty schema on the MariaDB server, dropped at the end of the
// test, and returns its SUNLOT_DSN.
func Schema(t testing.TB) string {
	t.Helper()
	dsn, drop, err := NewSchema(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(drop)
	return dsn
}

// NewSchema is Schema for what several tests share; the caller drops it.
func NewSchema(ctx context.Context) (dsn string, drop func(), err error) {
	server, err := server()
	if err != nil {
		return "", nil, err
	}
	admin, err := sql.Open("mysql", driverDSN(server, "/"))
	if err != nil {
		return "", nil, err
	}
	name := "test_" + event.NewID()
	if _, err := admin.ExecContext(ctx,
		"CREATE DATABASE "+name+" CHARACTER SET utf8mb4 COLLATE utf8mb4_bin"); err != nil {
		admin.Close()
		return "", nil, err
	}
	return "mysql://" + server.User.String() + "@" + server.Host + "/" + name, func() {
		admin.ExecContext(context.Background(), "DROP DATABASE "+name)
		admin.Close()
	}, nil
}

// server is the MariaDB server: that of SUNLOT_TEST_MYSQL
// (mysql://user:password@host:port/, an account that may make schemas and
// accounts), or one that this process starts once.
var server = sync.OnceValues(func() (*url.URL, error) {
	given := os.Getenv("SUNLOT_TEST_MYSQL")
	if given == "" {
		host, err := attend()
		return &url.URL{User: url.User("root"), Host: host}, err
	}
	address, err := url.Parse(given)
	if err != nil || address.Host == "" || address.User == nil {
		return nil, fmt.Errorf("storetest: SUNLOT_TEST_MYSQL must look like mysql://root@127.0.0.1:3307/")
	}
	return address, nil
})

// driverDSN is an address as the driver itself reads it.
func driverDSN(at *url.URL, path string) string {
	password, _ := at.User.Password()
	return at.User.Username() + ":" + password + "@tcp(" + at.Host + ")" + path
}

//go:embed mariadb.sh
var script string

// attend starts a server that stops when this process ends, even by a kill: it
// notices that its standard input has ended.
func attend() (string, error) {
	port, err := freePort()
	if err != nil {
		return "", err
	}
	dir, err := os.MkdirTemp("", "sunlot-mariadb-")
	if err != nil {
		return "", err
	}
	// Unit tests survive a crash of the server by being run again, so they need not wait for the disk.
	cmd := exec.Command("sh", "-c", script, "mariadb.sh", "attend", dir, strconv.Itoa(port),
		"--innodb-flush-log-at-trx-commit=0")
	alive, err := cmd.StdinPipe()
	if err != nil {
		return "", err
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		return "", err
	}
	complaint := &strings.Builder{}
	cmd.Stderr = complaint
	if err := cmd.Start(); err != nil {
		return "", err
	}
	if line, _ := bufio.NewReader(out).ReadString('\n'); line != "ready\n" {
		cmd.Wait()
		os.RemoveAll(dir)
		return "", fmt.Errorf("storetest: no MariaDB server: %s", strings.TrimSpace(complaint.String()))
	}
	go func() { // holds the pipe, which would stop the server if it were collected
		cmd.Wait()
		alive.Close()
	}()
	return net.JoinHostPort("127.0.0.1", strconv.Itoa(port)), nil
}

func freePort() (int, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return 0, err
	}
	defer l.Close()
	return l.Addr().(*net.TCPAddr).Port, nil
}
