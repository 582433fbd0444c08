package public

import (
	"github.com/gofiber/fiber/v2"

	"sunlot/internal/identity"
	"sunlot/trading"
	"sunlot/web"
)

// home is the county's first page: what is live now, the newest notices and
// results, and the way to each village.
func (s *Screens) home(c *fiber.Ctx) error {
	notices, total, err := s.Trading.SeeTenders(c.UserContext(), identity.Actor{}, trading.Query{
		Scope: identity.Everywhere, Sort: "newest", Page: identity.Page{Number: 1, Size: 6}})
	if err != nil {
		return err
	}
	villages, _, err := s.Trading.Store.Villages(c.UserContext(), "", identity.Page{Number: 1, Size: 12})
	if err != nil {
		return err
	}
	head, err := s.Events.Head(c.UserContext())
	if err != nil {
		return err
	}
	live, _, err := s.Trading.SeeLots(c.UserContext(), identity.Actor{}, trading.Query{Scope: identity.Everywhere, States: []trading.State{trading.Bidding},
		Page: identity.Page{Number: 1, Size: 3}})
	if err != nil {
		return err
	}
	results, _, err := s.Trading.SeeAwards(c.UserContext(), identity.Actor{}, trading.Query{Scope: identity.Everywhere, Page: identity.Page{Number: 1, Size: 3}})
	if err != nil {
		return err
	}
	return s.Kit.Page(c, "home/show", struct {
		Live     []trading.Lot
		Epoch    string
		Results  []trading.Award
		Notices  []trading.Tender
		Total    int
		Villages []trading.Village
		Leaves   int64
	}{live, s.Epoch, results, notices, total, villages, head.Sequenced})
}

// tenders lists the published notices.
func (s *Screens) tenders(c *fiber.Ctx) error {
	q := trading.Query{Scope: identity.Everywhere, Text: search(c), Sort: c.Query("sort", "newest"), Page: web.PageOf(c)}
	list, total, err := s.Trading.SeeTenders(c.UserContext(), identity.Actor{}, q)
	if err != nil {
		return err
	}
	return s.Kit.Page(c, "tender/list", struct {
		Notices []trading.Tender
		Text    string
		Sort    string
		Sorts   []web.Choice
		Paging  web.Paging
	}{list, q.Text, q.Sort, tenderSorts, web.NewPaging(c, q.Page, total)})
}

var tenderSorts = []web.Choice{{Value: "newest", Label: "最新发布"}, {Value: "deadline", Label: "报名截止在前"}, {Value: "price", Label: "起始价从低到高"}}
