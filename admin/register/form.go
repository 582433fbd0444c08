package register

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/gofiber/fiber/v2"

	"sunlot/admin"
	"sunlot/internal/identity"
	"sunlot/internal/money"
	"sunlot/trading"
	"sunlot/web"
)

// plotRows is how many plots a form has room for beyond those filled in.
const plotRows = 3

// assetPage is the register's form.
type assetPage struct {
	ID         string // the asset that is corrected
	Entry      string // or the entry that is mended
	Draft      admin.DraftView
	Typed      web.Typed
	Plots      []plotLine
	Photos     []string
	Owners     []web.Choice
	Actings    []web.Choice
	Assemblies []web.Choice
	Kinds      []web.Choice
	Units      []web.Choice // of the last rent
}

func (s *Screens) assetNew(c *fiber.Ctx) error {
	page := assetPage{Typed: web.Typed{}, Plots: make([]plotLine, plotRows)}
	if err := s.assetChoices(c, &page); err != nil {
		return err
	}
	return s.assetOpen(c, page)
}

// assetOpen draws the form, with what was kept when the person goes on with that.
func (s *Screens) assetOpen(c *fiber.Ctx, page assetPage) error {
	draft, kept, err := s.Kit.DraftOf(c, page.form())
	if err != nil {
		return err
	}
	page.Draft = draft
	if kept != nil {
		s.assetKept(kept, &page)
	}
	return s.Kit.Page(c, "office/register/form", page)
}

// form is by what the page can be kept unfinished.
func (p assetPage) form() admin.FormID {
	if p.Entry != "" {
		return admin.FormOf(entryNoun, p.Entry, "")
	}
	return admin.FormOf(noun, p.ID, "")
}

// assetKept fills the page from a draft.
func (s *Screens) assetKept(kept *web.Reader, page *assetPage) {
	page.Plots = nil
	s.assetForm(kept, page)
	kept.Version()
}

func (s *Screens) assetChoices(c *fiber.Ctx, page *assetPage) error {
	scope, err := web.Actor(c).Can(trading.AssetRegister)
	if err != nil {
		return err
	}
	orgs, err := s.Directory.Orgs(c.UserContext(), scope, identity.Village, identity.Group, identity.Collective)
	if err != nil {
		return err
	}
	for _, o := range orgs {
		choice := web.Choice{Value: o.ID, Label: o.Name}
		if o.Kind == identity.Collective {
			page.Actings = append(page.Actings, choice)
		}
		page.Owners = append(page.Owners, choice)
	}
	for key, a := range s.Pack().Assemblies {
		page.Assemblies = append(page.Assemblies, web.Choice{Value: key, Label: a.Label})
	}
	sortChoices(page.Assemblies)
	page.Units = admin.UnitChoices(money.Units()...)
	for _, k := range trading.AssetKinds {
		page.Kinds = append(page.Kinds, web.Choice{Value: string(k.Kind), Label: k.Label})
	}
	return nil
}

func (s *Screens) assetRegister(c *fiber.Ctx) error { return s.assetSave(c, assetPage{}) }
func (s *Screens) assetCorrect(c *fiber.Ctx) error {
	return s.assetSave(c, assetPage{ID: c.Params("id")})
}
func (s *Screens) entryAmend(c *fiber.Ctx) error {
	return s.assetSave(c, assetPage{Entry: c.Params("id")})
}

// assetSave sends what was typed to the supervision committee: a new asset, a
// correction, or an entry that was mended.
func (s *Screens) assetSave(c *fiber.Ctx, page assetPage) error {
	form := page.form()
	page.Draft = admin.DraftView{Form: form}
	r := web.Read(c)
	asset := s.assetForm(r, &page)
	version := r.Version()
	if err := s.assetChoices(c, &page); err != nil {
		return err
	}
	if admin.Mends(c) {
		return s.Kit.Page(c, "office/register/form", page)
	}
	var entry string
	var err error
	ctx, who := admin.Trying(c, r), web.Actor(c)
	switch {
	case page.Entry != "":
		entry, err = s.Assets.AmendAsset(ctx, who, r.RequestID(), page.Entry, version, asset)
	case page.ID != "":
		entry, err = s.Assets.CorrectAsset(ctx, who, r.RequestID(), page.ID, version, asset)
	default:
		entry, err = s.Assets.RegisterAsset(ctx, who, r.RequestID(), asset)
	}
	if admin.Tried(err) {
		return s.assetCheck(c, form, page, asset)
	}
	if err != nil {
		return s.Kit.Again(c, r.All(err), "office/register/form", page)
	}
	s.Kit.Finished(c, form)
	return s.Kit.Done(c, "/office/asset-drafts/"+entry, "已送村务监督委员会核实，核实后公开")
}

func (s *Screens) assetEdit(c *fiber.Ctx) error {
	a, err := s.Assets.AssetFor(c.UserContext(), web.Actor(c), trading.AssetRegister, c.Params("id"))
	if err != nil {
		return err
	}
	page := assetPage{ID: a.ID}
	page.fill(a.AssetForm, a.LastLot, a.Version)
	if err := s.assetChoices(c, &page); err != nil {
		return err
	}
	return s.assetOpen(c, page)
}

func (s *Screens) entryEdit(c *fiber.Ctx) error {
	ctx, who := c.UserContext(), web.Actor(c)
	d, err := s.Assets.AssetDraftFor(ctx, who, trading.AssetRegister, c.Params("id"))
	if err != nil {
		return err
	}
	var lot string
	if d.Corrects() {
		a, err := s.Assets.AssetFor(ctx, who, trading.AssetRegister, d.Asset)
		if err != nil {
			return err
		}
		lot = a.LastLot
	}
	page := assetPage{Entry: d.ID}
	page.fill(d.AssetForm, lot, d.Version)
	if err := s.assetChoices(c, &page); err != nil {
		return err
	}
	return s.assetOpen(c, page)
}

// fill puts on the page what is there already; lot is that of the last contract.
func (p *assetPage) fill(form trading.AssetForm, lot string, version int) {
	p.Photos = form.Photos
	p.Typed = typedOf(form)
	p.Typed["last_lot"], p.Typed["version"] = lot, fmt.Sprint(version)
	for _, plot := range form.Plots {
		p.Plots = append(p.Plots, plotLine{
			Name:  plot.Name,
			Area:  plot.Area.Mu(),
			East:  plot.East,
			South: plot.South,
			West:  plot.West,
			North: plot.North,
		})
	}
	p.Plots = append(p.Plots, make([]plotLine, plotRows)...)
}

func sortChoices(list []web.Choice) {
	slices.SortFunc(list, func(a, b web.Choice) int { return cmp.Compare(a.Value, b.Value) })
}
