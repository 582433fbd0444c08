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
	k.Post(root+"/roles", web.Needs(identity.RoleGive), write(
		func(c *fiber.Ctx, who identity.Actor, key string, form identity.RoleForm) (string, error) {
			return s.Admin.GiveRole(c.UserContext(), who, key, form)
		}))
	k.Post(root+"/roles/:id/end", web.Needs(identity.RoleGive), write(
		func(c *fiber.Ctx, who identity.Actor, key string, _ struct{}) (string, error) {
			return s.Admin.EndRole(c.UserContext(), who, key, c.Params("id"))
		}))
	k.Post(root+"/calendar", web.Needs(identity.CalendarAdd), write(
		func(c *fiber.Ctx, who identity.Actor, key string, year calendar.Year) (string, error) {
			return s.Admin.AddYear(c.UserContext(), who, key, year)
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
	id, password, err := s.Admin.AddPerson(c.UserContext(), web.Actor(c), c.Get("Idempotency-Key"), form)
	if err != nil {
		return err
	}
	c.Set(fiber.HeaderCacheControl, "no-store")
	return c.JSON(struct {
		ID       string `json:"id"`
		Password string `json:"one_time_password,omitempty"`
	}{id, password})
}
