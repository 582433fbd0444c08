package admin

import (
	"strings"

	"github.com/gofiber/fiber/v2"

	"sunlot/internal/calendar"
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
	return s.Kit.Page(c, "office/orgs", page)
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
		return s.Kit.Again(c, err, "office/orgs", page)
	}
	return s.Kit.Done(c, "/office/orgs", "单位已登记")
}

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
	return s.Kit.Page(c, "office/people", page)
}

func (s *Screens) peoplePage(c *fiber.Ctx, kept web.Typed) (peoplePage, error) {
	page, who := peoplePage{Typed: kept, Text: c.Query("q")}, web.Actor(c)
	var err error
	page.People, page.Paging, err = web.ReadPage(c, web.PageOf(c), func(at identity.Page) ([]identity.PersonRow, int, error) {
		return s.Admin.People(c.UserContext(), who, page.Text, at)
	})
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
	form := identity.PersonForm{Name: r.Text("name"), Login: r.Text("login"), Org: r.Text("org"), Role: identity.Role(r.Text("role"))}
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
		return s.Kit.Again(c, err, "office/people", page)
	}
	if password == "" {
		return s.Kit.Done(c, "/office/people", "这个请求已经办理过;如果没有记下一次性密码,请重设")
	}
	page.Typed, page.For, page.Password = web.Typed{}, login, password
	return s.Kit.Page(c, "office/people", page)
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
	return s.Kit.Again(c, err, "office/people", page)
}

type calendarPage struct {
	Years []calendar.Year
	Typed web.Typed
}

func (s *Screens) calendarPage(c *fiber.Ctx, kept web.Typed) (calendarPage, error) {
	days, err := s.Days.Calendar(c.UserContext())
	page := calendarPage{Typed: kept}
	for year := 2020; year < 2200; year++ {
		if y, ok := days[year]; ok {
			page.Years = append(page.Years, y)
		}
	}
	return page, err
}

func (s *Screens) calendar(c *fiber.Ctx) error {
	page, err := s.calendarPage(c, web.Typed{})
	if err != nil {
		return err
	}
	return s.Kit.Page(c, "office/calendar", page)
}

// yearAdd reads a schedule: one holiday a line as "2027-01-01 2027-01-03", one worked day a line.
func (s *Screens) yearAdd(c *fiber.Ctx) error {
	r := web.Read(c)
	year := calendar.Year{Year: r.Number("year", "年份"), Source: r.Text("source")}
	for _, line := range strings.Split(r.Text("holidays"), "\n") {
		if ends := strings.Fields(line); len(ends) > 0 {
			year.Holidays = append(year.Holidays, calendar.Span{From: calendar.Date(ends[0]), To: calendar.Date(ends[len(ends)-1])})
		}
	}
	for _, day := range strings.Fields(r.Text("worked")) {
		year.Worked = append(year.Worked, calendar.Date(day))
	}
	err := r.Wrong.Err()
	if err == nil {
		_, err = s.Admin.AddYear(c.UserContext(), web.Actor(c), r.RequestID(), year)
	}
	if err != nil {
		page, pageErr := s.calendarPage(c, r.Typed)
		if pageErr != nil {
			return err
		}
		return s.Kit.Again(c, err, "office/calendar", page)
	}
	return s.Kit.Done(c, "/office/calendar", "放假安排已登记,并写入公开日志")
}
