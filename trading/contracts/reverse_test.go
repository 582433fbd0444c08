package contracts_test

import (
	"encoding/json"
	"slices"
	"testing"
	"time"

	"sunlot/internal/calendar"
	"sunlot/internal/casework"
	"sunlot/internal/event"
	"sunlot/internal/fault"
	"sunlot/internal/identity"
	"sunlot/trading"
	"sunlot/trading/contracts"
	"sunlot/trading/tradingtest"
)

// TestASlipCountsOnce for whoever receives it, also at another lease and however
// its number is written; its day is not before the contract's nor after today.
func TestASlipCountsOnce(t *testing.T) {
	tradingtest.Each(t, func(t *testing.T, v *tradingtest.Village) {
		ctx := t.Context()
		lots, b := twoLeases(t, v)
		receive := func(lot string, form contracts.VoucherForm) error {
			_, err := v.Contracts.Receive(ctx, v.Station, event.NewID(), lot, form)
			return err
		}
		v.Clock.Set(v.Clock.Now().AddDate(0, 0, 3))
		day := v.Days.Today()
		for _, c := range []struct {
			on   calendar.Date
			code fault.Code
		}{{"1950-01-01", fault.Invalid}, {day.AddDays(-4), fault.Invalid}, {day.AddDays(1), fault.Invalid},
			{day.AddDays(-3), ""}} {
			form := slip(v, b, "Pay-1", 1, 100)
			form.ReceivedOn = c.on
			tradingtest.Want(t, receive(lots[0], form), c.code, "")
		}
		for _, same := range []string{"PAY-1", "pay-1 ", "ＰＡＹ-１", "Pay -1"} {
			tradingtest.Want(t, receive(lots[0], slip(v, b, same, 2, 100)), fault.Conflict, "serial")
		}
		tradingtest.Want(t, receive(lots[1], slip(v, b, "pay-1", 1, 100)), fault.Conflict, "serial")
		tradingtest.Must(t, receive(lots[1], slip(v, b, "PAY-2", 1, 100)))
	})
}

// twoLeases are two of one collective, signed on one day by one lessee.
func twoLeases(t *testing.T, v *tradingtest.Village) (lots []string, b *tradingtest.Bidder) {
	t.Helper()
	ctx := t.Context()
	b = v.Bidder("yingjia", "")
	var opens time.Time
	for range 2 {
		n := v.Tender(trading.Announced)
		v.Enter(n.Lot, b)
		v.Pay(n.Lot, b)
		v.Admit(b)
		lots, opens = append(lots, n.Lot), n.OpensAt
	}
	v.Clock.Set(opens)
	tradingtest.Must(t, v.Bidding.Work(ctx))
	for _, lot := range lots {
		_, err := v.Bid(b, lot, opens.Add(time.Minute), 40000, false)
		tradingtest.Must(t, err)
	}
	v.Clock.Set(opens.Add(12 * time.Hour))
	tradingtest.Must(t, v.Bidding.Work(ctx))
	v.Clock.Set(opens.AddDate(0, 0, 10))
	tradingtest.Must(t, v.Bidding.Work(ctx))
	for _, lot := range lots {
		_, err := v.Contracts.Offer(ctx, v.Clerk, event.NewID(), lot)
		tradingtest.Must(t, err)
		_, err = v.Contracts.Sign(ctx, b.Actor, event.NewID(), lot, contracts.SignForm{Version: 1, Agreed: true})
		tradingtest.Must(t, err)
	}
	return lots, b
}

// TestAWrongSlipIsReversed by a second entry of another person, once; the rent is
// owed again, and the number may be recorded anew.
func TestAWrongSlipIsReversed(t *testing.T) {
	tradingtest.Each(t, func(t *testing.T, v *tradingtest.Village) {
		ctx := t.Context()
		a, b := signed(t, v)
		wrong, err := v.Contracts.Receive(ctx, v.Station, event.NewID(), a.Lot, slip(v, b, "PAY-1", 1, a.Yearly))
		tradingtest.Must(t, err)
		reverse := func(who identity.Actor, id string, form contracts.ReverseForm) error {
			_, err := v.Contracts.Reverse(ctx, who, id, a.Lot, form)
			return err
		}
		good := contracts.ReverseForm{Slip: wrong, Mistake: contracts.WrongSum}
		tradingtest.Want(t, reverse(v.Colleague, event.NewID(), contracts.ReverseForm{Slip: wrong}), fault.Invalid,
			"mistake")
		tradingtest.Want(t, reverse(v.Colleague, event.NewID(), contracts.ReverseForm{Mistake: "sum"}), fault.Invalid,
			"slip")
		tradingtest.Want(t, reverse(v.Colleague, event.NewID(), contracts.ReverseForm{Slip: "none", Mistake: "sum"}),
			fault.Invalid, "slip")
		tradingtest.Want(t, reverse(v.Station, event.NewID(), good), fault.Forbidden, "")
		tradingtest.Want(t, reverse(v.Clerk, event.NewID(), good), fault.Forbidden, "")
		tradingtest.Must(t, reverse(v.Colleague, "request-0001", good))
		tradingtest.Must(t, reverse(v.Colleague, "request-0001", good)) // the same tap again
		tradingtest.Want(t, reverse(v.Colleague, event.NewID(), good), fault.Conflict, "slip")
		m, err := v.Contracts.SeeMoney(ctx, identity.Actor{}, a.Lot)
		tradingtest.Must(t, err)
		if len(m.Vouchers) != 2 || !m.Vouchers[0].Reversed || m.Vouchers[1].Reverses != wrong ||
			m.Vouchers[1].Amount != -a.Yearly || m.Accounts.Received != 0 || m.Schedule[0].Received != 0 {
			t.Errorf("everybody reads %+v, %+v", m.Vouchers, m.Accounts)
		}
		tradingtest.Want(t, reverse(v.Station, event.NewID(), contracts.ReverseForm{
			Slip:    m.Vouchers[1].ID,
			Mistake: contracts.Twice,
		}), fault.Conflict, "slip")
		owed := func(w casework.Waiting) bool {
			return w.Name == "payrent" && w.Note == "第1期 "+a.Yearly.Yuan()+" 元"
		}
		if desk := v.Waits(b.Actor); !slices.ContainsFunc(desk, owed) {
			t.Errorf("the lessee's desk has %+v", desk)
		}
		_, err = v.Contracts.Receive(ctx, v.Station, event.NewID(), a.Lot, slip(v, b, "pay-1", 1, a.Yearly/2))
		tradingtest.Must(t, err)
		list, err := v.Library.Events(ctx, event.Of("contract", a.Lot), 0, 9)
		tradingtest.Must(t, err)
		var facts contracts.ReversedFacts
		tradingtest.Must(t, json.Unmarshal(list[2].Facts, &facts))
		if len(list) != 4 || facts.Slip != list[1].Seq || facts.Amount != a.Yearly || facts.Received != 0 ||
			facts.Serial != "****AY-1" || len(list[2].Sealed) != 0 {
			t.Errorf("the log says %+v", facts)
		}
	})
}
