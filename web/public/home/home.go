// Package home is the county's first page, the search over all of it, the rules
// with their sources, and the styles that all pages share.
package home

import (
	"context"
	"time"

	"github.com/gofiber/fiber/v2"

	"sunlot/disclosure/ledger"
	"sunlot/internal/calendar"
	"sunlot/internal/casework"
	"sunlot/internal/finding"
	"sunlot/internal/identity"
	"sunlot/trading"
	"sunlot/trading/bidding"
	"sunlot/trading/contracts"
	"sunlot/trading/rules"
	"sunlot/trading/tendering"
	"sunlot/web"
	"sunlot/web/public/parts"
)

// Screens is the pages of the county as a whole.
type Screens struct {
	Kit       *web.Kit
	Pack      rules.Pack
	Days      casework.Schedules
	Directory *identity.Directory
	Tendering *tendering.Service
	Bidding   *bidding.Service
	Contracts *contracts.Service
	Finding   *finding.Service
	Log       *ledger.Log
	Epoch     string // of the live rooms

	totals cached[contracts.Totals]
}

// Register declares the routes.
func (s *Screens) Register() {
	s.Kit.Get("/", web.Public, s.home)
	s.Kit.Get("/search", web.Public, s.find)
	s.Kit.Get("/rules", web.Public, s.rules)
	s.Kit.Get("/styleguide", web.Public, s.styleguide)
}

// shown is how much of each list the page has; the rest is on a page of its own.
const shown = 6

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
	page.Week = openings(offered, s.Days.Clock.Now())
	if len(page.Week) == 0 && len(offered) > 0 {
		page.Next = &offered[0]
	}
	newest := casework.Query{Scope: identity.Everywhere, Sort: "newest", Page: identity.Page{Number: 1, Size: shown}}
	page.Notices, page.Total, err = s.Tendering.SeeTenders(ctx, identity.Actor{}, newest)
	if err != nil {
		return err
	}
	few := casework.Query{Scope: identity.Everywhere, Page: identity.Page{Number: 1, Size: 3}}
	page.Results, _, err = s.Bidding.SeeAwards(ctx, identity.Actor{}, few)
	if err != nil {
		return err
	}
	if err := s.homeCounts(ctx, &page); err != nil {
		return err
	}
	return s.Kit.Page(c, "home/show", page)
}

// homeCounts adds what the county comes to, and its villages.
func (s *Screens) homeCounts(ctx context.Context, page *homePage) (err error) {
	page.Totals, err = s.totals.get(time.Now(),
		func() (contracts.Totals, error) { return s.Contracts.SeeTotals(ctx, identity.Everywhere) })
	if err != nil {
		return err
	}
	villages, total, err := s.Directory.Villages(ctx, "", identity.Page{Number: 1, Size: identity.MaxPage})
	if err != nil {
		return err
	}
	page.Townships, page.Villages = parts.TownshipsOf(villages), total
	head, err := s.Log.Head(ctx)
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
