package power

import (
	"fmt"
	"slices"
	"strconv"

	"github.com/gofiber/fiber/v2"

	"sunlot/disclosure/power"
	"sunlot/internal/identity"
	"sunlot/internal/typed"
	"sunlot/trading/works"
	"sunlot/web"
)

// itemRows is how many rows a form has room for beyond those filled in.
const itemRows = 3

type itemPage struct {
	ID         string
	Townships  []web.Choice // of the official's own, when there are several and the item is new
	Typed      web.Typed
	Basis      []power.Basis
	Steps      []itemLine
	Categories []web.Choice
	Stages     []web.Choice
}

// itemLine is a step as typed.
type itemLine struct{ Name, Who, Days, Leaves, Stage string }

func (s *Screens) itemNew(c *fiber.Ctx) error {
	page := newItemPage("", web.Typed{})
	page.Townships = townships(web.Actor(c))
	return s.Kit.Page(c, "office/power/form", page)
}

// townships is for which the actor may draft, when there are several.
func townships(who identity.Actor) []web.Choice {
	var all []web.Choice
	for _, m := range who.Memberships {
		one := web.Choice{Value: string(m.Path.Township()), Label: m.OrgName}
		known := slices.ContainsFunc(all, func(c web.Choice) bool { return c.Value == one.Value })
		if power.ItemDraft.By(m.Role) && !known {
			all = append(all, one)
		}
	}
	if len(all) < 2 {
		return nil
	}
	return all
}

func newItemPage(id string, typed web.Typed) *itemPage {
	page := &itemPage{ID: id, Typed: typed}
	for _, category := range power.Categories {
		page.Categories = append(page.Categories, web.Choice{Value: string(category.Category), Label: category.Label})
	}
	for _, spec := range works.Specs() {
		page.Stages = append(page.Stages, web.Choice{Value: string(spec.Stage), Label: spec.Label})
	}
	page.Basis, page.Steps = make([]power.Basis, itemRows), make([]itemLine, itemRows)
	return page
}

func (s *Screens) itemEdit(c *fiber.Ctx) error {
	view, err := s.itemView(c)
	if err != nil {
		return err
	}
	f := view.Form
	page := newItemPage(view.Item.ID, web.Typed{
		"version":     fmt.Sprint(view.Item.Version),
		"number":      f.Number,
		"name":        f.Name,
		"category":    string(f.Category),
		"responsible": f.Responsible,
		"scope":       f.Scope,
		"rights":      f.Rights,
		"discloses":   f.Discloses,
		"until":       f.Until,
		"risks":       f.Risks,
		"complain":    f.Complain,
	})
	page.Basis = append(slices.Clone(f.Basis), page.Basis...)
	var steps []itemLine
	for _, step := range f.Steps {
		days := ""
		if step.Days > 0 {
			days = strconv.Itoa(step.Days)
		}
		steps = append(steps, itemLine{
			Name:   step.Name,
			Who:    step.Who,
			Days:   days,
			Leaves: step.Leaves,
			Stage:  string(step.Stage),
		})
	}
	page.Steps = append(steps, page.Steps...)
	return s.Kit.Page(c, "office/power/form", page)
}

// itemForm reads the form and keeps it for another drawing.
func itemForm(r *web.Reader, page *itemPage) power.ItemForm {
	form := power.ItemForm{
		Number:      r.Text("number"),
		Name:        r.Text("name"),
		Category:    power.Category(r.Text("category")),
		Responsible: r.Text("responsible"),
		Scope:       r.Text("scope"),
		Rights:      r.Text("rights"),
		Discloses:   r.Text("discloses"),
		Until:       r.Text("until"),
		Risks:       r.Text("risks"),
		Complain:    r.Text("complain"),
	}
	for _, row := range r.Rows("basis_title", "basis_article") {
		form.Basis = append(form.Basis, power.Basis{Title: row[0], Article: row[1]})
	}
	var lines []itemLine
	for _, row := range r.Rows("step_name", "step_who", "step_days", "step_leaves", "step_stage") {
		line := itemLine{
			Name:   row[0],
			Who:    row[1],
			Days:   row[2],
			Leaves: row[3],
			Stage:  row[4],
		}
		lines = append(lines, line)
		days, err := strconv.Atoi(typed.Number(line.Days))
		if line.Days != "" && err != nil {
			r.Wrong.Add("steps", "时限请填写整数，单位为工作日")
		}
		form.Steps = append(form.Steps, power.ItemStep{
			Name:   line.Name,
			Who:    line.Who,
			Days:   days,
			Leaves: line.Leaves,
			Stage:  works.Stage(line.Stage),
		})
	}
	page.Basis, page.Steps = append(form.Basis, page.Basis...), append(lines, page.Steps...)
	page.Typed = r.Typed
	return form
}

func (s *Screens) itemDraft(c *fiber.Ctx) error  { return s.itemSave(c, "") }
func (s *Screens) itemRevise(c *fiber.Ctx) error { return s.itemSave(c, c.Params("id")) }

func (s *Screens) itemSave(c *fiber.Ctx, id string) error {
	r, page := web.Read(c), newItemPage(id, nil)
	form := itemForm(r, page)
	if id == "" {
		page.Townships = townships(web.Actor(c))
	}
	version := r.Version()
	var err error
	if id == "" {
		township := identity.Path(r.Text("township"))
		id, err = s.Items.DraftItem(r.Context(), web.Actor(c), r.RequestID(), township, form)
	} else {
		id, err = s.Items.ReviseItem(r.Context(), web.Actor(c), r.RequestID(), id, version, form)
	}
	if err != nil {
		return s.Kit.Again(c, r.All(err), "office/power/form", page)
	}
	return s.Kit.Done(c, "/office/items/"+id, "已保存，等乡镇分管领导公布")
}
