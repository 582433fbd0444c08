package bidding

import (
	"context"
	"slices"
	"time"

	"sunlot/disclosure/privacy"
	"sunlot/internal/calendar"
	"sunlot/internal/casework"
	"sunlot/internal/event"
	"sunlot/internal/fault"
	"sunlot/internal/identity"
	"sunlot/trading"
	"sunlot/trading/rules"
)

// AnswerObjection answers in public, with the objector's own words or with the
// reason why they are withheld. The station answers what is objected to others,
// the township's leader what is objected to the station. One that is right waits
// for what follows from it.
func (s *Service) AnswerObjection(ctx context.Context, who identity.Actor, requestID, id string,
	form trading.AnswerForm) (string, error) {
	var f fault.Form
	if form.Outcome.Label() == "" {
		f.Add("outcome", "请选择结论：成立、部分成立或者不成立")
	}
	f.Text("answer", "答复", form.Answer, 2000)
	if form.Withheld != "" {
		f.Text("withheld", "不公开原文的理由", form.Withheld, 200)
	}
	return s.onObjection(ctx, who, "objection.answer", requestID, id, form, &f,
		func(tx LotTx, l trading.Lot, o trading.Objection, at time.Time) error {
			if !who.May(o.Answerer(), o.Path) {
				return fault.New(fault.Forbidden, "这件异议由%s答复", o.AnsweredOf())
			}
			if !o.Unanswered() { // in the same words whatever has become of it since
				return fault.New(fault.Conflict, "这件异议已经答复，不能再答复")
			}
			if err := casework.SameVersion(o.Version, form.Version); err != nil {
				return err
			}
			if err := privacy.Check(tx, l.Path, form); err != nil {
				return err
			}
			return answer(tx, s.Pack(), who, l, o, form, at)
		})
}

// onObjection runs an act on an objection in its lot's transaction.
func (s *Service) onObjection(ctx context.Context, who identity.Actor, kind, requestID, id string, form any,
	f *fault.Form, act func(tx LotTx, l trading.Lot, o trading.Objection, at time.Time) error) (string, error) {
	scope, err := objectionsOf(who)
	if err != nil {
		return "", err
	}
	once, err := event.NewRequest(who.PersonID, kind, requestID, []any{id, form})
	if err != nil {
		return "", err
	}
	if err := f.Err(); err != nil {
		return "", err
	}
	return s.AwardStore.WriteLot(ctx, once, func(tx LotTx) (string, error) {
		o, err := tx.Objection(id, scope)
		if err != nil {
			return "", err
		}
		l, at, err := lockedLot(tx, o.Lot)
		if err != nil {
			return "", err
		}
		all, err := tx.Objections(l.ID)
		if err != nil {
			return "", err
		}
		if slices.ContainsFunc(all, func(o trading.Objection) bool { return o.RaisedBy == who.PersonID }) {
			return "", fault.New(fault.Forbidden, "您本人对这个结果提出过异议，请由同岗位的其他人办理")
		}
		if err := noPart(tx, l.ID, who); err != nil {
			return "", err
		}
		return o.ID, act(tx, l, o, at)
	})
}

func answer(tx LotTx, newest rules.Pack, who identity.Actor, l trading.Lot, o trading.Objection,
	form trading.AnswerForm, at time.Time) error {
	from := o.State
	if err := trading.ObjectionLifecycle.Move(&o.State, form.Outcome.Leads()); err != nil {
		return err
	}
	if form.Withheld == "" {
		o.Public = privacy.Mask(o.Text)
	}
	o.Withheld = form.Withheld
	o.Outcome = form.Outcome
	o.Answer = form.Answer
	o.AnsweredAt = at
	o.AnsweredBy = who.PersonID
	if o.State == trading.Upheld {
		pack, err := rules.At(l.Rules, newest)
		if err != nil {
			return err
		}
		o.DecideBy = calendar.DateOf(at).AddDays(pack.AnswerDays.Value())
	}
	doc, err := privacy.Publish(tx, l.Path, struct {
		Objection string          `json:"objection"`
		Lot       string          `json:"lot"`
		Target    trading.Target  `json:"target"`
		Text      string          `json:"text"`
		Withheld  string          `json:"withheld"`
		Outcome   trading.Outcome `json:"outcome"`
		Answer    string          `json:"answer"`
		At        string          `json:"at"`
	}{o.ID, l.ID, o.Target, o.Public, o.Withheld, o.Outcome, o.Answer, event.Stamp(at)})
	if err != nil {
		return err
	}
	e, err := tx.Record(l.Stream(), "objection.answered", trading.AnsweredFacts{
		Objection: o.ID,
		Outcome:   o.Outcome,
		Document:  doc,
	}, nil)
	if err != nil {
		return err
	}
	return keepObjection(tx, from, l, o, e, who.PersonID)
}

// keepObjection saves an objection that has moved, with what waits then.
func keepObjection(tx LotTx, from casework.State, l trading.Lot, o trading.Objection, e event.Event,
	by string) error {
	o.Event = event.Ref{Stream: e.Stream, Seq: e.Seq}
	return keepQuietly(tx, from, l, o, by)
}

// keepQuietly is keepObjection for a step that no event tells.
func keepQuietly(tx LotTx, from casework.State, l trading.Lot, o trading.Objection, by string) error {
	o.Version++
	if err := tx.SaveObjection(o); err != nil {
		return err
	}
	return ObjectionLeads.Moved(tx, from, o.State, dutyOf(l, o), by)
}

// DecideObjection says what follows from an objection that is right: the result
// stands with an explanation, or it is to be taken back. That nobody does alone: it
// waits for SecondDecision, and nobody else reads of it before.
func (s *Service) DecideObjection(ctx context.Context, who identity.Actor, requestID, id string,
	form trading.DecisionForm) (string, error) {
	var f fault.Form
	if form.Ruling.Label() == "" {
		f.Add("ruling", "请选择：维持成交结果并说明，或者撤销成交结果")
	}
	f.Text("reason", "理由", form.Reason, 2000)
	return s.onObjection(ctx, who, "objection.decide", requestID, id, form, &f,
		func(tx LotTx, l trading.Lot, o trading.Objection, at time.Time) error {
			if !who.May(trading.ObjectionRule, o.Path) {
				return fault.New(fault.Forbidden, "成立的异议由乡镇分管领导决定")
			}
			if err := casework.SameVersion(o.Version, form.Version); err != nil {
				return err
			}
			o, err := follows(tx, who, l, o, form, at)
			if err != nil || o.State == trading.Voiding {
				return err
			}
			return s.ruled(ctx, tx, who, l, o, at)
		})
}

// follows is an objection with what the leader says follows; where that takes the
// result back it is kept as it waits for its second person.
func follows(tx LotTx, who identity.Actor, l trading.Lot, o trading.Objection, form trading.DecisionForm,
	at time.Time) (trading.Objection, error) {
	from := o.State
	if from != trading.Upheld {
		return o, fault.New(fault.Conflict, "异议当前为“%s”，不能决定", o.Label())
	}
	if err := mayKeep(tx, l, form.Ruling); err != nil {
		return o, err
	}
	if err := privacy.Check(tx, l.Path, form); err != nil {
		return o, err
	}
	o.Ruling = form.Ruling
	o.Reason = form.Reason
	o.Doubt = ""
	o.DecidedAt = at
	o.DecidedBy = who.PersonID
	if o.Ruling == trading.Keep {
		return o, nil
	}
	if err := trading.ObjectionLifecycle.Move(&o.State, trading.Voiding); err != nil {
		return o, err
	}
	err := casework.NoteAct(tx, who, trading.ObjectionRule, o.Stream(), o.Path, "objection.proposed", nil)
	if err != nil {
		return o, err
	}
	return o, keepQuietly(tx, from, l, o, who.PersonID)
}

// SecondDecision is the supervision committee's word on a decision that takes a
// result back. Agreed, the lot has failed, all deposits go back, and the asset waits
// for another notice; else the leader decides again. Where the committee has not said it in
// its days, for it has nobody or nobody who takes no part, another leader says it.
func (s *Service) SecondDecision(ctx context.Context, who identity.Actor, requestID, id string,
	form trading.SecondForm) (string, error) {
	var f fault.Form
	if !form.Agree {
		f.Text("reason", "理由", form.Reason, 300)
	}
	return s.onObjection(ctx, who, "objection.second", requestID, id, form, &f,
		func(tx LotTx, l trading.Lot, o trading.Objection, at time.Time) error {
			if !who.May(trading.ObjectionSecond, o.Path) && !who.May(trading.ObjectionStand, o.Path) {
				return fault.New(fault.Forbidden, "撤销成交结果由村务监督委员会成员复核")
			}
			if err := casework.SameVersion(o.Version, form.Version); err != nil {
				return err
			}
			if o.State != trading.Voiding {
				return fault.New(fault.Conflict, "异议当前为“%s”，不能复核", o.Label())
			}
			if err := who.Second("决定撤销的人不能复核同一件决定", o.DecidedBy, o.AnsweredBy); err != nil {
				return err
			}
			if due := StandsFrom(o); !who.May(trading.ObjectionSecond, o.Path) && calendar.DateOf(at) < due {
				return fault.New(fault.Conflict, "先由村务监督委员会复核；到%s还没有复核的，您才能代为复核", due)
			}
			if form.Agree {
				o.SecondedBy = who.PersonID
				return s.ruled(ctx, tx, who, l, o, at)
			}
			o.Doubt = form.Reason
			return undecide(tx, who, l, o, trading.ObjectionSecond, "objection.doubted")
		})
}

// WithdrawDecision takes back a decision that waits for its second person: the
// objection waits for a decision as it did before.
func (s *Service) WithdrawDecision(ctx context.Context, who identity.Actor, requestID, id string,
	version int) (string, error) {
	return s.onObjection(ctx, who, "objection.withdraw", requestID, id, version, &fault.Form{},
		func(tx LotTx, l trading.Lot, o trading.Objection, at time.Time) error {
			if !who.May(trading.ObjectionRule, o.Path) {
				return fault.New(fault.Forbidden, "待复核的决定由乡镇分管领导撤回")
			}
			if o.State == trading.Voiding && who.PersonID != o.DecidedBy && calendar.DateOf(at) < StandsFrom(o) {
				return fault.New(fault.Forbidden, "待复核的决定由作决定的本人撤回，复核期限过后其他分管领导也可以撤回")
			}
			if err := casework.SameVersion(o.Version, version); err != nil {
				return err
			}
			if o.State != trading.Voiding {
				return fault.New(fault.Conflict, "异议当前为“%s”，没有待复核的决定可以撤回", o.Label())
			}
			return undecide(tx, who, l, o, trading.ObjectionRule, "objection.withdrawn")
		})
}

// undecide makes an objection wait for a decision again.
func undecide(tx LotTx, who identity.Actor, l trading.Lot, o trading.Objection, as *identity.Action,
	step string) error {
	from := o.State
	if err := trading.ObjectionLifecycle.Move(&o.State, trading.Upheld); err != nil {
		return err
	}
	o.Ruling = ""
	o.Reason = ""
	o.DecidedBy = ""
	o.DecidedAt = time.Time{}
	if err := casework.NoteAct(tx, who, as, o.Stream(), o.Path, step, nil); err != nil {
		return err
	}
	return keepQuietly(tx, from, l, o, who.PersonID)
}

// ruled makes a decision public, and does what it says.
func (s *Service) ruled(ctx context.Context, tx LotTx, who identity.Actor, l trading.Lot, o trading.Objection,
	at time.Time) error {
	from := o.State
	if err := trading.ObjectionLifecycle.Move(&o.State, trading.Decided); err != nil {
		return err
	}
	o.DecidedAt = at
	doc, err := privacy.Publish(tx, l.Path, struct {
		Objection string         `json:"objection"`
		Lot       string         `json:"lot"`
		Ruling    trading.Ruling `json:"ruling"`
		Reason    string         `json:"reason"`
		At        string         `json:"at"`
	}{o.ID, l.ID, o.Ruling, o.Reason, event.Stamp(at)})
	if err != nil {
		return err
	}
	e, err := tx.Record(l.Stream(), "objection.decided", trading.DecidedFacts{
		Objection: o.ID,
		Ruling:    o.Ruling,
		Document:  doc,
		Seconded:  o.SecondedBy != "" && who.May(trading.ObjectionSecond, o.Path),
		StoodIn:   o.SecondedBy != "" && !who.May(trading.ObjectionSecond, o.Path),
	}, nil)
	if err != nil {
		return err
	}
	if err := keepObjection(tx, from, l, o, e, who.PersonID); err != nil || o.Ruling == trading.Keep {
		return err
	}
	return s.takeBack(ctx, tx, l, o, at)
}

// mayKeep refuses to uphold a result that another objection has taken back.
func mayKeep(tx LotTx, l trading.Lot, ruling trading.Ruling) error {
	if ruling != trading.Keep {
		return nil
	}
	a, err := tx.Award(l.ID)
	if err != nil || a.State != trading.Voided {
		return err
	}
	return fault.New(fault.Conflict, "成交结果已因另一件异议撤销，不能再维持：请选择“%s”，并在理由中说明已经撤销",
		trading.Void.Label()).On("ruling")
}

// takeBack voids a result that has not been taken back before, and its lot fails.
func (s *Service) takeBack(ctx context.Context, tx LotTx, l trading.Lot, o trading.Objection, at time.Time) error {
	a, err := tx.Award(l.ID)
	if err != nil || a.State == trading.Voided {
		return err
	}
	if err := trading.AwardLifecycle.Move(&a.State, trading.Voided); err != nil {
		return err
	}
	if err := trading.LotLifecycle.Move(&l.State, trading.Failed); err != nil {
		return err
	}
	by, err := s.refundBy(ctx, l, at)
	if err != nil {
		return err
	}
	err = recordLot(tx, &l, "award.voided", trading.VoidedFacts{Objection: o.ID, RefundBy: by})
	if err != nil {
		return err
	}
	a.Version++
	a.Event = l.Event
	if err := tx.SaveAward(a); err != nil {
		return err
	}
	if err := tx.Settle(payingDuty, trading.Registration{ID: a.Registration}.Stream(), ""); err != nil {
		return err
	}
	return s.giveUp(ctx, tx, l, at)
}
