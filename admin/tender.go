package admin

import (
	"context"
	"fmt"

	"github.com/gofiber/fiber/v2"

	"sunlot/internal/identity"
	"sunlot/trading"
	"sunlot/web"
)

type tenderView struct {
	Tender      trading.Tender
	Asset       trading.Asset
	Resolution  trading.Resolution
	Review      []web.ReviewField
	Ticks       []tick
	Trail       []web.Moment
	Supplements []trading.Supplement
	Proof       *web.Proof
	Typed       web.Typed
	Handled     bool // the viewer handled the case and cannot approve it
}

// tick is one thing that the program has checked for the reviewer.
type tick struct {
	Label string
	Good  bool
	Note  string
}

func (s *Screens) tenders(c *fiber.Ctx) error {
	who := web.Actor(c)
	scope, err := who.Can(identity.OfficeRead)
	if err != nil {
		return err
	}
	q := trading.Query{Scope: scope, Text: c.Query("q"), Sort: c.Query("sort", "newest"), Page: web.PageOf(c)}
	if state := trading.State(c.Query("state")); state != "" {
		q.States = []trading.State{state}
	}
	list, total, err := s.Trading.SeeTenders(c.UserContext(), who, q)
	if err != nil {
		return err
	}
	var states []web.Choice
	for _, st := range trading.TenderStates() {
		states = append(states, web.Choice{Value: string(st), Label: trading.Tender{State: st}.Label()})
	}
	return s.Kit.Page(c, "office/tenders", struct {
		Tenders []trading.Tender
		Text    string
		State   string
		States  []web.Choice
		Paging  web.Paging
	}{list, q.Text, c.Query("state"), states, web.NewPaging(c, q.Page, total)})
}

// tender is one page for everybody at the desks: the draft, what the program
// has checked, the trail, and the buttons that the viewer may press.
func (s *Screens) tender(c *fiber.Ctx) error {
	view, err := s.tenderView(c, c.Params("id"))
	if err != nil {
		return err
	}
	return s.Kit.Page(c, "office/tender", view)
}

func (s *Screens) tenderView(c *fiber.Ctx, id string) (tenderView, error) {
	ctx, who := c.UserContext(), web.Actor(c)
	scope, err := who.Can(identity.OfficeRead)
	if err != nil {
		return tenderView{}, err
	}
	t, err := s.Trading.Store.Tender(ctx, id, scope)
	if err != nil {
		return tenderView{}, err
	}
	view := tenderView{Tender: t, Typed: web.Typed{}, Handled: handled(t, who.PersonID)}
	if view.Asset, err = s.Trading.SeeAsset(ctx, who, t.Asset); err != nil {
		return view, err
	}
	if view.Resolution, err = s.Trading.SeeResolution(ctx, who, t.TenderForm.Resolution); err != nil {
		return view, err
	}
	acts, err := s.Trading.SeeTrail(ctx, who, t)
	if err != nil {
		return view, err
	}
	view.Trail = web.Trail(acts)
	if view.Supplements, err = s.Trading.SeeSupplements(ctx, who, t.ID); err != nil {
		return view, err
	}
	view.Proof, err = s.badge(c, t)
	view.Review, view.Ticks = reviewOf(t), ticksOf(view)
	return view, err
}

func (s *Screens) badge(c *fiber.Ctx, t trading.Tender) (*web.Proof, error) {
	return web.Badge(c, s.Standings, t.Event)
}

func handled(t trading.Tender, person string) bool {
	return person == t.Steps.DraftedBy || person == t.Steps.SubmittedBy || person == t.Steps.CheckedBy
}

// reviewOf lists the draft line by line, each with room for a remark.
func reviewOf(t trading.Tender) []web.ReviewField {
	lines := []web.ReviewField{
		{Name: "start_price", Label: "起始价", Value: t.StartPrice.Yuan() + " 元/亩·年"},
		{Name: "step", Label: "加价幅度", Value: t.Step.Yuan() + " 元/亩·年"},
		{Name: "deposit_percent", Label: "保证金", Value: fmt.Sprintf("%s 元(首年租金的%d%%)", t.Deposit().Yuan(), t.DepositPercent)},
		{Name: "years", Label: "租期", Value: fmt.Sprintf("%d 年,%s 至 %s", t.Years, t.StartsOn, t.EndsOn())},
		{Name: "rent_due", Label: "每年缴租日", Value: t.RentDue},
		{Name: "notice_days", Label: "公告期", Value: fmt.Sprintf("%d 个工作日", t.NoticeDays)},
		{Name: "inspection_on", Label: "看样日", Value: string(t.InspectionOn)},
		{Name: "priority_notified", Label: "通知优先权人", Value: string(t.PriorityNotified)},
	}
	for _, text := range t.Texts() {
		lines = append(lines, web.ReviewField{Name: text.Field, Label: text.Label, Value: *text.Value})
	}
	return lines
}

// ticksOf is what the program can check by itself, for the reviewer to trust or doubt.
func ticksOf(v tenderView) []tick {
	t, r := v.Tender, v.Resolution
	return []tick{
		{"决议已核实并依法通过", r.State == trading.Confirmed && r.Lawful, r.Label()},
		{"起始价不低于决议底价", t.StartPrice >= r.FloorPrice, fmt.Sprintf("底价 %s 元/亩·年", r.FloorPrice.Yuan())},
		{"起始价不低于上一期租金", t.StartPrice >= v.Asset.LastRent, fmt.Sprintf("上一期 %s 元/亩·年", v.Asset.LastRent.Yuan())},
		{"租期不超过决议", t.Years <= r.Years, fmt.Sprintf("决议 %d 年", r.Years)},
		{"现场照片", len(v.Asset.Photos) >= 3, fmt.Sprintf("%d 张", len(v.Asset.Photos))},
		{"优先权人已通知", len(r.Priorities) == 0 || t.PriorityNotified != "", string(t.PriorityNotified)},
	}
}

type tenderStep func(ctx context.Context, who identity.Actor, requestID, id string, version int) (string, error)

// step is a button that takes a tender on.
func (s *Screens) step(take tenderStep, message string) fiber.Handler {
	return func(c *fiber.Ctx) error {
		r := web.Read(c)
		id, err := take(c.UserContext(), web.Actor(c), r.RequestID(), c.Params("id"), r.Version())
		if err != nil {
			return s.tenderAgain(c, c.Params("id"), err, web.Typed{})
		}
		return s.Kit.Done(c, "/office/tenders/"+id, message)
	}
}

func (s *Screens) tenderAgain(c *fiber.Ctx, id string, err error, kept web.Typed) error {
	view, viewErr := s.tenderView(c, id)
	if viewErr != nil {
		return err
	}
	view.Typed = kept
	return s.Kit.Again(c, err, "office/tender", view)
}

func (s *Screens) tenderReturn(c *fiber.Ctx) error {
	id := c.Params("id")
	t, err := s.tenderView(c, id)
	if err != nil {
		return err
	}
	r := web.Read(c)
	back := r.Reasons(t.Review)
	if _, err := s.Trading.ReturnTender(c.UserContext(), web.Actor(c), r.RequestID(), id, back); err != nil {
		return s.tenderAgain(c, id, err, r.Typed)
	}
	return s.Kit.Done(c, "/office/tenders/"+id, "已退回经办人修改")
}

// tenderPost takes the photo of the paper notice on the village board.
func (s *Screens) tenderPost(c *fiber.Ctx) error {
	id, r := c.Params("id"), web.Read(c)
	photos := r.Photos(s.Trading, "board_photo")
	if err := r.Wrong.Err(); err != nil {
		return s.tenderAgain(c, id, err, r.Typed)
	}
	photo := ""
	if len(photos) > 0 {
		photo = photos[len(photos)-1]
	}
	if _, err := s.Trading.PostTender(c.UserContext(), web.Actor(c), r.RequestID(), id, photo); err != nil {
		return s.tenderAgain(c, id, err, r.Typed)
	}
	return s.Kit.Done(c, "/office/tenders/"+id, "公告栏照片已公开")
}
