package bidding

import (
	"context"
	"fmt"

	"sunlot/internal/calendar"
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
		return refunding(ctx, s.DepositStore, r, "未成交（流标）")
	case fault.CodeOf(err) == fault.NotFound:
		return l.Label(), nil
	case err != nil:
		return "", err
	case a.State == trading.Voided:
		return refunding(ctx, s.DepositStore, r, a.Label())
	case a.Registration != r.ID:
		return refunding(ctx, s.DepositStore, r, "没有竞得")
	}
	anew, err := s.PaysAnew(ctx, who, r)
	if err != nil {
		return "", err
	}
	if anew {
		return "已竞得，保证金被银行冲正，补上保证金才能签合同", nil
	}
	won := map[casework.State]string{
		trading.Publicised: "已竞得，成交公示中",
		trading.Settled:    "已竞得，等签合同",
		trading.Contracted: "已竞得，合同已签",
	}
	return won[a.State], nil
}

// refunding says after the words how far the deposits are that go back to the bidder.
func refunding(ctx context.Context, from DepositStore, r trading.Registration, words string) (string, error) {
	deposits, err := from.DepositsOf(ctx, r.ID)
	if err != nil {
		return "", err
	}
	back := ""
	for _, d := range deposits {
		switch d.State {
		case trading.RefundDue, trading.RefundNoted:
			return fmt.Sprintf("%s，保证金最晚 %s 原路退回", words, shortDate(d.RefundBy)), nil
		case trading.Refunded:
			back = "，保证金已原路退回"
		}
	}
	return words + back, nil
}

// shortDate writes a day of which the year is plain.
func shortDate(d calendar.Date) string {
	at := d.At(0, 0).In(calendar.Beijing)
	return fmt.Sprintf("%d月%d日", at.Month(), at.Day())
}

// PaysAnew says whether the bank took back the actor's own deposit after the opening and
// he may put another in its place: while he can bid, and until the contract once he has won.
func (s *Service) PaysAnew(ctx context.Context, who identity.Actor, r trading.Registration) (bool, error) {
	if r.PersonID != who.PersonID || r.State != trading.Qualified {
		return false, nil
	}
	deposits, err := s.DepositStore.DepositsOf(ctx, r.ID)
	if err != nil || !trading.Unsecured(deposits, r.ID) {
		return false, err
	}
	l, err := s.LotStore.Lot(ctx, r.Lot, identity.Everywhere)
	if err != nil || l.State != trading.Awarded {
		return l.State == trading.Bidding, err
	}
	a, err := s.AwardStore.Award(ctx, r.Lot)
	return err == nil && a.Registration == r.ID && a.Unsigned(), err
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
