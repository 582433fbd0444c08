package trading

import (
	"time"

	"sunlot/disclosure/words"
	"sunlot/trading/mode"
)

// Outage is a time in which no server could take a bid.
type Outage struct{ From, Until time.Time }

// GivesBack is the end of a bidding after the outage, and whether the outage
// touches it: the clock stood still, and at least one extension's time is left
// to whoever comes back. What began when the lot should have been closed already
// changes nothing.
func (o Outage) GivesBack(t mode.Terms, b mode.Board) (end time.Time, lost bool) {
	if !o.Until.After(b.OpensAt) || !o.From.Before(b.EndsAt.Add(Grace)) {
		return b.EndsAt, false
	}
	end = b.EndsAt
	if o.From.Before(b.EndsAt) {
		from := o.From
		if from.Before(b.OpensAt) {
			from = b.OpensAt
		}
		end = end.Add(o.Until.Sub(from))
	}
	if least := o.Until.Add(t.Extend); end.Before(least) {
		end = least
	}
	return end, true
}

// ResumedFacts is what the public log says when lost time is given back.
type ResumedFacts struct {
	From   string `json:"from"`
	Until  string `json:"until"`
	EndsAt string `json:"ends_at"`
}

func (f ResumedFacts) told() []words.Fact {
	return []words.Fact{
		words.Instant("中断开始", f.From),
		words.Instant("恢复", f.Until),
		words.Instant("竞价截止", f.EndsAt),
	}
}
