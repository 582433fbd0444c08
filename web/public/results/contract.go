package results

import (
	"github.com/gofiber/fiber/v2"

	"sunlot/internal/identity"
	"sunlot/trading"
	"sunlot/trading/contracts"
	"sunlot/web"
)

type contractPage struct {
	contracts.Money
	Award trading.Award
	Lot   trading.Lot
	Mine  bool
	Proof *web.Proof
}

// contract shows a lease and its money: to everybody once it is signed, to the
// lessee before, for signing.
func (s *Screens) contract(c *fiber.Ctx) error {
	page, err := s.contractPage(c)
	if err != nil {
		return err
	}
	return s.Kit.Page(c, "results/contract", page)
}

func (s *Screens) contractPage(c *fiber.Ctx) (contractPage, error) {
	ctx, who := c.UserContext(), web.Actor(c)
	var page contractPage
	var err error
	page.Money, err = s.Contracts.SeeMoney(ctx, who, c.Params("id"))
	if err != nil {
		return page, err
	}
	page.Mine = who.SignedIn() && page.Contract.PersonID == who.PersonID
	page.Award, err = s.Bidding.SeeAward(ctx, who, page.Contract.Lot)
	if err != nil {
		return page, err
	}
	page.Lot, err = s.Bidding.SeeLot(ctx, who, page.Contract.Lot)
	if err != nil {
		return page, err
	}
	page.Proof, err = web.Badge(c, s.Standings, page.Contract.Event)
	return page, err
}

func (s *Screens) contractSign(c *fiber.Ctx) error {
	r := web.Read(c)
	form := contracts.SignForm{Version: r.Version(), Agreed: r.Yes("agreed")}
	id, err := s.Contracts.Sign(c.UserContext(), web.Actor(c), r.RequestID(), c.Params("id"), form)
	if err != nil {
		page, pageErr := s.contractPage(c)
		if pageErr != nil {
			return err
		}
		return s.Kit.Again(c, err, "results/contract", page)
	}
	return s.Kit.Done(c, "/lots/"+id+"/contract", "合同已签订，已写入公开日志")
}

// contracts lists the bidder's own.
func (s *Screens) contracts(c *fiber.Ctx) error {
	list, paging, err := web.ReadPage(c, web.PageOf(c), func(at identity.Page) ([]contracts.Contract, int, error) {
		return s.Contracts.OwnContracts(c.UserContext(), web.Actor(c), at)
	})
	if err != nil {
		return err
	}
	return s.Kit.Page(c, "results/contracts", struct {
		Contracts []contracts.Contract
		Paging    web.Paging
	}{list, paging})
}
