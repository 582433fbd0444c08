package bidding

import (
	"slices"

	"sunlot/internal/fault"
	"sunlot/internal/identity"
	"sunlot/trading"
)

// takesPart is what it takes to see who takes part in a lot.
type takesPart interface {
	Registrations(lot string) ([]trading.Registration, error)
}

// noPart refuses an official who has a registration of his own in the lot: nobody
// decides where he takes part, also when he became an official after it.
func noPart(tx takesPart, lot string, who identity.Actor) error {
	all, err := tx.Registrations(lot)
	if err != nil {
		return err
	}
	if isIn(all, who) {
		return fault.New(fault.Forbidden, "您本人报名了这个标的，不能办理它的事项，请由同岗位的其他人办理")
	}
	return nil
}

// isIn says whether one of a lot's registrations is the actor's own and not pulled.
func isIn(all []trading.Registration, who identity.Actor) bool {
	return slices.ContainsFunc(all, func(r trading.Registration) bool {
		return r.PersonID == who.PersonID && r.State != trading.RegistrationPulled
	})
}

// noPartOf is noPart for a payment: in the lot that it names, in that of the registration
// which somebody proposes for it, and of his own money also after he pulled out.
func noPartOf(tx DepositTx, d trading.Deposit, who identity.Actor) error {
	lots := []string{d.Lot}
	for _, id := range []string{d.Registration, d.Hand.Registration} {
		if id == "" {
			continue
		}
		r, err := tx.Registration(id, identity.Everywhere)
		if err != nil {
			return err
		}
		if r.PersonID == who.PersonID {
			return fault.New(fault.Forbidden, "这笔款是您本人的保证金，应当回避，请由同岗位的其他人办理")
		}
		lots = append(lots, r.Lot)
	}
	for _, lot := range lots {
		if lot == "" {
			continue
		}
		if err := noPart(tx, lot, who); err != nil {
			return err
		}
	}
	return nil
}

// stillABidder refuses to admit somebody who has become an official, or whose
// role as a bidder has ended, since he registered.
func stillABidder(tx RegistrationTx, r trading.Registration) error {
	held, err := tx.Held(r.PersonID)
	if err != nil {
		return err
	}
	if (identity.Actor{Memberships: held}).MayBid() != nil {
		return fault.New(fault.Conflict, "报名人已任公职，不得再参加竞买；请不予通过并写明理由，保证金会退回").On("seen")
	}
	if !slices.ContainsFunc(held, func(m identity.Membership) bool { return LotRegister.By(m.Role) }) {
		return fault.New(fault.Conflict, "报名人的竞买人岗位已结束，不得再参加竞买；请不予通过并写明理由，保证金会退回").On("seen")
	}
	return nil
}
