package ledger

import (
	"errors"
	"io/fs"
	"os"
)

// Guard keeps, in a file outside the database, the newest checkpoint that this
// node has signed or seen. A database restored from a backup is behind it: were
// such a log to sign, there would be two histories for ever.
type Guard struct{ Path string }

// load returns the zero Checkpoint when there is no file yet. A file that this
// key did not sign is an error: it says nothing about this log.
func (g Guard) load(key *Key) (Checkpoint, error) {
	signed, err := os.ReadFile(g.Path)
	if errors.Is(err, fs.ErrNotExist) {
		return Checkpoint{}, nil
	}
	if err != nil {
		return Checkpoint{}, err
	}
	c, err := OpenCheckpoint(string(signed), key.verifier)
	if err != nil {
		return Checkpoint{}, errors.Join(errors.New("ledger: "+g.Path+" is not a checkpoint of this log"), err)
	}
	return c, nil
}

func (g Guard) save(signed string) error { return writeFile(g.Path, signed) }
