package works

import (
	"context"

	"github.com/gofiber/fiber/v2"

	"sunlot/disclosure/power"
	"sunlot/internal/casework"
	"sunlot/internal/identity"
	"sunlot/trading/works"
	"sunlot/web"
)

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
	page.Proof, err = web.Badge(c, s.Standings, i.Event)
	if err != nil {
		return err
	}
	page.Editions, err = s.editions(c, i)
	if err != nil {
		return err
	}
	list, paging, err := web.ReadPage(c, web.PageOf(c), func(at identity.Page) ([]works.Project, int, error) {
		return s.Works.SeeProjects(ctx, identity.Actor{},
			casework.Query{Scope: identity.Everywhere, Parent: i.ID, Page: at})
	})
	if err != nil {
		return err
	}
	page.Paging = paging
	page.Runs, err = s.runs(ctx, i, list)
	if err != nil {
		return err
	}
	return s.Kit.Page(c, "works/item", page)
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
		g := works.ProgressOf(p, deeds[p.ID], s.Works.LimitOf(p), today)
		lines = append(lines, runLine{p, power.RunOf(i.ItemForm, g, days, today)})
	}
	return lines, err
}
