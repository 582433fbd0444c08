package resolving

import (
	"fmt"

	"github.com/gofiber/fiber/v2"

	"sunlot/admin"
	"sunlot/trading"
	"sunlot/trading/rolls"
	"sunlot/web"
)

type resolutionPage struct {
	ID         string
	Draft      admin.DraftView
	Asset      trading.Asset
	Typed      web.Typed
	Steps      []stepLine
	Votes      []trading.Vote
	Roll       rolls.Roll // by which the votes are counted; none while none is in force
	NoRoll     string     // why there is none
	Off        []string   // representatives with an account who are not on it
	Choices    []web.Choice
	Priorities []web.Choice
	Sides      []web.Choice // what may be done with such a thing
	Leases     bool         // among them is a lease
	YearsHint  string
	Units      []web.Choice // what a price may be for
	Statute    string       // what the vote cannot take away
	SignIn     []string
	Minutes    []string
	Member     string
}

func (s *Screens) resolutionNew(c *fiber.Ctx) error {
	page, err := s.resolutionPage(c, c.Query("asset"))
	if err != nil {
		return err
	}
	page.steps(s, nil)
	return s.resolutionOpen(c, page)
}

// resolutionOpen draws the form, with what was kept when the person goes on with that.
func (s *Screens) resolutionOpen(c *fiber.Ctx, page resolutionPage) error {
	draft, kept, err := s.Kit.DraftOf(c, admin.FormOf(noun, page.ID, page.Asset.ID))
	if err != nil {
		return err
	}
	page.Draft = draft
	if kept != nil {
		s.resolutionKept(kept, &page)
	}
	if err := s.onRoll(c, &page); err != nil {
		return err
	}
	return s.Kit.Page(c, "office/resolving/form", page)
}

// resolutionWrong draws the form that was refused, with what was typed.
func (s *Screens) resolutionWrong(c *fiber.Ctx, wrong error, page resolutionPage) error {
	if err := s.onRoll(c, &page); err != nil {
		return err
	}
	return s.Kit.Again(c, wrong, "office/resolving/form", page)
}

// resolutionKept fills the page from a draft.
func (s *Screens) resolutionKept(kept *web.Reader, page *resolutionPage) {
	page.Steps = nil
	kept.Version()
	s.resolutionForm(kept, page)
}

// resolutionPage begins the form for an asset in the clerk's places.
func (s *Screens) resolutionPage(c *fiber.Ctx, assetID string) (resolutionPage, error) {
	a, err := s.Assets.AssetFor(c.UserContext(), web.Actor(c), trading.ResolutionRecord, assetID)
	if err != nil {
		return resolutionPage{}, err
	}
	page := resolutionPage{Asset: a, Typed: web.Typed{"asset": a.ID}, Member: s.Pack().Assemblies[a.Assembly].Member,
		Priorities: []web.Choice{{Value: "none", Label: "没有优先权"}, {Value: "member", Label: "只有本集体经济组织成员"},
			{Value: "member,former_lessee", Label: "本集体经济组织成员第一，原承租人第二"}}}
	page.offer(a)
	open := trading.RightsOf(s.Pack(), a.Kind, trading.ResolutionForm{Outsiders: true})
	if open.Statute.Title != "" {
		page.Statute = "向本集体以外开放的，不论怎样表决，本集体成员都优先，别的优先权人在成员之后（" + open.Statute.String() + "）"
	}
	for _, choice := range trading.Choices {
		page.Choices = append(page.Choices, web.Choice{Value: string(choice.Choice), Label: choice.Label})
	}
	return page, nil
}

// offer fills in what may be decided on the asset.
func (p *resolutionPage) offer(a trading.Asset) {
	for _, side := range a.Kind.Sides() {
		p.Sides = append(p.Sides, web.Choice{Value: side.Code(), Label: side.Say().Act})
		p.Units = append(p.Units, admin.UnitChoices(side.Units(a.Measure)...)...)
		p.Leases = p.Leases || side == trading.Let
	}
	if len(p.Sides) > 1 {
		p.YearsHint = "出让的不填"
	}
}

func (s *Screens) resolutionRecord(c *fiber.Ctx) error {
	return s.resolutionSave(c, "", c.FormValue("asset"))
}

func (s *Screens) resolutionAmend(c *fiber.Ctx) error {
	have, err := s.Resolving.ResolutionFor(c.UserContext(), web.Actor(c), trading.ResolutionRecord, c.Params("id"))
	if err != nil {
		return err
	}
	return s.resolutionSave(c, have.ID, have.Asset)
}

func (s *Screens) resolutionSave(c *fiber.Ctx, id, assetID string) error {
	page, err := s.resolutionPage(c, assetID)
	if err != nil {
		return err
	}
	page.ID, page.Draft.Form = id, admin.FormOf(noun, id, assetID)
	r := web.Read(c)
	form, version := s.resolutionForm(r, &page), r.Version()
	page.Typed["version"] = r.Typed["version"]
	if id == "" {
		id, err = s.Resolving.RecordResolution(r.Context(), web.Actor(c), r.RequestID(), form)
	} else {
		id, err = s.Resolving.AmendResolution(r.Context(), web.Actor(c), r.RequestID(), id, version, form)
	}
	if err != nil {
		return s.resolutionWrong(c, r.All(err), page)
	}
	s.Kit.Finished(c, page.Draft.Form)
	return s.Kit.Done(c, "/office/resolutions/"+id, "已保存，请核对后提交村务监督委员会")
}

func (s *Screens) resolutionEdit(c *fiber.Ctx) error {
	have, err := s.Resolving.ResolutionFor(c.UserContext(), web.Actor(c), trading.ResolutionRecord, c.Params("id"))
	if err != nil {
		return err
	}
	page, err := s.resolutionPage(c, have.Asset)
	if err != nil {
		return err
	}
	page.ID = have.ID
	page.SignIn, page.Minutes = have.SignIn, have.Minutes
	page.Votes = have.Votes
	page.steps(s, have.Steps)
	page.Typed["years"], page.Typed["floor_price"] = fmt.Sprint(have.Years), have.FloorPrice.Yuan()
	if have.Side == trading.Sell {
		page.Typed["years"] = ""
	}
	page.Typed["side"], page.Typed["unit"] = have.Side.Code(), have.Unit.Code()
	page.Typed["version"] = fmt.Sprint(have.Version)
	page.Typed["priorities"] = []string{"none", "member", "member,former_lessee"}[min(len(have.Priorities), 2)]
	if have.Outsiders {
		page.Typed["outsiders"] = "yes"
	}
	return s.resolutionOpen(c, page)
}
