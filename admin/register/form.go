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

type plotLine struct{ Name, Area, East, South, West, North string }

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
	if page.Draft = draft; kept != nil {
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

// assetForm reads the form and keeps it for another drawing.
func (s *Screens) assetForm(r *web.Reader, page *assetPage) trading.AssetForm {
	form := trading.AssetForm{
		Owner: r.Text("owner"), Acting: r.Text("acting"), Assembly: r.Text("assembly"), Name: r.Text("name"),
		Kind: trading.AssetKind(r.Text("kind")), Location: r.Text("location"), Area: r.Mu("area"), Use: r.Text("use"),
		Title: r.Text("title"), LastRent: r.YuanOrNone("last_rent"), LastEnds: r.Day("last_ends"), LastTenant: r.Text("last_tenant"),
	}
	names := r.Values("plot_name")
	column := func(name string, i int) string {
		if v := r.Values(name); i < len(v) {
			return v[i]
		}
		return ""
	}
	for i := range names {
		line := plotLine{Name: names[i], Area: column("plot_area", i), East: column("plot_east", i), South: column("plot_south", i), West: column("plot_west", i), North: column("plot_north", i)}
		if line == (plotLine{}) {
			continue
		}
		page.Plots = append(page.Plots, line)
		area, err := money.ParseMu(line.Area)
		r.Note("plots", err)
		form.Plots = append(form.Plots, trading.Plot{Name: line.Name, Area: area, East: line.East, South: line.South, West: line.West, North: line.North})
	}
	page.Plots = append(page.Plots, make([]plotLine, plotRows)...)
	form.Photos = r.Photos(s.Kit.Library, "photos")
	page.Photos, page.Typed = form.Photos, r.Typed
	return form
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
	page := assetPage{ID: a.ID, Photos: a.Photos, Typed: web.Typed{
		"owner": a.Owner, "acting": a.Acting, "assembly": a.Assembly, "name": a.Name, "kind": string(a.Kind), "location": a.Location,
		"area": a.Area.Mu(), "use": a.Use, "title": a.Title, "last_rent": a.LastRent.Yuan(), "last_ends": string(a.LastEnds),
		"last_tenant": a.LastTenant, "version": fmt.Sprint(a.Version),
	}}
	for _, p := range a.Plots {
		page.Plots = append(page.Plots, plotLine{Name: p.Name, Area: p.Area.Mu(), East: p.East, South: p.South, West: p.West, North: p.North})
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
