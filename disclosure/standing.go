// Package disclosure says where an act stands in the public log.
package disclosure

import (
	"context"

	"sunlot/disclosure/ledger"
	"sunlot/internal/event"
)

// Standing is where an event stands in the public log.
type Standing struct {
	Leaf    string // RFC 6962 hash in hex
	Index   int64  // once in the chain
	InChain bool   // covered by a signed checkpoint
}

// Store finds events and their exact bytes.
type Store interface {
	// Leaf answers fault.NotFound for an event that there is not.
	Leaf(ctx context.Context, ref event.Ref) (leaf []byte, hash string, err error)
	// EventByLeaf answers fault.NotFound for a leaf hash that there is not.
	EventByLeaf(ctx context.Context, hash string) (event.Event, error)
}

// Standings asks the log about events.
type Standings struct {
	Store Store
	Log   *ledger.Log
}

// Event is the one of that leaf's hash; everybody may read it, since what is not
// public is in no event. It answers fault.NotFound when there is none.
func (s Standings) Event(ctx context.Context, hash string) (event.Event, error) {
	return s.Store.EventByLeaf(ctx, hash)
}

// Of says where the event stands now.
func (s Standings) Of(ctx context.Context, ref event.Ref) (Standing, error) {
	_, hash, err := s.Store.Leaf(ctx, ref)
	if err != nil {
		return Standing{}, err
	}
	standing := Standing{Leaf: hash}
	leaf, ok := ledger.ParseHash(hash)
	if !ok {
		return standing, nil
	}
	standing.Index, standing.InChain, err = s.Log.Place(ctx, leaf)
	return standing, err
}
