package home

import (
	"github.com/gofiber/fiber/v2"

	"sunlot/internal/casework"
	"sunlot/internal/identity"
	"sunlot/trading"
	"sunlot/web"
)

// find looks for villages, notices and results by one word.
func (s *Screens) find(c *fiber.Ctx) error {
	ctx, text := c.UserContext(), web.SearchText(c)
	page := struct {
		Text                                string
		Villages                            []identity.ListedVillage
		Notices                             []trading.Tender
		Results                             []trading.Award
		AllVillages, AllNotices, AllResults int
	}{Text: text}
	if text == "" {
		return s.Kit.Page(c, "home/search", page)
	}
	var err error
	page.Villages, page.AllVillages, err = s.Directory.Villages(ctx, text, identity.Page{Number: 1, Size: 20})
	if err != nil {
		return err
	}
	q := casework.Query{Scope: identity.Everywhere, Text: text, Page: identity.Page{Number: 1, Size: shown}}
	page.Notices, page.AllNotices, err = s.Tendering.SeeTenders(ctx, identity.Actor{}, q)
	if err != nil {
		return err
	}
	page.Results, page.AllResults, err = s.Bidding.SeeAwards(ctx, identity.Actor{}, q)
	if err != nil {
		return err
	}
	return s.Kit.Page(c, "home/search", page)
}
