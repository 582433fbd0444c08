package store_test

import (
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"sunlot/internal/store"
	"sunlot/internal/store/storetest"
)

func TestTwoProcessesCannotShareAFolder(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	first := storetest.Open(t, store.Config{Dir: dir})
	_, err := store.Open(t.Context(), store.Config{Dir: dir})
	if err == nil || !strings.Contains(err.Error(), "another process uses the folder") {
		t.Fatalf("second opening: %v", err)
	}
	if err := first.Close(); err != nil {
		t.Fatal(err)
	}
	again, err := store.Open(t.Context(), store.Config{Dir: dir})
	if err != nil {
		t.Fatalf("the folder stays locked after Close: %v", err)
	}
	again.Close()
}

func TestOnlyTheOwnerReadsTheFolder(t *testing.T) {
	t.Parallel()
	dir := filepath.Join(t.TempDir(), "数据 100%?#&")
	migrated(t, store.Config{Dir: dir})
	for name, want := range map[string]os.FileMode{"": 0o700, "sunlot.db": 0o600, "lock": 0o600} {
		info, err := os.Stat(filepath.Join(dir, name))
		if err != nil || info.Mode().Perm() != want {
			t.Errorf("%q has mode %v, want %v (%v)", name, info.Mode().Perm(), want, err)
		}
	}
}

func TestOpenRefuses(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]store.Config{
		"a foreign scheme":     {DSN: "postgres://u:geheim@h/db"},
		"SQLite without dir":   {},
		"no host":              {DSN: "mysql:///db"},
		"an unreadable URL":    {DSN: "mysql://u:geheim@h:port/db"},
		"a wrong option":       {DSN: "mysql://u:geheim@127.0.0.1:1/db?parseTime=perhaps"},
		"a server not there":   {DSN: "mysql://u:geheim@127.0.0.1:1/db"},
		"a folder in a file":   {Dir: "store_test.go/data"},
		"a folder not ours":    {Dir: "/proc/sunlot"},
		"a server with a typo": {DSN: "mysql://u:geheim@no.such.host.invalid/db"},
	} {
		db, err := store.Open(t.Context(), c)
		if err == nil {
			db.Close()
			t.Errorf("%s: opened", name)
			continue
		}
		if strings.Contains(err.Error(), "geheim") {
			t.Errorf("%s: the error repeats the password: %v", name, err)
		}
	}
}

func TestSQLiteKeepsItsPromises(t *testing.T) {
	t.Parallel()
	db := storetest.Open(t, store.Config{Dir: t.TempDir()})
	for pragma, want := range map[string]string{
		"journal_mode": "wal",
		"synchronous":  "2",
		"foreign_keys": "1",
		"busy_timeout": "10000",
	} {
		var got string
		if err := db.Writer().Raw("PRAGMA " + pragma).Row().Scan(&got); err != nil || got != want {
			t.Errorf("%s = %s, want %s (%v)", pragma, got, want, err)
		}
	}
	if err := db.Reader().Exec("INSERT INTO calendar_years (year, body) VALUES (2030, '{}')").Error; err == nil {
		t.Error("the reading pool wrote")
	}
}

func TestSessionSettingsWinOverTheAddress(t *testing.T) {
	t.Parallel()
	dsn := storetest.Schema(t) + "?tx_isolation=%27REPEATABLE-READ%27&time_zone=%27%2B08:00%27&sql_mode=%27%27" +
		"&foreign_key_checks=0&innodb_lock_wait_timeout=1&loc=Asia%2FShanghai" +
		"&parseTime=false&clientFoundRows=false&multiStatements=true"
	db, err := store.Open(t.Context(), store.Config{DSN: dsn})
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	for variable, want := range map[string]string{"tx_isolation": "READ-COMMITTED", "time_zone": "+00:00",
		"foreign_key_checks": "1", "innodb_lock_wait_timeout": "10", "character_set_connection": "utf8mb4"} {
		var got string
		if err := db.Reader().Raw("SELECT @@" + variable).Row().Scan(&got); err != nil || got != want {
			t.Errorf("%s = %s, want %s (%v)", variable, got, want, err)
		}
	}
	var mode string
	if err := db.Reader().Raw("SELECT @@sql_mode").Row().Scan(&mode); err != nil ||
		!strings.Contains(mode, "STRICT_ALL_TABLES") {
		t.Errorf("sql_mode = %s (%v)", mode, err)
	}
	c, err := store.ParseMySQL(dsn)
	if err != nil || !c.ParseTime || c.Loc != time.UTC || !c.ClientFoundRows || c.MultiStatements {
		t.Errorf("driver settings %+v, %v", c, err)
	}
}

func TestParseMySQL(t *testing.T) {
	t.Parallel()
	c, err := store.ParseMySQL("mysql://village:p%40ss%2Fword@db.example:4000/sunlot?tls=skip-verify")
	if err != nil || c.User != "village" || c.Passwd != "p@ss/word" || c.Addr != "db.example:4000" ||
		c.DBName != "sunlot" || c.TLSConfig != "skip-verify" {
		t.Fatalf("%+v, %v", c, err)
	}
	c, err = store.ParseMySQL("mysql://root@db/x?readTimeout=0s&writeTimeout=1h&timeout=1h")
	if err != nil || c.ReadTimeout != 15*time.Second || c.WriteTimeout != 15*time.Second || c.Timeout > 15*time.Second {
		t.Errorf("a wait without end: %v %v %v, %v", c.Timeout, c.ReadTimeout, c.WriteTimeout, err)
	}
	if c, err = store.ParseMySQL("mysql://root@[::1]/x"); err != nil || c.Addr != "[::1]:3306" {
		t.Fatalf("%+v, %v", c, err)
	}
}

func TestNowIsTheDatabasesClock(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *storetest.DB) {
		now, err := db.Now(t.Context())
		if off := time.Since(now); err != nil || off < -time.Second || off > time.Second {
			t.Fatalf("%v off (%v)", off, err)
		}
	})
}

func TestMigrateTwiceAndTogether(t *testing.T) {
	t.Parallel()
	storetest.EachConfig(t, func(t *testing.T, c store.Config) {
		db, err := store.Open(t.Context(), c)
		if err != nil {
			t.Fatal(err)
		}
		defer db.Close()
		if ready, err := db.Migrated(t.Context()); err != nil || ready {
			t.Fatalf("an empty database counts as migrated (%v)", err)
		}
		var all sync.WaitGroup
		for range 3 {
			all.Go(func() {
				if err := db.Migrate(t.Context()); err != nil {
					t.Error(err)
				}
			})
		}
		all.Wait()
		if ready, err := db.Migrated(t.Context()); err != nil || !ready {
			t.Fatalf("not migrated (%v)", err)
		}
	})
}
