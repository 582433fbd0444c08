package bidding

import (
	"context"

	"sunlot/internal/casework"
	"sunlot/internal/fault"
	"sunlot/internal/identity"
	"sunlot/trading"
)

// HandForm says whose deposit a payment is that matches nobody, and why.
type HandForm struct {
	Version      int    `json:"version"`
	Registration string `json:"registration"`
	Reason       string `json:"reason"`
}

// ProposeMatch says whose deposit a payment is whose payer's name or account
// differs from the bidder's. Nothing is matched before another confirms it.
func (s *Cashier) ProposeMatch(ctx context.Context, who identity.Actor, requestID, id string,
	form HandForm) (string, error) {
	var f fault.Form
	if form.Registration == "" {
		f.Add("registration", "请选择这笔款是谁的保证金")
	}
	f.Text("reason", "理由", form.Reason, 300)
	if err := f.Err(); err != nil {
		return "", err
	}
	return s.handle(ctx, who, trading.DepositImport, requestID, "deposit.propose", "deposit.proposed", id,
		form.Version, form,
		func(t *teller, d *trading.Deposit) error {
			if d.State != trading.Received {
				return fault.New(fault.Conflict, "这笔款“%s”，不能再人工核对", d.Label())
			}
			if d.Hand.Registration != "" {
				return fault.New(fault.Conflict, "这笔款已有待复核的人工核对")
			}
			r, err := t.tx.Registration(form.Registration, identity.Scope{d.Path})
			if err != nil {
				return casework.InvalidIfMissing(err, "registration", "没有找到这份报名，请重新选择")
			}
			if err := noPart(t.tx, r.Lot, who); err != nil {
				return err
			}
			if gone(r) {
				return fault.New(fault.Invalid, "这份报名%s，不能核对", r.Label()).On("registration")
			}
			d.Hand = trading.ByHand{Registration: r.ID, Reason: form.Reason, By: who.PersonID, At: t.at}
			d.Version++
			return t.tx.Owe(handDuty, payment(*d, d.Path))
		})
}

// ConfirmMatch carries out what another has proposed, by the same rules as if the
// statement had told it.
func (s *Cashier) ConfirmMatch(ctx context.Context, who identity.Actor, requestID, id string,
	version int) (string, error) {
	return s.handle(ctx, who, DepositSecond, requestID, "deposit.confirm", "deposit.matched", id, version, nil,
		func(t *teller, d *trading.Deposit) error {
			if err := proposed(who, *d, "人工核对须由另一人复核，您是提出人"); err != nil {
				return err
			}
			r, err := t.tx.Registration(d.Hand.Registration, identity.Everywhere)
			if err != nil {
				return err
			}
			if gone(r) {
				return fault.New(fault.Conflict, "这份报名%s，不能核对", r.Label())
			}
			l, err := t.tx.Lot(r.Lot, identity.Everywhere)
			if err != nil {
				return err
			}
			d.Lot = l.ID
			d.Hand.Registration = ""
			if err := t.give(d, l, r); err != nil {
				return err
			}
			if d.State == trading.Received {
				return fault.New(fault.Conflict, "不能核对：%s", d.Problem)
			}
			d.Version++
			return t.tx.Settle(handDuty, d.Stream(), who.PersonID)
		})
}

// DeclineMatch drops what another, or the official himself, has proposed.
func (s *Cashier) DeclineMatch(ctx context.Context, who identity.Actor, requestID, id string,
	version int) (string, error) {
	return s.handle(ctx, who, trading.DepositImport, requestID, "deposit.decline", "deposit.declined", id, version, nil,
		func(t *teller, d *trading.Deposit) error {
			if err := proposed(identity.Actor{}, *d, ""); err != nil {
				return err
			}
			d.Hand.Registration = ""
			d.Version++
			return t.tx.Settle(handDuty, d.Stream(), who.PersonID)
		})
}

// proposed refuses what nobody has proposed, and the person who did.
func proposed(who identity.Actor, d trading.Deposit, message string) error {
	if d.State != trading.Received || d.Hand.Registration == "" {
		return fault.New(fault.Conflict, "这笔款没有待复核的人工核对")
	}
	return who.Second(message, d.Hand.By)
}

// SettleForm is what an official has done about money that the bank took back.
type SettleForm struct {
	Version int    `json:"version"`
	Reason  string `json:"reason"`
}

// SettleUndone notes what was done about a bidder whose deposit the bank took
// back after the opening and who has not paid anew.
func (s *Cashier) SettleUndone(ctx context.Context, who identity.Actor, requestID, id string,
	form SettleForm) (string, error) {
	var f fault.Form
	f.Text("reason", "怎样处理的", form.Reason, 300)
	if err := f.Err(); err != nil {
		return "", err
	}
	return s.handle(ctx, who, trading.DepositImport, requestID, "deposit.settle", "deposit.settled", id,
		form.Version, form,
		func(_ *teller, d *trading.Deposit) error {
			d.Problem = form.Reason
			d.Version++
			return trading.DepositLifecycle.Move(&d.State, trading.Reversed)
		})
}

// handle is an official's act on one payment, under the lock of its account.
func (s *Cashier) handle(ctx context.Context, who identity.Actor, act *identity.Action, requestID, kind, noted,
	id string, version int, form any, apply func(*teller, *trading.Deposit) error) (string, error) {
	scope, once, err := casework.Begin(who, act, kind, requestID, []any{id, version, form})
	if err != nil {
		return "", err
	}
	return s.StatementStore.WriteStatement(ctx, once, func(tx StatementTx) (string, error) {
		d, err := s.DepositStore.Deposit(ctx, id, scope)
		if err != nil {
			return "", err
		}
		account, err := tx.Account(d.Receiving)
		if err != nil {
			return "", err
		}
		t, err := s.teller(ctx, tx, who, account)
		if err != nil {
			return "", err
		}
		d, err = tx.Deposit(id, scope)
		if err != nil {
			return "", err
		}
		if err := casework.SameVersion(d.Version, version); err != nil {
			return "", err
		}
		if err := noPartOf(t.tx, d, who); err != nil {
			return "", err
		}
		from := d.State
		if err := apply(t, &d); err != nil {
			return "", err
		}
		return d.ID, t.save(from, d, noted)
	})
}

// CloseWithdrawal notes how a reversal was explained whose payment nobody finds.
func (s *Cashier) CloseWithdrawal(ctx context.Context, who identity.Actor, requestID, id string,
	form SettleForm) (string, error) {
	scope, once, err := casework.Begin(who, trading.DepositImport, "withdrawal.close", requestID, []any{id, form})
	if err != nil {
		return "", err
	}
	var f fault.Form
	f.Text("reason", "核对结果", form.Reason, 300)
	if err := f.Err(); err != nil {
		return "", err
	}
	return s.StatementStore.WriteStatement(ctx, once, func(tx StatementTx) (string, error) {
		w, err := tx.WithdrawalByID(id, scope)
		if err != nil {
			return "", err
		}
		if err := casework.SameVersion(w.Version, form.Version); err != nil {
			return "", err
		}
		if err := WithdrawalLifecycle.Move(&w.State, WithdrawalClosed); err != nil {
			return "", err
		}
		w.SettledAt, err = tx.Lock(w.Stream())
		if err != nil {
			return "", err
		}
		w.Note = form.Reason
		w.SettledBy = who.PersonID
		w.Version++
		if err := tx.SaveWithdrawal(w); err != nil {
			return "", err
		}
		if err := WithdrawalLeads.Moved(tx, WithdrawalOpen, w.State, reversing(w), who.PersonID); err != nil {
			return "", err
		}
		return w.ID, casework.NoteAct(tx, who, trading.DepositImport, w.Stream(), w.Path, "withdrawal.closed", nil)
	})
}
