package public

import (
	"context"

	"github.com/gofiber/fiber/v2"

	"sunlot/disclosure/power"
	"sunlot/internal/casework"
	"sunlot/internal/event"
	"sunlot/internal/identity"
	"sunlot/trading/works"
	"sunlot/web"
)

// worksRoutes are the micro-power list and the works that use it.
func (s *Screens) worksRoutes() {
	k := s.Kit
	k.Get("/items", web.Public, s.items)
	k.Get("/items/:id", web.Public, s.item)
	k.Get("/projects", web.Public, s.projects)
	k.Get("/projects/:id", web.Public, s.project)
}

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
	return s.Kit.Page(c, "item/list", struct {
		Items      []power.Item
		Text       string
		Category   string
		Categories []web.Choice
		Paging     web.Paging
	}{list, q.Text, string(q.Category), categories, paging})
}

type itemPage struct {
	Item     power.Item
	Township string
	Proof    *web.Proof
	Editions []editionLine
	Runs     []runLine
	Paging   web.Paging
}

// runLine is one use of the power with its standing.
type runLine struct {
	Project works.Project
	Run     power.Run
}

// item is what a villager reads of a power, with every use of it.
func (s *Screens) item(c *fiber.Ctx) error {
	ctx := c.UserContext()
	i, err := s.Items.SeeItem(ctx, identity.Actor{}, c.Params("id"))
	if err != nil {
		return err
	}
	page := itemPage{Item: i}
	if page.Proof, err = web.Badge(c, s.Standings, i.Event); err != nil {
		return err
	}
	if page.Editions, err = s.editions(c, i); err != nil {
		return err
	}
	list, paging, err := web.ReadPage(c, web.PageOf(c), func(at identity.Page) ([]works.Project, int, error) {
		return s.Works.SeeProjects(ctx, identity.Actor{}, casework.Query{Scope: identity.Everywhere, Parent: i.ID, Page: at})
	})
	if err != nil {
		return err
	}
	page.Paging = paging
	if page.Runs, err = s.runs(ctx, i, list); err != nil {
		return err
	}
	return s.Kit.Page(c, "item/show", page)
}

// runs holds projects against the item.
func (s *Screens) runs(ctx context.Context, i power.Item, projects []works.Project) ([]runLine, error) {
	deeds, err := s.Works.SeeDeeds(ctx, projects)
	if err != nil {
		return nil, err
	}
	days, err := s.Days.Calendar(ctx)
	var lines []runLine
	today := s.Days.Today()
	for _, p := range projects {
		g := works.ProgressOf(p, deeds[p.ID], s.Works.Limit(), today)
		lines = append(lines, runLine{p, power.RunOf(i.ItemForm, g, days, today)})
	}
	return lines, err
}

// editionLine is one published edition in the log.
type editionLine struct {
	power.PublishedFacts
	Event event.Event
	Proof *web.Proof
}

// maxEditions is how many editions a page lists.
const maxEditions = 100

func (s *Screens) editions(c *fiber.Ctx, i power.Item) ([]editionLine, error) {
	events, err := s.Library.Events(c.UserContext(), i.Stream(), 0, maxEditions)
	if err != nil {
		return nil, err
	}
	var lines []editionLine
	for _, e := range events {
		facts, err := power.ReadEdition(e)
		if err != nil {
			return nil, err
		}
		proof, err := web.Badge(c, s.Standings, event.Ref{Stream: e.Stream, Seq: e.Seq})
		if err != nil {
			return nil, err
		}
		lines = append(lines, editionLine{facts, e, proof})
	}
	return lines, nil
}
