package verify

import (
	"encoding/json"
	"fmt"
	"maps"
	"time"

	"sunlot/disclosure/ledger"
	"sunlot/internal/event"
	"sunlot/internal/identity"
	"sunlot/trading"
)

// known is what votes and notices rest on, read of the log once: a hostile log has
// thousands of each, and of those that refer to them.
type known struct {
	rolls   map[event.Ref]*confirmedRoll
	bodies  map[body]*editions
	overlap map[event.Ref]string // what is wrong with an edition's order
	votes   map[event.Ref]vote
	assets  map[event.Ref]trading.AssetFacts
	orgs    map[string]identity.OrgFacts // as they were registered
	notices map[string]event.Stream      // of the tender that announced the lot with that id

	attempts *attempts
}

// vote is a resolution as the log has it.
type vote struct {
	trading.ConfirmedFacts
	at time.Time
}

func knownIn(report *ledger.Report) known {
	k := known{
		rolls:   map[event.Ref]*confirmedRoll{},
		bodies:  map[body]*editions{},
		overlap: map[event.Ref]string{},
		votes:   map[event.Ref]vote{},
		assets:  map[event.Ref]trading.AssetFacts{},
		orgs:    map[string]identity.OrgFacts{},
		notices: map[string]event.Stream{},

		attempts: &attempts{notices: map[event.Stream][]attempt{}, nothing: map[string]time.Time{}},
	}
	for _, stream := range sorted(report.Streams) {
		for _, entry := range report.Streams[stream] {
			k.take(entry.Event)
		}
	}
	k.attempts.sort()
	for _, all := range k.bodies {
		all.sort()
		maps.Copy(k.overlap, all.outOfOrder())
	}
	return k
}

func (k known) take(e event.Event) {
	k.attempts.take(e)
	ref := event.Ref{Stream: e.Stream, Seq: e.Seq}
	switch noun := e.Stream.Noun(); {
	case noun == "roll" && e.Kind == "roll.confirmed":
		roll := &confirmedRoll{ref: ref, at: e.At}
		entered, err := read(e, &roll.ConfirmedFacts, func() string { return roll.Entered })
		if err == nil {
			roll.entered = entered
		} else if json.Unmarshal(e.Facts, &roll.ConfirmedFacts) != nil {
			return
		}
		if k.bodies[roll.body()] == nil {
			k.bodies[roll.body()] = &editions{}
		}
		all := k.bodies[roll.body()]
		all.rolls = append(all.rolls, roll)
		k.rolls[ref] = roll
	case noun == "resolution" && e.Kind == "resolution.confirmed":
		v := vote{at: e.At}
		if json.Unmarshal(e.Facts, &v.ConfirmedFacts) == nil {
			k.votes[ref] = v
		}
	case noun == "tender" && e.Kind == "tender.announced":
		var n trading.AnnouncedFacts
		if json.Unmarshal(e.Facts, &n) != nil {
			return
		}
		for _, lot := range n.LotsOf(e.Stream.ID()) {
			if _, taken := k.notices[lot]; !taken { // of two that claim it the other one is told of as wrong
				k.notices[lot] = e.Stream
			}
		}
	case noun == "asset":
		var facts trading.AssetFacts
		if json.Unmarshal(e.Facts, &facts) == nil {
			k.assets[ref] = facts
		}
	case noun == "org" && e.Kind == "org.registered":
		var facts identity.OrgFacts
		_, twice := k.orgs[e.Stream.ID()]
		if !twice && json.Unmarshal(e.Facts, &facts) == nil {
			k.orgs[e.Stream.ID()] = facts
		}
	}
}

// wrongRolls says what is wrong with the editions of a roll.
func (k known) wrongRolls(stream event.Stream, entries []ledger.Entry) (wrong []string) {
	unread := 0
	for _, entry := range entries {
		ref := event.Ref{Stream: stream, Seq: entry.Event.Seq}
		roll := k.rolls[ref]
		if roll == nil {
			unread++
			continue
		}
		says := k.overlap[ref]
		if roll.entered.IsZero() || roll.entered.After(roll.at.Add(slack)) {
			says = "登记时间无法读取，或者晚于核对"
		}
		if says != "" {
			wrong = append(wrong, fmt.Sprintf("名册 %s：%s", stream, says))
		}
	}
	if unread > 0 {
		wrong = append(wrong, fmt.Sprintf("名册 %s：%d 条记录无法读取", stream, unread))
	}
	return wrong
}

// decides says whether the organisation's meeting decides on the asset: the owner
// himself or the nearest of the kind that he stands in; of the collectives the owner, else
// that one which acts for him.
func (k known) decides(asset trading.AssetFacts, org string) bool {
	kind, owner := k.orgs[org].Kind, asset.Owner
	if kind == identity.Collective && k.orgs[owner].Kind != kind {
		return org == asset.Acting
	}
	for steps := 0; owner != "" && steps < maxDepth; steps++ {
		at := k.orgs[owner]
		if at.Kind == kind {
			return owner == org
		}
		owner = at.Parent
	}
	return false
}

// maxDepth is more than organisations stand in each other: a log may be a liar's.
const maxDepth = 9
