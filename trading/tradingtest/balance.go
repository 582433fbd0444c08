package tradingtest

import (
	"context"
	"testing"

	"sunlot/internal/casework"
	"sunlot/internal/fault"
	"sunlot/internal/identity"
	"sunlot/internal/money"
	"sunlot/trading"
	"sunlot/trading/bidding"
	"sunlot/trading/statement"
)

// Books are where the money stands, as it is kept.
type Books interface {
	Deposits(ctx context.Context, q casework.Query) ([]trading.Deposit, int, error)
	Withdrawals(ctx context.Context, q casework.Query) ([]bidding.Withdrawal, int, error)
	Registration(ctx context.Context, id string, in identity.Scope) (trading.Registration, error)
	Registrations(ctx context.Context, q casework.Query) ([]trading.Registration, int, error)
	Lot(ctx context.Context, id string, in identity.Scope) (trading.Lot, error)
	Award(ctx context.Context, lot string) (trading.Award, error)
}

// Sums is where the money of a lot stands, in fen. What was reversed is counted
// by the bank's rows, the rest by the payments.
type Sums struct{ Received, Waiting, Held, Due, Refunded, Reversed money.Fen }

func (s *Sums) add(o Sums) {
	s.Received += o.Received
	s.Waiting += o.Waiting
	s.Held += o.Held
	s.Due += o.Due
	s.Refunded += o.Refunded
	s.Reversed += o.Reversed
}

// all reads every page of a list.
func all[N any](t testing.TB, read func(context.Context, casework.Query) ([]N, int, error)) (list []N) {
	t.Helper()
	for n := 1; ; n++ {
		rows, total, err := read(context.WithoutCancel(t.Context()), casework.Query{
			Scope: identity.Everywhere,
			Page:  identity.Page{Number: n, Size: identity.MaxFilePage, File: true},
		})
		if err != nil {
			t.Fatal(err)
		}
		list = append(list, rows...)
		if len(rows) == 0 || len(list) >= total {
			return list
		}
	}
}

// Balance checks the books: of each lot and in sum what was received is what
// waits, is held, due, refunded and reversed; a row of the bank proves one
// refund; nothing is matched where it cannot be refunded; and who is qualified
// has a deposit, or had one that the bank took back.
func Balance(t testing.TB, books Books) (byLot map[string]Sums) {
	t.Helper()
	payments, rows := all(t, books.Deposits), all(t, books.Withdrawals)
	byID := map[string]trading.Deposit{}
	byLot = map[string]Sums{}
	had := map[string]bool{} // registrations that have a deposit, or had one
	for _, d := range payments {
		byID[d.ID] = d
		s := byLot[d.Lot]
		s.add(standing(d))
		byLot[d.Lot] = s
		had[d.Registration] = true
		had[d.Former] = true
		matchedWell(t, books, d)
	}
	proofs := map[string]bidding.Withdrawal{}
	for _, w := range rows {
		d := byID[w.Deposit]
		if w.Deposit != "" && d.Amount != w.Amount {
			t.Errorf("the row %s is of %d fen, its payment of %d", w.Serial, w.Amount, d.Amount)
		}
		if w.Kind == statement.Undone && w.State == bidding.WithdrawalSettled {
			s := byLot[d.Lot]
			s.Reversed += w.Amount
			byLot[d.Lot] = s
		}
		proofs[w.ID] = w
	}
	for _, d := range payments {
		if d.RefundRow == "" {
			continue
		}
		w, found := proofs[d.RefundRow]
		if delete(proofs, d.RefundRow); !found || w.Deposit != d.ID || w.Kind != statement.Out {
			t.Errorf("the refund of %s is proved by %+v", d.Serial, w)
		}
	}
	var sum Sums
	for lot, s := range byLot {
		if s.Received != s.Waiting+s.Held+s.Due+s.Refunded+s.Reversed {
			t.Errorf("the books of lot %q do not balance: %+v", lot, s)
		}
		sum.add(s)
	}
	if sum.Received != sum.Waiting+sum.Held+sum.Due+sum.Refunded+sum.Reversed {
		t.Errorf("the books do not balance: %+v", sum)
	}
	delete(had, "")
	qualifiedWell(t, books, had)
	return byLot
}

// standing is where one payment stands.
func standing(d trading.Deposit) Sums {
	s := Sums{Received: d.Amount}
	switch d.State {
	case trading.Received:
		s.Waiting = d.Amount
	case trading.Matched, trading.Held:
		s.Held = d.Amount
	case trading.RefundDue, trading.RefundNoted:
		s.Due = d.Amount
	case trading.Refunded:
		s.Refunded = d.Amount
	}
	return s
}

// matchedWell: a deposit that is held can still be refunded, and only money that
// is there is somebody's.
func matchedWell(t testing.TB, books Books, d trading.Deposit) {
	t.Helper()
	held := d.State == trading.Matched || d.State == trading.Held
	if d.Taken() && d.Registration != "" || held && d.Registration == "" {
		t.Errorf("%s is %s and of %q", d.Serial, d.State, d.Registration)
	}
	if !held {
		return
	}
	ctx := context.WithoutCancel(t.Context())
	r, err := books.Registration(ctx, d.Registration, identity.Everywhere)
	if err != nil || r.Lot != d.Lot || r.State != trading.Registered && r.State != trading.Qualified {
		t.Errorf("%s is %s for a registration that is %s, %v", d.Serial, d.State, r.State, err)
	}
	l, err := books.Lot(ctx, d.Lot, identity.Everywhere)
	if err != nil || l.State == trading.Failed {
		t.Errorf("%s is %s in a lot that is %s, %v", d.Serial, d.State, l.State, err)
	}
	if l.State != trading.Awarded {
		return
	}
	a, err := books.Award(ctx, d.Lot)
	if err != nil || a.State == trading.Contracted || a.State == trading.Settled && a.Registration != d.Registration {
		t.Errorf("%s is %s after its award is %s, %v", d.Serial, d.State, a.State, err)
	}
}

// qualifiedWell: nobody is qualified who never had a deposit.
func qualifiedWell(t testing.TB, books Books, had map[string]bool) {
	t.Helper()
	for _, r := range all(t, books.Registrations) {
		if r.State == trading.Qualified && !had[r.ID] {
			t.Errorf("%s is qualified without a deposit", r.Name)
		}
	}
}

// Untouched says that the error is a refusal in words and no failure.
func Untouched(err error) bool { return err == nil || fault.CodeOf(err) != fault.Internal }
