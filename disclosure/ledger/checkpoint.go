package ledger

import (
	"encoding/base64"
	"fmt"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

// Checkpoint is the head of the tree that a signature covers (c2sp.org/tlog-checkpoint).
type Checkpoint struct {
	Origin string
	Size   int64
	Root   tlog.Hash
}

// text is the note that is signed.
func (c Checkpoint) text() string {
	return fmt.Sprintf("%s\n%d\n%s\n", c.Origin, c.Size, base64.StdEncoding.EncodeToString(c.Root[:]))
}

// OpenCheckpoint reads a signed checkpoint and checks its signature and that
// its origin is the verifier's name. Further signatures and extension lines are
// allowed.
func OpenCheckpoint(signed string, verifier note.Verifier) (Checkpoint, error) {
	text, err := open(signed, verifier)
	if err != nil {
		return Checkpoint{}, fmt.Errorf("checkpoint: %w", err)
	}
	c, err := parseCheckpoint(text)
	if err != nil {
		return Checkpoint{}, err
	}
	if c.Origin != verifier.Name() {
		return Checkpoint{}, fmt.Errorf("checkpoint: origin %q, key of %q", c.Origin, verifier.Name())
	}
	return c, nil
}

func parseCheckpoint(text string) (Checkpoint, error) {
	lines := strings.Split(text, "\n")
	if len(lines) < 4 || lines[0] == "" || lines[len(lines)-1] != "" {
		return Checkpoint{}, fmt.Errorf("checkpoint: malformed note text")
	}
	size, ok := parseSize(lines[1])
	if !ok {
		return Checkpoint{}, fmt.Errorf("checkpoint: malformed size %q", lines[1])
	}
	root, ok := parseHash64(lines[2])
	if !ok {
		return Checkpoint{}, fmt.Errorf("checkpoint: malformed root hash %q", lines[2])
	}
	return Checkpoint{Origin: lines[0], Size: size, Root: root}, nil
}

// parseSize reads a decimal without sign or leading zeroes. The bound keeps the
// arithmetic of tree positions far from overflow.
func parseSize(s string) (int64, bool) {
	n, err := strconv.ParseInt(s, 10, 64)
	return n, err == nil && n >= 0 && n < 1<<48 && strconv.FormatInt(n, 10) == s
}

// parseHash64 reads a hash in base64, in its one canonical spelling.
func parseHash64(s string) (tlog.Hash, bool) {
	var h tlog.Hash
	raw, err := base64.StdEncoding.Strict().DecodeString(s)
	if err != nil || len(raw) != tlog.HashSize || base64.StdEncoding.EncodeToString(raw) != s {
		return h, false
	}
	copy(h[:], raw)
	return h, true
}
