// Package mode holds the ways a lot can be won, one file each. A mode is pure:
// it knows no clock, database or HTTP, and nobody else knows how it decides.
package mode

import (
	"time"

	"sunlot/internal/fault"
	"sunlot/internal/money"
)

// Draft is what the terms of a lot are made from: what its tender says, and what the
// rule pack says of how is bid. A mode takes of it what it needs.
type Draft struct {
	Start, Step money.Fen
	MostSteps   int // of one raise
	Free        time.Duration
	Window      time.Duration
	Extend      time.Duration
}

// Terms are frozen when the lot is announced. The start price is what all modes have
// in common; the rest is the mode's own and nobody else's.
type Terms struct {
	Start money.Fen
	Own   Document
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

// Board is where a bidding stands. Leading.Bidder is empty while nobody leads. Own is
// what the mode alone has to remember; empty when that is nothing.
type Board struct {
	OpensAt, EndsAt time.Time
	Leading         Offer
	Bids            int
	Own             Document
}

// Bidder is somebody who may bid. The zero value is whoever only looks on.
type Bidder struct {
	Number string
	Rank   int
}

// Choice is one offer that a bidder may make with a tap. Key names it as long as the
// board stands.
type Choice struct {
	Key, Label string
	Price      money.Fen
	Match      bool
}

// Choices is what a bidder may do now: one of the list, or a price of his own from Least
// to Most, of which there is none when Least is above Most. Why says why nothing of it is
// his now; it is empty when something is.
type Choices struct {
	Why         string
	List        []Choice
	Least, Most money.Fen
}

// Fact is what has happened in a bidding by itself, to be told to everybody.
type Fact struct {
	Kind  string
	Facts any
}

// Place is one bidder's place in the ranking, by the last offer that counts.
type Place struct {
	Offer  Offer
	Reason string
}

// NoBid is why nobody won where nobody bid.
const NoBid = "no_bid"

// Outcome ranks all who bid, the winner first. Why says why nobody won when there is no
// place.
type Outcome struct {
	Places []Place
	Why    string
}

// Term is one of the terms, as the notice and the log say it: a price, or words.
type Term struct {
	Label string
	Price money.Fen
	Words string
}

// About is what everybody may know of a mode before any lot is won by it.
type About struct {
	Name  string   // with its version: lots and logs know it by that for ever
	Label string   // as on the notice
	Sides []string // that it serves; see Let
	Rule  string   // how the bidding ends, as the room says it; a sentence without its full stop
	Brief string   // the same in a message, after the end
}

// The sides of a tender that lets or sells something to the highest bidder.
const (
	Let  = "let"
	Sell = "sell"
)

// Mode is a way to win a lot.
type Mode interface {
	About() About
	// Freeze makes the terms, or says what of the draft does not do.
	Freeze(d Draft) (Terms, error)
	// Under reads the terms of a lot.
	Under(t Terms) (Rules, error)
}

// Rules decide one lot: a mode under the lot's terms.
type Rules interface {
	// Terms are those that Freeze would make: equal terms are equal.
	Terms() Terms
	// Told lists those of the terms that are not the rule pack's.
	Told() []Term
	// Lasts is how long the bidding lasts when nothing moves its end, and how much of
	// it is left at least to whoever comes back when lost time is given back.
	Lasts() (whole, spare time.Duration)
	// Open is the board at the beginning of the bidding.
	Open(at time.Time) Board
	// Next is when something happens by itself before the end, so that Tick must be
	// asked; zero when nothing does. It moves with the end.
	Next(b Board) (time.Time, error)
	// Accept answers the board after the offer, or the board as it was and a
	// fault that says why the offer may not stand and what to do.
	Accept(b Board, o Offer) (Board, error)
	// Tick lets happen what happens at that instant, which is Next's. It tells at least one
	// fact, from which whoever reads the log alone knows that it has happened.
	Tick(b Board, at time.Time) (Board, []Fact, error)
	// Choices is what the bidder may do.
	Choices(b Board, who Bidder) (Choices, error)
	// Result ranks the offers that were accepted, which are given in their order.
	Result(b Board, offers []Offer) (Outcome, error)
}

// Usual is the mode of a lot whose draft names none.
const Usual = "ascending/1"

// All is every way of winning a lot. A version stays in it as long as a log knows it.
var All = []Mode{ascending{}}

// before is what modes were called when they had no version.
var before = map[string]string{"ascending": "ascending/1"}

// Find is the mode of that name. A name that is not known decides nothing.
func Find(name string) (Mode, error) {
	known := name
	if versioned, old := before[name]; old {
		known = versioned
	}
	for _, m := range All {
		if m.About().Name == known {
			return m, nil
		}
	}
	return nil, fault.New(fault.Invalid, "没有“%s”这种交易方式", name)
}

// Of is the rules of a lot of that mode and those terms.
func Of(name string, t Terms) (Rules, error) {
	m, err := Find(name)
	if err != nil {
		return nil, err
	}
	return m.Under(t)
}
