package bidding

import (
	"context"

	"sunlot/internal/calendar"
	"sunlot/internal/casework"
	"sunlot/internal/fault"
	"sunlot/internal/identity"
	"sunlot/trading"
)

var (
	registrationDuty = &casework.DutyKind{
		Name:   "registration",
		Label:  "审核报名",
		Act:    trading.RegistrationQualify,
		Above:  casework.Oversee,
		Blind:  true,
		Ladder: casework.Usual,
	}
	payingDuty = &casework.DutyKind{
		Name:  "paying",
		Label: "转入保证金",
		Act:   LotRegister,
		Own:   true,
		Blind: true,
	}
	depositDuty = &casework.DutyKind{
		Name:   "deposit",
		Label:  "核对到账",
		Act:    DepositRefund,
		Above:  casework.Oversee,
		Blind:  true,
		Ladder: casework.Usual,
	}
	refundDuty = &casework.DutyKind{
		Name:   "refund",
		Label:  "退还保证金",
		Act:    DepositRefund,
		Above:  casework.Oversee,
		Blind:  true,
		Public: "超过期限没有退还的保证金",
		Ladder: casework.Usual,
	}
	handDuty = &casework.DutyKind{
		Name:   "hand",
		Label:  "复核人工核对",
		Act:    DepositSecond,
		Above:  casework.Oversee,
		Blind:  true,
		Ladder: casework.Usual,
	}
	notedDuty = &casework.DutyKind{
		Name:   "noted",
		Label:  "复核退款",
		Act:    DepositSecond,
		Above:  casework.Oversee,
		Blind:  true,
		Public: "超过期限没有复核的退款",
		Ladder: casework.Usual,
	}
	undoneDuty = &casework.DutyKind{
		Name:   "undone",
		Label:  "处理被冲正的保证金",
		Act:    trading.DepositImport,
		Above:  casework.Oversee,
		Blind:  true,
		Ladder: casework.Usual,
	}
	withdrawalDuty = &casework.DutyKind{
		Name:   "withdrawal",
		Label:  "核对银行冲正",
		Act:    trading.DepositImport,
		Above:  casework.Oversee,
		Blind:  true,
		Ladder: casework.Usual,
	}
	objectionDuty = &casework.DutyKind{
		Name:   "objection",
		Label:  "答复异议",
		Act:    trading.ObjectionAnswer,
		Above:  casework.Oversee,
		Public: "超过期限没有答复的异议",
		Ladder: casework.Promised,
	}
	referredDuty = &casework.DutyKind{
		Name:   "referred",
		Label:  "答复对经管站的异议",
		Act:    trading.ObjectionRule,
		Public: "超过期限没有答复的异议（针对经管站）",
		Ladder: casework.Promised,
	}
	decisionDuty = &casework.DutyKind{
		Name:   "decision",
		Label:  "决定成立的异议",
		Act:    trading.ObjectionRule,
		Public: "超过期限没有决定的异议",
		Ladder: casework.Promised,
	}
	// secondDuty is counted in public as the decision is: which way it goes is nobody's
	// to read before.
	secondDuty = &casework.DutyKind{
		Name:   "voiding",
		Label:  "复核撤销成交结果",
		Act:    trading.ObjectionSecond,
		Above:  casework.Oversee,
		Public: "超过期限没有决定的异议",
		Ladder: casework.Promised,
	}
	// stuckDuty is an administrator's: a fault of the program or its data holds a lot up.
	// No act answers it, but that the lot goes on.
	stuckDuty = &casework.DutyKind{
		Name:   "stuck",
		Label:  "查看系统没有办成的标的",
		Act:    LotWatch,
		Ladder: casework.Usual,
	}
)

// Duties lists what waits in this room, in the order of a case.
var Duties = []*casework.DutyKind{payingDuty, registrationDuty, depositDuty, handDuty, undoneDuty, withdrawalDuty,
	objectionDuty, referredDuty, decisionDuty, secondDuty, refundDuty, notedDuty, stuckDuty}

// What takes a lot, a registration, a deposit, an award and an objection on.
var (
	LotLeads = casework.Leads{
		trading.Listed:  {By: "竞价开始时间"},
		trading.Bidding: {By: "竞价截止时间"},
		trading.Awarded: {By: "成交结果"},
	}
	RegistrationLeads = casework.Leads{
		trading.Registered: {Duties: []*casework.DutyKind{registrationDuty}},
		trading.Qualified:  {By: "标的竞价"},
	}
	DepositLeads = casework.Leads{
		trading.Received:    {Duties: []*casework.DutyKind{depositDuty}},
		trading.Matched:     {By: "报名审核"},
		trading.Held:        {By: "标的成交或者未成交"},
		trading.RefundDue:   {Duties: []*casework.DutyKind{refundDuty}},
		trading.RefundNoted: {Duties: []*casework.DutyKind{notedDuty}},
		trading.Refunded:    {By: "银行退回时重新待退"},
		trading.Undone:      {Duties: []*casework.DutyKind{undoneDuty}},
	}
	WithdrawalLeads = casework.Leads{
		WithdrawalOpen: {Duties: []*casework.DutyKind{withdrawalDuty}},
	}
	AwardLeads = casework.Leads{
		trading.Publicised: {By: "公示期满"},
		trading.Settled:    {Duties: []*casework.DutyKind{trading.OfferDuty}, By: "合同"},
	}
	ObjectionLeads = casework.Leads{
		trading.Raised:   {Duties: []*casework.DutyKind{objectionDuty}},
		trading.Referred: {Duties: []*casework.DutyKind{referredDuty}},
		trading.Upheld:   {Duties: []*casework.DutyKind{decisionDuty}},
		trading.Voiding:  {Duties: []*casework.DutyKind{secondDuty}},
	}
)

// NewTroubles remembers what the clock could not do with lots, and has it waiting for
// an administrator; without a store it only remembers.
func NewTroubles(store casework.TroubleStore, lots LotStore, clock calendar.Clock) *casework.Troubles {
	return &casework.Troubles{
		Kind:  stuckDuty,
		Store: store,
		Clock: clock,
		Of: func(ctx context.Context, id string) (casework.Duty, error) {
			l, err := lots.Lot(ctx, id, identity.Everywhere)
			return casework.Duty{Noun: l.Stream(), Path: l.Path, Title: l.Title}, err
		},
	}
}

// entryDuty is a registration's: it is decided before its lot opens.
func entryDuty(l trading.Lot, r trading.Registration) casework.Duty {
	return casework.Duty{
		Noun:  r.Stream(),
		Path:  r.Path,
		Title: l.Title + "：" + r.Name,
		Due:   calendar.DateOf(l.Board.OpensAt),
	}
}

// paying is the bidder's own: the deposit comes before registration ends.
func paying(l trading.Lot, r trading.Registration) casework.Duty {
	return casework.Duty{
		Noun:   r.Stream(),
		Path:   r.Path,
		Person: r.PersonID,
		Title:  l.Title,
		Note:   l.Deposit.Yuan() + " 元",
		Due:    lastDay(l),
	}
}

// anew is the winner's own whose deposit the bank took back: it comes before the
// contract, which follows the publicity.
func anew(l trading.Lot, r trading.Registration, a trading.Award, today calendar.Date) casework.Duty {
	d := paying(l, r)
	d.Note += "，原来的已被银行冲正，补上才能签合同"
	d.Due = max(calendar.DateOf(a.PublicUntil), today.AddDays(anewDays))
	return d
}

// anewDays is how many calendar days the winner has to pay anew, at least.
const anewDays = 3

// lastDay is the last day on which a registration's deposit may come.
func lastDay(l trading.Lot) calendar.Date { return calendar.DateOf(l.RegisterUntil.Add(-1)) }

// payment is a deposit's duty, at the place whose page counts it.
func payment(d trading.Deposit, at identity.Path) casework.Duty {
	return casework.Duty{Noun: d.Stream(), Path: at, Title: d.Payer + " " + d.Amount.Yuan() + " 元", Due: d.RefundBy}
}

// reversing is the duty of a row that takes away a payment which nobody finds.
func reversing(w Withdrawal) casework.Duty {
	return casework.Duty{Noun: w.Stream(), Path: w.Path, Title: w.Payer + " " + w.Amount.Yuan() + " 元"}
}

// depositKeeper is what saving a deposit needs of a transaction.
type depositKeeper interface {
	casework.Owing
	SaveDeposit(d trading.Deposit) error
}

// KeepDeposit saves a deposit that has moved, with what waits for the station
// then. At is the place whose page counts it: the lot's, else the station's.
func KeepDeposit(tx depositKeeper, from casework.State, d trading.Deposit, at identity.Path, by string) error {
	if err := tx.SaveDeposit(d); err != nil {
		return err
	}
	return DepositLeads.Moved(tx, from, d.State, payment(d, at), by)
}

// dutyOf is an objection's.
func dutyOf(l trading.Lot, o trading.Objection) casework.Duty {
	d := casework.Duty{
		Noun:  o.Stream(),
		Path:  o.Path,
		Title: l.Title + "，" + calendar.Exactly(o.RaisedAt) + "提出",
		Due:   o.AnswerBy,
	}
	if !o.Unanswered() { // a decision that waits too: for the public it is late from the same day
		d.Due = o.DecideBy
	}
	return d
}

// StandsFrom is the day from which another leader may be the second person in the
// committee's place: the day after its last.
func StandsFrom(o trading.Objection) calendar.Date {
	return max(o.DecideBy, calendar.DateOf(o.DecidedAt).AddDays(secondDays)).AddDays(1)
}

// secondDays is within how many calendar days the second person answers, at least.
const secondDays = 3

// postpone gives what waits on account of a lot's registrations its new days.
func postpone(tx LotTx, l trading.Lot) error {
	all, err := tx.Registrations(l.ID)
	if err != nil {
		return err
	}
	for _, r := range all {
		if r.State != trading.Registered {
			continue
		}
		if err := tx.Owe(registrationDuty, entryDuty(l, r)); err != nil {
			return err
		}
		_, err := tx.DepositOf(r.ID)
		if fault.CodeOf(err) == fault.NotFound {
			err = tx.Owe(payingDuty, paying(l, r))
		}
		if err != nil {
			return err
		}
	}
	return nil
}
