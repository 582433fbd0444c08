package privacy

import (
	"time"

	"github.com/gofiber/fiber/v2"

	"sunlot/admin"
	"sunlot/disclosure/privacy"
	"sunlot/web"
	"sunlot/web/table"
)

type textsPage struct {
	admin.ListPage[privacy.Withholding]
	Grounds []web.Choice
	Typed   web.Typed
}

// texts lists what was asked for and withheld, with the form for another one;
// the address of a text or picture may be brought.
func (s *Screens) texts(c *fiber.Ctx) error {
	if table.Asked(c) {
		return s.textList().File(c, s.Kit.Days.Clock.Now())
	}
	page, err := s.textsPage(c, web.Typed{"address": c.Query("address")})
	if err != nil {
		return err
	}
	return s.Kit.Page(c, "office/privacy/texts", page)
}

func (s *Screens) textsPage(c *fiber.Ctx, kept web.Typed) (page textsPage, err error) {
	page.Typed = kept
	for _, g := range privacy.Grounds {
		page.Grounds = append(page.Grounds, web.Choice{Value: string(g.Ground), Label: g.Label})
	}
	page.ListPage, err = s.textList().Page(c, s.Kit)
	return page, err
}

func (s *Screens) textList() admin.List[privacy.Withholding] {
	type row = privacy.Withholding
	return admin.List[row]{
		Path:  "/office/withheld",
		Name:  "隐去内容",
		Hint:  "校验码、具体情况",
		Sorts: []web.Choice{{Value: "newest", Label: "最新申请在前"}},
		Read:  s.Privacy.SeeWithholdings,
		Columns: []table.Column[row]{
			table.Text("内容", func(w row) string { return w.Subject.Label() }),
			table.Text("校验码", func(w row) string { return w.SHA256 }),
			table.Text("原因", func(w row) string { return w.Ground.Label() }),
			table.Text("状态", row.Label),
			table.Moment("申请时间", func(w row) time.Time { return w.AskedAt }),
			table.Moment("办理时间", func(w row) time.Time { return w.DecidedAt }),
			table.Text("复核意见", func(w row) string { return w.Answer }),
		},
	}
}

func (s *Screens) textAsk(c *fiber.Ctx) error {
	r := web.Read(c)
	form := privacy.WithholdForm{
		Address: r.Text("address"),
		Ground:  privacy.Ground(r.Text("ground")),
		Reason:  r.Text("reason"),
	}
	id, err := s.Privacy.AskWithholding(c.UserContext(), web.Actor(c), r.RequestID(), form)
	if err != nil {
		page, pageErr := s.textsPage(c, r.Typed)
		if pageErr != nil {
			return err
		}
		return s.Kit.Again(c, err, "office/privacy/texts", page)
	}
	return s.Kit.Done(c, "/office/withheld/"+id, "已申请，等乡镇分管领导复核")
}

type textView struct {
	Text    privacy.Withholding
	Address string // of what is asked for
	Alike   []string
	Mine    bool // who looks has asked for it and cannot decide
	Trail   []web.Moment
	Typed   web.Typed
}

// addressOf is where everybody finds it.
func addressOf(w privacy.Withholding) string {
	switch w.Subject {
	case privacy.Photo:
		return "/photos/" + w.SHA256 + ".jpg"
	case privacy.File:
		return "/files/" + w.SHA256 + ".pdf"
	case privacy.Entry:
		return "/log/leaves/" + w.SHA256
	}
	return "/documents/" + w.SHA256
}

func (s *Screens) text(c *fiber.Ctx) error {
	view, err := s.textView(c, web.Typed{})
	if err != nil {
		return err
	}
	return s.Kit.Page(c, "office/privacy/text", view)
}

func (s *Screens) textView(c *fiber.Ctx, kept web.Typed) (textView, error) {
	who := web.Actor(c)
	text, acts, err := s.Privacy.SeeWithholding(c.UserContext(), who, c.Params("id"))
	if err != nil {
		return textView{}, err
	}
	alike, err := s.Privacy.SeeAlike(c.UserContext(), who, text)
	return textView{
		Alike:   alike,
		Text:    text,
		Address: addressOf(text),
		Mine:    text.AskedBy == who.PersonID,
		Trail:   s.Kit.Trail(acts),
		Typed:   kept,
	}, err
}

func (s *Screens) textDecide(c *fiber.Ctx) error {
	r := web.Read(c)
	form := decided(r)
	_, err := s.Privacy.DecideWithholding(c.UserContext(), web.Actor(c), r.RequestID(), c.Params("id"), form)
	if err != nil {
		view, viewErr := s.textView(c, r.Typed)
		if viewErr != nil {
			return err
		}
		return s.Kit.Again(c, err, "office/privacy/text", view)
	}
	message := "已答复：不同意隐去"
	if form.Agree {
		message = "已隐去，网页、接口和查找里都不再显示"
	}
	return s.Kit.Done(c, "/office/withheld/"+c.Params("id"), message)
}
