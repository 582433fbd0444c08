package api

import (
	"time"

	"github.com/gofiber/fiber/v2"

	"sunlot/internal/casework"
	"sunlot/internal/event"
	"sunlot/internal/identity"
	"sunlot/internal/money"
	"sunlot/trading"
	"sunlot/web"
)

func (s *Screens) lotRoutes() {
	k := s.Kit
	k.Get(root+"/lots", web.Public, s.lots)
	k.Get(root+"/lots/:id", web.Public, s.lot)
	k.Post(root+"/lots/:id/bids", web.Needs(identity.BidPlace), s.placeBid)
	k.Get(root+"/bids", web.Needs(identity.BidPlace), s.ownBids)
	k.Get(root+"/lots/:id/award", web.Public, s.award)
	k.Get(root+"/lots/:id/objections", web.Public, s.objections)
	k.Post(root+"/lots/:id/objections", web.Public, write(func(c *fiber.Ctx, who identity.Actor, requestID string, body objecting) (string, error) {
		return s.Bidding.Object(c.UserContext(), who, requestID, trading.ObjectionForm{Lot: c.Params("id"), Name: body.Name, Phone: body.Phone, Text: body.Text})
	}))
	k.Post(root+"/objections/:id/answer", web.Needs(identity.ObjectionAnswer), write(func(c *fiber.Ctx, who identity.Actor, requestID string, form trading.AnswerForm) (string, error) {
		return s.Bidding.AnswerObjection(c.UserContext(), who, requestID, c.Params("id"), form)
	}))
}

type lotOut struct {
	ID            string         `json:"id"`
	Title         string         `json:"title"`
	State         casework.State `json:"state"`
	Mode          string         `json:"mode"`
	StartPrice    money.Fen      `json:"start_price"`
	Step          money.Fen      `json:"step"`
	MostSteps     int            `json:"most_steps"`
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
	return lotOut{ID: l.ID, Title: l.Title, State: l.State, Mode: l.Mode, StartPrice: l.Terms.Start, Step: l.Terms.Step, MostSteps: l.Terms.MostSteps, Area: l.Area, Years: l.Years, Deposit: l.Deposit,
		RegisterUntil: l.RegisterUntil, OpensAt: l.Board.OpensAt, EndsAt: l.Board.EndsAt, Leader: l.Board.Leading.Bidder, Price: l.Price(), YearlyRent: l.Yearly(l.Price()), WholeRent: l.Whole(l.Price()),
		Bids: l.Board.Bids, Bidders: l.Bidders, Event: l.Event}
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
	return bidOut{Lot: b.Lot, Seq: b.Seq, Bidder: b.Number, Price: b.Price, Match: b.Match, At: b.At, EndsAt: b.EndsAt, Extended: b.Extended}
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
	room, err := s.Bidding.SeeRoom(c.UserContext(), web.Actor(c), c.Params("id"))
	if err != nil {
		return err
	}
	out := roomOut{Lot: drawLot(room.Lot), Head: room.Head, Least: room.Least, Most: room.Most, Holders: append([]trading.Holder{}, room.Holders...), Bids: []bidOut{}}
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
		trading.BidForm{Lot: c.Params("id"), Price: body.Price, Match: body.Match})
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

type awardOut struct {
	Lot         string         `json:"lot"`
	State       casework.State `json:"state"`
	Winner      string         `json:"winner"` // real name
	Bidder      string         `json:"bidder"` // number
	Priority    bool           `json:"priority"`
	Price       money.Fen      `json:"price"`
	YearlyRent  money.Fen      `json:"yearly_rent"`
	WholeRent   money.Fen      `json:"whole_rent"`
	OverStart   money.Fen      `json:"over_start"`
	OverLast    money.Fen      `json:"over_last"`
	AwardedAt   time.Time      `json:"awarded_at"`
	PublicUntil time.Time      `json:"public_until"`
	Firm        bool           `json:"firm"`
	SettledAt   time.Time      `json:"settled_at,omitzero"`
	Event       event.Ref      `json:"event"`
}

func (s *Screens) award(c *fiber.Ctx) error {
	a, err := s.Bidding.SeeAward(c.UserContext(), web.Actor(c), c.Params("id"))
	if err != nil {
		return err
	}
	return c.JSON(awardOut{Lot: a.Lot, State: a.State, Winner: a.Name, Bidder: a.Number, Priority: a.Priority, Price: a.Price, YearlyRent: a.Yearly, WholeRent: a.Whole, OverStart: a.OverStart(), OverLast: a.OverLast(),
		AwardedAt: a.AwardedAt, PublicUntil: a.PublicUntil, Firm: a.Firm, SettledAt: a.SettledAt, Event: a.Event})
}

// objecting is an objection to the result of the address.
type objecting struct {
	Name  string `json:"name"`
	Phone string `json:"phone"`
	Text  string `json:"text"`
}

type objectionOut struct {
	ID         string         `json:"id"`
	State      casework.State `json:"state"`
	Version    int            `json:"version"`
	Text       string         `json:"text,omitempty"` // as it may be read by all
	Answer     string         `json:"answer,omitempty"`
	RaisedAt   time.Time      `json:"raised_at"`
	AnswerBy   string         `json:"answer_by"`
	AnsweredAt time.Time      `json:"answered_at,omitzero"`
	Event      event.Ref      `json:"event"`
}

func (s *Screens) objections(c *fiber.Ctx) error {
	if _, err := s.Bidding.SeeAward(c.UserContext(), web.Actor(c), c.Params("id")); err != nil {
		return err
	}
	rows, err := s.Bidding.SeeObjections(c.UserContext(), web.Actor(c), c.Params("id"))
	if err != nil {
		return err
	}
	return c.JSON(page(identity.Page{Number: 1, Size: identity.MaxPage}, rows, len(rows), func(o trading.Objection) objectionOut {
		return objectionOut{ID: o.ID, State: o.State, Version: o.Version, Text: o.Public, Answer: o.Answer, RaisedAt: o.RaisedAt, AnswerBy: string(o.AnswerBy), AnsweredAt: o.AnsweredAt, Event: o.Event}
	}))
}
