package resolving

import (
	"context"
	"slices"

	"sunlot/internal/calendar"
	"sunlot/internal/casework"
	"sunlot/internal/event"
	"sunlot/internal/fault"
	"sunlot/internal/identity"
	"sunlot/internal/money"
	"sunlot/trading"
	"sunlot/trading/rolls"
	"sunlot/trading/rules"
	"sunlot/trading/statement"
)

// checkForm checks what the clerk typed in.
func checkForm(form trading.ResolutionForm, pack rules.Pack) error {
	most, err := pack.LeaseMaxYears.Need()
	if err != nil {
		return err
	}
	var f fault.Form
	checkTerm(form, most, &f)
	money.Between(&f, "floor_price", "底价", form.FloorPrice, 1, money.PriceLimit)
	for i, p := range form.Priorities {
		if p.Label() == "" || slices.Contains(form.Priorities[:i], p) {
			f.Add("priorities", "请按顺序选择优先权人，不能重复")
		}
	}
	for _, step := range form.Steps {
		known := slices.ContainsFunc(pack.Procedure, func(have rules.Step) bool { return have.Key == step.Key })
		if _, err := calendar.ParseDate(string(step.On)); !known || step.On != "" && err != nil {
			f.Add("steps", "请填写各步骤的日期，例如 2026-11-23")
		}
	}
	if len(form.Votes) == 0 || len(form.Votes) > rolls.MaxMembers {
		f.Add("votes", "请填写全部应到会人员及表决，1至%d人", rolls.MaxMembers)
	}
	for i, v := range form.Votes {
		f.Line("votes", "应到会人员姓名", v.Name, 30)
		if v.Choice.Label() == "" {
			f.Add("votes", "请为每个人选择同意、反对、弃权或缺席")
		}
		again := func(w trading.Vote) bool {
			return v.Person != "" && w.Person == v.Person || statement.SameName(w.Name, v.Name)
		}
		if v.Name != "" && slices.ContainsFunc(form.Votes[:i], again) {
			f.Add("votes", "%s出现了两次：同一个人只填一行；确是同名的两个人，请在姓名后加区分，例如“张三（东头）”", v.Name)
		}
	}
	casework.CheckPhotos(&f, "sign_in", "签到表照片", form.SignIn, 0)
	casework.CheckPhotos(&f, "minutes", "会议记录照片", form.Minutes, 0)
	return f.Err()
}

// checkTerm checks for how long a lease may be; a sale has no term, and nobody who stands first
// in one: what the statutes give members and tenants they give for leases.
func checkTerm(form trading.ResolutionForm, most int, f *fault.Form) {
	switch form.Side {
	case trading.Let:
		f.Between("years", "租期（年）", int64(form.Years), 1, int64(most))
	case trading.Sell:
		if form.Years != 0 {
			f.Add("years", "出让没有租期，这一栏不填")
		}
		if len(form.Priorities) > 0 {
			f.Add("priorities", "出让没有优先承租权，请选“没有”")
		}
	default:
		f.Add("side", "请选择出租还是出让")
	}
}

// checkSubject refuses a side that is not open to such a thing, and a price per what it is not
// counted by.
func checkSubject(a trading.Asset, form trading.ResolutionForm) error {
	var f fault.Form
	if !slices.Contains(a.Kind.Sides(), form.Side) {
		f.Add("side", "%s不能在本平台%s", a.Kind.Label(), form.Side.Say().Act)
	} else if !slices.Contains(form.Side.Units(a.Measure), form.Unit) {
		f.Add("unit", "请选择计价单位，这项资产按%s登记", a.Measure.Label())
	}
	return f.Err()
}

// RecordResolution enters the paper record of an assembly's vote.
func (s *Service) RecordResolution(ctx context.Context, who identity.Actor, requestID string,
	form trading.ResolutionForm) (string, error) {
	scope, once, err := casework.Begin(who, trading.ResolutionRecord, "resolution.record", requestID, form)
	if err != nil {
		return "", err
	}
	if err := checkForm(form, s.Pack()); err != nil {
		return "", err
	}
	return s.Store.WriteResolution(ctx, once, func(tx Tx) (string, error) {
		a, err := tx.Asset(form.Asset, scope)
		if err != nil {
			return "", casework.InvalidIfMissing(err, "asset", "请选择资产")
		}
		r := trading.Resolution{
			ID:         event.NewID(),
			Path:       a.Path,
			State:      trading.Recorded,
			RecordedBy: who.PersonID,
		}
		return r.ID, s.saveResolution(tx, who, a, &r, form)
	})
}

// AmendResolution changes a record that is not yet with the supervision committee.
func (s *Service) AmendResolution(ctx context.Context, who identity.Actor, requestID, id string, version int,
	form trading.ResolutionForm) (string, error) {
	scope, once, err := casework.Begin(who, trading.ResolutionRecord, "resolution.amend", requestID,
		[]any{id, version, form})
	if err != nil {
		return "", err
	}
	if err := checkForm(form, s.Pack()); err != nil {
		return "", err
	}
	return s.Store.WriteResolution(ctx, once, func(tx Tx) (string, error) {
		r, err := tx.Resolution(id, scope)
		if err != nil {
			return "", err
		}
		if err := casework.SameVersion(r.Version, version); err != nil {
			return "", err
		}
		if r.State != trading.Recorded && r.State != trading.ResolutionReturned {
			return "", fault.New(fault.Conflict, "决议当前为“%s”，不能修改", r.Label())
		}
		if form.Asset != r.Asset {
			return "", trading.OtherAsset()
		}
		a, err := tx.Asset(r.Asset, scope)
		if err != nil {
			return "", err
		}
		return r.ID, s.saveResolution(tx, who, a, &r, form)
	})
}

func (s *Service) saveResolution(tx Tx, who identity.Actor, a trading.Asset, r *trading.Resolution,
	form trading.ResolutionForm) error {
	if err := checkSubject(a, form); err != nil {
		return err
	}
	people, err := tx.Representatives(a.Path)
	if err != nil {
		return err
	}
	for _, v := range form.Votes {
		holds := func(p identity.Person) bool { return p.ID == v.Person }
		if v.Person != "" && !slices.ContainsFunc(people, holds) {
			return fault.New(fault.Invalid, "%s不在本次会议的代表名单中，请重新选择", v.Name).On("votes")
		}
	}
	for field, photos := range map[string][]string{"sign_in": form.SignIn, "minutes": form.Minutes} {
		if err := casework.AttachPhotos(tx, who, a.Path, field, photos, false); err != nil {
			return err
		}
	}
	form.Priorities, form.Steps = casework.NotNil(form.Priorities), casework.NotNil(form.Steps)
	form.SignIn, form.Minutes = casework.NotNil(form.SignIn), casework.NotNil(form.Minutes)
	r.ResolutionForm = form
	r.Assembly = a.Assembly
	r.Kind = a.Kind
	r.Area = a.Area
	r.Measure = a.Measure
	r.AssetName = a.Name
	r.Count = count(form.Votes)
	r.Roll = trading.RollTaken{}
	if r.HeldOn() != "" { // else it waits for the day, at the latest at the hand-over
		if err := s.takeRoll(tx, a, r); err != nil {
			return err
		}
	}
	r.Version++
	if err := tx.SaveResolution(*r); err != nil {
		return err
	}
	if err := Leads.Moved(tx, r.State, r.State, duty(*r), who.PersonID); err != nil {
		return err
	}
	return casework.NoteAct(tx, who, trading.ResolutionRecord, r.Stream(), r.Path, "resolution.recorded", nil)
}

// SubmitResolution hands the record to the supervision committee.
func (s *Service) SubmitResolution(ctx context.Context, who identity.Actor, requestID, id string,
	version int) (string, error) {
	scope, once, err := casework.Begin(who, trading.ResolutionRecord, "resolution.submit", requestID,
		[]any{id, version})
	if err != nil {
		return "", err
	}
	return s.Store.WriteResolution(ctx, once, func(tx Tx) (string, error) {
		r, err := tx.Resolution(id, scope)
		if err != nil {
			return "", err
		}
		if err := casework.SameVersion(r.Version, version); err != nil {
			return "", err
		}
		var f fault.Form
		casework.CheckPhotos(&f, "sign_in", "签到表照片", r.SignIn, 1)
		casework.CheckPhotos(&f, "minutes", "会议记录照片", r.Minutes, 1)
		if r.HeldOn() == "" {
			f.Add("steps", "请填写会议决议的日期：谁应到，按那一天的名册")
		}
		if err := f.Err(); err != nil {
			return "", err
		}
		a, err := tx.Asset(r.Asset, scope)
		if err != nil {
			return "", err
		}
		if err := sameAsset(a, r); err != nil {
			return "", err
		}
		if err := s.takeRoll(tx, a, &r); err != nil {
			return "", err
		}
		from := r.State
		if err := trading.ResolutionLifecycle.Move(&r.State, trading.ResolutionSubmitted); err != nil {
			return "", err
		}
		r.Version = r.Version + 1
		r.SubmittedBy = who.PersonID
		r.Mend = nil
		if err := tx.SaveResolution(r); err != nil {
			return "", err
		}
		if err := Leads.Moved(tx, from, r.State, duty(r), who.PersonID); err != nil {
			return "", err
		}
		return r.ID, casework.NoteAct(tx, who, trading.ResolutionRecord, r.Stream(), r.Path, "resolution.submitted",
			nil)
	})
}

func count(votes []trading.Vote) trading.Count {
	c := trading.Count{Due: len(votes)}
	for _, v := range votes {
		switch v.Choice {
		case trading.For:
			c.For++
		case trading.Against:
			c.Against++
		case trading.Abstain:
			c.Abstain++
		}
	}
	c.Present = c.For + c.Against + c.Abstain
	return c
}
