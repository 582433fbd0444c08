package house

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// A folder that was named must serve; the usual one is done without, and never
// one inside what it guards.
func TestTheGuardLiesOutside(t *testing.T) {
	data, state := t.TempDir(), t.TempDir()
	t.Setenv("XDG_STATE_HOME", state)
	c := Config{Data: data, Guard: stateDir()}
	g, err := c.guard()
	if err != nil || g.Outside != filepath.Join(state, "sunlot") {
		t.Fatalf("%+v %v", g, err)
	}
	if info, err := os.Stat(g.Outside); err != nil || info.Mode().Perm() != 0o700 {
		t.Errorf("%v %v", info, err)
	}

	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	for _, dir := range []string{filepath.Join(data, "guard"), data, filepath.Join(file, "guard")} {
		c.Guard = dir
		if _, err := c.guard(); err == nil || !strings.Contains(err.Error(), "SUNLOT_GUARD") {
			t.Errorf("%s: %v", dir, err)
		}
	}
	t.Setenv("XDG_STATE_HOME", data)
	c.Guard = stateDir()
	if g, err := c.guard(); err != nil || g.Outside != "" || g.Path != filepath.Join(data, "checkpoint") {
		t.Errorf("the usual folder lies in the data: %+v %v", g, err)
	}
}
