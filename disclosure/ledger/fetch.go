package ledger

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strconv"
	"strings"
	"sync"
	"time"

	"golang.org/x/mod/sumdb/tlog"
)

const (
	fetchers    = 4                // requests under way at once: verifying must not be an attack
	fetchTries  = 3                // per address
	fetchWaits  = 10               // per address, where the server says that we are too quick
	longestWait = 2 * time.Minute  // that a server may ask for at once
	allWaits    = 20 * time.Minute // of one run, whatever its addresses
	fetchLimit  = 30 * time.Second // per request
	smallAnswer = 64 << 10         // bytes of a checkpoint or a key
	mostLeaves  = 4 << 20          // of a log that is verified in memory
	mostBytes   = 2 << 30          // of its leaves together
)

// source reads a log over HTTP. What it returns is not trusted in any way.
type source struct {
	base     string // without a slash at the end
	client   *http.Client
	patience *Patience
}

func newSource(address string, client *http.Client, patience *Patience) source {
	if client == nil {
		client = &http.Client{Timeout: fetchLimit}
	}
	return source{base: strings.TrimRight(address, "/") + "/log/", client: client, patience: patience}
}

// Patience is how long one run waits for a server which says that it is asked too often:
// 20 minutes in all, which its addresses share. The zero value has spent nothing.
type Patience struct {
	mu    sync.Mutex
	until time.Time // the end of what is being waited for
	spent time.Duration
}

// Do sends a request that has no body. One that the server answers with 429 it sends
// again after the wait that the server asks for. When it has no patience left, or the
// request's context ends, it returns that answer, whose body is closed.
func (p *Patience) Do(client *http.Client, request *http.Request) (*http.Response, error) {
	for waits := 1; ; waits++ {
		answer, err := client.Do(request)
		if err != nil || answer.StatusCode != http.StatusTooManyRequests {
			return answer, err
		}
		answer.Body.Close()
		seconds, err := strconv.Atoi(answer.Header.Get("Retry-After"))
		if err != nil || seconds < 0 {
			seconds = 60
		}
		wait := time.Duration(min(seconds, int(longestWait/time.Second))) * time.Second
		if waits == fetchWaits || !p.grant(wait) || !sleep(request.Context(), wait) {
			return answer, nil
		}
	}
}

// grant says whether so long may be waited from now on. What several wait for at the
// same time counts once.
func (p *Patience) grant(wait time.Duration) bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	now := time.Now()
	from, until := p.until, now.Add(wait)
	if from.Before(now) {
		from = now
	}
	if !until.After(from) {
		return true
	}
	if p.spent+until.Sub(from) > allWaits {
		return false
	}
	p.spent += until.Sub(from)
	p.until = until
	return true
}

// get returns the body of at most limit bytes.
func (s source) get(ctx context.Context, path string, limit int64) ([]byte, error) {
	for tries := 1; ; tries++ {
		body, again, err := s.once(ctx, path, limit)
		if err == nil {
			return body, nil
		}
		if !again || tries == fetchTries || !sleep(ctx, time.Duration(tries)*300*time.Millisecond) {
			return nil, err
		}
	}
}

func (s source) once(ctx context.Context, path string, limit int64) (body []byte, again bool, err error) {
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, s.base+path, nil)
	if err != nil {
		return nil, false, err
	}
	answer, err := s.patience.Do(s.client, request)
	if err != nil {
		return nil, ctx.Err() == nil, err
	}
	defer answer.Body.Close()
	if answer.StatusCode != http.StatusOK {
		return nil, answer.StatusCode >= 500, fmt.Errorf("%s: %s", request.URL, answer.Status)
	}
	body, err = io.ReadAll(io.LimitReader(answer.Body, limit+1))
	if err != nil {
		return nil, true, fmt.Errorf("%s: %w", request.URL, err)
	}
	if int64(len(body)) > limit {
		return nil, false, fmt.Errorf("%s: more than %d bytes", request.URL, limit)
	}
	return body, false, nil
}

// copyOf is what a server gave: the leaves by index (nil where a bundle could
// not be read) and the tiles as levels of hashes.
type copyOf struct {
	leaves  [][]byte
	levels  [][]tlog.Hash
	damaged []Finding // bundles and tiles of a wrong form
}

// download fetches all that a tree of that size consists of.
func (s source) download(ctx context.Context, size int64) (*copyOf, error) {
	got := &copyOf{leaves: make([][]byte, size)}
	var mu sync.Mutex // owns got.damaged and bytes
	var bytes int64
	damage := func(t tlog.Tile, problem string) {
		mu.Lock()
		defer mu.Unlock()
		got.damaged = append(got.damaged, badTile(t, size, problem))
	}
	jobs := tilesOf(size, entries)
	for level := 0; width(size, level) > 0; level++ {
		got.levels = append(got.levels, make([]tlog.Hash, width(size, level)))
		jobs = append(jobs, tilesOf(size, level)...)
	}
	err := each(ctx, len(jobs), func(ctx context.Context, i int) error {
		t := jobs[i]
		if t.L != entries {
			return s.tile(ctx, t, got.levels[t.L], damage)
		}
		n, err := s.bundle(ctx, t, got.leaves, damage)
		mu.Lock()
		defer mu.Unlock()
		if bytes += n; err == nil && bytes > mostBytes {
			err = errors.New("the log's leaves are larger than this verifier holds in memory")
		}
		return err
	})
	return got, err
}

func (s source) tile(ctx context.Context, t tlog.Tile, level []tlog.Hash, damage func(tlog.Tile, string)) error {
	data, err := s.get(ctx, tilePath(t), tileWidth*tlog.HashSize)
	if err != nil {
		return err
	}
	if len(data) != t.W*tlog.HashSize {
		damage(t, fmt.Sprintf("应有 %d 个字节，实有 %d 个", t.W*tlog.HashSize, len(data)))
		return nil
	}
	for i := range t.W {
		copy(level[t.N<<tileHeight+int64(i)][:], data[i*tlog.HashSize:])
	}
	return nil
}

func (s source) bundle(ctx context.Context, t tlog.Tile, into [][]byte, damage func(tlog.Tile, string)) (int64, error) {
	data, err := s.get(ctx, tilePath(t), maxBundle)
	if err != nil {
		return 0, err
	}
	leaves, err := unpackBundle(data, t.W)
	if err != nil {
		damage(t, "各条的长度对不上")
		return 0, nil
	}
	copy(into[t.N<<tileHeight:], leaves)
	return int64(len(data)), nil
}

// each runs fn for 0 to n-1, a few at a time, and stops at the first error.
func each(ctx context.Context, n int, fn func(context.Context, int) error) error {
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	next := make(chan int)
	var workers sync.WaitGroup
	for range min(fetchers, n) {
		workers.Go(func() {
			for i := range next {
				if err := fn(ctx, i); err != nil {
					cancel(err)
					return
				}
			}
		})
	}
feed:
	for i := range n {
		select {
		case next <- i:
		case <-ctx.Done():
			break feed
		}
	}
	close(next)
	workers.Wait()
	return context.Cause(ctx)
}
