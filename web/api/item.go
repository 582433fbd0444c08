package api

import (
	_ "embed"
	"time"

	"github.com/gofiber/fiber/v2"

	"sunlot/disclosure/power"
	"sunlot/internal/event"
	"sunlot/internal/identity"
	"sunlot/web"
)

//go:embed openapi/item.yaml
var itemPart string

func (s *Screens) itemRoutes() {
	s.Kit.Get(root+"/items", web.Public, s.items)
	s.Kit.Get(root+"/items/:id", web.Public, s.item)
}

type itemOut struct {
	ID          string         `json:"id"`
	Edition     int            `json:"edition"`
	Form        power.ItemForm `json:"form"`
	PublishedAt time.Time      `json:"published_at"`
	Document    string         `json:"document"`
	Event       event.Ref      `json:"event"`
}

func drawItem(i power.Item) itemOut {
	return itemOut{
		ID:          i.ID,
		Edition:     i.Edition,
		Form:        i.ItemForm,
		PublishedAt: i.PublishedAt,
		Document:    i.Document,
		Event:       i.Event,
	}
}

// items lists the published micro-power items.
func (s *Screens) items(c *fiber.Ctx) error {
	q := query(c)
	rows, total, err := s.Items.SeeItems(c.UserContext(),
		power.Query{Text: q.Text, Category: power.Category(c.Query("category")), Page: q.Page})
	if err != nil {
		return err
	}
	return c.JSON(page(q.Page, rows, total, drawItem))
}

func (s *Screens) item(c *fiber.Ctx) error {
	i, err := s.Items.SeeItem(c.UserContext(), identity.Actor{}, c.Params("id"))
	if err != nil {
		return err
	}
	return c.JSON(drawItem(i))
}
