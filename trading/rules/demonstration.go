package rules

// The rules that the demonstration county borrows its figures from.
var (
	// The text of 2018 was read; that of 28 October 2025, in force from 2026 on, was not.
	villages = Source{
		Title:   "中华人民共和国村民委员会组织法",
		Edition: "2018修正",
		From:    "2018-12-29",
		To:      "2025-12-31",
	}
	contracts = Source{Title: "中华人民共和国农村土地承包法", Edition: "2018修正", From: "2019-01-01"}
	auctions  = Source{Title: "最高人民法院关于人民法院网络司法拍卖若干问题的规定", Kind: Borrowed}
	wuzhong   = Source{Title: "吴忠农村产权交易中心发布出让信息操作规则（试行）", Kind: Borrowed}
	tenders   = Source{Title: "中华人民共和国招标投标法实施条例", Kind: Borrowed}
	local     = Source{Title: "示范县农村产权流转交易规则参数表", Kind: Local}
)

func (s Source) art(article string) Source { s.Article = article; return s }

// twoThirdsToOutsiders is the consent that contracting land to outsiders needs;
// the township's approval comes on top.
var twoThirdsToOutsiders = Share{Num: 2, Den: 3, Source: contracts.art("第五十二条")}

// demonstration is "示范县": the county is fictional, the rules and figures are
// real where a source stands beside them. No national text fixes them all, so
// a county's own pack replaces this one.
var demonstration = Pack{
	ID:      "shifan",
	Name:    "示范县",
	Version: 1,

	// Ten and, in spring, five working days are what farm-land listings of 2024
	// were read to use; seven is the floor of the Wuzhong exchange's rules.
	NoticeDays:      Number{10, "working_day", local},
	SpringDays:      Number{7, "working_day", wuzhong.art("第四条")},
	NoticeMaxDays:   Number{120, "working_day", wuzhong.art("第四条")},
	DeadlineHour:    Number{16, "hour", local},
	OpeningHour:     Number{9, "hour", local},
	SupplementDays:  Number{5, "working_day", local},
	DepositPercent:  Number{10, "percent", local},
	DepositMin:      Number{5, "percent", auctions.art("第十七条")},
	DepositMax:      Number{20, "percent", auctions.art("第十七条")},
	FreeSeconds:     Number{3600, "second", local},
	ExtendWindow:    Number{300, "second", auctions.art("第二十条")},
	ExtendSeconds:   Number{300, "second", auctions.art("第二十条")},
	StepMaxMultiple: Number{10, "multiple", local},
	// No rural rule that was read fixes how long a result is public; three days
	// is the figure of tender law, which binds tenders and not leases.
	ResultDays:    Number{3, "working_day", local},
	AnswerDays:    Number{3, "day", tenders.art("第五十四条")},
	RefundDays:    Number{5, "working_day", local},
	SignDays:      Number{5, "working_day", local},
	FirstRentDays: Number{10, "day", local},

	// Court auctions tell the holders of a right to buy first three days before the
	// notice, or show for five that nobody reaches them.
	PriorityDays:  Number{3, "day", auctions.art("第十六条")},
	UnreachedDays: Number{5, "day", auctions.art("第十六条")},

	LeaseMaxYears: Number{20, "year", Source{Title: "中华人民共和国民法典", Article: "第七百零五条"}},

	RollDays: Number{5, "working_day", local},
	// Up to this sum the village works of Fuding are given out by a draw among the
	// qualified, as its discipline office described on 6 March 2024. The text of
	// the rule itself was not read, so the county sets the figure for itself.
	WorksLimit: Number{150_000, "yuan", Source{Title: "示范县村级小型工程参数，参照福鼎市公开的简易评标做法", Kind: Local}},

	Procedure: []Step{
		{Key: "propose", Label: "村党组织提议"},
		{Key: "consult", Label: "村“两委”商议"},
		{Key: "party", Label: "党员大会审议"},
		{Key: "decide", Label: "村民会议、村民代表会议（村民小组会议）决议"},
		{Key: "publish", Label: "决议公开"},
		{Key: "report", Label: "实施结果公开", After: true},
	},
	ProcedureSource: Source{Title: "四议两公开工作法"},
	MembersFirst:    contracts.art("第三十八条第（五）项、第五十一条"),
	Assemblies: map[string]Assembly{
		"group_meeting": {
			Label: "村民小组会议（户代表）", Member: "户代表", Body: "villager_group",
			Quorum:    Share{Num: 2, Den: 3, Source: villages.art("第二十八条")},
			Pass:      Share{Num: 1, Den: 2, Strict: true, Source: villages.art("第二十八条")},
			Outsiders: twoThirdsToOutsiders,
		},
		"village_representatives": {
			Label: "村民代表会议", Member: "村民代表", Body: "village_committee",
			Quorum:    Share{Num: 2, Den: 3, Source: villages.art("第二十六条")},
			Pass:      Share{Num: 1, Den: 2, Strict: true, Source: villages.art("第二十六条")},
			Outsiders: twoThirdsToOutsiders,
		},
		"member_representatives": {
			Label: "成员代表大会", Member: "成员代表", Body: "collective",
			Quorum:    Share{Num: 2, Den: 3, Source: Source{Title: "中华人民共和国农村集体经济组织法", Article: "第二十八条"}},
			Pass:      Share{Num: 2, Den: 3, Source: Source{Title: "中华人民共和国农村集体经济组织法", Article: "第二十八条"}},
			PassOfAll: true,
			Outsiders: twoThirdsToOutsiders,
		},
	},
	NoticeFields: auctions.art("第十三条"),
}
