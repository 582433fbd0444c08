package bidding

import (
	"strings"
	"time"

	"github.com/gofiber/fiber/v2"

	"sunlot/internal/calendar"
	"sunlot/internal/fault"
	"sunlot/internal/money"
	"sunlot/trading"
	"sunlot/trading/bidding"
	"sunlot/trading/mode"
	"sunlot/web"
)

// The numbers of the practice lot.
const (
	practiceOwn   = "8001"
	practiceRival = "8002"
)

// practiceTerms are those of a rising auction, which is what is practised.
var practiceTerms = mode.Ascending{
	Start:     30000,
	Step:      1000,
	MostSteps: 10,
	Free:      mode.Seconds(time.Hour),
	Window:    mode.Seconds(5 * time.Minute),
	Extend:    mode.Seconds(5 * time.Minute),
}

// rivalSteps is how many steps the scripted rival answers each bid with. After
// the last one he is silent, and the visitor has won.
var rivalSteps = []money.Fen{1, 2, 1, 3, 1}

// A visitor bids from the 54th minute on, once a minute, so that the third bid
// already moves the end. The rival takes a few seconds.
const (
	practiceBegins = 54 * time.Minute
	practiceTurn   = time.Minute
	rivalThinks    = 20*time.Second + 345*time.Millisecond
)

// practice is a made-up lot, carried in the form as the visitor's own bids. It
// is played anew from them each time, so nothing in it has to be trusted.
type practice struct {
	bidPage
	Made  string // the visitor's bids in yuan
	Chart web.Chart
}

// Over says whether the rival has given up.
func (p practice) Over() bool { return p.Leading }

// play begins the lot on that day and makes the visitor's bids one after
// another, each answered by the rival. It ends at the first that may not stand.
func play(now time.Time, made []money.Fen) practice {
	l := trading.Lot{
		Title:   "模拟标的：村东鱼塘",
		State:   trading.Bidding,
		Basis:   trading.Basis{Size: 2000, Years: 5},
		Bidders: 2,
		Terms:   practiceTerms.Terms(),
		Board:   practiceTerms.Open(calendar.DateOf(now).At(9, 0)),
	}
	p := practice{bidPage: bidPage{Room: bidding.Room{Lot: l},
		Registration: trading.Registration{Number: practiceOwn}}}
	var own []string
	for turn, price := range made {
		if p.bid(turn, price) != nil {
			break
		}
		own = append(own, price.Yuan())
	}
	p.Made = strings.Join(own, " ")
	p.Room.Choices, _ = practiceTerms.Choices(p.Room.Lot.Board, mode.Bidder{}) // of one who knows no board but this
	p.Leading = len(own) > len(rivalSteps)
	p.Chart = chartOf(p.Room, p.Room.Lot.Board.EndsAt)
	return p
}

// bid makes one bid and lets the rival answer it.
func (p *practice) bid(turn int, price money.Fen) error {
	l := &p.Room.Lot
	at := l.Board.OpensAt.Add(practiceBegins + time.Duration(turn)*practiceTurn)
	if err := p.accept(practiceOwn, price, at); err != nil || turn >= len(rivalSteps) {
		return err
	}
	return p.accept(practiceRival, price+practiceTerms.Step*rivalSteps[turn], at.Add(rivalThinks))
}

func (p *practice) accept(bidder string, price money.Fen, at time.Time) error {
	l := &p.Room.Lot
	board, err := practiceTerms.Accept(l.Board, mode.Offer{Bidder: bidder, Price: price, At: at})
	if err != nil {
		return err
	}
	bid := trading.Bid{
		Seq:      int64(board.Bids),
		Number:   bidder,
		Price:    price,
		At:       at,
		EndsAt:   board.EndsAt,
		Extended: board.EndsAt.After(l.Board.EndsAt),
	}
	p.Room.Bids = append([]trading.Bid{bid}, p.Room.Bids...)
	l.Board = board
	return nil
}

// bidsOf reads the visitor's bids; more than can be made are not read.
func bidsOf(text string) []money.Fen {
	var made []money.Fen
	for _, word := range strings.Fields(text[:min(len(text), 200)]) {
		price, err := money.ParseYuan(word)
		if err != nil || len(made) > len(rivalSteps) {
			break
		}
		made = append(made, price)
	}
	return made
}

// practice shows the practice lot at its beginning. It needs no account, writes
// nothing and is worth nothing.
func (s *Screens) practice(c *fiber.Ctx) error { return s.practicePage(c, nil, nil, nil) }

func (s *Screens) practicePage(c *fiber.Ctx, made []money.Fen, kept web.Typed, wrong error) error {
	p := play(s.Days.Clock.Now(), made)
	p.Typed = kept
	p.choices()
	if wrong != nil {
		return s.Kit.Again(c, wrong, "bidding/practice", p)
	}
	return s.Kit.Page(c, "bidding/practice", p)
}

// practiceBid goes one step on: from the sheet to the sums, and from there to
// the bid.
func (s *Screens) practiceBid(c *fiber.Ctx) error {
	p := play(s.Days.Clock.Now(), bidsOf(c.FormValue("past")))
	made := bidsOf(p.Made)
	switch act := c.FormValue("act"); {
	case p.Over():
		return s.practicePage(c, made, nil, fault.New(fault.Conflict, "这次模拟已经结束，可以再来一次"))
	case act == "back":
		return s.practicePage(c, made, nil, nil)
	case act == "confirm":
		price, err := money.ParseYuan(c.FormValue("price"))
		if err == nil {
			err = p.bid(len(made), price)
		}
		if err != nil {
			return s.practicePage(c, made, nil, fault.New(fault.Invalid, "这个单价现在不能报，请重新选择").On("price"))
		}
		return s.practicePage(c, append(made, price), nil, nil)
	}
	kept := web.Typed{"choice": c.FormValue("choice"), "price": c.FormValue("price")}
	form, err := offerOf(p.bidPage, kept)
	if err == nil {
		next := p
		err = next.bid(len(made), form.Price)
	}
	if err != nil {
		return s.practicePage(c, made, kept, err)
	}
	return s.Kit.Page(c, "bidding/practice_confirm",
		practiceConfirm{confirmPage{Lot: p.Room.Lot, Number: practiceOwn, Price: form.Price}, p.Made})
}

// practiceConfirm repeats an offer with all its sums, as for a real bid.
type practiceConfirm struct {
	confirmPage
	Made string
}
