package demo

import (
	"sunlot/internal/money"
	"sunlot/trading"
)

// TeaGarden is the notice that a visitor finds open for registration.
var TeaGarden = story{
	clerk:       "clerk2",
	supervision: "supervision2",
	group:       "松坪村第一村民小组",
	collective:  "松坪村经济合作社",
	asset: trading.AssetForm{
		Name:       "松坪一组茶园",
		Kind:       trading.FarmLand,
		Location:   "松坪村东坡，村道旁",
		Area:       2150,
		Use:        "茶叶种植，不得改变农业用途",
		Title:      "村民小组农民集体所有，无权属争议，无抵押",
		LastRent:   26000,
		LastTenant: "上一承租方",
		Plots: []trading.Plot{
			{Name: "上园", Area: 1200, East: "山路", South: "水渠", West: "林地", North: "山脊"},
			{Name: "下园", Area: 950, East: "村道", South: "溪", West: "水渠", North: "上园"}},
	},
	title:      "松坪一组茶园经营权出租公告",
	floor:      28000,
	start:      30000,
	step:       1000,
	years:      3,
	priorities: []trading.Priority{trading.MemberFirst},
}

// pond is the finished lot.
var pond = story{
	clerk:       "clerk2",
	supervision: "supervision2",
	group:       "松坪村第一村民小组",
	collective:  "松坪村经济合作社",
	asset: trading.AssetForm{
		Name:       "松坪一组山塘",
		Kind:       trading.WaterLand,
		Location:   "松坪村西沟",
		Area:       1820,
		Use:        "水产养殖，不得污染水源",
		Title:      "村民小组农民集体所有，无权属争议，无抵押",
		LastRent:   28000,
		LastTenant: "上一承租方",
		Plots:      []trading.Plot{{Name: "山塘", Area: 1820, East: "山路", South: "坝", West: "林地", North: "山脊"}},
	},
	title:      "松坪一组山塘经营权出租公告",
	floor:      30000,
	start:      32000,
	step:       500,
	years:      5,
	priorities: []trading.Priority{trading.MemberFirst},
	bidders:    []string{"script1", "script2", "script3"},
}

// liveStories are let one after another: the first is live, the next for whoever asks.
var liveStories = []story{
	liveStory("板栗园", trading.FarmLand, 3200, 36000), liveStory("河滩旱地", trading.FarmLand, 2680, 42000),
	liveStory("果园", trading.FarmLand, 1960, 52000),
}

func liveStory(name string, kind trading.AssetKind, area money.Area, start money.Fen) story {
	return story{
		clerk:       "clerk2",
		supervision: "supervision2",
		group:       "松坪村第一村民小组",
		collective:  "松坪村经济合作社",
		asset: trading.AssetForm{
			Name:       "松坪一组" + name,
			Kind:       kind,
			Location:   "松坪村南岭",
			Area:       area,
			Use:        "按原用途种植和管护，不得改变农业用途",
			Title:      "村民小组农民集体所有，无权属争议，无抵押",
			LastRent:   start - 4000,
			LastTenant: "上一承租方",
			Plots:      []trading.Plot{{Name: name, Area: area, East: "村道", South: "溪", West: "林地", North: "山路"}},
		},
		title:      "松坪一组" + name + "经营权出租公告",
		floor:      start - 2000,
		start:      start,
		step:       100,
		years:      5,
		priorities: []trading.Priority{trading.MemberFirst},
		bidders:    []string{"script1", "script2", "script3"},
	}
}

// shop is let; its tenant is behind with the first rent.
var shop = story{
	clerk: "clerk4", supervision: "supervision4", town: &nanhe,
	group: "柳湾村经济合作社", collective: "柳湾村经济合作社", assembly: "member_representatives",
	asset: building("柳湾村临街店铺", "柳湾村桥头，街道南侧", 8000, "经营日用百货、农资，不得存放危险品", 1125),
	title: "柳湾村临街店铺出租公告",
	unit:  money.SquareMetreMonth,
	floor: 1180, start: 1200, step: 100, years: 3, use: shopUse,
	bidders: []string{"script1", "script2"},
}

// warehouse found no bidder.
var warehouse = story{
	clerk: "clerk2", supervision: "supervision2", group: "松坪村第一村民小组", collective: "松坪村经济合作社",
	asset: building("松坪一组旧仓库", "松坪村晒谷场北侧", 30_000, "存放农具和农产品", 300),
	title: "松坪一组旧仓库出租公告",
	unit:  money.SquareMetreMonth,
	floor: 325, start: 350, step: 10, years: 3, use: shopUse,
}

// nursery came back from the station with a reason.
var nursery = story{
	clerk: "clerk", supervision: "supervision", group: "青塘村第三村民小组", collective: "青塘村经济合作社",
	asset: land("青塘三组苗圃", "青塘村北坡，渠道上方", trading.FarmLand, 1480, 32_000),
	title: "青塘三组苗圃经营权出租公告",
	floor: 34_000, start: 36_000, step: 500, years: 5, priorities: []trading.Priority{trading.MemberFirst},
}

// dryingGround waits for the committee to look at its resolution.
var dryingGround = story{
	clerk: "clerk", supervision: "supervision", group: "青塘村第三村民小组", collective: "青塘村经济合作社",
	asset: land("青塘三组晒谷坪旁旱地", "青塘村晒谷坪东侧", trading.FarmLand, 960, 30_000),
	title: "青塘三组晒谷坪旁旱地经营权出租公告",
	floor: 31_000, start: 32_000, step: 500, years: 3, priorities: []trading.Priority{trading.MemberFirst},
}

// school waits for the leader, orchard for the station.
var (
	school = story{
		clerk: "clerk3", supervision: "supervision3", group: "石桥村第二村民小组", collective: "石桥村经济合作社",
		asset: building("石桥二组旧校舍", "石桥村小学旧址", 53_300, "加工、存放农产品，不得改变房屋结构", 225),
		title: "石桥二组旧校舍出租公告",
		unit:  money.SquareMetreMonth,
		floor: 235, start: 250, step: 10, years: 5, use: shopUse,
	}
	orchard = story{
		clerk: "clerk3", supervision: "supervision3", group: "石桥村第二村民小组", collective: "石桥村经济合作社",
		asset: land("石桥二组橘园", "石桥村东坡", trading.FarmLand, 2240, 38_000),
		title: "石桥二组橘园经营权出租公告",
		floor: 40_000, start: 42_000, step: 500, years: 5, priorities: []trading.Priority{trading.MemberFirst},
	}
)

// cedars are sold as they stand; the notice is open for registration.
var cedars = story{
	clerk: "clerk3", supervision: "supervision3", group: "石桥村第二村民小组", collective: "石桥村经济合作社",
	asset: trading.AssetForm{
		Name:     "石桥二组杉木",
		Kind:     trading.Timber,
		Location: "石桥村北岭，机耕路上方",
		Area:     32_000,
		Measure:  money.CubicMetre,
		Use:      "按采伐许可证采伐，采伐后更新造林",
		Title:    "村民小组农民集体所有，已取得林木采伐许可，无权属争议",
	},
	title: "石桥二组杉木出让公告",
	side:  trading.Sell, unit: money.Total,
	floor: 9_200_000, start: 9_600_000, step: 100_000, texts: map[string]string{
		"use":           "只采伐许可证载明的范围、树种和数量，采伐后由村民小组更新造林。",
		"conditions":    "按现状整片出让；公示期满后五个工作日内签订合同，付清价款后交付；采伐、运输由受让方自负。",
		"qualification": "自然人、法人和非法人组织都可以报名。",
		"burdens":       "集体所有，无抵押、无查封、无争议。",
		"pricing_basis": "按林业站出具的蓄积量调查和当地木材收购价，由会议决定底价。",
	},
}

// reservoir is open for registration; some have registered, one of them waits for the
// station. It opens for whoever moves the clock on.
var reservoir = story{
	clerk: "clerk5", supervision: "supervision5", town: &nanhe,
	group: "高岭村第三村民小组", collective: "高岭村经济合作社",
	asset: land("高岭三组水塘", "高岭村水库下游，村道西侧", trading.WaterLand, 2600, 29_000),
	title: "高岭三组水塘经营权出租公告",
	floor: 30_000, start: 31_000, step: 500, years: 4, priorities: []trading.Priority{trading.MemberFirst},
	bidders: []string{"script1", "script2", "script4"},
}

// bamboo has been decided on; the clerk is about to draft its notice.
var bamboo = story{
	clerk: "clerk6", supervision: "supervision6", town: &nanhe,
	group: "竹溪村第一村民小组", collective: "竹溪村经济合作社",
	asset: land("竹溪一组毛竹林", "竹溪村后山", trading.FarmLand, 5400, 16_000),
	title: "竹溪一组毛竹林经营权出租公告",
	floor: 17_000, start: 18_000, step: 200, years: 8, priorities: []trading.Priority{trading.MemberFirst},
}

// shopUse is what a notice says of a building.
const shopUse = "按现有用途使用，不得转租、不得改变房屋结构；消防、用电安全由承租方负责。"

func land(name, where string, kind trading.AssetKind, area money.Area, last money.Fen) trading.AssetForm {
	use := "按原用途种植和管护，不得改变农业用途"
	if kind == trading.WaterLand {
		use = "水产养殖，不得污染水源"
	}
	return trading.AssetForm{
		Name:       name,
		Kind:       kind,
		Location:   where,
		Area:       area,
		Use:        use,
		Title:      "村民小组农民集体所有，无权属争议，无抵押",
		LastRent:   last,
		LastTenant: "上一承租方",
		Plots:      []trading.Plot{{Name: name, Area: area, East: "村道", South: "水渠", West: "林地", North: "山脚"}},
	}
}

func building(name, where string, area money.Area, use string, last money.Fen) trading.AssetForm {
	return trading.AssetForm{
		Name:       name,
		Kind:       trading.Building,
		Location:   where,
		Area:       area,
		Use:        use,
		Title:      "农民集体所有，无权属争议，无抵押",
		Measure:    money.SquareMetre,
		LastRent:   last,
		LastUnit:   money.SquareMetreMonth,
		LastTenant: "上一承租方",
	}
}
