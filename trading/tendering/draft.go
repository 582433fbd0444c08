package tendering

import (
	"context"
	"slices"
	"strings"
	"time"

	"sunlot/disclosure/privacy"
	"sunlot/internal/calendar"
	"sunlot/internal/casework"
	"sunlot/internal/event"
	"sunlot/internal/fault"
	"sunlot/internal/identity"
	"sunlot/internal/money"
	"sunlot/trading"
	"sunlot/trading/register"
	"sunlot/trading/rules"
)

// oneLine is the longest text that the form has on one line.
const oneLine = 120

// checkTender checks what the clerk drafted.
func checkTender(form trading.TenderForm, pack rules.Pack) error {
	if err := pack.Ready(); err != nil {
		return err
	}
	var f fault.Form
	for _, t := range form.Texts() {
		if t.Limit <= oneLine {
			f.Line(t.Field, t.Label, *t.Value, t.Limit)
			continue
		}
		f.Text(t.Field, t.Label, *t.Value, t.Limit)
	}
	money.Between(&f, "start_price", "起始价", form.StartPrice, 1, money.PriceLimit)
	money.Between(&f, "step", "加价幅度", form.Step, 1, max(form.StartPrice, 1))
	f.Between("deposit_percent", "保证金比例（%）", int64(form.DepositPercent), int64(pack.DepositMin.Value()),
		int64(pack.DepositMax.Value()))
	f.Between("notice_days", "公告期（工作日）", int64(form.NoticeDays), 1, int64(pack.NoticeMaxDays.Value()))
	checkTermOf(form, pack, &f)
	for _, day := range []struct {
		field, label string
		on           calendar.Date
	}{{"starts_on", "租期起始日或者交付日", form.StartsOn}, {"inspection_on", "看样日", form.InspectionOn}} {
		if _, err := calendar.ParseDate(string(day.on)); err != nil {
			f.Add(day.field, "请填写%s，例如 2026-12-31", day.label)
		}
	}
	f.Optional("priority_unreached", "无法通知的理由", form.PriorityUnreached, 300)
	if form.PriorityNotified != "" {
		if _, err := calendar.ParseDate(string(form.PriorityNotified)); err != nil {
			f.Add("priority_notified", "请填写通知优先权人的日期，例如 2026-11-23")
		}
	}
	return f.Err()
}

// checkTermOf checks what a lease has and a sale has not.
func checkTermOf(form trading.TenderForm, pack rules.Pack, f *fault.Form) {
	if form.Side == trading.Sell {
		if form.Years != 0 {
			f.Add("years", "出让没有租期，这一栏不填")
		}
		if form.RentDue != "" {
			f.Add("rent_due", "出让没有每年的租金，这一栏不填")
		}
		return
	}
	f.Between("years", "租期（年）", int64(form.Years), 1, int64(pack.LeaseMaxYears.Value()))
	if _, err := time.Parse("01-02", form.RentDue); err != nil || form.RentDue == "02-29" {
		f.Add("rent_due", "请填写每年缴纳租金的月和日，例如 03-01；不能是2月29日，不是每年都有")
	}
}

// DraftTender begins a tender on a confirmed, lawful resolution.
func (s *Service) DraftTender(ctx context.Context, who identity.Actor, requestID string,
	form trading.TenderForm) (string, error) {
	scope, once, err := casework.Begin(who, trading.TenderDraft, "tender.draft", requestID, form)
	if err != nil {
		return "", err
	}
	if err := checkTender(form, s.Pack()); err != nil {
		return "", err
	}
	return s.Store.WriteTender(ctx, once, func(tx Tx) (string, error) {
		a, err := tx.Asset(form.Asset, scope)
		if err != nil {
			return "", casework.InvalidIfMissing(err, "asset", "请选择资产")
		}
		t := trading.Tender{
			ID:    event.NewID(),
			Path:  a.Path,
			State: trading.Drafted,
			Steps: trading.Steps{DraftedBy: who.PersonID},
		}
		return t.ID, s.saveDraft(tx, who, scope, &t, form)
	})
}

// AmendTender changes a draft, or one that was returned.
func (s *Service) AmendTender(ctx context.Context, who identity.Actor, requestID, id string, version int,
	form trading.TenderForm) (string, error) {
	scope, once, err := casework.Begin(who, trading.TenderDraft, "tender.amend", requestID, []any{id, version, form})
	if err != nil {
		return "", err
	}
	if err := checkTender(form, s.Pack()); err != nil {
		return "", err
	}
	return s.Store.WriteTender(ctx, once, func(tx Tx) (string, error) {
		t, err := tx.Tender(id, scope)
		if err != nil {
			return "", err
		}
		if err := casework.SameVersion(t.Version, version); err != nil {
			return "", err
		}
		if t.State != trading.Drafted && t.State != trading.Returned {
			return "", fault.New(fault.Conflict, "公告目前为“%s”，不能修改", t.Label())
		}
		if form.Asset != t.Asset {
			return "", trading.OtherAsset()
		}
		return t.ID, s.saveDraft(tx, who, scope, &t, form)
	})
}

func (s *Service) saveDraft(tx Tx, who identity.Actor, scope identity.Scope, t *trading.Tender,
	form trading.TenderForm) error {
	if err := privacy.Check(tx, t.Path, form); err != nil {
		return err
	}
	a, r, err := s.foundation(tx, scope, t, form)
	if err != nil {
		return err
	}
	before := t.Resolution
	t.TenderForm = form
	t.Area, t.Measure = a.Area, a.Measure
	t.Version++
	if err := tx.SaveTender(*t); err != nil {
		return err
	}
	if err := begins(tx, scope, before, r, who.PersonID); err != nil {
		return err
	}
	if err := Leads.Moved(tx, t.State, t.State, duty(*t), who.PersonID); err != nil {
		return err
	}
	return casework.NoteAct(tx, who, trading.TenderDraft, t.Stream(), t.Path, "tender.drafted", nil)
}

// foundation locks and returns the asset, and the resolution that carries the tender, or
// says why none does. It notes which notice of the asset the tender is.
func (s *Service) foundation(tx Tx, scope identity.Scope, t *trading.Tender, form trading.TenderForm) (trading.Asset,
	trading.Resolution, error) {
	a, err := tx.Asset(form.Asset, scope)
	if err != nil {
		return a, trading.Resolution{}, err
	}
	r, err := tx.Resolution(form.Resolution, scope)
	if err != nil {
		return a, r, casework.InvalidIfMissing(err, "resolution", "请选择这项资产的决议")
	}
	others, err := tx.TendersOf(a.ID)
	if err != nil {
		return a, r, err
	}
	var f fault.Form
	switch {
	case r.Asset != form.Asset:
		f.Add("resolution", "这份决议不是关于这项资产的")
	case r.State != trading.Confirmed:
		f.Add("resolution", "这份决议尚未由村务监督委员会核实，不能作为公告的依据")
	case !r.Lawful:
		f.Add("resolution", "这份决议未达到规定要求，不能作为公告的依据：%s", r.Reasons[0])
	case used(others, t.ID, r.ID):
		f.Add("resolution", "这份决议已用于另一份公告")
	default:
		if err := unchanged(tx, &f, a, r); err != nil {
			return a, r, err
		}
	}
	priced(&f, a, r, form)
	s.follows(&f, t, others, r, form)
	if rights := trading.RightsOf(s.Pack(), a.Kind, r.ResolutionForm); len(rights.Priorities) > 0 &&
		form.PriorityNotified == "" {
		f.Add("priority_notified", "有优先权人（%s），请填写通知他们的日期", strings.Join(rights.Labels(), "、"))
	}
	if err := untaken(tx, &f, a, t.ID, form); err != nil {
		return a, r, err
	}
	return a, r, f.Err()
}

// used says whether another tender that has not come to nothing rests on the resolution.
func used(others []trading.Tender, id, resolution string) bool {
	return slices.ContainsFunc(others, func(o trading.Tender) bool {
		return o.ID != id && o.Resolution == resolution && !o.CameToNothing()
	})
}

// priced holds side, term and price against the vote.
func priced(f *fault.Form, a trading.Asset, r trading.Resolution, form trading.TenderForm) {
	if form.Side != r.Side {
		f.Add("side", "决议决定的是%s", r.Side.Say().Act)
	}
	if form.Unit != r.Unit {
		f.Add("unit", "决议定的计价单位是“%s”", r.Unit.Label())
	}
	if form.Side == trading.Let && form.Years > r.Years {
		f.Add("years", "决议同意的租期不超过%d年", r.Years)
	}
	if form.StartPrice < r.FloorPrice {
		f.Add("start_price", "决议确定的底价为%s，起始价不能低于底价", r.Unit.Price(r.FloorPrice))
	}
	if (trading.Tender{Area: a.Area, Measure: a.Measure, TenderForm: form}).Deposit() == 0 {
		f.Add("deposit_percent", "按起始价算出的保证金不足1分，请提高起始价或保证金比例")
	}
}

// unchanged refuses a resolution on what the register has said otherwise since: who
// had to agree, and who stands first, was judged by the kind and the assembly of that day.
func unchanged(tx Tx, f *fault.Form, a trading.Asset, r trading.Resolution) error {
	var confirmed trading.ConfirmedFacts
	var voted trading.AssetFacts
	if err := tx.Facts(r.Event, &confirmed); err != nil {
		return err
	}
	if err := tx.Facts(confirmed.Asset, &voted); err != nil {
		return err
	}
	var changed []string
	if a.Kind != voted.Kind {
		changed = append(changed, "资产类别")
	}
	if a.Assembly != voted.Assembly || a.Assembly != r.Assembly {
		changed = append(changed, "决策会议")
	}
	if a.Area != voted.Area || a.Measure != voted.Measure {
		changed = append(changed, voted.Measure.Name())
	}
	if len(changed) > 0 {
		f.Add("resolution", "资产登记在这份决议核实以后改了%s，决议不能再作为公告的依据：请重新表决；登记改错的，先更正资产登记",
			strings.Join(changed, "、"))
	}
	return nil
}

// untaken refuses a term in which something else has the asset.
func untaken(tx Tx, f *fault.Form, a trading.Asset, tenderID string, form trading.TenderForm) error {
	from, to := form.StartsOn, trading.Tender{TenderForm: form}.EndsOn()
	others, err := tx.Occupied(a.ID, from, to)
	if meets := register.Meets(others, a, from, to, tenderID); meets != "" {
		f.Add("starts_on", "从这一天起资产不空：%s。请改日期；登记有误的，先更正资产登记", meets)
	}
	return err
}

// WithdrawTender takes back a tender that was not announced.
func (s *Service) WithdrawTender(ctx context.Context, who identity.Actor, requestID, id string,
	version int) (string, error) {
	return s.stepTender(ctx, who, trading.TenderDraft, requestID, id, version, step{
		kind:  "tender.withdraw",
		noted: "tender.withdrawn",
		to:    trading.Withdrawn,
		leaves: func(tx Tx, scope identity.Scope, t trading.Tender) error {
			return waitsAgain(tx, scope, t.Resolution)
		},
	})
}
