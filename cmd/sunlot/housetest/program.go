package housetest

import (
	"fmt"
	"math/rand/v2"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"sync"
	"testing"
)

// program is built once for all tests of a process.
var program struct {
	once sync.Once
	dir  string
	err  error
}

// Program is the path of the whole program, as a county runs it.
func Program(t *testing.T) string {
	t.Helper()
	program.once.Do(func() {
		program.dir, program.err = os.MkdirTemp("", "sunlot-program-")
		if program.err == nil {
			program.err = build(filepath.Join(program.dir, "sunlot"))
		}
	})
	if program.err != nil {
		t.Fatal(program.err)
	}
	return filepath.Join(program.dir, "sunlot")
}

// Built is the program built with more flags.
func Built(t *testing.T, flags ...string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "sunlot")
	if err := build(path, flags...); err != nil {
		t.Fatal(err)
	}
	return path
}

func build(path string, flags ...string) error {
	words := append(append([]string{"build"}, flags...), "-o", path, "sunlot/cmd/sunlot")
	if out, err := exec.Command("go", words...).CombinedOutput(); err != nil {
		return fmt.Errorf("go build: %w\n%s", err, out)
	}
	return nil
}

// Address is one that a program may listen at again and again: the system gives
// its port to nobody who asks for any.
func Address(t *testing.T) string {
	t.Helper()
	for range 100 {
		l, err := net.Listen("tcp", fmt.Sprint("127.0.0.1:", 20000+rand.N(12000)))
		if err == nil {
			l.Close()
			return l.Addr().String()
		}
	}
	t.Fatal("no port is free")
	return ""
}
