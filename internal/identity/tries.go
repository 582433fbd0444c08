package identity

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"time"

	"sunlot/internal/fault"
)

// Try is how often somebody has guessed under one key, on all nodes together.
type Try struct {
	Key    string // a keyed hash: neither login nor address is kept
	Failed int
	Next   time.Time // before it no further try is taken
	Last   time.Time
}

// TryStore keeps tries. Rows whose last try is older than TriesKept go as others are written.
type TryStore interface {
	// Tries finds those of the keys that are kept.
	Tries(ctx context.Context, keys []string) ([]Try, error)
	// WriteTries runs fn over the keys' rows, locked and in the order of the keys,
	// a new one for a key without any, and keeps what fn has changed.
	WriteTries(ctx context.Context, now time.Time, keys []string, fn func([]Try) error) error
}

// TriesKept is how long a failed try counts.
const TriesKept = time.Hour

const longestWait = 4 * time.Minute

// pace is how a kind of guessing is slowed down. It never locks an account, or
// anybody could shut a bidder out on the day of the bidding.
type pace struct {
	kind        string
	free        int           // tries in an hour that cost nothing
	first, most time.Duration // the wait after the first one beyond, doubling
}

var (
	paceOfPair       = pace{kind: "pair", free: 5, first: 2 * time.Second, most: longestWait}
	paceOfDevice     = pace{kind: "device", free: 5, first: 2 * time.Second, most: longestWait}
	paceOfOwner      = pace{kind: "owner", free: 5, first: 2 * time.Second, most: longestWait}
	paceOfAccount    = pace{kind: "account", free: 30, first: time.Second, most: 15 * time.Second}
	paceOfAddress    = pace{kind: "address", free: 60, first: time.Second, most: 5 * time.Second}
	paceOfJoining    = pace{kind: "join", free: 100, first: 2 * time.Second, most: time.Minute}
	paceOfObjections = pace{kind: "objection", free: 60, first: time.Minute, most: 5 * time.Minute}
)

// counted is one pace with what it counts.
type counted struct {
	pace
	of string
}

// after is the row when one more try is taken at that time.
func (p pace) after(t Try, now time.Time) Try {
	if now.Sub(t.Last) > TriesKept {
		t = Try{Key: t.Key}
	}
	t.Failed++
	t.Last, t.Next = now, now
	if over := t.Failed - p.free; over > 0 {
		t.Next = now.Add(min(p.most, p.first<<min(over-1, 10)))
	}
	return t
}

// tries counts guesses before their work is done, so that a hundred at once do
// not pass together.
type tries struct {
	store TryStore
	now   func() time.Time
	key   []byte
}

func (t tries) keys(all []counted) []string {
	var keys []string
	for _, c := range all {
		m := hmac.New(sha256.New, t.key)
		fmt.Fprintf(m, "%s\n%s", c.kind, c.of)
		keys = append(keys, hex.EncodeToString(m.Sum(nil)))
	}
	return keys
}

// mayWait refuses what has to wait still, without counting it.
func (t tries) mayWait(ctx context.Context, all []counted) error {
	keys := t.keys(all)
	kept, err := t.store.Tries(ctx, keys)
	if err != nil {
		return err
	}
	rows := make([]Try, len(keys)) // in the order of the keys, empty where nothing is kept
	for _, k := range kept {
		rows[slices.Index(keys, k.Key)] = k
	}
	return refusal(rows, t.now())
}

// refusal says how long to wait. Who has not failed under the first key, which is
// his own, does not wait because others have under the rest: strangers could shut
// him out without end. What is beyond every pace comes from a clock that has gone
// back since, and counts for nothing.
func refusal(all []Try, now time.Time) error {
	if all[0].Failed == 0 || now.Sub(all[0].Last) > TriesKept {
		all = all[:1]
	}
	var wait time.Duration
	for _, k := range all {
		if left := k.Next.Sub(now); left <= longestWait {
			wait = max(wait, left)
		}
	}
	if wait <= 0 {
		return nil
	}
	return fault.New(fault.TooMany, "尝试次数过多，请在%d秒后再试", int(wait.Seconds())+1)
}

// count takes one more try under each key, or refuses it under all.
func (t tries) count(ctx context.Context, all []counted) error {
	now := t.now()
	return t.store.WriteTries(ctx, now, t.keys(all), func(rows []Try) error {
		if err := refusal(rows, now); err != nil {
			return err
		}
		for i := range rows {
			rows[i] = all[i].after(rows[i], now)
		}
		return nil
	})
}

// right takes back what count has counted: the try was right. The first key is
// forgotten, it is this person's own.
func (t tries) right(ctx context.Context, all []counted) error {
	return t.store.WriteTries(ctx, t.now(), t.keys(all), func(rows []Try) error {
		for i := range rows {
			rows[i].Failed = max(0, rows[i].Failed-1)
			if i == 0 {
				rows[i].Failed, rows[i].Next = 0, time.Time{}
			}
		}
		return nil
	})
}
