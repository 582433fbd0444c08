package contracts

import (
	"context"

	"sunlot/disclosure/privacy"
	"sunlot/internal/calendar"
	"sunlot/internal/casework"
	"sunlot/internal/event"
	"sunlot/internal/identity"
	"sunlot/trading"
	"sunlot/trading/register"
	"sunlot/trading/rules"
)

// Tx is what the acts on a contract need of a transaction. Loading
// locks the contract's stream.
type Tx interface {
	privacy.Papers
	Tender(id string, in identity.Scope) (trading.Tender, error)
	Asset(id string, in identity.Scope) (trading.Asset, error)
	Award(lot string) (trading.Award, error)
	SaveAward(a trading.Award) error
	Deposits(lot string) ([]trading.Deposit, error)
	SaveDeposit(d trading.Deposit) error
	// Contract answers fault.NotFound while there is none.
	Contract(lot string, in identity.Scope) (Contract, error)
	SaveContract(c Contract) error
	// Occupy is as in register.Occupations.
	Occupy(o register.Occupancy) error
	// AddSchedule keeps the payments of a signed contract.
	AddSchedule(all []Payment) error
	Payment(lot string, number int) (Payment, error)
	SavePayment(p Payment) error
	// AddVoucher answers fault.Conflict on field "serial" when the receiver has one with that number of the
	// bank, however it is written, that was not reversed; and when what it reverses was reversed already.
	AddVoucher(v Voucher) error
}

// Store keeps contracts and rents. WriteContract is as register.Store's WriteAsset.
type Store interface {
	WriteContract(ctx context.Context, once event.Request, fn func(Tx) (string, error)) (string, error)
	Contract(ctx context.Context, lot string) (Contract, error)
	// Contracts lists those in the scope, newest first.
	Contracts(ctx context.Context, q casework.Query) ([]Contract, int, error)
	// ContractsOf lists a person's own, newest first.
	ContractsOf(ctx context.Context, person string, page identity.Page) ([]Contract, int, error)
	Schedule(ctx context.Context, lot string) ([]Payment, error)
	Vouchers(ctx context.Context, lot string) ([]Voucher, error)
	// Totals sums up the signed contracts in the scope as they stand on a day.
	Totals(ctx context.Context, in identity.Scope, today calendar.Date) (Totals, error)
	// Lettings lists the announced tenders of the assets, in no order that tells anything.
	Lettings(ctx context.Context, assets []string) ([]Letting, error)
}

// Service is the use-cases.
type Service struct {
	Store Store
	Pack  func() rules.Pack
	Days  casework.Schedules
}
