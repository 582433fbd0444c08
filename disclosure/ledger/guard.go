package ledger

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"golang.org/x/sys/unix"
)

// Guard keeps, in files outside the database, the newest checkpoint that this
// node has signed or seen. A database restored from a backup is behind it: were
// such a log to sign, there would be two histories for ever.
type Guard struct {
	// Path is the file beside the data. A copy of the data folder takes it along.
	Path string
	// Outside is a folder apart from the data, whose file is named after the key;
	// empty is none. What is signed from one copy of the data folder is known
	// there to the other copies on this machine, and to a folder put back.
	Outside string
}

// holding is the longest that a node waits until another on this machine has
// signed.
const holding = 5 * time.Second

func (g Guard) files(key *Key) []string {
	if g.Outside == "" {
		return []string{g.Path}
	}
	name := sha256.Sum256([]byte(key.Text()))
	return []string{filepath.Join(g.Outside, hex.EncodeToString(name[:8])+".checkpoint"), g.Path}
}

// hold keeps the others on this machine that have this guard from signing, until
// let is called.
func (g Guard) hold(ctx context.Context, key *Key) (let func(), err error) {
	f, err := os.OpenFile(g.files(key)[0]+".lock", os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return nil, err
	}
	for end := time.Now().Add(holding); ; {
		err := unix.Flock(int(f.Fd()), unix.LOCK_EX|unix.LOCK_NB)
		if err == nil {
			return func() { f.Close() }, nil
		}
		if !errors.Is(err, unix.EWOULDBLOCK) || time.Now().After(end) {
			return nil, errors.Join(fmt.Errorf("ledger: %s is held by another process: %w", f.Name(), err), f.Close())
		}
		if !sleep(ctx, 5*time.Millisecond) {
			return nil, errors.Join(ctx.Err(), f.Close())
		}
	}
}

// load returns the newest checkpoint of the files, the zero Checkpoint when
// there is none yet. A file that this key did not sign is an error: it says
// nothing about this log. So are two histories of one size.
func (g Guard) load(key *Key) (Checkpoint, error) {
	var newest Checkpoint
	for _, path := range g.files(key) {
		signed, err := os.ReadFile(path)
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err != nil {
			return Checkpoint{}, err
		}
		c, err := OpenCheckpoint(string(signed), key.verifier)
		if err != nil {
			return Checkpoint{}, errors.Join(errors.New("ledger: "+path+" is not a checkpoint of this log"), err)
		}
		if newest.Origin != "" && c.Size == newest.Size && c.Root != newest.Root {
			return Checkpoint{}, fmt.Errorf("%w: %d leaves were signed with two roots (%s): "+
				"two copies of the data folder have run", ErrBroken, c.Size, path)
		}
		if newest.Origin == "" || c.Size > newest.Size {
			newest = c
		}
	}
	return newest, nil
}

func (g Guard) save(key *Key, signed string) error {
	for _, path := range g.files(key) {
		if err := writeFile(path, signed); err != nil {
			return err
		}
	}
	return nil
}
