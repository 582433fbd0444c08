// Package internal keeps the floor plan: who may stand on whom.
package internal

import (
	"os/exec"
	"slices"
	"strings"
	"testing"
)

const mod = "sunlot/"

// floors lists every package from the bottom up. A package stands only on those
// above it in this list; one that is not listed fails the test, so that a new
// one finds its floor first. Packages of one line do not stand on each other.
var floors = [][]string{
	{"internal/typed"},
	{"internal/fault"},
	{"internal/gate"},
	{"internal/event", "internal/money", "internal/calendar", "internal/blob"},
	{"disclosure/words"},
	{"internal/identity"},
	{"internal/casework", "internal/finding"},
	{"disclosure/ledger", "disclosure/privacy"},
	{"disclosure", "disclosure/mailbox"},

	{"trading/rules", "trading/mode", "trading/statement"},
	{"trading", "trading/citing", "trading/amending"},
	{"trading/register"},
	{"trading/rolls"},
	{"trading/resolving"},
	{"trading/tendering"},
	{"trading/bidding"},
	{"trading/contracts"},
	{"trading/works"},

	{"disclosure/power", "admin/lead"},
	{"disclosure/verify"},
	{"web", "livestream"},
	{"web/table"},
	{"web/public/parts"},
	{
		"web/public/about",
		"web/public/account", "web/public/bidding", "web/public/files", "web/public/home", "web/public/log",
		"web/public/notice",
		"web/public/report", "web/public/results", "web/public/share", "web/public/village", "web/public/works",
		"web/api", "admin",
	},
	{
		"admin/register", "admin/rolls", "admin/resolving", "admin/tendering", "admin/bidding", "admin/contracts",
		"admin/works", "admin/power", "admin/privacy", "admin/citing", "admin/amending", "admin/county",
	},
	{"admin/lead/room"},

	{"internal/store"},
	{"internal/store/ledgerdb", "internal/store/identitydb"},
	{"internal/store/caseworkdb", "internal/store/mailboxdb", "internal/store/leaddb"},
	{"internal/store/tradingdb", "internal/store/disclosuredb"},
	{"internal/store/worksdb", "internal/store/rollsdb"},
}

// only narrows what the floors would allow.
var only = map[string][]string{
	"admin/lead": {"disclosure/mailbox", "internal/casework", "internal/fault", "internal/calendar",
		"internal/event", "internal/identity"},
	"web": {"internal/calendar", "internal/casework", "internal/event", "internal/fault",
		"internal/identity", "internal/money", "internal/typed", "disclosure", "disclosure/words"},
	"web/public/account": {"web", "internal/identity", "internal/fault"},
	"web/public/report":  {"web", "disclosure/mailbox", "internal/identity", "internal/fault"},
	"livestream":         {"internal/event", "internal/fault", "internal/calendar"},
}

// walls are what the order of the floors would allow and the plan does not.
var walls = []struct {
	why string
	may func(pkg, other string) bool
}{
	{"the discipline house is known to its own rooms alone", func(pkg, other string) bool {
		own := pkg == "admin/lead/room" || pkg == "internal/store/leaddb" || slices.Contains(tops, pkg)
		return other != "admin/lead" || own
	}},
	{"a room of screens stands on no other", func(pkg, other string) bool {
		parts := other == "web/public/parts" && strings.HasPrefix(pkg, "web/public/")
		return !isRoom(pkg) || !isRoom(other) || parts
	}},
	{"what only computes knows no room", func(pkg, other string) bool {
		pure := pkg == "trading/rules" || pkg == "trading/mode" || pkg == "trading/statement"
		return !pure || slices.Contains([]string{"internal/fault", "internal/money", "internal/calendar"}, other)
	}},
	{"the engine knows no noun", func(pkg, other string) bool {
		return pkg != "internal/store" || strings.HasPrefix(other, "internal/")
	}},
	{"what every room stands on knows none of them", func(pkg, other string) bool {
		small := strings.HasPrefix(pkg, "internal/") && !strings.HasPrefix(pkg, "internal/store") &&
			!slices.Contains(tops, pkg)
		return !small || strings.HasPrefix(other, "internal/") || other == "disclosure/words"
	}},
	{"trading knows of disclosure the log, its words and what must not be public", func(pkg, other string) bool {
		trading := (pkg == "trading" || strings.HasPrefix(pkg, "trading/")) && !slices.Contains(tops, pkg)
		return !trading || !strings.HasPrefix(other, "disclosure") ||
			slices.Contains([]string{"disclosure/words", "disclosure/ledger", "disclosure/privacy"}, other)
	}},
	{"only the program and the tests know the demonstration", func(pkg, other string) bool {
		return other != "cmd/sunlot/demo" || pkg == "cmd/sunlot" || strings.HasPrefix(pkg, "cmd/sunlot/housetest")
	}},
}

// isRoom says whether a package is a room of screens, which the kits are not.
func isRoom(pkg string) bool {
	if pkg == "admin/lead" || pkg == "admin/admintest" {
		return false
	}
	return strings.HasPrefix(pkg, "web/public/") || strings.HasPrefix(pkg, "admin/") || pkg == "web/api" ||
		pkg == "livestream"
}

// tops may import everything: the program and what only tests use.
var tops = []string{"cmd/sunlot", "cmd/sunlot/house", "cmd/sunlot/demo", "cmd/sunlot/housetest",
	"cmd/sunlot/housetest/badinput",
	"cmd/sunlot/housetest/hostile",
	"internal", "internal/store/storetest", "trading/tradingtest", "admin/admintest",
	"web/webtest", "internal/casework/lifecycletest", "disclosure/ledger/fscktest"}

// against lists why a package may not stand on another of ours; nothing when it may.
func against(pkg, other string) (why []string) {
	if allowed, narrowed := only[pkg]; narrowed && !slices.Contains(allowed, other) {
		why = append(why, "it is not among those named")
	}
	if !slices.Contains(tops, pkg) && floorOf(other) >= floorOf(pkg) {
		why = append(why, "the arrow goes up")
	}
	for _, wall := range walls {
		if !wall.may(pkg, other) {
			why = append(why, wall.why)
		}
	}
	return why
}

// TestTheWallsStand: each of these would be a hole.
func TestTheWallsStand(t *testing.T) {
	for _, hole := range [][2]string{
		{"disclosure/verify", "admin/lead"}, {"web/api", "admin/lead"}, {"web/public/notice", "admin/lead"},
		{"admin/county", "admin/lead"}, {"internal/store/mailboxdb", "admin/lead"},
		{"admin/works", "web/public/home"}, {"admin/works", "web/api"}, {"admin/works", "web/public/parts"},
		{"admin/lead/room", "admin/county"}, {"web/public/home", "web/public/log"}, {"web/api", "livestream"},
		{"trading/rules", "disclosure/mailbox"}, {"trading/mode", "internal/identity"},
		{"trading/bidding", "disclosure/mailbox"}, {"internal/store", "trading/bidding"},
		{"internal/casework", "disclosure/ledger"}, {"cmd/sunlot/house", "cmd/sunlot/demo"},
		{"web/public/report", "internal/casework"}, {"trading", "trading/bidding"}, {"web", "trading"},
	} {
		if len(against(hole[0], hole[1])) == 0 {
			t.Errorf("%s may stand on %s", hole[0], hole[1])
		}
	}
	for _, way := range [][2]string{
		{"web/public/home", "web/public/parts"}, {"admin/lead/room", "admin/lead"}, {"cmd/sunlot", "cmd/sunlot/demo"},
		{"internal/store/leaddb", "admin/lead"}, {"trading/bidding", "disclosure/ledger"},
	} {
		if why := against(way[0], way[1]); len(why) > 0 {
			t.Errorf("%s may not stand on %s: %v", way[0], way[1], why)
		}
	}
}

// floorOf is a package's place in floors; a package of the program is above all.
func floorOf(pkg string) int {
	at := slices.IndexFunc(floors, func(line []string) bool { return slices.Contains(line, pkg) })
	if at < 0 {
		return len(floors)
	}
	return at
}

// outside says where the libraries that make a floor are allowed.
var outside = map[string]func(pkg string) bool{
	"gorm.io/":                  func(pkg string) bool { return strings.HasPrefix(pkg, "internal/store") },
	"github.com/glebarez/":      func(pkg string) bool { return strings.HasPrefix(pkg, "internal/store") },
	"github.com/go-sql-driver/": func(pkg string) bool { return strings.HasPrefix(pkg, "internal/store") },
	"database/sql": func(pkg string) bool {
		return strings.HasPrefix(pkg, "internal/store") || pkg == "cmd/sunlot/housetest"
	},
	"github.com/gofiber/": screen,
	"github.com/valyala/": screen,
	"sunlot/internal/store": func(pkg string) bool {
		return slices.Contains(tops, pkg) || strings.HasPrefix(pkg, "internal/store")
	},
	"github.com/gorilla/websocket": func(pkg string) bool { return pkg == "livestream" },
}

func screen(pkg string) bool {
	for _, room := range []string{"web", "admin", "livestream", "cmd/sunlot"} {
		if pkg == room || strings.HasPrefix(pkg, room+"/") {
			return pkg != "admin/lead"
		}
	}
	return false
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
		top := slices.Contains(tops, pkg)
		if floorOf(pkg) == len(floors) && !top {
			t.Errorf("%s has no floor: add it to the plan", pkg)
		}
		for _, imp := range words[1:] {
			for prefix, may := range outside {
				if strings.HasPrefix(imp, prefix) && !may(pkg) {
					t.Errorf("%s must not know %s", pkg, imp)
				}
			}
			if ours, ok := strings.CutPrefix(imp, mod); ok {
				for _, wrong := range against(pkg, ours) {
					t.Errorf("%s must not stand on %s: %s", pkg, ours, wrong)
				}
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
