package privacy

import (
	"time"

	"github.com/gofiber/fiber/v2"

	"sunlot/admin"
	"sunlot/disclosure/privacy"
	"sunlot/internal/identity"
	"sunlot/web"
	"sunlot/web/table"
)

type numbersPage struct {
	admin.ListPage[privacy.Clearance]
	Orgs  []web.Choice
	Typed web.Typed
}

// numbers lists what was asked for and cleared, with the form for another one.
func (s *Screens) numbers(c *fiber.Ctx) error {
	if table.Asked(c) {
		return s.numberList().File(c, s.Kit.Days.Clock.Now())
	}
	page, err := s.numbersPage(c, web.Typed{})
	if err != nil {
		return err
	}
	return s.Kit.Page(c, "office/privacy/numbers", page)
}

func (s *Screens) numbersPage(c *fiber.Ctx, kept web.Typed) (page numbersPage, err error) {
	page.Typed = kept
	if scope, err := web.Actor(c).Can(privacy.NumberAsk); err == nil {
		orgs, err := s.Directory.Orgs(c.UserContext(), scope, identity.Township, identity.Village)
		if err != nil {
			return page, err
		}
		for _, o := range orgs {
			page.Orgs = append(page.Orgs, web.Choice{Value: o.ID, Label: o.Name})
		}
	}
	page.ListPage, err = s.numberList().Page(c, s.Kit)
	return page, err
}

func (s *Screens) numberList() admin.List[privacy.Clearance] {
	type row = privacy.Clearance
	return admin.List[row]{
		Path:  "/office/numbers",
		Name:  "放行号码",
		Hint:  "号码、理由",
		Sorts: []web.Choice{{Value: "newest", Label: "最新申请在前"}},
		Read:  s.Privacy.SeeClearances,
		Columns: []table.Column[row]{
			table.Text("单位", func(c row) string { return c.OrgName }),
			table.Text("号码", func(c row) string { return c.Digits }),
			table.Text("像是", func(c row) string { return string(c.Kind) }),
			table.Text("状态", row.Label),
			table.Text("理由", func(c row) string { return c.Reason }),
			table.Moment("申请时间", func(c row) time.Time { return c.AskedAt }),
			table.Text("复核意见", func(c row) string { return c.Answer }),
		},
	}
}

func (s *Screens) numberAsk(c *fiber.Ctx) error {
	r := web.Read(c)
	form := privacy.ClearForm{Org: r.Text("org"), Number: r.Text("number"), Reason: r.Text("reason")}
	id, err := s.Privacy.AskClearance(c.UserContext(), web.Actor(c), r.RequestID(), form)
	if err != nil {
		page, pageErr := s.numbersPage(c, r.Typed)
		if pageErr != nil {
			return err
		}
		return s.Kit.Again(c, err, "office/privacy/numbers", page)
	}
	return s.Kit.Done(c, "/office/numbers/"+id, "已申请，等另一人复核")
}

type numberView struct {
	Number privacy.Clearance
	Mine   bool // who looks has asked for it and cannot decide
	Trail  []web.Moment
	Typed  web.Typed
}

func (s *Screens) number(c *fiber.Ctx) error {
	view, err := s.numberView(c, web.Typed{})
	if err != nil {
		return err
	}
	return s.Kit.Page(c, "office/privacy/number", view)
}

func (s *Screens) numberView(c *fiber.Ctx, kept web.Typed) (numberView, error) {
	who := web.Actor(c)
	number, acts, err := s.Privacy.SeeClearance(c.UserContext(), who, c.Params("id"))
	return numberView{
		Number: number,
		Mine:   number.AskedBy == who.PersonID,
		Trail:  s.Kit.Trail(acts),
		Typed:  kept,
	}, err
}

func (s *Screens) numberDecide(c *fiber.Ctx) error {
	r := web.Read(c)
	form := decided(r)
	_, err := s.Privacy.DecideClearance(c.UserContext(), web.Actor(c), r.RequestID(), c.Params("id"), form)
	if form.Agree {
		return s.numberDone(c, r, err, "已放行，这个号码可以写在公开的内容里")
	}
	return s.numberDone(c, r, err, "已答复：不同意放行")
}

func (s *Screens) numberEnd(c *fiber.Ctx) error {
	r := web.Read(c)
	_, err := s.Privacy.EndClearance(c.UserContext(), web.Actor(c), r.RequestID(), c.Params("id"), decided(r))
	return s.numberDone(c, r, err, "已收回，这个号码不再放行")
}

func (s *Screens) numberDone(c *fiber.Ctx, r *web.Reader, err error, message string) error {
	if err == nil {
		return s.Kit.Done(c, "/office/numbers/"+c.Params("id"), message)
	}
	view, viewErr := s.numberView(c, r.Typed)
	if viewErr != nil {
		return err
	}
	return s.Kit.Again(c, err, "office/privacy/number", view)
}
