package bidding

import (
	"slices"

	"sunlot/internal/calendar"
	"sunlot/internal/casework"
	"sunlot/internal/fault"
	"sunlot/internal/identity"
	"sunlot/trading"
	"sunlot/trading/statement"
)

// match finds whose deposit a payment is, or notes why it is nobody's. What can
// be nobody's any more, because the lot is over or the registration refused, is
// on its way back at once.
func (t *teller) match(d *trading.Deposit) error {
	l, problem, err := lotOfMemo(t.tx, identity.Scope{t.account.Path}, d.Memo)
	if err != nil || problem != "" {
		d.Problem = problem
		return err
	}
	all, err := t.registrations(l.ID)
	if err != nil {
		return err
	}
	d.Lot = l.ID
	if isIn(all, t.who) {
		d.Problem = "导入人本人报名了这个标的，须由同岗位的其他人导入流水后核对"
		return nil
	}
	paying := payersOf(*d, all)
	switch alive := slices.DeleteFunc(slices.Clone(paying), gone); {
	case len(alive) > 1:
		d.Problem = "与几份报名的户名、账号都相符，请人工核对"
	case len(alive) == 1:
		return t.give(d, l, alive[0])
	case len(paying) > 0:
		return t.sendBack(d, "报名"+paying[0].Label())
	case l.State == trading.Awarded || l.State == trading.Failed:
		return t.sendBack(d, "标的"+l.Label())
	default:
		d.Problem = "户名、账号与报名人不一致，或没有报名：保证金须由本人账户转入"
	}
	return nil
}

// registrations lists those of a locked lot.
func (t *teller) registrations(lot string) ([]trading.Registration, error) {
	all, read := t.entries[lot]
	if read {
		return all, nil
	}
	all, err := t.tx.Registrations(lot)
	if err == nil {
		t.entries[lot] = all
	}
	return all, err
}

// gone says whether a registration can have no deposit any more.
func gone(r trading.Registration) bool {
	return r.State == trading.RegistrationPulled || r.State == trading.RegistrationRefused
}

// payersOf are the registrations whose name and account are the payer's, as far
// as the bank shows them.
func payersOf(d trading.Deposit, all []trading.Registration) (paying []trading.Registration) {
	for _, r := range all {
		if statement.SameName(r.Name, d.Payer) && statement.SameAccount(r.Account, d.Account) {
			paying = append(paying, r)
		}
	}
	return paying
}

// give makes a payment the deposit of a registration that stands, if the lot can
// still take one: before the opening, and later only in place of one that the
// bank took back from somebody who bids, or has won and not signed. The lot is locked.
func (t *teller) give(d *trading.Deposit, l trading.Lot, r trading.Registration) error {
	at, err := t.tx.Lock(l.Stream())
	if err != nil {
		return err
	}
	taken, err := t.tx.TakenFrom(r.ID)
	if err != nil {
		return err
	}
	won, err := unsignedOf(t.tx, l, r)
	if err != nil {
		return err
	}
	opened := l.State != trading.Listed || !at.Before(l.Board.OpensAt)
	switch {
	case l.State == trading.Failed, l.State == trading.Awarded && !(won && len(taken) > 0):
		return t.sendBack(d, "标的"+l.Label())
	case opened && (r.State != trading.Qualified || len(taken) == 0):
		return t.sendBack(d, "竞价已开始")
	case d.Amount < l.Deposit:
		d.Problem = "金额不足，应为 " + l.Deposit.Yuan() + " 元"
		return nil
	case !d.PaidAt.Before(l.RegisterUntil) && len(taken) == 0:
		d.Problem = "到账时间晚于报名截止"
		return nil
	}
	_, err = t.tx.DepositOf(r.ID)
	if err == nil {
		d.Problem = "这份报名已有一笔保证金"
		return nil
	}
	if fault.CodeOf(err) != fault.NotFound {
		return err
	}
	d.Registration = r.ID
	d.Problem = ""
	d.MatchedAt = at
	if err := t.tx.Settle(payingDuty, r.Stream(), ""); err != nil {
		return err
	}
	if err := trading.DepositLifecycle.Move(&d.State, trading.Matched); err != nil || r.State != trading.Qualified {
		return err
	}
	d.HeldAt = at
	if err := t.replace(taken); err != nil {
		return err
	}
	return trading.DepositLifecycle.Move(&d.State, trading.Held)
}

// unsignedOf says whether a registration has won its lot and its contract is not signed.
func unsignedOf(tx DepositTx, l trading.Lot, r trading.Registration) (bool, error) {
	if l.State != trading.Awarded {
		return false, nil
	}
	a, err := tx.Award(l.ID)
	return err == nil && a.Registration == r.ID && a.Unsigned(), err
}

// replace ends what the bank took back and has now been paid anew.
func (t *teller) replace(taken []trading.Deposit) error {
	for _, old := range taken {
		if old.State != trading.Undone {
			continue
		}
		old.Version++
		if err := trading.DepositLifecycle.Move(&old.State, trading.Reversed); err != nil {
			return err
		}
		if err := t.save(trading.Undone, old, "deposit.replaced"); err != nil {
			return err
		}
	}
	return nil
}

// sendBack puts a payment that is nobody's on its way back.
func (t *teller) sendBack(d *trading.Deposit, because string) error {
	d.Problem = because + "，款原路退回"
	d.DueAt = t.at
	by, err := t.dueBy(*d)
	if err != nil {
		return err
	}
	d.RefundBy = by
	return trading.DepositLifecycle.Move(&d.State, trading.RefundDue)
}

// lotOfMemo finds the one lot that a memo names, and locks it.
func lotOfMemo(tx DepositTx, scope identity.Scope, memo string) (trading.Lot, string, error) {
	var found []trading.Lot
	for _, code := range statement.MemoCode(memo) {
		l, err := tx.LotByCode(code, scope)
		if err != nil && fault.CodeOf(err) != fault.NotFound {
			return l, "", err
		}
		if err == nil && !slices.ContainsFunc(found, func(f trading.Lot) bool { return f.ID == l.ID }) {
			found = append(found, l)
		}
	}
	switch len(found) {
	case 0:
		return trading.Lot{}, "附言里没有转账附言码", nil
	case 1:
		l, err := tx.Lot(found[0].ID, scope)
		return l, "", err
	}
	return trading.Lot{}, "附言里有几个转账附言码，一笔保证金只能对应一个标的", nil
}

// lostDeposit takes the qualification from somebody whose deposit the bank took
// back before the opening; he may pay anew.
func (t *teller) lostDeposit(l trading.Lot, r trading.Registration) error {
	from := r.State
	if err := trading.RegistrationLifecycle.Move(&r.State, trading.Registered); err != nil {
		return err
	}
	r.Number = ""
	r.Rank = 0
	r.DecidedBy = ""
	r.Reason = "保证金被银行冲正，请在竞价开始前从本人账户重新转入"
	r.Version++
	delete(t.entries, r.Lot)
	if err := t.tx.SaveRegistration(r); err != nil {
		return err
	}
	waits := entryDuty(l, r)
	waits.Note = "保证金被银行冲正"
	if err := RegistrationLeads.Moved(t.tx, from, r.State, waits, t.who.PersonID); err != nil {
		return err
	}
	anew := paying(l, r)
	anew.Due = calendar.DateOf(l.Board.OpensAt.Add(-1))
	if err := t.tx.Owe(payingDuty, anew); err != nil {
		return err
	}
	return casework.NoteAct(t.tx, t.who, trading.DepositImport, r.Stream(), r.Path, "registration.reversed", nil)
}
