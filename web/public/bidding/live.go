package bidding

import (
	"slices"
	"time"

	"github.com/gofiber/fiber/v2"

	"sunlot/internal/fault"
	"sunlot/trading"
	"sunlot/trading/bidding"
	"sunlot/web"
)

// roomPage is a lot's live room: the picture that its events up to Head have
// led to. The island goes on from there.
type roomPage struct {
	bidding.Room
	Epoch string
	Chart web.Chart
	Own   ownPart
}

// ownPart is what of a room is one visitor's own; without a number, nothing is.
type ownPart struct {
	Number       string // empty unless the visitor may bid here, or could
	Registration string // its id
	Bid          bool   // whether one of the bids is his
	Leads        bool
	Stood        string // how it ended for him; empty while it has not
}

// lots is for whoever cuts a room's address short: all notices.
func (s *Screens) lots(c *fiber.Ctx) error {
	return c.Redirect("/tenders", fiber.StatusSeeOther)
}

// room shows a lot live, to everybody without an account.
func (s *Screens) room(c *fiber.Ctx) error {
	bids := bidding.NewestBids
	if c.Query("bids") == "all" {
		bids = bidding.MostBids
	}
	page, err := s.roomPage(c, bids)
	if err != nil {
		return err
	}
	return s.Kit.Page(c, "bidding/live", page)
}

// replay shows the same events again, at the visitor's speed.
func (s *Screens) replay(c *fiber.Ctx) error {
	page, err := s.roomPage(c, bidding.MostBids)
	if err == nil && page.Lot.State != trading.Awarded {
		err = web.NotYet("竞价尚未成交，暂无回放")
	}
	if err != nil {
		return err
	}
	return s.Kit.Page(c, "bidding/replay", page)
}

func (s *Screens) roomPage(c *fiber.Ctx, bids int) (roomPage, error) {
	room, err := s.Bidding.SeeRoom(c.UserContext(), web.Actor(c), c.Params("id"), bids)
	if err != nil {
		return roomPage{}, err
	}
	page := roomPage{Room: room, Epoch: s.Epoch, Chart: chartOf(room, s.Days.Clock.Now())}
	r, err := s.Bidding.OwnRegistration(c.UserContext(), web.Actor(c), room.Lot.ID)
	switch {
	case fault.CodeOf(err) == fault.NotFound || err == nil && r.State != trading.Qualified:
		return page, nil
	case err != nil:
		return page, err
	}
	page.Own = ownOf(room, r)
	if room.Lot.State != trading.Bidding && room.Lot.State != trading.Listed {
		page.Own.Stood, err = s.Bidding.Standing(c.UserContext(), web.Actor(c), r)
	}
	return page, err
}

func ownOf(room bidding.Room, r trading.Registration) ownPart {
	own := func(b trading.Bid) bool { return b.Number == r.Number }
	return ownPart{
		Number:       r.Number,
		Registration: r.ID,
		Bid:          slices.ContainsFunc(room.Bids, own) || slices.ContainsFunc(room.Course, own),
		Leads:        r.Number != "" && room.Lot.Board.Leading.Bidder == r.Number,
	}
}

// chartOf draws the price over the time of the bidding, as far as it has come.
func chartOf(room bidding.Room, now time.Time) web.Chart {
	l := room.Lot
	c := web.Chart{From: l.Board.OpensAt, Until: l.Board.EndsAt, Start: l.Terms.Start, Unit: l.Unit}
	if room.Lot.State == trading.Bidding && now.Before(c.Until) {
		c.Until = now
	}
	course := room.Course
	if len(course) == 0 {
		course = slices.Clone(room.Bids)
		slices.Reverse(course)
	}
	for _, b := range course {
		c.Add(b.At, b.Price)
	}
	return c
}
