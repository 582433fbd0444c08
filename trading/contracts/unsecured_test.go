package contracts_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"sunlot/internal/casework"
	"sunlot/internal/event"
	"sunlot/internal/fault"
	"sunlot/internal/identity"
	"sunlot/trading"
	"sunlot/trading/contracts"
	"sunlot/trading/tradingtest"
)

// reversed is the winner's deposit after the bank has taken it back.
func reversed(t *testing.T, v *tradingtest.Village, a trading.Award, b *tradingtest.Bidder) trading.Deposit {
	t.Helper()
	all, err := v.Bidding.DepositsOf(t.Context(), b.Actor, b.Entry)
	tradingtest.Must(t, err)
	row := all[0].Line
	row.Serial = "C1"
	row.PaidAt = v.Clock.Now()
	row.Amount = -row.Amount
	v.Import(v.Station, tradingtest.Statement(row))
	return deposit(t, v, b)
}

// deposit is the bidder's oldest as it stands.
func deposit(t *testing.T, v *tradingtest.Village, b *tradingtest.Bidder) trading.Deposit {
	t.Helper()
	all, err := v.Bidding.DepositsOf(t.Context(), b.Actor, b.Entry)
	tradingtest.Must(t, err)
	return all[0]
}

// waitsFor says whether the bidder has a duty of that name.
func waitsFor(v *tradingtest.Village, b *tradingtest.Bidder, name string) bool {
	return slices.ContainsFunc(v.Waits(b.Actor), func(w casework.Waiting) bool { return w.Name == name })
}

// TestNobodySignsWithoutADeposit: the winner whose deposit the bank took back is told to
// pay it anew; paid anew after the result, it is his deposit again, and he signs.
func TestNobodySignsWithoutADeposit(t *testing.T) {
	tradingtest.Each(t, func(t *testing.T, v *tradingtest.Village) {
		ctx := t.Context()
		a, b := settled(t, v)
		_, err := v.Contracts.Offer(ctx, v.Clerk, event.NewID(), a.Lot)
		tradingtest.Must(t, err)
		if d := reversed(t, v, a, b); d.State != trading.Undone {
			t.Fatalf("%+v", d)
		}
		sign := func() error {
			_, err := v.Contracts.Sign(ctx, b.Actor, event.NewID(), a.Lot, contracts.SignForm{Version: 1, Agreed: true})
			return err
		}
		err = sign()
		tradingtest.Want(t, err, fault.Conflict, "")
		if !strings.Contains(err.Error(), "重新转入") {
			t.Errorf("he reads %v", err)
		}
		if c, err := v.DB.Contract(ctx, a.Lot); err != nil || c.State != contracts.Offered {
			t.Errorf("the contract is %s, %v", c.State, err)
		}
		if !waitsFor(v, b, "paying") {
			t.Errorf("on his desk is %+v", v.Waits(b.Actor))
		}
		r, err := v.Bidding.OwnRegistration(ctx, b.Actor, a.Lot)
		tradingtest.Must(t, err)
		if where, err := v.Bidding.Standing(ctx, b.Actor, r); err != nil || !strings.Contains(where, "补上保证金") {
			t.Errorf("he stands at %q, %v", where, err)
		}
		v.Clock.Set(v.Clock.Now().Add(time.Hour))
		anew := v.Line(b, a.Lot)
		anew.Serial = "S-anew"
		v.Import(v.Station, tradingtest.Statement(anew))
		if d := deposit(t, v, b); d.State != trading.Reversed || waitsFor(v, b, "paying") {
			t.Errorf("the old one is %s, on his desk is %+v", d.State, v.Waits(b.Actor))
		}
		tradingtest.Must(t, sign())
	})
}

// TestALoserPaysNothingAnew: what comes from him after the result goes back.
func TestALoserPaysNothingAnew(t *testing.T) {
	tradingtest.Each(t, func(t *testing.T, v *tradingtest.Village) {
		winner, loser := v.Bidder("jia", ""), v.Bidder("yii", "")
		l := v.Open(winner, loser)
		reversed(t, v, trading.Award{Lot: l.ID}, loser)
		r, err := v.Bid(winner, l.ID, l.Board.OpensAt.Add(time.Minute), 40000, false)
		tradingtest.Must(t, err)
		v.Clock.Set(r.EndsAt.Add(trading.Grace))
		tradingtest.Must(t, v.Bidding.Work(t.Context()))
		anew := v.Line(loser, l.ID)
		anew.Serial = "S-anew"
		v.Import(v.Station, tradingtest.Statement(anew))
		list, _, err := v.Bidding.SeeDeposits(t.Context(), v.Station, casework.Query{
			Text: "S-anew",
			Page: identity.Page{Number: 1, Size: identity.MaxPage},
		})
		if err != nil || len(list) != 1 || list[0].State != trading.RefundDue {
			t.Errorf("what he pays is %+v, %v", list, err)
		}
		if waitsFor(v, loser, "paying") {
			t.Errorf("on his desk is %+v", v.Waits(loser.Actor))
		}
		entry, err := v.Bidding.OwnRegistration(t.Context(), loser.Actor, l.ID)
		tradingtest.Must(t, err)
		if anew, err := v.Bidding.PaysAnew(t.Context(), loser.Actor, entry); anew || err != nil {
			t.Errorf("he is asked to pay: %t, %v", anew, err)
		}
	})
}
