package trading

import (
	"fmt"
	"slices"
	"time"

	"sunlot/internal/calendar"
	"sunlot/internal/casework"
	"sunlot/internal/event"
	"sunlot/internal/fault"
	"sunlot/internal/identity"
	"sunlot/internal/money"
	"sunlot/trading/rules"
)

// The states of a tender "交易", as far as the published notice.
const (
	Drafted   casework.State = "drafted"   // 起草中
	Submitted casework.State = "submitted" // 待乡镇经管站审核
	Checked   casework.State = "checked"   // 待乡镇分管领导审批
	Approved  casework.State = "approved"  // 已批准，待发布
	Returned  casework.State = "returned"  // 退回修改
	Withdrawn casework.State = "withdrawn" // 已撤回
	Announced casework.State = "announced" // 公告中
)

// TenderLifecycle is where it may go from each state.
var TenderLifecycle = casework.Lifecycle{
	Noun: "公告",
	Labels: map[casework.State]string{
		Drafted: "起草中", Submitted: "待审核", Checked: "待审批", Approved: "待发布",
		Returned: "退回修改", Withdrawn: "已撤回", Announced: "公告中",
	},
	Moves: map[casework.State][]casework.State{
		Drafted:   {Submitted, Withdrawn},
		Submitted: {Checked, Returned, Drafted},
		Checked:   {Approved, Returned},
		Returned:  {Submitted, Withdrawn},
		Approved:  {Announced, Returned, Withdrawn},
	},
}

// Tender is one letting or sale of one asset.
type Tender struct {
	ID        string
	Path      identity.Path // the asset's
	OwnerName string        // when read
	AssetName string        // when read
	Photo     string        // SHA-256 of the asset's first, when read in a list; empty when there is none

	Attempt Attempt

	Lot          string         // id of its lot, which the notice gives it; empty before
	LotState     casework.State // when read; empty while there is no lot
	LeadingPrice money.Fen      // when read; zero while there is no bid
	EndsAt       time.Time      // of the bidding as it stands, when read

	State   casework.State
	Version int
	TenderForm
	Area    money.Area // the asset's, when drafted, in hundredths of the measure
	Measure money.Measure
	Mend    []fault.Field
	Steps   Steps
	Back    *TenderForm // the terms as they were last returned; nil when they never were

	Number        string        // by which people call it, drawn when it is announced; see NumberOf
	Rules         rules.Edition // under which it was announced
	AnnouncedAt   time.Time
	RegisterUntil time.Time
	OpensAt       time.Time
	Firm          bool      // false while a date rests on a year without a published schedule
	Document      string    // SHA-256 of the notice
	Event         event.Ref // tender.announced
	BoardPhoto    string    // the paper notice on the village board; empty is a gap
	PostedAt      time.Time
}

// NumberOf is the number of a letting, 项目编号 in Chinese, as one says it on the telephone: the
// township's short name, the year in Beijing, and which of the year's it is there, such
// as 云溪2026-0007.
func NumberOf(township string, year, n int) string {
	return fmt.Sprintf("%s%d-%04d", township, year, n)
}

// Steps is who took the case how far, by person id. Handler is never approver.
type Steps struct {
	DraftedBy, SubmittedBy, CheckedBy, ApprovedBy, AnnouncedBy string
}

// TenderForm is what the clerk drafts. Money in fen, prices in fen for what the resolution
// says: side and unit are those of that. The texts are what 《最高人民法院关于人民法院网络司法拍卖若干问题的规定》
// 第十三条、第十四条 and the rural exchanges' own rules ask of a notice.
type TenderForm struct {
	Asset      string `json:"asset"`
	Resolution string `json:"resolution"`
	Title      string `json:"title"`

	Side           Side          `json:"side,omitempty"`
	Unit           money.Unit    `json:"unit,omitempty"`
	StartPrice     money.Fen     `json:"start_price"`
	Step           money.Fen     `json:"step"`
	DepositPercent int           `json:"deposit_percent"` // of a period's sum at the start price
	Years          int           `json:"years"`           // of a lease; none of a sale
	StartsOn       calendar.Date `json:"starts_on"`       // of a sale, when the thing is handed over
	RentDue        string        `json:"rent_due"`        // of a lease, month and day, 03-01: each year's in advance
	NoticeDays     int           `json:"notice_days"`

	InspectionOn    calendar.Date `json:"inspection_on"`
	InspectionPlace string        `json:"inspection_place"`

	Use              string        `json:"use"`               // 允许用途
	Conditions       string        `json:"conditions"`        // 交易条件
	Qualification    string        `json:"qualification"`     // 承租方资格条件
	Material         string        `json:"material"`          // 对交易有重大影响的信息
	Burdens          string        `json:"burdens"`           // 权属、占有及权利负担
	PricingBasis     string        `json:"pricing_basis"`     // 定价依据
	PriorityNotified calendar.Date `json:"priority_notified"` // day on which the holders were told
	// PriorityUnreached is why holders cannot be reached; the day before is then the one
	// since which that is public.
	PriorityUnreached string `json:"priority_unreached,omitempty"`
	DepositAccount    string `json:"deposit_account"` // the organisation's, never a person's
	Fees              string `json:"fees"`            // 税费
	Contact           string `json:"contact"`         // an office and its number
	Supervision       string `json:"supervision"`     // 监督渠道
	Warnings          string `json:"warnings"`        // 特别提示
	Media             string `json:"media"`           // 发布媒介
}

// Stream is where the tender's events are.
func (t Tender) Stream() event.Stream { return event.Of("tender", t.ID) }

// Label is the state's name on the screen.
func (t Tender) Label() string { return TenderLifecycle.Label(t.State) }

// Stage is where the case stands, on the screen: the lot's state once there is
// one to tell of.
func (t Tender) Stage() string {
	if t.LotState == "" || t.LotState == Listed {
		return t.Label()
	}
	if t.TakenBack() {
		return AwardLifecycle.Label(Voided)
	}
	return LotLifecycle.Label(t.LotState)
}

// TakenBack says whether its lot had a result that was taken back.
func (t Tender) TakenBack() bool { return t.LotState == Failed && t.LeadingPrice > 0 }

// Paid says whether LeadingPrice is one that is bid or paid: nobody has bid before, and
// what was taken back is paid by nobody.
func (t Tender) Paid() bool { return t.LeadingPrice > 0 && t.LotState != Failed }

// Stages lists where a case may stand, as Stage tells it: a tender's states until it
// is announced, then its lot's.
func Stages() []casework.State {
	return []casework.State{
		Drafted, Submitted, Checked, Approved, Listed, Bidding, Awarded, Failed, Returned, Withdrawn,
	}
}

// StageLabel is a stage's name on the screen.
func StageLabel(st casework.State) string {
	t := Tender{State: st}
	if slices.Contains(LotStates(), st) {
		t = Tender{State: Announced, LotState: st}
	}
	return t.Stage()
}

// Basis is what the tender's prices are for.
func (t Tender) Basis() Basis {
	return Basis{Side: t.Side, Unit: t.Unit, Measure: t.Measure, Size: t.Area, Years: t.Years}
}

// Yearly is what a period comes to at the start price, in fen: a year's rent, or all of a sale.
func (t Tender) Yearly() money.Fen { return t.Basis().Period(t.StartPrice) }

// Whole is what all comes to at the start price, in fen.
func (t Tender) Whole() money.Fen { return t.Basis().Whole(t.StartPrice) }

// Deposit is the bidder's deposit in fen.
func (t Tender) Deposit() money.Fen { return t.Yearly().Percent(t.DepositPercent) }

// EndsOn is the last day of the lease. What is sold is gone for good.
func (t Tender) EndsOn() calendar.Date {
	if t.Side == Sell {
		return calendar.Last
	}
	return t.StartsOn.AddYears(t.Years).AddDays(-1)
}

// RentDay is the day on which the rent of the nth year is due, from the second
// on: the latest of the notice's days that is not after the year's first one. It is
// reckoned from the first year's beginning, so that leap years neither leave one out
// nor put two into one year.
func (t TenderForm) RentDay(n int) calendar.Date {
	begins := string(t.StartsOn)
	day := calendar.Date(begins[:5] + t.RentDue).AddYears(n - 1)
	if t.RentDue > begins[5:] {
		return day.AddYears(-1)
	}
	return day
}

// TenderStates lists the states in the order of a tender's life.
func TenderStates() []casework.State {
	return []casework.State{Drafted, Submitted, Checked, Approved, Announced, Returned, Withdrawn}
}

// Texts are the notice's texts with their names and limits, in the form's order.
func (form *TenderForm) Texts() []struct {
	Field, Label string
	Value        *string
	Limit        int
} {
	return []struct {
		Field, Label string
		Value        *string
		Limit        int
	}{
		{"title", "公告标题", &form.Title, 80},
		{"inspection_place", "看样地点", &form.InspectionPlace, 120},
		{"use", "允许用途", &form.Use, 300},
		{"conditions", "交易条件", &form.Conditions, 2000},
		{"qualification", form.Side.Say().Taker + "资格条件", &form.Qualification, 1000},
		{"material", "对交易有重大影响的信息", &form.Material, 1000},
		{"burdens", "权属、占有及权利负担", &form.Burdens, 1000},
		{"pricing_basis", "定价依据", &form.PricingBasis, 500},
		{"deposit_account", "保证金账户", &form.DepositAccount, 200},
		{"fees", "税费", &form.Fees, 500},
		{"contact", "联系方式", &form.Contact, 200},
		{"supervision", "监督渠道", &form.Supervision, 200},
		{"warnings", "特别提示", &form.Warnings, 1000},
		{"media", "发布媒介", &form.Media, 200},
	}
}

// UnderWay says whether the tender is still on its way to publication.
func (t Tender) UnderWay() bool { return t.State != Announced && t.State != Withdrawn }
