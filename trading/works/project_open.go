package works

import (
	"context"
	"time"

	"sunlot/disclosure/privacy"
	"sunlot/internal/calendar"
	"sunlot/internal/casework"
	"sunlot/internal/event"
	"sunlot/internal/fault"
	"sunlot/internal/identity"
	"sunlot/internal/money"
	"sunlot/trading"
)

// Limit is the estimate up to which a work is a small one 小型工程.
func (s *Service) Limit() (money.Fen, error) {
	yuan, err := s.Pack().WorksLimit.Need()
	return money.Fen(yuan) * 100, err
}

// LimitOf is the limit that the project is held to: that of the day on which it was
// opened, and today's while it is not. A later edition of the rules moves no
// project that runs. Without a limit none is proposed.
func (s *Service) LimitOf(p Project) money.Fen {
	if p.Limit > 0 {
		return p.Limit
	}
	return money.Fen(s.Pack().WorksLimit.Value()) * 100
}

func (form ProjectForm) check(limit money.Fen) error {
	var f fault.Form
	for _, text := range []struct {
		field, label, value string
		limit               int
	}{
		{"village", "哪个村", form.Village, 16}, {"item", "小微权力事项", form.Item, 16}, {"name", "项目名称", form.Name, 60},
		{"place", "建设地点", form.Place, 120},
	} {
		f.Line(text.field, text.label, text.value, text.limit)
	}
	f.Text("scope", "建设内容", form.Scope, 1000)
	f.Optional("split", "分开办的理由", form.Split, 300)
	f.Optional("resolution", "决议", form.Resolution, 16)
	switch {
	case form.Estimate <= 0:
		f.Add("estimate", "请填写估算金额，单位为元")
	case form.Estimate > limit:
		f.Add("estimate", "估算超过 %s 元，不能按村级小型工程办理，应由乡镇另行组织招标", limit.Yuan())
	}
	for i, p := range form.Plan {
		form.checkPlanned(&f, i, p)
	}
	return f.Err()
}

func (form ProjectForm) checkPlanned(f *fault.Form, i int, p Planned) {
	spec, known := SpecOf(p.Stage)
	_, err := calendar.ParseDate(string(p.On))
	switch {
	case !known || i > 0 && place(p.Stage) <= place(form.Plan[i-1].Stage):
		f.Add("plan", "计划的环节不对，请刷新页面后重填")
	case p.On != "" && (err != nil || p.On < "2000-01-01" || p.On > "2199-12-31"):
		f.Add("plan", "“%s”的计划日期不对", spec.Label)
	case i > 0 && p.On != "" && form.Plan[i-1].On > p.On:
		f.Add("plan", "“%s”的计划日期早于前一个环节", spec.Label)
	case spec.Sum == "" && p.Sum != 0 || p.Sum < 0 || p.Sum > money.Limit:
		f.Add("plan", "“%s”的计划金额不对", spec.Label)
	}
}

// OpenProject proposes a small work with its plan. It is public when the
// supervision committee has confirmed it.
func (s *Service) OpenProject(ctx context.Context, who identity.Actor, requestID string,
	form ProjectForm) (string, error) {
	scope, once, err := casework.Begin(who, ProjectOpen, "project.open", requestID, form)
	if err != nil {
		return "", err
	}
	limit, err := s.Limit()
	if err != nil {
		return "", err
	}
	if err := form.check(limit); err != nil {
		return "", err
	}
	return s.Store.WriteProject(ctx, once, func(tx Tx) (string, error) {
		p := Project{ID: event.NewID(), ProjectForm: form, State: ProjectProposed, Version: 1, ProposedBy: who.PersonID}
		village, err := tx.Org(form.Village, scope)
		if err == nil && village.Kind != identity.Village {
			err = fault.New(fault.NotFound, "不是村")
		}
		if err != nil {
			return "", casework.InvalidIfMissing(err, "village", "请选择本村")
		}
		p.Path = village.Path
		if err := privacy.Check(tx, p.Path, form); err != nil {
			return "", err
		}
		if err := p.rests(tx, scope); err != nil {
			return "", err
		}
		p.ProposedAt, err = tx.Lock(p.Stream())
		if err != nil {
			return "", err
		}
		if err := s.apart(tx, &p, p.ProposedAt); err != nil {
			return "", err
		}
		p.plan(nil)
		if err := keep(tx, "", p, who.PersonID); err != nil {
			return "", err
		}
		return p.ID, casework.NoteAct(tx, who, ProjectOpen, p.Stream(), p.Path, "project.proposed", nil)
	})
}

// rests checks what the project refers to: an item in force at the village, and
// a confirmed resolution of the village if one is named.
func (p Project) rests(tx Tx, scope identity.Scope) error {
	item, err := tx.ItemInForce(p.Item)
	if err == nil && !item.Path.Covers(p.Path) {
		err = fault.New(fault.NotFound, "本村没有这个事项")
	}
	if err != nil {
		return casework.InvalidIfMissing(err, "item", "请选择已公布的小微权力事项")
	}
	if p.Resolution == "" {
		return nil
	}
	r, err := tx.Resolution(p.Resolution, scope)
	if err == nil && (r.State != trading.Confirmed || !p.Path.Covers(r.Path)) {
		err = fault.New(fault.NotFound, "决议还没有核实")
	}
	return casework.InvalidIfMissing(err, "resolution", "请选择本村已核实的决议，或留空")
}

// ConfirmForm is the committee's word: it has seen the paper, and what becomes
// public has nobody's phone, identity card or bank account in it.
type ConfirmForm struct {
	Version int  `json:"version"`
	Clean   bool `json:"clean"`
}

func (form ConfirmForm) check() error {
	if !form.Clean {
		return fault.New(fault.Invalid, "请先检查：公开的内容里没有手机号、身份证号、银行账号").On("clean")
	}
	return nil
}

// ConfirmProject opens the project to everybody. Who proposed it cannot.
func (s *Service) ConfirmProject(ctx context.Context, who identity.Actor, requestID, id string,
	form ConfirmForm) (string, error) {
	scope, once, err := casework.Begin(who, ProjectConfirm, "project.confirm", requestID, []any{id, form})
	if err != nil {
		return "", err
	}
	if err := form.check(); err != nil {
		return "", err
	}
	return s.Store.WriteProject(ctx, once, func(tx Tx) (string, error) {
		p, at, err := proposed(tx, who, scope, id, form.Version, Underway)
		if err != nil {
			return "", err
		}
		item, err := tx.ItemInForce(p.Item)
		if err != nil {
			return "", err
		}
		err = s.apart(tx, &p, p.ProposedAt)
		if fault.CodeOf(err) == fault.Invalid {
			err = fault.New(fault.Conflict, "%s。请退回，由村里写明理由后重新登记", fault.MessageOf(err))
		}
		if err != nil {
			return "", err
		}
		limit, err := s.Limit()
		if err != nil {
			return "", err
		}
		if p.Estimate > limit {
			return "", fault.New(fault.Conflict, "估算超过现在的限额 %s 元，不能按村级小型工程公开，请退回", limit.Yuan())
		}
		p.ConfirmedBy, p.ConfirmedAt = who.PersonID, at
		p.Limit = limit
		p.Document, err = privacy.Publish(tx, p.Path, opening(p, item, p.Limit, at))
		if err != nil {
			return "", err
		}
		e, err := tx.Record(p.Stream(), "project.opened", OpenedFacts{
			Item:       item.Event,
			Edition:    item.Edition,
			Village:    p.Village,
			Resolution: p.Resolution,
			Estimate:   p.Estimate,
			Limit:      p.Limit,
			Plan:       p.planned(),
			Document:   p.Document,
		}, nil)
		if err != nil {
			return "", err
		}
		p.Event = event.Ref{Stream: e.Stream, Seq: e.Seq}
		if err := keep(tx, ProjectProposed, p, who.PersonID); err != nil {
			return "", err
		}
		return p.ID, casework.NoteAct(tx, who, ProjectConfirm, p.Stream(), p.Path, "project.opened", nil)
	})
}

// ReturnProject gives the proposal back; the clerk proposes it anew.
func (s *Service) ReturnProject(ctx context.Context, who identity.Actor, requestID, id string,
	back casework.Return) (string, error) {
	scope, once, err := casework.Begin(who, ProjectConfirm, "project.return", requestID, []any{id, back})
	if err != nil {
		return "", err
	}
	if err := back.Check(); err != nil {
		return "", err
	}
	return s.Store.WriteProject(ctx, once, func(tx Tx) (string, error) {
		p, _, err := proposed(tx, who, scope, id, back.Version, ProjectReturned)
		if err != nil {
			return "", err
		}
		p.Mend = back.Reasons
		if err := keep(tx, ProjectProposed, p, who.PersonID); err != nil {
			return "", err
		}
		return p.ID, casework.NoteAct(tx, who, ProjectConfirm, p.Stream(), p.Path, "project.returned", back.Reasons)
	})
}

// proposed loads a proposal for the committee and moves it on.
func proposed(tx Tx, who identity.Actor, scope identity.Scope, id string, version int,
	to casework.State) (Project, time.Time, error) {
	p, err := tx.Project(id, scope)
	if err != nil {
		return p, time.Time{}, err
	}
	if err := casework.SameVersion(p.Version, version); err != nil {
		return p, time.Time{}, err
	}
	if err := who.Second("登记项目的人不能核实同一个项目", p.ProposedBy); err != nil {
		return p, time.Time{}, err
	}
	if err := ProjectLifecycle.Move(&p.State, to); err != nil {
		return p, time.Time{}, err
	}
	p.Version++
	at, err := tx.Lock(p.Stream())
	return p, at, err
}
