package event

import (
	"bytes"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"testing"
	"time"
	"unicode/utf8"
)

// again reads a leaf the slow way: it is decoded, written anew and compared.
func again(leaf []byte) (Event, error) {
	var w wire
	d := json.NewDecoder(bytes.NewReader(leaf))
	d.DisallowUnknownFields()
	if err := d.Decode(&w); err != nil {
		return Event{}, err
	}
	if w.V != 1 {
		return Event{}, fmt.Errorf("unknown version %d", w.V)
	}
	at, err := time.Parse(TimeFormat, w.At)
	if err != nil {
		return Event{}, err
	}
	e := Event{Stream: w.Stream, Seq: w.Seq, Prev: w.Prev, At: at, Kind: w.Kind, Facts: w.Facts, Sealed: w.Sealed}
	written, err := e.Leaf()
	if err != nil {
		return Event{}, err
	}
	if !bytes.Equal(written, leaf) {
		return Event{}, fmt.Errorf("leaf of %s/%d is not in canonical form", w.Stream, w.Seq)
	}
	return e, nil
}

// odd are texts that canonical JSON writes in ways of its own.
var odd = []string{
	"", "a", "\"", "\\", "/", "<&>", "\b\t\n\f\r", "\x00\x1f\x0b", "\x7f", "\u2028", "晒标，竞价", "\u00e9",
	"\U0001f600", "\ufb33", "\ufffd", "zz",
}

// anything is a random value of that depth at most.
func anything(r *rand.Rand, depth int) any {
	switch kind := r.IntN(7); {
	case kind == 0 && depth > 0:
		all := map[string]any{}
		for range r.IntN(5) {
			all[odd[r.IntN(len(odd))]+odd[r.IntN(len(odd))]] = anything(r, depth-1)
		}
		return all
	case kind == 1 && depth > 0:
		all := []any{}
		for range r.IntN(5) {
			all = append(all, anything(r, depth-1))
		}
		return all
	case kind == 2:
		return []int64{0, -1, 7, 1 << 53, -1 << 53, r.Int64N(1 << 53)}[r.IntN(6)]
	case kind == 3:
		return r.IntN(2) == 0
	case kind == 4:
		return nil
	}
	return odd[r.IntN(len(odd))] + odd[r.IntN(len(odd))]
}

func randomLeaf(t testing.TB, r *rand.Rand) []byte {
	t.Helper()
	facts, err := json.Marshal(anything(r, 4))
	if err != nil {
		t.Fatal(err)
	}
	leaf, err := Event{
		Stream: Of(odd[r.IntN(len(odd))], odd[r.IntN(len(odd))]),
		Seq:    r.Int64N(1 << 53),
		Prev:   odd[r.IntN(len(odd))],
		At:     time.UnixMilli(r.Int64N(4e12)).UTC(),
		Kind:   odd[r.IntN(len(odd))],
		Facts:  facts,
		Sealed: odd[r.IntN(len(odd))],
	}.Leaf()
	if err != nil {
		t.Fatal(err)
	}
	return leaf
}

// pieces are put into leaves to break them.
var pieces = []string{
	" ", "\n", "0", "-", "-0", "1e3", "1.5", "00", "9007199254740993", ",", "{}", "[]", "null", `"`, `\`, `\u0041`,
	`\u000a`, `\u001F`, `\u001f`, `\/`, `\ud800`, "\xff", "\xed\xa0\x80", "\x01", `"v":1`, `"V":1`, `,"x":2`, "}", "]",
}

// TestOnePassReadsWhatTwoDid holds the reading of a leaf against writing it anew:
// of random leaves and of such in which something was put, taken out or changed,
// both take the same and see the same event.
func TestOnePassReadsWhatTwoDid(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	taken, refused := 0, 0
	for range 60_000 {
		leaf := randomLeaf(t, r)
		for range r.IntN(3) {
			at := r.IntN(len(leaf) + 1)
			piece := []byte(pieces[r.IntN(len(pieces))])
			to := min(len(leaf), at+r.IntN(3))
			leaf = append(append(append([]byte{}, leaf[:at]...), piece...), leaf[to:]...)
		}
		got, err := Parse(leaf)
		want, slow := again(leaf)
		if (err == nil) != (slow == nil) {
			if err != nil && !utf8.Valid(leaf) {
				continue // of which the slow way takes some
			}
			t.Fatalf("%q\none pass: %v\ntwo: %v", leaf, err, slow)
		}
		if err != nil {
			refused++
			continue
		}
		taken++
		if !utf8.Valid(leaf) {
			t.Fatalf("bytes that are no UTF-8 are taken: %q", leaf)
		}
		if fmt.Sprintf("%+v", got) != fmt.Sprintf("%+v", want) {
			t.Fatalf("%q\none pass: %+v\ntwo: %+v", leaf, got, want)
		}
	}
	if taken < 10_000 || refused < 10_000 {
		t.Errorf("%d taken and %d refused say too little", taken, refused)
	}
}

func BenchmarkParse(b *testing.B) {
	leaf := randomLeaf(b, rand.New(rand.NewPCG(3, 4)))
	for name, read := range map[string]func([]byte) (Event, error){"one pass": Parse, "written anew": again} {
		b.Run(name, func(b *testing.B) {
			b.SetBytes(int64(len(leaf)))
			for b.Loop() {
				if _, err := read(leaf); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
