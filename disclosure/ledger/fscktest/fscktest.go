// Package fscktest lets tests ask a verifier that was written by others:
// fsck of transparency-dev/tessera, for logs in the format of C2SP tlog-tiles.
package fscktest

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"
)

const (
	module  = "github.com/transparency-dev/tessera/cmd/fsck"
	version = "v1.0.4"
	limit   = time.Minute
)

// Run checks the log below that address (with /log) and returns what fsck says.
// ok is true only when it says that it succeeded: its exit status is 0 either way.
func Run(t testing.TB, url, verifierKey string) (said string, ok bool) {
	t.Helper()
	program, err := installed()
	if err != nil {
		t.Fatal(err)
	}
	key := filepath.Join(t.TempDir(), "key")
	if err := os.WriteFile(key, []byte(verifierKey), 0o600); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(context.Background(), limit)
	defer cancel()
	out, err := exec.CommandContext(ctx, program, "-storage_url", url+"/", "-public_key", key, "-N", "4",
		"-ui=false").CombinedOutput()
	if ctx.Err() != nil {
		t.Fatalf("fsck did not end within %v:\n%s", limit, out)
	}
	return string(out), err == nil && strings.Contains(string(out), "Successfully fsck'd")
}

// installed is the path of the program, in .cache/bin of the checkout. It is
// built at first use and appears there whole, so that packages may test at once.
var installed = sync.OnceValues(func() (string, error) {
	mod, err := exec.Command("go", "env", "GOMOD").Output()
	if err != nil {
		return "", err
	}
	bin := filepath.Join(filepath.Dir(strings.TrimSpace(string(mod))), ".cache", "bin")
	program := filepath.Join(bin, "fsck-"+version)
	if _, err := os.Stat(program); err == nil {
		return program, nil
	}
	if err := os.MkdirAll(bin, 0o755); err != nil {
		return "", err
	}
	fresh, err := os.MkdirTemp(bin, "fsck-")
	if err != nil {
		return "", err
	}
	defer os.RemoveAll(fresh)
	install := exec.Command("go", "install", module+"@"+version)
	install.Env = append(os.Environ(), "GOBIN="+fresh, "GOFLAGS=")
	if out, err := install.CombinedOutput(); err != nil {
		return "", fmt.Errorf("fscktest: go install %s@%s: %w\n%s", module, version, err, out)
	}
	return program, os.Rename(filepath.Join(fresh, "fsck"), program)
})
