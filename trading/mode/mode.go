// Package mode holds the ways a lot can be won, one file each. A mode is pure:
// it knows no clock, no database and no HTTP.
package mode

import (
	"time"

	"sunlot/internal/fault"
	"sunlot/internal/money"
)

// Terms are frozen when the lot is announced. Prices in fen per mu and year.
type Terms struct {
	Start, Step money.Fen // both above zero
	MostSteps   int       // of one raise, at least one
	Free        time.Duration
	Window      time.Duration // a bid received this close to the end moves the end
	Extend      time.Duration // to at least this long after it was received
}

// Offer is one price; At is when the server had received it. Rank is the bidder's confirmed
// priority: 0 none, 1 first (member), 2 second (former lessee). Match is the use
// of that right at the leading price.
type Offer struct {
	Bidder string
	Rank   int
	Price  money.Fen
	Match  bool
	At     time.Time
}

// Board is all a mode looks at. Leading.Bidder is empty while there is no bid;
// whoever leads at the end has won.
type Board struct {
	OpensAt, EndsAt time.Time
	Leading         Offer
	Bids            int
}

// Mode decides how a lot is won.
type Mode interface {
	// Open is the board at the beginning of the bidding.
	Open(t Terms, at time.Time) Board
	// Accept answers the board after the offer, or the board as it was and a
	// fault that says why the offer may not stand and what to do.
	Accept(t Terms, b Board, o Offer) (Board, error)
	// Range is the least and the most that the next raise may be. There is no
	// next raise when least is above most.
	Range(t Terms, b Board) (least, most money.Fen)
	// MayMatch says whether a bidder of that rank may take the lead at the
	// leading price.
	MayMatch(b Board, bidder string, rank int) bool
}

// modes is every way of winning a lot, by the name that its notice gives.
var modes = map[string]Mode{
	"ascending": ascending{},
}

// Find is the mode of that name.
func Find(name string) (Mode, error) {
	m, found := modes[name]
	if !found {
		return nil, fault.New(fault.Invalid, "没有“%s”这种交易方式", name)
	}
	return m, nil
}
