package tendering

import (
	"context"
	"time"

	"github.com/gofiber/fiber/v2"

	"sunlot/admin"
	"sunlot/internal/casework"
	"sunlot/internal/identity"
	"sunlot/internal/money"
	"sunlot/trading"
	"sunlot/web"
	"sunlot/web/table"
)

// tendersPage is the list, after the resolutions that wait for the viewer's notice.
type tendersPage struct {
	admin.ListPage[trading.Tender]
	Letting []casework.Waiting
}

func (s *Screens) tenders(c *fiber.Ctx) error {
	if table.Asked(c) {
		return s.tenderList().File(c, s.Kit.Days.Clock.Now())
	}
	list, err := s.tenderList().Page(c, s.Kit)
	if err != nil {
		return err
	}
	page := tendersPage{ListPage: list}
	page.Letting, _, err = s.Kit.Duties.Own(c.UserContext(), web.Actor(c), trading.LettingDuty.Name,
		identity.Page{Number: 1, Size: identity.MaxPage})
	if err != nil {
		return err
	}
	return s.Kit.Page(c, "office/tendering/tenders", page)
}

func (s *Screens) tenderList() admin.List[trading.Tender] {
	type row = trading.Tender
	return admin.List[row]{
		Path:   "/office/tenders",
		Name:   "交易公告",
		Hint:   "标题、资产、所有权人",
		States: web.StatesOf(trading.Stages(), trading.StageLabel),
		Sorts: []web.Choice{
			{Value: "newest", Label: "最新在前"},
			{Value: "deadline", Label: "报名截止在前"},
			{Value: "price", Label: "年租金、价款从低到高"},
		},
		Read: func(ctx context.Context, who identity.Actor, q casework.Query) ([]row, int, error) {
			q, err := admin.InOffice(who, identity.OfficeRead, q)
			if err != nil {
				return nil, 0, err
			}
			return s.Tendering.SeeTenders(ctx, who, q)
		},
		Case: func(t row) string { return t.ID },
		Columns: []table.Column[row]{
			table.Text("资产", func(t row) string { return t.AssetName }),
			table.Text("项目编号", func(t row) string { return t.Number }),
			table.Text("所有权人", func(t row) string { return t.OwnerName }),
			table.Text("办理状态", row.Label),
			table.Text("竞价状态", row.Stage),
			table.Yuan("起始价（元）", func(t row) money.Fen { return t.StartPrice }),
			table.Text("计价单位", func(t row) string { return t.Unit.Label() }),
			table.Mu("面积或者数量", func(t row) money.Area { return t.Area }),
			table.Text("计量单位", func(t row) string { return t.Measure.Label() }),
			table.Count("租期（年）", func(t row) int { return t.Years }),
			table.Moment("发布时间", func(t row) time.Time { return t.AnnouncedAt }),
			table.Moment("报名截止", func(t row) time.Time { return t.RegisterUntil }),
			table.Moment("开始竞价", func(t row) time.Time { return t.OpensAt }),
			table.Text("公告标题", func(t row) string { return t.Title }),
		},
	}
}
