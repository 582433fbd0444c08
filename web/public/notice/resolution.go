package notice

import (
	"context"
	"slices"

	"github.com/gofiber/fiber/v2"

	"sunlot/internal/calendar"
	"sunlot/internal/casework"
	"sunlot/internal/identity"
	"sunlot/trading"
	"sunlot/trading/contracts"
	"sunlot/trading/rules"
	"sunlot/web"
	"sunlot/web/public/parts"
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
	pack, err := rules.At(r.Rules, s.Pack())
	if err != nil {
		return err
	}
	asked, err := s.carriedOut(c.UserContext(), r, r.Procedure(pack))
	if err != nil {
		return err
	}
	page := resolutionPage{
		Resolution: r,
		Assembly:   pack.Assemblies[r.Assembly],
		Steps:      web.Procedure(asked),
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

// carriedOut gives the step that follows the vote, on which its outcome is made public,
// the day on which the first rent of the lease became public: result, contract and money
// are public then.
func (s *Screens) carriedOut(ctx context.Context, r trading.Resolution,
	asked []casework.StepAsked) ([]casework.StepAsked, error) {
	if !slices.ContainsFunc(asked, func(step casework.StepAsked) bool { return step.After && step.On == "" }) {
		return asked, nil
	}
	list, _, err := s.Tendering.SeeTenders(ctx, identity.Actor{}, casework.Query{
		Parent: r.Asset,
		Page:   identity.Page{Number: 1, Size: identity.MaxPage},
	})
	if err != nil {
		return nil, err
	}
	for _, t := range list {
		if t.Resolution != r.ID {
			continue
		}
		m, err := parts.Money(ctx, s.Contracts, t.Lot)
		if err != nil {
			return nil, err
		}
		if on := firstRent(m); on != "" {
			for i := range asked {
				if asked[i].After && asked[i].On == "" {
					asked[i].On = on
				}
			}
		}
	}
	return asked, nil
}

// firstRent is the day on which the first rent that stands became public.
func firstRent(m *contracts.Money) (on calendar.Date) {
	if m == nil {
		return ""
	}
	for _, v := range m.Vouchers {
		day := calendar.DateOf(v.RecordedAt)
		if v.Reverses == "" && !v.Reversed && (on == "" || day < on) {
			on = day
		}
	}
	return on
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
