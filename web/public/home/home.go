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
	"sunlot/trading/amending"
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
	Pack      func() rules.Pack
	Amending  *amending.Service
	Days      casework.Schedules
	Directory *identity.Directory
	Tendering *tendering.Service
	Bidding   *bidding.Service
	Contracts *contracts.Service
	Finding   *finding.Service
	Log       *ledger.Log
	Epoch     string // of the live rooms
	// Changes counts what this node has committed, but for bids; nil is a page that is
	// always read anew.
	Changes func() int64

	totals cached[contracts.Totals]
	lists  cached[homeLists]
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
	homeLists
	Epoch  string
	Week   []openingDay // what opens until Sunday
	Next   *trading.Lot // the next opening when this week has none
	Totals contracts.Totals
	Leaves int64
}

// homeLists is what of the first page is read from lists, once a second.
type homeLists struct {
	Live      []trading.Lot
	offered   []trading.Lot
	Results   []trading.Award
	Notices   []trading.Tender
	Total     int
	Townships []parts.Township
	Villages  int
	state     homeState
}

// homeState is what the lists were read at: this node's commits, and the deciding clock.
type homeState struct {
	changes int64
	at      time.Time
}

// openingDay is a day in Beijing with what opens on it.
type openingDay struct {
	Day  calendar.Date
	Lots []trading.Lot
}

// home is the county's first page: what is live now, this week's openings, the
// newest notices and results, and the way to each village. What another node changed is
// there within a second.
func (s *Screens) home(c *fiber.Ctx) error {
	ctx := c.UserContext()
	lists, err := s.homeLists(ctx)
	if err != nil {
		return err
	}
	page := homePage{homeLists: lists, Epoch: s.Epoch, Week: openings(lists.offered, s.Days.Clock.Now())}
	if len(page.Week) == 0 && len(page.offered) > 0 {
		page.Next = &page.offered[0]
	}
	page.Totals, err = s.totals.get(time.Now(), freshFor,
		func() (contracts.Totals, error) { return s.Contracts.SeeTotals(ctx, identity.Everywhere) })
	if err != nil {
		return err
	}
	head, err := s.Log.Head(ctx)
	if err != nil {
		return err
	}
	page.Leaves = head.Sequenced
	return s.Kit.Page(c, "home/show", page)
}

// homeLists are the lists of a moment ago, unless something has changed.
func (s *Screens) homeLists(ctx context.Context) (homeLists, error) {
	now := homeState{at: s.Days.Clock.Now()}
	if s.Changes == nil {
		return s.readLists(ctx, now)
	}
	now.changes = s.Changes() // before they are read
	return s.lists.getIf(time.Now(), listsFreshFor, func(kept homeLists) bool {
		after := now.at.Sub(kept.state.at)
		return kept.state.changes == now.changes && after >= 0 && after < listsFreshFor
	}, func() (homeLists, error) { return s.readLists(ctx, now) })
}

func (s *Screens) readLists(ctx context.Context, now homeState) (homeLists, error) {
	live, offered, err := parts.OnOffer(ctx, s.Bidding, identity.Everywhere, identity.MaxPage)
	if err != nil {
		return homeLists{}, err
	}
	lists := homeLists{Live: live, offered: offered, state: now}
	newest := casework.Query{Scope: identity.Everywhere, Sort: "newest", Page: identity.Page{Number: 1, Size: shown}}
	lists.Notices, lists.Total, err = s.Tendering.SeeTenders(ctx, identity.Actor{}, newest)
	if err != nil {
		return lists, err
	}
	few := casework.Query{Scope: identity.Everywhere, Page: identity.Page{Number: 1, Size: 3}}
	lists.Results, _, err = s.Bidding.SeeAwards(ctx, identity.Actor{}, few)
	if err != nil {
		return lists, err
	}
	villages, total, err := s.Directory.Villages(ctx, "", identity.Page{Number: 1, Size: identity.MaxPage})
	lists.Townships, lists.Villages = parts.TownshipsOf(villages), total
	return lists, err
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
