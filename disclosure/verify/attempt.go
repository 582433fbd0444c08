package verify

import (
	"cmp"
	"encoding/json"
	"fmt"
	"slices"
	"time"

	"sunlot/internal/event"
	"sunlot/trading"
	"sunlot/trading/rules"
)

// attempt is a notice in the log.
type attempt struct {
	ref event.Ref
	announced
}

// attempts is every asset's notices in their order, and which lots came to nothing when.
type attempts struct {
	notices map[event.Stream][]attempt // by asset
	nothing map[string]time.Time       // by lot
	said    time.Time                  // since when notices say which of their asset they are
}

// ended lists the events after which a lot is nobody's and its asset is announced anew.
var ended = []string{"lot.failed", "award.voided"}

func (a *attempts) take(e event.Event) {
	if slices.Contains(ended, e.Kind) {
		a.nothing[e.Stream.ID()] = e.At
	}
	if e.Kind != "tender.announced" {
		return
	}
	n := attempt{ref: event.Ref{Stream: e.Stream, Seq: e.Seq}, announced: announced{at: e.At}}
	if json.Unmarshal(e.Facts, &n.AnnouncedFacts) != nil {
		return
	}
	a.notices[n.Asset.Stream] = append(a.notices[n.Asset.Stream], n)
	if n.Attempt > 0 && (a.said.IsZero() || n.at.Before(a.said)) {
		a.said = n.at
	}
}

func (a *attempts) sort() {
	for _, all := range a.notices {
		slices.SortStableFunc(all, func(a, b attempt) int { return a.at.Compare(b.at) })
	}
}

// before is the notice of the asset before one, and whether its lots had come to nothing then.
func (a *attempts) before(n attempt) (last attempt, nothing bool) {
	all := a.notices[n.Asset.Stream]
	i, _ := slices.BinarySearchFunc(all, n.at, func(have attempt, at time.Time) int { return have.at.Compare(at) })
	if i == 0 {
		return attempt{}, false
	}
	last = all[i-1]
	for _, lot := range last.LotsOf(last.ref.Stream.ID()) {
		if at, is := a.nothing[lot]; !is || at.After(n.at) {
			return last, false
		}
	}
	return last, true
}

// wrongAttempt says what of a notice is otherwise than those of its asset before it have it.
// Notices from before any said which they are say nothing.
func (s site) wrongAttempt(on grounds, n attempt) (wrong []string) {
	if s.attempts.said.IsZero() || n.at.Before(s.attempts.said) {
		return nil
	}
	last, nothing := s.attempts.before(n)
	want := 1
	if nothing {
		want = max(last.Attempt, 1) + 1
	}
	if n.Attempt != want {
		return []string{fmt.Sprintf("公告记为第 %d 次，按日志应为第 %d 次", n.Attempt, want)}
	}
	if named := n.Before != (event.Ref{}); named != nothing || named && n.Before != last.ref {
		return []string{"公告所接的上一次公告与日志不符"}
	}
	if nothing && last.Side == n.Side && last.Unit == n.Unit {
		wrong = s.wrongCut(on.editions(n.announced), last, n)
	}
	return wrong
}

// wrongCut judges a start price by the one before: some edition that its notice may mean has to
// allow it. Without any, the notice's rules are told of as wrong elsewhere.
func (s site) wrongCut(editions []rules.Pack, last, n attempt) []string {
	before := trading.Tender{AnnouncedAt: last.at}
	before.Resolution = last.Resolution.Stream.ID()
	var wrong []string
	for _, pack := range editions {
		cut := before.CutAfter(pack, n.Resolution.Stream.ID(), s.votes[n.Resolution].HeldOn)
		if !cut.Set() {
			return nil // it was announced before that was asked
		}
		lowest := trading.LowestAfter(last.StartPrice, cut.Value())
		if n.StartPrice >= lowest {
			return nil
		}
		wrong = []string{fmt.Sprintf("第 %d 次公告的起始价 %s 元，上一次 %s 元，按规则不低于 %s 元", n.Attempt, n.StartPrice.Yuan(),
			last.StartPrice.Yuan(), lowest.Yuan())}
	}
	return wrong
}

// enough judges a lot by how many bidders its notice needed: whether it may open, or was too few.
func (g grounds) enough(n announced, bidders int) bool {
	editions := g.editions(n)
	return len(editions) == 0 || slices.ContainsFunc(editions, func(p rules.Pack) bool {
		least := p.LeastBidders(cmp.Or(n.Attempt, 1))
		return !least.Set() || bidders >= least.Value()
	})
}
