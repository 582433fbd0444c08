package rolls

import (
	"context"
	"slices"
	"strings"
	"time"
	"unicode"

	"sunlot/disclosure/privacy"
	"sunlot/internal/calendar"
	"sunlot/internal/casework"
	"sunlot/internal/event"
	"sunlot/internal/fault"
	"sunlot/internal/identity"
	"sunlot/trading/statement"
)

// Limits of a roll. A name with its note fits a line of the sign-in sheet.
const (
	MaxMembers = 500
	maxName    = 18
	maxNote    = 10
)

// check looks at what the clerk entered.
func (s *Service) check(form Form) error {
	var f fault.Form
	if _, known := s.Pack().Assemblies[form.Assembly]; !known || form.Org == "" {
		f.Add("body", "请选择哪个单位的哪个会议")
	}
	if _, err := calendar.ParseDate(string(form.From)); err != nil {
		f.Add("from", "请填写从哪一天起用这份名册，例如 2026-01-01")
	}
	if len(form.Members) == 0 || len(form.Members) > MaxMembers {
		f.Add("members", "请填写全部应到的人，一行一个，1至%d人", MaxMembers)
	} else {
		checkMembers(&f, form.Members)
	}
	return f.Err()
}

// checkMembers stops at the first who is wrong: of a list that was pasted askew the
// first complaint is the one to read.
func checkMembers(f *fault.Form, members []Member) {
	full, bare := map[string]bool{}, map[string]int{}
	for _, m := range members {
		bare[statement.FoldName(m.Name)]++
	}
	for _, m := range members {
		f.Line("members", "姓名", m.Name, maxName)
		f.OptionalLine("members", "区分", m.Note, maxNote)
		name := statement.FoldName(m.Full())
		switch {
		case m.Name == "":
		case noName(m.Name):
			f.Add("members", "“%s”不像一个人的姓名：一行只写一个人，不要序号、合计；同名的在姓名后用逗号加区分，例如“张三，三组”", m.Name)
		case len(privacy.Find(m.Full())) > 0:
			f.Add("members", "%s一行中疑似含有身份证号码、手机号码或者银行卡号，名册中请不要填写", m.Name)
		case full[name] || m.Note == "" && bare[statement.FoldName(m.Name)] > 1:
			f.Add("members", "%s写了不止一次：同一个人只写一行；确是同名的，每个人的姓名后都加区分，例如“张三，三组”", m.Full())
		}
		full[name] = true
		if f.Err() != nil {
			return
		}
	}
}

// noName says whether a line of a pasted list is no person, or several: who is due
// is counted by the lines.
func noName(name string) bool {
	const parts = "（）()［］[]；;：:。、，,/\\|"
	if strings.ContainsAny(name, parts) || strings.IndexFunc(name, unicode.IsDigit) == 0 ||
		slices.Contains([]string{"合计", "总计", "小计"}, statement.FoldName(name)) {
		return true
	}
	several := 0
	for _, piece := range strings.Fields(name) {
		if signs := []rune(piece); len(signs) > 1 && unicode.Is(unicode.Han, signs[0]) {
			several++
		}
	}
	return several > 1
}

// EnterRoll enters an edition of the roll of a body. It counts once the township's
// service station has confirmed it.
func (s *Service) EnterRoll(ctx context.Context, who identity.Actor, requestID string, form Form) (string, error) {
	scope, once, err := casework.Begin(who, RollEnter, "roll.enter", requestID, form)
	if err != nil {
		return "", err
	}
	if err := s.check(form); err != nil {
		return "", err
	}
	due, err := s.checkedBy(ctx)
	if err != nil {
		return "", err
	}
	return s.Store.WriteRoll(ctx, once, func(tx Tx) (string, error) {
		org, err := s.body(tx, scope, form)
		if err != nil {
			return "", err
		}
		since, err := s.next(tx, form)
		if err != nil {
			return "", err
		}
		r := Roll{
			ID:        event.NewID(),
			Path:      org.Path,
			OrgName:   org.Name,
			State:     Entered,
			EnteredBy: who.PersonID,
		}
		r.EnteredAt, err = tx.Lock(r.Stream())
		if err != nil {
			return "", err
		}
		if r.EnteredAt.Before(since) { // two nodes' clocks
			r.EnteredAt = since
		}
		return r.ID, s.enter(tx, who, &r, "", form, due)
	})
}

// body is whose roll it is: one of the clerk's that has the meeting.
func (s *Service) body(tx Tx, scope identity.Scope, form Form) (identity.Org, error) {
	org, err := tx.Org(form.Org, scope)
	if err != nil {
		return org, casework.InvalidIfMissing(err, "body", "请选择哪个单位的哪个会议")
	}
	if body := s.Pack().Assemblies[form.Assembly]; string(org.Kind) != body.Body {
		return org, fault.New(fault.Invalid, "%s没有%s，请重新选择", org.Name, body.Label).On("body")
	}
	return org, nil
}

// next says when the body's last edition was confirmed, and refuses another while one
// waits: of two side by side the older would win if it were confirmed last. Whoever
// enters for the same organisation waits.
func (s *Service) next(tx Tx, form Form) (since time.Time, err error) {
	if _, err := tx.Lock(event.Of("org", form.Org)); err != nil {
		return since, err
	}
	before, err := tx.Editions(form.Org, form.Assembly)
	for _, r := range before {
		switch {
		case Leads[r.State].Duties != nil:
			return since, fault.New(fault.Conflict, "%s已有一版名册在办（%s，%s起用）：要改的等退回后修改，不用了的先撤回那一版，再登记新的一版",
				s.Pack().Assemblies[form.Assembly].Label, r.Label(), r.From).On("body")
		case r.DecidedAt.After(since):
			since = r.DecidedAt
		}
	}
	return since, err
}

// checkedBy is the day by which an edition that is handed in now is checked.
func (s *Service) checkedBy(ctx context.Context) (calendar.Date, error) {
	n, err := s.Pack().RollDays.Need()
	if err != nil {
		return "", err
	}
	return s.Days.After(ctx, s.Days.Clock.Now(), n)
}

// AmendRoll mends an edition that was returned and hands it in again.
func (s *Service) AmendRoll(ctx context.Context, who identity.Actor, requestID, id string, version int,
	form Form) (string, error) {
	scope, once, err := casework.Begin(who, RollEnter, "roll.amend", requestID, []any{id, version, form})
	if err != nil {
		return "", err
	}
	if err := s.check(form); err != nil {
		return "", err
	}
	due, err := s.checkedBy(ctx)
	if err != nil {
		return "", err
	}
	return s.Store.WriteRoll(ctx, once, func(tx Tx) (string, error) {
		r, err := tx.Roll(id, scope)
		if err != nil {
			return "", err
		}
		if err := casework.SameVersion(r.Version, version); err != nil {
			return "", err
		}
		if form.Org != r.Org || form.Assembly != r.Assembly {
			return "", fault.New(fault.Invalid, "这份名册是%s的，不能改成别的会议，请撤回后另外登记", r.OrgName).On("body")
		}
		from := r.State
		if err := Lifecycle.Move(&r.State, Entered); err != nil {
			return "", err
		}
		return r.ID, s.enter(tx, who, &r, from, form, due)
	})
}

// enter puts the form into an edition and hands it to the station.
func (s *Service) enter(tx Tx, who identity.Actor, r *Roll, from casework.State, form Form,
	due calendar.Date) error {
	r.Form, r.Count = form, len(form.Members)
	r.Mend = nil
	r.Version++
	kind := "roll.entered"
	if from != "" {
		kind = "roll.amended"
	}
	return s.keep(tx, who, RollEnter, from, *r, due, kind, nil)
}

// WithdrawRoll takes back an edition that nobody has confirmed.
func (s *Service) WithdrawRoll(ctx context.Context, who identity.Actor, requestID, id string,
	version int) (string, error) {
	scope, once, err := casework.Begin(who, RollEnter, "roll.withdraw", requestID, []any{id, version})
	if err != nil {
		return "", err
	}
	return s.Store.WriteRoll(ctx, once, func(tx Tx) (string, error) {
		r, from, err := moved(tx, scope, id, version, Withdrawn)
		if err != nil {
			return "", err
		}
		return r.ID, s.keep(tx, who, RollEnter, from, r, "", "roll.withdrawn", nil)
	})
}

// moved loads an edition and moves it on.
func moved(tx Tx, scope identity.Scope, id string, version int, to casework.State) (r Roll, from casework.State,
	err error) {
	r, err = tx.Roll(id, scope)
	if err != nil {
		return r, "", err
	}
	if err := casework.SameVersion(r.Version, version); err != nil {
		return r, "", err
	}
	from = r.State
	r.Version++
	return r, from, Lifecycle.Move(&r.State, to)
}

// keep saves an edition that has moved, with what waits then and the step in its trail.
func (s *Service) keep(tx Tx, who identity.Actor, act *identity.Action, from casework.State, r Roll,
	due calendar.Date, kind string, reasons []fault.Field) error {
	if err := tx.SaveRoll(r); err != nil {
		return err
	}
	if err := Leads.Moved(tx, from, r.State, s.duty(r, due), who.PersonID); err != nil {
		return err
	}
	return casework.NoteAct(tx, who, act, r.Stream(), r.Path, kind, reasons)
}
