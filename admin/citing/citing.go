// Package citing is the administrators' screens of articles whose statute was
// amended: one enters the number in the text that followed, another confirms it.
package citing

import (
	"time"

	"github.com/gofiber/fiber/v2"

	"sunlot/admin"
	"sunlot/disclosure"
	"sunlot/internal/calendar"
	"sunlot/internal/identity"
	"sunlot/trading/citing"
	"sunlot/trading/rules"
	"sunlot/web"
	"sunlot/web/table"
)

// Screens is the pages.
type Screens struct {
	Kit       *admin.Kit
	Citing    *citing.Service
	Standings disclosure.Standings
}

// Register declares the routes, and what the desk shows of this room.
func (s *Screens) Register() {
	k := s.Kit
	acts := []*identity.Action{citing.Enter, citing.Decide}
	k.Get("/office/citations", web.Needs(acts...), s.citations)
	k.Post("/office/citations", web.Needs(citing.Enter), s.enter)
	k.Get("/office/citations/:id", web.Needs(acts...), s.citation)
	k.Post("/office/citations/:id/decide", web.Needs(citing.Decide), s.decide)
	k.Post("/office/citations/:id/end", web.Needs(citing.Decide), s.end)
	k.Links(admin.Link{Label: "条号核对", Address: "/office/citations", Acts: acts})
	k.DutyPages(map[string]string{"citation": "/office/citations?article=:id", "cited": "/office/citations/:id"})
}

type citationsPage struct {
	admin.ListPage[citing.Citation]
	Today    calendar.Date
	Articles []rules.Amended
	Typed    web.Typed
}

// Choices are the articles that can be looked up.
func (p citationsPage) Choices() (all []web.Choice) {
	for _, a := range p.Articles {
		all = append(all, web.Choice{Value: a.ID(), Label: "《" + a.Title + "》（" + a.Edition + "）" + a.Article})
	}
	return all
}

// citations lists the articles of amended texts and what was entered, with the
// form for another one; the article may be brought.
func (s *Screens) citations(c *fiber.Ctx) error {
	if table.Asked(c) {
		return s.list().File(c, s.Kit.Days.Clock.Now())
	}
	page, err := s.citationsPage(c, web.Typed{"cites": c.Query("article")})
	if err != nil {
		return err
	}
	return s.Kit.Page(c, "office/citing/citations", page)
}

func (s *Screens) citationsPage(c *fiber.Ctx, kept web.Typed) (page citationsPage, err error) {
	page.Typed, page.Today = kept, s.Kit.Days.Today()
	page.Articles, err = s.Citing.Amended(web.Actor(c))
	if err != nil {
		return page, err
	}
	page.ListPage, err = s.list().Page(c, s.Kit)
	return page, err
}

func (s *Screens) list() admin.List[citing.Citation] {
	type row = citing.Citation
	return admin.List[row]{
		Path:  "/office/citations",
		Name:  "条号核对",
		Hint:  "法规名称、条号",
		Sorts: []web.Choice{{Value: "newest", Label: "最新登记在前"}},
		Read:  s.Citing.SeeCitations,
		Columns: []table.Column[row]{
			table.Text("法规", func(c row) string { return c.Title }),
			table.Text("原条文", func(c row) string { return c.Read + c.Was }),
			table.Text("现行条文", func(c row) string { return c.Edition + c.Article }),
			table.Text("施行日期", func(c row) string { return string(c.From) }),
			table.Text("状态", row.Label),
			table.Moment("登记时间", func(c row) time.Time { return c.EnteredAt }),
			table.Moment("办理时间", func(c row) time.Time { return c.DecidedAt }),
			table.Text("理由", func(c row) string { return c.Answer }),
		},
	}
}

func (s *Screens) enter(c *fiber.Ctx) error {
	r := web.Read(c)
	form := citing.Form{
		Cites:   r.Text("cites"),
		Edition: r.Text("edition"),
		From:    r.Day("from", "施行日期"),
		Article: r.Text("article"),
		Same:    r.Yes("same"),
	}
	id, err := s.Citing.EnterCitation(r.Context(), web.Actor(c), r.RequestID(), form)
	if err != nil {
		page, pageErr := s.citationsPage(c, r.Typed)
		if pageErr != nil {
			return err
		}
		return s.Kit.Again(c, r.All(err), "office/citing/citations", page)
	}
	return s.Kit.Done(c, "/office/citations/"+id, "已登记，等另一位管理员核对后确认")
}

type citationView struct {
	Citation citing.Citation
	Figures  []string // that rest on the article
	Mine     bool     // who looks has entered it and cannot confirm
	Proof    *web.Proof
	Trail    []web.Moment
	Typed    web.Typed
}

func (s *Screens) citation(c *fiber.Ctx) error {
	view, err := s.citationView(c, web.Typed{})
	if err != nil {
		return err
	}
	return s.Kit.Page(c, "office/citing/citation", view)
}

func (s *Screens) citationView(c *fiber.Ctx, kept web.Typed) (view citationView, err error) {
	who := web.Actor(c)
	one, acts, err := s.Citing.SeeCitation(c.UserContext(), who, c.Params("id"))
	if err != nil {
		return view, err
	}
	view = citationView{
		Citation: one,
		Mine:     one.EnteredBy == who.PersonID,
		Trail:    s.Kit.Trail(acts),
		Typed:    kept,
	}
	articles, err := s.Citing.Amended(who)
	if err != nil {
		return view, err
	}
	for _, a := range articles {
		if a.ID() == one.Cites {
			view.Figures = a.Figures
		}
	}
	view.Proof, err = web.Badge(c, s.Standings, one.Event)
	return view, err
}

func (s *Screens) decide(c *fiber.Ctx) error {
	r := web.Read(c)
	form := citing.DecideForm{
		Version: r.Version(),
		Agree:   r.Yes("agree"),
		Same:    r.Yes("same"),
		Reason:  r.Text("reason"),
	}
	_, err := s.Citing.DecideCitation(c.UserContext(), web.Actor(c), r.RequestID(), c.Params("id"), form)
	if form.Agree {
		return s.done(c, r, err, "已确认，各处引用这一条的地方都写上了现行条号")
	}
	return s.done(c, r, err, "未通过，这一条还要再核对")
}

func (s *Screens) end(c *fiber.Ctx) error {
	r := web.Read(c)
	form := citing.DecideForm{Version: r.Version(), Reason: r.Text("reason")}
	_, err := s.Citing.EndCitation(c.UserContext(), web.Actor(c), r.RequestID(), c.Params("id"), form)
	return s.done(c, r, err, "已收回，这一条恢复为“现行条号待核”")
}

func (s *Screens) done(c *fiber.Ctx, r *web.Reader, err error, message string) error {
	if err == nil {
		return s.Kit.Done(c, "/office/citations/"+c.Params("id"), message)
	}
	view, viewErr := s.citationView(c, r.Typed)
	if viewErr != nil {
		return err
	}
	return s.Kit.Again(c, err, "office/citing/citation", view)
}
