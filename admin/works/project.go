package works

import (
	"github.com/gofiber/fiber/v2"

	"sunlot/admin"
	"sunlot/internal/casework"
	"sunlot/internal/identity"
	"sunlot/trading/works"
	"sunlot/web"
)

// projects lists the office's projects in every state.
func (s *Screens) projects(c *fiber.Ctx) error {
	scope, err := web.Actor(c).Can(identity.OfficeRead)
	if err != nil {
		return err
	}
	q := casework.Query{Scope: scope, Text: c.Query("q"), Page: web.PageOf(c)}
	states := web.StatesOf(works.ProjectStates(), works.StateLabel)
	state := admin.Chosen(states, c.Query("state"))
	if state != "" {
		q.States = []casework.State{casework.State(state)}
	}
	list, paging, err := web.ReadPage(c, q.Page, func(at identity.Page) ([]works.Project, int, error) {
		q.Page = at
		return s.Works.SeeProjects(c.UserContext(), web.Actor(c), q)
	})
	if err != nil {
		return err
	}
	var cases []string
	for _, p := range list {
		cases = append(cases, p.ID)
	}
	waits, err := s.Kit.Pipeline(c, cases...)
	if err != nil {
		return err
	}
	return s.Kit.Page(c, "office/works/projects", struct {
		Projects []works.Project
		Text     string
		State    string
		States   []web.Choice
		Paging   web.Paging
		Waits    map[string][]casework.Waiting
	}{
		Projects: list,
		Text:     q.Text,
		State:    state,
		States:   states,
		Paging:   paging,
		Waits:    waits,
	})
}

// projectReview is what the committee compares with the paper.
var projectReview = []web.ReviewField{
	{Name: "name", Label: "项目名称"}, {Name: "place", Label: "建设地点"}, {Name: "scope", Label: "建设内容"},
	{Name: "estimate", Label: "估算金额"}, {Name: "resolution", Label: "决议"}, {Name: "plan", Label: "计划"},
}

type projectView struct {
	Project  works.Project
	Progress works.Progress
	Waiting  []works.Entry // not confirmed yet
	Returned []works.Entry // and those taken back

	Confirmed []works.Entry // what may be corrected, and what has been
	Trail     []web.Moment
	Review    []web.ReviewField
	Typed     web.Typed
	Waits     []casework.Waiting
	Own       bool // the viewer typed it in and cannot confirm it
}

// project shows a project with all its entries to those who handle it.
func (s *Screens) project(c *fiber.Ctx) error {
	view, err := s.projectView(c, web.Typed{})
	if err != nil {
		return err
	}
	return s.Kit.Page(c, "office/works/project", view)
}

func (s *Screens) projectView(c *fiber.Ctx, kept web.Typed) (projectView, error) {
	ctx, who := c.UserContext(), web.Actor(c)
	p, entries, err := s.Works.SeeProject(ctx, who, c.Params("id"))
	if err != nil {
		return projectView{}, err
	}
	if !who.May(identity.OfficeRead, p.Path) {
		return projectView{}, admin.NotHere("个项目")
	}
	view := projectView{
		Project:  p,
		Review:   projectReview,
		Typed:    kept,
		Own:      p.ProposedBy == who.PersonID,
		Progress: works.ProgressOf(p, entries, s.Works.LimitOf(p), s.Kit.Days.Today()),
	}
	for _, e := range entries {
		switch e.State {
		case works.Recorded:
			view.Waiting = append(view.Waiting, e)
		case works.EntryReturned, works.EntryTakenBack:
			view.Returned = append(view.Returned, e)
		case works.EntryConfirmed:
			view.Confirmed = append(view.Confirmed, e)
		}
	}
	waits, err := s.Kit.Pipeline(c, p.ID)
	if err != nil {
		return view, err
	}
	view.Waits = waits[p.ID]
	acts, err := s.Works.SeeProjectTrail(ctx, who, p)
	view.Trail = s.Kit.Trail(acts)
	return view, err
}

func (s *Screens) projectAgain(c *fiber.Ctx, err error, kept web.Typed) error {
	view, viewErr := s.projectView(c, kept)
	if viewErr != nil {
		return err
	}
	return s.Kit.Again(c, err, "office/works/project", view)
}

func (s *Screens) projectConfirm(c *fiber.Ctx) error {
	r := web.Read(c)
	form := works.ConfirmForm{Version: r.Version(), Clean: r.Yes("clean")}
	id, err := s.Works.ConfirmProject(c.UserContext(), web.Actor(c), r.RequestID(), c.Params("id"), form)
	if err != nil {
		return s.projectAgain(c, err, r.Typed)
	}
	return s.Kit.Done(c, "/office/projects/"+id, "项目已公开，并写入公开日志")
}

func (s *Screens) projectTakeBack(c *fiber.Ctx) error {
	r := web.Read(c)
	id, err := s.Works.TakeBackProject(c.UserContext(), web.Actor(c), r.RequestID(), c.Params("id"), r.Version())
	if err != nil {
		return s.projectAgain(c, err, r.Typed)
	}
	return s.Kit.Done(c, "/office/projects/"+id, "已收回，可以改正后重新登记")
}

func (s *Screens) projectReturn(c *fiber.Ctx) error {
	r := web.Read(c)
	back := r.Reasons(projectReview)
	id, err := s.Works.ReturnProject(c.UserContext(), web.Actor(c), r.RequestID(), c.Params("id"), back)
	if err != nil {
		return s.projectAgain(c, err, r.Typed)
	}
	return s.Kit.Done(c, "/office/projects/"+id, "已退回经办人")
}
