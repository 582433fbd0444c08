// Package blob keeps files named by their SHA-256.
package blob

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"sunlot/internal/fault"
)

// Store keeps files in one folder. Several servers share the folder.
type Store struct{ Dir string }

// Put keeps the bytes and returns their SHA-256 in hex. The file is whole or
// not there: it is written beside, flushed and then renamed. The same bytes
// again are the same file.
func (s Store) Put(body []byte) (string, error) {
	sum := sha256.Sum256(body)
	name := hex.EncodeToString(sum[:])
	path := s.path(name)
	if _, err := os.Stat(path); err == nil {
		return name, nil
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return "", err
	}
	f, err := os.CreateTemp(filepath.Dir(path), "new-*")
	if err != nil {
		return "", err
	}
	_, err = f.Write(body)
	err = errors.Join(err, f.Sync(), f.Close())
	if err == nil {
		err = os.Rename(f.Name(), path)
	}
	if err != nil {
		return "", errors.Join(err, os.Remove(f.Name()))
	}
	return name, nil
}

// Open returns the bytes of that SHA-256, or fault.NotFound.
func (s Store) Open(name string) ([]byte, error) {
	if len(name) != 64 || strings.Trim(name, "0123456789abcdef") != "" {
		return nil, fault.New(fault.NotFound, "没有找到这个文件")
	}
	body, err := os.ReadFile(s.path(name))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, fault.New(fault.NotFound, "没有找到这个文件")
	}
	return body, err
}

func (s Store) path(name string) string { return filepath.Join(s.Dir, name[:2], name) }
