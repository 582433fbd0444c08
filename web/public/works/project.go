package works

import (
	"slices"

	"github.com/gofiber/fiber/v2"

	"sunlot/disclosure/power"
	"sunlot/internal/identity"
	"sunlot/trading/works"
	"sunlot/web"
	"sunlot/web/public/parts"
)

type projectPage struct {
	Project  works.Project
	Progress works.Progress
	Item     power.Item
	Run      power.Run
	Proof    *web.Proof
	Papers   []works.Entry
	Before   []web.Photo
	After    []web.Photo
	Trail    []web.Moment
	Limit    string
}

// project shows a small work: what was planned and what was done, its money,
// its papers, and what is missing.
func (s *Screens) project(c *fiber.Ctx) error {
	ctx := c.UserContext()
	p, entries, err := s.Works.SeeProject(ctx, identity.Actor{}, c.Params("id"))
	if err != nil {
		return err
	}
	page := projectPage{Project: p, Papers: entries, Limit: s.Works.LimitOf(p).Yuan(),
		Progress: works.ProgressOf(p, entries, s.Works.LimitOf(p), s.Days.Today())}
	page.Item, err = s.Items.SeeItem(ctx, identity.Actor{}, p.Item)
	if err != nil {
		return err
	}
	days, err := s.Days.Calendar(ctx)
	if err != nil {
		return err
	}
	page.Run = power.RunOf(page.Item.ItemForm, page.Progress, days, s.Days.Today())
	page.Proof, err = web.Badge(c, s.Standings, p.Event)
	if err != nil {
		return err
	}
	draw := func(caption string) func([]string) ([]web.Photo, error) {
		return func(photos []string) ([]web.Photo, error) { return parts.Photos(ctx, s.Library, photos, caption) }
	}
	page.Before, err = stagePhotos(works.Standing(entries), draw("开工前"), works.NeedStage, works.DesignStage)
	if err != nil {
		return err
	}
	page.After, err = stagePhotos(works.Standing(entries), draw("完工后"), works.AcceptanceStage)
	if err != nil {
		return err
	}
	page.Trail, err = s.projectTrail(c, p, page.Proof, entries)
	if err != nil {
		return err
	}
	return s.Kit.Page(c, "works/project", page)
}

func stagePhotos(entries []works.Entry, draw func(photos []string) ([]web.Photo, error),
	stages ...works.Stage) ([]web.Photo, error) {
	var all []web.Photo
	for _, e := range entries {
		if !slices.Contains(stages, e.Stage) {
			continue
		}
		photos, err := draw(e.Photos)
		if err != nil {
			return nil, err
		}
		all = append(all, photos...)
	}
	return all, nil
}

// projectTrail tells the steps by role and time; each confirmed one has its proof.
func (s *Screens) projectTrail(c *fiber.Ctx, p works.Project, opened *web.Proof,
	entries []works.Entry) ([]web.Moment, error) {
	clerk, committee := identity.Clerk.Label(), identity.Supervision.Label()
	all := []web.Moment{{At: p.ProposedAt, Title: "登记项目", Who: clerk},
		{At: p.ConfirmedAt, Title: "核实并公开项目", Who: committee, Proof: opened}}
	for _, e := range entries {
		proof, err := web.Badge(c, s.Standings, e.Event)
		if err != nil {
			return nil, err
		}
		what := e.Stage.Label()
		if e.Skipped {
			what = "未办理：" + what
		}
		if said := e.Standing(); said != "" {
			what += "（" + said + "）"
		}
		all = append(all, web.Moment{At: e.RecordedAt, Title: "登记：" + what, Who: clerk, Text: e.Note},
			web.Moment{At: e.ConfirmedAt, Title: "核实并公开：" + what, Who: committee, Proof: proof, Tone: "good"})
	}
	web.Oldest(all)
	return all, nil
}
