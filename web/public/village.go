package public

import (
	"github.com/gofiber/fiber/v2"

	"sunlot/internal/identity"
	"sunlot/trading"
	"sunlot/web"
)

// township is one township's villages on a page of the list.
type township struct {
	Name     string
	Villages []trading.Village
}

// villages lists the county's villages, each under its township. Text is part of
// the name of either.
func (s *Screens) villages(c *fiber.Ctx) error {
	text, at := search(c), identity.Page{Number: c.QueryInt("page", 1), Size: identity.MaxPage}.Clip()
	list, total, err := s.Trading.Store.Villages(c.UserContext(), text, at)
	if err != nil {
		return err
	}
	var townships []township
	for i, v := range list {
		if i == 0 || v.ParentID != list[i-1].ParentID {
			townships = append(townships, township{Name: v.Township})
		}
		last := &townships[len(townships)-1]
		last.Villages = append(last.Villages, v)
	}
	return s.Kit.Page(c, "village/list", struct {
		Townships []township
		Text      string
		Paging    web.Paging
	}{townships, text, web.NewPaging(c, at, total)})
}

type villagePage struct {
	Village     identity.Org
	Groups      []identity.Org
	Assets      []trading.Asset
	Notices     []trading.Tender
	Resolutions []trading.Resolution
	Results     []trading.Award
	Paging      web.Paging
}

// village shows what a village owns, lets, has decided, and what that brought.
func (s *Screens) village(c *fiber.Ctx) error {
	ctx := c.UserContext()
	org, err := s.Trading.Store.Org(ctx, c.Params("id"))
	if err == nil && org.Kind != identity.Village {
		err = missing("个村")
	}
	if err != nil {
		return err
	}
	page := villagePage{Village: org}
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
	if page.Results, _, err = s.Trading.SeeAwards(ctx, identity.Actor{}, newest); err != nil {
		return err
	}
	return s.Kit.Page(c, "village/show", page)
}
