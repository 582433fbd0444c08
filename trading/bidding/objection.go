package bidding

import (
	"context"

	"sunlot/internal/calendar"
	"sunlot/internal/casework"
	"sunlot/internal/event"
	"sunlot/internal/fault"
	"sunlot/internal/identity"
	"sunlot/trading"
)

// objectionsOfOne is how many objections to a result one sender may raise, told by
// the telephone; more come on paper. Others' are not counted: nobody closes the
// list for everybody.
const objectionsOfOne = 5

// Object takes an objection to a result while it is public. Nobody needs an
// account; the result is not settled before the answer.
func (s *Service) Object(ctx context.Context, who identity.Actor, requestID string,
	form trading.ObjectionForm) (string, error) {
	actor := who.PersonID
	if !who.SignedIn() {
		actor = "visitor"
	}
	once, err := event.NewRequest(actor, "objection.raise", requestID, form)
	if err != nil {
		return "", err
	}
	var f fault.Form
	f.Text("name", "姓名", form.Name, 30)
	if !phoneForm.MatchString(form.Phone) {
		f.Add("phone", "请填写11位手机号码,只有乡镇经管站能看到")
	}
	f.Text("text", "异议内容", form.Text, 2000)
	if err := f.Err(); err != nil {
		return "", err
	}
	return s.AwardStore.WriteLot(ctx, once, func(tx LotTx) (string, error) { return s.raise(tx, form) })
}

func (s *Service) raise(tx LotTx, form trading.ObjectionForm) (string, error) {
	l, at, err := lockedLot(tx, form.Lot)
	if err != nil {
		return "", err
	}
	a, err := tx.Award(l.ID)
	if err != nil {
		return "", err
	}
	if a.State != trading.Publicised || !at.Before(a.PublicUntil) {
		return "", fault.New(fault.Conflict, "公示期已于%s结束", calendar.Exactly(a.PublicUntil))
	}
	before, err := tx.Objections(l.ID)
	if err != nil {
		return "", err
	}
	mine := 0
	for _, o := range before {
		if o.Phone == form.Phone {
			mine++
		}
	}
	if mine >= objectionsOfOne {
		return "", fault.New(fault.TooMany, "您对这个结果已提出%d件异议，其余的请向乡镇经管站书面提出", mine)
	}
	o := trading.Objection{
		ID:            event.NewID(),
		Path:          l.Path,
		State:         trading.Raised,
		Version:       1,
		ObjectionForm: form,
		RaisedAt:      at,
		AnswerBy:      calendar.DateOf(at).AddDays(s.Pack.AnswerDays.Value),
	}
	e, err := tx.Record(l.Stream(), "objection.raised", trading.RaisedFacts{
		Objection: o.ID,
		AnswerBy:  o.AnswerBy,
	}, []byte(form.Text))
	if err != nil {
		return "", err
	}
	o.Event = event.Ref{Stream: e.Stream, Seq: e.Seq}
	if err := tx.SaveObjection(o); err != nil {
		return "", err
	}
	return o.ID, ObjectionLeads.Moved(tx, "", o.State, dutyOf(l, o), "")
}

// AnswerObjection answers in public. The station writes the objection as it may
// be read by all; the objector's words stay sealed.
func (s *Service) AnswerObjection(ctx context.Context, who identity.Actor, requestID, id string,
	form trading.AnswerForm) (string, error) {
	scope, once, err := casework.Begin(who, trading.ObjectionAnswer, "objection.answer", requestID, []any{id, form})
	if err != nil {
		return "", err
	}
	var f fault.Form
	f.Text("public", "公开的异议内容", form.Public, 2000)
	f.Text("answer", "答复", form.Answer, 2000)
	if err := f.Err(); err != nil {
		return "", err
	}
	return s.AwardStore.WriteLot(ctx, once, func(tx LotTx) (string, error) {
		o, err := tx.Objection(id, scope)
		if err != nil {
			return "", err
		}
		if err := casework.SameVersion(o.Version, form.Version); err != nil {
			return "", err
		}
		l, at, err := lockedLot(tx, o.Lot)
		if err != nil {
			return "", err
		}
		if err := noPart(tx, l.ID, who); err != nil {
			return "", err
		}
		if err := trading.ObjectionLifecycle.Move(&o.State, trading.Answered); err != nil {
			return "", err
		}
		o.Public = form.Public
		o.Answer = form.Answer
		o.AnsweredAt = at
		o.AnsweredBy = who.PersonID
		o.Version = o.Version + 1
		doc, err := casework.Publish(tx, struct {
			Objection string `json:"objection"`
			Lot       string `json:"lot"`
			Text      string `json:"text"`
			Answer    string `json:"answer"`
			At        string `json:"at"`
		}{o.ID, l.ID, o.Public, o.Answer, event.Stamp(at)})
		if err != nil {
			return "", err
		}
		e, err := tx.Record(l.Stream(), "objection.answered", trading.AnsweredFacts{
			Objection: o.ID,
			Document:  doc,
		}, nil)
		if err != nil {
			return "", err
		}
		o.Event = event.Ref{Stream: e.Stream, Seq: e.Seq}
		if err := tx.SaveObjection(o); err != nil {
			return "", err
		}
		return o.ID, ObjectionLeads.Moved(tx, trading.Raised, o.State, dutyOf(l, o), who.PersonID)
	})
}
