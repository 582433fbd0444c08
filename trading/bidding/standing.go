package bidding

import (
	"context"

	"sunlot/internal/casework"
	"sunlot/internal/fault"
	"sunlot/internal/identity"
	"sunlot/trading"
)

// Standing is where a bidder's own registration stands, in words: from the
// station's decision over the bidding to the contract.
func (s *Service) Standing(ctx context.Context, who identity.Actor, r trading.Registration) (string, error) {
	if r.PersonID != who.PersonID {
		return "", noRegistration()
	}
	if r.State != trading.Qualified {
		return r.Label(), nil
	}
	l, err := s.LotStore.Lot(ctx, r.Lot, identity.Everywhere)
	if err != nil {
		return "", err
	}
	switch l.State {
	case trading.Listed:
		return "已取得竞买资格，等竞价开始", nil
	case trading.Bidding:
		return "竞价中", nil
	}
	a, err := s.AwardStore.Award(ctx, r.Lot)
	switch {
	case fault.CodeOf(err) == fault.NotFound && l.State == trading.Failed:
		return "流标，没有成交", nil
	case fault.CodeOf(err) == fault.NotFound:
		return l.Label(), nil
	case err != nil:
		return "", err
	case a.Registration != r.ID:
		return "没有竞得", nil
	}
	won := map[casework.State]string{
		trading.Publicised: "已竞得，成交公示中",
		trading.Settled:    "已竞得，等签合同",
		trading.Contracted: "已竞得，合同已签",
		trading.Voided:     "成交结果已撤销，保证金原路退回",
	}
	return won[a.State], nil
}

// MayRegister says whether the actor can register for the lot: nobody can twice at once,
// who pulled or was refused can again while registration is open.
func (s *Service) MayRegister(ctx context.Context, who identity.Actor, lot string) (bool, error) {
	if who.MayBid() != nil {
		return false, nil
	}
	l, err := s.LotStore.Lot(ctx, lot, identity.Everywhere)
	if err != nil || l.State != trading.Listed || !s.Clock.Now().Before(l.RegisterUntil) {
		return false, err
	}
	_, err = s.OwnRegistration(ctx, who, lot)
	if fault.CodeOf(err) == fault.NotFound {
		return true, nil
	}
	return false, err
}
