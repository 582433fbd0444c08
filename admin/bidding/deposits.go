package bidding

import (
	"time"

	"sunlot/admin"
	"sunlot/internal/casework"
	"sunlot/internal/money"
	"sunlot/trading"
	"sunlot/web"
	"sunlot/web/table"
)

func (s *Screens) depositList() admin.List[trading.Deposit] {
	type row = trading.Deposit
	return admin.List[row]{
		Path: "/office/deposits",
		Name: "保证金",
		Hint: "标的、户名、流水号、附言",
		States: web.StatesOf(trading.DepositStates(), func(st casework.State) string {
			return row{State: st}.Label()
		}),
		Sorts: []web.Choice{
			{Value: "due", Label: "待退的在前"},
			{Value: "newest", Label: "最新到账在前"},
			{Value: "amount", Label: "金额从大到小"},
		},
		Read: s.Bidding.SeeDeposits,
		Columns: []table.Column[row]{
			table.Text("标的", func(d row) string { return d.LotTitle }),
			table.Text("户名", func(d row) string { return d.Payer }),
			table.Text("账号", func(d row) string { return trading.Masked(d.Account) }),
			table.Yuan("金额（元）", func(d row) money.Fen { return d.Amount }),
			table.Text("状态", row.Label),
			table.Text("流水号", func(d row) string { return d.Serial }),
			table.Moment("到账时间", func(d row) time.Time { return d.PaidAt }),
			table.Text("最晚退还日", func(d row) string { return string(d.RefundBy) }),
			table.Moment("退还时间", func(d row) time.Time { return d.RefundedAt }),
			table.Text("说明", func(d row) string { return d.Problem }),
		},
	}
}
