package county

import (
	"github.com/gofiber/fiber/v2"

	"sunlot/internal/casework"
	"sunlot/internal/identity"
	"sunlot/web"
)

type personPage struct {
	identity.Standing
	InHand []casework.KindCount // what waits for him, by kind
	Own    bool                 // the reader's account, on which he acts nowhere here
	Typed  web.Typed
}

// person shows one account: its roles, what was done to it, and what its holder
// is in the middle of.
func (s *Screens) person(c *fiber.Ctx) error {
	page, err := s.personPage(c, web.Typed{})
	if err != nil {
		return err
	}
	return s.Kit.Page(c, "office/county/person", page)
}

func (s *Screens) personPage(c *fiber.Ctx, kept web.Typed) (personPage, error) {
	ctx, who := c.UserContext(), web.Actor(c)
	standing, err := s.Admin.Standing(ctx, who, c.Params("id"))
	page := personPage{Standing: standing, Own: standing.ID == who.PersonID, Typed: kept}
	if err != nil || s.Kit.Duties == nil || standing.Disabled {
		return page, err
	}
	of := identity.Actor{PersonID: standing.ID, Name: standing.Name, Memberships: standing.Memberships}
	page.InHand, err = s.Kit.Duties.Count(ctx, of)
	return page, err
}

func (s *Screens) accountClose(c *fiber.Ctx) error {
	r := web.Read(c)
	form := identity.CloseForm{Person: c.Params("id"), Alone: r.Text("alone") == "yes"}
	_, err := s.Admin.CloseAccount(c.UserContext(), web.Actor(c), r.RequestID(), form)
	if err == nil {
		return s.Kit.Done(c, "/office/people", "账号已停用，登录立即失效")
	}
	page, pageErr := s.personPage(c, r.Typed)
	if pageErr != nil {
		return err
	}
	return s.Kit.Again(c, err, "office/county/person", page)
}
