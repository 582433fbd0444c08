package bidding_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"sunlot/internal/calendar"
	"sunlot/internal/casework"
	"sunlot/internal/event"
	"sunlot/internal/fault"
	"sunlot/internal/identity"
	"sunlot/trading"
	"sunlot/trading/bidding"
	"sunlot/trading/statement"
	"sunlot/trading/tradingtest"
)

// taken is a statement's row that takes the payment back.
func taken(l statement.Line, serial string) statement.Line {
	l.Serial = serial
	l.PaidAt = l.PaidAt.Add(time.Minute)
	l.Memo = "冲正 " + l.Memo
	l.Amount = -l.Amount
	return l
}

// outgoing is a statement with both sides, of rows that went out.
func outgoing(at time.Time, all ...statement.Line) []byte {
	var b strings.Builder
	b.WriteString("流水号,交易时间,对方户名,对方账号,借方金额,贷方金额,附言\n")
	for _, l := range all {
		fmt.Fprintf(&b, "%s,%s,%s,%s,%s,,%s\n", l.Serial, at.Add(8*time.Hour).Format(time.DateTime), l.Payer, l.Account,
			strings.ReplaceAll(l.Amount.Yuan(), ",", ""), l.Memo)
	}
	return []byte(b.String())
}

func rowsOf(t *testing.T, v *tradingtest.Village, i bidding.Import) []bidding.ImportRow {
	t.Helper()
	rows, n, err := v.Bidding.SeeImportRows(t.Context(), v.Station, casework.Query{
		Parent: i.ID,
		Page:   identity.Page{Number: 1, Size: identity.MaxPage},
	})
	if err != nil || n != i.Total || n != i.Taken()+i.Known()+i.Reversed()+i.Skipped()+i.Refused() {
		t.Errorf("%d rows of %+v, %v", n, i, err)
	}
	return rows
}

func refuses(t *testing.T, v *tradingtest.Village, file []byte, field, says string) {
	t.Helper()
	_, err := v.Bidding.ImportStatement(t.Context(), v.Station, event.NewID(), bidding.StatementForm{File: file})
	tradingtest.Want(t, err, fault.Invalid, field)
	if !strings.Contains(err.Error(), says) {
		t.Errorf("says %v, want %s", err, says)
	}
}

// TestAReversalUndoesItsPayment: before the opening the bidder loses the
// qualification and may pay anew; his number is another's chance.
func TestAReversalUndoesItsPayment(t *testing.T) {
	tradingtest.Each(t, func(t *testing.T, v *tradingtest.Village) {
		ctx := t.Context()
		n, b, other := v.Tender(trading.Announced), v.Bidder("jia", ""), v.Bidder("yii", "")
		v.Enter(n.Lot, b, other)
		v.Pay(n.Lot, b, other)
		v.Admit(b, other)
		line := v.Line(b, n.Lot)
		i := v.Import(v.Station, tradingtest.Statement(taken(line, "C1")))
		if rows := rowsOf(t, v, i); i.Reversed() != 1 || !strings.Contains(rows[0].Reason, "取消竞买资格") {
			t.Errorf("%+v %+v", i, rows)
		}
		if i := v.Import(v.County, tradingtest.Statement(line, taken(line, "C1"))); i.Known() != 2 {
			t.Errorf("again %+v", i)
		}
		r, err := v.Bidding.SeeRegistration(ctx, v.Station, b.Entry)
		d := deposits(t, v)[line.Serial]
		if err != nil || r.State != trading.Registered || r.Number != "" || !strings.Contains(r.Reason, "冲正") ||
			d.State != trading.Reversed || d.Registration != "" || d.Former != b.Entry {
			t.Errorf("%+v %+v %v", r, d, err)
		}
		waits := v.Waits(v.Station)
		if len(waits) != 1 || waits[0].Name != "registration" || !strings.Contains(waits[0].Note, "冲正") {
			t.Errorf("%+v", waits)
		}
		if own := v.Waits(b.Actor); len(own) != 1 || own[0].Name != "paying" {
			t.Errorf("the bidder's %+v", own)
		}
		qualify := func() error {
			_, err := v.Bidding.Qualify(ctx, v.Station, event.NewID(), b.Entry, bidding.Decision{
				Version: r.Version,
				Seen:    true,
			})
			return err
		}
		tradingtest.Want(t, qualify(), fault.Invalid, "seen")
		v.Clock.Set(n.RegisterUntil.Add(time.Minute)) // only who had paid in time may pay anew so late
		anew := line
		anew.Serial, anew.PaidAt = "S-anew", v.Clock.Now()
		if i := v.Import(v.Station, tradingtest.Statement(anew)); i.Matched != 1 {
			t.Errorf("paid anew: %+v", i)
		}
		tradingtest.Must(t, qualify())
		shown, err := v.Bidding.DepositsOf(ctx, b.Actor, b.Entry)
		if err != nil || len(shown) != 2 {
			t.Errorf("the bidder is shown %+v, %v", shown, err)
		}
	})
}

// TestAReversalAfterTheOpening: bids stay, the deposit is gone, the station sees
// to it, and a new payment takes its place.
func TestAReversalAfterTheOpening(t *testing.T) {
	tradingtest.Each(t, func(t *testing.T, v *tradingtest.Village) {
		ctx := t.Context()
		b, other := v.Bidder("jia", ""), v.Bidder("yii", "")
		l := v.Open(b, other)
		all := deposits(t, v)
		mine, others := all["S"+b.Entry].Line, all["S"+other.Entry].Line
		v.Clock.Set(l.Board.OpensAt.Add(time.Second))
		mine.PaidAt, others.PaidAt = v.Clock.Now(), v.Clock.Now()
		v.Import(v.Station, tradingtest.Statement(taken(mine, "C1"), taken(others, "C2")))
		if waits := v.Waits(v.Station); len(waits) != 2 || waits[0].Name != "undone" {
			t.Errorf("%+v", waits)
		}
		if _, err := v.Bid(b, l.ID, l.Board.OpensAt.Add(time.Minute), 41000, false); err != nil {
			t.Errorf("his bid: %v", err)
		}
		anew := mine
		anew.Serial, anew.PaidAt = "S-anew", v.Clock.Now()
		i := v.Import(v.Station, tradingtest.Statement(anew))
		all = deposits(t, v)
		if i.Matched != 1 || all["S-anew"].State != trading.Held || all["S"+b.Entry].State != trading.Reversed ||
			all["S"+other.Entry].State != trading.Undone {
			t.Errorf("%+v %+v", i, all)
		}
		settle := func(reason string) error {
			d := all["S"+other.Entry]
			_, err := v.Bidding.SettleUndone(ctx, v.Station, event.NewID(), d.ID, bidding.SettleForm{
				Version: d.Version,
				Reason:  reason,
			})
			return err
		}
		tradingtest.Want(t, settle(""), fault.Invalid, "reason")
		tradingtest.Must(t, settle("已电话通知，没有再转入"))
		tradingtest.Want(t, settle("再来一次"), fault.Conflict, "")
		if waits := v.Waits(v.Station); len(waits) != 0 {
			t.Errorf("still %+v", waits)
		}
	})
}

// TestAReversalBeforeItsPayment waits for it, and an official may explain it.
func TestAReversalBeforeItsPayment(t *testing.T) {
	tradingtest.Each(t, func(t *testing.T, v *tradingtest.Village) {
		ctx := t.Context()
		n, b := v.Tender(trading.Announced), v.Bidder("jia", "")
		v.Enter(n.Lot, b)
		line := v.Line(b, n.Lot)
		strange := taken(line, "C9")
		strange.Amount--
		i := v.Import(v.Station, tradingtest.Statement(taken(line, "C1"), strange))
		if rows := rowsOf(t, v, i); i.Taken() != 2 || !strings.Contains(rows[0].Reason, "没有找到") {
			t.Errorf("%+v", rows)
		}
		if waits := v.Waits(v.Station); len(waits) != 3 || waits[1].Name != "withdrawal" {
			t.Errorf("%+v", waits)
		}
		if i := v.Import(v.Station, tradingtest.Statement(line)); i.Reversed() != 1 || i.Matched != 0 {
			t.Errorf("the payment: %+v", i)
		}
		if d := deposits(t, v)[line.Serial]; d.State != trading.Reversed {
			t.Errorf("%+v", d)
		}
		open, _, err := v.Bidding.SeeWithdrawals(ctx, v.Station, casework.Query{
			States: []casework.State{bidding.WithdrawalOpen},
			Page:   identity.Page{Number: 1, Size: identity.MaxPage},
		})
		if err != nil || len(open) != 1 || open[0].Serial != "C9" {
			t.Fatalf("%+v, %v", open, err)
		}
		explain := func(who identity.Actor, reason string) error {
			_, err := v.Bidding.CloseWithdrawal(ctx, who, event.NewID(), open[0].ID, bidding.SettleForm{
				Version: open[0].Version,
				Reason:  reason,
			})
			return err
		}
		tradingtest.Want(t, explain(v.Station, ""), fault.Invalid, "reason")
		tradingtest.Want(t, explain(v.Clerk, "x"), fault.Forbidden, "")
		tradingtest.Must(t, explain(v.Station, "银行手续费冲回，与保证金无关"))
		tradingtest.Want(t, explain(v.Station, "x"), fault.Conflict, "")
	})
}

// TestADebitThatNamesTheCredit takes it away; a refund before its time is no proof of one.
func TestADebitThatNamesTheCredit(t *testing.T) {
	tradingtest.Each(t, func(t *testing.T, v *tradingtest.Village) {
		n, b := v.Tender(trading.Announced), v.Bidder("jia", "")
		v.Enter(n.Lot, b)
		v.Pay(n.Lot, b)
		line := v.Line(b, n.Lot)
		line.Serial, line.Memo = "O1", "手续费"
		if i := v.Import(v.Station, outgoing(v.Clock.Now().Add(time.Hour), line)); i.Skipped() != 1 {
			t.Errorf("not due: %+v", i)
		}
		line.Serial, line.Memo = "O2", "错账 S"+b.Entry
		if i := v.Import(v.Station, outgoing(v.Clock.Now().Add(time.Hour), line)); i.Reversed() != 1 {
			t.Errorf("names it: %+v", i)
		}
	})
}

// TestASerialComesAgain: on another day it is another payment; on the same day
// with another content the file is refused, and nothing of it is taken.
func TestASerialComesAgain(t *testing.T) {
	tradingtest.Each(t, func(t *testing.T, v *tradingtest.Village) {
		n, b := v.Tender(trading.Announced), v.Bidder("jia", "")
		v.Enter(n.Lot, b)
		first := v.Line(b, n.Lot)
		first.Serial, first.Payer = "S1", "别人"
		v.Import(v.Station, tradingtest.Statement(first))
		v.Clock.Set(v.Clock.Now().AddDate(0, 0, 1))
		second := v.Line(b, n.Lot)
		second.Serial = "S1"
		if i := v.Import(v.Station, tradingtest.Statement(second)); i.Taken() != 1 || i.Matched != 1 {
			t.Errorf("the next day: %+v", i)
		}
		other := second
		other.Amount++
		fresh := second
		fresh.Serial = "S2"
		refuses(t, v, tradingtest.Statement(fresh, other), "statement", "第 3 行（流水号 S1）与已登记的同一天同号流水内容不同")
		other = second
		other.Payer = "王五"
		refuses(t, v, tradingtest.Statement(other), "statement", "第 2 行")
		if _, n, err := v.Bidding.SeeDeposits(t.Context(), v.Station,
			casework.Query{Page: identity.Page{Number: 1, Size: identity.MaxPage}}); n != 2 {
			t.Errorf("%d payments, %v", n, err)
		}
		later := second
		later.PaidAt = second.PaidAt.Add(time.Second) // an export with other seconds
		later.Payer = " " + second.Payer + "\u3000"
		if i := v.Import(v.Station, tradingtest.Statement(later)); i.Known() != 1 {
			t.Errorf("the same: %+v", i)
		}
	})
}

// TestAPaymentOverMidnightIsOne: an export by the time of booking has on the next day
// what one by the time of payment has just before midnight; it is not taken again,
// to be paid back from other people's money. At noon it is another payment.
func TestAPaymentOverMidnightIsOne(t *testing.T) {
	tradingtest.Each(t, func(t *testing.T, v *tradingtest.Village) {
		n, b := v.Tender(trading.Announced), v.Bidder("jia", "")
		v.Enter(n.Lot, b)
		night := calendar.DateOf(v.Clock.Now()).At(0, 0)
		v.Clock.Set(night.AddDate(0, 0, 2))
		paid := v.Line(b, n.Lot)
		paid.Serial, paid.PaidAt = "S9", night.Add(-10*time.Second)
		if i := v.Import(v.Station, tradingtest.Statement(paid)); i.Taken() != 1 {
			t.Errorf("the first: %+v", i)
		}
		booked := paid
		booked.PaidAt = night.Add(4 * time.Second)
		for range 2 {
			i := v.Import(v.Station, tradingtest.Statement(booked))
			if i.Known() != 1 || i.Taken() != 0 {
				t.Errorf("booked after midnight: %+v", i)
			}
		}
		booked.PaidAt = night.Add(12 * time.Hour)
		if i := v.Import(v.Station, tradingtest.Statement(booked)); i.Taken() != 1 {
			t.Errorf("the next noon: %+v", i)
		}
	})
}

// TestAPaymentIsTheAccounts: whoever imports it, from wherever, it is there once.
func TestAPaymentIsTheAccounts(t *testing.T) {
	tradingtest.Each(t, func(t *testing.T, v *tradingtest.Village) {
		ctx := t.Context()
		n, b := v.Tender(trading.Announced), v.Bidder("jia", "")
		v.Enter(n.Lot, b)
		file := tradingtest.Statement(v.Line(b, n.Lot))
		if i := v.Import(v.County, file); i.Taken() != 1 || i.Matched != 1 {
			t.Errorf("the county: %+v", i)
		}
		if i := v.Import(v.Station, file); i.Known() != 1 {
			t.Errorf("the township: %+v", i)
		}
		account := bidding.AccountForm{Number: "3600 9999 0000", Name: "县交易中心保证金专户"}
		open := func(who identity.Actor, form bidding.AccountForm) (string, error) {
			return v.Bidding.OpenAccount(ctx, who, event.NewID(), form)
		}
		second, err := open(v.County, account)
		tradingtest.Must(t, err)
		_, err = open(v.Station, account)
		tradingtest.Want(t, err, fault.Conflict, "number")
		_, err = open(v.Station, bidding.AccountForm{Number: "12", Place: "/"})
		tradingtest.Want(t, err, fault.Invalid, "place")
		tradingtest.Want(t, err, fault.Invalid, "number")
		_, err = open(v.Clerk, account)
		tradingtest.Want(t, err, fault.Forbidden, "")
		take := func(who identity.Actor, account string, file []byte) error {
			_, err := v.Bidding.ImportStatement(ctx, who, event.NewID(), bidding.StatementForm{
				Account: account,
				File:    file,
			})
			return err
		}
		tradingtest.Want(t, take(v.County, "", file), fault.Invalid, "account") // which of the two
		tradingtest.Want(t, take(v.Station, second, file), fault.Invalid, "account")
		tradingtest.Want(t, take(v.County, second, file), fault.Invalid, "statement") // it is the other account's
		named := append([]byte("账号,360099990000\n"), file...)
		tradingtest.Want(t, take(v.Station, "", named), fault.Invalid, "account")
		masked := append([]byte("账号,36****567890\n"), file...)
		tradingtest.Must(t, take(v.County, "", masked))
		tradingtest.Want(t, take(v.County, second, masked), fault.Invalid, "account")
	})
}

// TestWhatComesTooLateGoesBack: nothing is matched where it cannot be refunded.
func TestWhatComesTooLateGoesBack(t *testing.T) {
	tradingtest.Each(t, func(t *testing.T, v *tradingtest.Village) {
		ctx := t.Context()
		n, b, refused, pulled := v.Tender(trading.Announced), v.Bidder("jia", ""), v.Bidder("yii",
			""), v.Bidder("bin", "")
		v.Enter(n.Lot, b, refused, pulled)
		lines := []statement.Line{v.Line(b, n.Lot), v.Line(refused, n.Lot), v.Line(pulled, n.Lot)}
		few := lines[0]
		few.Serial, few.Amount = "S-few", 100
		_, err := v.Bidding.RefuseRegistration(ctx, v.Station, event.NewID(), refused.Entry,
			bidding.Decision{Version: 1, Reason: "不是本人"})
		tradingtest.Must(t, err)
		_, err = v.Bidding.PullRegistration(ctx, pulled.Actor, event.NewID(), pulled.Entry, 1, v.Clock.Now())
		tradingtest.Must(t, err)
		if i := v.Import(v.Station, tradingtest.Statement(lines[1], lines[2], few)); i.Taken() != 3 || i.Matched != 0 {
			t.Errorf("%+v", i)
		}
		v.Clock.Set(n.OpensAt)
		tradingtest.Must(t, v.Bidding.OpenLot(ctx, n.Lot)) // which fails: nobody has paid
		i := v.Import(v.Station, tradingtest.Statement(lines...))
		if i.Taken() != 1 || i.Known() != 2 || i.Matched != 0 {
			t.Errorf("%+v", i)
		}
		for serial, d := range deposits(t, v) {
			if d.State != trading.RefundDue || d.RefundBy == "" || d.Problem == "" {
				t.Errorf("%s: %+v", serial, d)
			}
		}
		waits := v.Waits(v.Station)
		if len(waits) != 4 {
			t.Errorf("%+v", waits)
		}
		for _, w := range waits {
			if w.Name != "refund" {
				t.Errorf("%+v", w)
			}
		}
	})
}

// TestAPayersNameIsFolded, and a masked account compared by what is shown.
func TestAPayersNameIsFolded(t *testing.T) {
	tradingtest.Each(t, func(t *testing.T, v *tradingtest.Village) {
		n, b := v.Tender(trading.Announced), v.Bidder("jia", "")
		v.Enter(n.Lot, b)
		line := v.Line(b, n.Lot)
		line.Payer = "竞\u3000买 人jia"
		line.Account = line.Account[:4] + "****" + line.Account[len(line.Account)-4:]
		if i := v.Import(v.Station, tradingtest.Statement(line)); i.Matched != 1 {
			t.Errorf("%+v %+v", i, rowsOf(t, v, i))
		}
	})
}

// TestMatchedByHand takes two persons and a reason, and keeps to the rules.
func TestMatchedByHand(t *testing.T) {
	tradingtest.Each(t, func(t *testing.T, v *tradingtest.Village) {
		ctx := t.Context()
		n, b := v.Tender(trading.Announced), v.Bidder("jia", "")
		v.Enter(n.Lot, b)
		line := v.Line(b, n.Lot)
		line.Payer, line.Account = "竞买人甲（曾用名）", ""
		v.Import(v.Station, tradingtest.Statement(line))
		seen, err := v.Bidding.SeePayment(ctx, v.Station, deposits(t, v)[line.Serial].ID)
		if err != nil || len(seen.Candidates) != 1 || seen.Candidates[0].ID != b.Entry {
			t.Fatalf("%+v, %v", seen, err)
		}
		id, version := seen.Deposit.ID, seen.Deposit.Version
		propose := func(version int, entry, reason string) error {
			_, err := v.Bidding.ProposeMatch(ctx, v.Station, event.NewID(), id, bidding.HandForm{
				Version:      version,
				Registration: entry,
				Reason:       reason,
			})
			return err
		}
		step := func(take tradingtest.Step, who identity.Actor, version int) error {
			_, err := take(ctx, who, event.NewID(), id, version)
			return err
		}
		tradingtest.Want(t, propose(version, "", ""), fault.Invalid, "registration")
		tradingtest.Want(t, propose(version, b.Entry, ""), fault.Invalid, "reason")
		tradingtest.Want(t, propose(version, "nosuchone", "x"), fault.Invalid, "registration")
		tradingtest.Want(t, step(v.Bidding.ConfirmMatch, v.Colleague, version), fault.Conflict, "")
		tradingtest.Must(t, propose(version, b.Entry, "户口簿载明曾用名"))
		tradingtest.Want(t, step(v.Bidding.ConfirmMatch, v.Station, version+1), fault.Forbidden, "")
		tradingtest.Want(t, step(v.Bidding.ConfirmMatch, v.Leader, version+1), fault.Forbidden, "")
		tradingtest.Must(t, step(v.Bidding.DeclineMatch, v.Colleague, version+1))
		tradingtest.Must(t, propose(version+2, b.Entry, "户口簿载明曾用名"))
		v.Import(v.Station, tradingtest.Statement(line)) // does not touch what waits for a second person
		tradingtest.Must(t, step(v.Bidding.ConfirmMatch, v.Colleague, version+3))
		seen, err = v.Bidding.SeePayment(ctx, v.Station, id)
		if d := seen.Deposit; err != nil || d.State != trading.Matched || d.Registration != b.Entry ||
			d.Hand.By == "" ||
			len(seen.Trail) != 5 {
			t.Errorf("%+v, %v", seen, err)
		}
		v.Admit(b)
	})
}

// TestARefundIsProved by the statement's row, or typed by one and confirmed by
// another; a number proves one refund, and what the bank sends back is due again.
func TestARefundIsProved(t *testing.T) {
	tradingtest.Each(t, func(t *testing.T, v *tradingtest.Village) {
		ctx := t.Context()
		n := v.Tender(trading.Announced)
		var all []*tradingtest.Bidder
		for _, login := range []string{"jia", "yii", "bin"} {
			all = append(all, v.Bidder(login, ""))
		}
		v.Enter(n.Lot, all...)
		v.Pay(n.Lot, all...)
		var lines []statement.Line
		for _, b := range all {
			_, err := v.Bidding.PullRegistration(ctx, b.Actor, event.NewID(), b.Entry, 1, v.Clock.Now())
			tradingtest.Must(t, err)
			line := v.Line(b, n.Lot)
			line.Serial, line.Memo = "R"+b.Entry, "退保证金"
			lines = append(lines, line)
		}
		of := func(n int) trading.Deposit { return deposits(t, v)["S"+all[n].Entry] }
		note := func(n int, trace string) error {
			d := of(n)
			_, err := v.Bidding.RefundDeposit(ctx, v.Station, event.NewID(), d.ID,
				bidding.RefundForm{Version: d.Version, Trace: trace})
			return err
		}
		confirm := func(take tradingtest.Step, who identity.Actor, n int) error {
			d := of(n)
			_, err := take(ctx, who, event.NewID(), d.ID, d.Version)
			return err
		}
		v.Clock.Set(v.Clock.Now().Add(time.Hour))
		i := v.Import(v.Station, outgoing(v.Clock.Now(), lines[0]))
		if d := of(0); i.Taken() != 1 || d.State != trading.Refunded || d.RefundTrace != lines[0].Serial ||
			d.RefundRow == "" {
			t.Errorf("%+v %+v", i, d)
		}
		tradingtest.Want(t, note(1, " r"+all[0].Entry), fault.Invalid, "trace") // which is the other's proof
		tradingtest.Must(t, note(1, "T-1"))
		tradingtest.Want(t, note(2, "t-1 "), fault.Invalid, "trace")
		tradingtest.Must(t, confirm(v.Bidding.DenyRefund, v.Colleague, 1))
		tradingtest.Must(t, note(1, "T-2"))
		tradingtest.Want(t, confirm(v.Bidding.ConfirmRefund, v.Station, 1), fault.Forbidden, "")
		tradingtest.Must(t, confirm(v.Bidding.ConfirmRefund, v.Colleague, 1))
		tradingtest.Must(t, note(2, "T-3"))
		i = v.Import(v.Colleague, outgoing(v.Clock.Now(), lines...)) // proves what was typed, and what waits
		if rows := rowsOf(t, v, i); i.Taken() != 2 || i.Known() != 1 || of(2).State != trading.Refunded || of(1).
			RefundRow == "" {
			t.Errorf("%+v", rows)
		}
		back := v.Line(all[0], n.Lot)
		back.Serial, back.Memo = "B1", "退汇 账号已销户"
		if i := v.Import(v.Station, tradingtest.Statement(back)); i.Reversed() != 1 || of(0).
			State != trading.RefundDue {
			t.Errorf("%+v %+v", i, of(0))
		}
		stray := back
		stray.Serial, stray.Amount = "B2", 77
		v.Import(v.Station, tradingtest.Statement(stray, back))
		if d := deposits(t, v)["B2"]; d.State != trading.Received || !strings.Contains(d.Problem, "没有找到对应的退款") {
			t.Errorf("%+v", d)
		}
	})
}

// TestAnImportThatIsCutOff goes on with the same file and ends the same.
func TestAnImportThatIsCutOff(t *testing.T) {
	tradingtest.Each(t, func(t *testing.T, v *tradingtest.Village) {
		ctx := t.Context()
		n, b := v.Tender(trading.Announced), v.Bidder("jia", "")
		v.Enter(n.Lot, b)
		var lines []statement.Line
		for k := range 450 {
			line := v.Line(b, n.Lot)
			line.Serial, line.Payer = fmt.Sprintf("S%d", k), "路人"
			lines = append(lines, line)
		}
		lines = append(lines, v.Line(b, n.Lot))
		file := tradingtest.Statement(lines...)
		store := v.Bidding.StatementStore
		for _, cut := range []int{0, 1, 2, 3, 100} {
			v.Bidding.StatementStore = &cutting{StatementStore: store, left: cut}
			_, err := v.Bidding.ImportStatement(ctx, v.Station, "request-0001", bidding.StatementForm{File: file})
			if cut < 100 != (err != nil) {
				t.Errorf("cut after %d parts: %v", cut, err)
			}
		}
		v.Bidding.StatementStore = store
		all, n2, err := v.Bidding.SeeImports(ctx, v.Station, casework.Query{Page: identity.Page{
			Number: 1,
			Size:   identity.MaxPage,
		}})
		if err != nil || n2 != 1 || all[0].Taken() != 451 || all[0].Matched != 1 || all[0].DoneAt.IsZero() {
			t.Errorf("%+v, %v", all, err)
		}
	})
}
