package bidding

import (
	"context"
	"time"

	"sunlot/internal/calendar"
	"sunlot/internal/event"
	"sunlot/internal/fault"
	"sunlot/internal/identity"
	"sunlot/internal/money"
	"sunlot/trading"
	"sunlot/trading/mode"
	"sunlot/trading/rules"
)

// CloseLot lets happen what happens by itself in a bidding, and ends it, once their time
// and the grace have passed: whatever arrived before has been decided, and all lost time has
// been given back. The first of the mode's ranking has won, or the lot fails. Any node may
// do it, and again does nothing.
func (s *Service) CloseLot(ctx context.Context, id string) error {
	return s.LotStore.WorkLot(ctx, func(tx LotTx) error {
		l, at, err := lockedLot(tx, id)
		if err != nil || l.State != trading.Bidding || at.Before(l.Due().Add(trading.Grace)) {
			return err
		}
		if silence, err := tx.Silence(); err != nil || silence > s.lost().quiet {
			return err // what was lost meanwhile is known only with the next beat
		}
		if moved, err := s.resume(ctx, tx, &l, at); err != nil || moved {
			return err
		}
		outcome, err := turn(tx, &l, at)
		if err != nil || at.Before(l.ClosesAt()) {
			return err
		}
		if len(outcome.Places) == 0 {
			return s.fail(ctx, tx, l, at, trading.FailedFacts{Reason: outcome.Why})
		}
		if err := trading.LotLifecycle.Move(&l.State, trading.Awarded); err != nil {
			return err
		}
		won := outcome.Places[0].Offer
		price := won.Price
		err = recordLot(tx, &l, "lot.closed", trading.ClosedFacts{
			Winner:  won.Bidder,
			Side:    l.Side,
			Unit:    l.Unit,
			Price:   price,
			Yearly:  l.Period(price),
			Whole:   l.Whole(price),
			Bids:    l.Board.Bids,
			EndedAt: event.Stamp(l.Board.EndsAt),
		})
		if err != nil {
			return err
		}
		return award(ctx, s.lost(), tx, l, won, at)
	})
}

// turn lets happen what is due by then, one after another, and tells the outcome once the
// bidding is over. What has happened is kept.
func turn(tx LotTx, l *trading.Lot, at time.Time) (mode.Outcome, error) {
	by, err := l.ModeRules()
	if err != nil {
		return mode.Outcome{}, err
	}
	for due := l.Due(); due.Before(l.Board.EndsAt) && !at.Before(due.Add(trading.Grace)); due = l.Due() {
		board, facts, err := by.Tick(l.Board, due)
		if err != nil {
			return mode.Outcome{}, err
		}
		if err := l.Stand(by, board); err != nil {
			return mode.Outcome{}, err
		}
		if len(facts) == 0 || !l.Due().After(due) {
			return mode.Outcome{}, fault.New(fault.Internal, "lot %s: at %s nothing is told or moved", l.ID, due)
		}
		for _, f := range facts {
			if _, err := tx.Record(l.Stream(), f.Kind, f.Facts, nil); err != nil {
				return mode.Outcome{}, err
			}
			l.Ticks++
		}
	}
	if at.Before(l.ClosesAt()) {
		return mode.Outcome{}, tx.SaveLot(*l)
	}
	offers, err := tx.Offers(l.ID)
	if err != nil {
		return mode.Outcome{}, err
	}
	return by.Result(l.Board, offers)
}

func award(ctx context.Context, by lostTime, tx LotTx, l trading.Lot, won mode.Offer, at time.Time) error {
	days, err := by.days.Calendar(ctx)
	if err != nil {
		return err
	}
	t, err := tx.Tender(l.Tender, identity.Everywhere)
	if err != nil {
		return err
	}
	asset, err := tx.Asset(t.Asset, identity.Everywhere)
	if err != nil {
		return err
	}
	r, err := winner(tx, l, won.Bidder)
	if err != nil {
		return err
	}
	pack, err := rules.At(l.Rules, by.pack)
	if err != nil {
		return err
	}
	last, firm := days.AddWorkingDays(calendar.DateOf(at), pack.ResultDays.Value())
	price := won.Price
	a := trading.Award{
		Lot:          l.ID,
		Path:         l.Path,
		State:        trading.Publicised,
		Version:      1,
		Registration: r.ID,
		PersonID:     r.PersonID,
		Number:       r.Number,
		Name:         r.Name,
		Priority:     won.Match,
		Price:        price,
		Yearly:       l.Period(price),
		Whole:        l.Whole(price),
		LastYearly:   lastYearly(asset, l),
		StartYearly:  l.Period(l.Terms.Start),
		Basis:        l.Basis,
		AwardedAt:    at,
		PublicUntil:  last.AddDays(1).At(0, 0),
		Firm:         firm,
		Event:        l.Event,
	}
	deposits, err := tx.Deposits(l.ID)
	if err != nil {
		return err
	}
	if trading.Unsecured(deposits, r.ID) {
		if err := tx.Owe(payingDuty, anew(l, r, a, calendar.DateOf(at))); err != nil {
			return err
		}
	}
	return tx.SaveAward(a)
}

// lastYearly is a year's rent of the lease before, to set beside a new one; a sale is not the
// next of anything.
func lastYearly(a trading.Asset, l trading.Lot) money.Fen {
	if l.Side == trading.Sell {
		return 0
	}
	return a.LastUnit.Sum(a.LastRent, a.Area)
}

func winner(tx LotTx, l trading.Lot, number string) (trading.Registration, error) {
	all, err := tx.Registrations(l.ID)
	if err != nil {
		return trading.Registration{}, err
	}
	for _, r := range all {
		if r.Number == number {
			return r, nil
		}
	}
	return trading.Registration{}, fault.New(fault.Internal, "lot %s: nobody has the number that won", l.ID)
}

// SettleAward ends the publicity of a result once its days and the grace have passed,
// what was lost of them has been given back, every objection has been answered and what follows
// from those that are right has been
// decided: the losers' deposits go back.
func (s *Service) SettleAward(ctx context.Context, id string) error {
	return s.LotStore.WorkLot(ctx, func(tx LotTx) error {
		l, at, err := lockedLot(tx, id)
		if err != nil {
			return err
		}
		a, err := tx.Award(id)
		if err != nil || a.State != trading.Publicised || at.Before(a.SettlesAt()) {
			return err
		}
		if err := s.lost().ofPublicity(ctx, tx, l, a); err != nil {
			return unlessWaiting(err)
		}
		objections, err := tx.Objections(id)
		if err != nil {
			return err
		}
		for _, o := range objections {
			if o.Waits() {
				return nil
			}
		}
		if err := trading.AwardLifecycle.Move(&a.State, trading.Settled); err != nil {
			return err
		}
		a.SettledAt = at
		a.Version++
		by, err := s.refundBy(ctx, l, at)
		if err != nil {
			return err
		}
		e, err := tx.Record(l.Stream(), "award.settled", trading.SettledFacts{
			Objections: len(objections),
			RefundBy:   by,
		}, nil)
		if err != nil {
			return err
		}
		a.Event = event.Ref{Stream: e.Stream, Seq: e.Seq}
		if err := tx.SaveAward(a); err != nil {
			return err
		}
		if err := s.oweContract(ctx, tx, l, a); err != nil {
			return err
		}
		return s.giveAllBack(ctx, tx, l, func(id string) bool { return id != a.Registration }, at)
	})
}

// oweContract owes the contract of a settled award to the lessor.
func (s *Service) oweContract(ctx context.Context, tx LotTx, l trading.Lot, a trading.Award) error {
	pack, err := rules.At(l.Rules, s.Pack())
	if err != nil {
		return err
	}
	by, err := s.Days.After(ctx, a.SettledAt, pack.SignDays.Value())
	if err != nil {
		return err
	}
	d := a.Offering()
	d.Title, d.Due = l.Title, by
	return AwardLeads.Moved(tx, trading.Publicised, a.State, d, "")
}
