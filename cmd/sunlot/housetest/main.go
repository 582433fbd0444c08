package housetest

import (
	"log/slog"
	"os"
	"testing"
)

// Main runs a package's tests quietly and clears what they shared. It is called
// by the TestMain of each package whose tests open a House.
func Main(m *testing.M) {
	slog.SetDefault(slog.New(slog.DiscardHandler))
	code := m.Run()
	for _, f := range foundations {
		f.clear()
	}
	os.RemoveAll(program.dir)
	os.Exit(code)
}
