package ledger_test

import (
	"crypto/rand"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"golang.org/x/mod/sumdb/note"

	"sunlot/disclosure/ledger"
	"sunlot/internal/event"
)

// chainOf makes three leaves of one stream that follow each other.
func chainOf(t *testing.T, change func(i int, e *event.Event)) [][]byte {
	t.Helper()
	var leaves [][]byte
	prev, at := "", time.Date(2026, 11, 23, 1, 0, 0, 0, time.UTC)
	for i := range 3 {
		e := event.Event{
			Stream: "tender:x",
			Seq:    int64(i) + 1,
			Prev:   prev,
			At:     at.Add(time.Duration(i) * time.Second),
			Kind:   "tender.noted",
			Facts:  []byte(`{}`),
		}
		if change != nil {
			change(i, &e)
		}
		leaf, err := e.Leaf()
		if err != nil {
			t.Fatal(err)
		}
		prev = event.Hash(leaf)
		leaves = append(leaves, leaf)
	}
	return leaves
}

// The operator signs a tree whose leaves break the rules of events.
func TestASignedTreeThatBreaksTheRulesIsNamed(t *testing.T) {
	t.Parallel()
	second := func(change func(e *event.Event)) func(int, *event.Event) {
		return func(i int, e *event.Event) {
			if i == 1 {
				change(e)
			}
		}
	}
	spaced := chainOf(t, nil)
	spaced[1] = append([]byte(" "), spaced[1]...)
	for name, c := range map[string]struct {
		leaves [][]byte
		kind   ledger.Kind
		text   string
	}{
		"good":         {leaves: chainOf(t, nil)},
		"a gap in seq": {chainOf(t, second(func(e *event.Event) { e.Seq = 3 })), ledger.BadStream, "序号应为 2，实为 3"},
		"another prev": {chainOf(t, second(func(e *event.Event) { e.Prev = strings.Repeat("0", 64) })),
			ledger.BadStream, "前一条的校验码不符"},
		"an early time": {chainOf(t, second(func(e *event.Event) { e.At = e.At.Add(-time.Hour) })),
			ledger.BadStream, "时间早于前一条"},
		"not canonical": {spaced, ledger.BadEvent, "不是一条合格的记录"},
		"not JSON":      {[][]byte{spaced[0], []byte("\x1b[2J"), {}}, ledger.BadEvent, "不是一条合格的记录"},
	} {
		m := &memory{leaves: c.leaves}
		l := openLog(t, m, newKey(t))
		step(t, l)
		r := verify(t, ledger.Target{URL: serve(t, l, nil)})
		if c.kind == "" {
			if !r.OK() {
				t.Errorf("%s: %v", name, r.Findings)
			}
			continue
		}
		if r.OK() || r.Findings[0].Kind != c.kind || r.Findings[0].Index != 1 ||
			!strings.Contains(said(r), c.text) || strings.Contains(said(r), "\x1b") {
			t.Errorf("%s: %v", name, r.Findings)
		}
	}
}

type zeroes struct{}

func (zeroes) Read(p []byte) (int, error) { return len(p), nil }

// A server may answer anything; the verifier ends soon, with an error.
func TestAHostileServerCannotHurtTheVerifier(t *testing.T) {
	private, public, err := note.GenerateKey(rand.Reader, origin)
	if err != nil {
		t.Fatal(err)
	}
	signer, err := note.NewSigner(private)
	if err != nil {
		t.Fatal(err)
	}
	sign := func(text string) string {
		signed, err := note.Sign(&note.Note{Text: text}, signer)
		if err != nil {
			t.Fatal(err)
		}
		return string(signed)
	}
	root := strings.Repeat("A", 43) + "="
	var mu sync.Mutex // owns taken
	var taken int64   // bytes that the verifier let the server send
	endless := func(w http.ResponseWriter) {
		n, _ := io.CopyN(w, zeroes{}, 256<<20)
		mu.Lock()
		defer mu.Unlock()
		taken += n
	}
	for name, answer := range map[string]func(path string, w http.ResponseWriter){
		"endless key": func(_ string, w http.ResponseWriter) { endless(w) },
		"endless tiles": func(path string, w http.ResponseWriter) {
			switch path {
			case "key":
				io.WriteString(w, public)
			case "checkpoint":
				io.WriteString(w, sign(origin+"\n3\n"+root+"\n"))
			default:
				endless(w)
			}
		},
		"a log beyond memory": func(path string, w http.ResponseWriter) {
			if path == "key" {
				io.WriteString(w, public)
				return
			}
			io.WriteString(w, sign(fmt.Sprintf("%s\n%d\n%s\n", origin, int64(1)<<47, root)))
		},
		"errors only": func(_ string, w http.ResponseWriter) { w.WriteHeader(http.StatusForbidden) },
	} {
		server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			answer(strings.TrimPrefix(r.URL.Path, "/log/"), w)
		}))
		began := time.Now()
		if r, err := ledger.Verify(t.Context(), ledger.Target{URL: server.URL}); err == nil {
			t.Errorf("%s: %+v", name, r)
		}
		if took := time.Since(began); took > 10*time.Second {
			t.Errorf("%s: took %v", name, took)
		}
		server.Close() // waits for the answers under way
		if mu.Lock(); taken > 64<<20 {
			t.Errorf("%s: took %d MB", name, taken>>20)
		}
		taken = 0
		mu.Unlock()
	}
}
