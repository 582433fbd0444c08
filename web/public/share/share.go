// Package share is what a village passes on of a notice: the text for its chat
// group, the script for its loudspeaker, and the picture with the code.
package share

import (
	"time"

	"github.com/gofiber/fiber/v2"

	"sunlot/internal/casework"
	"sunlot/trading"
	"sunlot/trading/bidding"
	"sunlot/trading/tendering"
	"sunlot/web"
)

// Screens is the pages and the picture to pass on.
type Screens struct {
	Kit       *web.Kit
	Days      casework.Schedules
	Tendering *tendering.Service
	Bidding   *bidding.Service
}

// Register declares the routes.
func (s *Screens) Register() {
	s.Kit.Get("/tenders/:id/share", web.Public, s.share)
	s.Kit.Get("/tenders/:id/card.png", web.Public, s.card)
	s.Kit.Get("/tenders/:id/opening.ics", web.Public, s.opening)
}

// share is what a village passes on of a notice, as things stand at Now.
type share struct {
	trading.Tender
	Room   bidding.Room
	Now    time.Time
	Origin string // before the path of every address
}

// share shows the texts and the picture to pass on, to everybody.
func (s *Screens) share(c *fiber.Ctx) error {
	page, err := s.shared(c)
	if err != nil {
		return err
	}
	return s.Kit.Page(c, "share/show", page)
}

// card draws the picture to pass on. It leads to the notice, which stays true at
// every stage.
func (s *Screens) card(c *fiber.Ctx) error {
	page, err := s.shared(c)
	if err != nil {
		return err
	}
	picture, err := drawCode(page.Origin + "/tenders/" + page.ID)
	if err != nil {
		return err
	}
	c.Set(fiber.HeaderCacheControl, "public, max-age=3600") // an address alone: nothing in it can be withheld
	c.Set(fiber.HeaderContentType, "image/png")
	return c.Send(picture)
}

// shared refuses what is not announced: it has no lot yet.
func (s *Screens) shared(c *fiber.Ctx) (share, error) {
	ctx, who := c.UserContext(), web.Actor(c)
	page := share{Now: s.Days.Clock.Now(), Origin: s.Kit.Absolute("")}
	var err error
	page.Tender, err = s.Tendering.SeeTender(ctx, who, c.Params("id"))
	if err != nil {
		return page, err
	}
	page.Room, err = s.Bidding.SeeRoom(ctx, who, page.Tender.Lot, bidding.NewestBid)
	return page, err
}
