package bidding

import (
	"context"

	"sunlot/internal/casework"
	"sunlot/internal/fault"
	"sunlot/internal/identity"
	"sunlot/trading"
)

// RejectDeposit puts a payment that matches nobody on its way back to where it
// came from.
func (s *Service) RejectDeposit(ctx context.Context, who identity.Actor, requestID, id string,
	version int) (string, error) {
	return s.stepDeposit(ctx, who, requestID, "deposit.reject", "deposit.rejected", id,
		RefundForm{Version: version}, func(tx DepositTx, d *trading.Deposit) error {
			if d.State != trading.Received {
				return fault.New(fault.Conflict, "这笔款已匹配,不能按无主款退回")
			}
			at, err := tx.Lock(d.Stream())
			if err != nil {
				return err
			}
			by, err := s.Days.After(ctx, at, s.Pack.RefundDays.Value)
			if err != nil {
				return err
			}
			d.DueAt, d.RefundBy = at, by
			return trading.DepositLifecycle.Move(&d.State, trading.RefundDue)
		})
}

// RefundForm is a refund as the bank has carried it out.
type RefundForm struct {
	Version int    `json:"version"`
	Trace   string `json:"trace"` // the bank's number
}

// RefundDeposit notes that a deposit has gone back to the account it came from.
func (s *Service) RefundDeposit(ctx context.Context, who identity.Actor, requestID, id string,
	form RefundForm) (string, error) {
	var f fault.Form
	f.Text("trace", "银行退款流水号", form.Trace, 60)
	if err := f.Err(); err != nil {
		return "", err
	}
	return s.stepDeposit(ctx, who, requestID, "deposit.refund", "deposit.refunded", id, form,
		func(tx DepositTx, d *trading.Deposit) error {
			if err := trading.DepositLifecycle.Move(&d.State, trading.Refunded); err != nil {
				return err
			}
			at, err := tx.Lock(d.Stream())
			d.RefundedAt = at
			d.RefundedBy = who.PersonID
			d.RefundTrace = form.Trace
			return err
		})
}

func (s *Service) stepDeposit(ctx context.Context, who identity.Actor, requestID, kind, noted, id string,
	form RefundForm,
	apply func(DepositTx, *trading.Deposit) error) (string, error) {
	scope, once, err := casework.Begin(who, DepositRefund, kind, requestID, []any{id, form})
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
		from := d.State
		if err := apply(tx, &d); err != nil {
			return "", err
		}
		d.Version++
		if err := KeepDeposit(tx, from, d, d.Path, who.PersonID); err != nil {
			return "", err
		}
		return d.ID, casework.NoteAct(tx, who, DepositRefund, d.Stream(), d.Path, noted, nil)
	})
}
