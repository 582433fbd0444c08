package tendering

import (
	"time"

	"sunlot/internal/calendar"
	"sunlot/internal/event"
	"sunlot/internal/fault"
	"sunlot/trading"
	"sunlot/trading/mode"
	"sunlot/trading/rules"
)

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
		RegisterUntil: last.At(pack.DeadlineHour.Value(), 0),
		OpensAt:       next.At(pack.OpeningHour.Value(), 0),
		Firm:          firm && alsoFirm,
	}
}

// checkTerm says whether the draft's days fit a notice published now.
func checkTerm(pack rules.Pack, form trading.TenderForm, at time.Time, term Term) error {
	today := calendar.DateOf(at)
	var f fault.Form
	day := at.In(calendar.Beijing)
	least := pack.MinNotice(int(day.Month())*100 + day.Day())
	if form.NoticeDays < least.Value() {
		f.Add("notice_days", "公告期不少于%d个工作日（%s）", least.Value(), least.Source)
	}
	if form.InspectionOn <= today || !form.InspectionOn.At(0, 0).Before(term.RegisterUntil) {
		f.Add("inspection_on", "看样日应在公告发布之后、报名截止（%s）之前", calendar.DateOf(term.RegisterUntil))
	}
	if form.StartsOn <= calendar.DateOf(term.OpensAt) {
		f.Add("starts_on", "%s应在竞价日（%s）之后", form.Side.Say().StartsOn, calendar.DateOf(term.OpensAt))
	}
	told := toldBefore(pack, form)
	if latest := today.AddDays(-told.Value()); form.PriorityNotified > latest {
		f.Add("priority_notified", "最晚应在发布前%d天（%s）通知优先权人，或者公示无法通知（%s）；现填%s", told.Value(), latest,
			told.Source, form.PriorityNotified)
	}
	return f.Err()
}

// toldBefore is how many days before the notice the holders of priority rights are told,
// or where they cannot be reached, for how many that is public.
func toldBefore(pack rules.Pack, form trading.TenderForm) rules.Number {
	if form.PriorityUnreached != "" {
		return pack.UnreachedDays
	}
	return pack.PriorityDays
}

// endsOn is the last day of the lease; a sale has none.
func endsOn(t trading.Tender) string {
	if t.Side == trading.Sell {
		return ""
	}
	return string(t.EndsOn())
}

// noticeOf writes the notice.
func noticeOf(pack rules.Pack, a trading.Asset, r trading.Resolution, t trading.Tender) trading.Notice {
	asset := a.AssetForm
	asset.LastTenant = ""
	rights := trading.RightsOf(pack, a.Kind, r.ResolutionForm)
	day := t.AnnouncedAt.In(calendar.Beijing)
	return trading.Notice{
		Tender:     t.ID,
		Number:     t.Number,
		Owner:      a.OwnerName,
		Acting:     a.ActingName,
		Asset:      asset,
		Terms:      t.TenderForm,
		YearlyRent: t.Yearly(),
		WholeRent:  t.Whole(),
		Deposit:    t.Deposit(),
		EndsOn:     endsOn(t),
		Rounding:   t.Unit.Method(),
		Resolution: trading.NoticeVote{Assembly: pack.Assemblies[r.Assembly].Label, HeldOn: r.HeldOn(), Count: r.Count,
			Outsiders: r.Outsiders, Priorities: rights.Labels(), Event: r.Event},
		Mode:          mode.Usual,
		Bidding:       biddingRules(pack, t.Unit),
		AnnouncedAt:   event.Stamp(t.AnnouncedAt),
		RegisterUntil: event.Stamp(t.RegisterUntil),
		OpensAt:       event.Stamp(t.OpensAt),
		Firm:          t.Firm,
		NoticeRule:    pack.MinNotice(int(day.Month())*100 + day.Day()),
		RulePack:      pack.ID,
		RuleVersion:   pack.Version,
		Attempt:       t.Attempt.Count,
		Before:        t.Attempt.Before,
	}
}
