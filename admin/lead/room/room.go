// Package room is the reading room's screens, on its own listener: sealed
// reports are listed, read and answered here.
package room

import (
	"strconv"

	"github.com/gofiber/fiber/v2"

	"sunlot/admin/lead"
	"sunlot/disclosure/mailbox"
	"sunlot/internal/blob"
	"sunlot/internal/calendar"
	"sunlot/internal/fault"
	"sunlot/internal/identity"
	"sunlot/web"
)

// Screens is the reading room's pages.
type Screens struct {
	Kit       *web.Kit
	Lead      *lead.Service
	Directory *identity.Directory
	Admin     *identity.Admin
}

// Register declares the routes.
func (s *Screens) Register() {
	k, key := s.Kit, web.Needs(mailbox.OfficeKey)
	k.Queues(s.queueAt)
	read, answer := web.Needs(lead.ReportRead), web.Needs(lead.ReportAnswer)
	k.Get("/", web.SignedIn, s.door)
	k.Get("/office", web.SignedIn, s.door)
	k.Get("/reports", read, s.reports)
	k.Get("/reports/:id", read, s.report)
	k.Get("/reports/:id/photos/:entry/:n", read, s.photo)
	k.Post("/reports/:id/answers", answer, s.answer)
	k.Post("/reports/:id/contact", read, s.contact)
	k.Get("/keys", key, s.keys)
	k.Post("/keys", key, s.keyMake)
}

// door leads everybody to where they work.
func (s *Screens) door(c *fiber.Ctx) error {
	who := web.Actor(c)
	to := "/reports"
	if _, err := who.Can(mailbox.OfficeKey); err == nil {
		to = "/keys"
	}
	if who.MustChange {
		to = web.PasswordPath
	}
	return c.Redirect(to, fiber.StatusSeeOther)
}

// reports lists what is the officer's to read.
func (s *Screens) reports(c *fiber.Ctx) error {
	q := lead.Query{Text: c.Query("q"), Page: web.PageOf(c)}
	for _, state := range lead.States() {
		if c.Query("state") == string(state) {
			q.States = []mailbox.State{state}
		}
	}
	list, total, err := s.Lead.Reports(c.UserContext(), web.Actor(c), q)
	if err != nil {
		return err
	}
	states := []web.Choice{{Value: "", Label: "全部"}}
	for _, state := range lead.States() {
		states = append(states, web.Choice{Value: string(state), Label: state.Label()})
	}
	accounts, err := s.Admin.OfficeHistory(c.UserContext(), web.Actor(c))
	if err != nil {
		return err
	}
	return s.Kit.Page(c, "room/list", struct {
		Reports []lead.Report
		States  []web.Choice
		State   string
		Text    string
		Total   int
		Today   calendar.Date
		Paging  web.Paging
		// Accounts is what was done of late to those of the office.
		Accounts []identity.Vouched
	}{
		Reports: list,
		States:  states,
		State:   c.Query("state"),
		Text:    q.Text,
		Total:   total,
		Today:   calendar.DateOf(s.Lead.Clock.Now()),
		Paging:  web.NewPaging(c, q.Page, total),

		Accounts: accounts,
	})
}

type reportView struct {
	lead.Opened
	Today   calendar.Date
	States  []web.Choice
	Contact string // once it was asked for
	Paging  web.Paging
	Typed   web.Typed
}

func (s *Screens) report(c *fiber.Ctx) error {
	view, err := s.view(c, web.Typed{})
	if err != nil {
		return err
	}
	return s.Kit.Page(c, "room/show", view)
}

func (s *Screens) view(c *fiber.Ctx, kept web.Typed) (reportView, error) {
	at := identity.Page{Number: c.QueryInt("page", 1), Size: lead.PageOfWords}.Clip()
	opened, err := s.Lead.Read(c.UserContext(), web.Actor(c), c.Params("id"), at.Number)
	view := reportView{
		Opened: opened,
		Today:  calendar.DateOf(s.Lead.Clock.Now()),
		Typed:  kept,
	}
	if c.Method() == fiber.MethodGet { // a form that is shown again has another address
		view.Paging = web.NewPaging(c, at, opened.Total)
	}
	for _, state := range lead.States()[1:] {
		view.States = append(view.States, web.Choice{Value: string(state), Label: state.Label()})
	}
	return view, err
}

// photo draws a photo anew, without what the camera wrote into it.
func (s *Screens) photo(c *fiber.Ctx) error {
	n, err := strconv.Atoi(c.Params("n"))
	if err != nil {
		return fault.New(fault.NotFound, "没有找到这张照片")
	}
	raw, err := s.Lead.Photo(c.UserContext(), web.Actor(c), c.Params("id"), c.Params("entry"), n)
	if err != nil {
		return err
	}
	clean, err := blob.CleanPhoto(c.UserContext(), web.Actor(c).PersonID, raw)
	if err != nil {
		return err
	}
	c.Set(fiber.HeaderContentType, "image/jpeg")
	return c.Send(clean.JPEG)
}

func (s *Screens) answer(c *fiber.Ctx) error {
	r := web.Read(c)
	form := lead.AnswerForm{Version: r.Version(), State: mailbox.State(r.Text("state")), Text: r.Text("text")}
	id, err := s.Lead.Answer(c.UserContext(), web.Actor(c), r.RequestID(), c.Params("id"), form)
	if err != nil {
		return s.again(c, err, r.Typed)
	}
	return s.Kit.Done(c, "/reports/"+id+then(c), "答复已密封给反映人，他凭查询码能看到")
}

func (s *Screens) again(c *fiber.Ctx, err error, kept web.Typed) error {
	view, viewErr := s.view(c, kept)
	if viewErr != nil {
		return err
	}
	return s.Kit.Again(c, err, "room/show", view)
}

// contact shows how the reporter may be reached, on this answer only.
func (s *Screens) contact(c *fiber.Ctx) error {
	r := web.Read(c)
	contact, err := s.Lead.Contact(c.UserContext(), web.Actor(c), c.Params("id"), r.Text("reason"))
	if err != nil {
		return s.again(c, err, r.Typed)
	}
	view, err := s.view(c, web.Typed{})
	if err != nil {
		return err
	}
	view.Contact = contact
	return s.Kit.Page(c, "room/show", view)
}

type keysView struct {
	Offices []lead.Office
	Orgs    []web.Choice
	Typed   web.Typed
}

func (s *Screens) keysView(c *fiber.Ctx, kept web.Typed) (keysView, error) {
	view := keysView{Typed: kept}
	var err error
	view.Offices, err = s.Lead.Offices(c.UserContext(), web.Actor(c))
	if err != nil {
		return view, err
	}
	orgs, err := s.Directory.Orgs(c.UserContext(), identity.Everywhere, identity.Department)
	for _, o := range orgs {
		view.Orgs = append(view.Orgs, web.Choice{Value: o.ID, Label: o.Name})
	}
	return view, err
}

// keys lists the offices' public keys, to be hung up and entered in the public program.
func (s *Screens) keys(c *fiber.Ctx) error {
	view, err := s.keysView(c, web.Typed{})
	if err != nil {
		return err
	}
	return s.Kit.Page(c, "room/keys", view)
}

func (s *Screens) keyMake(c *fiber.Ctx) error {
	r := web.Read(c)
	if _, err := s.Lead.MakeKey(c.UserContext(), web.Actor(c), r.RequestID(), r.Text("org")); err != nil {
		view, viewErr := s.keysView(c, r.Typed)
		if viewErr != nil {
			return err
		}
		return s.Kit.Again(c, err, "room/keys", view)
	}
	return s.Kit.Done(c, "/keys", "密钥已生成，私钥只在本机")
}
