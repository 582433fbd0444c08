package api

import (
	_ "embed"

	"github.com/gofiber/fiber/v2"

	"sunlot/internal/calendar"
	"sunlot/internal/identity"
	"sunlot/web"
)

//go:embed openapi/county.yaml
var countyPart string

func (s *Screens) countyRoutes() {
	k := s.Kit
	k.Get(root+"/orgs", web.Public, s.orgs)
	k.Post(root+"/orgs", web.Needs(identity.OrgAdd), write(
		func(c *fiber.Ctx, who identity.Actor, key string, form identity.OrgForm) (string, error) {
			return s.Admin.AddOrg(c.UserContext(), who, key, form)
		}))
	k.Post(root+"/people", web.Needs(identity.PersonAdd), s.addPerson)
	k.Post(root+"/roles", web.Needs(identity.RoleGive), s.giveRole)
	k.Post(root+"/accounts/:id/confirm", web.Needs(identity.AccountConfirm), s.confirmAccount)
	k.Post(root+"/roles/:id/end", web.Needs(identity.RoleGive), write(
		func(c *fiber.Ctx, who identity.Actor, key string, _ struct{}) (string, error) {
			return s.Admin.EndRole(c.UserContext(), who, key, c.Params("id"))
		}))
	k.Post(root+"/calendar", web.Needs(identity.CalendarAdd), write(
		func(c *fiber.Ctx, who identity.Actor, key string, year calendar.Year) (string, error) {
			answer, _, err := s.Admin.AddYear(c.UserContext(), who, key, year)
			return answer, err
		}))
}

type orgOut struct {
	ID     string           `json:"id"`
	Parent string           `json:"parent"`
	Kind   identity.OrgKind `json:"kind"`
	Name   string           `json:"name"`
}

func (s *Screens) orgs(c *fiber.Ctx) error {
	q := query(c)
	rows, total, err := s.Directory.Find(c.UserContext(), q.Text, q.Page)
	if err != nil {
		return err
	}
	return c.JSON(page(q.Page, rows, total,
		func(o identity.Org) orgOut { return orgOut{ID: o.ID, Parent: o.ParentID, Kind: o.Kind, Name: o.Name} }))
}

// addPerson opens an account. The one-time password is in the first answer only.
func (s *Screens) addPerson(c *fiber.Ctx) error {
	var form identity.PersonForm
	if err := decode(c.Body(), &form); err != nil {
		return err
	}
	handed, err := s.Admin.AddPerson(c.UserContext(), web.Actor(c), c.Get("Idempotency-Key"), form)
	return answerHanded(c, handed, err)
}

// giveRole gives a role, or proposes one that can be a second person's.
func (s *Screens) giveRole(c *fiber.Ctx) error {
	var form identity.RoleForm
	if err := decode(c.Body(), &form); err != nil {
		return err
	}
	handed, err := s.Admin.GiveRole(c.UserContext(), web.Actor(c), c.Get("Idempotency-Key"), form)
	return answerHanded(c, handed, err)
}

// confirmAccount carries out what another administrator has proposed.
func (s *Screens) confirmAccount(c *fiber.Ctx) error {
	if err := decode(c.Body(), &struct{}{}); err != nil {
		return err
	}
	handed, err := s.Admin.ConfirmAccount(c.UserContext(), web.Actor(c), c.Get("Idempotency-Key"), c.Params("id"))
	return answerHanded(c, handed, err)
}

// answerHanded tells what an act on an account leaves to hand over: nothing of it
// is in the answer to the same request again.
func answerHanded(c *fiber.Ctx, handed identity.Handed, err error) error {
	if err != nil {
		return err
	}
	out := struct {
		ID       string `json:"id,omitempty"`
		Proposal string `json:"proposal,omitempty"`
		Password string `json:"one_time_password,omitempty"`
		Half     string `json:"half_password,omitempty"`
	}{ID: handed.ID, Proposal: handed.Proposal}
	if handed.Half {
		out.Half = handed.Code
	} else {
		out.Password = handed.Code
	}
	c.Set(fiber.HeaderCacheControl, "no-store")
	return c.JSON(out)
}
