package works

import (
	"github.com/gofiber/fiber/v2"

	"sunlot/disclosure/power"
	"sunlot/internal/identity"
	"sunlot/web"
)

// items is the micro-power list, by category.
func (s *Screens) items(c *fiber.Ctx) error {
	q := power.Query{Text: web.SearchText(c), Page: web.PageOf(c)}
	if category := power.Category(c.Query("category")); category.Label() != "" {
		q.Category = category
	}
	list, paging, err := web.ReadPage(c, q.Page, func(at identity.Page) ([]power.Item, int, error) {
		q.Page = at
		return s.Items.SeeItems(c.UserContext(), q)
	})
	if err != nil {
		return err
	}
	var categories []web.Choice
	for _, category := range power.Categories {
		categories = append(categories, web.Choice{Value: string(category.Category), Label: category.Label})
	}
	return s.Kit.Page(c, "works/items", struct {
		Items      []power.Item
		Text       string
		Category   string
		Categories []web.Choice
		Paging     web.Paging
	}{
		Items:      list,
		Text:       q.Text,
		Category:   string(q.Category),
		Categories: categories,
		Paging:     paging,
	})
}
