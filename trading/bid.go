package trading

import (
	"time"

	"sunlot/internal/money"
	"sunlot/trading/mode"
)

// BidForm is an offer, in fen per mu and year. Match is the use of a priority
// right at the leading price.
type BidForm struct {
	Lot   string    `json:"lot"`
	Price money.Fen `json:"price"`
	Match bool      `json:"match"`
}

// Bid is an accepted offer. It cannot be changed or withdrawn.
type Bid struct {
	Lot          string
	LotTitle     string // when read
	Seq          int64  // of its event in the lot's stream
	Registration string
	PersonID     string
	Number       string
	Rank         int
	Price        money.Fen
	Match        bool
	At           time.Time // received by the server
	EndsAt       time.Time // of the bidding, after this bid
	Extended     bool
}

// Receipt is what a bidder is told of an accepted bid; the same request again
// is told the same.
type Receipt struct {
	Lot      string    `json:"lot"`
	Seq      int64     `json:"seq"`
	Number   string    `json:"bidder"`
	Price    money.Fen `json:"price"`
	Match    bool      `json:"match"`
	At       time.Time `json:"at"`
	EndsAt   time.Time `json:"ends_at"`
	Extended bool      `json:"extended"`
}

// BidFacts is what the public log says of a bid.
type BidFacts struct {
	Bidder   string    `json:"bidder"`
	Price    money.Fen `json:"price"`
	Match    bool      `json:"match"`
	EndsAt   string    `json:"ends_at"`
	Extended bool      `json:"extended"`
}

// OpenedFacts is what the public log says when bidding opens: the terms, how
// many may bid, who of them has which priority, and the commitments of all
// registrations, so that each bidder finds his own.
type OpenedFacts struct {
	OpensAt       string    `json:"opens_at"`
	EndsAt        string    `json:"ends_at"`
	StartPrice    money.Fen `json:"start_price"`
	Step          money.Fen `json:"step"`
	MostSteps     int       `json:"most_steps"`
	FreeSeconds   int       `json:"free_seconds"`
	WindowSeconds int       `json:"window_seconds"`
	ExtendSeconds int       `json:"extend_seconds"`
	Bidders       int       `json:"bidders"`
	Holders       []Holder  `json:"holders"`
	Registrations []string  `json:"registrations"` // commitments in hex, in order of the hash
}

// Holder is a bidder with a priority right.
type Holder struct {
	Bidder string `json:"bidder"`
	Rank   int    `json:"rank"`
}

// ClosedFacts is what the public log says when bidding has ended with a winner.
type ClosedFacts struct {
	Winner  string    `json:"winner"`
	Price   money.Fen `json:"price"`
	Yearly  money.Fen `json:"yearly_rent"`
	Whole   money.Fen `json:"whole_rent"`
	Bids    int       `json:"bids"`
	EndedAt string    `json:"ended_at"`
}

// FailedFacts is what the public log says of a lot that nobody won.
type FailedFacts struct {
	Reason string `json:"reason"` // no_bidder or no_bid
}

// Offer is the bid as its mode sees it.
func (b Bid) Offer() mode.Offer {
	return mode.Offer{Bidder: b.Number, Rank: b.Rank, Price: b.Price, Match: b.Match, At: b.At}
}
