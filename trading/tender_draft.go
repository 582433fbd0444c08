package trading

import (
	"context"
	"time"

	"sunlot/internal/calendar"
	"sunlot/internal/casework"
	"sunlot/internal/event"
	"sunlot/internal/fault"
	"sunlot/internal/identity"
	"sunlot/internal/money"
)

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
		{"use", "用途限制", &form.Use, 300},
		{"conditions", "交易条件", &form.Conditions, 2000},
		{"qualification", "受让方资格条件", &form.Qualification, 1000},
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

func (form TenderForm) check(s *Service) error {
	var f fault.Form
	for _, t := range form.Texts() {
		f.Text(t.Field, t.Label, *t.Value, t.Limit)
	}
	f.Between("start_price", "起始价(分)", int64(form.StartPrice), 1, int64(money.PriceLimit))
	f.Between("step", "加价幅度(分)", int64(form.Step), 1, max(int64(form.StartPrice), 1))
	f.Between("deposit_percent", "保证金比例(%)", int64(form.DepositPercent), 1, int64(s.Pack.DepositMax.Value))
	f.Between("years", "租期(年)", int64(form.Years), 1, int64(s.Pack.LeaseMaxYears.Value))
	f.Between("notice_days", "公告期(工作日)", int64(form.NoticeDays), 1, int64(s.Pack.NoticeMaxDays.Value))
	if _, err := time.Parse("01-02", form.RentDue); err != nil || form.RentDue == "02-29" {
		f.Add("rent_due", "请填写每年缴租的月和日,例如 03-01;不能是2月29日,不是每年都有")
	}
	for field, day := range map[string]calendar.Date{"starts_on": form.StartsOn, "inspection_on": form.InspectionOn} {
		if _, err := calendar.ParseDate(string(day)); err != nil {
			f.Add(field, "请填写日期,例如 2026-12-31")
		}
	}
	if form.PriorityNotified != "" {
		if _, err := calendar.ParseDate(string(form.PriorityNotified)); err != nil {
			f.Add("priority_notified", "请填写通知优先权人的日期,例如 2026-11-23")
		}
	}
	return f.Err()
}

// DraftTender begins a tender on a confirmed, lawful resolution.
func (s *Service) DraftTender(ctx context.Context, who identity.Actor, requestID string, form TenderForm) (string, error) {
	scope, once, err := casework.Begin(who, identity.TenderDraft, "tender.draft", requestID, form)
	if err != nil {
		return "", err
	}
	if err := form.check(s); err != nil {
		return "", err
	}
	return s.Store.WriteTender(ctx, once, func(tx TenderTx) (string, error) {
		a, err := tx.Asset(form.Asset, scope)
		if err != nil {
			return "", casework.InvalidIfMissing(err, "asset", "请选择资产")
		}
		t := Tender{ID: event.NewID(), Path: a.Path, State: Drafted, Area: a.Area, Steps: Steps{DraftedBy: who.PersonID}}
		return t.ID, saveDraft(tx, who, scope, &t, form)
	})
}

// AmendTender changes a draft, or one that was returned.
func (s *Service) AmendTender(ctx context.Context, who identity.Actor, requestID, id string, version int, form TenderForm) (string, error) {
	scope, once, err := casework.Begin(who, identity.TenderDraft, "tender.amend", requestID, []any{id, version, form})
	if err != nil {
		return "", err
	}
	if err := form.check(s); err != nil {
		return "", err
	}
	return s.Store.WriteTender(ctx, once, func(tx TenderTx) (string, error) {
		t, err := tx.Tender(id, scope)
		if err != nil {
			return "", err
		}
		if err := casework.SameVersion(t.Version, version); err != nil {
			return "", err
		}
		if t.State != Drafted && t.State != Returned {
			return "", fault.New(fault.Conflict, "交易当前为“%s”,不能修改", t.Label())
		}
		if form.Asset != t.Asset {
			return "", otherAsset()
		}
		return t.ID, saveDraft(tx, who, scope, &t, form)
	})
}

func saveDraft(tx TenderTx, who identity.Actor, scope identity.Scope, t *Tender, form TenderForm) error {
	if _, err := foundation(tx, scope, t.ID, form); err != nil {
		return err
	}
	t.TenderForm = form
	t.Version++
	if err := tx.SaveTender(*t); err != nil {
		return err
	}
	return casework.NoteAct(tx, who, identity.TenderDraft, t.Stream(), t.Path, "tender.drafted", nil)
}

// foundation returns the resolution that carries the tender, or says why none does.
func foundation(tx TenderTx, scope identity.Scope, tenderID string, form TenderForm) (Resolution, error) {
	r, err := tx.Resolution(form.Resolution, scope)
	if err != nil {
		return r, casework.InvalidIfMissing(err, "resolution", "请选择这项资产的决议")
	}
	used, err := tx.ResolutionUsed(r.ID, tenderID)
	if err != nil {
		return r, err
	}
	var f fault.Form
	switch {
	case r.Asset != form.Asset:
		f.Add("resolution", "这份决议不是关于这项资产的")
	case r.State != Confirmed:
		f.Add("resolution", "这份决议尚未由村务监督委员会核实,不能作为公告的依据")
	case !r.Lawful:
		f.Add("resolution", "这份决议不合法,不能作为公告的依据:%s", r.Reasons[0])
	case used:
		f.Add("resolution", "这份决议已用于另一项交易")
	}
	if form.Years > r.Years {
		f.Add("years", "决议同意的租期不超过%d年", r.Years)
	}
	if form.StartPrice < r.FloorPrice {
		f.Add("start_price", "决议确定的底价为每亩每年%s元,起始价不能低于底价", r.FloorPrice.Yuan())
	}
	if len(r.Priorities) > 0 && form.PriorityNotified == "" {
		f.Add("priority_notified", "决议写明了优先权人,请填写通知他们的日期")
	}
	return r, f.Err()
}

// WithdrawTender takes back a tender that was not announced.
func (s *Service) WithdrawTender(ctx context.Context, who identity.Actor, requestID, id string, version int) (string, error) {
	return s.stepTender(ctx, who, identity.TenderDraft, requestID, id, version, step{kind: "tender.withdraw", to: Withdrawn})
}
