package tendering

import (
	"fmt"

	"github.com/gofiber/fiber/v2"

	"sunlot/admin"
	"sunlot/internal/calendar"
	"sunlot/internal/casework"
	"sunlot/internal/fault"
	"sunlot/internal/identity"
	"sunlot/trading"
	"sunlot/trading/tendering"
	"sunlot/web"
)

type tenderPage struct {
	ID          string
	Draft       admin.DraftView
	Last        *tendering.Last // from which the terms were taken
	Asset       trading.Asset
	Typed       web.Typed
	Resolutions []web.Choice
	Mend        []string
	NoticeRule  string
	Term        tendering.Term // what the notice's term would be, published now
}

// tenderPage begins the form for an asset in the clerk's places.
func (s *Screens) tenderPage(c *fiber.Ctx, assetID string) (tenderPage, error) {
	ctx := c.UserContext()
	a, err := s.Assets.AssetFor(ctx, web.Actor(c), tendering.TenderDraft, assetID)
	if err != nil {
		return tenderPage{}, err
	}
	page := tenderPage{Asset: a, Typed: web.Typed{"asset": a.ID}}
	list, _, err := s.Resolving.ResolutionsFor(ctx, web.Actor(c), tendering.TenderDraft, casework.Query{Parent: a.ID, States: []casework.State{trading.Confirmed},
		Page: identity.Page{Number: 1, Size: 20}})
	if err != nil {
		return page, err
	}
	for _, r := range list {
		label := fmt.Sprintf("%s 决议,底价%s元/亩·年,%d年", r.HeldOn(), r.FloorPrice.Yuan(), r.Years)
		if !r.Lawful {
			label += "(未依法通过,不能使用)"
		}
		page.Resolutions = append(page.Resolutions, web.Choice{Value: r.ID, Label: label})
	}
	now := s.Kit.Days.Clock.Now()
	day := now.In(calendar.Beijing)
	least := s.Pack.MinNotice(int(day.Month())*100 + day.Day())
	page.NoticeRule = fmt.Sprintf("今天发布的,不少于%d个工作日(%s)", least.Value, least.Source)
	days, err := s.Kit.Days.Calendar(ctx)
	page.Term = tendering.TermOf(s.Pack, days, now, least.Value)
	return page, err
}

// tenderNew proposes the terms: from the tender that the clerk names, else from
// the last one of the same asset, else of the village, else from asset,
// resolution and rules. What must be thought about anew is left open.
func (s *Screens) tenderNew(c *fiber.Ctx) error {
	page, err := s.tenderPage(c, c.Query("asset"))
	if err != nil {
		return err
	}
	ctx, resolution := c.UserContext(), trading.Resolution{}
	if id := c.Query("resolution"); id != "" {
		if resolution, err = s.Resolving.ResolutionFor(ctx, web.Actor(c), tendering.TenderDraft, id); err != nil {
			return err
		}
	}
	last, err := s.Tendering.LastTerms(ctx, web.Actor(c), page.Asset, c.Query("like"))
	switch {
	case fault.CodeOf(err) == fault.NotFound && c.Query("like") == "":
		if resolution.ID != "" {
			page.fill(s.Tendering.DraftFor(page.Asset, resolution))
		}
	case err != nil:
		return err
	default:
		page.Last = &last
		page.fill(last.Anew(page.Asset, resolution))
	}
	return s.tenderOpen(c, page)
}

// tenderOpen draws the form, with what was kept when the person goes on with that.
func (s *Screens) tenderOpen(c *fiber.Ctx, page tenderPage) error {
	draft, kept, err := s.Kit.DraftOf(c, admin.FormOf(noun, page.ID, page.Asset.ID))
	if err != nil {
		return err
	}
	if page.Draft = draft; kept != nil {
		s.tenderKept(kept, &page)
	}
	return s.Kit.Page(c, "office/tendering/form", page)
}

// tenderKept fills the page from a draft.
func (s *Screens) tenderKept(kept *web.Reader, page *tenderPage) {
	page.Last = nil
	kept.Version()
	s.tenderForm(kept, page)
}

func (p *tenderPage) fill(form trading.TenderForm) {
	for _, t := range form.Texts() {
		p.Typed[t.Field] = *t.Value
	}
	for name, value := range map[string]string{
		"resolution": form.Resolution, "rent_due": form.RentDue, "starts_on": string(form.StartsOn),
		"inspection_on": string(form.InspectionOn), "priority_notified": string(form.PriorityNotified),
	} {
		p.Typed[name] = value
	}
	if form.StartPrice > 0 {
		p.Typed["start_price"] = form.StartPrice.Yuan()
	}
	if form.Step > 0 {
		p.Typed["step"] = form.Step.Yuan()
	}
	for name, n := range map[string]int{"deposit_percent": form.DepositPercent, "years": form.Years, "notice_days": form.NoticeDays} {
		if n > 0 {
			p.Typed[name] = fmt.Sprint(n)
		}
	}
}

func (s *Screens) tenderForm(r *web.Reader, page *tenderPage) trading.TenderForm {
	form := trading.TenderForm{
		Asset: page.Asset.ID, Resolution: r.Text("resolution"), StartPrice: r.Yuan("start_price"), Step: r.Yuan("step"),
		DepositPercent: r.Number("deposit_percent", "保证金比例"), Years: r.Number("years", "租期"), NoticeDays: r.Number("notice_days", "公告期"),
		StartsOn: r.Day("starts_on"), RentDue: r.Text("rent_due"), InspectionOn: r.Day("inspection_on"), PriorityNotified: r.Day("priority_notified"),
	}
	for _, t := range form.Texts() {
		*t.Value = r.Text(t.Field)
	}
	for name, value := range r.Typed {
		page.Typed[name] = value
	}
	return form
}

func (s *Screens) tenderDraft(c *fiber.Ctx) error { return s.tenderSave(c, "", c.FormValue("asset")) }

func (s *Screens) tenderAmend(c *fiber.Ctx) error {
	have, err := s.ownTender(c)
	if err != nil {
		return err
	}
	return s.tenderSave(c, have.ID, have.Asset)
}

func (s *Screens) ownTender(c *fiber.Ctx) (trading.Tender, error) {
	return s.Tendering.TenderFor(c.UserContext(), web.Actor(c), tendering.TenderDraft, c.Params("id"))
}

func (s *Screens) tenderSave(c *fiber.Ctx, id, assetID string) error {
	page, err := s.tenderPage(c, assetID)
	if err != nil {
		return err
	}
	page.ID, page.Draft.Form = id, admin.FormOf(noun, id, assetID)
	r := web.Read(c)
	version := r.Version()
	form := s.tenderForm(r, &page)
	if err := r.Wrong.Err(); err != nil {
		return s.Kit.Again(c, err, "office/tendering/form", page)
	}
	if id == "" {
		id, err = s.Tendering.DraftTender(c.UserContext(), web.Actor(c), r.RequestID(), form)
	} else {
		id, err = s.Tendering.AmendTender(c.UserContext(), web.Actor(c), r.RequestID(), id, version, form)
	}
	if err != nil {
		return s.Kit.Again(c, err, "office/tendering/form", page)
	}
	s.Kit.Finished(c, page.Draft.Form)
	return s.Kit.Done(c, "/office/tenders/"+id, "草稿已保存,请核对后提交审核")
}

func (s *Screens) tenderEdit(c *fiber.Ctx) error {
	t, err := s.ownTender(c)
	if err != nil {
		return err
	}
	page, err := s.tenderPage(c, t.Asset)
	if err != nil {
		return err
	}
	page.ID = t.ID
	page.fill(t.TenderForm)
	page.Typed["version"] = fmt.Sprint(t.Version)
	for _, m := range t.Mend {
		page.Mend = append(page.Mend, m.Name+":"+m.Message)
	}
	return s.tenderOpen(c, page)
}
