package bidding

import (
	"time"

	"sunlot/trading"
	"sunlot/trading/mode"
	"sunlot/trading/statement"
)

// ListingTx is what a notice needs of the bidding's part of its transaction.
type ListingTx interface {
	LotTx
	AddLot(l trading.Lot) error
	// DepositOf is as in RegistrationTx.
	DepositOf(registration string) (trading.Deposit, error)
}

// ListLot adds the lot of a tender that is being published.
func (s *Service) ListLot(tx ListingTx, t trading.Tender) error {
	return tx.AddLot(trading.Lot{
		ID:    t.ID,
		Path:  t.Path,
		Code:  statement.NewCode(),
		State: trading.Listed,
		Mode:  "ascending",
		Area:  t.Area,
		Years: t.Years,
		Terms: mode.Terms{
			Start:     t.StartPrice,
			Step:      t.Step,
			MostSteps: s.Pack.StepMaxMultiple.Value,
			Free:      time.Duration(s.Pack.FreeSeconds.Value) * time.Second,
			Window:    time.Duration(s.Pack.ExtendWindow.Value) * time.Second,
			Extend:    time.Duration(s.Pack.ExtendSeconds.Value) * time.Second,
		},
		Deposit:       t.Deposit(),
		RegisterUntil: t.RegisterUntil,
		Board:         mode.Board{OpensAt: t.OpensAt, EndsAt: t.OpensAt},
	})
}
