package house_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"sunlot/cmd/sunlot/housetest"
	"sunlot/cmd/sunlot/housetest/badinput"
)

// TestEveryMutatingRouteIsTried: each belongs to a room whose own test tries its
// routes with bad input and fails for one that it leaves out. A route of nobody's
// fails here, and so does a room that has no route or no such test.
func TestEveryMutatingRouteIsTried(t *testing.T) {
	rooms := map[string]int{}
	for _, r := range badinput.Rooms {
		rooms[r.Package] = 0
	}
	for _, route := range housetest.OnSQLite(t).Kit.Routes() {
		if !badinput.Mutating(route) {
			continue
		}
		room := badinput.RoomOf(route)
		if room == "" {
			t.Errorf("%s %s belongs to no room, so nothing bad is tried on it", route.Method, route.Path)
			continue
		}
		rooms[room]++
	}
	for room, routes := range rooms {
		if routes == 0 {
			t.Errorf("%s is listed and changes nothing", room)
		}
		if !triesBadInput(t, room) {
			t.Errorf("no test in %s runs badinput", room)
		}
	}
}

// triesBadInput says whether a test in the folder runs its trials.
func triesBadInput(t *testing.T, folder string) bool {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(housetest.File(folder), "*_test.go"))
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range files {
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		if strings.Contains(string(text), "\tbadinput.Run(t, badinput.Trials{") {
			return true
		}
	}
	return false
}
