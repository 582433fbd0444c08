package event

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"strings"
	"testing"
	"time"

	"sunlot/internal/fault"
)

// whole is an event with each part filled.
func whole() Event {
	return Event{
		Stream: Of("lot", "41"),
		Seq:    2,
		Prev:   strings.Repeat("a", 64),
		At:     time.Date(2026, 11, 23, 9, 0, 0, 7e6, time.FixedZone("", 8*3600)),
		Kind:   "bid.placed",
		Facts:  json.RawMessage(`{"price": 40000,"number":"一"}`),
		Sealed: strings.Repeat("b", 64),
	}
}

// TestLeafIsTheseBytes: other programs hash a leaf; not one byte of it may
// change. The names are sorted, the time is UTC with milliseconds.
func TestLeafIsTheseBytes(t *testing.T) {
	want := `{"at":"2026-11-23T01:00:00.007Z","facts":{"number":"一","price":40000},"kind":"bid.placed",` +
		`"prev":"` + strings.Repeat("a", 64) + `","sealed":"` + strings.Repeat("b", 64) +
		`","seq":2,"stream":"lot:41","v":1}`
	leaf, err := whole().Leaf()
	if err != nil || string(leaf) != want {
		t.Fatalf("got  %s\nwant %s (%v)", leaf, want, err)
	}
	e, err := Parse(leaf)
	if err != nil || e.Stream.Noun() != "lot" || e.Stream.ID() != "41" || e.Seq != 2 || !e.At.Equal(whole().At) {
		t.Errorf("read back: %+v, %v", e, err)
	}
	again, err := e.Leaf()
	if err != nil || !bytes.Equal(again, leaf) || Hash(again) != Hash(leaf) {
		t.Errorf("written again: %s, %v", again, err)
	}
	sum := sha256.Sum256(leaf)
	if Hash(leaf) != hex.EncodeToString(sum[:]) {
		t.Errorf("hash %s", Hash(leaf))
	}
}

// TestParseRefuses whatever Leaf does not write, even when it means the same.
func TestParseRefuses(t *testing.T) {
	leaf, err := whole().Leaf()
	if err != nil {
		t.Fatal(err)
	}
	with := func(old, new string) string {
		t.Helper()
		if !strings.Contains(string(leaf), old) {
			t.Fatalf("%s is not in the leaf", old)
		}
		return strings.Replace(string(leaf), old, new, 1)
	}
	for name, body := range map[string]string{
		"nothing":            "",
		"a list":             "[]",
		"half":               string(leaf[:len(leaf)/2]),
		"another version":    with(`"v":1`, `"v":2`),
		"a field more":       with(`"v":1`, `"v":1,"w":1`),
		"a blank":            with(`"v":1`, `"v": 1`),
		"another order":      with(`"seq":2,"stream":"lot:41"`, `"stream":"lot:41","seq":2`),
		"an escape":          with("一", `\u4e00`),
		"seconds alone":      with(".007Z", "Z"),
		"another zone":       with("01:00:00.007Z", "09:00:00.007+08:00"),
		"a broken number":    with("40000", "4e4"),
		"something after it": string(leaf) + "\n",
		"twice":              string(leaf) + string(leaf),
	} {
		if e, err := Parse([]byte(body)); err == nil {
			t.Errorf("%s was read as %+v", name, e)
		}
	}
}

// TestALeafHasALimit, to the byte.
func TestALeafHasALimit(t *testing.T) {
	e := whole()
	e.Facts = json.RawMessage(`""`)
	least, err := e.Leaf()
	if err != nil {
		t.Fatal(err)
	}
	for over, refused := range map[int]bool{0: false, 1: true} {
		e.Facts = json.RawMessage(`"` + strings.Repeat("x", MaxLeaf-len(least)+over) + `"`)
		if leaf, err := e.Leaf(); (err != nil) != refused {
			t.Errorf("%d bytes over: %d bytes, %v", over, len(leaf), err)
		}
	}
}

// TestRequests: an id has 8 to 64 plain signs; the digest is of what was asked.
func TestRequests(t *testing.T) {
	for id, sound := range map[string]bool{
		"": false, "1234567": false, "12345678": true, strings.Repeat("a", 64): true, strings.Repeat("a", 65): false,
		"Az09-_Az": true, "1234 678": false, "12345678\n": false, "１２３４５６７８": false, "../../../..": false,
	} {
		_, err := NewRequest("p", "lot.open", id, nil)
		if (err == nil) != sound {
			t.Errorf("%q: %v", id, err)
		}
		if fields := fault.FieldsOf(err); !sound && (len(fields) != 1 || fields[0].Name != "request_id") {
			t.Errorf("%q: the field is not named: %v", id, err)
		}
	}
	ask := func(content any) Request {
		t.Helper()
		r, err := NewRequest("p", "lot.open", "12345678", content)
		if err != nil || r.Actor != "p" || r.Kind != "lot.open" || r.ID != "12345678" {
			t.Fatalf("%+v, %v", r, err)
		}
		return r
	}
	first, again, other := ask([]any{"a", 1}), ask([]any{"a", 1}), ask([]any{"a", 2})
	if first != again || first.Digest == other.Digest {
		t.Error("the digest is not the content's")
	}
	// A number that no leaf may have is for the use-case to refuse, by its field.
	if _, err := NewRequest("p", "lot.open", "12345678", map[string]int{"price": 1 << 60}); err != nil {
		t.Error(err)
	}
}

// TestASealHidesItsText: the same text is sealed differently each time, and
// opens with its own salt alone.
func TestASealHidesItsText(t *testing.T) {
	one, salt := Seal([]byte("户代表一"))
	two, other := Seal([]byte("户代表一"))
	if one == two || bytes.Equal(salt, other) || len(salt) != 32 {
		t.Errorf("two seals of one text: %s %x, %s %x", one, salt, two, other)
	}
	if Hash(append(bytes.Clone(salt), "户代表一"...)) != one || Hash(append(bytes.Clone(other), "户代表一"...)) == one {
		t.Error("the seal is not the hash over its own salt and the text")
	}
	if a, b := NewID(), NewID(); a == b || len(a) != 16 || strings.ToLower(a) != a {
		t.Errorf("ids %q, %q", a, b)
	}
}
