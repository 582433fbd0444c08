package account

import (
	"github.com/gofiber/fiber/v2"

	"sunlot/internal/fault"
	"sunlot/web"
)

type loginPage struct {
	CanLogIn bool
	Login    string
	Next     string
}

func (s *Screens) loginForm(c *fiber.Ctx) error {
	return s.Kit.Page(c, "account/login",
		loginPage{CanLogIn: s.Kit.CanLogIn(c), Next: web.Next(c.Query("next", "/office"))})
}

func (s *Screens) login(c *fiber.Ctx) error {
	page := loginPage{CanLogIn: s.Kit.CanLogIn(c), Login: c.FormValue("login"),
		Next: web.Next(c.FormValue("next", "/office"))}
	if len(page.Login) > 64 || len(c.FormValue("password")) > 512 {
		page.Login = ""
		return s.Kit.Again(c, fault.New(fault.Unauthenticated, "登录名或密码不对").On("login"), "account/login", page)
	}
	tokens, err := s.Sessions.Login(c.UserContext(), page.Login, c.FormValue("password"), web.From(c))
	if err != nil {
		return s.Kit.Again(c, err, "account/login", page)
	}
	s.Kit.SetSession(c, tokens)
	return s.Kit.Done(c, page.Next, "")
}

func (s *Screens) logout(c *fiber.Ctx) error {
	if refresh := s.Kit.ClearSession(c); refresh != "" {
		if err := s.Sessions.Logout(c.UserContext(), refresh); err != nil {
			return err
		}
	}
	return s.Kit.Done(c, "/", "已退出登录")
}

// passwordForm also tells the account's holder who has opened or reset it: the
// first login after that leads here.
func (s *Screens) passwordForm(c *fiber.Ctx) error {
	history, err := s.Admin.OwnHistory(c.UserContext(), web.Actor(c))
	if err != nil {
		return err
	}
	return s.Kit.Page(c, "account/password", history)
}

func (s *Screens) passwordAgain(c *fiber.Ctx, wrong error) error {
	history, err := s.Admin.OwnHistory(c.UserContext(), web.Actor(c))
	if err != nil {
		return err
	}
	return s.Kit.Again(c, wrong, "account/password", history)
}

func (s *Screens) password(c *fiber.Ctx) error {
	if c.FormValue("password") != c.FormValue("again") {
		return s.passwordAgain(c, fault.New(fault.Invalid, "两次填写的新密码不一样").On("again"))
	}
	tokens, err := s.Sessions.ChangePassword(c.UserContext(), web.Actor(c), c.FormValue("old"),
		c.FormValue("password"))
	if err != nil {
		return s.passwordAgain(c, err)
	}
	s.Kit.SetSession(c, tokens)
	return s.Kit.Done(c, "/office", "密码已修改")
}
