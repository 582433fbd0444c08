package ledger

import (
	"encoding/base64"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

const receiptHeader = "c2sp.org/tlog-proof@v1"

// Receipt proves offline that a leaf is in the log: its index, the path from it
// to the root, and the checkpoint verbatim, with all its signatures.
type Receipt struct {
	Index      int64
	Path       tlog.RecordProof
	Checkpoint string
}

// String writes the receipt as c2sp.org/tlog-proof@v1.
func (r Receipt) String() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s\nindex %d\n", receiptHeader, r.Index)
	for _, h := range r.Path {
		b.WriteString(base64.StdEncoding.EncodeToString(h[:]) + "\n")
	}
	return b.String() + "\n" + r.Checkpoint
}

// ParseReceipt reads a c2sp.org/tlog-proof@v1. An "extra" line is skipped: it
// is not authenticated.
func ParseReceipt(text string) (Receipt, error) {
	malformed := errors.New("receipt: malformed")
	head, checkpoint, ok := strings.Cut(text, "\n\n")
	lines := strings.Split(head, "\n")
	if !ok || lines[0] != receiptHeader {
		return Receipt{}, malformed
	}
	lines = lines[1:]
	if len(lines) > 0 && strings.HasPrefix(lines[0], "extra ") {
		lines = lines[1:]
	}
	if len(lines) == 0 || len(lines) > 64 {
		return Receipt{}, malformed
	}
	number, ok := strings.CutPrefix(lines[0], "index ")
	index, valid := parseSize(number)
	if !ok || !valid {
		return Receipt{}, malformed
	}
	r := Receipt{Index: index, Checkpoint: checkpoint}
	for _, line := range lines[1:] {
		h, ok := parseHash64(line)
		if !ok {
			return Receipt{}, malformed
		}
		r.Path = append(r.Path, h)
	}
	return r, nil
}

// Verify checks that exactly these bytes are the leaf at r.Index of a tree
// whose checkpoint the verifier's key signed. It needs no server.
func (r Receipt) Verify(leaf []byte, verifier note.Verifier) (Checkpoint, error) {
	c, err := OpenCheckpoint(r.Checkpoint, verifier)
	if err != nil {
		return Checkpoint{}, err
	}
	if r.Index < 0 || r.Index >= c.Size {
		return Checkpoint{}, errors.New("receipt: index " + strconv.FormatInt(r.Index, 10) + " is not in the tree")
	}
	return c, tlog.CheckRecord(r.Path, c.Size, c.Root, r.Index, LeafHash(leaf))
}
