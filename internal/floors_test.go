// Package internal keeps the floor plan: who may stand on whom.
package internal

import (
	"os"
	"os/exec"
	"slices"
	"strings"
	"testing"
)

const mod = "sunlot/"

// floors lists what each package may import of ours. A package that is not
// listed fails the test, so that a new one finds its floor first.
var floors = map[string][]string{
	"internal/fault":    {},
	"internal/money":    {"internal/fault"},
	"internal/calendar": {"internal/fault"},
	"internal/event":    {"internal/fault"},
	"internal/blob":     {"internal/fault"},
	"internal/identity": {"internal/fault", "internal/event", "internal/calendar"},
	"internal/casework": {"internal/fault", "internal/event", "internal/calendar", "internal/identity"},
	"disclosure/ledger": {"internal/fault", "internal/event", "internal/calendar"},

	"trading/rules": {"internal/fault"},
	"trading/mode":  {"internal/fault", "internal/money"},
	"trading":       {"internal/casework", "trading/rules", "trading/mode", "disclosure/ledger", "internal/fault", "internal/money", "internal/calendar", "internal/event", "internal/blob", "internal/identity"},
	"trading/works": {"internal/casework", "trading", "trading/rules", "internal/fault", "internal/money", "internal/calendar", "internal/event", "internal/blob", "internal/identity"},
	"disclosure":    {"internal/casework", "disclosure/ledger", "trading", "trading/mode", "trading/works", "internal/fault", "internal/event", "internal/money", "internal/calendar", "internal/identity"},

	"disclosure/mailbox": {"internal/casework", "disclosure/ledger", "internal/fault", "internal/calendar", "internal/event", "internal/identity"},

	"web":        {"internal/casework", "trading", "trading/rules", "disclosure", "internal/fault", "internal/money", "internal/calendar", "internal/event", "internal/identity"},
	"web/public": {"internal/casework", "web", "disclosure/mailbox", "trading", "trading/mode", "trading/works", "trading/rules", "disclosure", "disclosure/ledger", "internal/fault", "internal/money", "internal/calendar", "internal/event", "internal/identity"},
	"web/api":    {"internal/casework", "web", "trading", "trading/mode", "trading/works", "disclosure", "disclosure/ledger", "internal/fault", "internal/money", "internal/calendar", "internal/event", "internal/identity"},
	"admin":      {"internal/casework", "web", "disclosure/mailbox", "trading", "trading/works", "trading/rules", "disclosure", "internal/fault", "internal/money", "internal/calendar", "internal/identity"},

	"admin/lead":      {"internal/casework", "disclosure/mailbox", "internal/fault", "internal/calendar", "internal/event", "internal/identity"},
	"admin/lead/room": {"web", "admin/lead", "disclosure/mailbox", "internal/blob", "internal/fault", "internal/calendar", "internal/identity"},

	"livestream": {"internal/event", "internal/fault", "internal/calendar"},

	"internal/store": {"internal/casework", "disclosure/mailbox", "admin/lead", "trading", "trading/mode", "trading/works", "disclosure", "disclosure/ledger", "internal/fault", "internal/money", "internal/calendar", "internal/event", "internal/identity"},
}

// tops may import everything: the program and what only tests use.
var tops = []string{"cmd/sunlot", "internal", "internal/store/storetest", "trading/tradingtest", "internal/casework/lifecycletest", "disclosure/ledger/fscktest"}

// outside says where the libraries that make a floor are allowed.
var outside = map[string]func(pkg string) bool{
	"gorm.io/":                     func(pkg string) bool { return strings.HasPrefix(pkg, "internal/store") },
	"github.com/glebarez/":         func(pkg string) bool { return strings.HasPrefix(pkg, "internal/store") },
	"github.com/go-sql-driver/":    func(pkg string) bool { return strings.HasPrefix(pkg, "internal/store") },
	"database/sql":                 func(pkg string) bool { return strings.HasPrefix(pkg, "internal/store") },
	"github.com/gofiber/":          screen,
	"github.com/valyala/":          screen,
	"sunlot/internal/store":        func(pkg string) bool { return slices.Contains(tops, pkg) },
	"github.com/gorilla/websocket": func(pkg string) bool { return pkg == "livestream" },
}

func screen(pkg string) bool {
	return pkg == "web" || strings.HasPrefix(pkg, "web/") || pkg == "admin" || pkg == "admin/lead/room" || pkg == "livestream" || pkg == "cmd/sunlot"
}

func TestFloors(t *testing.T) {
	list := exec.Command("go", "list", "-f", `{{.ImportPath}} {{join .Imports " "}}`, "./...")
	list.Dir = ".."
	out, err := list.Output()
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(string(out)) {
		words := strings.Fields(line)
		pkg := strings.TrimPrefix(words[0], mod)
		allowed, listed := floors[pkg]
		if !listed && !slices.Contains(tops, pkg) {
			t.Errorf("%s has no floor: add it to the plan", pkg)
		}
		for _, imp := range words[1:] {
			for prefix, may := range outside {
				if strings.HasPrefix(imp, prefix) && !may(pkg) {
					t.Errorf("%s must not know %s", pkg, imp)
				}
			}
			if ours, ok := strings.CutPrefix(imp, mod); ok && listed && !slices.Contains(allowed, ours) {
				t.Errorf("%s must not stand on %s", pkg, ours)
			}
		}
	}
}

// TestTopLevel keeps the top of the repository to the rooms of the plan.
func TestTopLevel(t *testing.T) {
	rooms := []string{"cmd", "trading", "disclosure", "livestream", "admin", "web", "internal", "docs",
		"Makefile", "README.md", "README.zh-CN.md", "go.mod", "go.sum", "docker-compose.yml"}
	out, err := exec.Command("git", "-C", "..", "ls-tree", "--name-only", "HEAD").Output()
	if err != nil {
		t.Fatal(err)
	}
	for name := range strings.Lines(string(out)) {
		name = strings.TrimSpace(name)
		if !strings.HasPrefix(name, ".") && !slices.Contains(rooms, name) {
			t.Errorf("%s does not belong at the top", name)
		}
	}
}

// TestSizes keeps files and functions as small as the plan asks.
func TestSizes(t *testing.T) {
	out, err := exec.Command("git", "-C", "..", "ls-files", "*.go").Output()
	if err != nil {
		t.Fatal(err)
	}
	for name := range strings.Lines(string(out)) {
		name = strings.TrimSpace(name)
		body, err := os.ReadFile("../" + name)
		if err != nil || strings.HasSuffix(name, "_test.go") {
			continue
		}
		lines := strings.Split(string(body), "\n")
		if len(lines) > 401 {
			t.Errorf("%s has %d lines, the limit is 400", name, len(lines))
		}
		begun := 0
		for i, line := range lines {
			if strings.HasPrefix(line, "func ") && !strings.HasSuffix(line, "}") {
				begun = i
			}
			if line == "}" && begun > 0 {
				if i-begun+1 > 80 {
					t.Errorf("%s:%d: a function of %d lines, the limit is 80", name, begun+1, i-begun+1)
				}
				begun = 0
			}
		}
	}
}
