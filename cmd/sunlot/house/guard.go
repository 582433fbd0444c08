package house

import (
	"errors"
	"log/slog"
	"os"
	"path/filepath"
	"strings"

	"sunlot/disclosure/ledger"
)

// stateDir is where programs of this account keep what must outlive their data
// (XDG Base Directory Specification, XDG_STATE_HOME); empty for an account
// without a home.
func stateDir() string {
	if base := os.Getenv("XDG_STATE_HOME"); filepath.IsAbs(base) {
		return filepath.Join(base, "sunlot")
	}
	home, err := os.UserHomeDir()
	if err != nil {
		return ""
	}
	return filepath.Join(home, ".local", "state", "sunlot")
}

// guard is the log's guard. A folder that the operator named must be there to be
// written; where the usual one cannot be, the guard is beside the data alone,
// and the log says so.
func (c Config) guard() (ledger.Guard, error) {
	g := ledger.Guard{Path: filepath.Join(c.Data, "checkpoint"), Outside: c.Guard}
	usual := c.Guard == "" || c.Guard == stateDir()
	err := outside(c.Data, c.Guard)
	if err == nil {
		return g, nil
	}
	if !usual {
		return g, errors.Join(errors.New("SUNLOT_GUARD must be a folder outside SUNLOT_DATA that can be written"), err)
	}
	slog.Warn("what was signed last is kept in the data folder alone: a copy of it, or one put back, would sign "+
		"a second history. Name a folder elsewhere by SUNLOT_GUARD", "err", err)
	g.Outside = ""
	return g, nil
}

// outside makes the folder and tries whether it can be written. What lies in the
// data folder is copied with it and guards nothing.
func outside(data, dir string) error {
	if dir == "" {
		return errors.New("no folder")
	}
	data, err := filepath.Abs(data)
	if err != nil {
		return err
	}
	dir, err = filepath.Abs(dir)
	if err != nil {
		return err
	}
	if dir == data || strings.HasPrefix(dir, data+string(filepath.Separator)) {
		return errors.New(dir + " lies in " + data)
	}
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return err
	}
	f, err := os.CreateTemp(dir, "try.*")
	if err != nil {
		return err
	}
	return errors.Join(f.Close(), os.Remove(f.Name()))
}
