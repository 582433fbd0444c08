package rolls

import (
	"slices"
	"time"

	"github.com/gofiber/fiber/v2"

	"sunlot/admin"
	"sunlot/internal/casework"
	"sunlot/trading/rolls"
	"sunlot/trading/rules"
	"sunlot/web"
	"sunlot/web/table"
)

// review is what the station holds against what it knows of the body.
var review = []web.ReviewField{
	{Name: "body", Label: "单位和会议"}, {Name: "from", Label: "起用日期"}, {Name: "members", Label: "应到的人"},
}

type listPage struct {
	admin.ListPage[rolls.Roll]
	Assemblies map[string]rules.Assembly
}

// list shows every edition of the actor's places.
func (s *Screens) list(c *fiber.Ctx) error {
	if table.Asked(c) {
		return s.editions().File(c, s.Kit.Days.Clock.Now())
	}
	rows, err := s.editions().Page(c, s.Kit)
	if err != nil {
		return err
	}
	return s.Kit.Page(c, "office/rolls/rolls", listPage{rows, s.Pack().Assemblies})
}

func (s *Screens) editions() admin.List[rolls.Roll] {
	type row = rolls.Roll
	states := []casework.State{rolls.Entered, rolls.Returned, rolls.Confirmed, rolls.Withdrawn}
	return admin.List[row]{
		Path:   "/office/rolls",
		Name:   "应到人员名册",
		Hint:   "单位",
		States: web.StatesOf(states, rolls.Lifecycle.Label),
		Sorts: []web.Choice{
			{Value: "newest", Label: "最新登记在前"},
			{Value: "from", Label: "起用日期晚的在前"},
		},
		Read: s.Rolls.SeeRolls,
		Case: func(r row) string { return r.ID },
		Columns: []table.Column[row]{
			table.Text("单位", func(r row) string { return r.OrgName }),
			table.Text("会议", func(r row) string { return s.Pack().Assemblies[r.Assembly].Label }),
			table.Text("起用日期", func(r row) string { return string(r.From) }),
			table.Count("应到人数", func(r row) int { return r.Count }),
			table.Text("状态", row.Label),
			table.Moment("登记时间", func(r row) time.Time { return r.EnteredAt }),
			table.Moment("核对时间", func(r row) time.Time { return r.DecidedAt }),
		},
	}
}

type rollView struct {
	Roll     rolls.Roll
	Assembly rules.Assembly
	Change   rolls.Change
	Own      bool // who looks has entered it and cannot confirm it
	Waits    []casework.Waiting
	Trail    []web.Moment
	Review   []web.ReviewField
	Typed    web.Typed
}

func (s *Screens) roll(c *fiber.Ctx) error {
	view, err := s.view(c, web.Typed{})
	if err != nil {
		return err
	}
	return s.Kit.Page(c, "office/rolls/roll", view)
}

func (s *Screens) view(c *fiber.Ctx, kept web.Typed) (rollView, error) {
	who := web.Actor(c)
	r, acts, err := s.Rolls.SeeRoll(c.UserContext(), who, c.Params("id"))
	if err != nil {
		return rollView{}, err
	}
	view := rollView{
		Roll:     r,
		Assembly: s.Pack().Assemblies[r.Assembly],
		Own:      slices.Contains(casework.Hands(acts, rolls.Written...), who.PersonID),
		Trail:    s.Kit.Trail(acts),
		Review:   review,
		Typed:    kept,
	}
	view.Change, err = s.Rolls.SeeChange(c.UserContext(), who, r)
	if err != nil {
		return view, err
	}
	waits, err := s.Kit.Pipeline(c, r.ID)
	view.Waits = waits[r.ID]
	return view, err
}

func (s *Screens) withdraw(c *fiber.Ctx) error {
	r := web.Read(c)
	_, err := s.Rolls.WithdrawRoll(c.UserContext(), web.Actor(c), r.RequestID(), c.Params("id"), r.Version())
	return s.done(c, r, err, "已撤回，可以另外登记一版")
}

func (s *Screens) confirm(c *fiber.Ctx) error {
	r := web.Read(c)
	_, err := s.Rolls.ConfirmRoll(c.UserContext(), web.Actor(c), r.RequestID(), c.Params("id"), r.Version())
	return s.done(c, r, err, "已核对，应到人数已公开并写入公开日志")
}

func (s *Screens) giveBack(c *fiber.Ctx) error {
	r := web.Read(c)
	back := r.Reasons(review)
	_, err := s.Rolls.ReturnRoll(c.UserContext(), web.Actor(c), r.RequestID(), c.Params("id"), back)
	return s.done(c, r, err, "已退回经办人修改")
}

func (s *Screens) done(c *fiber.Ctx, r *web.Reader, err error, message string) error {
	if err == nil {
		return s.Kit.Done(c, "/office/rolls/"+c.Params("id"), message)
	}
	view, viewErr := s.view(c, r.Typed)
	if viewErr != nil {
		return err
	}
	return s.Kit.Again(c, err, "office/rolls/roll", view)
}
