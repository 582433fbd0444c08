package notice

import (
	"time"

	"github.com/gofiber/fiber/v2"

	"sunlot/internal/casework"
	"sunlot/internal/identity"
	"sunlot/internal/money"
	"sunlot/trading"
	"sunlot/web"
	"sunlot/web/public/parts"
	"sunlot/web/table"
)

// tenders lists the published notices.
func (s *Screens) tenders(c *fiber.Ctx) error {
	n, err := parts.NarrowTo(c, s.Directory, parts.Narrow{
		Path:   "/tenders",
		Hint:   "资产、村、项目编号",
		Sum:    "年租金或者价款（元）",
		Day:    "发布日期",
		States: web.StatesOf(trading.LotStates(), trading.StageLabel),
		Kinds:  parts.AssetKinds(),
		Sorts: []web.Choice{{Value: "newest", Label: "最新发布"}, {Value: "deadline", Label: "报名截止在前"},
			{Value: "price", Label: "年租金、价款从低到高"}},
	})
	return parts.Show(s.Kit, c, n, err, "notice/tenders", "交易公告", tenderColumns,
		func(q casework.Query) ([]trading.Tender, int, error) {
			return s.Tendering.SeeTenders(c.UserContext(), identity.Actor{}, q)
		})
}

type tender = trading.Tender

var tenderColumns = []table.Column[tender]{
	table.Text("项目编号", func(t tender) string { return t.Number }),
	table.Text("资产", func(t tender) string { return t.AssetName }),
	table.Text("所有权人", func(t tender) string { return t.OwnerName }),
	table.Text("状态", tender.Stage),
	table.Text("方式", func(t tender) string { return t.Side.Say().Act }),
	table.Mu("面积或者数量", func(t tender) money.Area { return t.Area }),
	table.Text("计量单位", func(t tender) string { return t.Measure.Label() }),
	table.Count("租期（年）", func(t tender) int { return t.Years }),
	table.Yuan("起始价（元）", func(t tender) money.Fen { return t.StartPrice }),
	table.YuanIf("当前价或者成交价（元）", tender.Paid, func(t tender) money.Fen { return t.LeadingPrice }),
	table.Text("计价单位", func(t tender) string { return t.Unit.Label() }),
	table.Moment("发布时间", func(t tender) time.Time { return t.AnnouncedAt }),
	table.Moment("报名截止", func(t tender) time.Time { return t.RegisterUntil }),
	table.Moment("开始竞价", func(t tender) time.Time { return t.OpensAt }),
}
