package contracts

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

func (s *Screens) results(c *fiber.Ctx) error {
	return admin.Show(s.Kit, c, s.resultList(), "office/contracts/results")
}

func (s *Screens) resultList() admin.List[trading.Award] {
	type row = trading.Award
	return admin.List[row]{
		Path: "/office/results",
		Name: "成交和收款",
		Hint: "标的、成交人",
		States: web.StatesOf(trading.AwardStates(), func(st casework.State) string {
			return row{State: st}.Label()
		}),
		Sorts: []web.Choice{
			{Value: "newest", Label: "最新成交在前"},
			{Value: "yearly", Label: "年租金、价款从高到低"},
		},
		Read: func(ctx context.Context, who identity.Actor, q casework.Query) ([]row, int, error) {
			q, err := admin.InOffice(who, identity.OfficeRead, q)
			if err != nil {
				return nil, 0, err
			}
			return s.Bidding.SeeAwards(ctx, who, q)
		},
		Case: func(a row) string { return a.Lot },
		Columns: []table.Column[row]{
			table.Text("标的", func(a row) string { return a.LotTitle }),
			table.Text("成交人", func(a row) string { return a.Name }),
			table.Text("竞买号", func(a row) string { return a.Number }),
			table.Text("状态", row.Label),
			table.Yuan("成交价（元）", func(a row) money.Fen { return a.Price }),
			table.Text("计价单位", func(a row) string { return a.Unit.Label() }),
			table.Mu("面积或者数量", func(a row) money.Area { return a.Size }),
			table.Text("计量单位", func(a row) string { return a.Measure.Label() }),
			table.Yuan("年租金或者价款（元）", func(a row) money.Fen { return a.Yearly }),
			table.Yuan("租金总额或者价款（元）", func(a row) money.Fen { return a.Whole }),
			table.Yuan("比起始价每年多收（元）", row.OverStart),
			table.Moment("成交时间", func(a row) time.Time { return a.AwardedAt }),
			table.Moment("公示期至", func(a row) time.Time { return a.PublicUntil }),
		},
	}
}
