package bidding_test

import (
	"fmt"
	"strings"
	"testing"

	"sunlot/internal/casework"
	"sunlot/internal/event"
	"sunlot/internal/fault"
	"sunlot/internal/identity"
	"sunlot/internal/money"
	"sunlot/trading"
	"sunlot/trading/bidding"
	"sunlot/trading/tradingtest"
)

// deposits is every deposit of the station, by its bank's number.
func deposits(t *testing.T, v *tradingtest.Village) map[string]trading.Deposit {
	t.Helper()
	list, _, err := v.Bidding.SeeDeposits(t.Context(), v.Station, casework.Query{Page: identity.Page{}.Clip()})
	tradingtest.Must(t, err)
	all := map[string]trading.Deposit{}
	for _, d := range list {
		all[d.Serial] = d
	}
	return all
}

// TestAStatementIsReadOnce: the same lines again bring nothing new, what matched
// nobody is tried again, and nothing of another's statement is touched.
func TestAStatementIsReadOnce(t *testing.T) {
	tradingtest.Each(t, func(t *testing.T, v *tradingtest.Village) {
		ctx := t.Context()
		n, b, later := v.Tender(trading.Announced), v.Bidder("jia", ""), v.Bidder("yii", "")
		v.Enter(n.Lot, b)
		first, second := v.Line(b, n.Lot), v.Line(later, n.Lot)
		second.Serial = "S-later"
		body := tradingtest.Statement(first, second)
		read := func(id string, body []byte, want string) {
			t.Helper()
			answer, err := v.Bidding.ImportStatement(ctx, v.Station, id, bidding.StatementForm{File: body})
			tradingtest.Must(t, err)
			i, err := v.Bidding.SeeImport(ctx, v.Station, answer)
			if got := fmt.Sprintf("%d taken, %d known, %d matched", i.Taken(), i.Known(), i.Matched); err != nil ||
				got != want || i.Total != i.Taken()+i.Known() || i.DoneAt.IsZero() {
				t.Errorf("%s, want %s; %+v %v", got, want, i, err)
			}
		}
		read("request-0001", body, "2 taken, 0 known, 1 matched")
		read("request-0001", body, "2 taken, 0 known, 1 matched") // the same tap is told the same
		read(event.NewID(), body, "0 taken, 2 known, 0 matched")
		v.Enter(n.Lot, later) // who has paid before he registered
		read(event.NewID(), body, "0 taken, 2 known, 1 matched")
		twice := first
		twice.Serial = "S-twice"
		read(event.NewID(), tradingtest.Statement(twice), "1 taken, 0 known, 0 matched")
		all := deposits(t, v)
		if len(all) != 3 || all["S-later"].State != trading.Matched || all["S-twice"].Problem != "这份报名已有一笔保证金" {
			t.Errorf("%+v", all)
		}
		_, err := v.Bidding.ImportStatement(ctx, v.Station, event.NewID(), bidding.StatementForm{File: []byte("x")})
		tradingtest.Want(t, err, fault.Invalid, "statement")
		for _, who := range []identity.Actor{v.Clerk, v.Leader, v.Supervision, b.Actor} {
			_, err := v.Bidding.ImportStatement(ctx, who, event.NewID(), bidding.StatementForm{File: body})
			tradingtest.Want(t, err, fault.Forbidden, "")
		}
	})
}

// TestAMemoWithTwoLots is nobody's: one payment is for one lot.
func TestAMemoWithTwoLots(t *testing.T) {
	tradingtest.Each(t, func(t *testing.T, v *tradingtest.Village) {
		n, other, b := v.Tender(trading.Announced), v.Tender(trading.Announced), v.Bidder("jia", "")
		v.Enter(n.Lot, b)
		line := v.Line(b, n.Lot)
		line.Memo += " " + v.Lot(other.Lot).Code
		v.Import(v.Station, tradingtest.Statement(line))
		if d := deposits(t, v)[line.Serial]; d.State != trading.Received || !strings.Contains(d.Problem, "几个转账附言码") {
			t.Errorf("%+v", d)
		}
	})
}

// TestWhatIsNobodysGoesBack: by the pack's days, with the bank's number, once.
func TestWhatIsNobodysGoesBack(t *testing.T) {
	tradingtest.Each(t, func(t *testing.T, v *tradingtest.Village) {
		ctx := t.Context()
		n, b := v.Tender(trading.Announced), v.Bidder("jia", "")
		v.Enter(n.Lot, b)
		line := v.Line(b, n.Lot)
		line.Serial, line.Payer = "S-nobody", "某公司"
		v.Import(v.Station, tradingtest.Statement(line))
		v.Pay(n.Lot, b)
		d, own := deposits(t, v)["S-nobody"], deposits(t, v)["S"+b.Entry]
		reject := func(who identity.Actor, id string, version int) error {
			_, err := v.Bidding.RejectDeposit(ctx, who, event.NewID(), id, version)
			return err
		}
		refund := func(version int, trace string) error {
			_, err := v.Bidding.RefundDeposit(ctx, v.Station, event.NewID(), d.ID,
				bidding.RefundForm{Version: version, Trace: trace})
			return err
		}
		tradingtest.Want(t, reject(v.Station, own.ID, own.Version), fault.Conflict, "") // which is somebody's
		tradingtest.Want(t, reject(v.Clerk, d.ID, d.Version), fault.Forbidden, "")
		tradingtest.Want(t, reject(v.Station, "nosuchone", 1), fault.NotFound, "")
		tradingtest.Want(t, refund(d.Version, "R-1"), fault.Conflict, "") // not due yet
		tradingtest.Want(t, reject(v.Station, d.ID, d.Version+1), fault.Conflict, "")
		tradingtest.Must(t, reject(v.Station, d.ID, d.Version))
		tradingtest.Want(t, refund(d.Version+1, ""), fault.Invalid, "trace")
		tradingtest.Want(t, refund(d.Version+1, strings.Repeat("R", 61)), fault.Invalid, "trace")
		tradingtest.Must(t, refund(d.Version+1, "R-1"))
		tradingtest.Want(t, refund(d.Version+2, "R-2"), fault.Conflict, "")
		confirm := func(who identity.Actor) error {
			_, err := v.Bidding.ConfirmRefund(ctx, who, event.NewID(), d.ID, d.Version+2)
			return err
		}
		tradingtest.Want(t, confirm(v.Station), fault.Forbidden, "") // who has typed it himself
		tradingtest.Want(t, confirm(v.Leader), fault.Forbidden, "")
		tradingtest.Must(t, confirm(v.Colleague))
		seen, err := v.Bidding.SeePayment(ctx, v.Station, d.ID)
		if got := seen.Deposit; err != nil || got.State != trading.Refunded || got.RefundTrace != "R-1" ||
			got.RefundBy != "2026-11-30" || got.RefundedAt.IsZero() {
			t.Errorf("%+v, %v", got, err)
		}
		_, err = v.Bidding.SeePayment(ctx, v.Clerk, d.ID)
		tradingtest.Want(t, err, fault.Forbidden, "")
	})
}

// TestDepositsBalance: after the last refund as much has gone back as came in,
// and of each lot nothing is held.
func TestDepositsBalance(t *testing.T) {
	tradingtest.Each(t, func(t *testing.T, v *tradingtest.Village) {
		ctx := t.Context()
		pulled, lost, won := v.Bidder("chehui", ""), v.Bidder("shujia", ""), v.Bidder("yingjia", "")
		n := v.Tender(trading.Announced)
		v.Enter(n.Lot, pulled, lost, won)
		v.Pay(n.Lot, pulled, lost, won)
		_, err := v.Bidding.PullRegistration(ctx, pulled.Actor, event.NewID(), pulled.Entry, 1, v.Clock.Now())
		tradingtest.Must(t, err)
		v.Admit(lost, won)
		r, err := v.Bid(won, n.Lot, n.OpensAt, 40000, false)
		tradingtest.Must(t, err)
		sums := func() map[casework.State]money.Fen {
			sum := map[casework.State]money.Fen{}
			for _, d := range deposits(t, v) {
				sum[d.State] += d.Amount
			}
			return sum
		}
		one := n.Deposit()
		if got := sums(); got[trading.RefundDue] != one || got[trading.Held] != 2*one {
			t.Errorf("during the bidding %v", got)
		}
		v.Clock.Set(r.EndsAt.Add(trading.Grace))
		tradingtest.Must(t, v.Bidding.Work(ctx))
		if got := sums(); got[trading.Held] != 2*one {
			t.Errorf("during the publicity %v", got)
		}
		a, err := v.DB.Award(ctx, n.Lot)
		tradingtest.Must(t, err)
		v.Clock.Set(a.SettlesAt())
		tradingtest.Must(t, v.Bidding.Work(ctx))
		tradingtest.Must(t, v.Bidding.Work(ctx)) // again does nothing
		if got := sums(); got[trading.RefundDue] != 2*one || got[trading.Held] != one {
			t.Errorf("after the publicity %v", got)
		}
		if d := deposits(t, v)["S"+won.Entry]; d.State != trading.Held {
			t.Errorf("the winner's is %s before the contract", d.State)
		}
	})
}
