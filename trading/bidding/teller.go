package bidding

import (
	"context"
	"fmt"
	"time"

	"sunlot/internal/calendar"
	"sunlot/internal/casework"
	"sunlot/internal/event"
	"sunlot/internal/fault"
	"sunlot/internal/identity"
	"sunlot/trading"
	"sunlot/trading/statement"
)

// teller takes the rows of an account's statement in, within one transaction.
type teller struct {
	tx       StatementTx
	who      identity.Actor
	account  Account
	at       time.Time
	entries  map[string][]trading.Registration // of the lots, as read
	refundBy func(trading.Lot) (calendar.Date, error)
	own      map[string]bool // payments that this import has brought
}

// teller locks the account: its imports come one after another.
func (s *Cashier) teller(ctx context.Context, tx StatementTx, who identity.Actor, account Account) (*teller, error) {
	at, err := tx.Lock(account.Stream())
	if err != nil {
		return nil, err
	}
	return &teller{
		tx:       tx,
		who:      who,
		account:  account,
		at:       at,
		entries:  map[string][]trading.Registration{},
		refundBy: func(l trading.Lot) (calendar.Date, error) { return s.refundBy(ctx, l, at) },
	}, err
}

// dueBy is the day by which a payment goes back that is due now: by the rules of its lot,
// and by today's where it is of none.
func (t *teller) dueBy(d trading.Deposit) (calendar.Date, error) {
	if d.Lot == "" {
		return t.refundBy(trading.Lot{})
	}
	l, err := t.tx.Lot(d.Lot, identity.Everywhere)
	if err != nil {
		return "", err
	}
	return t.refundBy(l)
}

// lockLots locks the lots that the memos name, in one order.
func (t *teller) lockLots(memos []string) error {
	for _, code := range lotsNamed(memos) {
		l, err := t.tx.LotByCode(code, identity.Scope{t.account.Path})
		if err == nil {
			_, err = t.tx.Lock(l.Stream())
		}
		if err != nil && fault.CodeOf(err) != fault.NotFound {
			return err
		}
	}
	return nil
}

// part takes some rows in and notes what became of each.
func (t *teller) part(i *Import, rows []statement.Row) error {
	var memos []string
	for _, row := range rows {
		memos = append(memos, row.Memo)
	}
	if err := t.lockLots(memos); err != nil {
		return err
	}
	if i.Counts == nil {
		i.Counts = map[Outcome]int{}
	}
	var all []ImportRow
	for _, row := range rows {
		became, matched, err := t.take(row)
		if err != nil {
			return err
		}
		became.Import = i.ID
		became.Number = row.Number
		became.Serial = row.Serial
		became.Payer = row.Payer
		became.Amount = row.Amount
		if !row.PaidAt.IsZero() {
			became.PaidOn = row.Day()
		}
		all = append(all, became)
		i.Counts[became.Outcome]++
		if matched {
			i.Matched++
		}
	}
	i.Next += len(rows)
	if err := t.tx.AddImportRows(all); err != nil {
		return err
	}
	return t.tx.SaveImport(*i)
}

// take decides one row.
func (t *teller) take(row statement.Row) (became ImportRow, matched bool, err error) {
	if today := calendar.DateOf(t.at); !row.PaidAt.IsZero() && row.Day() > today {
		return ImportRow{Outcome: RowRefused, Reason: fmt.Sprintf("交易日期 %s 还没有到，不能入账；请核对导出的流水", row.Day())},
			false, nil
	}
	switch row.Kind {
	case statement.In:
		return t.payment(row, "")
	case statement.Undone:
		became, err = t.reversal(row)
		return became, false, err
	case statement.Back:
		return t.returned(row)
	case statement.Out:
		became, err = t.outgoing(row)
		return became, false, err
	}
	return ImportRow{Outcome: RowSkipped, Reason: row.Reason}, false, nil
}

// overMidnight finds the payment that another export, and so another import, has dated
// on the day before or after: taken as a second one it would be paid back from other people's money.
func (t *teller) overMidnight(line statement.Line) (known trading.Deposit, over bool, err error) {
	for _, days := range []int{-1, 1} {
		other := line
		other.PaidAt = line.PaidAt.AddDate(0, 0, days)
		known, err := t.tx.KnownPayment(t.account.ID, other)
		switch {
		case err == nil && !t.own[known.ID] && known.OverMidnight(line):
			return known, true, nil
		case err != nil && fault.CodeOf(err) != fault.NotFound:
			return known, false, err
		}
	}
	return trading.Deposit{}, false, nil
}

// payment takes a payment in, unless it is known, and finds whose deposit it is.
// With a problem it is nobody's from the start.
func (t *teller) payment(row statement.Row, problem string) (became ImportRow, matched bool, err error) {
	known, err := t.tx.KnownPayment(t.account.ID, row.Line)
	switch {
	case err == nil && known.SameContent(row.Line):
		return ImportRow{Outcome: RowKnown, Reason: known.Label(), Deposit: known.ID}, false, nil
	case err == nil: // it came in beside this import
		return ImportRow{Outcome: RowRefused, Reason: fault.MessageOf(otherContent(row, known.Line))}, false, nil
	case fault.CodeOf(err) != fault.NotFound:
		return became, false, err
	}
	known, over, err := t.overMidnight(row.Line)
	if err != nil {
		return became, false, err
	}
	if over {
		return ImportRow{
			Outcome: RowKnown,
			Reason: fmt.Sprintf("与%s到账的一笔流水号、付款人、金额都相同，只隔着午夜，按银行另记了日期的同一笔处理",
				calendar.Exactly(known.PaidAt)),
			Deposit: known.ID,
		}, false, nil
	}
	d := trading.Deposit{
		ID:         event.NewID(),
		Path:       t.account.Path,
		Receiving:  t.account.ID,
		State:      trading.Received,
		Version:    1,
		Line:       row.Line,
		Problem:    problem,
		Aside:      problem != "",
		ImportedBy: t.who.PersonID,
	}
	if problem == "" {
		if err := t.match(&d); err != nil {
			return became, false, err
		}
	}
	if err := t.keep("", d); err != nil {
		return became, false, err
	}
	if t.own == nil {
		t.own = map[string]bool{}
	}
	t.own[d.ID] = true
	undone, err := t.undoneAlready(d)
	if err != nil || undone {
		return ImportRow{Outcome: RowReversed, Reason: "到账后被银行冲正", Deposit: d.ID}, false, err
	}
	became = ImportRow{Outcome: RowTaken, Reason: d.Problem, Deposit: d.ID}
	if became.Reason == "" {
		became.Reason = d.Label()
	}
	return became, somebodys(d), nil
}

func somebodys(d trading.Deposit) bool { return d.State == trading.Matched || d.State == trading.Held }

// again looks once more whose the payments are that were nobody's.
func (t *teller) again(waiting []trading.Deposit) (matched int, err error) {
	var memos []string
	for _, d := range waiting {
		memos = append(memos, d.Memo)
	}
	if err := t.lockLots(memos); err != nil {
		return 0, err
	}
	for _, d := range waiting {
		found, err := t.matchSaved(&d)
		if err != nil {
			return matched, err
		}
		if found {
			matched++
		}
	}
	return matched, nil
}

// matchSaved finds whose a saved payment is, and saves what has changed.
func (t *teller) matchSaved(d *trading.Deposit) (matched bool, err error) {
	if d.Aside || d.Hand.Registration != "" {
		return false, nil
	}
	before := *d
	if err := t.match(d); err != nil {
		return false, err
	}
	if d.State == before.State && d.Problem == before.Problem && d.Lot == before.Lot {
		return false, nil
	}
	d.Version = before.Version + 1
	if d.State == trading.Received { // for another reason than before, which is no step
		return false, t.tx.SaveDeposit(*d)
	}
	return somebodys(*d), t.keep(before.State, *d)
}

// keep saves a payment with the step to where it stands now.
func (t *teller) keep(from casework.State, d trading.Deposit) error {
	switch d.State {
	case trading.Matched, trading.Held:
		return t.save(from, d, "deposit.matched")
	case trading.RefundDue:
		return t.save(from, d, "deposit.due")
	}
	return t.save(from, d, "deposit.received")
}

// save keeps a payment with what waits then, and notes the step.
func (t *teller) save(from casework.State, d trading.Deposit, step string) error {
	at, err := counted(t.tx, d)
	if err != nil {
		return err
	}
	if err := KeepDeposit(t.tx, from, d, at, t.who.PersonID); err != nil {
		return err
	}
	return casework.NoteAct(t.tx, t.who, trading.DepositImport, d.Stream(), d.Path, step, nil)
}

// keepRow keeps what the bank took away, with what waits while nobody knows of which payment it is.
func (t *teller) keepRow(from casework.State, w Withdrawal) error {
	if err := t.tx.SaveWithdrawal(w); err != nil {
		return err
	}
	return WithdrawalLeads.Moved(t.tx, from, w.State, reversing(w), t.who.PersonID)
}
