package report

import (
	"time"

	"github.com/gofiber/fiber/v2"

	"sunlot/disclosure/mailbox"
	"sunlot/internal/fault"
	"sunlot/internal/identity"
	"sunlot/web"
)

// reportPage is the form of the report box. What was typed stands in it as marks
// of hidden texts.
type reportPage struct {
	Place    identity.Org // empty is the county as a whole
	Ways     []mailbox.Way
	Choices  []web.Choice
	Matters  []web.Choice
	About    string
	Category string
	Text     string
	Contact  string
}

// reportForm asks what happened.
func (s *Screens) reportForm(c *fiber.Ctx) error {
	page, err := s.reportPage(c, c.Query("place"))
	if err != nil {
		return err
	}
	return s.Kit.PrivatePage(c, "report/form", page, web.NewHidden(), nil)
}

func (s *Screens) reportPage(c *fiber.Ctx, place string) (reportPage, error) {
	ways, org, err := s.Mailbox.Ways(c.UserContext(), place)
	page := reportPage{Place: org, Ways: ways}
	for _, w := range ways {
		page.Choices = append(page.Choices,
			web.Choice{Value: string(w.About), Label: w.About.Label(), Hint: "只有" + w.Office.Name + "能打开"})
	}
	for _, m := range mailbox.Categories() {
		page.Matters = append(page.Matters, web.Choice{Value: string(m), Label: m.Label()})
	}
	return page, err
}

// report seals what was sent and shows the code, once.
func (s *Screens) report(c *fiber.Ctx) error {
	form, err := web.ReadPrivate(c)
	if err != nil {
		return err
	}
	r := mailbox.Report{
		About:    mailbox.About(form.Word("about")),
		Category: mailbox.Category(form.Word("category")),
		Place:    form.Word("place"),
		Text:     form.Text("text"),
		Contact:  form.Text("contact"),
		Photos:   form.Files("photos"),
	}
	if err := s.callers.mayKeep(web.From(c).Network, len(c.Request().Body()), time.Now()); err != nil {
		return s.reportAgain(c, r, err)
	}
	taken, err := s.Mailbox.Take(c.UserContext(), web.From(c).Network, form.Word("request_id"), r)
	if err != nil {
		return s.reportAgain(c, r, err)
	}
	hidden := web.NewHidden()
	return s.Kit.PrivatePage(c, "report/taken", struct {
		Code string
		Box  mailbox.Box
	}{hidden.Put([]byte(mailbox.Grouped(taken.Code))), taken.Box}, hidden, nil)
}

// mayBeSentAgain says whether the same form, mended or later, may succeed.
func mayBeSentAgain(wrong error) bool {
	switch fault.CodeOf(wrong) {
	case fault.Invalid, fault.Conflict, fault.Unavailable:
		return true
	}
	return false
}

// reportAgain shows the form once more with what was typed.
func (s *Screens) reportAgain(c *fiber.Ctx, r mailbox.Report, wrong error) error {
	if !mayBeSentAgain(wrong) {
		return wrong
	}
	page, err := s.reportPage(c, r.Place)
	if fault.CodeOf(err) == fault.NotFound {
		page, err = s.reportPage(c, "")
	}
	if err != nil {
		return err
	}
	hidden := web.NewHidden()
	page.About, page.Category = string(r.About), string(r.Category)
	page.Text, page.Contact = hidden.Put(r.Text), hidden.Put(r.Contact)
	return s.Kit.PrivatePage(c, "report/form", page, hidden, wrong)
}

// reportWhere finds the village or township that a report is about.
func (s *Screens) reportWhere(c *fiber.Ctx) error {
	text, at := web.SearchText(c), identity.Page{Number: c.QueryInt("page", 1), Size: 50}.Clip()
	list, total, err := s.Directory.Villages(c.UserContext(), text, at)
	if err != nil {
		return err
	}
	return s.Kit.PrivatePage(c, "report/where", struct {
		Villages []identity.ListedVillage
		Text     string
		Paging   web.Paging
	}{list, text, web.NewPaging(c, at, total)}, web.NewHidden(), nil)
}
