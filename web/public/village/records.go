package village

import (
	"github.com/gofiber/fiber/v2"

	"sunlot/internal/casework"
	"sunlot/internal/identity"
	"sunlot/trading"
	"sunlot/web"
	"sunlot/web/public/parts"
)

// decisions lists all decisions of a village, the newest vote first.
func (s *Screens) decisions(c *fiber.Ctx) error {
	org, err := parts.Village(c.UserContext(), s.Directory, c.Params("id"))
	if err != nil {
		return err
	}
	q := casework.Query{Scope: identity.Scope{org.Path}, Text: web.SearchText(c), Sort: "held", Page: web.PageOf(c)}
	list, paging, err := web.ReadPage(c, q.Page, func(at identity.Page) ([]trading.Resolution, int, error) {
		q.Page = at
		return s.Resolving.SeeResolutions(c.UserContext(), identity.Actor{}, q)
	})
	if err != nil {
		return err
	}
	return s.Kit.Page(c, "village/decisions", struct {
		Village     identity.Org
		Resolutions []trading.Resolution
		Text        string
		Paging      web.Paging
	}{
		Village:     org,
		Resolutions: list,
		Text:        q.Text,
		Paging:      paging,
	})
}

// answers lists all objections of a village with their answers, newest first.
func (s *Screens) answers(c *fiber.Ctx) error {
	org, err := parts.Village(c.UserContext(), s.Directory, c.Params("id"))
	if err != nil {
		return err
	}
	q := casework.Query{Scope: identity.Scope{org.Path}, Sort: "newest", Page: web.PageOf(c)}
	list, paging, err := web.ReadPage(c, q.Page, func(at identity.Page) ([]trading.Objection, int, error) {
		q.Page = at
		return s.Bidding.SeeObjectionsIn(c.UserContext(), identity.Actor{}, q)
	})
	if err != nil {
		return err
	}
	return s.Kit.Page(c, "village/answers", struct {
		Village    identity.Org
		Objections []trading.Objection
		Paging     web.Paging
	}{org, list, paging})
}
