package verify

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"sunlot/internal/calendar"
	"sunlot/internal/event"
	"sunlot/trading/rolls"
)

// confirmedRoll is an edition of a roll as the log has it.
type confirmedRoll struct {
	rolls.ConfirmedFacts
	ref     event.Ref
	at      time.Time
	entered time.Time // zero when the log does not say it
}

// body is whose roll it is.
type body struct{ org, assembly string }

func (r *confirmedRoll) body() body { return body{r.Org, r.Assembly} }

// supersedes says whether of the two the log would take this one for a day on which
// both hold: one that was confirmed by its end goes before one from afterwards.
func (r *confirmedRoll) supersedes(other confirmedRoll, day calendar.Date) bool {
	end := day.AddDays(1).At(0, 0)
	if timely := r.at.Before(end); timely != other.at.Before(end) {
		return timely
	}
	return r.From > other.From || r.From == other.From && r.at.After(other.at)
}

// done is when the edition took its place: not before it was entered, by whatever node's
// clock that was.
func (r *confirmedRoll) done() time.Time {
	if r.entered.After(r.at) {
		return r.entered
	}
	return r.at
}

// editions are a body's, by the day from which they hold and their confirmation. A
// hostile log has thousands, and as many votes by them.
type editions struct {
	rolls    []*confirmedRoll
	earliest []time.Time // confirmation, of each half, their halves and so on: a heap
}

func (e *editions) sort() {
	slices.SortFunc(e.rolls, func(a, b *confirmedRoll) int {
		if a.From != b.From {
			return strings.Compare(string(a.From), string(b.From))
		}
		return a.at.Compare(b.at)
	})
	e.earliest = make([]time.Time, 4*len(e.rolls))
	e.build(1, 0, len(e.rolls))
}

func (e *editions) build(node, from, to int) time.Time {
	if to-from == 1 {
		e.earliest[node] = e.rolls[from].at
		return e.earliest[node]
	}
	half := (from + to) / 2
	left, right := e.build(2*node, from, half), e.build(2*node+1, half, to)
	if right.Before(left) {
		left = right
	}
	e.earliest[node] = left
	return left
}

// inForce is the edition that the log would take for a day, of those that had been
// confirmed before an instant; nil when there is none.
func (e *editions) inForce(day calendar.Date, by time.Time) *confirmedRoll {
	hold, _ := slices.BinarySearchFunc(e.rolls, day, func(r *confirmedRoll, day calendar.Date) int {
		if r.From <= day {
			return -1
		}
		return 1
	})
	if end := day.AddDays(1).At(0, 0); end.Before(by) {
		if timely := e.last(1, 0, len(e.rolls), hold, end); timely != nil {
			return timely
		}
	}
	return e.last(1, 0, len(e.rolls), hold, by)
}

// last is the last edition among the first so many that was confirmed before an instant.
func (e *editions) last(node, from, to, hold int, by time.Time) *confirmedRoll {
	if from >= hold || !e.earliest[node].Before(by) {
		return nil
	}
	if to-from == 1 {
		return e.rolls[from]
	}
	half := (from + to) / 2
	if found := e.last(2*node+1, half, to, hold, by); found != nil {
		return found
	}
	return e.last(2*node, from, half, hold, by)
}

// outOfOrder says by edition which were confirmed while another was under way: of two that
// waited side by side the older would have come last.
func (e *editions) outOfOrder() map[event.Ref]string {
	wrong := map[event.Ref]string{}
	inOrder := slices.Clone(e.rolls)
	slices.SortStableFunc(inOrder, func(a, b *confirmedRoll) int {
		if order := a.done().Compare(b.done()); order != 0 {
			return order
		}
		return a.entered.Compare(b.entered)
	})
	for i, roll := range inOrder[1:] {
		if before := inOrder[i]; roll.entered.Before(before.done()) {
			wrong[roll.ref] = fmt.Sprintf("另一版（%s）核对以前就登记了，两版同时在办", before.ref.Stream)
		}
	}
	return wrong
}
