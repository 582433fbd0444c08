package tendering

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"

	"sunlot/disclosure/privacy"
	"sunlot/internal/calendar"
	"sunlot/internal/money"
	"sunlot/trading"
	"sunlot/trading/register"
	"sunlot/trading/rules"
)

// Verdict is what the program makes of one point of a draft.
type Verdict string

const (
	Good Verdict = "good" // 符合
	Bad  Verdict = "bad"  // 不符合
	Look Verdict = "look" // "需人工核对": the program cannot judge it
)

// Tick is one point of a draft under review: what was found, what is asked of
// it, and by which rule.
type Tick struct {
	Label, Found, Asked, Source string
	Verdict                     Verdict
}

// board is the facts that the ticks are made from.
type board struct {
	pack  rules.Pack
	asset trading.Asset
	vote  trading.Resolution
	draft trading.Tender
	term  Term // of the notice, published now
	now   time.Time

	others []register.Occupancy // what else has the asset in the term
	again  *Again               // what the next notice of the asset follows; nil for its first
}

// ticks is what the program can say of a draft by itself, for the reviewer to
// trust or to doubt.
func ticks(b board) []Tick {
	var all []Tick
	for _, part := range []func(board) []Tick{voteTicks, priceTicks, dayTicks, assetTicks, textTicks} {
		all = append(all, part(b)...)
	}
	order := []Verdict{Bad, Look, Good} // what needs a person comes first
	slices.SortStableFunc(all, func(a, b Tick) int {
		return cmp.Compare(slices.Index(order, a.Verdict), slices.Index(order, b.Verdict))
	})
	return all
}

// tick is good when it is met.
func tick(label string, met bool, found, asked string, source fmt.Stringer) Tick {
	t := Tick{Label: label, Found: found, Asked: asked, Source: source.String(), Verdict: Bad}
	if met {
		t.Verdict = Good
	}
	return t
}

// said is a source in words of its own.
type said string

func (s said) String() string { return string(s) }

const (
	byVote   said = "本次决议"
	byTerm   said = "公告期推算"
	byEye    said = "需人工核对"
	byNobody said = "平台提醒"
)

// read leaves to a person what rests on a text that was no more in force on the day of the
// vote: its share may be another today.
func (b board) read(s rules.Share, t Tick) Tick {
	if t.Verdict == Good && !s.Source.InForce(b.vote.HeldOn()) {
		t.Verdict = Look
		t.Asked += "（开会那天施行的条文没有核对，请对照现行条文）"
	}
	return t
}

func voteTicks(b board) []Tick {
	c, assembly := b.vote.Count, b.pack.Assemblies[b.vote.Assembly]
	found := b.vote.Label()
	if b.vote.State == trading.Confirmed && !b.vote.Lawful && len(b.vote.Reasons) > 0 {
		found = b.vote.Reasons[0]
	}
	whole, of := c.Present, "到会"
	if assembly.PassOfAll {
		whole, of = c.Due, "应到"
	}
	all := []Tick{
		tick("决议已核实，各步骤齐全、顺序正确", b.vote.State == trading.Confirmed && b.vote.Lawful, found, "村务监督委员会核实，四议两公开各步都办过",
			b.pack.ProcedureSource),
		b.read(assembly.Quorum,
			tick("到会人数", assembly.Quorum.Met(c.Present, c.Due), fmt.Sprintf("应到 %d 人，到会 %d 人", c.Due, c.Present),
				assembly.Quorum.String(), assembly.Quorum.Source)),
		b.read(assembly.Pass, tick("同意人数", assembly.Pass.Met(c.For, whole),
			fmt.Sprintf("%s %d 人，同意 %d 人", of, whole, c.For),
			assembly.Pass.String(), assembly.Pass.Source)),
	}
	if b.vote.Outsiders && b.asset.Kind.Land() {
		all = append(all, tick("土地租给本集体以外的单位或者个人", assembly.Outsiders.Met(c.For, c.Due),
			fmt.Sprintf("应到 %d 人，同意 %d 人", c.Due, c.For),
			assembly.Outsiders.String(), assembly.Outsiders.Source))
	}
	return all
}

// cutTick judges the start price of a notice by the one before it, which came to nothing.
func cutTick(b board) Tick {
	t, before := b.draft, b.again.Last
	label := fmt.Sprintf("第%d次公告的起始价", b.again.Count)
	cut := before.CutAfter(b.pack, b.vote.ID, b.vote.HeldOn())
	found := fmt.Sprintf("%s，上一次%s", t.Unit.Price(t.StartPrice), before.Unit.Price(before.StartPrice))
	if before.Side != t.Side || before.Unit != t.Unit {
		return Tick{Label: label, Found: found, Asked: "计价单位和上一次不同，请人工比较", Source: byEye.String(), Verdict: Look}
	}
	lowest := trading.LowestAfter(before.StartPrice, cut.Value())
	return tick(label, t.StartPrice >= lowest, found, "不低于 "+t.Unit.Price(lowest), cut.Source)
}

func priceTicks(b board) []Tick {
	t := b.draft
	say := t.Side.Say()
	all := []Tick{
		tick("起始价和底价", t.StartPrice >= b.vote.FloorPrice, t.Unit.Price(t.StartPrice),
			"不低于 "+t.Unit.Price(b.vote.FloorPrice), byVote),
		tick("保证金比例",
			t.DepositPercent >= b.pack.DepositMin.Value() && t.DepositPercent <= b.pack.DepositMax.Value(),
			fmt.Sprintf("%s的 %d%%，%s 元", say.First, t.DepositPercent, t.Deposit().Yuan()),
			fmt.Sprintf("%d%% 至 %d%%", b.pack.DepositMin.Value(), b.pack.DepositMax.Value()), b.pack.DepositMax.Source),
	}
	if b.again != nil {
		all = append(all, cutTick(b))
	}
	if t.Side == trading.Sell {
		return all
	}
	return append(all,
		lastTick(b),
		tick("租期和决议", t.Years <= b.vote.Years, fmt.Sprintf("%d 年", t.Years), fmt.Sprintf("不超过 %d 年", b.vote.Years),
			byVote),
		tick("租期上限", t.Years <= b.pack.LeaseMaxYears.Value(), fmt.Sprintf("%d 年", t.Years),
			fmt.Sprintf("不超过 %d 年", b.pack.LeaseMaxYears.Value()), b.pack.LeaseMaxYears.Source))
}

// lastTick sets the start price beside the last rent, by the year's sum where they are for
// different things.
func lastTick(b board) Tick {
	t, last := b.draft, b.asset.LastUnit.Sum(b.asset.LastRent, b.asset.Area)
	price := tick("起始价和上一期租金", t.Yearly() >= last, t.Unit.Price(t.StartPrice),
		"上一期 "+b.asset.LastPrice()+"；低于上一期的，请核对定价依据是否充分", byEye)
	switch {
	case last == 0:
		price.Asked, price.Source = "此前未出租，没有可比的", byNobody.String()
	case t.Yearly() < last:
		price.Verdict = Look
	}
	return price
}

func dayTicks(b board) []Tick {
	t, day := b.draft, b.now.In(calendar.Beijing)
	today := calendar.DateOf(b.now)
	until := calendar.DateOf(b.term.RegisterUntil)
	opens := calendar.DateOf(b.term.OpensAt)
	least := b.pack.MinNotice(int(day.Month())*100 + day.Day())
	all := []Tick{
		tick("公告期", t.NoticeDays >= least.Value(), fmt.Sprintf("%d 个工作日", t.NoticeDays),
			fmt.Sprintf("今天发布的不少于 %d 个工作日", least.Value()), least.Source),
		tick("现场看样日", today < t.InspectionOn && t.InspectionOn <= until, string(t.InspectionOn),
			fmt.Sprintf("今天发布的，在 %s 报名截止以前", until), byTerm),
		tick(t.Side.Say().StartsOn, t.StartsOn > opens, string(t.StartsOn),
			fmt.Sprintf("今天发布的，在 %s 竞价以后", opens), byTerm),
		freeTick(b),
	}
	if t.Side == trading.Let {
		all = append(all, rentTick(t))
	}
	return append(all, priorityTicks(b, today)...)
}

// priorityTicks says who stands before others, and whether they have been told.
func priorityTicks(b board, today calendar.Date) []Tick {
	rights := trading.RightsOf(b.pack, b.asset.Kind, b.vote.ResolutionForm)
	var source fmt.Stringer = byVote
	if rights.Statute.Title != "" {
		source = rights.Statute
	}
	if len(rights.Priorities) == 0 {
		return []Tick{tick("通知优先权人", true, "决议没有写优先权人，法律在这里也没有规定", "不用通知", source)}
	}
	holders := strings.Join(rights.Labels(), "、")
	told := string(b.draft.PriorityNotified)
	if told == "" {
		told = "没有填"
	}
	before, asked := toldBefore(b.pack, b.draft.TenderForm), "发布前不少于%s通知：%s"
	if b.draft.PriorityUnreached != "" {
		asked = "无法通知的，发布前不少于%s公示：%s"
		told += "起公示，理由：" + b.draft.PriorityUnreached
	}
	met := b.draft.PriorityNotified != "" && b.draft.PriorityNotified <= today.AddDays(-before.Value())
	all := []Tick{tick("通知优先权人", met, told, fmt.Sprintf(asked, before, holders), before.Source)}
	if rights.Statute.Title == "" {
		return all
	}
	found := "决议写的：" + strings.Join(trading.Rights{Priorities: b.vote.Priorities}.Labels(), "、")
	if len(b.vote.Priorities) == 0 {
		found = "决议没有写"
	}
	met = slices.Equal(rights.Priorities, b.vote.Priorities)
	order := tick("优先权的顺位", met, found, "法律规定本集体成员在先，公告和竞价按："+holders, source)
	if !met {
		order.Verdict = Look
	}
	return append(all, order)
}

// longAhead is how many days before its year a rent may be due before a person has
// to look whether that is meant.
const longAhead = 183

// rentTick says how long before its year the rent is due.
func rentTick(t trading.Tender) Tick {
	if t.Years < 2 {
		return tick("每年租金缴纳日", true, "只租一年", "签订合同后交清", byTerm)
	}
	due, begins := t.RentDay(2), t.StartsOn.AddYears(1)
	ahead := due.DaysUntil(begins)
	rent := tick("每年租金缴纳日", true, fmt.Sprintf("第二年从 %s 开始，租金 %s 前交清，提前 %d 天", begins, due, ahead),
		fmt.Sprintf("先交租金、后使用，不晚于当年第一天；提前超过 %d 天的，看是不是这样约定的", longAhead), byTerm)
	if ahead > longAhead {
		rent.Verdict = Look
	}
	return rent
}

// freeTick says whether something else has the asset in the term.
func freeTick(b board) Tick {
	from, to := b.draft.StartsOn, b.draft.EndsOn()
	meets := register.Meets(b.others, b.asset, from, to, b.draft.ID)
	found := meets
	if meets == "" {
		found = fmt.Sprintf("%s至%s没有别的公告或合同", from, to)
	}
	if meets == "" && to == calendar.Last {
		found = fmt.Sprintf("%s起没有别的公告或合同", from)
	}
	return tick("资产空着", meets == "", found, "和已公告的、已签合同的、登记的上一租期都不相交", said("资产占用"))
}

// enoughPhotos is how many photos show a place well enough for most.
const enoughPhotos = 3

func assetTicks(b board) []Tick {
	var plots money.Area
	for _, p := range b.asset.Plots {
		plots += p.Area
	}
	photos := Tick{
		Label:   "现场照片",
		Found:   fmt.Sprintf("%d 张", len(b.asset.Photos)),
		Asked:   fmt.Sprintf("%d 张以上，能反映现状", enoughPhotos),
		Source:  byNobody.String(),
		Verdict: Good,
	}
	if len(b.asset.Photos) < enoughPhotos {
		photos.Verdict = Look
	}
	area := tick(b.asset.Measure.Name(), len(b.asset.Plots) == 0 || plots == b.asset.Area,
		"登记 "+b.asset.Says()+"，各地块合计 "+plots.Mu()+" 亩", "两个数一致", said("资产登记"))
	if len(b.asset.Plots) == 0 {
		area.Found = "登记 " + b.asset.Says() + "，没有分地块"
	}
	return []Tick{area, photos}
}

func textTicks(b board) []Tick {
	t := Tick{
		Label:   "公告里的个人信息",
		Found:   "没有发现",
		Asked:   "不写个人手机、身份证号、个人账户：公告发布后不能撤回",
		Source:  byNobody.String(),
		Verdict: Good,
	}
	for _, text := range b.draft.Texts() {
		if hits := privacy.Find(*text.Value); len(hits) > 0 {
			t.Found, t.Verdict = fmt.Sprintf("“%s”里有经两人放行的%s", text.Label, hits[0].Kind), Look
			break
		}
	}
	asked := "只限本集体成员的，请核对资格条件是否写明"
	if b.vote.Outsiders {
		asked = "决议不限于本集体成员：资格条件不得指向特定的人"
	}
	return []Tick{t, {Label: "资格条件和交易条件", Found: "见公告", Asked: asked, Source: byEye.String(), Verdict: Look}}
}
