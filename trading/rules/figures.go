package rules

import "strings"

// Figure describes one number of every pack: its key in the files, what it is called,
// and within what it makes sense.
type Figure struct {
	Key   string
	Label string
	Unit  string
	Min   int
	Max   int
	// Case marks what a notice and all that follows it will read: without it nothing is
	// announced, so that no case stops half-way for a figure that nobody set.
	Case bool

	in func(*Pack) *Number
}

const (
	yuanMax = 100_000_000
	dayMax  = 365
)

// Figures lists them in the order in which people read them.
var Figures = []Figure{
	days("notice.lease_min", "土地出租公告期，不少于", 250, func(p *Pack) *Number { return &p.NoticeDays }).cased(),
	days("notice.spring_min", "春耕期间（3月1日至5月1日）公告期，不少于", 250,
		func(p *Pack) *Number { return &p.SpringDays }).cased(),
	days("notice.max", "公告期，不超过", 250, func(p *Pack) *Number { return &p.NoticeMaxDays }).cased(),
	figure("notice.deadline_hour", "最后一个工作日的报名截止时刻", "hour", 8, 20,
		func(p *Pack) *Number { return &p.DeadlineHour }).cased(),
	figure("notice.opening_hour", "竞价开始时刻（报名截止后下一个工作日）", "hour", 8, 20,
		func(p *Pack) *Number { return &p.OpeningHour }).cased(),
	days("notice.supplement", "补充公告延长", 60, func(p *Pack) *Number { return &p.SupplementDays }).cased(),
	figure("deposit.lease_pct", "保证金，按首年租金", "percent", 1, 100,
		func(p *Pack) *Number { return &p.DepositPercent }).cased(),
	figure("deposit.lease_min", "保证金，不少于", "percent", 1, 100,
		func(p *Pack) *Number { return &p.DepositMin }).cased(),
	figure("deposit.lease_max", "保证金，不超过", "percent", 1, 100,
		func(p *Pack) *Number { return &p.DepositMax }).cased(),
	figure("bidding.free", "自由竞价时间", "second", 600, 172_800,
		func(p *Pack) *Number { return &p.FreeSeconds }).cased(),
	figure("bidding.ext_window", "顺延时段（截止前多长时间内有人报价就顺延）", "second", 30, 3600,
		func(p *Pack) *Number { return &p.ExtendWindow }).cased(),
	figure("bidding.ext_len", "每次顺延", "second", 30, 3600, func(p *Pack) *Number { return &p.ExtendSeconds }).cased(),
	figure("bidding.step_max_multiple", "单次加价，不超过加价幅度的", "multiple", 1, 1000,
		func(p *Pack) *Number { return &p.StepMaxMultiple }).cased(),
	figure("bidding.step_pct", "加价幅度，建议为起始价的", "percent", 1, 20,
		func(p *Pack) *Number { return &p.StepPercent }),
	figure("bidding.min_bidders", "首次公告，竞买人不少于", "bidder", 1, 9,
		func(p *Pack) *Number { return &p.MinBidders }).cased(),
	figure("bidding.min_bidders_later", "再次公告，竞买人不少于", "bidder", 1, 9,
		func(p *Pack) *Number { return &p.MinBiddersLater }).cased(),
	figure("lease.max_years", "租期，不超过", "year", 1, 20, func(p *Pack) *Number { return &p.LeaseMaxYears }).cased(),
	days("result.publicity_days", "成交结果公示期", 60, func(p *Pack) *Number { return &p.ResultDays }).cased(),
	figure("result.answer_days", "异议答复，不超过", "day", 1, 60,
		func(p *Pack) *Number { return &p.AnswerDays }).cased(),
	days("deposit.refund_days", "公示期满后，未成交竞买人保证金的退还期限", 60,
		func(p *Pack) *Number { return &p.RefundDays }).cased(),
	days("contract.sign_days", "公示期满后签订合同，不超过", 60, func(p *Pack) *Number { return &p.SignDays }).cased(),
	figure("contract.first_rent_days", "签订合同后交清首年租金，不超过", "day", 1, dayMax,
		func(p *Pack) *Number { return &p.FirstRentDays }).cased(),
	figure("priority.notice", "通知优先权人到发布公告，不少于", "day", 1, 60,
		func(p *Pack) *Number { return &p.PriorityDays }).cased(),
	figure("priority.public_if_unreachable", "优先权人无法通知的，公示到发布公告，不少于", "day", 1, 60,
		func(p *Pack) *Number { return &p.UnreachedDays }).cased(),
	figure("priority.tenant_notice", "出卖出租房屋，通知承租人到视为放弃优先购买", "day", 1, 60,
		func(p *Pack) *Number { return &p.TenantNoticeDays }),
	days("relist.cycle", "没有成交的，再次公告，不超过", dayMax, func(p *Pack) *Number { return &p.RelistDays }).cased(),
	figure("relist.price_cut_max", "再次公告降低起始价，没有新决议的，不超过", "percent", 0, 20,
		func(p *Pack) *Number { return &p.PriceCut }).cased(),
	figure("relist.price_cut_ceiling", "再次公告降低起始价，有新决议的，不超过", "percent", 0, 20,
		func(p *Pack) *Number { return &p.PriceCutCeiling }).cased(),
	figure("runner_up.ask", "竞得人违约的，是否询问次高报价人", yesNo, 0, 1,
		func(p *Pack) *Number { return &p.RunnerUpAsked }),
	figure("runner_up.max_below", "次高报价低于成交价，不超过", "percent", 0, 20,
		func(p *Pack) *Number { return &p.RunnerUpBelow }),
	days("runner_up.answer_days", "次高报价人答复，不超过", 30, func(p *Pack) *Number { return &p.RunnerUpDays }),
	figure("default.barred", "违约的竞得人是否不能参加这项资产的再次出租", yesNo, 0, 1,
		func(p *Pack) *Number { return &p.DefaulterBarred }),
	figure("review.qualification_days", "报名审核，不超过", "day", 1, 30,
		func(p *Pack) *Number { return &p.ReviewDays }),
	days("decision.roll_days", "核对应到人员名册，不超过", 60, func(p *Pack) *Number { return &p.RollDays }),
	figure("decision.public_comment", "开会以前公开方案、征求意见，不少于", "day", 1, 60,
		func(p *Pack) *Number { return &p.CommentDays }),
	figure("appraisal.publicity", "评估结果公示，不少于", "day", 1, 60,
		func(p *Pack) *Number { return &p.AppraisalDays }),
	figure("complaint.window", "知道之日起提出投诉，不超过", "day", 1, 60,
		func(p *Pack) *Number { return &p.ComplaintDays }),
	days("complaint.accept", "决定是否受理投诉，不超过", 30, func(p *Pack) *Number { return &p.ComplaintAcceptDays }),
	days("complaint.decide", "受理后作出投诉处理决定，不超过", 90,
		func(p *Pack) *Number { return &p.ComplaintDecideDays }),
	figure("works.threshold_simplified", "村级小型工程（资格审查后随机抽取），估算不超过", "yuan", 1, yuanMax,
		func(p *Pack) *Number { return &p.WorksLimit }),
	figure("works.threshold_township", "由乡镇组织的村级工程，估算不超过", "yuan", 1, yuanMax,
		func(p *Pack) *Number { return &p.WorksTownship }),
	figure("notice.works_doc_days", "工程招标文件的提供时间，不少于", "day", 1, 60,
		func(p *Pack) *Number { return &p.WorksDocDays }),
	figure("notice.works_bid_days", "工程招标文件开始提供到开标，不少于", "day", 1, 60,
		func(p *Pack) *Number { return &p.WorksBidDays }),
	figure("deposit.works_pct_max", "工程投标保证金，不超过估算的", "percent", 1, 100,
		func(p *Pack) *Number { return &p.WorksDepositMax }),
	figure("performance_bond_max", "履约保证金，不超过合同价的", "percent", 1, 100,
		func(p *Pack) *Number { return &p.BondMax }),
	figure("works.min_bids", "工程竞买人少于这个数不开标", "bidder", 1, 9,
		func(p *Pack) *Number { return &p.WorksMinBids }),
	figure("works.candidate_publicity", "工程中标候选人公示，不少于", "day", 1, 60,
		func(p *Pack) *Number { return &p.WorksCandidateDays }),
	figure("works.answer_days", "工程评标结果异议答复，不超过", "day", 1, 60,
		func(p *Pack) *Number { return &p.WorksAnswerDays }),
	figure("works.contract_sign", "工程中标后签订合同，不超过", "day", 1, 60,
		func(p *Pack) *Number { return &p.WorksSignDays }),
	figure("works.change_order_pct", "工程变更不用再审批的，不超过合同价的", "percent", 0, 100,
		func(p *Pack) *Number { return &p.WorksChange }),
	figure("works.retention_pct", "工程质量保证金，合同价的", "percent", 0, 100,
		func(p *Pack) *Number { return &p.WorksRetention }),
	figure("works.final_audit_threshold", "工程决算要审计的，不少于", "yuan", 1, yuanMax,
		func(p *Pack) *Number { return &p.WorksAudit }),
	figure("disclosure.general", "村务公开，间隔不超过", "month", 1, 12,
		func(p *Pack) *Number { return &p.DisclosureMonths }),
	figure("disclosure.finance", "财务收支较多的，公开间隔不超过", "month", 1, 12,
		func(p *Pack) *Number { return &p.FinanceMonths }),
	figure("disclosure.major", "重大事项公开，不超过", "day", 1, 60, func(p *Pack) *Number { return &p.MajorDays }),
	figure("disclosure.answer_village", "村级答复公开的询问，不超过", "day", 1, 60,
		func(p *Pack) *Number { return &p.VillageReplyDays }),
	figure("disclosure.answer_office", "县乡答复公开的询问，不超过", "day", 1, 60,
		func(p *Pack) *Number { return &p.OfficeReplyDays }),
	figure("archive.years", "竞价的电子资料，保存不少于", "year", 1, 100,
		func(p *Pack) *Number { return &p.ArchiveYears }),
}

func figure(key, label, unit string, least, most int, in func(*Pack) *Number) Figure {
	return Figure{
		Key:   key,
		Label: label,
		Unit:  unit,
		Min:   least,
		Max:   most,
		in:    in,
	}
}

func days(key, label string, most int, in func(*Pack) *Number) Figure {
	return figure(key, label, "working_day", 1, most, in)
}

func (f Figure) cased() Figure {
	f.Case = true
	return f
}

// Of is the pack's number of that figure.
func (f *Figure) Of(p Pack) Number { return *f.in(&p) }

// FigureOf finds a figure by its key.
func FigureOf(key string) (*Figure, bool) {
	for i := range Figures {
		if Figures[i].Key == key {
			return &Figures[i], true
		}
	}
	return nil, false
}

// Named is a number with its name on the screen.
type Named struct {
	Key   string
	Label string
	Number
}

// Numbers lists the pack's figures for people to read.
func (p Pack) Numbers() (all []Named) {
	for i := range Figures {
		f := &Figures[i]
		all = append(all, Named{Key: f.Key, Label: f.Label, Number: f.Of(p)})
	}
	return all
}

// Part is the figures of one subject.
type Part struct {
	Label   string
	Numbers []Named
}

// Parts lists the figures by what they are about, for a page on which they are too many at once:
// what a case of letting reads, the works, and the rest.
func (p Pack) Parts() []Part {
	parts := []Part{{Label: "公告、竞价和合同"}, {Label: "村级工程"}, {Label: "再次公告、违约、投诉、决策和公开"}}
	for i, n := range p.Numbers() {
		at := 2
		switch {
		case strings.Contains(n.Key, "works") || n.Key == "performance_bond_max":
			at = 1
		case Figures[i].Case || strings.HasPrefix(n.Key, "bidding."):
			at = 0
		}
		parts[at].Numbers = append(parts[at].Numbers, n)
	}
	return parts
}

// Ready refuses, in words, a pack that lacks something a case will read.
func (p Pack) Ready() error {
	var lacks []*Figure
	for i := range Figures {
		if f := &Figures[i]; f.Case && !f.Of(p).set {
			lacks = append(lacks, f)
		}
	}
	if len(lacks) > 0 {
		return missing(lacks...)
	}
	return nil
}
