package account

import (
	"github.com/gofiber/fiber/v2"

	"sunlot/internal/fault"
	"sunlot/internal/identity"
	"sunlot/web"
)

type joinPage struct {
	CanLogIn bool
	Typed    web.Typed
	Next     string
}

func (s *Screens) joinForm(c *fiber.Ctx) error {
	return s.Kit.Page(c, "account/join",
		joinPage{s.Kit.CanLogIn(c), web.Typed{}, web.Next(c.Query("next", "/tenders"))})
}

// join opens a bidder's account and logs in.
func (s *Screens) join(c *fiber.Ctx) error {
	r := web.Read(c)
	form := identity.JoinForm{Name: r.Text("name"), Login: r.Text("login"), Password: c.FormValue("password")}
	page := joinPage{s.Kit.CanLogIn(c), r.Typed, web.Next(c.FormValue("next", "/tenders"))}
	if form.Password != c.FormValue("again") {
		return s.Kit.Again(c, fault.New(fault.Invalid, "两次填写的密码不一样").On("again"), "account/join", page)
	}
	form.Network = web.From(c).Network
	err := s.Sessions.CountJoin(c.UserContext(), form.Network)
	if err == nil {
		_, err = s.Admin.Join(c.UserContext(), r.RequestID(), form)
	}
	if err != nil {
		return s.Kit.Again(c, err, "account/join", page)
	}
	tokens, err := s.Sessions.Login(c.UserContext(), form.Login, form.Password, web.From(c))
	if err != nil {
		return err
	}
	s.Kit.SetSession(c, tokens)
	return s.Kit.Done(c, page.Next, "账号已开通，可以报名竞买")
}
