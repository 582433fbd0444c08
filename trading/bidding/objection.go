package bidding

import (
	"context"
	"slices"
	"time"

	"sunlot/internal/calendar"
	"sunlot/internal/event"
	"sunlot/internal/fault"
	"sunlot/internal/identity"
	"sunlot/internal/typed"
	"sunlot/trading"
	"sunlot/trading/rules"
)

// objectionsOfOne is how many objections to a result one sender may raise; more
// come on paper. Who is signed in has a share of his own, and others are told by
// the telephone, which anybody may type: so nobody closes the list for another.
const objectionsOfOne = 5

// waitingOfAll is how many objections of strangers wait for an answer to one result.
// Telephones and accounts can be made up; who has a part in it is heard beyond it.
const waitingOfAll = 20

// errObjectionHeld is told to whoever objected in time and was not heard before the
// result was settled.
var errObjectionHeld = fault.New(fault.Unavailable,
	"系统繁忙，您的异议没有及时收下，公示期已满；请向乡镇经管站书面提出，并说明提交的时间")

// crowded says whether as many wait of strangers.
func crowded(all []trading.Objection) bool {
	n := 0
	for _, o := range all {
		if o.Stranger && o.Unanswered() {
			n++
		}
	}
	return n >= waitingOfAll
}

// stranger says whether nobody but the sender himself says who he is: he is not
// signed in, or has only the account that anybody may open, and has neither paid for
// the lot nor been qualified for it.
func stranger(tx LotTx, lot string, who identity.Actor) (bool, error) {
	given := func(m identity.Membership) bool { return m.Role != identity.BidderRole }
	if slices.ContainsFunc(who.Memberships, given) {
		return false, nil
	}
	if !who.SignedIn() {
		return true, nil
	}
	all, err := tx.Registrations(lot)
	if err != nil {
		return false, err
	}
	paid, err := tx.Deposits(lot)
	if err != nil {
		return false, err
	}
	earnest := func(r trading.Registration) bool {
		return r.Number != "" || slices.ContainsFunc(paid, func(d trading.Deposit) bool {
			return d.Registration == r.ID || d.Former == r.ID
		})
	}
	return !slices.ContainsFunc(all, func(r trading.Registration) bool {
		return r.PersonID == who.PersonID && r.State != trading.RegistrationPulled && earnest(r)
	}), nil
}

// sentBefore counts the sender's objections among those of a result.
func sentBefore(all []trading.Objection, by, phone string) int {
	n := 0
	for _, o := range all {
		if o.RaisedBy == by && (by != "" || o.Phone == phone) {
			n++
		}
	}
	return n
}

// roomFor refuses what is beyond the sender's own share, or the strangers' together.
func roomFor(tx LotTx, by string, unknown bool, form trading.ObjectionForm) error {
	before, err := tx.Objections(form.Lot)
	if err != nil {
		return err
	}
	mine := sentBefore(before, by, form.Phone)
	switch {
	case mine >= objectionsOfOne && by == "":
		return fault.New(fault.TooMany, "用这个手机号码已对这个结果提出%d件异议；登录后再提，按您本人另计，或者向乡镇经管站书面提出", mine)
	case mine >= objectionsOfOne:
		return fault.New(fault.TooMany, "您对这个结果已提出%d件异议，其余的请向乡镇经管站书面提出", mine)
	case unknown && crowded(before) && by == "":
		return fault.New(fault.TooMany, "没有登录的人和没有报名的账号对这个结果提出的异议，已有%d件在等答复；"+
			"报名人和登记过的村民请登录后提出，其他人请过几天再提，或者向乡镇经管站书面提出", waitingOfAll)
	case unknown && crowded(before):
		return fault.New(fault.TooMany, "您没有报名这个标的，账号也没有登记为村民；这样的人对这个结果提出的异议，"+
			"已有%d件在等答复，请过几天再提，或者向乡镇经管站书面提出", waitingOfAll)
	}
	return nil
}

// Object takes an objection to a result that was public when the server had
// received it whole, however long it then waits. Nobody needs an account; the
// result is not settled before the answer.
func (s *Service) Object(ctx context.Context, who identity.Actor, requestID string,
	form trading.ObjectionForm, received time.Time) (string, error) {
	form.Phone = typed.Phone(form.Phone)
	actor := who.PersonID
	if !who.SignedIn() {
		actor = "visitor"
	}
	once, err := event.NewRequest(actor, "objection.raise", requestID, form)
	if err != nil {
		return "", err
	}
	var f fault.Form
	if form.Target.Label() == "" {
		f.Add("target", "请选择异议针对谁：村集体，或者乡镇经管站")
	}
	f.Line("name", "姓名", form.Name, 30)
	if !phoneForm.MatchString(form.Phone) {
		f.Add("phone", "请填写11位手机号码，只有答复的单位能看到")
	}
	f.Text("text", "异议内容", form.Text, 2000)
	if err := f.Err(); err != nil {
		return "", err
	}
	raise := func() (string, error) {
		return s.AwardStore.WriteLot(ctx, once, func(tx LotTx) (string, error) {
			return s.raise(ctx, tx, who, form, received)
		})
	}
	return resumed(ctx, errNotResumed, raise, s.ResumeAward, form.Lot)
}

// public says whether a result was public when an objection to it arrived.
func public(ctx context.Context, lost lostTime, tx LotTx, l trading.Lot, a trading.Award, arrived time.Time) error {
	switch late := !arrived.Before(a.PublicUntil); {
	case a.State == trading.Voided:
		return fault.New(fault.Conflict, "这个成交结果已经撤销，不再公示，也不用再提异议")
	case a.State == trading.Publicised && !late:
		return nil
	case a.State == trading.Publicised:
		if err := lost.ofPublicity(ctx, tx, l, a); err != nil {
			return err
		}
	case !late:
		return errObjectionHeld
	}
	return fault.New(fault.Conflict, "公示期已于%s结束", calendar.Exactly(a.PublicUntil))
}

func (s *Service) raise(ctx context.Context, tx LotTx, who identity.Actor, form trading.ObjectionForm,
	received time.Time) (string, error) {
	l, at, err := lockedLot(tx, form.Lot)
	if err != nil {
		return "", err
	}
	a, err := tx.Award(l.ID)
	if err != nil {
		return "", err
	}
	at = arrival(received, at)
	if err := public(ctx, s.lost(), tx, l, a, at); err != nil {
		return "", err
	}
	unknown, err := stranger(tx, l.ID, who)
	if err != nil {
		return "", err
	}
	if err := roomFor(tx, who.PersonID, unknown, form); err != nil {
		return "", err
	}
	pack, err := rules.At(l.Rules, s.Pack())
	if err != nil {
		return "", err
	}
	o := trading.Objection{
		ID:            event.NewID(),
		Path:          l.Path,
		Version:       1,
		ObjectionForm: form,
		RaisedAt:      at,
		RaisedBy:      who.PersonID,
		Stranger:      unknown,
		AnswerBy:      calendar.DateOf(at).AddDays(pack.AnswerDays.Value()),
	}
	o.State = o.First()
	e, err := tx.Record(l.Stream(), "objection.raised", trading.RaisedFacts{
		Objection: o.ID,
		Target:    o.Target,
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
