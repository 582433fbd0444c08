// Package village is the screens of a village: what it lets, what that brought,
// what it owns and builds, what it has decided, and what it was asked.
package village

import (
	"context"

	"github.com/gofiber/fiber/v2"

	"sunlot/internal/casework"
	"sunlot/internal/identity"
	"sunlot/trading"
	"sunlot/trading/bidding"
	"sunlot/trading/contracts"
	"sunlot/trading/register"
	"sunlot/trading/resolving"
	"sunlot/trading/tendering"
	"sunlot/trading/works"
	"sunlot/web"
	"sunlot/web/public/parts"
)

// Screens is the villages' pages.
type Screens struct {
	Kit       *web.Kit
	Directory *identity.Directory
	Assets    *register.Service
	Resolving *resolving.Service
	Tendering *tendering.Service
	Bidding   *bidding.Service
	Contracts *contracts.Service
	Works     *works.Service
	Duties    *casework.Desk
	Epoch     string // of the live rooms
}

// Register declares the routes.
func (s *Screens) Register() {
	k := s.Kit
	k.Get("/villages", web.Public, s.villages)
	k.Get("/villages/:id", web.Public, s.village)
	k.Get("/villages/:id/resolutions", web.Public, s.decisions)
	k.Get("/villages/:id/objections", web.Public, s.answers)
	k.Get("/villages/:id/feed.atom", web.Public, s.feed)
}

// shown is how much of each list a village's page has; the rest is on a page of its own.
const shown = 6

type villagePage struct {
	Village     identity.Org
	Groups      []identity.Org
	Live        []trading.Lot
	Epoch       string
	Offered     []trading.Lot // open for registration or waiting for the opening, the next opening first
	Totals      contracts.Totals
	Results     []trading.Award
	AllResults  int
	Projects    []works.Project
	AllProjects int
	Assets      []trading.Asset
	Covers      map[string]string // an asset's first photo by the asset's id, its SHA-256
	Holdings    map[string]contracts.Holding
	Paging      web.Paging // of the assets
	Resolutions []trading.Resolution
	AllDecided  int
	Waiting     []trading.Objection
	Answered    []trading.Objection
	AllAnswered int
	Overdue     []casework.KindCount // what is overdue for so long that everybody is told
}

// village shows what a village lets, what that brought, what it owns, what it
// has decided, and what it was asked.
func (s *Screens) village(c *fiber.Ctx) error {
	ctx := c.UserContext()
	org, err := parts.Village(ctx, s.Directory, c.Params("id"))
	if err != nil {
		return err
	}
	page, here := villagePage{Village: org, Epoch: s.Epoch}, identity.Scope{org.Path}
	page.Overdue, err = s.Duties.Overdue(ctx, org.Path)
	if err != nil {
		return err
	}
	page.Groups, err = s.Directory.Orgs(ctx, here, identity.Group)
	if err != nil {
		return err
	}
	page.Live, page.Offered, err = parts.OnOffer(ctx, s.Bidding, here, 50)
	if err != nil {
		return err
	}
	for _, fill := range []func(context.Context, identity.Scope, *villagePage) error{s.money, s.records} {
		if err := fill(ctx, here, &page); err != nil {
			return err
		}
	}
	page.Assets, page.Paging, err = web.ReadPage(c, web.PageOf(c),
		func(at identity.Page) ([]trading.Asset, int, error) {
			return s.Assets.SeeAssets(ctx, identity.Actor{}, casework.Query{Scope: here, Page: at})
		})
	if err != nil {
		return err
	}
	page.Covers = map[string]string{}
	for _, a := range page.Assets {
		if len(a.Photos) > 0 {
			page.Covers[a.ID] = a.Photos[0]
		}
	}
	if err := s.Kit.Unveil(ctx, page.Covers); err != nil {
		return err
	}
	page.Holdings, err = s.Contracts.SeeHoldings(ctx, page.Assets)
	if err != nil {
		return err
	}
	return s.Kit.Page(c, "village/show", page)
}

// money adds what came in, the newest results, and what is being built.
func (s *Screens) money(ctx context.Context, here identity.Scope, page *villagePage) (err error) {
	page.Totals, err = s.Contracts.SeeTotals(ctx, here)
	if err != nil {
		return err
	}
	q := casework.Query{Scope: here, Page: identity.Page{Number: 1, Size: shown}}
	page.Results, page.AllResults, err = s.Bidding.SeeAwards(ctx, identity.Actor{}, q)
	if err != nil {
		return err
	}
	page.Projects, page.AllProjects, err = s.Works.SeeProjects(ctx, identity.Actor{}, q)
	return err
}

// records adds the decisions, and what was asked and answered. Nobody is
// named, and a question is read only with its answer.
func (s *Screens) records(ctx context.Context, here identity.Scope, page *villagePage) (err error) {
	q := casework.Query{Scope: here, Sort: "held", Page: identity.Page{Number: 1, Size: shown}}
	page.Resolutions, page.AllDecided, err = s.Resolving.SeeResolutions(ctx, identity.Actor{}, q)
	if err != nil {
		return err
	}
	q.Sort, q.States = "newest", []casework.State{trading.Answered, trading.Decided}
	page.Answered, page.AllAnswered, err = s.Bidding.SeeObjectionsIn(ctx, identity.Actor{}, q)
	if err != nil {
		return err
	}
	q.Sort, q.States = "oldest", []casework.State{trading.Raised, trading.Referred, trading.Upheld,
		trading.Voiding}
	q.Page.Size = identity.MaxPage
	page.Waiting, _, err = s.Bidding.SeeObjectionsIn(ctx, identity.Actor{}, q)
	return err
}
