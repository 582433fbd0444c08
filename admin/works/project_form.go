package works

import (
	"github.com/gofiber/fiber/v2"

	"sunlot/admin"
	"sunlot/disclosure/power"
	"sunlot/internal/calendar"
	"sunlot/internal/casework"
	"sunlot/internal/fault"
	"sunlot/internal/identity"
	"sunlot/internal/money"
	"sunlot/internal/typed"
	"sunlot/trading"
	"sunlot/trading/works"
	"sunlot/web"
)

// projectPage is the form of a new project.
type projectPage struct {
	Typed       web.Typed
	Villages    []web.Choice
	Items       []web.Choice
	Resolutions []web.Choice
	Plan        []planLine
	Limit       money.Fen
}

// planLine is a stage's plan as typed.
type planLine struct {
	works.Spec
	On, Planned string
}

func (s *Screens) projectNew(c *fiber.Ctx) error {
	page := projectPage{Typed: web.Typed{}}
	if err := s.projectChoices(c, &page); err != nil {
		return err
	}
	if len(page.Villages) == 1 {
		page.Typed["village"] = page.Villages[0].Value
	}
	if len(page.Items) == 1 {
		page.Typed["item"] = page.Items[0].Value
	}
	if like := c.Query("like"); like != "" {
		if err := s.likeProject(c, &page, like); err != nil {
			return err
		}
	}
	for _, spec := range works.Specs() {
		stage := string(spec.Stage)
		page.Plan = append(page.Plan, planLine{spec, page.Typed["plan_on_"+stage], page.Typed["plan_sum_"+stage]})
	}
	return s.Kit.Page(c, "office/works/project_form", page)
}

// likeProject begins with what a returned proposal had.
func (s *Screens) likeProject(c *fiber.Ctx, page *projectPage, id string) error {
	p, err := s.Works.ProjectFor(c.UserContext(), web.Actor(c), id)
	if err != nil {
		return err
	}
	for name, value := range map[string]string{
		"village":    p.Village,
		"item":       p.Item,
		"resolution": p.Resolution,
		"name":       p.Name,
		"place":      p.Place,
		"scope":      p.Scope,
		"estimate":   p.Estimate.Yuan(),
		"split":      p.Split,
	} {
		page.Typed[name] = value
	}
	for _, planned := range p.Plan {
		page.Typed["plan_on_"+string(planned.Stage)] = string(planned.On)
		if planned.Sum > 0 {
			page.Typed["plan_sum_"+string(planned.Stage)] = planned.Sum.Yuan()
		}
	}
	return nil
}

func (s *Screens) projectChoices(c *fiber.Ctx, page *projectPage) error {
	ctx, who := c.UserContext(), web.Actor(c)
	scope, err := who.Can(works.ProjectOpen)
	if err != nil {
		return err
	}
	page.Limit, err = s.Works.Limit()
	if err != nil {
		return err
	}
	villages, err := s.Directory.Orgs(ctx, scope, identity.Village)
	if err != nil {
		return err
	}
	for _, v := range villages {
		page.Villages = append(page.Villages, web.Choice{Value: v.ID, Label: v.Name})
	}
	whole := identity.Page{Number: 1, Size: identity.MaxPage}
	townships := make(identity.Scope, 0, len(scope))
	for _, place := range scope {
		townships = append(townships, place.Township())
	}
	offered := power.Query{Scope: townships, Category: "works", Page: whole}
	items, _, err := s.Items.SeeItems(ctx, offered)
	if err != nil {
		return err
	}
	for _, i := range items {
		page.Items = append(page.Items, web.Choice{Value: i.ID, Label: i.Number + " " + i.Name})
	}
	confirmed := casework.Query{Scope: scope, States: []casework.State{trading.Confirmed}, Page: whole}
	resolutions, _, err := s.Resolving.SeeResolutions(ctx, who, confirmed)
	for _, r := range resolutions {
		label := string(r.HeldOn()) + " " + r.AssetName
		page.Resolutions = append(page.Resolutions, web.Choice{Value: r.ID, Label: label})
	}
	return err
}

// projectForm reads the form and keeps it for another drawing.
func projectForm(r *web.Reader, page *projectPage) works.ProjectForm {
	form := works.ProjectForm{
		Village:    r.Text("village"),
		Item:       r.Text("item"),
		Resolution: r.Text("resolution"),
		Name:       r.Text("name"),
		Place:      r.Text("place"),
		Scope:      r.Text("scope"),
		Estimate:   r.Yuan("estimate", "估算金额"),
		Split:      r.Text("split"),
	}
	for _, spec := range works.Specs() {
		line := planLine{spec, r.Text("plan_on_" + string(spec.Stage)), ""}
		planned := works.Planned{Stage: spec.Stage}
		var err error
		if line.On != "" {
			planned.On, err = calendar.ParseDate(typed.Day(line.On))
			unreadable(&r.Wrong, "plan", spec.Label, err)
		}
		if spec.Sum != "" {
			line.Planned = r.Text("plan_sum_" + string(spec.Stage))
		}
		if line.Planned != "" {
			planned.Sum, err = money.ParseYuan(line.Planned)
			unreadable(&r.Wrong, "plan", spec.Label, err)
		}
		page.Plan = append(page.Plan, line)
		if planned.On != "" || planned.Sum != 0 {
			form.Plan = append(form.Plan, planned)
		}
	}
	page.Typed = r.Typed
	return form
}

func (s *Screens) projectOpen(c *fiber.Ctx) error {
	r, page := web.Read(c), projectPage{}
	form := projectForm(r, &page)
	if err := s.projectChoices(c, &page); err != nil {
		return err
	}
	if admin.Mends(c) {
		return s.Kit.Page(c, "office/works/project_form", page)
	}
	id, err := s.Works.OpenProject(admin.Trying(c, r), web.Actor(c), r.RequestID(), form)
	if admin.Tried(err) {
		return s.Kit.Check(c, "", projectCheck(page, form), nil)
	}
	if err != nil {
		return s.Kit.Again(c, r.All(err), "office/works/project_form", page)
	}
	return s.Kit.Done(c, "/office/projects/"+id, "项目已登记，等村务监督委员会核实后公开")
}

// unreadable turns what a reader could not read into one field's complaint.
func unreadable(f *fault.Form, field, label string, err error) {
	if err != nil {
		f.Add(field, "“%s”填得不对：%s", label, fault.MessageOf(err))
	}
}
