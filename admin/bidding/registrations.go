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

func (s *Screens) registrations(c *fiber.Ctx) error {
	return admin.Show(s.Kit, c, s.registrationList(), "office/bidding/registrations")
}

func (s *Screens) registrationList() admin.List[trading.Registration] {
	type row = trading.Registration
	return admin.List[row]{
		Path:   "/office/registrations",
		Name:   "竞买报名",
		Hint:   "标的、竞买人、竞买号",
		Parent: "lot",
		States: web.StatesOf(trading.RegistrationStates(), func(st casework.State) string {
			return row{State: st}.Label()
		}),
		Sorts: []web.Choice{
			{Value: "waiting", Label: "待审核的在前"},
			{Value: "deadline", Label: "报名截止在前"},
			{Value: "newest", Label: "最新报名在前"},
		},
		Read: s.Bidding.SeeRegistrations,
		Columns: []table.Column[row]{
			table.Text("标的", func(r row) string { return r.LotTitle }),
			table.Text("竞买人", func(r row) string { return r.Name }),
			table.Text("竞买号", func(r row) string { return r.Number }),
			table.Text("状态", row.Label),
			table.Text("手机号码", func(r row) string { return trading.Masked(r.Phone) }),
			table.Text("账号", func(r row) string { return trading.Masked(r.Account) }),
			table.Moment("报名时间", func(r row) time.Time { return r.RegisteredAt }),
			table.Moment("审核时间", func(r row) time.Time { return r.DecidedAt }),
		},
	}
}
