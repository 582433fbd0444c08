package bidding

import (
	"context"
	"slices"
	"strconv"

	"sunlot/internal/casework"
	"sunlot/internal/event"
	"sunlot/internal/fault"
	"sunlot/internal/identity"
	"sunlot/trading"
	"sunlot/trading/statement"
)

// ImportStatement takes the station's bank statement in and matches each payment
// by the lot's code in the memo and the payer's own name and account. Payments
// known from an earlier statement are left as they are; those that matched
// nobody before are tried again. The answer is how many were new and how many
// are matched now, as "new/matched".
func (s *Service) ImportStatement(ctx context.Context, who identity.Actor, requestID string,
	body []byte) (string, error) {
	scope, once, err := casework.Begin(who, trading.DepositImport, "deposit.import", requestID, event.Hash(body))
	if err != nil {
		return "", err
	}
	lines, _, err := statement.Read(body)
	if err != nil {
		return "", err
	}
	return s.DepositStore.WriteDeposit(ctx, once, func(tx DepositTx) (string, error) {
		waiting, err := tx.Unmatched(scope)
		if err != nil {
			return "", err
		}
		known := len(waiting)
		for _, line := range lines {
			seen, err := tx.DepositKnown(scope[0], line.Serial)
			if err != nil {
				return "", err
			}
			if seen {
				continue
			}
			waiting = append(waiting, trading.Deposit{
				ID:         event.NewID(),
				Path:       scope[0],
				State:      trading.Received,
				Line:       line,
				ImportedBy: who.PersonID,
			})
		}
		matched, err := matchAll(tx, who, scope, waiting)
		return strconv.Itoa(len(waiting)-known) + "/" + strconv.Itoa(matched), err
	})
}

func matchAll(tx DepositTx, who identity.Actor, scope identity.Scope,
	waiting []trading.Deposit) (matched int, err error) {
	for _, d := range waiting {
		before := d
		if err := match(tx, scope, &d); err != nil {
			return matched, err
		}
		if d.State == trading.Matched {
			matched++
		}
		if d.Version > 0 && d.State == before.State && d.Problem == before.Problem {
			continue
		}
		d.Version++
		if err := KeepDeposit(tx, before.State, d, d.Path, who.PersonID); err != nil {
			return matched, err
		}
		kind := "deposit.received"
		if d.State == trading.Matched {
			kind = "deposit.matched"
		}
		if err := casework.NoteAct(tx, who, trading.DepositImport, d.Stream(), d.Path, kind, nil); err != nil {
			return matched, err
		}
	}
	return matched, nil
}

// match finds whose deposit a payment is, or notes why it is nobody's.
func match(tx DepositTx, scope identity.Scope, d *trading.Deposit) error {
	l, problem, err := lotOfMemo(tx, scope, d.Memo)
	if err != nil || problem != "" {
		d.Problem = problem
		return err
	}
	d.Lot = l.ID
	switch {
	case d.Amount < l.Deposit:
		d.Problem = "金额不足,应为 " + l.Deposit.Yuan() + " 元"
		return nil
	case !d.PaidAt.Before(l.RegisterUntil):
		d.Problem = "到账时间晚于报名截止"
		return nil
	}
	r, err := tx.RegistrationPaying(l.ID, d.Payer, d.Account)
	if fault.CodeOf(err) == fault.NotFound {
		d.Problem = "户名、账号与报名人不一致,或没有报名:保证金须由本人账户转入"
		return nil
	}
	if err != nil {
		return err
	}
	if _, err := tx.DepositOf(r.ID); fault.CodeOf(err) != fault.NotFound {
		d.Problem = "这份报名已有一笔保证金"
		return err
	}
	at, err := tx.Lock(d.Stream())
	if err != nil {
		return err
	}
	d.Registration = r.ID
	d.Problem = ""
	d.MatchedAt = at
	if err := tx.Settle(payingDuty, r.Stream(), ""); err != nil {
		return err
	}
	return trading.DepositLifecycle.Move(&d.State, trading.Matched)
}

// lotOfMemo finds the one lot that a memo names.
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
		return trading.Lot{}, "附言里没有标的编号", nil
	case 1:
		return found[0], "", nil
	}
	return trading.Lot{}, "附言里有几个标的编号,一笔保证金只能对应一个标的", nil
}
