package bidding

import (
	"slices"
	"strings"
	"time"
	"unicode"

	"sunlot/internal/calendar"
	"sunlot/internal/event"
	"sunlot/internal/fault"
	"sunlot/internal/identity"
	"sunlot/trading"
	"sunlot/trading/statement"
)

// reversal takes back the payment that the bank took back. One whose payment is
// not here yet is kept open: the payment may come with a later statement.
func (t *teller) reversal(row statement.Row) (ImportRow, error) {
	if known, err := t.known(row); known.Outcome != "" || err != nil {
		return known, err
	}
	all, err := t.tx.Payments(t.account.ID, row.Amount, row.PaidAt)
	if err != nil {
		return ImportRow{}, err
	}
	of := undoneBy(row, all, func(d trading.Deposit) bool { return refundable(d) || reversible(d) })
	if of != nil && refundable(*of) { // this is how the money went back
		return t.refunded(row, *of)
	}
	w := t.withdrawal(row)
	if of == nil {
		return ImportRow{Outcome: RowTaken, Reason: "没有找到它冲回的到账，待经管站核对"}, t.keepRow("", w)
	}
	settled(&w, of.ID, t)
	if err := t.keepRow("", w); err != nil {
		return ImportRow{}, err
	}
	said, err := t.undo(of.ID)
	return ImportRow{Outcome: RowReversed, Reason: said, Deposit: of.ID}, err
}

// known answers for a row that an earlier statement had, under whichever kind it
// was kept: as a reversal, or as the way on which a refund went.
func (t *teller) known(row statement.Row) (became ImportRow, err error) {
	kinds := []statement.Kind{statement.Undone, statement.Out}
	if row.Kind == statement.Back {
		kinds = []statement.Kind{statement.Back}
	}
	for _, kind := range kinds {
		w, err := t.tx.Withdrawal(t.account.ID, kind, row.Line)
		switch {
		case err == nil && w.SameContent(row.Line):
			return ImportRow{Outcome: RowKnown, Reason: w.Label(), Deposit: w.Deposit}, nil
		case err == nil && kind == row.Kind:
			return ImportRow{Outcome: RowRefused, Reason: fault.MessageOf(otherContent(row, w.Line))}, nil
		case err != nil && fault.CodeOf(err) != fault.NotFound:
			return became, err
		}
	}
	return became, nil
}

func settled(w *Withdrawal, deposit string, t *teller) {
	w.Deposit = deposit
	w.State = WithdrawalSettled
	w.SettledBy = t.who.PersonID
	w.SettledAt = t.at
}

// withdrawal is the row as it is kept.
func (t *teller) withdrawal(row statement.Row) Withdrawal {
	return Withdrawal{
		ID:        event.NewID(),
		Receiving: t.account.ID,
		Path:      t.account.Path,
		Kind:      row.Kind,
		State:     WithdrawalOpen,
		Version:   1,
		Line:      row.Line,
		Original:  row.Original,
	}
}

func refundable(d trading.Deposit) bool {
	return d.State == trading.RefundDue || d.State == trading.RefundNoted
}

func reversible(d trading.Deposit) bool {
	return d.State == trading.Received || d.State == trading.Matched || d.State == trading.Held
}

// undoneBy is the payment that a row takes back, of those of the same sum: the
// one whose number it names, else one of the same payer and account; that of
// its own number before those of the lot that its memo names, and then the newest.
func undoneBy(row statement.Row, all []trading.Deposit, in func(trading.Deposit) bool) *trading.Deposit {
	best, of := noFit, -1
	for i, d := range all {
		if !in(d) || d.Amount != row.Amount || row.PaidAt.Before(d.PaidAt) || row.PaidAt.Before(d.SentBackAt) {
			continue
		}
		if fit := fitOf(row, d); fit < best {
			best, of = fit, i
		}
	}
	if of < 0 {
		return nil
	}
	return &all[of]
}

// How well a payment fits a row that takes one back, the best first.
const (
	fitNamed = iota // the row names the payment's number
	fitSerial
	fitLot
	fitParty
	noFit
)

func fitOf(row statement.Row, d trading.Deposit) int {
	serial, party := statement.FoldNumber(d.Serial), sameParty(d.Line, row.Line)
	named := serial == statement.FoldNumber(row.Original) || slices.Contains(numbersIn(row.Memo), serial)
	codes := statement.MemoCode(row.Memo)
	switch {
	case named && (party || row.Payer == "" || row.Account == ""):
		return fitNamed
	case !party:
		return noFit
	case serial == statement.FoldNumber(row.Serial) && d.Day() == row.Day():
		return fitSerial
	case slices.ContainsFunc(statement.MemoCode(d.Memo), func(c string) bool { return slices.Contains(codes, c) }):
		return fitLot
	}
	return fitParty
}

// numbersIn are the parts of a memo that may be a bank's number.
func numbersIn(memo string) []string {
	parts := strings.FieldsFunc(statement.FoldNumber(strings.ReplaceAll(memo, " ", ";")), func(r rune) bool {
		return r > unicode.MaxASCII || !unicode.IsLetter(r) && !unicode.IsDigit(r)
	})
	return slices.DeleteFunc(parts, func(p string) bool { return len(p) < 2 })
}

// sameParty says whether two rows have the same other side, as far as the bank shows it.
func sameParty(a, b statement.Line) bool {
	named := a.Payer != "" && b.Payer != ""
	if named && !statement.SameName(a.Payer, b.Payer) {
		return false
	}
	return named && (a.Account == "" || b.Account == "") || a.Account == b.Account ||
		statement.SameAccount(a.Account, b.Account) ||
		statement.SameAccount(b.Account, a.Account)
}

// undo takes a payment back, and says what follows.
func (t *teller) undo(id string) (string, error) {
	d, err := t.tx.Deposit(id, identity.Everywhere)
	if err != nil {
		return "", err
	}
	to := trading.Reversed
	said := "到账已冲回"
	if d.State == trading.Held {
		l, err := t.tx.Lot(d.Lot, identity.Everywhere)
		if err != nil {
			return "", err
		}
		r, err := t.tx.Registration(d.Registration, identity.Everywhere)
		if err != nil {
			return "", err
		}
		if l.State == trading.Listed && t.at.Before(l.Board.OpensAt) {
			said = "到账已冲回，取消竞买资格：" + r.Name
			err = t.lostDeposit(l, r)
		} else {
			to = trading.Undone
			said = "到账已冲回，竞价已开始，待经管站处理：" + r.Name
			err = t.payAnew(l, r)
		}
		if err != nil {
			return "", err
		}
	}
	from := d.State
	if err := d.TakeBack(to); err != nil {
		return "", err
	}
	if err := t.tx.Settle(handDuty, d.Stream(), t.who.PersonID); err != nil {
		return "", err
	}
	return said, t.save(from, d, "deposit.undone")
}

// payAnew asks the winner of a lot for another deposit.
func (t *teller) payAnew(l trading.Lot, r trading.Registration) error {
	won, err := unsignedOf(t.tx, l, r)
	if err != nil || !won {
		return err
	}
	a, err := t.tx.Award(l.ID)
	if err != nil {
		return err
	}
	return t.tx.Owe(payingDuty, anew(l, r, a, calendar.DateOf(t.at)))
}

// undoneAlready takes a payment back whose reversal came before it.
func (t *teller) undoneAlready(d trading.Deposit) (bool, error) {
	open, err := t.tx.OpenWithdrawals(t.account.ID, statement.Undone, d.Amount)
	if err != nil {
		return false, err
	}
	for _, w := range open {
		row := statement.Row{Line: w.Line, Original: w.Original}
		either := func(d trading.Deposit) bool { return refundable(d) || reversible(d) }
		if undoneBy(row, []trading.Deposit{d}, either) == nil {
			continue
		}
		w.Version++
		settled(&w, d.ID, t)
		if err := t.keepRow(WithdrawalOpen, w); err != nil {
			return false, err
		}
		_, err := t.undo(d.ID)
		return true, err
	}
	return false, nil
}

// outgoing takes a row that took money away for the proof of a refund when it is
// one: to the payer, of the payment's sum, when it was to go back. One that names
// a payment that was not to go back takes it away.
func (t *teller) outgoing(row statement.Row) (ImportRow, error) {
	if known, err := t.known(row); known.Outcome != "" || err != nil {
		return known, err
	}
	all, err := t.tx.Payments(t.account.ID, row.Amount, row.PaidAt)
	if err != nil {
		return ImportRow{}, err
	}
	if due := undoneBy(row, all, refundable); due != nil {
		return t.refunded(row, *due)
	}
	typed := func(d trading.Deposit) bool { return d.State == trading.Refunded && d.RefundRow == "" }
	if done := undoneBy(row, all, typed); done != nil {
		return t.refunded(row, *done)
	}
	if of := namedBy(row, all); of != nil {
		row.Kind = statement.Undone
		return t.reversal(row)
	}
	return ImportRow{Outcome: RowSkipped, Reason: "支出，没有对应的待退保证金"}, nil
}

// namedBy is the payment whose number the row's memo names.
func namedBy(row statement.Row, all []trading.Deposit) *trading.Deposit {
	for _, d := range all {
		if reversible(d) && slices.Contains(numbersIn(row.Memo), statement.FoldNumber(d.Serial)) {
			return &d
		}
	}
	return nil
}

// refunded notes by which row of the statement a payment went back.
func (t *teller) refunded(row statement.Row, of trading.Deposit) (ImportRow, error) {
	row.Kind = statement.Out
	w := t.withdrawal(row)
	settled(&w, of.ID, t)
	if err := t.keepRow("", w); err != nil {
		return ImportRow{}, err
	}
	d, err := t.tx.Deposit(of.ID, identity.Everywhere)
	if err != nil {
		return ImportRow{}, err
	}
	step := "deposit.proved"
	from := d.State
	if d.State != trading.Refunded {
		step = "deposit.refunded"
		d.RefundedAt = row.PaidAt
		if err := trading.DepositLifecycle.Move(&d.State, trading.Refunded); err != nil {
			return ImportRow{}, err
		}
	}
	d.RefundRow = w.ID
	d.RefundTrace = row.Serial
	d.Version++
	return ImportRow{Outcome: RowTaken, Reason: "退款凭证", Deposit: d.ID}, t.save(from, d, step)
}

// returned puts a refund on its way back once more that the bank has sent back.
// What nobody knows of is a payment that is nobody's.
func (t *teller) returned(row statement.Row) (ImportRow, bool, error) {
	if known, err := t.known(row); known.Outcome != "" || err != nil {
		return known, false, err
	}
	_, err := t.tx.KnownPayment(t.account.ID, row.Line)
	if err == nil { // it was taken for a payment before its refund was known
		return t.payment(row, "")
	}
	if fault.CodeOf(err) != fault.NotFound {
		return ImportRow{}, false, err
	}
	all, err := t.tx.Payments(t.account.ID, row.Amount, row.PaidAt)
	if err != nil {
		return ImportRow{}, false, err
	}
	refunded := func(d trading.Deposit) bool { return d.State == trading.Refunded }
	of := undoneBy(row, all, refunded)
	if of == nil {
		return t.payment(row, "银行退回或冲正的款，没有找到对应的退款，请核对")
	}
	w := t.withdrawal(row)
	settled(&w, of.ID, t)
	if err := t.keepRow("", w); err != nil {
		return ImportRow{}, false, err
	}
	d, err := t.tx.Deposit(of.ID, identity.Everywhere)
	if err != nil {
		return ImportRow{}, false, err
	}
	return ImportRow{Outcome: RowReversed, Reason: "退款被银行退回，重新列入待退款项", Deposit: d.ID}, false, t.dueAgain(d, row.PaidAt)
}

// dueAgain asks for a refund anew.
func (t *teller) dueAgain(d trading.Deposit, back time.Time) error {
	from := d.State
	by, err := t.dueBy(d)
	if err != nil {
		return err
	}
	if err := d.SentBack(back, t.at, by); err != nil {
		return err
	}
	return t.save(from, d, "deposit.sent_back")
}
