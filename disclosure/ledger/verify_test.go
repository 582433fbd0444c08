package ledger_test

import (
	"bytes"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"

	"sunlot/disclosure/ledger"
	"sunlot/internal/event"
	"sunlot/internal/store"
	"sunlot/internal/store/storetest"
)

// flip changes one byte of one answer.
func flip(at string, offset int) func(string, []byte) []byte {
	return func(path string, body []byte) []byte {
		if path == at {
			body = bytes.Clone(body)
			body[offset] ^= 1
		}
		return body
	}
}

func said(r *ledger.Report) string {
	var b strings.Builder
	if err := r.Write(&b); err != nil {
		return err.Error()
	}
	return b.String()
}

// log300 is a log of 300 leaves: two bundles, tiles 0/000, 0/001.p/44, 1/000.p/1.
func log300(t *testing.T, db *storetest.DB) (*ledger.Log, *ledger.Key) {
	t.Helper()
	key := newKey(t)
	l := openLog(t, db, key)
	record(t, db, 300)
	step(t, l)
	return l, key
}

// A changed byte of a leaf names its index, and its stream and number when they
// can still be read.
func TestAChangedLeafIsNamed(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *storetest.DB) {
		l, _ := log300(t, db)
		for _, c := range []struct {
			index  int64
			bundle string
			from   int64
			broken bool // the byte that makes it no JSON at all
		}{{0, "tile/entries/000", 0, false}, {131, "tile/entries/000", 0, true},
			{255, "tile/entries/000", 0, false}, {256, "tile/entries/001.p/44", 256, false},
			{299, "tile/entries/001.p/44", 256, false}} {
			offset := 0
			for i := c.from; i < c.index; i++ {
				offset += 2 + len(leafAt(t, db, i))
			}
			leaf := leafAt(t, db, c.index)
			offset += 2 + bytes.Index(leaf, []byte("noted"))
			if c.broken {
				offset -= bytes.Index(leaf, []byte("noted"))
			}
			r := verify(t, ledger.Target{URL: serve(t, l, flip(c.bundle, offset))})
			if len(r.Findings) != 1 || r.Findings[0].Kind != ledger.BadLeaf || r.Findings[0].Index != c.index {
				t.Fatalf("leaf %d: %v", c.index, r.Findings)
			}
			e, err := event.Parse(leaf)
			if err != nil {
				t.Fatal(err)
			}
			want := fmt.Sprintf("索引 %d 的记录（%s 第 %d 号）被改动", c.index, e.Stream, e.Seq)
			if c.broken {
				want = fmt.Sprintf("索引 %d 的记录被改动", c.index)
			}
			if text := said(r); !strings.Contains(text, want) || !strings.Contains(text, "核验未通过") {
				t.Errorf("leaf %d: %s", c.index, text)
			}
		}
		whole(t, l, 300)
	})
}

// A changed byte of a tile names the tile and its range, not the leaves.
func TestAChangedTileIsNamed(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *storetest.DB) {
		l, _ := log300(t, db)
		for path, span := range map[string][2]int64{
			"tile/0/000":      {0, 256},
			"tile/0/001.p/44": {256, 300},
			"tile/1/000.p/1":  {0, 256},
		} {
			for _, offset := range []int{0, 17, 31} {
				r := verify(t, ledger.Target{URL: serve(t, l, flip(path, offset))})
				if len(r.Findings) != 1 {
					t.Fatalf("%s: %v", path, r.Findings)
				}
				f := r.Findings[0]
				if f.Kind != ledger.BadTile || f.Path != path || f.From != span[0] || f.To != span[1] {
					t.Errorf("%s: %+v", path, f)
				}
				want := fmt.Sprintf("校验码块 %s（索引 %d 至 %d 的记录）被改动", path, span[0], span[1]-1)
				if text := said(r); !strings.Contains(text, want) {
					t.Errorf("%s: %s", path, text)
				}
			}
		}
		cut := func(path string, body []byte) []byte {
			if path == "tile/0/000" {
				return body[:len(body)-1]
			}
			return body
		}
		if r := verify(t, ledger.Target{URL: serve(t, l, cut)}); len(r.Findings) != 1 ||
			r.Findings[0].Path != "tile/0/000" {
			t.Errorf("a short tile: %v", r.Findings)
		}
		whole(t, l, 300)
	})
}

func TestOtherChangesAreNamed(t *testing.T) {
	t.Parallel()
	l, key := log300(t, storetest.Open(t, store.Config{Dir: t.TempDir()}))
	for name, c := range map[string]struct {
		twist func(string, []byte) []byte
		kind  ledger.Kind
		text  string
	}{
		"checkpoint's size": {flip("checkpoint", len(origin)+1), ledger.BadSignature, "签名与公钥不符"},
		"length of a leaf":  {flip("tile/entries/000", 1), ledger.BadTile, "tile/entries/000（索引 0 至 255 的记录）"},
		"leaf and its tile": {func(path string, body []byte) []byte {
			return flip("tile/entries/001.p/44", 40)(path, flip("tile/0/001.p/44", 40)(path, body))
		}, ledger.BadTree, "都算不出"},
		"leaf and its full tile": {func(path string, body []byte) []byte {
			return flip("tile/entries/000", 40)(path, flip("tile/0/000", 40)(path, body))
		}, ledger.BadRange, "索引 0 至 255 的记录与校验码块 tile/0/000 都与"},
	} {
		r := verify(t, ledger.Target{URL: serve(t, l, c.twist), Key: key.Text()})
		if len(r.Findings) == 0 || r.Findings[0].Kind != c.kind || !strings.Contains(said(r), c.text) {
			t.Errorf("%s: %v", name, r.Findings)
		}
	}
}

func TestTheKeyIsPinnedOrSaidNotToBe(t *testing.T) {
	t.Parallel()
	l, key := log300(t, storetest.Open(t, store.Config{Dir: t.TempDir()}))
	url := serve(t, l, nil)
	if text := said(verify(t, ledger.Target{URL: url})); !strings.Contains(text, "取自本服务器（key taken from this server）") {
		t.Error(text)
	}
	if text := said(verify(t, ledger.Target{
		URL: url,
		Key: key.Text(),
	})); strings.Contains(text, "key taken from this server") || !strings.Contains(text, "由 --key 指定") {
		t.Error(text)
	}
	r := verify(t, ledger.Target{URL: url, Key: newKey(t).Text()})
	if r.OK() || r.Findings[0].Kind != ledger.BadSignature {
		t.Errorf("another key passes: %s", said(r))
	}
	if _, err := ledger.Verify(t.Context(), ledger.Target{URL: url, Key: "nonsense"}); err == nil {
		t.Error("a malformed key passes")
	}
}

// A history that was rewritten and signed again with the same key passes on its
// own; against the earlier checkpoint it is named.
func TestARewrittenHistoryIsNamedAgainstTheStateFile(t *testing.T) {
	t.Parallel()
	key := newKey(t)
	logOf := func(n int) string {
		db := storetest.Open(t, store.Config{Dir: t.TempDir()})
		record(t, db, 1)
		record(t, db, n) // at another time, in other words: other leaves
		l := openLog(t, db, key)
		step(t, l)
		return serve(t, l, nil)
	}
	original, rewritten, shorter := logOf(300), logOf(310), logOf(20)
	state := filepath.Join(t.TempDir(), "state")
	first := verify(t, ledger.Target{URL: original, StateFile: state})
	if !first.OK() || !strings.Contains(said(first), "未与早先的检查点比较") {
		t.Fatal(said(first))
	}
	if again := verify(t, ledger.Target{
		URL:       original,
		StateFile: state,
	}); !again.OK() || !strings.Contains(said(again), "与上次核验时的 301 条记录一致") {
		t.Fatal(said(again))
	}
	kept, err := os.ReadFile(state)
	if err != nil {
		t.Fatal(err)
	}
	for name, url := range map[string]string{"rewritten": rewritten, "shorter": shorter} {
		if alone := verify(t, ledger.Target{URL: url, Key: key.Text()}); !alone.OK() {
			t.Fatalf("%s is not whole in itself: %s", name, said(alone))
		}
		r := verify(t, ledger.Target{URL: url, StateFile: state})
		if len(r.Findings) != 1 || r.Findings[0].Kind != ledger.BadHistory || !strings.Contains(said(r), "历史被改写") {
			t.Errorf("%s: %s", name, said(r))
		}
		if now, err := os.ReadFile(state); err != nil || !bytes.Equal(now, kept) {
			t.Errorf("%s: the state file was replaced", name)
		}
	}
	if err := os.WriteFile(state, kept[:len(kept)-9], 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := ledger.Verify(t.Context(), ledger.Target{URL: original, StateFile: state}); err == nil {
		t.Error("a damaged state file passes for none")
	}
}

func TestAServerThatChangedItsKeyIsNamed(t *testing.T) {
	t.Parallel()
	state := filepath.Join(t.TempDir(), "state")
	for i, want := range []bool{true, false} {
		l, _ := log300(t, storetest.Open(t, store.Config{Dir: t.TempDir()}))
		r := verify(t, ledger.Target{URL: serve(t, l, nil), StateFile: state})
		if r.OK() != want || !want && r.Findings[0].Kind != ledger.BadKey {
			t.Errorf("server %d: %s", i, said(r))
		}
	}
}

// TestAVerifierWaitsWhereItIsTooQuick: a server that says 429 is asked again when
// it has said so, and the verification goes on where it was.
func TestAVerifierWaitsWhereItIsTooQuick(t *testing.T) {
	t.Parallel()
	m := &memory{leaves: chainOf(t, nil)}
	l := openLog(t, m, newKey(t))
	step(t, l)
	server, err := url.Parse(serve(t, l, nil))
	if err != nil {
		t.Fatal(err)
	}
	var asked, refused atomic.Int64
	proxy := httputil.NewSingleHostReverseProxy(server)
	busy := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if asked.Add(1)%2 == 1 && refused.Add(1) <= 8 {
			w.Header().Set("Retry-After", "0")
			w.WriteHeader(http.StatusTooManyRequests)
			return
		}
		proxy.ServeHTTP(w, r)
	}))
	defer busy.Close()
	if r := verify(t, ledger.Target{URL: busy.URL}); !r.OK() || r.Checkpoint.Size != 3 {
		t.Errorf("%+v", r)
	}
	if refused.Load() < 4 {
		t.Errorf("only %d were refused", refused.Load())
	}
	never := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Retry-After", "0")
		w.WriteHeader(http.StatusTooManyRequests)
	}))
	defer never.Close()
	if _, err := ledger.Verify(t.Context(), ledger.Target{URL: never.URL}); err == nil ||
		!strings.Contains(err.Error(), "429") {
		t.Errorf("a server that never answers: %v", err)
	}
}
