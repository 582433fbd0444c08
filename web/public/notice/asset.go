package notice

import (
	"slices"

	"github.com/gofiber/fiber/v2"

	"sunlot/internal/casework"
	"sunlot/internal/identity"
	"sunlot/trading"
	"sunlot/web"
	"sunlot/web/public/parts"
)

type assetPage struct {
	Asset       trading.Asset
	Assembly    string
	Proof       *web.Proof
	Photos      []web.Photo
	Notices     []trading.Tender
	Resolutions []trading.Resolution
	Letting     string // a lawful resolution that carries no notice yet; empty when there is none
}

// asset shows an entry of the public register with all attempts to let it.
func (s *Screens) asset(c *fiber.Ctx) error {
	ctx, who := c.UserContext(), web.Actor(c)
	a, err := s.Assets.SeeAsset(ctx, who, c.Params("id"))
	if err != nil {
		return err
	}
	page := assetPage{Asset: a, Assembly: s.Pack().Assemblies[a.Assembly].Label}
	page.Proof, err = web.Badge(c, s.Standings, a.Event)
	if err != nil {
		return err
	}
	page.Photos, err = parts.Photos(ctx, s.Library, a.Photos, a.Name)
	if err != nil {
		return err
	}
	of := casework.Query{Scope: identity.Everywhere, Parent: a.ID, Page: identity.Page{Number: 1, Size: 50}}
	page.Notices, _, err = s.Tendering.SeeTenders(ctx, identity.Actor{}, of)
	if err != nil {
		return err
	}
	page.Resolutions, _, err = s.Resolving.SeeResolutions(ctx, identity.Actor{}, of)
	if err != nil {
		return err
	}
	page.Letting = withoutNotice(page.Resolutions, page.Notices)
	return s.Kit.Page(c, "notice/asset", page)
}

// withoutNotice is the first lawful resolution on which no notice rests, but for
// those whose lot nobody won.
func withoutNotice(resolutions []trading.Resolution, notices []trading.Tender) string {
	for _, r := range resolutions {
		rests := func(t trading.Tender) bool { return t.Resolution == r.ID && t.LotState != trading.Failed }
		if r.Lawful && !slices.ContainsFunc(notices, rests) {
			return r.ID
		}
	}
	return ""
}
