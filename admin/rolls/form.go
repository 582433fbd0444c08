package rolls

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/gofiber/fiber/v2"

	"sunlot/internal/identity"
	"sunlot/trading/rolls"
	"sunlot/web"
)

type formPage struct {
	ID     string // of an edition that is mended
	Bodies []web.Choice
	Typed  web.Typed
}

// blank draws the form for a new edition, of the body that the address names.
func (s *Screens) blank(c *fiber.Ctx) error {
	page, err := s.formPage(c, "", web.Typed{"body": c.Query("body"), "from": c.Query("from")})
	if err != nil {
		return err
	}
	return s.Kit.Page(c, "office/rolls/form", page)
}

// formPage offers the bodies of the clerk's places; a body is its organisation's id and
// its key in the rules.
func (s *Screens) formPage(c *fiber.Ctx, id string, typed web.Typed) (page formPage, err error) {
	page.ID, page.Typed = id, typed
	scope, err := web.Actor(c).Can(rolls.RollEnter)
	if err != nil {
		return page, err
	}
	for key, assembly := range s.Pack().Assemblies {
		orgs, err := s.Directory.Orgs(c.UserContext(), scope, identity.OrgKind(assembly.Body))
		if err != nil {
			return page, err
		}
		for _, o := range orgs {
			page.Bodies = append(page.Bodies, web.Choice{Value: o.ID + "," + key, Label: o.Name + "：" + assembly.Label})
		}
	}
	slices.SortFunc(page.Bodies, func(a, b web.Choice) int { return cmp.Compare(a.Label, b.Label) })
	return page, nil
}

// form reads the form. A list that cannot be read is a complaint of the reader.
func form(r *web.Reader) rolls.Form {
	f := rolls.Form{From: r.Day("from", "起用日期")}
	f.Org, f.Assembly, _ = strings.Cut(r.Text("body"), ",")
	members, err := rolls.ReadMembers(r.Text("members"))
	r.Note("members", err)
	f.Members = members
	return f
}

func (s *Screens) enter(c *fiber.Ctx) error {
	return s.save(c, "", func(r *web.Reader, f rolls.Form) (string, error) {
		return s.Rolls.EnterRoll(r.Context(), web.Actor(c), r.RequestID(), f)
	})
}

func (s *Screens) amend(c *fiber.Ctx) error {
	return s.save(c, c.Params("id"), func(r *web.Reader, f rolls.Form) (string, error) {
		return s.Rolls.AmendRoll(r.Context(), web.Actor(c), r.RequestID(), c.Params("id"), r.Version(), f)
	})
}

func (s *Screens) save(c *fiber.Ctx, id string, act func(*web.Reader, rolls.Form) (string, error)) error {
	r := web.Read(c)
	if id != "" {
		if _, _, err := s.Rolls.SeeRoll(c.UserContext(), web.Actor(c), id); err != nil {
			return err
		}
		r.Version() // kept for the next drawing, also of a form that cannot be read
	}
	id, err := act(r, form(r))
	if err != nil {
		page, pageErr := s.formPage(c, c.Params("id"), r.Typed)
		if pageErr != nil {
			return pageErr
		}
		return s.Kit.Again(c, r.All(err), "office/rolls/form", page)
	}
	return s.Kit.Done(c, "/office/rolls/"+id, "已提交，等乡镇经管站核对")
}

// edit draws the form for an edition that was returned.
func (s *Screens) edit(c *fiber.Ctx) error {
	have, _, err := s.Rolls.SeeRoll(c.UserContext(), web.Actor(c), c.Params("id"))
	if err != nil {
		return err
	}
	var lines []string
	for _, m := range have.Members {
		line := m.Name
		if m.Note != "" {
			line += "，" + m.Note
		}
		lines = append(lines, line)
	}
	page, err := s.formPage(c, have.ID, web.Typed{
		"body":    have.Org + "," + have.Assembly,
		"from":    string(have.From),
		"members": strings.Join(lines, "\n"),
		"version": fmt.Sprint(have.Version),
	})
	if err != nil {
		return err
	}
	return s.Kit.Page(c, "office/rolls/form", page)
}
