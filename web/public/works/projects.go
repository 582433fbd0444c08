package works

import (
	"time"

	"github.com/gofiber/fiber/v2"

	"sunlot/internal/calendar"
	"sunlot/internal/casework"
	"sunlot/internal/identity"
	"sunlot/internal/money"
	"sunlot/trading/works"
	"sunlot/web"
	"sunlot/web/public/parts"
	"sunlot/web/table"
)

// projects lists what villages build.
func (s *Screens) projects(c *fiber.Ctx) error {
	n, err := parts.NarrowTo(c, s.Directory, parts.Narrow{
		Path:   "/projects",
		Hint:   "项目或村",
		Sum:    "估算（元）",
		Day:    "公开日期",
		States: web.StatesOf(works.PublicStates(), works.StateLabel),
	})
	return parts.Show(s.Kit, c, n, err, "works/projects", "村级工程", projectColumns,
		func(q casework.Query) ([]works.Project, int, error) {
			return s.Works.SeeProjects(c.UserContext(), identity.Actor{}, q)
		})
}

type project = works.Project

var projectColumns = []table.Column[project]{
	table.Text("项目", func(p project) string { return p.Name }),
	table.Text("村", func(p project) string { return p.VillageName }),
	table.Text("状态", project.Label),
	table.Text("建设地点", func(p project) string { return p.Place }),
	table.Yuan("估算（元）", func(p project) money.Fen { return p.Estimate }),
	table.Yuan("合同价（元）", func(p project) money.Fen { return p.Sums.Contract }),
	table.Yuan("结算（元）", func(p project) money.Fen { return p.Sums.Final }),
	table.Yuan("已付（元）", func(p project) money.Fen { return p.Sums.Paid }),
	table.Day("下一环节最晚", func(p project) calendar.Date { return p.NextDue }),
	table.Moment("公开时间", func(p project) time.Time { return p.ConfirmedAt }),
}
