package house

import (
	"slices"
	"sync/atomic"

	"sunlot/disclosure/ledger"
	"sunlot/internal/event"
	"sunlot/internal/identity"
	"sunlot/livestream"
)

// Bell wakes the sequencer and the live rooms after each commit. It is there
// before they are.
type Bell struct {
	log   atomic.Pointer[ledger.Log]
	hub   atomic.Pointer[livestream.Hub]
	years atomic.Pointer[chan struct{}] // a schedule was entered or amended

	changes atomic.Int64 // commits but for those of lots alone, which bids are
}

func (b *Bell) Ring(streams []event.Stream) {
	if slices.ContainsFunc(streams, func(s event.Stream) bool { return s.Noun() != "lot" }) {
		b.changes.Add(1)
	}
	if log := b.log.Load(); log != nil {
		log.Ring()
	}
	if hub := b.hub.Load(); hub != nil {
		hub.Ring(streams)
	}
	if years := b.years.Load(); years != nil && slices.Contains(streams, identity.Years) {
		select {
		case *years <- struct{}{}:
		default:
		}
	}
}
