package verify

import (
	"encoding/json"
	"fmt"
	"time"

	"sunlot/disclosure/ledger"
	"sunlot/internal/calendar"
	"sunlot/internal/event"
	"sunlot/trading/rolls"
)

// confirmedRoll is an edition of a roll as the log has it.
type confirmedRoll struct {
	rolls.ConfirmedFacts
	ref event.Ref
	at  time.Time
}

// body is whose roll it is.
type body struct{ org, assembly string }

func (r confirmedRoll) body() body { return body{r.Org, r.Assembly} }

// supersedes says whether of the two the log would take this one for a day on which
// both hold: one that was confirmed by its end goes before one from afterwards.
func (r confirmedRoll) supersedes(other confirmedRoll, day calendar.Date) bool {
	end := day.AddDays(1).At(0, 0)
	if timely := r.at.Before(end); timely != other.at.Before(end) {
		return timely
	}
	return r.From > other.From || r.From == other.From && r.at.After(other.at)
}

// rollAt reads the edition that an event refers to.
func rollAt(report *ledger.Report, ref event.Ref) (roll confirmedRoll, found bool) {
	for _, entry := range report.Streams[ref.Stream] {
		if entry.Event.Seq == ref.Seq && entry.Event.Kind == "roll.confirmed" {
			roll.ref, roll.at = ref, entry.Event.At
			return roll, json.Unmarshal(entry.Event.Facts, &roll.ConfirmedFacts) == nil
		}
	}
	return roll, false
}

// rollsIn reads each body's editions.
func rollsIn(report *ledger.Report) map[body][]confirmedRoll {
	all := map[body][]confirmedRoll{}
	for _, stream := range sorted(report.Streams) {
		if stream.Noun() != "roll" {
			continue
		}
		for _, entry := range report.Streams[stream] {
			roll, found := rollAt(report, event.Ref{Stream: stream, Seq: entry.Event.Seq})
			if found {
				all[roll.body()] = append(all[roll.body()], roll)
			}
		}
	}
	return all
}

// outOfOrder says which editions of a roll were confirmed while a later one had been
// entered: of two that waited side by side the older would have come last.
func (s site) outOfOrder(report *ledger.Report, stream event.Stream) (wrong []string) {
	for _, entry := range report.Streams[stream] {
		roll, found := rollAt(report, event.Ref{Stream: stream, Seq: entry.Event.Seq})
		if !found {
			wrong = append(wrong, fmt.Sprintf("名册 %s：记录无法读取", stream))
			continue
		}
		for _, other := range s.rolls[roll.body()] {
			if other.at.Before(roll.at) && roll.Entered < event.Stamp(other.at) {
				wrong = append(wrong, fmt.Sprintf("名册 %s：另一版（%s）核对以前就登记了，两版同时在办", stream, other.ref.Stream))
			}
		}
	}
	return wrong
}
