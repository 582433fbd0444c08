package bidding

import (
	"encoding/json"

	"github.com/gofiber/fiber/v2"

	"sunlot/internal/identity"
	"sunlot/trading"
	"sunlot/web"
)

type registrationPage struct {
	Registration trading.Registration
	Lot          trading.Lot
	Deposits     []trading.Deposit
	InChain      bool // the blind tick that holds the commitment
	Mine         bool
	Again        bool   // may register anew
	Anew         bool   // the bank took the deposit back, and it may be paid once more
	Standing     string // where the bidder's own stands; empty for others
	Kept         string // what the bidder keeps, written out; empty for others
}

func (s *Screens) registration(c *fiber.Ctx) error {
	page, err := s.registrationPage(c)
	if err != nil {
		return err
	}
	return s.Kit.Page(c, "bidding/registration", page)
}

func (s *Screens) registrationPage(c *fiber.Ctx) (registrationPage, error) {
	ctx, who := c.UserContext(), web.Actor(c)
	r, err := s.Bidding.SeeRegistration(ctx, who, c.Params("id"))
	if err != nil {
		return registrationPage{}, err
	}
	page := registrationPage{Registration: r, Mine: r.PersonID == who.PersonID}
	page.Lot, err = s.Bidding.SeeLot(ctx, who, r.Lot)
	if err != nil {
		return page, err
	}
	page.Deposits, err = s.Bidding.DepositsOf(ctx, who, r.ID)
	if err != nil {
		return page, err
	}
	proof, in, err := s.blindProof(c, r)
	if err != nil {
		return page, err
	}
	page.InChain = in
	if page.Mine {
		page.Again, err = s.Bidding.MayRegister(ctx, who, r.Lot)
		if err != nil {
			return page, err
		}
		page.Anew, err = s.Bidding.PaysAnew(ctx, who, r)
		if err != nil {
			return page, err
		}
		page.Standing, err = s.Bidding.Standing(ctx, who, r)
		if err != nil {
			return page, err
		}
		text, err := json.MarshalIndent(keepsakeOf(r, proof, in), "", "  ")
		if err != nil {
			return page, err
		}
		page.Kept = string(text)
	}
	return page, nil
}

func (s *Screens) pull(c *fiber.Ctx) error {
	r := web.Read(c)
	id, err := s.Bidding.PullRegistration(c.UserContext(), web.Actor(c), r.RequestID(), c.Params("id"), r.Version(),
		web.Arrived(c))
	if err != nil {
		page, pageErr := s.registrationPage(c)
		if pageErr != nil {
			return err
		}
		return s.Kit.Again(c, err, "bidding/registration", page)
	}
	return s.Kit.Done(c, "/registrations/"+id, "报名已撤回")
}

// registrations lists the bidder's own.
func (s *Screens) registrations(c *fiber.Ctx) error {
	list, paging, err := web.ReadPage(c, web.PageOf(c), func(at identity.Page) ([]trading.Registration, int, error) {
		return s.Bidding.OwnRegistrations(c.UserContext(), web.Actor(c), at)
	})
	if err != nil {
		return err
	}
	standing := map[string]string{}
	for _, r := range list {
		standing[r.ID], err = s.Bidding.Standing(c.UserContext(), web.Actor(c), r)
		if err != nil {
			return err
		}
	}
	return s.Kit.Page(c, "bidding/registrations", struct {
		Registrations []trading.Registration
		Standing      map[string]string // by registration
		Paging        web.Paging
	}{list, standing, paging})
}
