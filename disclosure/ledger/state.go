package ledger

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

// state is what a verifier remembers of its last success: the key, an empty
// line, the signed checkpoint verbatim. Without it, or an outside witness,
// nobody can tell a history from a rewritten one that was signed again.
type state struct {
	key        string
	signed     string
	checkpoint Checkpoint
}

// loadState returns nil when no file is named or there is none yet. A damaged
// file is an error: it must not pass for a first verification.
func loadState(path string) (*state, error) {
	if path == "" {
		return nil, nil
	}
	text, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	key, signed, _ := strings.Cut(string(text), "\n\n")
	verifier, err := note.NewVerifier(key)
	if err != nil {
		return nil, fmt.Errorf("the state file %s is damaged: %w", path, err)
	}
	c, err := OpenCheckpoint(signed, verifier)
	if err != nil {
		return nil, fmt.Errorf("the state file %s is damaged: %w", path, err)
	}
	return &state{key: key, signed: signed, checkpoint: c}, nil
}

func saveState(path string, s state) error { return writeFile(path, s.key+"\n\n"+s.signed) }

// rootOf computes the root of a tree of these leaves (RFC 6962, section 2.1).
func rootOf(leaves [][]byte) tlog.Hash {
	if len(leaves) == 0 {
		empty, _ := tlog.TreeHash(0, nil)
		return empty
	}
	var stack []tlog.Hash // roots of full subtrees, largest first
	for i, leaf := range leaves {
		h := LeafHash(leaf)
		for n := i; n&1 == 1; n >>= 1 {
			h = tlog.NodeHash(stack[len(stack)-1], h)
			stack = stack[:len(stack)-1]
		}
		stack = append(stack, h)
	}
	root := stack[len(stack)-1]
	for i := len(stack) - 2; i >= 0; i-- {
		root = tlog.NodeHash(stack[i], root)
	}
	return root
}
