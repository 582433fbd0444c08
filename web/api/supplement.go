package api

import (
	_ "embed"
	"time"

	"github.com/gofiber/fiber/v2"

	"sunlot/internal/casework"
	"sunlot/internal/event"
	"sunlot/internal/fault"
	"sunlot/internal/identity"
	"sunlot/trading"
	"sunlot/trading/tendering"
	"sunlot/web"
)

//go:embed openapi/supplement.yaml
var supplementPart string

func (s *Screens) supplementRoutes() {
	k, release := s.Kit, web.Needs(tendering.SupplementRelease)
	k.Get(root+"/tenders/:id/supplements", web.Public, s.supplements)
	k.Post(root+"/supplements", web.Needs(tendering.SupplementPropose), write(
		func(c *fiber.Ctx, who identity.Actor, key string, form trading.SupplementForm) (string, error) {
			return s.Tendering.ProposeSupplement(c.UserContext(), who, key, form)
		}))
	k.Post(root+"/supplements/:id/release", release, step(s.Tendering.ReleaseSupplement))
	k.Post(root+"/supplements/:id/return", release, write(
		func(c *fiber.Ctx, who identity.Actor, key string, back casework.Return) (string, error) {
			return s.Tendering.ReturnSupplement(c.UserContext(), who, key, c.Params("id"), back)
		}))
}

type supplementOut struct {
	ID            string         `json:"id"`
	Tender        string         `json:"tender"`
	Number        int            `json:"number"`
	State         casework.State `json:"state"`
	Version       int            `json:"version"`
	Text          string         `json:"text"`
	Mend          []fault.Field  `json:"mend,omitempty"`
	ReleasedAt    time.Time      `json:"released_at,omitzero"`
	RegisterUntil time.Time      `json:"register_until,omitzero"`
	OpensAt       time.Time      `json:"opens_at,omitzero"`
	Document      string         `json:"document,omitempty"`
	Event         event.Ref      `json:"event,omitzero"`
}

func (s *Screens) supplements(c *fiber.Ctx) error {
	t, err := s.Tendering.SeeTender(c.UserContext(), web.Actor(c), c.Params("id"))
	if err != nil {
		return err
	}
	rows, err := s.Tendering.SeeSupplements(c.UserContext(), web.Actor(c), t.ID)
	if err != nil {
		return err
	}
	return c.JSON(page(identity.Page{Number: 1, Size: identity.MaxPage}, rows, len(rows),
		func(x trading.Supplement) supplementOut {
			return supplementOut{
				ID:            x.ID,
				Tender:        x.Tender,
				Number:        x.Number,
				State:         x.State,
				Version:       x.Version,
				Text:          x.Text,
				Mend:          x.Mend,
				ReleasedAt:    x.ReleasedAt,
				RegisterUntil: x.RegisterUntil,
				OpensAt:       x.OpensAt,
				Document:      x.Document,
				Event:         x.Event,
			}
		}))
}
