package housetest

import (
	"path/filepath"
	"runtime"
)

// File is the path of a file of the repository, for tests wherever they lie.
func File(path string) string {
	_, here, _, _ := runtime.Caller(0)
	return filepath.Join(filepath.Dir(here), "..", "..", "..", path)
}
