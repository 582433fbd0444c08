package tradingtest

import (
	"context"
	"testing"

	"sunlot/internal/casework"
	"sunlot/internal/money"
	"sunlot/trading/contracts"
)

// Leases are the rents as they are kept.
type Leases interface {
	Contracts(ctx context.Context, q casework.Query) ([]contracts.Contract, int, error)
	Schedule(ctx context.Context, lot string) ([]contracts.Payment, error)
	Vouchers(ctx context.Context, lot string) ([]contracts.Voucher, error)
}

// Rents checks that what has come in of each year's rent is the sum of its slips
// without those reversed, and never more than is due.
func Rents(t testing.TB, leases Leases) {
	t.Helper()
	ctx := context.WithoutCancel(t.Context())
	for _, c := range all(t, leases.Contracts) {
		schedule, err := leases.Schedule(ctx, c.Lot)
		if err != nil {
			t.Fatal(err)
		}
		slips, err := leases.Vouchers(ctx, c.Lot)
		if err != nil {
			t.Fatal(err)
		}
		sums := map[int]money.Fen{}
		for _, v := range slips {
			sums[v.Number] += v.Amount
		}
		for _, p := range schedule {
			if p.Received != sums[p.Number] || p.Received < 0 || p.Received > p.Due {
				t.Errorf("of year %d of %s %d fen are received, the slips have %d", p.Number, c.Lot, p.Received,
					sums[p.Number])
			}
		}
	}
}
