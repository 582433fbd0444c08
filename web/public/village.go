package public

import (
	"github.com/gofiber/fiber/v2"

	"sunlot/internal/fault"
	"sunlot/internal/identity"
	"sunlot/trading"
	"sunlot/web"
)

// villages lists the county's villages, each under its township.
func (s *Screens) villages(c *fiber.Ctx) error {
	orgs, err := s.Trading.Store.OrgsIn(c.UserContext(), identity.Everywhere, []identity.OrgKind{identity.Township, identity.Village})
	if err != nil {
		return err
	}
	return s.Kit.Page(c, "village/list", orgs)
}

type villagePage struct {
	Village     identity.Org
	Groups      []identity.Org
	Assets      []trading.Asset
	Notices     []trading.Tender
	Resolutions []trading.Resolution
	Paging      web.Paging
}

// village shows what a village owns, lets and has decided.
func (s *Screens) village(c *fiber.Ctx) error {
	ctx := c.UserContext()
	all, err := s.Trading.Store.OrgsIn(ctx, identity.Everywhere, []identity.OrgKind{identity.Village})
	if err != nil {
		return err
	}
	page := villagePage{}
	for _, o := range all {
		if o.ID == c.Params("id") {
			page.Village = o
		}
	}
	if page.Village.ID == "" {
		return fault.New(fault.NotFound, "没有这个村")
	}
	here := identity.Scope{page.Village.Path}
	if page.Groups, err = s.Trading.Store.OrgsIn(ctx, here, []identity.OrgKind{identity.Group}); err != nil {
		return err
	}
	q := trading.Query{Scope: here, Page: web.PageOf(c)}
	var total int
	if page.Assets, total, err = s.Trading.SeeAssets(ctx, identity.Actor{}, q); err != nil {
		return err
	}
	page.Paging = web.NewPaging(c, q.Page, total)
	newest := trading.Query{Scope: here, Page: identity.Page{Number: 1, Size: 20}}
	if page.Notices, _, err = s.Trading.SeeTenders(ctx, identity.Actor{}, newest); err != nil {
		return err
	}
	if page.Resolutions, _, err = s.Trading.SeeResolutions(ctx, identity.Actor{}, newest); err != nil {
		return err
	}
	return s.Kit.Page(c, "village/show", page)
}
