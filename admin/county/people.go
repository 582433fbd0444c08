package county

import (
	"context"
	"strings"

	"github.com/gofiber/fiber/v2"

	"sunlot/admin"
	"sunlot/internal/casework"
	"sunlot/internal/identity"
	"sunlot/web"
	"sunlot/web/table"
)

type peoplePage struct {
	admin.ListPage[identity.PersonRow]
	Org     identity.Org // where roles are given, once chosen from the list of organisations
	Roles   []web.Choice // that exist there
	Typed   web.Typed
	Handed  identity.Handed // of the account just opened or reset: shown once
	For     string
	Waiting int // account acts that wait for another administrator
}

func (s *Screens) people(c *fiber.Ctx) error {
	if table.Asked(c) {
		return s.peopleList().File(c, s.now())
	}
	page, err := s.peoplePage(c, web.Typed{"org": c.Query("org")})
	if err != nil {
		return err
	}
	return s.Kit.Page(c, "office/county/people", page)
}

func (s *Screens) peoplePage(c *fiber.Ctx, kept web.Typed) (peoplePage, error) {
	page := peoplePage{Typed: kept}
	var err error
	page.ListPage, err = s.peopleList().Page(c, s.Kit)
	if err != nil {
		return page, err
	}
	page.Waiting, err = s.waiting(c)
	if err != nil {
		return page, err
	}
	page.Org, err = s.chosenOrg(c, kept["org"])
	if page.Org.ID != "" {
		page.List.Kept = []admin.Kept{{Name: "org", Value: page.Org.ID}}
	}
	for _, role := range identity.RolesAt(page.Org.Kind) {
		page.Roles = append(page.Roles, web.Choice{Value: string(role), Label: role.Label()})
	}
	return page, err
}

func (s *Screens) peopleList() admin.List[identity.PersonRow] {
	type row = identity.PersonRow
	return admin.List[row]{
		Path:  "/office/people",
		Name:  "账号和岗位",
		Hint:  "姓名、登录名",
		Sorts: []web.Choice{{Value: "name", Label: "按姓名"}, {Value: "login", Label: "按登录名"}},
		Read: func(ctx context.Context, who identity.Actor, q casework.Query) ([]row, int, error) {
			return s.Admin.People(ctx, who, q.Text, q.Sort, q.Page)
		},
		Columns: []table.Column[row]{
			table.Text("姓名", func(p row) string { return p.Name }),
			table.Text("登录名", func(p row) string { return p.Login }),
			table.Text("岗位", func(p row) string {
				var held []string
				for _, m := range p.Memberships {
					held = append(held, m.OrgName+" "+m.Role.Label())
				}
				return strings.Join(held, "；")
			}),
			table.Text("状态", func(p row) string {
				if p.Disabled {
					return "已停用"
				}
				return "在用"
			}),
		},
	}
}

func (s *Screens) personAdd(c *fiber.Ctx) error {
	r := web.Read(c)
	form := identity.PersonForm{
		Name:  r.Text("name"),
		Login: r.Text("login"),
		Org:   r.Text("org"),
		Role:  identity.Role(r.Text("role")),
	}
	handed, err := s.Admin.AddPerson(c.UserContext(), web.Actor(c), r.RequestID(), form)
	return s.peopleAnswer(c, r, err, form.Login, handed)
}

func (s *Screens) passwordReset(c *fiber.Ctx) error {
	r := web.Read(c)
	handed, err := s.Admin.ResetPassword(c.UserContext(), web.Actor(c), r.RequestID(), c.Params("id"))
	return s.peopleAnswer(c, r, err, r.Text("login"), handed)
}

func (s *Screens) accountReopen(c *fiber.Ctx) error {
	r := web.Read(c)
	handed, err := s.Admin.ReopenAccount(c.UserContext(), web.Actor(c), r.RequestID(), c.Params("id"))
	return s.peopleAnswer(c, r, err, r.Text("login"), handed)
}

// peopleAnswer shows a new one-time password, or its half, once; it is in no log
// and no address.
func (s *Screens) peopleAnswer(c *fiber.Ctx, r *web.Reader, err error, login string, handed identity.Handed) error {
	page, pageErr := s.peoplePage(c, r.Typed)
	if pageErr != nil {
		return pageErr
	}
	if err != nil {
		return s.Kit.Again(c, err, "office/county/people", page)
	}
	if handed.Code == "" {
		return s.Kit.Done(c, "/office/accounts", "这个请求已经办理过；如果没有记下一次性密码，请重新提出或重设")
	}
	page.Typed = web.Typed{}
	page.For, page.Handed = login, handed
	return s.Kit.Page(c, "office/county/people", page)
}

func (s *Screens) roleGive(c *fiber.Ctx) error {
	r := web.Read(c)
	form := identity.RoleForm{Person: c.Params("id"), Org: r.Text("org"), Role: identity.Role(r.Text("role"))}
	handed, err := s.Admin.GiveRole(c.UserContext(), web.Actor(c), r.RequestID(), form)
	if err == nil && handed.Code != "" {
		return s.peopleAnswer(c, r, nil, r.Text("login"), handed)
	}
	if err == nil && handed.Proposal != "" {
		return s.Kit.Done(c, "/office/accounts", "已提出，等另一位管理员确认后生效")
	}
	return s.rolesDone(c, r, err, "岗位已分配，立即生效")
}

func (s *Screens) roleEnd(c *fiber.Ctx) error {
	r := web.Read(c)
	_, err := s.Admin.EndRole(c.UserContext(), web.Actor(c), r.RequestID(), c.Params("id"))
	return s.rolesDone(c, r, err, "岗位已结束，立即生效")
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
