package badinput

import (
	"path/filepath"
	"strings"
	"testing"

	"sunlot/cmd/sunlot/housetest"
	"sunlot/web"
)

// Room is a package of screens with the addresses at which something may be
// changed there.
type Room struct {
	Package  string // its folder
	Prefixes []string
}

// Rooms says which package answers for which mutating routes. A route belongs to
// the room of its longest prefix, which ends where a part of the path ends.
var Rooms = []Room{
	{"admin", []string{"/office/drafts"}},
	{"admin/register", []string{"/office/assets", "/office/asset-drafts"}},
	{"admin/rolls", []string{"/office/rolls"}},
	{"admin/resolving", []string{"/office/resolutions"}},
	{"admin/tendering", []string{"/office/tenders", "/office/supplements"}},
	{"admin/bidding", []string{"/office/registrations", "/office/deposits", "/office/objections",
		"/office/withdrawals", "/office/deposit-accounts"}},
	{"admin/contracts", []string{"/office/results"}},
	{"admin/works", []string{"/office/projects", "/office/entries"}},
	{"admin/power", []string{"/office/items"}},
	{"admin/privacy", []string{"/office/numbers", "/office/withheld"}},
	{"admin/citing", []string{"/office/citations"}},
	{"admin/amending", []string{"/office/amendments"}},
	{"admin/county", []string{
		"/office/receivers", "/office/orgs", "/office/people", "/office/accounts", "/office/roles", "/office/calendar",
	}},
	{"web/public/account", []string{"/join", "/login", "/logout", "/care", "/password"}},
	{"web/public/bidding", []string{"/practice", "/registrations", "/lots/:id/registrations", "/lots/:id/bids"}},
	{"web/public/results", []string{"/lots/:id/objections", "/lots/:id/contract"}},
	{"web/public/report", []string{"/report"}},
	{"web/api", []string{"/api/v1"}},
}

// RoomOf is the package that answers for a route; "" when none does.
func RoomOf(route web.Route) (room string) {
	longest := 0
	for _, r := range Rooms {
		for _, prefix := range r.Prefixes {
			under := route.Path == prefix || strings.HasPrefix(route.Path, prefix+"/")
			if under && len(prefix) > longest {
				room, longest = r.Package, len(prefix)
			}
		}
	}
	return room
}

// Mutating says whether something may be changed by a route.
func Mutating(route web.Route) bool { return route.Method != "GET" && route.Method != "HEAD" }

// roomOfFile is the room in whose folder a file lies.
func roomOfFile(t *testing.T, file string) string {
	t.Helper()
	room, err := filepath.Rel(housetest.File("."), filepath.Dir(file))
	if err != nil {
		t.Fatal(err)
	}
	return filepath.ToSlash(room)
}
