// Package amending is the administrators' screens of the county's rules: one proposes
// that a figure changes from a day on, another confirms it.
package amending

import (
	"time"

	"github.com/gofiber/fiber/v2"

	"sunlot/admin"
	"sunlot/disclosure"
	"sunlot/internal/calendar"
	"sunlot/internal/identity"
	"sunlot/trading/amending"
	"sunlot/trading/rules"
	"sunlot/web"
	"sunlot/web/table"
)

// Screens is the pages.
type Screens struct {
	Kit       *admin.Kit
	Pack      func() rules.Pack
	Amending  *amending.Service
	Standings disclosure.Standings
}

// Register declares the routes, and what the desk shows of this room.
func (s *Screens) Register() {
	k := s.Kit
	acts := []*identity.Action{amending.Propose, amending.Decide}
	k.Get("/office/amendments", web.Needs(acts...), s.amendments)
	k.Post("/office/amendments", web.Needs(amending.Propose), s.propose)
	k.Get("/office/amendments/:id", web.Needs(acts...), s.amendment)
	k.Post("/office/amendments/:id/decide", web.Needs(amending.Decide), s.decide)
	k.Post("/office/amendments/:id/withdraw", web.Needs(amending.Decide), s.withdraw)
	k.Links(admin.Link{Label: "规则参数", Address: "/office/amendments", Acts: acts})
	k.DutyPages(map[string]string{"amended": "/office/amendments/:id"})
}

type amendmentsPage struct {
	admin.ListPage[amending.Amendment]
	Pack     rules.Pack
	Earliest calendar.Date
	Typed    web.Typed
}

// Choices are the figures, with what they are today.
func (p amendmentsPage) Choices() (all []web.Choice) {
	for _, n := range p.Pack.Numbers() {
		all = append(all, web.Choice{Value: n.Key, Label: n.Label + "（现为" + n.Joined() + "）"})
	}
	return all
}

// Unset are the figures that the county has not set.
func (p amendmentsPage) Unset() (all []rules.Named) {
	for _, n := range p.Pack.Numbers() {
		if !n.Set() {
			all = append(all, n)
		}
	}
	return all
}

func (s *Screens) amendments(c *fiber.Ctx) error {
	if table.Asked(c) {
		return s.list().File(c, s.Kit.Days.Clock.Now())
	}
	page, err := s.amendmentsPage(c, web.Typed{"key": c.Query("key")})
	if err != nil {
		return err
	}
	return s.Kit.Page(c, "office/amending/amendments", page)
}

func (s *Screens) amendmentsPage(c *fiber.Ctx, kept web.Typed) (page amendmentsPage, err error) {
	page.Typed = kept
	page.Pack = s.Pack()
	page.Earliest = s.Amending.Earliest()
	page.ListPage, err = s.list().Page(c, s.Kit)
	return page, err
}

func (s *Screens) list() admin.List[amending.Amendment] {
	type row = amending.Amendment
	return admin.List[row]{
		Path:  "/office/amendments",
		Name:  "规则参数的改动",
		Hint:  "参数的编号、文件、理由",
		Sorts: []web.Choice{{Value: "newest", Label: "最新登记在前"}},
		Read:  s.Amending.SeeAmendments,
		Columns: []table.Column[row]{
			table.Text("参数", row.Figure),
			table.Text("编号", func(a row) string { return a.Key }),
			table.Text("原来", func(a row) string { return a.Was }),
			table.Text("改为", row.Becomes),
			table.Text("施行日期", func(a row) string { return string(a.From) }),
			table.Text("依据", row.Cited),
			table.Text("状态", row.Label),
			table.Moment("登记时间", func(a row) time.Time { return a.ProposedAt }),
			table.Moment("办理时间", func(a row) time.Time { return a.DecidedAt }),
			table.Text("改动的理由", func(a row) string { return a.Reason }),
			table.Text("不通过或者撤回的理由", func(a row) string { return a.Answer }),
		},
	}
}

func (s *Screens) propose(c *fiber.Ctx) error {
	r := web.Read(c)
	form := amending.Form{
		Key:     r.Text("key"),
		Value:   r.Number("value", "改为"),
		From:    r.Day("from", "施行日期"),
		Title:   r.Text("title"),
		Article: r.Text("article"),
		Reason:  r.Text("reason"),
	}
	id, err := s.Amending.ProposeAmendment(r.Context(), web.Actor(c), r.RequestID(), form)
	if err != nil {
		page, pageErr := s.amendmentsPage(c, r.Typed)
		if pageErr != nil {
			return err
		}
		return s.Kit.Again(c, r.All(err), "office/amending/amendments", page)
	}
	return s.Kit.Done(c, "/office/amendments/"+id, "已登记，等另一位管理员查看文件后确认")
}

type amendmentView struct {
	Amendment amending.Amendment
	Mine      bool // who looks has proposed it and cannot confirm
	Late      bool // it is too near, or has begun: it is neither confirmed nor withdrawn
	Proof     *web.Proof
	Trail     []web.Moment
	Typed     web.Typed
}

func (s *Screens) amendment(c *fiber.Ctx) error {
	view, err := s.amendmentView(c, web.Typed{})
	if err != nil {
		return err
	}
	return s.Kit.Page(c, "office/amending/amendment", view)
}

func (s *Screens) amendmentView(c *fiber.Ctx, kept web.Typed) (view amendmentView, err error) {
	who := web.Actor(c)
	one, acts, err := s.Amending.SeeAmendment(c.UserContext(), who, c.Params("id"))
	if err != nil {
		return view, err
	}
	view = amendmentView{
		Amendment: one,
		Mine:      one.ProposedBy == who.PersonID,
		Late:      one.From < s.Amending.Earliest(),
		Trail:     s.Kit.Trail(acts),
		Typed:     kept,
	}
	view.Proof, err = web.Badge(c, s.Standings, one.Event)
	return view, err
}

func (s *Screens) decide(c *fiber.Ctx) error {
	r := web.Read(c)
	form := amending.DecideForm{
		Version: r.Version(),
		Agree:   r.Yes("agree"),
		Read:    r.Yes("read"),
		Reason:  r.Text("reason"),
	}
	_, err := s.Amending.DecideAmendment(c.UserContext(), web.Actor(c), r.RequestID(), c.Params("id"), form)
	if form.Agree {
		return s.done(c, r, err, "已确认并公开，到施行日期起用")
	}
	return s.done(c, r, err, "未通过，参数不变")
}

func (s *Screens) withdraw(c *fiber.Ctx) error {
	r := web.Read(c)
	form := amending.DecideForm{Version: r.Version(), Reason: r.Text("reason")}
	_, err := s.Amending.WithdrawAmendment(c.UserContext(), web.Actor(c), r.RequestID(), c.Params("id"), form)
	return s.done(c, r, err, "已撤回，参数不变")
}

func (s *Screens) done(c *fiber.Ctx, r *web.Reader, err error, message string) error {
	if err == nil {
		return s.Kit.Done(c, "/office/amendments/"+c.Params("id"), message)
	}
	view, viewErr := s.amendmentView(c, r.Typed)
	if viewErr != nil {
		return err
	}
	return s.Kit.Again(c, err, "office/amending/amendment", view)
}
