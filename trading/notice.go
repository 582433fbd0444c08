package trading

import (
	"time"

	"sunlot/internal/calendar"
	"sunlot/internal/event"
	"sunlot/internal/fault"
	"sunlot/internal/money"
	"sunlot/trading/rules"
)

// Notice is the published text of a tender: the page draws it, the file is it,
// and the log has its SHA-256. Money in fen, areas in 0.01 mu.
type Notice struct {
	Tender        string       `json:"tender"`
	Owner         string       `json:"owner"`
	Acting        string       `json:"acting"`
	Asset         AssetForm    `json:"asset"` // without the last tenant
	Terms         TenderForm   `json:"terms"`
	YearlyRent    money.Fen    `json:"yearly_rent"`
	WholeRent     money.Fen    `json:"whole_rent"`
	Deposit       money.Fen    `json:"deposit"`
	EndsOn        string       `json:"ends_on"`
	Rounding      string       `json:"rounding"`
	Resolution    NoticeVote   `json:"resolution"`
	Mode          string       `json:"mode"`
	Bidding       []string     `json:"bidding"`
	AnnouncedAt   string       `json:"announced_at"`
	RegisterUntil string       `json:"register_until"`
	OpensAt       string       `json:"opens_at"`
	Firm          bool         `json:"firm"`
	NoticeRule    rules.Number `json:"notice_rule"`
	RulePack      string       `json:"rule_pack"`
}

// NoticeVote is the decision as the notice tells it.
type NoticeVote struct {
	Assembly   string        `json:"assembly"`
	HeldOn     calendar.Date `json:"held_on"`
	Count      Count         `json:"count"`
	Outsiders  bool          `json:"outsiders"`
	Priorities []string      `json:"priorities"`
	Event      event.Ref     `json:"event"`
}

// Term is when a notice ends and the bidding begins.
type Term struct {
	RegisterUntil, OpensAt time.Time
	Firm                   bool
}

// TermOf computes the term of a notice published at that instant: the day of
// publication does not count, registration ends on the last working day at the
// pack's hour, bidding opens on the next one.
func TermOf(pack rules.Pack, days calendar.Calendar, at time.Time, noticeDays int) Term {
	return termFrom(pack, days, calendar.DateOf(at), noticeDays)
}

func termFrom(pack rules.Pack, days calendar.Calendar, from calendar.Date, n int) Term {
	last, firm := days.AddWorkingDays(from, n)
	next, alsoFirm := days.AddWorkingDays(last, 1)
	return Term{
		RegisterUntil: last.At(pack.DeadlineHour.Value, 0),
		OpensAt:       next.At(pack.OpeningHour.Value, 0),
		Firm:          firm && alsoFirm,
	}
}

// checkTerm says whether the draft's days fit a notice published now.
func checkTerm(pack rules.Pack, form TenderForm, at time.Time, term Term) error {
	today := calendar.DateOf(at)
	var f fault.Form
	day := at.In(calendar.Beijing)
	least := pack.MinNotice(int(day.Month())*100 + day.Day())
	if form.NoticeDays < least.Value {
		f.Add("notice_days", "公告期不少于%d个工作日(%s)", least.Value, least.Source)
	}
	if form.InspectionOn <= today || !form.InspectionOn.At(0, 0).Before(term.RegisterUntil) {
		f.Add("inspection_on", "看样日应在公告发布之后、报名截止(%s)之前", calendar.DateOf(term.RegisterUntil))
	}
	if form.StartsOn <= calendar.DateOf(term.OpensAt) {
		f.Add("starts_on", "租期起始日应在竞价日(%s)之后", calendar.DateOf(term.OpensAt))
	}
	if form.PriorityNotified > today {
		f.Add("priority_notified", "通知优先权人的日期还没有到")
	}
	return f.Err()
}

// noticeOf writes the notice.
func noticeOf(pack rules.Pack, a Asset, r Resolution, t Tender) Notice {
	asset := a.AssetForm
	asset.LastTenant = ""
	priorities := []string{}
	for _, p := range r.Priorities {
		priorities = append(priorities, p.Label())
	}
	day := t.AnnouncedAt.In(calendar.Beijing)
	return Notice{
		Tender: t.ID, Owner: a.OwnerName, Acting: a.ActingName, Asset: asset, Terms: t.TenderForm,
		YearlyRent: t.Yearly(), WholeRent: t.Whole(), Deposit: t.Deposit(), EndsOn: string(t.EndsOn()),
		Rounding: "年租金 = 每亩每年单价 × 面积,四舍五入到分",
		Resolution: NoticeVote{Assembly: pack.Assemblies[r.Assembly].Label, HeldOn: r.HeldOn(), Count: r.Count,
			Outsiders: r.Outsiders, Priorities: priorities, Event: r.Event},
		Mode: "ascending", Bidding: biddingRules(pack),
		AnnouncedAt: event.Stamp(t.AnnouncedAt), RegisterUntil: event.Stamp(t.RegisterUntil), OpensAt: event.Stamp(t.OpensAt), Firm: t.Firm,
		NoticeRule: pack.MinNotice(int(day.Month())*100 + day.Day()), RulePack: pack.ID,
	}
}
