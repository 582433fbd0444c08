package county

import (
	"github.com/gofiber/fiber/v2"

	"sunlot/internal/fault"
	"sunlot/internal/identity"
	"sunlot/web"
)

type orgsPage struct {
	Orgs   []identity.Org
	Parent identity.Org // below which the new one is registered, once chosen from the list
	Kinds  []web.Choice // that may stand below it
	Typed  web.Typed
	Text   string
	Paging web.Paging
}

func (s *Screens) orgs(c *fiber.Ctx) error {
	page, err := s.orgsPage(c, web.Typed{"parent": c.Query("parent")})
	if err != nil {
		return err
	}
	return s.Kit.Page(c, "office/county/orgs", page)
}

func (s *Screens) orgsPage(c *fiber.Ctx, kept web.Typed) (orgsPage, error) {
	page, who := orgsPage{Typed: kept, Text: c.Query("q")}, web.Actor(c)
	var err error
	page.Orgs, page.Paging, err = web.ReadPage(c, web.PageOf(c), func(at identity.Page) ([]identity.Org, int, error) {
		return s.Admin.Orgs(c.UserContext(), who, page.Text, at)
	})
	if err != nil {
		return page, err
	}
	page.Parent, err = s.chosenOrg(c, kept["parent"])
	for _, k := range identity.KindsUnder(page.Parent.Kind) {
		page.Kinds = append(page.Kinds, web.Choice{Value: string(k), Label: k.Label()})
	}
	return page, err
}

// chosenOrg is the organisation that was chosen from the list, which may be as
// long as a city's; none while nothing in the scope is chosen.
func (s *Screens) chosenOrg(c *fiber.Ctx, id string) (identity.Org, error) {
	org, err := s.Admin.Org(c.UserContext(), web.Actor(c), id)
	if fault.CodeOf(err) == fault.NotFound {
		return identity.Org{}, nil
	}
	return org, err
}

func (s *Screens) orgAdd(c *fiber.Ctx) error {
	r := web.Read(c)
	form := identity.OrgForm{Kind: identity.OrgKind(r.Text("kind")), Name: r.Text("name"), Parent: r.Text("parent")}
	if _, err := s.Admin.AddOrg(c.UserContext(), web.Actor(c), r.RequestID(), form); err != nil {
		page, pageErr := s.orgsPage(c, r.Typed)
		if pageErr != nil {
			return err
		}
		return s.Kit.Again(c, err, "office/county/orgs", page)
	}
	return s.Kit.Done(c, "/office/orgs", "单位已登记")
}
