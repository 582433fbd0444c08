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
	Last        *tendering.Last  // from which the terms were taken
	Again       *tendering.Again // nil of the asset's first notice
	Asset       trading.Asset
	Typed       web.Typed
	Resolutions []web.Choice
	votes       []trading.Resolution // the same
	Mend        []string
	NoticeRule  string
	ToldRule    string         // how long before the notice the holders of priority rights are told
	Term        tendering.Term // what the notice's term would be, published now
}

// vote is the resolution that is chosen, by which the form asks for a lease's term or not; the
// newest while none is.
func (p tenderPage) vote() trading.Resolution {
	for _, r := range p.votes {
		if r.ID == p.Typed["resolution"] {
			return r
		}
	}
	if len(p.votes) > 0 {
		return p.votes[0]
	}
	return trading.Resolution{}
}

// Side is what is drafted.
func (p tenderPage) Side() trading.Side { return p.vote().Side }

// Leases says whether it has a term and a rent.
func (p tenderPage) Leases() bool { return p.Side() == trading.Let }

// Unit is what prices are for.
func (p tenderPage) Unit() string { return p.vote().Unit.Label() }

// tenderPage begins the form for an asset in the clerk's places.
func (s *Screens) tenderPage(c *fiber.Ctx, assetID string) (tenderPage, error) {
	ctx := c.UserContext()
	a, err := s.Assets.AssetFor(ctx, web.Actor(c), trading.TenderDraft, assetID)
	if err != nil {
		return tenderPage{}, err
	}
	page := tenderPage{Asset: a, Typed: web.Typed{"asset": a.ID}}
	list, _, err := s.Resolving.ResolutionsFor(ctx, web.Actor(c), trading.TenderDraft, casework.Query{
		Parent: a.ID,
		States: []casework.State{trading.Confirmed},
		Page:   identity.Page{Number: 1, Size: 20},
	})
	if err != nil {
		return page, err
	}
	page.votes = list
	for _, r := range list {
		label := fmt.Sprintf("%s 决议，%s，底价%s", r.HeldOn(), r.Side.Say().Act, r.Unit.Price(r.FloorPrice))
		if r.Side == trading.Let {
			label += fmt.Sprintf("，%d年", r.Years)
		}
		if !r.Lawful {
			label += "（未达到规定要求，不能使用）"
		}
		page.Resolutions = append(page.Resolutions, web.Choice{Value: r.ID, Label: label})
	}
	now := s.Kit.Days.Clock.Now()
	day := now.In(calendar.Beijing)
	pack := s.Pack()
	if err := pack.Ready(); err != nil {
		return page, err
	}
	page.Again, err = s.Tendering.NextAttempt(ctx, a.ID)
	if err != nil {
		return page, err
	}
	least := pack.MinNotice(int(day.Month())*100 + day.Day())
	page.ToldRule = fmt.Sprintf("有优先权人的必须填写：发布前不少于%s通知（%s）；无法通知的，公示不少于%s",
		pack.PriorityDays, pack.PriorityDays.Source, pack.UnreachedDays)
	page.NoticeRule = fmt.Sprintf("今天发布的，不少于%d个工作日（%s）", least.Value(), least.Source)
	days, err := s.Kit.Days.Calendar(ctx)
	page.Term = tendering.TermOf(pack, days, now, least.Value())
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
		resolution, err = s.Resolving.ResolutionFor(ctx, web.Actor(c), trading.TenderDraft, id)
		if err == nil && !(identity.Scope{page.Asset.Path}).Covers(resolution.Path) {
			err = fault.New(fault.NotFound, "没有找到这份决议")
		}
		if err != nil {
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
		page.fill(page.Again.Suggest(last.Anew(page.Asset, resolution)))
	}
	return s.tenderOpen(c, page)
}

// tenderOpen draws the form, with what was kept when the person goes on with that.
func (s *Screens) tenderOpen(c *fiber.Ctx, page tenderPage) error {
	draft, kept, err := s.Kit.DraftOf(c, admin.FormOf(noun, page.ID, page.Asset.ID))
	if err != nil {
		return err
	}
	page.Draft = draft
	if kept != nil {
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

func (s *Screens) tenderDraft(c *fiber.Ctx) error { return s.tenderSave(c, "", c.FormValue("asset")) }

func (s *Screens) tenderAmend(c *fiber.Ctx) error {
	have, err := s.ownTender(c)
	if err != nil {
		return err
	}
	return s.tenderSave(c, have.ID, have.Asset)
}

func (s *Screens) ownTender(c *fiber.Ctx) (trading.Tender, error) {
	return s.Tendering.TenderFor(c.UserContext(), web.Actor(c), trading.TenderDraft, c.Params("id"))
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
	if id == "" {
		id, err = s.Tendering.DraftTender(r.Context(), web.Actor(c), r.RequestID(), form)
	} else {
		id, err = s.Tendering.AmendTender(r.Context(), web.Actor(c), r.RequestID(), id, version, form)
	}
	if err != nil {
		return s.Kit.Again(c, r.All(err), "office/tendering/form", page)
	}
	s.Kit.Finished(c, page.Draft.Form)
	return s.Kit.Done(c, "/office/tenders/"+id, "草稿已保存，请核对后提交审核")
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
		page.Mend = append(page.Mend, m.Name+"："+m.Message)
	}
	return s.tenderOpen(c, page)
}
