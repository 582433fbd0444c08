package notice

import (
	"encoding/json"
	"time"

	"github.com/gofiber/fiber/v2"

	"sunlot/internal/fault"
	"sunlot/trading"
	"sunlot/trading/bidding"
	"sunlot/trading/contracts"
	"sunlot/web"
	"sunlot/web/public/parts"
)

// tenderPage is one notice with everything that belongs to it.
type tenderPage struct {
	Tender      trading.Tender
	Before      []trading.Tender // the attempts before it, the newest first
	Notice      trading.Notice
	Withheld    string // who withheld its text, when and why
	Proof       *web.Proof
	Stages      []web.Step
	Photos      []web.Photo
	Board       []web.Photo // of the paper notice; none is a gap
	Supplements []supplementLine
	Trail       []web.Moment
	Now         time.Time
	Lot         trading.Lot
	Registering bool             // until the registration's end
	Own         string           // the reader's registration, which stands; empty without
	Award       *trading.Award   // nil until there is one
	Money       *contracts.Money // nil until the contract is signed
}

type supplementLine struct {
	trading.Supplement
	Proof *web.Proof
}

// tender shows a published notice. The page draws the very document whose hash
// is in the log.
func (s *Screens) tender(c *fiber.Ctx) error {
	ctx, who := c.UserContext(), web.Actor(c)
	t, err := s.Tendering.SeeTender(ctx, who, c.Params("id"))
	if err != nil {
		return err
	}
	if t.State != trading.Announced {
		return c.Redirect("/office/tenders/"+t.ID, fiber.StatusSeeOther)
	}
	page := tenderPage{Tender: t, Now: s.Days.Clock.Now()}
	body, err := s.Library.Document(ctx, t.Document)
	switch {
	case fault.CodeOf(err) == fault.Gone:
		page.Notice, page.Withheld = veiled(t), fault.MessageOf(err)
	case err != nil:
		return err
	default:
		if err := json.Unmarshal(body, &page.Notice); err != nil {
			return err
		}
	}
	page.Proof, err = web.Badge(c, s.Standings, t.Event)
	if err != nil {
		return err
	}
	page.Photos, err = parts.Photos(ctx, s.Library, page.Notice.Asset.Photos, page.Notice.Asset.Name)
	if err != nil {
		return err
	}
	if t.BoardPhoto != "" {
		page.Board, err = parts.Photos(ctx, s.Library, []string{t.BoardPhoto}, "纸质公告")
		if err != nil {
			return err
		}
	}
	page.Before, err = s.Tendering.SeeAttempts(ctx, t)
	if err != nil {
		return err
	}
	page.Stages = stages(t, page.Now)
	page.Supplements, err = s.supplements(c, t.ID)
	if err != nil {
		return err
	}
	acts, err := s.Tendering.SeeTrail(ctx, who, t)
	if err != nil {
		return err
	}
	page.Trail = s.Kit.Trail(acts)
	if err := s.outcome(c, &page); err != nil {
		return err
	}
	return s.Kit.Page(c, "notice/tender", page)
}

// veiled is what is left of a notice whose text is withheld: its sums and days,
// which its event has too. The page leaves out the rest.
func veiled(t trading.Tender) trading.Notice {
	return trading.Notice{
		Tender:     t.ID,
		Asset:      trading.AssetForm{Area: t.Area},
		Terms:      t.TenderForm,
		YearlyRent: t.Yearly(),
		WholeRent:  t.Whole(),
		Deposit:    t.Deposit(),
		EndsOn:     string(t.EndsOn()),
	}
}

// outcome adds what has become of the notice: bidding, result and rent.
func (s *Screens) outcome(c *fiber.Ctx, page *tenderPage) error {
	room, err := s.Bidding.SeeRoom(c.UserContext(), web.Actor(c), page.Tender.Lot, bidding.NewestBid)
	if err != nil {
		return err
	}
	page.Lot, page.Award = room.Lot, room.Award
	page.Registering = page.Now.Before(room.Lot.RegisterUntil)
	own, err := s.Bidding.OwnRegistration(c.UserContext(), web.Actor(c), page.Tender.Lot)
	if err != nil && fault.CodeOf(err) != fault.NotFound {
		return err
	}
	page.Own = own.ID
	page.Stages = append(page.Stages, after(page.Award, page.Lot)...)
	page.Money, err = parts.Money(c.UserContext(), s.Contracts, page.Tender.Lot)
	return err
}

func (s *Screens) supplements(c *fiber.Ctx, tenderID string) ([]supplementLine, error) {
	list, err := s.Tendering.SeeSupplements(c.UserContext(), web.Actor(c), tenderID)
	if err != nil {
		return nil, err
	}
	var lines []supplementLine
	for _, sup := range list {
		if sup.State != trading.Released {
			continue
		}
		proof, err := web.Badge(c, s.Standings, sup.Event)
		if err != nil {
			return nil, err
		}
		lines = append(lines, supplementLine{sup, proof})
	}
	return lines, nil
}
