package notice

import (
	"github.com/gofiber/fiber/v2"

	"sunlot/internal/casework"
	"sunlot/internal/identity"
	"sunlot/trading"
	"sunlot/web"
	"sunlot/web/public/parts"
)

// tenders lists the published notices.
func (s *Screens) tenders(c *fiber.Ctx) error {
	in, village, err := parts.PlaceOf(c, s.Directory)
	if err != nil {
		return err
	}
	q := casework.Query{Scope: in, Text: web.SearchText(c), Sort: c.Query("sort", "newest"), Page: web.PageOf(c)}
	list, paging, err := web.ReadPage(c, q.Page, func(at identity.Page) ([]trading.Tender, int, error) {
		q.Page = at
		return s.Tendering.SeeTenders(c.UserContext(), identity.Actor{}, q)
	})
	if err != nil {
		return err
	}
	return s.Kit.Page(c, "notice/tenders", struct {
		Notices []trading.Tender
		Text    string
		Sort    string
		Sorts   []web.Choice
		Village parts.Place
		Paging  web.Paging
	}{
		Notices: list,
		Text:    q.Text,
		Sort:    q.Sort,
		Sorts:   tenderSorts,
		Village: village,
		Paging:  paging,
	})
}

var tenderSorts = []web.Choice{{Value: "newest", Label: "最新发布"}, {Value: "deadline", Label: "报名截止在前"},
	{Value: "price", Label: "起始价从低到高"}}
