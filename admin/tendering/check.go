package tendering

import (
	"github.com/gofiber/fiber/v2"

	"sunlot/admin"
	"sunlot/internal/fault"
	"sunlot/trading"
	"sunlot/trading/tendering"
	"sunlot/web"
)

// announceCheck shows what becomes public, as it was approved, before it does.
func (s *Screens) announceCheck(c *fiber.Ctx) error {
	view, err := s.tenderView(c, c.Params("id"))
	if err != nil {
		return err
	}
	t := view.Tender
	if !web.Actor(c).May(tendering.TenderAnnounce, t.Path) {
		return fault.New(fault.Forbidden, "只有村集体经办人可以发布公告")
	}
	if t.State != trading.Approved {
		return s.Kit.Done(c, "/office/tenders/"+t.ID, "公告当前为“"+t.Label()+"”，不能发布")
	}
	until := web.Until(view.Term.RegisterUntil)
	opens := web.Until(view.Term.OpensAt)
	if !view.Term.Firm {
		opens += "（跨入未公布节假日安排的年份，可能变动）"
	}
	check := admin.Check{
		Title:   "核对公告",
		Note:    "还没有发布。内容已经批准，这里不能改；有错的不要发布，请分管领导退回，或者撤回后重新起草。",
		Back:    "/office/tenders/" + t.ID,
		Warning: "发布后立即公开并写入公开日志，不能撤回；内容有误只能发补充公告。",
		Button:  "核对无误，发布公告",
		Answers: []admin.Answer{
			{Label: "资产", Value: t.AssetName},
			{Label: "所有权人", Value: t.OwnerName},
			{Label: "依据的决议", Value: web.Date(view.Resolution.HeldOn()) + " " + view.Assembly.Label},
			{Label: "现在发布，报名截止", Value: until},
			{Label: "现在发布，竞价开始", Value: opens},
		},
	}
	for _, line := range view.Lines {
		answer := admin.Answer{Label: line.Label, Value: line.Value}
		switch line.Name {
		case "start_price":
			answer.Capital = t.StartPrice.Capital()
		case "step":
			answer.Capital = t.Step.Capital()
		case "deposit_percent":
			answer.Capital = t.Deposit().Capital()
		}
		check.Answers = append(check.Answers, answer)
	}
	return s.Kit.Ask(c, check, "/office/tenders/"+t.ID+"/announce", t.Version)
}
