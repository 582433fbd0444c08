package results

import (
	"time"

	"github.com/gofiber/fiber/v2"

	"sunlot/internal/casework"
	"sunlot/internal/identity"
	"sunlot/internal/money"
	"sunlot/trading"
	"sunlot/trading/bidding"
	"sunlot/trading/contracts"
	"sunlot/web"
	"sunlot/web/public/parts"
	"sunlot/web/table"
)

// resultPage is what came of a lot, and the place for objections.
type resultPage struct {
	Tender     trading.Tender
	Lot        trading.Lot
	Award      *trading.Award // nil when the lot failed
	Open       bool           // objections are taken
	Objections []trading.Objection
	Proof      *web.Proof
	Money      *contracts.Money // nil before the contract is signed
	Targets    []web.Choice
	Typed      web.Typed
}

// targets are those against whose acts an objection may be.
var targets = []web.Choice{
	{Value: string(trading.AtVillage), Label: trading.AtVillage.Label(), Hint: "公告、现场看样、资产本身；由乡镇经管站答复"},
	{Value: string(trading.AtStation), Label: trading.AtStation.Label(), Hint: "报名审核、保证金、竞价组织；由乡镇分管领导答复"},
}

func (s *Screens) result(c *fiber.Ctx) error {
	page, err := s.resultPage(c, web.Typed{})
	if err != nil {
		return err
	}
	return s.Kit.Page(c, "results/result", page)
}

func (s *Screens) resultPage(c *fiber.Ctx, kept web.Typed) (resultPage, error) {
	ctx, who := c.UserContext(), web.Actor(c)
	page := resultPage{Targets: targets, Typed: kept}
	room, err := s.Bidding.SeeRoom(ctx, who, c.Params("id"), bidding.NewestBid)
	if err != nil {
		return page, err
	}
	page.Lot = room.Lot
	if page.Lot.State == trading.Listed || page.Lot.State == trading.Bidding {
		return page, web.NotYet("竞价还没有结束，暂无结果")
	}
	page.Tender, err = s.Tendering.SeeTender(ctx, who, page.Lot.Tender)
	if err != nil {
		return page, err
	}
	page.Proof, err = web.Badge(c, s.Standings, page.Lot.Event)
	if err != nil || room.Award == nil {
		return page, err
	}
	page.Award = room.Award
	page.Open = page.Award.State == trading.Publicised && s.Days.Clock.Now().Before(page.Award.PublicUntil)
	page.Objections, err = s.Bidding.SeeObjections(ctx, identity.Actor{}, page.Lot.ID)
	if err != nil {
		return page, err
	}
	page.Money, err = parts.Money(c.UserContext(), s.Contracts, page.Lot.ID)
	return page, err
}

func (s *Screens) object(c *fiber.Ctx) error {
	r := web.Read(c)
	form := trading.ObjectionForm{
		Lot:    c.Params("id"),
		Target: trading.Target(r.Text("target")),
		Name:   r.Text("name"),
		Phone:  r.Text("phone"),
		Text:   r.Text("text"),
	}
	who := web.Actor(c)
	err := s.Sessions.CountObjection(c.UserContext(), who, web.From(c).Network)
	if err == nil {
		_, err = s.Bidding.Object(c.UserContext(), who, r.RequestID(), form, web.Arrived(c))
	}
	if err != nil {
		page, pageErr := s.resultPage(c, r.Typed)
		if pageErr != nil {
			return err
		}
		return s.Kit.Again(c, err, "results/result", page)
	}
	return s.Kit.Done(c, "/lots/"+form.Lot+"/result", "异议已收到，已写入公开日志；答复前不签合同。")
}

// results lists what has been let.
func (s *Screens) results(c *fiber.Ctx) error {
	n, err := parts.NarrowTo(c, s.Directory, parts.Narrow{
		Path:   "/results",
		Hint:   "资产、成交人、项目编号",
		Sum:    "年租金或者价款（元）",
		Day:    "成交日期",
		States: web.StatesOf(trading.AwardStates(), trading.AwardLifecycle.Label),
		Kinds:  parts.AssetKinds(),
		Sorts:  []web.Choice{{Value: "newest", Label: "最新成交"}, {Value: "yearly", Label: "年租金、价款从高到低"}},
	})
	return parts.Show(s.Kit, c, n, err, "results/list", "成交结果", awardColumns,
		func(q casework.Query) ([]trading.Award, int, error) {
			return s.Bidding.SeeAwards(c.UserContext(), identity.Actor{}, q)
		})
}

type awarded = trading.Award

// winner is nobody when the result does not stand.
func winner(a awarded) string {
	if !a.Stands() {
		return ""
	}
	return a.Name
}

var awardColumns = []table.Column[awarded]{
	table.Text("资产", func(a awarded) string { return a.LotTitle }),
	table.Text("状态", awarded.Label),
	table.Text("成交人", winner),
	table.Text("竞买号", func(a awarded) string { return a.Number }),
	table.YuanIf("成交价（元）", awarded.Stands, func(a awarded) money.Fen { return a.Price }),
	table.Text("计价单位", func(a awarded) string { return a.Unit.Label() }),
	table.Mu("面积或者数量", func(a awarded) money.Area { return a.Size }),
	table.Text("计量单位", func(a awarded) string { return a.Measure.Label() }),
	table.YuanIf("年租金或者价款（元）", awarded.Stands, func(a awarded) money.Fen { return a.Yearly }),
	table.YuanIf("租金总额或者价款（元）", awarded.Stands, func(a awarded) money.Fen { return a.Whole }),
	table.YuanIf("比起始价多收（元，租赁按一年）", awarded.Stands, awarded.OverStart),
	table.Moment("成交时间", func(a awarded) time.Time { return a.AwardedAt }),
}
