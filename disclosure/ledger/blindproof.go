package ledger

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"time"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"

	"sunlot/internal/event"
)

// blindTree is the tree of a tick's 1,024 slots: RFC 6962 hashes, level 0 the
// slots' leaf hashes.
type blindTree [][]tlog.Hash

func newBlindTree(seed [32]byte, placed []Slotted) blindTree {
	level := make([]tlog.Hash, slots)
	for i := range level {
		filler := filler(seed, i)
		level[i] = tlog.RecordHash(filler[:])
	}
	for _, p := range placed {
		level[p.Slot] = tlog.RecordHash(p.Commitment[:])
	}
	tree := blindTree{level}
	for len(level) > 1 {
		up := make([]tlog.Hash, len(level)/2)
		for i := range up {
			up[i] = tlog.NodeHash(level[2*i], level[2*i+1])
		}
		tree, level = append(tree, up), up
	}
	return tree
}

// filler is what a slot without a commitment holds: nobody without the seed can
// tell it from one.
func filler(seed [32]byte, slot int) [32]byte {
	text := append([]byte("sunlot blind filler v1\n"), seed[:]...)
	return sha256.Sum256(binary.BigEndian.AppendUint32(text, uint32(slot)))
}

func (t blindTree) root() tlog.Hash { return t[len(t)-1][0] }

// path lists the siblings from the slot up to below the root, in hex.
func (t blindTree) path(slot int) []string {
	var path []string
	for _, level := range t[:len(t)-1] {
		path = append(path, hex.EncodeToString(level[slot^1][:]))
		slot /= 2
	}
	return path
}

// Promise says that a commitment will be in a tick by a time.
type Promise struct {
	Origin     string
	Commitment [32]byte
	Due        time.Time
}

// The first line differs from any origin line, so that a promise can never be
// taken for a checkpoint.
const promiseHeader = "sunlot blind promise v1"

func (p Promise) text() string {
	return fmt.Sprintf("%s\n%s\n%x\n%s\n", promiseHeader, p.Origin, p.Commitment, p.Due.Format(event.TimeFormat))
}

// OpenPromise reads a promise and checks that the log's key signed it.
func OpenPromise(signed string, verifier note.Verifier) (Promise, error) {
	text, err := open(signed, verifier)
	if err != nil {
		return Promise{}, fmt.Errorf("promise: %w", err)
	}
	lines := strings.Split(text, "\n")
	if len(lines) != 5 {
		return Promise{}, errors.New("promise: malformed")
	}
	c, ok := ParseHash(lines[2])
	due, err := time.Parse(event.TimeFormat, lines[3])
	p := Promise{Origin: lines[1], Commitment: c, Due: due}
	if !ok || err != nil || p.text() != text || p.Origin != verifier.Name() {
		return Promise{}, errors.New("promise: malformed")
	}
	return p, nil
}

// BlindProof proves offline that a commitment is in the log: its path in a
// tick's tree, the tick's leaf, and that leaf's receipt. It tells nothing about
// any other slot.
type BlindProof struct {
	Commitment string   `json:"commitment"` // hex
	Slot       int      `json:"slot"`
	Path       []string `json:"path"` // ten hashes, hex, from the slot's sibling upwards
	Leaf       string   `json:"leaf"`
	Receipt    string   `json:"receipt"` // c2sp.org/tlog-proof@v1
}

// Verify checks the whole proof without any server and returns the tick's event.
func (p BlindProof) Verify(verifier note.Verifier) (event.Event, error) {
	receipt, err := ParseReceipt(p.Receipt)
	if err != nil {
		return event.Event{}, err
	}
	if _, err := receipt.Verify([]byte(p.Leaf), verifier); err != nil {
		return event.Event{}, err
	}
	e, err := event.Parse([]byte(p.Leaf))
	if err != nil {
		return event.Event{}, err
	}
	var facts Tick
	if err := json.Unmarshal(e.Facts, &facts); err != nil || e.Stream != BlindStream || e.Kind != BlindKind {
		return event.Event{}, errors.New("blind proof: the leaf is not a blind tick")
	}
	root, err := p.climb()
	if err != nil {
		return event.Event{}, err
	}
	if hex.EncodeToString(root[:]) != facts.Root {
		return event.Event{}, errors.New("blind proof: the path does not lead to the tick's root")
	}
	return e, nil
}

func (p BlindProof) climb() (tlog.Hash, error) {
	c, ok := ParseHash(p.Commitment)
	if !ok || p.Slot < 0 || p.Slot >= slots || slots != 1<<len(p.Path) {
		return tlog.Hash{}, errors.New("blind proof: malformed")
	}
	h, slot := tlog.RecordHash(c[:]), p.Slot
	for _, text := range p.Path {
		sibling, ok := ParseHash(text)
		if !ok {
			return tlog.Hash{}, errors.New("blind proof: malformed path")
		}
		if slot%2 == 0 {
			h = tlog.NodeHash(h, sibling)
		} else {
			h = tlog.NodeHash(sibling, h)
		}
		slot /= 2
	}
	return h, nil
}
