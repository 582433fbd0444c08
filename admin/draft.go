package admin

import (
	"log/slog"
	"strings"
	"time"

	"github.com/gofiber/fiber/v2"

	"sunlot/internal/calendar"
	"sunlot/internal/fault"
	"sunlot/internal/identity"
	"sunlot/trading"
	"sunlot/trading/tendering"
	"sunlot/web"
)

// draftView is what a form's page draws of its draft.
type draftView struct {
	Form  draftForm
	Saved time.Time // of the draft that is offered; zero when there is none, or it is on the page
	GoOn  string
}

// draftRoutes are for those who fill in one of the forms.
func (s *Screens) draftRoutes() {
	writes := web.Needs(trading.AssetRegister, trading.ResolutionRecord, tendering.TenderDraft)
	s.Kit.Post("/office/drafts", writes, s.draftKeep)
	s.Kit.Post("/office/drafts/drop", writes, s.draftDrop)
}

// draftFor is the draft of a form, to go on with when the address asks for it,
// else to be offered. The page is drawn without it when there is none.
func (s *Screens) draftFor(c *fiber.Ctx, form draftForm) (draftView, *web.Reader, error) {
	view := draftView{Form: form}
	d, err := s.Drafts.Find(c.UserContext(), web.Actor(c), string(form))
	if fault.CodeOf(err) == fault.NotFound {
		return view, nil, nil
	}
	if err == nil && c.Query("draft") == "yes" {
		return view, web.ReadKept(c, d), nil
	}
	view.Saved, view.GoOn = d.SavedAt, form.goOn()
	return view, nil, err
}

// draftKeep keeps what has been typed so far. The island asks for JSON and goes
// on typing; the button leads back to the desk.
func (s *Screens) draftKeep(c *fiber.Ctx) error {
	form, err := s.draftAsked(c)
	if err != nil {
		return err
	}
	typed, r := web.AllValues(c), web.Read(c)
	delete(typed, "draft")
	for _, name := range draftNouns[form.noun()].photos {
		delete(typed, name+"_drop")
		typed[name] = r.Photos(s.Library, name)
	}
	island := c.Accepts(fiber.MIMETextHTML, fiber.MIMEApplicationJSON) == fiber.MIMEApplicationJSON
	d, err := s.Drafts.Keep(c.UserContext(), web.Actor(c), string(form), typed)
	if err != nil && !island {
		return s.draftAgain(c, form, identity.Draft{Typed: typed}, err)
	}
	if err != nil {
		return err
	}
	at := d.SavedAt.In(calendar.Beijing).Format("15:04")
	if island {
		return c.JSON(fiber.Map{"saved": at})
	}
	message := "已存 " + at + "。下次从工作台接着填;30天内有效。"
	if r.Wrong.Err() != nil {
		message += "有照片没有存上,请接着填时重新选择。"
	}
	return s.Kit.Done(c, "/office", message)
}

// draftAgain draws the form that could not be kept, with what was typed.
func (s *Screens) draftAgain(c *fiber.Ctx, form draftForm, d identity.Draft, wrong error) error {
	parts := strings.Split(string(form), "/")
	last, kept, view := parts[len(parts)-1], web.ReadKept(c, d), draftView{Form: form}
	asset, id := last, ""
	if parts[1] != "new" {
		asset, id = d.Value("asset"), last
	}
	switch parts[0] {
	case "assets":
		page := assetPage{ID: id, Draft: view}
		if err := s.assetChoices(c, &page); err != nil {
			return err
		}
		s.assetKept(kept, &page)
		return s.Kit.Again(c, wrong, "office/asset_form", page)
	case "resolutions":
		page, err := s.resolutionPage(c, asset)
		if err != nil {
			return err
		}
		page.ID, page.Draft = id, view
		s.resolutionKept(kept, &page)
		return s.Kit.Again(c, wrong, "office/resolution_form", page)
	}
	page, err := s.tenderPage(c, asset)
	if err != nil {
		return err
	}
	page.ID, page.Draft = id, view
	s.tenderKept(kept, &page)
	return s.Kit.Again(c, wrong, "office/tender_form", page)
}

// draftDrop throws a draft away.
func (s *Screens) draftDrop(c *fiber.Ctx) error {
	form, err := s.draftAsked(c)
	if err != nil {
		return err
	}
	if err := s.Drafts.Drop(c.UserContext(), web.Actor(c), string(form)); err != nil {
		return err
	}
	return s.Kit.Done(c, form.page(), "存着的内容已丢掉")
}

// draftAsked is the form that a request is about: one that there is, in the
// actor's places.
func (s *Screens) draftAsked(c *fiber.Ctx) (draftForm, error) {
	form := draftForm(c.FormValue("draft"))
	none := fault.New(fault.NotFound, "没有这张表")
	if !draftFormPattern.MatchString(string(form)) {
		return "", none
	}
	who, as := web.Actor(c), draftNouns[form.noun()].act
	if _, err := who.Can(as); err != nil {
		return "", err
	}
	parts, ctx := strings.Split(string(form), "/"), c.UserContext()
	var err error
	switch id := parts[len(parts)-1]; {
	case id == "new":
	case parts[0] == "assets" || parts[1] == "new":
		_, err = s.Assets.AssetFor(ctx, who, as, id)
	case parts[0] == "resolutions":
		_, err = s.Resolving.ResolutionFor(ctx, who, as, id)
	default:
		_, err = s.Tendering.TenderFor(ctx, who, as, id)
	}
	return form, err
}

// finished forgets the draft of a form that has been sent. The act is done: that
// its draft stays would only be a nuisance.
func (s *Screens) finished(c *fiber.Ctx, form draftForm) {
	if err := s.Drafts.Drop(c.UserContext(), web.Actor(c), string(form)); err != nil {
		slog.Warn("a draft stays after its form was sent", "err", err)
	}
}

// unfinished is a kept form on the desk.
type unfinished struct {
	Label, Title, Page string
	Saved              time.Time
}

// unfinished lists the actor's kept forms.
func (s *Screens) unfinished(c *fiber.Ctx) ([]unfinished, error) {
	own, err := s.Drafts.Own(c.UserContext(), web.Actor(c))
	var all []unfinished
	for _, d := range own {
		form := draftForm(d.Form)
		noun := draftNouns[form.noun()]
		all = append(all, unfinished{Label: noun.label, Title: d.Value(noun.title), Page: form.goOn(), Saved: d.SavedAt})
	}
	return all, err
}
