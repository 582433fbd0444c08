package ledger

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"runtime"
	"slices"
	"strings"
	"sync"

	"golang.org/x/mod/sumdb/note"

	"sunlot/internal/event"
)

// Target says which log to verify, and against what.
type Target struct {
	URL       string       // of the server; the log is below /log
	Key       string       // verifier key; empty takes the server's own
	StateFile string       // keeps the checkpoint from one verification to the next; may be empty
	Client    *http.Client // nil = one with a limit of 30 seconds a request
}

// Entry is a leaf that is in the signed tree.
type Entry struct {
	Index int64
	Event event.Event
}

// Report is the outcome of a verification. The events are those of the signed
// tree; they mean something only when OK.
type Report struct {
	Key        string // the verifier key used
	KeyPinned  bool   // it was given, not taken from this server
	Checkpoint Checkpoint
	Earlier    *Checkpoint // of the state file, when there was one
	Streams    map[event.Stream][]Entry
	Findings   []Finding
	Patience   Patience // of the run, for whatever else it asks the server
}

// OK says that nothing was found wrong.
func (r *Report) OK() bool { return len(r.Findings) == 0 }

// Verify downloads the whole log and checks it: the signature, every leaf, tile
// and stream, and that the tree begins with the earlier one of the state file,
// which is then replaced. An error means that the verification could not be
// completed; what is wrong with the log is in the report.
func Verify(ctx context.Context, target Target) (*Report, error) {
	earlier, err := loadState(target.StateFile)
	if err != nil {
		return nil, err
	}
	r := &Report{KeyPinned: target.Key != "", Streams: map[event.Stream][]Entry{}}
	s := newSource(target.URL, target.Client, &r.Patience)
	verifier, err := r.takeKey(ctx, s, target.Key)
	if err != nil {
		return nil, err
	}
	signed, err := s.get(ctx, "checkpoint", smallAnswer)
	if err != nil {
		return nil, err
	}
	r.Checkpoint, err = OpenCheckpoint(string(signed), verifier)
	if err != nil {
		r.Findings = []Finding{{Kind: BadSignature, Detail: "检查点的签名与公钥不符：" + safe(err.Error())}}
		return r, nil
	}
	if r.Checkpoint.Size > mostLeaves {
		return nil, fmt.Errorf("the log has %d leaves, this verifier takes %d", r.Checkpoint.Size, mostLeaves)
	}
	got, err := s.download(ctx, r.Checkpoint.Size)
	if err != nil {
		return nil, err
	}
	r.judge(got)
	r.compare(earlier, got)
	if r.OK() && target.StateFile != "" {
		err = saveState(target.StateFile, state{key: r.Key, signed: string(signed)})
	}
	return r, err
}

func (r *Report) takeKey(ctx context.Context, s source, pinned string) (note.Verifier, error) {
	r.Key = strings.TrimSpace(pinned)
	if r.Key == "" {
		text, err := s.get(ctx, "key", smallAnswer)
		if err != nil {
			return nil, err
		}
		r.Key = strings.TrimSpace(string(text))
	}
	verifier, err := note.NewVerifier(r.Key)
	if err != nil {
		return nil, errors.New("the verifier key is malformed")
	}
	return verifier, nil
}

// judge fills in findings and streams. A leaf that was changed breaks the chain
// of its stream as well, so chains are judged only when all leaves are right.
func (r *Report) judge(got *copyOf) {
	slices.SortFunc(got.damaged, func(x, y Finding) int { return strings.Compare(x.Path, y.Path) })
	r.Findings = append(r.Findings, got.damaged...)
	for _, f := range audit(r.Checkpoint, got) {
		if f.Kind == BadLeaf {
			f = f.name(got.leaves[f.Index])
		}
		if !slices.ContainsFunc(got.damaged, func(d Finding) bool { return d.Path == f.Path && f.Path != "" }) {
			r.Findings = append(r.Findings, f)
		}
	}
	chains := map[event.Stream]chain{}
	var read []parsed
	whole := !slices.ContainsFunc(r.Findings, func(f Finding) bool {
		return f.Kind != BadTile || strings.HasPrefix(f.Path, "tile/entries/")
	})
	for i, leaf := range got.leaves {
		if i%block == 0 {
			read = readAll(got.leaves[i:min(len(got.leaves), i+block)])
		}
		e, err := read[i%block].event, read[i%block].err
		if err != nil {
			if whole {
				r.Findings = append(r.Findings, Finding{
					Kind:   BadEvent,
					Index:  int64(i),
					From:   int64(i),
					To:     int64(i) + 1,
					Detail: safe(err.Error()),
				}.name(leaf))
			}
			continue
		}
		next, problem := chains[e.Stream].follow(e, read[i%block].hash)
		if problem != "" && whole {
			r.Findings = append(r.Findings, Finding{
				Kind:   BadStream,
				Index:  int64(i),
				Ref:    event.Ref{Stream: e.Stream, Seq: e.Seq},
				From:   int64(i),
				To:     int64(i) + 1,
				Detail: problem,
			})
		}
		chains[e.Stream] = next
		r.Streams[e.Stream] = append(r.Streams[e.Stream], Entry{Index: int64(i), Event: e})
	}
}

// block is how many leaves are read at a time, on all processors.
const block = 1 << 13

// parsed is a leaf that was read.
type parsed struct {
	event event.Event
	hash  string
	err   error
}

// readAll reads the leaves on all processors.
func readAll(leaves [][]byte) []parsed {
	all := make([]parsed, len(leaves))
	share := (len(leaves) + runtime.GOMAXPROCS(0) - 1) / runtime.GOMAXPROCS(0)
	var each sync.WaitGroup
	for from := 0; from < len(leaves); from += share {
		each.Go(func() {
			for i := from; i < min(len(leaves), from+share); i++ {
				all[i].event, all[i].err = event.Parse(leaves[i])
				all[i].hash = event.Hash(leaves[i])
			}
		})
	}
	each.Wait()
	return all
}

// chain is the end of a stream so far.
type chain struct {
	last event.Event
	hash string
}

// follow checks that an event is its stream's next one.
func (c chain) follow(e event.Event, hash string) (next chain, problem string) {
	next = chain{last: e, hash: hash}
	switch {
	case e.Seq != c.last.Seq+1:
		return next, fmt.Sprintf("序号应为 %d，实为 %d", c.last.Seq+1, e.Seq)
	case e.Prev != c.hash:
		return next, "前一条的校验码不符"
	case e.At.Before(c.last.At):
		return next, "时间早于前一条"
	}
	return next, ""
}

// compare holds the tree against the earlier checkpoint. It needs leaves that
// are right; otherwise the other findings stand alone.
func (r *Report) compare(earlier *state, got *copyOf) {
	if earlier == nil {
		return
	}
	if earlier.key != r.Key {
		r.Findings = append(r.Findings, Finding{Kind: BadKey, Detail: "公钥与上次核验时不同：上次是 " + safe(earlier.key)})
	}
	r.Earlier = &earlier.checkpoint
	if !r.OK() {
		return
	}
	then, now := earlier.checkpoint, r.Checkpoint
	if now.Size < then.Size {
		r.Findings = append(r.Findings, Finding{Kind: BadHistory, From: now.Size, To: then.Size,
			Detail: fmt.Sprintf("历史被改写：上次核验时有 %d 条记录，现在只有 %d 条", then.Size, now.Size)})
		return
	}
	if root := rootOf(got.leaves[:then.Size]); root != then.Root {
		r.Findings = append(r.Findings, Finding{Kind: BadHistory, To: then.Size,
			Detail: fmt.Sprintf("历史被改写：前 %d 条记录与上次核验时签名的不同（上次根校验码 %v，现在 %v）", then.Size, then.Root, root)})
	}
}
