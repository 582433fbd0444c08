package bidding

import (
	"github.com/gofiber/fiber/v2"

	"sunlot/admin"
	"sunlot/internal/calendar"
	"sunlot/internal/identity"
	"sunlot/trading"
	"sunlot/trading/bidding"
	"sunlot/web"
)

type objectionView struct {
	Objection   trading.Objection
	Award       trading.Award
	MayAnswer   bool
	Stands      calendar.Date // from when another leader may be the second person
	SecondBy    calendar.Date // the committee's last day
	MaySecond   bool
	MayWithdraw bool
	Trail       []web.Moment
	Outcomes    []web.Choice
	Rulings     []web.Choice
	Typed       web.Typed
}

func (s *Screens) objection(c *fiber.Ctx) error {
	view, err := s.objectionView(c, nil)
	if err != nil {
		return err
	}
	return s.Kit.Page(c, "office/bidding/objection", view)
}

func (s *Screens) objectionView(c *fiber.Ctx, kept web.Typed) (objectionView, error) {
	who := web.Actor(c)
	o, err := s.Bidding.SeeObjection(c.UserContext(), who, c.Params("id"))
	if err != nil {
		return objectionView{}, err
	}
	a, err := s.Bidding.SeeAward(c.UserContext(), who, o.Lot)
	view := objectionView{
		Objection: o,
		Award:     a,
		MayAnswer: o.Unanswered() && who.May(o.Answerer(), o.Path),
		Typed:     kept,
	}
	if err != nil {
		return view, err
	}
	s.secondPart(&view, who)
	acts, err := s.Bidding.ObjectionTrail(c.UserContext(), who, o)
	view.Trail = s.Kit.Trail(acts)
	for _, outcome := range []trading.Outcome{trading.Founded, trading.Partly, trading.Not} {
		view.Outcomes = append(view.Outcomes, web.Choice{Value: string(outcome), Label: outcome.Label()})
	}
	for _, ruling := range []trading.Ruling{trading.Keep, trading.Void} {
		view.Rulings = append(view.Rulings, web.Choice{Value: string(ruling), Label: ruling.Label()})
	}
	return view, err
}

// secondPart fills in who may be the second person of a decision that waits, and who may
// withdraw it.
func (s *Screens) secondPart(view *objectionView, who identity.Actor) {
	o := view.Objection
	if o.State != trading.Voiding {
		return
	}
	view.Stands = bidding.StandsFrom(o)
	view.SecondBy = view.Stands.AddDays(-1)
	late := s.Kit.Days.Today() >= view.Stands
	view.MayWithdraw = (o.Decider || late) && who.May(trading.ObjectionRule, o.Path)
	view.MaySecond = !o.Decider &&
		(who.May(trading.ObjectionSecond, o.Path) || late && who.May(trading.ObjectionStand, o.Path))
}

func (s *Screens) objectionWithdraw(c *fiber.Ctx) error {
	r := web.Read(c)
	_, err := s.Bidding.WithdrawDecision(c.UserContext(), web.Actor(c), r.RequestID(), c.Params("id"), r.Version())
	return s.objectionDone(c, r, err, "决定已撤回，请重新决定")
}

func (s *Screens) objectionAnswer(c *fiber.Ctx) error {
	r := web.Read(c)
	form := trading.AnswerForm{
		Version:  r.Version(),
		Outcome:  trading.Outcome(r.Text("outcome")),
		Answer:   r.Text("answer"),
		Withheld: r.Text("withheld"),
	}
	if admin.Mends(c) {
		return s.objectionAgain(c, r)
	}
	_, err := s.Bidding.AnswerObjection(admin.Trying(c, r), web.Actor(c), r.RequestID(), c.Params("id"), form)
	if admin.Tried(err) {
		return s.Kit.Check(c, "", admin.Check{
			Title:   "核对答复",
			Warning: "公开后不能修改，不能撤回。",
			Button:  "核对无误，公开答复",
			Answers: []admin.Answer{
				{Field: "outcome", Label: "结论", Value: form.Outcome.Label()},
				{Field: "answer", Label: "答复", Value: form.Answer},
				{Field: "withheld", Label: "不公开原文的理由", Value: form.Withheld},
			},
		}, nil)
	}
	return s.objectionDone(c, r, err, "答复已公开")
}

// objectionAgain draws the page with what was typed.
func (s *Screens) objectionAgain(c *fiber.Ctx, r *web.Reader) error {
	view, err := s.objectionView(c, r.Typed)
	if err != nil {
		return err
	}
	return s.Kit.Page(c, "office/bidding/objection", view)
}

func (s *Screens) objectionDecide(c *fiber.Ctx) error {
	r := web.Read(c)
	form := trading.DecisionForm{
		Version: r.Version(),
		Ruling:  trading.Ruling(r.Text("ruling")),
		Reason:  r.Text("reason"),
	}
	if admin.Mends(c) {
		return s.objectionAgain(c, r)
	}
	_, err := s.Bidding.DecideObjection(admin.Trying(c, r), web.Actor(c), r.RequestID(), c.Params("id"), form)
	if admin.Tried(err) {
		return s.Kit.Check(c, "", decisionCheck(form), nil)
	}
	if form.Ruling == trading.Void {
		return s.objectionDone(c, r, err, "已送村务监督委员会复核，复核后公开")
	}
	return s.objectionDone(c, r, err, "决定已公开")
}

// decisionCheck shows a decision before it is made.
func decisionCheck(form trading.DecisionForm) admin.Check {
	check := admin.Check{
		Title:   "核对决定",
		Warning: "提交后立即公开，不能修改，不能撤回。",
		Button:  "核对无误，提交决定",
		Answers: []admin.Answer{
			{Field: "ruling", Label: "决定", Value: form.Ruling.Label()},
			{Field: "reason", Label: "理由", Value: form.Reason},
		},
	}
	if form.Ruling == trading.Void {
		check.Warning = "提交后送村务监督委员会复核，复核后公开；复核以前可以撤回。"
	}
	return check
}

func (s *Screens) objectionSecond(c *fiber.Ctx) error {
	r := web.Read(c)
	form := trading.SecondForm{Version: r.Version(), Agree: r.Text("agree") == "yes", Reason: r.Text("reason")}
	_, err := s.Bidding.SecondDecision(c.UserContext(), web.Actor(c), r.RequestID(), c.Params("id"), form)
	if form.Agree {
		return s.objectionDone(c, r, err, "已复核，成交结果撤销，决定已公开")
	}
	return s.objectionDone(c, r, err, "已退回乡镇重新决定")
}

// objectionDone goes back to the list, or draws the page once more with what is wrong.
func (s *Screens) objectionDone(c *fiber.Ctx, r *web.Reader, err error, said string) error {
	if err == nil {
		return s.Kit.Done(c, "/office/objections", said)
	}
	view, viewErr := s.objectionView(c, r.Typed)
	if viewErr != nil {
		return err
	}
	return s.Kit.Again(c, err, "office/bidding/objection", view)
}
