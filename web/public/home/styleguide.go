package home

import (
	"time"

	"github.com/gofiber/fiber/v2"

	"sunlot/internal/fault"
	"sunlot/internal/money"
	"sunlot/trading"
	"sunlot/trading/mode"
	"sunlot/web"
)

// stylePage is each shared part's fictional data. A notice and a lot without an
// id link to all of them.
type stylePage struct {
	Notice  trading.Tender
	Lot     trading.Lot
	Chips   []web.Chip
	Price   money.Fen
	Unit    money.Unit
	Now     time.Time
	Moments []web.Moment
	Plots   []trading.Plot
	Wrong   *web.View
	Proofs  []web.Proof
	Steps   []web.Step
}

// styleguide draws the shared parts by themselves.
func (s *Screens) styleguide(c *fiber.Ctx) error {
	return s.Kit.Page(c, "home/styleguide", sampleStyles())
}

func sampleStyles() stylePage {
	noon := time.Date(2026, 11, 25, 4, 0, 0, 0, time.UTC)
	leaf := "5e1f00d4c3b2a1905e1f00d4c3b2a1905e1f00d4c3b2a1905e1f00d4c3b2a190"
	proofs := []web.Proof{{Leaf: leaf, Index: 128, InChain: true, Page: "/log"}, {Leaf: leaf, Page: "/log"}}
	return stylePage{
		Notice: trading.Tender{
			AssetName:     "样例村鱼塘及旱地",
			OwnerName:     "样例村第一村民小组",
			State:         trading.Announced,
			Area:          3860,
			RegisterUntil: noon.AddDate(0, 0, 9),
			TenderForm:    trading.TenderForm{Title: "样例村鱼塘及旱地经营权出租公告", StartPrice: 40000, Years: 5},
		},
		Lot: trading.Lot{
			Title:     "样例村果园经营权出租公告",
			OwnerName: "样例村经济合作社",
			State:     trading.Bidding,
			Terms:     mode.Terms{Start: 40000},
			Board: mode.Board{EndsAt: noon.Add(time.Hour), Bids: 3,
				Leading: mode.Offer{Bidder: "07", Price: 43000}},
		},
		Chips: []web.Chip{{Label: "未开始"}, {Label: "竞价中", Tone: "busy"}, {Label: "已成交", Tone: "good"},
			{Label: "等待补正", Tone: "warn"}, {Label: "未成交（流标）", Tone: "bad"}},
		Price: 123456,
		Now:   noon,
		Moments: []web.Moment{{At: noon, Title: "发布公告", Who: "村集体经办人", Proof: &proofs[0]},
			{At: noon.AddDate(0, 0, -1), Title: "退回修改", Who: "乡镇经管站", Text: "税费：请写明由谁承担", Tone: "bad"}},
		Plots: []trading.Plot{{Name: "鱼塘", Area: 2860, East: "机耕路", South: "水渠", West: "田埂", North: "山脚"},
			{Name: "旱地", Area: 1000, East: "田埂", South: "机耕路", West: "水渠", North: "鱼塘"}},
		Wrong: &web.View{Fault: "有1处需要改正",
			Fields: []fault.Field{{Name: "price", Message: "报价要比当前价高10元的整数倍，例如 440"}}},
		Proofs: proofs,
		Steps: []web.Step{{Label: "公告", Note: "11月25日", State: "done"}, {Label: "报名", Note: "12月4日截止", State: "now"},
			{Label: "竞价", Note: "12月7日"}, {Label: "签约"}},
	}
}
