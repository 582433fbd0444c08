package bidding

import (
	"time"

	"github.com/gofiber/fiber/v2"

	"sunlot/admin"
	"sunlot/internal/casework"
	"sunlot/trading"
	"sunlot/web"
	"sunlot/web/table"
)

func (s *Screens) objections(c *fiber.Ctx) error {
	return admin.Show(s.Kit, c, s.objectionList(), "office/bidding/objections")
}

func (s *Screens) objectionList() admin.List[trading.Objection] {
	type row = trading.Objection
	return admin.List[row]{
		Path: "/office/objections",
		Name: "异议",
		Hint: "标的、内容",
		States: web.StatesOf(trading.ObjectionStates(), func(st casework.State) string {
			return row{State: st}.Label()
		}),
		Sorts: []web.Choice{
			{Value: "waiting", Label: "没有了结的在前"},
			{Value: "newest", Label: "最新提出在前"},
			{Value: "oldest", Label: "最早提出在前"},
		},
		Read: s.Bidding.OfficeObjections,
		Columns: []table.Column[row]{
			table.Text("标的", func(o row) string { return o.Title }),
			table.Text("针对", func(o row) string { return o.Target.Label() }),
			table.Text("状态", row.Label),
			table.Moment("提出时间", func(o row) time.Time { return o.RaisedAt }),
			table.Text("最晚答复日", func(o row) string { return string(o.AnswerBy) }),
			table.Text("异议内容", func(o row) string { return o.ObjectionForm.Text }),
			table.Text("公开的内容", func(o row) string { return o.Public }),
			table.Text("不公开原文的理由", func(o row) string { return o.Withheld }),
			table.Text("结论", func(o row) string { return o.Outcome.Label() }),
			table.Text("答复", func(o row) string { return o.Answer }),
			table.Moment("答复时间", func(o row) time.Time { return o.AnsweredAt }),
			table.Text("决定", func(o row) string { return o.Ruling.Label() }),
			table.Text("决定的理由", func(o row) string { return o.Reason }),
			table.Moment("决定时间", func(o row) time.Time { return o.DecidedAt }),
		},
	}
}
