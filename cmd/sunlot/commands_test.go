package main

import (
	"bytes"
	"context"
	"net"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"sunlot/cmd/sunlot/house"
	"sunlot/cmd/sunlot/housetest"
	"sunlot/internal/calendar"
	"sunlot/internal/identity"
	"sunlot/internal/store"
	"sunlot/internal/store/storetest"
)

// settings are the environment of one instance, and nothing else of it.
func settings(t *testing.T, c store.Config) {
	t.Helper()
	for _, name := range []string{"SUNLOT_URL", "SUNLOT_LOG_KEY", "SUNLOT_SECRET", "SUNLOT_RULES"} {
		t.Setenv(name, "")
	}
	if c.Dir == "" {
		c.Dir = t.TempDir()
	}
	t.Setenv("SUNLOT_ADDR", "127.0.0.1:0")
	t.Setenv("SUNLOT_ORIGIN", "sunlot.test/log")
	t.Setenv("SUNLOT_DATA", c.Dir)
	t.Setenv("SUNLOT_GUARD", t.TempDir())
	t.Setenv("SUNLOT_DSN", c.DSN)
	if c.DSN != "" {
		t.Setenv("SUNLOT_SECRET", strings.Repeat("s", 32))
		t.Setenv("SUNLOT_LOG_KEY", "PRIVATE+KEY+unused")
	}
}

// command runs one and returns what it said.
func (s said) run(ctx context.Context, words ...string) error { return Run(ctx, words, s.Buffer) }

type said struct{ *bytes.Buffer }

func TestInitMakesTheCountyOnce(t *testing.T) {
	storetest.EachConfig(t, func(t *testing.T, c store.Config) {
		if c.DSN == "" {
			c.Dir = t.TempDir()
		}
		settings(t, c)
		out := said{&bytes.Buffer{}}
		if err := out.run(t.Context(), "init"); err == nil {
			t.Error("init without a name for the county")
		}
		if err := out.run(t.Context(), "init", "--county", "某某县", "--login", "first.admin"); err != nil {
			t.Fatal(err)
		}
		m := regexp.MustCompile(`one-time password: (\S+)`).FindStringSubmatch(out.String())
		if m == nil {
			t.Fatalf("no password in %q", out.String())
		}
		if err := out.run(t.Context(), "init", "--county", "别的县"); err == nil {
			t.Error("a second county on the same database")
		}
		db := storetest.Open(t, c)
		sessions := &identity.Sessions{
			Store:  db,
			Clock:  calendar.System{},
			Wall:   calendar.System{}.Now,
			Secret: []byte(strings.Repeat("s", 32)),
		}
		tokens, err := sessions.Login(t.Context(), "first.admin", m[1], identity.From{})
		if err != nil {
			t.Fatal(err)
		}
		if who, err := sessions.Authenticate(t.Context(), tokens.Access); err != nil || !who.MustChange ||
			len(who.Memberships) != 1 {
			t.Errorf("%+v, %v", who, err)
		}
	})
}

// TestTheServersHolderIsHeardInPublic: an account is reset at the server only
// after it was announced, and the same again tells until when to wait.
func TestTheServersHolderIsHeardInPublic(t *testing.T) {
	c := store.Config{Dir: t.TempDir()}
	settings(t, c)
	out := said{&bytes.Buffer{}}
	if err := out.run(t.Context(), "init", "--county", "某某县", "--login", "one", "--second", "one"); err == nil {
		t.Error("one person founds a county as two")
	}
	if err := out.run(t.Context(), "init", "--county", "某某县"); err != nil {
		t.Fatal(err)
	}
	if n := strings.Count(out.String(), "one-time password: "); n != 2 {
		t.Errorf("%d passwords in %q", n, out.String())
	}
	for _, words := range [][]string{
		{"account"}, {"account", "reset"}, {"account", "dance", "admin"}, {"account", "reset", "--room"},
		{"account", "reset", "nobody"},
	} {
		if err := out.run(t.Context(), words...); err == nil {
			t.Errorf("%v is carried out", words)
		}
	}
	for range 2 {
		out.Reset()
		if err := out.run(t.Context(), "account", "reset", "admin"); err != nil ||
			!strings.Contains(out.String(), "announced in the public log") ||
			strings.Contains(out.String(), "one-time password") {
			t.Errorf("%v, %q", err, out.String())
		}
	}
	db := storetest.Open(t, c)
	if n := storetest.Rows(t, db, "account_proposals"); n != 1 {
		t.Errorf("announced %d times", n)
	}
}

func TestServeAndDemoRefuseEachOthersData(t *testing.T) {
	// A refusal comes at once; a command that serves instead is stopped.
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	out := said{&bytes.Buffer{}}
	dir := t.TempDir()
	settings(t, store.Config{Dir: dir})
	db := storetest.Open(t, store.Config{Dir: dir})
	if err := db.SetSetting(t.Context(), house.DemonstrationMark, "yes"); err != nil {
		t.Fatal(err)
	}
	db.Close()
	if err := out.run(ctx, "serve"); err == nil || !strings.Contains(err.Error(), "demonstration") {
		t.Errorf("serve on a demonstration's data: %v", err)
	}

	settings(t, store.Config{Dir: t.TempDir()})
	if err := out.run(t.Context(), "init", "--county", "某某县"); err != nil {
		t.Fatal(err)
	}
	if err := out.run(ctx, "demo"); err == nil || !strings.Contains(err.Error(), "county's own data") {
		t.Errorf("demo on a county's data: %v", err)
	}
}

// TestATakenAddressIsSaidFirst: a program whose address another holds says so and
// ends, before it founds, prints or serves anything.
func TestATakenAddressIsSaidFirst(t *testing.T) {
	held, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer held.Close()
	free := housetest.Address(t)
	for _, c := range []struct{ command, addr, leads, names string }{
		{"demo", held.Addr().String(), free, "SUNLOT_ADDR"},
		{"demo", free, held.Addr().String(), "SUNLOT_LEADS_ADDR"},
		{"serve", held.Addr().String(), "", "SUNLOT_ADDR"},
		{"serve", free, held.Addr().String(), "SUNLOT_LEADS_ADDR"},
	} {
		out, dir := said{&bytes.Buffer{}}, t.TempDir()
		settings(t, store.Config{Dir: dir})
		t.Setenv("SUNLOT_ADDR", c.addr)
		t.Setenv("SUNLOT_LEADS_ADDR", c.leads)
		ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
		err := out.run(ctx, c.command)
		cancel()
		if err == nil || !strings.Contains(err.Error(), c.names) ||
			!strings.Contains(err.Error(), held.Addr().String()) {
			t.Errorf("%s at %s and %s: %v", c.command, c.addr, c.leads, err)
		}
		if files, _ := os.ReadDir(dir); len(files) > 0 || out.Len() > 0 {
			t.Errorf("%s founded %v and printed %q", c.command, files, out)
		}
		again, err := net.Listen("tcp", free)
		if err != nil {
			t.Fatalf("%s keeps %s: %v", c.command, free, err)
		}
		again.Close()
	}
}

func TestSettingsThatCannotBeRight(t *testing.T) {
	settings(t, store.Config{Dir: t.TempDir()})
	for name, words := range map[string][]string{
		"unknown command":     {"dance"},
		"unknown flag":        {"serve", "--dance"},
		"a word too many":     {"serve", "now"},
		"address":             {"serve", "--addr", "8080"},
		"short secret":        {"serve", "--secret", "short"},
		"nodes without a key": {"serve", "--dsn", "mysql://root@127.0.0.1:1/x"},
		"rules":               {"serve", "--rules", "nowhere"},
		"database": {"serve", "--dsn", "postgres://x", "--secret", strings.Repeat("s", 32), "--log-key",
			"x"},
		"verify nothing": {"verify"},
		"verify nobody":  {"verify", "http://127.0.0.1:1"},
	} {
		if err := (said{&bytes.Buffer{}}).run(t.Context(), words...); err == nil {
			t.Errorf("%s: no complaint", name)
		}
	}
	out := said{&bytes.Buffer{}}
	if err := out.run(t.Context(), "version"); err != nil || !strings.HasPrefix(out.String(), "sunlot ") {
		t.Errorf("version: %q, %v", out.String(), err)
	}
}

func TestNewKeysAreTakenByServe(t *testing.T) {
	out := said{&bytes.Buffer{}}
	settings(t, store.Config{Dir: t.TempDir()})
	if err := out.run(t.Context(), "init", "--new-keys", "--origin", "county.test/log"); err != nil {
		t.Fatal(err)
	}
	m := regexp.MustCompile(`SUNLOT_SECRET=(\S{64})\nSUNLOT_LOG_KEY=(\S+)\n.*: (county\.test/log\+\S+)\n`).
		FindStringSubmatch(out.String())
	if m == nil {
		t.Fatalf("%q", out.String())
	}
	c := house.Config{Secret: m[1], LogKey: m[2], Origin: "county.test/log"}
	if key, err := c.Key(); err != nil || key.Text() != m[3] {
		t.Errorf("%v, %v", key, err)
	}
	c.Origin = "elsewhere.test/log"
	if _, err := c.Key(); err == nil {
		t.Error("a key of another origin is taken")
	}
}

// TestServeHasNoSettableClock looks for the demonstration's doors in a county's own house.
func TestServeHasNoSettableClock(t *testing.T) {
	dir := t.TempDir()
	db := storetest.Open(t, store.Config{Dir: dir})
	var ring house.Bell
	h, err := house.Build(t.Context(), house.Config{
		URL:    "http://127.0.0.1:8080",
		Data:   dir,
		Origin: "sunlot.test/log",
		Rules:  "shifan",
	}, db.Engine(), calendar.System{}, &ring, nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range h.Kit.Routes() {
		if strings.Contains(r.Path, "demo") {
			t.Errorf("%s %s", r.Method, r.Path)
		}
	}
	if undeclared := h.Kit.Undeclared(); len(undeclared) > 0 {
		t.Errorf("routes without a policy: %v", undeclared)
	}
	if kept, err := filepath.Glob(filepath.Join(dir, "*")); err != nil || len(kept) == 0 {
		t.Errorf("nothing is kept in the folder: %v", err)
	}
}
