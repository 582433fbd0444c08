package bidding

import (
	"context"
	"time"

	"sunlot/internal/calendar"
	"sunlot/internal/casework"
	"sunlot/internal/fault"
	"sunlot/internal/identity"
	"sunlot/trading"
	"sunlot/trading/rules"
	"sunlot/trading/statement"
)

// RejectDeposit puts a payment that matches nobody on its way back to where it
// came from.
func (s *Cashier) RejectDeposit(ctx context.Context, who identity.Actor, requestID, id string,
	version int) (string, error) {
	return s.stepDeposit(ctx, who, DepositRefund, requestID, "deposit.reject", "deposit.rejected", id,
		RefundForm{Version: version}, func(tx DepositTx, d *trading.Deposit) error {
			if d.State != trading.Received {
				return fault.New(fault.Conflict, "这笔款已核对，不能按不符合要求的款项退回")
			}
			at, err := tx.Lock(d.Stream())
			if err != nil {
				return err
			}
			l := trading.Lot{}
			if d.Lot != "" {
				l, err = tx.Lot(d.Lot, identity.Everywhere)
				if err != nil {
					return err
				}
			}
			by, err := s.refundBy(ctx, l, at)
			if err != nil {
				return err
			}
			d.DueAt = at
			d.RefundBy = by
			d.Hand.Registration = ""
			if err := tx.Settle(handDuty, d.Stream(), who.PersonID); err != nil {
				return err
			}
			return trading.DepositLifecycle.Move(&d.State, trading.RefundDue)
		})
}

// refundBy is the day by which a lot's deposit goes back that is due at an instant, by the
// rules that the lot was announced under.
func (s *Cashier) refundBy(ctx context.Context, l trading.Lot, at time.Time) (calendar.Date, error) {
	pack, err := rules.At(l.Rules, s.Pack())
	if err != nil {
		return "", err
	}
	return s.Days.After(ctx, at, pack.RefundDays.Value())
}

// RefundForm is a refund as the bank has carried it out.
type RefundForm struct {
	Version int    `json:"version"`
	Trace   string `json:"trace"` // the bank's number
}

// RefundDeposit notes that a deposit has gone back to the account it came from,
// by the bank's number, which proves one refund and no other. What one person
// has typed another confirms, unless the statement shows the row before.
func (s *Cashier) RefundDeposit(ctx context.Context, who identity.Actor, requestID, id string,
	form RefundForm) (string, error) {
	var f fault.Form
	f.Text("trace", "银行退款流水号", form.Trace, 60)
	if err := f.Err(); err != nil {
		return "", err
	}
	return s.stepDeposit(ctx, who, DepositRefund, requestID, "deposit.refund", "deposit.noted", id, form,
		func(tx DepositTx, d *trading.Deposit) error {
			trace := statement.FoldNumber(form.Trace)
			if _, err := tx.Lock(Account{ID: d.Receiving}.Stream()); err != nil {
				return err
			}
			if err := trading.DepositLifecycle.Move(&d.State, trading.RefundNoted); err != nil {
				return err
			}
			used, err := tx.TraceUsed(d.Receiving, trace)
			if err == nil && used {
				err = fault.New(fault.Invalid, "这个流水号已经用于另一笔退款，请核对").On("trace")
			}
			d.RefundedBy = who.PersonID
			d.RefundTrace = trace
			return err
		})
}

// ConfirmRefund confirms what another has typed of a refund.
func (s *Cashier) ConfirmRefund(ctx context.Context, who identity.Actor, requestID, id string,
	version int) (string, error) {
	return s.stepDeposit(ctx, who, DepositSecond, requestID, "refund.confirm", "deposit.refunded", id,
		RefundForm{Version: version},
		func(tx DepositTx, d *trading.Deposit) error {
			if d.State != trading.RefundNoted {
				return fault.New(fault.Conflict, "这笔款“%s”，没有待复核的退款", d.Label())
			}
			if err := who.Second("退款须由另一人复核，您是登记人", d.RefundedBy); err != nil {
				return err
			}
			at, err := tx.Lock(d.Stream())
			if err != nil {
				return err
			}
			d.RefundedAt = at
			return trading.DepositLifecycle.Move(&d.State, trading.Refunded)
		})
}

// DenyRefund asks for a refund anew whose number is wrong.
func (s *Cashier) DenyRefund(ctx context.Context, who identity.Actor, requestID, id string,
	version int) (string, error) {
	return s.stepDeposit(ctx, who, DepositRefund, requestID, "refund.deny", "deposit.denied", id,
		RefundForm{Version: version},
		func(_ DepositTx, d *trading.Deposit) error {
			if d.State != trading.RefundNoted {
				return fault.New(fault.Conflict, "这笔款“%s”，没有待复核的退款", d.Label())
			}
			d.RefundTrace = ""
			d.RefundedBy = ""
			return trading.DepositLifecycle.Move(&d.State, trading.RefundDue)
		})
}

func (s *Cashier) stepDeposit(ctx context.Context, who identity.Actor, act *identity.Action, requestID, kind, noted,
	id string, form RefundForm,
	apply func(DepositTx, *trading.Deposit) error) (string, error) {
	scope, once, err := casework.Begin(who, act, kind, requestID, []any{id, form})
	if err != nil {
		return "", err
	}
	return s.DepositStore.WriteDeposit(ctx, once, func(tx DepositTx) (string, error) {
		d, err := tx.Deposit(id, scope)
		if err != nil {
			return "", err
		}
		if err := casework.SameVersion(d.Version, form.Version); err != nil {
			return "", err
		}
		if err := noPartOf(tx, d, who); err != nil {
			return "", err
		}
		if _, err := tx.Lock(d.Stream()); err != nil {
			return "", err
		}
		from := d.State
		if err := apply(tx, &d); err != nil {
			return "", err
		}
		d.Version++
		at, err := counted(tx, d)
		if err != nil {
			return "", err
		}
		if err := KeepDeposit(tx, from, d, at, who.PersonID); err != nil {
			return "", err
		}
		return d.ID, casework.NoteAct(tx, who, act, d.Stream(), d.Path, noted, nil)
	})
}

// counted is the place whose page counts what waits for a deposit: the lot's,
// once its opening has told that there were bidders, and the station's before.
func counted(tx DepositTx, d trading.Deposit) (identity.Path, error) {
	if d.Lot == "" {
		return d.Path, nil
	}
	l, err := tx.Lot(d.Lot, identity.Everywhere)
	if err != nil || l.State == trading.Listed {
		return d.Path, err
	}
	return l.Path, nil
}
