package trading

import (
	"cmp"
	"fmt"
	"time"

	"sunlot/disclosure/words"
	"sunlot/internal/money"
	"sunlot/trading/mode"
)

// BidForm is an offer, in fen for what the lot's notice says. Match is the use of a priority
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
	Unit         money.Unit // what the price is for, when read in a list of several lots
	Match        bool
	At           time.Time // when the server had received it whole
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

// BidFacts is what the public log says of a bid. Received is when it had arrived
// whole, which decides; the event's own time is when it was decided, at most
// Grace later.
type BidFacts struct {
	Bidder   string     `json:"bidder"`
	Price    money.Fen  `json:"price"`
	Unit     money.Unit `json:"unit,omitempty"`
	Match    bool       `json:"match"`
	Received string     `json:"received"`
	EndsAt   string     `json:"ends_at"`
	Extended bool       `json:"extended"`
}

func (f BidFacts) told() []words.Fact {
	return []words.Fact{
		words.Text("竞买号", f.Bidder),
		words.Price("单价", f.Unit, f.Price),
		words.YesNo("行使优先权（同价）", f.Match),
		words.YesNo("截止时间顺延", f.Extended),
		words.Instant("服务器收到", f.Received),
		words.Instant("竞价截止", f.EndsAt),
	}
}

// ClosedFacts is what the public log says when bidding has ended with a winner.
type ClosedFacts struct {
	Winner  string     `json:"winner"`
	Side    Side       `json:"side,omitempty"`
	Unit    money.Unit `json:"unit,omitempty"`
	Price   money.Fen  `json:"price"`
	Yearly  money.Fen  `json:"yearly_rent"`
	Whole   money.Fen  `json:"whole_rent"`
	Bids    int        `json:"bids"`
	EndedAt string     `json:"ended_at"`
}

func (f ClosedFacts) told() []words.Fact {
	facts := []words.Fact{words.Text("成交的竞买号", f.Winner), words.Price("单价", f.Unit, f.Price)}
	facts = append(facts, Sums(f.Side, f.Yearly, f.Whole)...)
	return append(facts, words.Count("报价", f.Bids, "次"), words.Instant("结束时间", f.EndedAt))
}

// Why nobody won a lot, beside what its mode says.
const (
	NoBidder = "no_bidder" // nobody was qualified when the bidding was to open
	TooFew   = "too_few"   // fewer were than the rules ask of the attempt
	NoBid    = mode.NoBid
	Overrun  = "overrun" // its days were moved to the first day of the lease or past it
)

// FailedFacts is what the public log says of a lot that nobody won.
type FailedFacts struct {
	Reason    string `json:"reason"`            // NoBidder, TooFew, NoBid, Overrun, or what the mode says in words
	Undecided int    `json:"undecided"`         // as in OpenedFacts
	Bidders   int    `json:"bidders,omitempty"` // qualified, and
	Least     int    `json:"least,omitempty"`   // how many were asked, of TooFew
}

// told says why, in the words of the result's page.
func (f FailedFacts) told() []words.Fact {
	why := map[string]string{
		NoBidder: "没有人取得竞买资格",
		TooFew:   fmt.Sprintf("取得竞买资格的%d人，不足%d人", f.Bidders, f.Least),
		NoBid:    "竞价期间没有人报价",
		Overrun:  "竞价顺延后不能在租期开始或者交付以前结束",
	}
	return append([]words.Fact{words.Text("原因", cmp.Or(why[f.Reason], f.Reason))}, undecided(f.Undecided)...)
}

// undecided tells of registrations that were refused by the clock, if there were any.
func undecided(n int) []words.Fact {
	if n == 0 {
		return nil
	}
	return []words.Fact{words.Count("到竞价开始时没有审核完的报名", n, "份")}
}

// Offer is the bid as its mode sees it.
func (b Bid) Offer() mode.Offer {
	return mode.Offer{Bidder: b.Number, Rank: b.Rank, Price: b.Price, Match: b.Match, At: b.At}
}
