package register

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

func (s *Screens) assets(c *fiber.Ctx) error {
	return admin.Show(s.Kit, c, s.assetList(), "office/register/assets")
}

func (s *Screens) assetList() admin.List[trading.Asset] {
	type row = trading.Asset
	var kinds []web.Choice
	for _, k := range trading.AssetKinds {
		kinds = append(kinds, web.Choice{Value: string(k.Kind), Label: k.Label})
	}
	return admin.List[row]{
		Path:   "/office/assets",
		Name:   "资产",
		Hint:   "名称、坐落、所有权人",
		Filter: "类别",
		States: kinds,
		Sorts: []web.Choice{
			{Value: "name", Label: "按名称"},
			{Value: "newest", Label: "最新登记在前"},
			{Value: "area", Label: "面积从大到小"},
		},
		Read: func(ctx context.Context, who identity.Actor, q casework.Query) ([]row, int, error) {
			q, err := admin.InOffice(who, identity.OfficeRead, q)
			if err != nil {
				return nil, 0, err
			}
			if len(q.States) > 0 { // what this list is narrowed by
				q.Kind, q.States = string(q.States[0]), nil
			}
			return s.Assets.SeeAssets(ctx, who, q)
		},
		Columns: []table.Column[row]{
			table.Text("名称", func(a row) string { return a.Name }),
			table.Text("类别", func(a row) string { return a.Kind.Label() }),
			table.Text("所有权人", func(a row) string { return a.OwnerName }),
			table.Text("经办的集体经济组织", func(a row) string { return a.ActingName }),
			table.Text("坐落", func(a row) string { return a.Location }),
			table.Mu("面积或者数量", func(a row) money.Area { return a.Area }),
			table.Text("计量单位", func(a row) string { return a.Measure.Label() }),
			table.Yuan("上一期租金（元）", func(a row) money.Fen { return a.LastRent }),
			table.Text("上一期租金的计价单位", func(a row) string { return a.LastUnit.Label() }),
			table.Text("上一租期届满日", func(a row) string { return string(a.LastEnds) }),
			table.Moment("登记时间", func(a row) time.Time { return a.RegisteredAt }),
		},
	}
}
