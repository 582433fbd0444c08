package api

import (
	_ "embed"
	"time"

	"github.com/gofiber/fiber/v2"

	"sunlot/internal/casework"
	"sunlot/internal/event"
	"sunlot/internal/money"
	"sunlot/trading"
	"sunlot/trading/bidding"
	"sunlot/trading/mode"
	"sunlot/web"
)

//go:embed openapi/lot.yaml
var lotPart string

func (s *Screens) lotRoutes() {
	k := s.Kit
	k.Get(root+"/lots", web.Public, s.lots)
	k.Get(root+"/lots/:id", web.Public, s.lot)
	k.Post(root+"/lots/:id/bids", web.Needs(bidding.BidPlace), s.placeBid)
	k.Get(root+"/bids", web.Needs(bidding.BidPlace), s.ownBids)
}

type lotOut struct {
	ID            string         `json:"id"`
	Tender        string         `json:"tender"`
	Place         int            `json:"place"`
	Number        string         `json:"number,omitempty"`
	Title         string         `json:"title"`
	State         casework.State `json:"state"`
	Mode          string         `json:"mode"`
	StartPrice    money.Fen      `json:"start_price"`
	Terms         mode.Document  `json:"terms,omitempty"` // the mode's own
	Side          string         `json:"side"`
	Unit          string         `json:"unit"`
	Measure       string         `json:"measure"`
	Area          money.Area     `json:"area"`
	Years         int            `json:"years"`
	Deposit       money.Fen      `json:"deposit"`
	RegisterUntil time.Time      `json:"register_until"`
	OpensAt       time.Time      `json:"opens_at"`
	EndsAt        time.Time      `json:"ends_at"`
	Leader        string         `json:"leader,omitempty"`
	Price         money.Fen      `json:"price"` // the leading one, else the start price
	YearlyRent    money.Fen      `json:"yearly_rent"`
	WholeRent     money.Fen      `json:"whole_rent"`
	Bids          int            `json:"bids"`
	Bidders       int            `json:"bidders"`
	Event         event.Ref      `json:"event,omitzero"`
}

func drawLot(l trading.Lot) lotOut {
	return lotOut{
		ID:            l.ID,
		Tender:        l.Tender,
		Place:         l.Place,
		Number:        l.Number,
		Title:         l.Title,
		State:         l.State,
		Mode:          l.Mode,
		StartPrice:    l.Terms.Start,
		Terms:         l.Terms.Own,
		Side:          l.Side.Code(),
		Unit:          l.Unit.Code(),
		Measure:       l.Measure.Code(),
		Area:          l.Size,
		Years:         l.Years,
		Deposit:       l.Deposit,
		RegisterUntil: l.RegisterUntil,
		OpensAt:       l.Board.OpensAt,
		EndsAt:        l.Board.EndsAt,
		Leader:        l.Board.Leading.Bidder,
		Price:         l.Price(),
		YearlyRent:    l.Period(l.Price()),
		WholeRent:     l.Whole(l.Price()),
		Bids:          l.Board.Bids,
		Bidders:       l.Bidders,
		Event:         l.Event,
	}
}

// lots lists those of a state, bidding unless ?state= says another.
func (s *Screens) lots(c *fiber.Ctx) error {
	q := query(c)
	q.States = []casework.State{casework.State(c.Query("state", string(trading.Bidding)))}
	rows, total, err := s.Bidding.SeeLots(c.UserContext(), web.Actor(c), q)
	if err != nil {
		return err
	}
	return c.JSON(page(q.Page, rows, total, drawLot))
}

type bidOut struct {
	Lot      string    `json:"lot"`
	Seq      int64     `json:"seq"`
	Bidder   string    `json:"bidder"`
	Price    money.Fen `json:"price"`
	Match    bool      `json:"match"`
	At       time.Time `json:"at"`
	EndsAt   time.Time `json:"ends_at"`
	Extended bool      `json:"extended"`
}

func drawBid(b trading.Bid) bidOut {
	return bidOut{
		Lot:      b.Lot,
		Seq:      b.Seq,
		Bidder:   b.Number,
		Price:    b.Price,
		Match:    b.Match,
		At:       b.At,
		EndsAt:   b.EndsAt,
		Extended: b.Extended,
	}
}

type roomOut struct {
	Lot     lotOut           `json:"lot"`
	Head    int64            `json:"head"` // seq up to which this picture goes
	Least   money.Fen        `json:"least"`
	Most    money.Fen        `json:"most"`
	Holders []trading.Holder `json:"holders"`
	Bids    []bidOut         `json:"bids"`
}

// lot is a lot's room: the state that its events up to head have led to.
func (s *Screens) lot(c *fiber.Ctx) error {
	room, err := s.Bidding.SeeRoom(c.UserContext(), web.Actor(c), c.Params("id"), bidding.MostBids)
	if err != nil {
		return err
	}
	out := roomOut{
		Lot:     drawLot(room.Lot),
		Head:    room.Head,
		Least:   room.Choices.Least,
		Most:    room.Choices.Most,
		Holders: append([]trading.Holder{}, room.Holders...),
		Bids:    []bidOut{},
	}
	for _, b := range room.Bids {
		out.Bids = append(out.Bids, drawBid(b))
	}
	return c.JSON(out)
}

// offered is a price for the lot of the address.
type offered struct {
	Price money.Fen `json:"price"`
	Match bool      `json:"match"`
}

// placeBid answers the receipt: the same request again gets the same.
func (s *Screens) placeBid(c *fiber.Ctx) error {
	var body offered
	if err := decode(c.Body(), &body); err != nil {
		return err
	}
	receipt, err := s.Bidding.PlaceBid(c.UserContext(), web.Actor(c), c.Get("Idempotency-Key"),
		trading.BidForm{Lot: c.Params("id"), Price: body.Price, Match: body.Match}, web.Arrived(c))
	if err != nil {
		return err
	}
	return c.JSON(receipt)
}

func (s *Screens) ownBids(c *fiber.Ctx) error {
	at := web.PageOf(c)
	rows, total, err := s.Bidding.OwnBids(c.UserContext(), web.Actor(c), at)
	if err != nil {
		return err
	}
	return c.JSON(page(at, rows, total, drawBid))
}
