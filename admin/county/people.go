package county

import (
	"github.com/gofiber/fiber/v2"

	"sunlot/internal/identity"
	"sunlot/web"
)

type peoplePage struct {
	People   []identity.PersonRow
	Org      identity.Org // where roles are given, once chosen from the list of organisations
	Roles    []web.Choice // that exist there
	Typed    web.Typed
	Text     string
	Paging   web.Paging
	Password string // of the account just opened or reset: shown once, kept nowhere
	For      string
}

func (s *Screens) people(c *fiber.Ctx) error {
	page, err := s.peoplePage(c, web.Typed{"org": c.Query("org")})
	if err != nil {
		return err
	}
	return s.Kit.Page(c, "office/county/people", page)
}

func (s *Screens) peoplePage(c *fiber.Ctx, kept web.Typed) (peoplePage, error) {
	page, who := peoplePage{Typed: kept, Text: c.Query("q")}, web.Actor(c)
	read := func(at identity.Page) ([]identity.PersonRow, int, error) {
		return s.Admin.People(c.UserContext(), who, page.Text, at)
	}
	var err error
	page.People, page.Paging, err = web.ReadPage(c, web.PageOf(c), read)
	if err != nil {
		return page, err
	}
	page.Org, err = s.chosenOrg(c, kept["org"])
	for _, role := range identity.RolesAt(page.Org.Kind) {
		page.Roles = append(page.Roles, web.Choice{Value: string(role), Label: role.Label()})
	}
	return page, err
}

func (s *Screens) personAdd(c *fiber.Ctx) error {
	r := web.Read(c)
	form := identity.PersonForm{
		Name:  r.Text("name"),
		Login: r.Text("login"),
		Org:   r.Text("org"),
		Role:  identity.Role(r.Text("role")),
	}
	_, password, err := s.Admin.AddPerson(c.UserContext(), web.Actor(c), r.RequestID(), form)
	return s.peopleAnswer(c, r, err, form.Login, password)
}

func (s *Screens) passwordReset(c *fiber.Ctx) error {
	r := web.Read(c)
	password, err := s.Admin.ResetPassword(c.UserContext(), web.Actor(c), r.RequestID(), c.Params("id"))
	return s.peopleAnswer(c, r, err, r.Text("login"), password)
}

// peopleAnswer shows a new one-time password once; it is in no log and no address.
func (s *Screens) peopleAnswer(c *fiber.Ctx, r *web.Reader, err error, login, password string) error {
	page, pageErr := s.peoplePage(c, r.Typed)
	if pageErr != nil {
		return pageErr
	}
	if err != nil {
		return s.Kit.Again(c, err, "office/county/people", page)
	}
	if password == "" {
		return s.Kit.Done(c, "/office/people", "这个请求已经办理过;如果没有记下一次性密码,请重设")
	}
	page.Typed = web.Typed{}
	page.For, page.Password = login, password
	return s.Kit.Page(c, "office/county/people", page)
}

func (s *Screens) roleGive(c *fiber.Ctx) error {
	r := web.Read(c)
	form := identity.RoleForm{Person: c.Params("id"), Org: r.Text("org"), Role: identity.Role(r.Text("role"))}
	_, err := s.Admin.GiveRole(c.UserContext(), web.Actor(c), r.RequestID(), form)
	return s.rolesDone(c, r, err, "岗位已任命,立即生效")
}

func (s *Screens) roleEnd(c *fiber.Ctx) error {
	r := web.Read(c)
	_, err := s.Admin.EndRole(c.UserContext(), web.Actor(c), r.RequestID(), c.Params("id"))
	return s.rolesDone(c, r, err, "岗位已结束,立即生效")
}

func (s *Screens) rolesDone(c *fiber.Ctx, r *web.Reader, err error, message string) error {
	if err == nil {
		return s.Kit.Done(c, "/office/people", message)
	}
	page, pageErr := s.peoplePage(c, r.Typed)
	if pageErr != nil {
		return err
	}
	return s.Kit.Again(c, err, "office/county/people", page)
}
