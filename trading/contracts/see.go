package contracts

import (
	"context"

	"sunlot/internal/casework"
	"sunlot/internal/fault"
	"sunlot/internal/identity"
)

// Money is everything that a lot has brought so far.
type Money struct {
	Contract Contract
	Schedule []Payment
	Vouchers []Voucher
	Accounts Accounts
}

// SeeMoney returns the contract of a lot and its money: to the public once it
// is signed and with masked vouchers, to the parties and officials before.
func (s *Service) SeeMoney(ctx context.Context, who identity.Actor, lot string) (Money, error) {
	c, err := s.Store.Contract(ctx, lot)
	if err != nil {
		return Money{}, err
	}
	official := who.May(identity.OfficeRead, c.Path)
	own := who.SignedIn() && c.PersonID == who.PersonID
	if c.State != Signed && !official && !own {
		return Money{}, fault.New(fault.NotFound, "合同还没有签订")
	}
	if !own {
		c.PersonID = ""
	}
	c.OfferedBy = ""
	m := Money{Contract: c}
	m.Schedule, err = s.Store.Schedule(ctx, lot)
	if err != nil {
		return m, err
	}
	m.Vouchers, err = s.Store.Vouchers(ctx, lot)
	if err != nil {
		return m, err
	}
	for i := range m.Vouchers {
		if !who.May(RentReceive, c.Path) {
			m.Vouchers[i] = m.Vouchers[i].Masked()
		}
	}
	m.Accounts = AccountsOf(m.Schedule, s.Days.Today())
	return m, nil
}

// OwnContracts lists the actor's own, newest first.
func (s *Service) OwnContracts(ctx context.Context, who identity.Actor, page identity.Page) ([]Contract, int, error) {
	if _, err := who.Can(ContractSign); err != nil {
		return nil, 0, err
	}
	return s.Store.ContractsOf(ctx, who.PersonID, page)
}

// Contracts lists those of the actor's office, newest first.
func (s *Service) Contracts(ctx context.Context, who identity.Actor, q casework.Query) ([]Contract, int, error) {
	scope, err := who.Can(identity.OfficeRead)
	if err != nil {
		return nil, 0, err
	}
	q.Scope = scope
	return s.Store.Contracts(ctx, q)
}
