package api

import (
	_ "embed"
	"time"

	"github.com/gofiber/fiber/v2"

	"sunlot/internal/fault"
	"sunlot/internal/identity"
	"sunlot/web"
)

//go:embed openapi/session.yaml
var sessionPart string

func (s *Screens) sessionRoutes() {
	s.Kit.Post(root+"/sessions", web.Public, s.open)
	s.Kit.Post(root+"/sessions/renew", web.Public, s.renew)
	s.Kit.Post(root+"/sessions/end", web.Public, s.end)
	s.Kit.Get(root+"/me", web.SignedIn, s.me)
}

type tokens struct {
	Access       string    `json:"access_token"`
	Refresh      string    `json:"refresh_token"`
	AccessUntil  time.Time `json:"access_until"`
	RefreshUntil time.Time `json:"refresh_until"`
}

// open exchanges a password for tokens.
func (s *Screens) open(c *fiber.Ctx) error {
	var body struct {
		Login    string `json:"login"`
		Password string `json:"password"`
	}
	if err := decode(c.Body(), &body); err != nil {
		return err
	}
	t, err := s.Sessions.Login(c.UserContext(), body.Login[:min(len(body.Login), 64)], body.Password, web.From(c))
	return answer(c, t, err)
}

// refreshOf reads the refresh token of a request.
func refreshOf(c *fiber.Ctx) (string, error) {
	var body struct {
		Refresh string `json:"refresh_token"`
	}
	if err := decode(c.Body(), &body); err != nil {
		return "", err
	}
	if body.Refresh == "" {
		return "", fault.New(fault.Invalid, "请给出refresh_token").On("refresh_token")
	}
	return body.Refresh, nil
}

func (s *Screens) renew(c *fiber.Ctx) error {
	token, err := refreshOf(c)
	if err != nil {
		return err
	}
	t, err := s.Sessions.Renew(c.UserContext(), token)
	return answer(c, t, err)
}

func answer(c *fiber.Ctx, t identity.Tokens, err error) error {
	if err != nil {
		return err
	}
	c.Set(fiber.HeaderCacheControl, "no-store")
	return c.JSON(tokens{Access: t.Access, Refresh: t.Refresh, AccessUntil: t.AccessUntil.UTC(),
		RefreshUntil: t.RefreshUntil.UTC()})
}

// end closes the token's sessions; an unknown token is no error.
func (s *Screens) end(c *fiber.Ctx) error {
	token, err := refreshOf(c)
	if err != nil {
		return err
	}
	if err := s.Sessions.Logout(c.UserContext(), token); err != nil {
		return err
	}
	return c.SendStatus(fiber.StatusNoContent)
}

type role struct {
	Org     string        `json:"org"`
	OrgName string        `json:"org_name"`
	Role    identity.Role `json:"role"`
}

// me says who the caller is and which roles hold today.
func (s *Screens) me(c *fiber.Ctx) error {
	who := web.Actor(c)
	out := struct {
		Person     string `json:"person"`
		Name       string `json:"name"`
		MustChange bool   `json:"must_change_password"`
		Roles      []role `json:"roles"`
	}{
		Person:     who.PersonID,
		Name:       who.Name,
		MustChange: who.MustChange,
		Roles:      []role{},
	}
	for _, m := range who.Memberships {
		out.Roles = append(out.Roles, role{m.OrgID, m.OrgName, m.Role})
	}
	return c.JSON(out)
}
