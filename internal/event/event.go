// Package event says what happened, in order, once.
//
// An event is public from its commit on, and its exact bytes are a leaf of the
// public log. What is not yet public, and what concerns a person, is therefore
// never in an event.
package event

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"time"

	jcs "github.com/cyberphone/json-canonicalization/go/src/webpki.org/jsoncanonicalizer"
)

// MaxLeaf is the size limit of a leaf in bytes (C2SP tlog-tiles, entry bundles).
const MaxLeaf = 65535

// TimeFormat is how a leaf writes an instant: UTC with milliseconds.
const TimeFormat = "2006-01-02T15:04:05.000Z"

// Stream names one noun's ordered events, such as "lot:41".
type Stream string

// Of returns the stream of the noun with that id.
func Of(noun, id string) Stream { return Stream(noun + ":" + id) }

// Noun is the part before the colon, ID the part after it.
func (s Stream) Noun() string { noun, _, _ := strings.Cut(string(s), ":"); return noun }
func (s Stream) ID() string   { _, id, _ := strings.Cut(string(s), ":"); return id }

// Ref points at one event. Events refer to each other by it, never by a place in the log.
type Ref struct {
	Stream Stream `json:"stream"`
	Seq    int64  `json:"seq"`
}

// Event is one thing that happened.
type Event struct {
	Stream Stream
	Seq    int64  // from 1, without a gap within the stream
	Prev   string // SHA-256 in hex of the stream's previous leaf; empty for the first
	At     time.Time
	Kind   string          // noun.past, such as "tender.announced"
	Facts  json.RawMessage // canonical JSON
	Sealed string          // SHA-256 in hex of a 32-byte salt and the private text; empty when there is none
}

// wire is the leaf's JSON.
type wire struct {
	V      int             `json:"v"`
	Stream Stream          `json:"stream"`
	Seq    int64           `json:"seq"`
	Prev   string          `json:"prev"`
	At     string          `json:"at"`
	Kind   string          `json:"kind"`
	Facts  json.RawMessage `json:"facts"`
	Sealed string          `json:"sealed"`
}

// Leaf returns the event's exact bytes in the public log: canonical JSON
// (RFC 8785). It fails when the leaf would exceed MaxLeaf.
func (e Event) Leaf() ([]byte, error) {
	leaf, err := Canonical(wire{V: 1, Stream: e.Stream, Seq: e.Seq, Prev: e.Prev,
		At: e.At.UTC().Format(TimeFormat), Kind: e.Kind, Facts: e.Facts, Sealed: e.Sealed})
	if err != nil {
		return nil, err
	}
	if len(leaf) > MaxLeaf {
		return nil, fmt.Errorf("event %s/%d: leaf of %d bytes, limit %d", e.Stream, e.Seq, len(leaf), MaxLeaf)
	}
	return leaf, nil
}

// Hash is the SHA-256 in hex that the stream's next event carries as Prev.
func Hash(leaf []byte) string {
	sum := sha256.Sum256(leaf)
	return hex.EncodeToString(sum[:])
}

// Canonical writes v as canonical JSON (RFC 8785). Numbers must be integers
// that a double holds exactly, so that every reader sees the same number.
func Canonical(v any) ([]byte, error) {
	plain, err := json.Marshal(v)
	if err != nil {
		return nil, err
	}
	if err := wholeNumbers(plain); err != nil {
		return nil, err
	}
	// The library takes objects and arrays only; a bare text or number is one of an array.
	listed, err := jcs.Transform(slices.Concat([]byte("["), plain, []byte("]")))
	if err != nil {
		return nil, err
	}
	return listed[1 : len(listed)-1], nil
}

func wholeNumbers(plain []byte) error {
	d := json.NewDecoder(bytes.NewReader(plain))
	d.UseNumber()
	for {
		token, err := d.Token()
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return err
		}
		if n, ok := token.(json.Number); ok {
			if i, err := strconv.ParseInt(n.String(), 10, 64); err != nil || i > 1<<53 || i < -1<<53 {
				return fmt.Errorf("canonical JSON: %s is not a whole number below 2^53", n)
			}
		}
	}
}

// Stamp writes an instant as facts and documents have it, in UTC.
func Stamp(at time.Time) string { return at.UTC().Format(TimeFormat) }
