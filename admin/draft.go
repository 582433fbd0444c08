package admin

import (
	"log/slog"
	"time"

	"github.com/gofiber/fiber/v2"

	"sunlot/internal/calendar"
	"sunlot/internal/fault"
	"sunlot/internal/identity"
	"sunlot/web"
)

// DraftView is what a form's page draws of its draft.
type DraftView struct {
	Form  FormID
	Saved time.Time // of the draft that is offered; zero when there is none, or it is on the page
	GoOn  string
}

// draftRoutes are for those who fill in one of the forms; without forms there
// are none.
func (k *Kit) draftRoutes() {
	if len(k.forms) == 0 {
		return
	}
	var acts []*identity.Action
	for _, f := range k.forms {
		acts = append(acts, f.Act)
	}
	writes := web.Needs(acts...)
	k.Upload("/office/drafts", writes, k.draftKeep)
	k.Post("/office/drafts/drop", writes, k.draftDrop)
}

// DraftOf is the draft of a form, to go on with when the address asks for it,
// else to be offered. The page is drawn without it when there is none.
func (k *Kit) DraftOf(c *fiber.Ctx, form FormID) (DraftView, *web.Reader, error) {
	view := DraftView{Form: form}
	d, err := k.Drafts.Find(c.UserContext(), web.Actor(c), string(form))
	if fault.CodeOf(err) == fault.NotFound {
		return view, nil, nil
	}
	if err != nil {
		return view, nil, err
	}
	if c.Query("draft") == "yes" {
		return view, web.ReadKept(c, d), nil
	}
	declared, err := k.formOf(form)
	view.Saved, view.GoOn = d.SavedAt, declared.keptPage(form)
	return view, nil, err
}

// draftKeep keeps what has been typed so far. The island asks for JSON and goes
// on typing; the button leads back to the desk.
func (k *Kit) draftKeep(c *fiber.Ctx) error {
	form, declared, err := k.draftAsked(c)
	if err != nil {
		return err
	}
	typed, r := web.AllValues(c), web.Read(c)
	delete(typed, "draft")
	for _, name := range declared.Photos {
		delete(typed, name+"_drop")
		typed[name] = r.Photos(k.Library, name)
	}
	island := c.Accepts(fiber.MIMETextHTML, fiber.MIMEApplicationJSON) == fiber.MIMEApplicationJSON
	d, err := k.Drafts.Keep(c.UserContext(), web.Actor(c), string(form), typed)
	if err != nil && !island {
		return declared.Again(c, form, identity.Draft{Typed: typed}, err)
	}
	if err != nil {
		return err
	}
	at := d.SavedAt.In(calendar.Beijing).Format("15:04")
	if island {
		return c.JSON(fiber.Map{"saved": at})
	}
	message := "已存 " + at + "。下次从工作台接着填；30天内有效。"
	if r.Wrong.Err() != nil {
		message += "部分照片没有暂存成功，继续填写时请重新选择。"
	}
	return k.Done(c, "/office", message)
}

// draftDrop throws a draft away.
func (k *Kit) draftDrop(c *fiber.Ctx) error {
	form, declared, err := k.draftAsked(c)
	if err != nil {
		return err
	}
	if err := k.Drafts.Drop(c.UserContext(), web.Actor(c), string(form)); err != nil {
		return err
	}
	return k.Done(c, declared.page(form), "暂存内容已删除")
}

// draftAsked is the form that a request is about: one that there is, in the
// actor's places.
func (k *Kit) draftAsked(c *fiber.Ctx) (FormID, DraftForm, error) {
	form := FormID(c.FormValue("draft"))
	declared, err := k.formOf(form)
	if err != nil {
		return "", DraftForm{}, err
	}
	who := web.Actor(c)
	if _, err := who.Can(declared.Act); err != nil {
		return "", DraftForm{}, err
	}
	return form, declared, declared.May(c.UserContext(), who, form.Parent(), form.ID())
}

// Finished forgets the draft of a form that has been sent. The act is done: that
// its draft stays would only be a nuisance.
func (k *Kit) Finished(c *fiber.Ctx, form FormID) {
	if err := k.Drafts.Drop(c.UserContext(), web.Actor(c), string(form)); err != nil {
		slog.Warn("a draft stays after its form was sent", "err", err)
	}
}

// unfinished is a kept form on the desk.
type unfinished struct {
	Label, Title, Page string
	Saved              time.Time
}

// unfinished lists the actor's kept forms.
func (k *Kit) unfinished(c *fiber.Ctx) ([]unfinished, error) {
	own, err := k.Drafts.Own(c.UserContext(), web.Actor(c))
	var all []unfinished
	for _, d := range own {
		form := FormID(d.Form)
		declared, err := k.formOf(form)
		if err != nil {
			continue // of a form that there is no more
		}
		all = append(all, unfinished{
			Label: declared.Label,
			Title: d.Value(declared.Title),
			Page:  declared.keptPage(form),
			Saved: d.SavedAt,
		})
	}
	return all, err
}
