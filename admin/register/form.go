package register

import (
	"cmp"
	"slices"

	"github.com/gofiber/fiber/v2"

	"sunlot/admin"
	"sunlot/internal/identity"
	"sunlot/trading"
	"sunlot/web"
)

// plotRows is how many plots a form has room for beyond those filled in.
const plotRows = 3

// assetPage is the register's form.
type assetPage struct {
	ID         string
	Draft      admin.DraftView
	Typed      web.Typed
	Plots      []plotLine
	Photos     []string
	Owners     []web.Choice
	Actings    []web.Choice
	Assemblies []web.Choice
	Kinds      []web.Choice
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
	draft, kept, err := s.Kit.DraftOf(c, admin.FormOf(noun, page.ID, ""))
	if err != nil {
		return err
	}
	page.Draft = draft
	if kept != nil {
		s.assetKept(kept, &page)
	}
	return s.Kit.Page(c, "office/register/form", page)
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
	for key, a := range s.Pack.Assemblies {
		page.Assemblies = append(page.Assemblies, web.Choice{Value: key, Label: a.Label})
	}
	sortChoices(page.Assemblies)
	for _, k := range trading.AssetKinds {
		page.Kinds = append(page.Kinds, web.Choice{Value: string(k.Kind), Label: k.Label})
	}
	return nil
}

func (s *Screens) assetRegister(c *fiber.Ctx) error { return s.assetSave(c, "") }
func (s *Screens) assetCorrect(c *fiber.Ctx) error  { return s.assetSave(c, c.Params("id")) }

func (s *Screens) assetSave(c *fiber.Ctx, id string) error {
	form := admin.FormOf(noun, id, "")
	r, page := web.Read(c), assetPage{ID: id, Draft: admin.DraftView{Form: form}}
	asset := s.assetForm(r, &page)
	version := r.Version()
	if err := s.assetChoices(c, &page); err != nil {
		return err
	}
	if err := r.Wrong.Err(); err != nil {
		return s.Kit.Again(c, err, "office/register/form", page)
	}
	var err error
	message := "资产已登记,并写入公开日志"
	if id == "" {
		id, err = s.Assets.RegisterAsset(c.UserContext(), web.Actor(c), r.RequestID(), asset)
	} else {
		id, err = s.Assets.CorrectAsset(c.UserContext(), web.Actor(c), r.RequestID(), id, version, asset)
		message = "更正已登记,并写入公开日志"
	}
	if err != nil {
		return s.Kit.Again(c, err, "office/register/form", page)
	}
	s.Kit.Finished(c, form)
	return s.Kit.Done(c, "/assets/"+id, message)
}

func (s *Screens) assetEdit(c *fiber.Ctx) error {
	a, err := s.Assets.AssetFor(c.UserContext(), web.Actor(c), trading.AssetRegister, c.Params("id"))
	if err != nil {
		return err
	}
	page := assetPage{ID: a.ID, Photos: a.Photos, Typed: typedOf(a)}
	for _, p := range a.Plots {
		page.Plots = append(page.Plots, plotLine{
			Name:  p.Name,
			Area:  p.Area.Mu(),
			East:  p.East,
			South: p.South,
			West:  p.West,
			North: p.North,
		})
	}
	page.Plots = append(page.Plots, make([]plotLine, plotRows)...)
	if err := s.assetChoices(c, &page); err != nil {
		return err
	}
	return s.assetOpen(c, page)
}

func sortChoices(list []web.Choice) {
	slices.SortFunc(list, func(a, b web.Choice) int { return cmp.Compare(a.Value, b.Value) })
}
