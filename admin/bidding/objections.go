package bidding

import (
	"time"

	"github.com/gofiber/fiber/v2"

	"sunlot/admin"
	"sunlot/internal/casework"
	"sunlot/trading"
	"sunlot/web"
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
		States: admin.StatesOf(trading.ObjectionStates(), func(st casework.State) string {
			return row{State: st}.Label()
		}),
		Sorts: []web.Choice{
			{Value: "waiting", Label: "没有了结的在前"},
			{Value: "newest", Label: "最新提出在前"},
			{Value: "oldest", Label: "最早提出在前"},
		},
		Read: s.Bidding.OfficeObjections,
		Columns: []admin.Column[row]{
			admin.Text("标的", func(o row) string { return o.Title }),
			admin.Text("针对", func(o row) string { return o.Target.Label() }),
			admin.Text("状态", row.Label),
			admin.Moment("提出时间", func(o row) time.Time { return o.RaisedAt }),
			admin.Text("最晚答复日", func(o row) string { return string(o.AnswerBy) }),
			admin.Text("异议内容", func(o row) string { return o.ObjectionForm.Text }),
			admin.Text("公开的内容", func(o row) string { return o.Public }),
			admin.Text("不公开原文的理由", func(o row) string { return o.Withheld }),
			admin.Text("结论", func(o row) string { return o.Outcome.Label() }),
			admin.Text("答复", func(o row) string { return o.Answer }),
			admin.Moment("答复时间", func(o row) time.Time { return o.AnsweredAt }),
			admin.Text("决定", func(o row) string { return o.Ruling.Label() }),
			admin.Text("决定的理由", func(o row) string { return o.Reason }),
			admin.Moment("决定时间", func(o row) time.Time { return o.DecidedAt }),
		},
	}
}
