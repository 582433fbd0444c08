package power

import (
	"slices"

	"github.com/gofiber/fiber/v2"

	"sunlot/admin"
	"sunlot/disclosure/power"
	"sunlot/internal/identity"
	"sunlot/web"
)

// items lists the township's items, those in draft too.
func (s *Screens) items(c *fiber.Ctx) error {
	q := power.Query{Text: c.Query("q"), Page: web.PageOf(c)}
	list, paging, err := web.ReadPage(c, q.Page, func(at identity.Page) ([]power.Item, int, error) {
		q.Page = at
		return s.Items.OfficeItems(c.UserContext(), web.Actor(c), q)
	})
	if err != nil {
		return err
	}
	return s.Kit.Page(c, "office/power/items", struct {
		Items  []power.Item
		Text   string
		Paging web.Paging
	}{list, q.Text, paging})
}

type itemView struct {
	Item  power.Item
	Form  power.ItemForm // the draft, else what is published
	Trail []web.Moment
	Own   bool // the viewer drafted it and cannot publish it
}

// item shows what would be published to those who draft and publish.
func (s *Screens) item(c *fiber.Ctx) error {
	view, err := s.itemView(c)
	if err != nil {
		return err
	}
	return s.Kit.Page(c, "office/power/item", view)
}

func (s *Screens) itemView(c *fiber.Ctx) (itemView, error) {
	who := web.Actor(c)
	i, err := s.Items.SeeItem(c.UserContext(), who, c.Params("id"))
	if err != nil {
		return itemView{}, err
	}
	if !who.May(power.ItemDraft, i.Path) && !who.May(power.ItemPublish, i.Path) {
		return itemView{}, admin.NotHere("个事项")
	}
	view := itemView{Item: i, Form: i.ItemForm}
	if i.Draft != nil {
		view.Form = *i.Draft
	}
	acts, err := s.Items.SeeItemTrail(c.UserContext(), who, i)
	view.Trail = s.Kit.Trail(acts)
	view.Own = slices.Contains(power.Drafters(acts), who.PersonID)
	return view, err
}

func (s *Screens) itemPublish(c *fiber.Ctx) error {
	r := web.Read(c)
	id, err := s.Items.PublishItem(c.UserContext(), web.Actor(c), r.RequestID(), c.Params("id"), r.Version())
	if err != nil {
		view, viewErr := s.itemView(c)
		if viewErr != nil {
			return err
		}
		return s.Kit.Again(c, err, "office/power/item", view)
	}
	return s.Kit.Done(c, "/items/"+id, "事项已公布，并写入公开日志")
}
