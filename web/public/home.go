package public

import (
	"context"
	"time"

	"github.com/gofiber/fiber/v2"

	"sunlot/internal/calendar"
	"sunlot/internal/casework"
	"sunlot/internal/identity"
	"sunlot/trading"
	"sunlot/trading/contracts"
	"sunlot/web"
	"sunlot/web/public/parts"
)

type homePage struct {
	Live      []trading.Lot
	Epoch     string
	Week      []openingDay // what opens until Sunday
	Next      *trading.Lot // the next opening when this week has none
	Results   []trading.Award
	Notices   []trading.Tender
	Total     int
	Totals    contracts.Totals
	Townships []parts.Township
	Villages  int
	Leaves    int64
}

// openingDay is a day in Beijing with what opens on it.
type openingDay struct {
	Day  calendar.Date
	Lots []trading.Lot
}

// home is the county's first page: what is live now, this week's openings, the
// newest notices and results, and the way to each village.
func (s *Screens) home(c *fiber.Ctx) error {
	ctx, page := c.UserContext(), homePage{Epoch: s.Epoch}
	live, offered, err := parts.OnOffer(ctx, s.Bidding, identity.Everywhere, identity.MaxPage)
	if err != nil {
		return err
	}
	page.Live = live
	if page.Week = openings(offered, s.Days.Clock.Now()); len(page.Week) == 0 && len(offered) > 0 {
		page.Next = &offered[0]
	}
	if page.Notices, page.Total, err = s.Tendering.SeeTenders(ctx, identity.Actor{}, casework.Query{
		Scope: identity.Everywhere, Sort: "newest", Page: identity.Page{Number: 1, Size: shown}}); err != nil {
		return err
	}
	if page.Results, _, err = s.Bidding.SeeAwards(ctx, identity.Actor{}, casework.Query{
		Scope: identity.Everywhere, Page: identity.Page{Number: 1, Size: 3}}); err != nil {
		return err
	}
	if err := s.homeCounts(ctx, &page); err != nil {
		return err
	}
	return s.Kit.Page(c, "home/show", page)
}

// homeCounts adds what the county comes to, and its villages.
func (s *Screens) homeCounts(ctx context.Context, page *homePage) (err error) {
	page.Totals, err = s.county.get(time.Now(), func() (contracts.Totals, error) { return s.Contracts.SeeTotals(ctx, identity.Everywhere) })
	if err != nil {
		return err
	}
	villages, total, err := s.Directory.Villages(ctx, "", identity.Page{Number: 1, Size: identity.MaxPage})
	if err != nil {
		return err
	}
	page.Townships, page.Villages = parts.TownshipsOf(villages), total
	head, err := s.Events.Head(ctx)
	page.Leaves = head.Sequenced
	return err
}

// openings puts what opens in this week in Beijing, which ends with Sunday, under
// its days. The lots come in the order of their openings.
func openings(offered []trading.Lot, now time.Time) []openingDay {
	today := now.In(calendar.Beijing)
	sunday := calendar.DateOf(today).AddDays((7 - int(today.Weekday())) % 7)
	var days []openingDay
	for _, l := range offered {
		day := calendar.DateOf(l.Board.OpensAt)
		if day > sunday {
			break
		}
		if len(days) == 0 || days[len(days)-1].Day != day {
			days = append(days, openingDay{Day: day})
		}
		last := &days[len(days)-1]
		last.Lots = append(last.Lots, l)
	}
	return days
}

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
	if page.Villages, page.AllVillages, err = s.Directory.Villages(ctx, text, identity.Page{Number: 1, Size: 20}); err != nil {
		return err
	}
	q := casework.Query{Scope: identity.Everywhere, Text: text, Page: identity.Page{Number: 1, Size: shown}}
	if page.Notices, page.AllNotices, err = s.Tendering.SeeTenders(ctx, identity.Actor{}, q); err != nil {
		return err
	}
	if page.Results, page.AllResults, err = s.Bidding.SeeAwards(ctx, identity.Actor{}, q); err != nil {
		return err
	}
	return s.Kit.Page(c, "home/search", page)
}

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
	return s.Kit.Page(c, "tender/list", struct {
		Notices []trading.Tender
		Text    string
		Sort    string
		Sorts   []web.Choice
		Village parts.Place
		Paging  web.Paging
	}{list, q.Text, q.Sort, tenderSorts, village, paging})
}

var tenderSorts = []web.Choice{{Value: "newest", Label: "最新发布"}, {Value: "deadline", Label: "报名截止在前"}, {Value: "price", Label: "起始价从低到高"}}
