package notice

import (
	"github.com/gofiber/fiber/v2"

	"sunlot/internal/identity"
	"sunlot/trading"
	"sunlot/trading/rules"
	"sunlot/web"
)

type resolutionPage struct {
	Resolution trading.Resolution
	Assembly   rules.Assembly
	Steps      []web.Step
	Statute    string // what puts members first whatever was voted; empty when nothing does
	Proof      *web.Proof
	RollProof  *web.Proof // of the roll that says who was due
}

// resolution shows what an assembly decided: counts, quorum and day, no names.
func (s *Screens) resolution(c *fiber.Ctx) error {
	r, err := s.Resolving.SeeResolution(c.UserContext(), web.Actor(c), c.Params("id"))
	if err != nil {
		return err
	}
	if r.State != trading.Confirmed {
		return c.Redirect("/office/resolutions/"+r.ID, fiber.StatusSeeOther)
	}
	pack, err := rules.At(r.Rules, s.Pack)
	if err != nil {
		return err
	}
	page := resolutionPage{
		Resolution: r,
		Assembly:   pack.Assemblies[r.Assembly],
		Steps:      web.Procedure(r.Procedure(pack)),
	}
	a, err := s.Assets.SeeAsset(c.UserContext(), web.Actor(c), r.Asset)
	if err != nil {
		return err
	}
	if rights := trading.RightsOf(pack, a.Kind, r.ResolutionForm); rights.Statute.Title != "" {
		page.Statute = rights.Statute.String()
	}
	page.Proof, err = web.Badge(c, s.Standings, r.Event)
	if err != nil {
		return err
	}
	if r.Roll.Event.Seq > 0 {
		page.RollProof, err = web.Badge(c, s.Standings, r.Roll.Event)
		if err != nil {
			return err
		}
	}
	return s.Kit.Page(c, "notice/resolution", page)
}

// votes shows each representative how the record has their own vote.
func (s *Screens) votes(c *fiber.Ctx) error {
	list, paging, err := web.ReadPage(c, web.PageOf(c), func(at identity.Page) ([]trading.Resolution, int, error) {
		return s.Resolving.OwnVotes(c.UserContext(), web.Actor(c), at)
	})
	if err != nil {
		return err
	}
	return s.Kit.Page(c, "notice/votes", struct {
		Resolutions []trading.Resolution
		Paging      web.Paging
	}{list, paging})
}
