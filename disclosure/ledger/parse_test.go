package ledger

import (
	"bytes"
	"crypto/rand"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"

	"sunlot/internal/event"
)

func testKey(t testing.TB) *Key {
	t.Helper()
	private, _, err := note.GenerateKey(rand.Reader, "sunlot.example/log")
	if err != nil {
		t.Fatal(err)
	}
	key, err := ParseKey(private, "")
	if err != nil {
		t.Fatal(err)
	}
	return key
}

func TestTilePaths(t *testing.T) {
	t.Parallel()
	for path, want := range map[string]tlog.Tile{
		"0/000":                 {H: 8, L: 0, N: 0, W: 256},
		"2/x001/234.p/7":        {H: 8, L: 2, N: 1234, W: 7},
		"63/999.p/255":          {H: 8, L: 63, N: 999, W: 255},
		"entries/x001/x234/067": {H: 8, L: entries, N: 1234067, W: 256},
	} {
		if got, ok := parseTile(path); !ok || got != want {
			t.Errorf("%s: %+v %v", path, got, ok)
		}
	}
}

func TestBundlesOfTheWrongLengthAreRefused(t *testing.T) {
	t.Parallel()
	good, err := packBundle([][]byte{[]byte("abc"), {}, []byte("d")})
	if err != nil {
		t.Fatal(err)
	}
	if got, err := unpackBundle(good, 3); err != nil || string(bytes.Join(got, []byte("|"))) != "abc||d" {
		t.Fatalf("%q %v", got, err)
	}
	for name, c := range map[string]struct {
		bundle []byte
		want   int
	}{
		"one too few":  {good, 4},
		"one too many": {good, 2},
		"cut":          {good[:len(good)-1], 3},
		"cut length":   {good[:6], 3},
		"empty":        {nil, 1},
	} {
		if got, err := unpackBundle(c.bundle, c.want); err == nil {
			t.Errorf("%s: %q", name, got)
		}
	}
	if _, err := packBundle([][]byte{make([]byte, 65536)}); err == nil {
		t.Error("a leaf that its length cannot say was packed")
	}
}

func TestCheckpointsHaveOneSpelling(t *testing.T) {
	t.Parallel()
	root := strings.Repeat("A", 43) + "="
	if c, err := parseCheckpoint("o\n7\n" + root + "\nextension\n"); err != nil || c.Size != 7 || c.Origin != "o" {
		t.Errorf("%+v %v", c, err)
	}
	for _, text := range []string{
		"", "o\n7\n", "\n7\n" + root + "\n", "o\n07\n" + root + "\n", "o\n-7\n" + root + "\n",
		"o\n+7\n" + root + "\n", "o\n7\n" + root,
		"o\n9223372036854775807\n" + root + "\n", "o\n7\n" + root[:43] + "\n",
		"o\n7\n" + strings.Repeat("A", 42) + "B=\n", "o\n7\n" + strings.Repeat("A", 44) + "\n",
	} {
		if c, err := parseCheckpoint(text); err == nil {
			t.Errorf("%q: %+v", text, c)
		}
	}
}

func TestPrivateKeysAreNotPrinted(t *testing.T) {
	t.Parallel()
	private, _, err := note.GenerateKey(rand.Reader, "o")
	if err != nil {
		t.Fatal(err)
	}
	key, err := ParseKey(private+"\n", "o")
	if err != nil {
		t.Fatal(err)
	}
	secret := strings.SplitN(private, "+", 5)[4] // it may have a plus itself
	for _, format := range []string{"%v", "%+v", "%s", "%q"} {
		if text := fmt.Sprintf(format, key); strings.Contains(text, secret) {
			t.Errorf("%s shows the private key", format)
		}
	}
	for _, text := range []string{"", "PRIVATE+KEY", key.Text(), private[:len(private)-4],
		strings.Replace(private, "+o+", "+p+", 1)} {
		if _, err := ParseKey(text, ""); err == nil {
			t.Errorf("%q is a key", text)
		}
	}
	if _, err := ParseKey(private, "another"); err == nil {
		t.Error("the key served another origin")
	}
}

// A file that is replaced is never seen half written, and the old one stays
// when the new one cannot be written.
func TestFilesAreReplacedWhole(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "f")
	for _, text := range []string{"old", "new"} {
		if err := writeFile(path, text); err != nil {
			t.Fatal(err)
		}
		if got, err := os.ReadFile(path); err != nil || string(got) != text {
			t.Fatalf("%q %v", got, err)
		}
	}
	if left, err := filepath.Glob(path + ".*"); err != nil || len(left) > 0 {
		t.Errorf("left behind: %v %v", left, err)
	}
	if err := writeFile(filepath.Join(path, "below a file"), "x"); err == nil {
		t.Error("written below a file")
	}
}

// What a hostile server or a forged receipt contains never makes a parser panic,
// and whatever is accepted is written again in exactly the same bytes.
func FuzzParsers(f *testing.F) {
	root := strings.Repeat("A", 43) + "="
	for _, seed := range []string{
		"", "0/000", "entries/x001/234.p/7", "0/x000/000", "\x00\x01a\x00\x00", "\xff\xff", "o\n7\n" + root + "\n",
		receiptHeader + "\nindex 3\n" + root + "\n\no\n7\n" + root + "\n\n— o AAAA\n",
		receiptHeader + "\nextra AA==\nindex 3\n\n",
		promiseHeader + "\no\n" + strings.Repeat("0", 64) + "\n2026-11-23T01:00:00.000Z\n",
		`{"at":"2026-11-23T01:00:00.000Z","facts":{},"kind":"a.b","prev":"","sealed":"","seq":1,"stream":"a:b","v":1}`,
		`{"at":"2026-11-23T01:00:00.000Z","facts":[{"a":[1,null,true,"\ud800\u00e9"]},-0,1e3],"kind":"","prev":"","sealed":"","seq":0,"stream":"","v":1}`,
	} {
		f.Add(seed)
	}
	key := testKey(f)
	f.Fuzz(func(t *testing.T, text string) {
		if tile, ok := parseTile(text); ok && tilePath(tile) != "tile/"+text {
			t.Errorf("%q is another spelling of %s", text, tilePath(tile))
		}
		if leaves, err := unpackBundle([]byte(text), 2); err == nil {
			if again, err := packBundle(leaves); err != nil || string(again) != text {
				t.Errorf("bundle %q: %q %v", text, again, err)
			}
		}
		if r, err := ParseReceipt(text); err == nil {
			if again, err := ParseReceipt(r.String()); err != nil || again.String() != r.String() {
				t.Errorf("receipt %q: %v", text, err)
			}
			r.Verify([]byte(text), key.verifier)
		}
		if e, err := event.Parse([]byte(text)); err == nil {
			if leaf, err := e.Leaf(); err != nil || string(leaf) != text {
				t.Errorf("leaf %q: %q %v", text, leaf, err)
			}
		}
		safe(Finding{}.name([]byte(text)).String())
		parseCheckpoint(text)
		signed, err := key.sign(text)
		if err != nil {
			return
		}
		if c, err := OpenCheckpoint(signed, key.verifier); err == nil && !strings.HasPrefix(text, c.text()) {
			t.Errorf("checkpoint %q: %q", text, c.text())
		}
		if p, err := OpenPromise(signed, key.verifier); err == nil && p.text() != text {
			t.Errorf("promise %q", text)
		}
	})
}
