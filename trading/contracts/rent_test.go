package contracts_test

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"sunlot/internal/event"
	"sunlot/internal/fault"
	"sunlot/internal/identity"
	"sunlot/internal/money"
	"sunlot/trading"
	"sunlot/trading/contracts"
	"sunlot/trading/tradingtest"
)

// slip is a bank's slip of so much of a year's rent.
func slip(v *tradingtest.Village, b *tradingtest.Bidder, serial string, number int,
	amount money.Fen) contracts.VoucherForm {
	return contracts.VoucherForm{
		Number:     number,
		Amount:     amount,
		ReceivedOn: v.Days.Today(),
		Serial:     serial,
		Account:    b.Account,
	}
}

// TestEachFieldOfAVoucherHasItsLimits.
func TestEachFieldOfAVoucherHasItsLimits(t *testing.T) {
	tradingtest.Each(t, func(t *testing.T, v *tradingtest.Village) {
		a, b := signed(t, v)
		for name, c := range map[string]struct {
			field  string
			change func(*contracts.VoucherForm)
		}{
			"nothing":          {"amount", func(f *contracts.VoucherForm) { f.Amount = 0 }},
			"below zero":       {"amount", func(f *contracts.VoucherForm) { f.Amount = -1 }},
			"beyond any rent":  {"amount", func(f *contracts.VoucherForm) { f.Amount = money.Limit + 1 }},
			"more than is due": {"amount", func(f *contracts.VoucherForm) { f.Amount = a.Yearly + 1 }},
			"tomorrow": {"received_on",
				func(f *contracts.VoucherForm) { f.ReceivedOn = f.ReceivedOn.AddDays(1) }},
			"no day":              {"received_on", func(f *contracts.VoucherForm) { f.ReceivedOn = "" }},
			"no serial":           {"serial", func(f *contracts.VoucherForm) { f.Serial = " " }},
			"words in a serial":   {"serial", func(f *contracts.VoucherForm) { f.Serial = "流水号PAY-1" }},
			"a long serial":       {"serial", func(f *contracts.VoucherForm) { f.Serial = strings.Repeat("9", 61) }},
			"a short account":     {"account", func(f *contracts.VoucherForm) { f.Account = "1234567" }},
			"letters for account": {"account", func(f *contracts.VoucherForm) { f.Account = "6222ABCD12" }},
			"no such year":        {"number", func(f *contracts.VoucherForm) { f.Number = 6 }},
			"another's photo":     {"photo", func(f *contracts.VoucherForm) { f.Photo = v.Photo(v.OtherClerk, 7) }},
		} {
			form := slip(v, b, "PAY-1", 1, a.Yearly)
			c.change(&form)
			t.Log(name)
			_, err := v.Contracts.Receive(t.Context(), v.Station, event.NewID(), a.Lot, form)
			tradingtest.Want(t, err, fault.Invalid, c.field)
		}
		m, err := v.Contracts.SeeMoney(t.Context(), identity.Actor{}, a.Lot)
		if err != nil || len(m.Vouchers) != 0 || m.Accounts.Received != 0 {
			t.Errorf("what was refused is there: %+v, %v", m, err)
		}
	})
}

// TestRentInParts: each slip once, up to what is due of its year; another year's
// is another's.
func TestRentInParts(t *testing.T) {
	tradingtest.Each(t, func(t *testing.T, v *tradingtest.Village) {
		ctx := t.Context()
		a, b := signed(t, v)
		receive := func(who identity.Actor, id string, form contracts.VoucherForm) error {
			_, err := v.Contracts.Receive(ctx, who, id, a.Lot, form)
			return err
		}
		half := slip(v, b, "PAY-1", 1, a.Yearly/2)
		tradingtest.Must(t, receive(v.Station, "request-0001", half))
		tradingtest.Must(t, receive(v.Station, "request-0001", half)) // the same tap again
		tradingtest.Want(t, receive(v.Station, event.NewID(), half), fault.Conflict, "serial")
		tradingtest.Want(t, receive(v.Station, event.NewID(), slip(v, b, "PAY-2", 1, a.Yearly/2+1)),
			fault.Invalid, "amount")
		for _, same := range []string{"PAY-1\u2800", "PAY\u3164-1", "PAY1", "PAY\u20141", "pay-\u2460.", "PAY-\u0661"} {
			tradingtest.Want(t, receive(v.Station, event.NewID(), slip(v, b, same, 1, 1)), fault.Conflict, "serial")
		}
		tradingtest.Must(t, receive(v.Station, event.NewID(), slip(v, b, "PAY-2", 1, a.Yearly/2)))
		tradingtest.Must(t, receive(v.Station, event.NewID(), slip(v, b, "PAY-3", 2, 1)))
		tradingtest.Want(t, receive(v.Clerk, event.NewID(), slip(v, b, "PAY-4", 2, 1)), fault.Forbidden, "")
		m, err := v.Contracts.SeeMoney(ctx, v.Station, a.Lot)
		tradingtest.Must(t, err)
		var sum money.Fen
		for _, voucher := range m.Vouchers {
			sum += voucher.Amount
		}
		if len(m.Vouchers) != 3 || sum != m.Accounts.Received || sum != a.Yearly+1 ||
			m.Schedule[0].Received != a.Yearly || m.Schedule[1].Received != 1 {
			t.Errorf("%d slips of %s, received %s, %+v", len(m.Vouchers), sum.Yuan(),
				m.Accounts.Received.Yuan(), m.Schedule)
		}
		list, err := v.Library.Events(ctx, event.Of("contract", a.Lot), 1, 9)
		tradingtest.Must(t, err)
		var facts contracts.ReceivedFacts
		tradingtest.Must(t, json.Unmarshal(list[1].Facts, &facts))
		if len(list) != 3 || facts.Received != a.Yearly || facts.Due != a.Yearly ||
			facts.Amount != a.Yearly/2 || facts.Serial != "****AY-2" {
			t.Errorf("the log says %+v", facts)
		}
	})
}

// TestAVoucherIsMaskedForAllButTheStation.
func TestAVoucherIsMaskedForAllButTheStation(t *testing.T) {
	tradingtest.Each(t, func(t *testing.T, v *tradingtest.Village) {
		ctx := t.Context()
		a, b := signed(t, v)
		form := slip(v, b, "PAY-0001", 1, a.Yearly)
		form.Photo = v.Photo(v.Station, 7)
		_, err := v.Contracts.Receive(ctx, v.Station, event.NewID(), a.Lot, form)
		tradingtest.Must(t, err)
		last := b.Account[len(b.Account)-4:]
		for name, who := range map[string]identity.Actor{"visitor": {}, "lessee": b.Actor, "clerk": v.Clerk,
			"leader": v.Leader, "neighbour": v.OtherClerk} {
			m, err := v.Contracts.SeeMoney(ctx, who, a.Lot)
			tradingtest.Must(t, err)
			if s := m.Vouchers[0]; s.Serial != "****0001" || s.Account != "****"+last ||
				s.Photo+s.RecordedBy != "" || s.Amount != a.Yearly {
				t.Errorf("%s reads %+v", name, s)
			}
			_, err = v.Library.SeePhoto(ctx, who, form.Photo)
			tradingtest.Want(t, err, fault.NotFound, "")
		}
		m, err := v.Contracts.SeeMoney(ctx, v.Station, a.Lot)
		if err != nil || m.Vouchers[0].Serial != "PAY-0001" || m.Vouchers[0].Account != b.Account ||
			m.Vouchers[0].Photo != form.Photo {
			t.Errorf("the station reads %+v, %v", m.Vouchers, err)
		}
	})
}

// TestNoRentBeforeTheContract, nor of another township's.
func TestNoRentBeforeTheContract(t *testing.T) {
	tradingtest.Each(t, func(t *testing.T, v *tradingtest.Village) {
		ctx := t.Context()
		a, b := settled(t, v)
		receive := func() error {
			_, err := v.Contracts.Receive(ctx, v.Station, event.NewID(), a.Lot, slip(v, b, "PAY-1", 1, 1))
			return err
		}
		tradingtest.Want(t, receive(), fault.NotFound, "")
		_, err := v.Contracts.Offer(ctx, v.Clerk, event.NewID(), a.Lot)
		tradingtest.Must(t, err)
		tradingtest.Want(t, receive(), fault.Conflict, "")
	})
}

// TestTotalsAndHoldings: sums and arrears on a day, and what each asset is doing.
func TestTotalsAndHoldings(t *testing.T) {
	tradingtest.Each(t, func(t *testing.T, v *tradingtest.Village) {
		ctx := t.Context()
		idle, err := v.Assets.SeeAsset(ctx, v.Clerk, v.Asset())
		tradingtest.Must(t, err)
		a, b := signed(t, v)
		asset, err := v.Assets.SeeAsset(ctx, v.Clerk, v.Load(a.Tender).Asset)
		tradingtest.Must(t, err)
		_, err = v.Contracts.Receive(ctx, v.Station, event.NewID(), a.Lot, slip(v, b, "PAY-1", 1, 100))
		tradingtest.Must(t, err)
		total := func() contracts.Totals {
			sum, err := v.Contracts.SeeTotals(ctx, identity.Everywhere)
			tradingtest.Must(t, err)
			return sum
		}
		if got := total(); got.Contracts != 1 || got.Whole != a.Whole || got.Received != 100 || got.Due != 0 ||
			got.Arrears != 0 ||
			got.Before != 1 || got.OverStart != 0 || got.OverLast != a.OverLast() {
			t.Errorf("on the first day %+v", got)
		}
		v.Clock.Set(v.Clock.Now().Add(11 * 24 * time.Hour))
		if got := total(); got.Due != a.Yearly || got.Arrears != a.Yearly-100 {
			t.Errorf("eleven days later %+v", got)
		}
		none, err := v.Contracts.SeeTotals(ctx, identity.Scope{v.OtherClerk.Memberships[0].Path})
		if err != nil || none != (contracts.Totals{}) {
			t.Errorf("the neighbour has %+v, %v", none, err)
		}
		now, err := v.Contracts.SeeHoldings(ctx, []trading.Asset{asset, idle})
		tradingtest.Must(t, err)
		if h := now[asset.ID]; h.LetUntil != "2032-01-14" || h.Lot != "" || h.Idle() {
			t.Errorf("the let one is doing %+v", h)
		}
		if h := now[idle.ID]; h.LetUntil != "2026-12-31" || h.Idle() {
			t.Errorf("the one with a lease of before %+v", h)
		}
	})
}
