package bidding

import (
	"context"
	"log/slog"
	"slices"
	"time"

	"sunlot/internal/calendar"
	"sunlot/internal/casework"
	"sunlot/internal/event"
	"sunlot/internal/fault"
	"sunlot/internal/identity"
	"sunlot/trading"
	"sunlot/trading/mode"
	"sunlot/trading/rules"
	"sunlot/trading/statement"
)

// ListingTx is what a notice needs of the bidding's part of its transaction.
type ListingTx interface {
	LotTx
	AddLot(l trading.Lot) error
}

// ListLot adds the lot of a tender that is being published.
func (s *Service) ListLot(tx ListingTx, t trading.Tender) error {
	pack, err := rules.At(t.Rules, s.Pack())
	if err != nil {
		return err
	}
	m, err := mode.Find(mode.Usual)
	if err != nil {
		return err
	}
	if about := m.About(); !slices.Contains(about.Sides, t.Side.Code()) {
		return fault.New(fault.Invalid, "%s不用于%s", about.Label, t.Side.Say().Act)
	}
	terms, err := m.Freeze(trading.DraftOf(t.StartPrice, t.Step, pack))
	if err != nil {
		return err
	}
	return tx.AddLot(trading.Lot{
		ID:            t.Lot,
		Tender:        t.ID,
		Place:         1,
		Path:          t.Path,
		Code:          statement.NewCode(),
		State:         trading.Listed,
		Mode:          m.About().Name,
		Basis:         t.Basis(),
		Terms:         terms,
		Deposit:       t.Deposit(),
		RegisterUntil: t.RegisterUntil,
		Board:         mode.Board{OpensAt: t.OpensAt, EndsAt: t.OpensAt},
	})
}

// PostponeLot gives the lot its tender's new days.
func (s *Service) PostponeLot(tx ListingTx, t trading.Tender) error {
	l, err := tx.Lot(t.Lot, identity.Everywhere)
	if err != nil {
		return err
	}
	return postponed(tx, l, t)
}

func postponed(tx LotTx, l trading.Lot, t trading.Tender) error {
	l.RegisterUntil = t.RegisterUntil
	l.Board.OpensAt = t.OpensAt
	l.Board.EndsAt = t.OpensAt
	if err := tx.SaveLot(l); err != nil {
		return err
	}
	return postpone(tx, l)
}

// RescheduleLot gives a lot the days that a year's schedule has moved its notice
// to, and keeps which it had for whoever has registered. A lot that can no longer
// be won before its lease begins has failed.
func (s *Service) RescheduleLot(ctx context.Context, tx ListingTx, t trading.Tender, at time.Time) error {
	l, err := tx.Lot(t.Lot, identity.Everywhere)
	if err != nil {
		return err
	}
	if l.State == trading.Failed { // its days had overrun the lease before
		return nil
	}
	if l.State != trading.Listed {
		return fault.New(fault.Conflict, "竞价已经开始，日期不能再变")
	}
	return s.move(ctx, tx, l, t, trading.Moved{At: at}, at)
}

// move gives a listed lot its notice's new days, and keeps which it had.
func (s *Service) move(ctx context.Context, tx LotTx, l trading.Lot, t trading.Tender, why trading.Moved,
	at time.Time) error {
	if t.RegisterUntil.After(l.RegisterUntil) || t.OpensAt.After(l.Board.OpensAt) {
		l.Moved = why
		l.Moved.RegisterUntil = l.RegisterUntil
		l.Moved.OpensAt = l.Board.OpensAt
	}
	if err := postponed(tx, l, t); err != nil {
		return err
	}
	l.RegisterUntil = t.RegisterUntil
	l.Board.OpensAt, l.Board.EndsAt = t.OpensAt, t.OpensAt
	if !l.Overruns(t.StartsOn) {
		return nil
	}
	return s.overrun(ctx, tx, l, at)
}

// overrun ends a lot whose days were moved to the first day of its lease or past it:
// its notice cannot be kept, and whoever was admitted or waits gets the deposit back.
func (s *Service) overrun(ctx context.Context, tx LotTx, l trading.Lot, at time.Time) error {
	all, err := tx.Registrations(l.ID)
	if err != nil {
		return err
	}
	undecided, err := s.refuseUndecided(ctx, tx, l, all, overrunReason, at)
	if err != nil {
		return err
	}
	return s.fail(ctx, tx, l, at, trading.FailedFacts{Reason: trading.Overrun, Undecided: undecided})
}

// RescheduleAwards computes how long each open result is public anew by the
// schedules that are known now: later, or as it was. Any node may do it, and
// again does nothing. One that cannot be computed is told, and stops no other.
func (s *Service) RescheduleAwards(ctx context.Context) error {
	days, err := s.Days.Calendar(ctx)
	if err != nil {
		return err
	}
	open, err := identity.All(func(page identity.Page) ([]trading.Award, int, error) {
		return s.AwardStore.Awards(ctx, casework.Query{
			Scope:  identity.Everywhere,
			States: []casework.State{trading.Publicised},
			Page:   page,
		})
	})
	if err != nil {
		return err
	}
	now := s.Clock.Now()
	for _, a := range open {
		if err := s.follow(ctx, days, a, now); err != nil && ctx.Err() == nil {
			slog.WarnContext(ctx, "trading: a result's days could not be moved, will try again", "lot", a.Lot,
				"err", err)
		}
	}
	return ctx.Err()
}

// follow lets one open result follow the schedules, if they move it.
func (s *Service) follow(ctx context.Context, days calendar.Calendar, a trading.Award, now time.Time) error {
	l, err := s.LotStore.Lot(ctx, a.Lot, identity.Everywhere)
	if err != nil {
		return err
	}
	pack, err := rules.At(l.Rules, s.Pack())
	if err != nil {
		return err
	}
	if _, _, moved := publicity(pack, days, a, now); !moved {
		return nil
	}
	return s.LotStore.WorkLot(ctx, func(tx LotTx) error {
		l, at, err := lockedLot(tx, a.Lot)
		if err != nil {
			return err
		}
		days, err := s.Days.Calendar(ctx)
		if err != nil {
			return err
		}
		a, err := tx.Award(a.Lot)
		if err != nil {
			return err
		}
		pack, err := rules.At(l.Rules, s.Pack())
		if err != nil {
			return err
		}
		until, firm, moved := publicity(pack, days, a, at)
		if !moved {
			return nil
		}
		_, err = tx.Record(l.Stream(), "award.rescheduled", trading.AwardRescheduledFacts{
			Before:      event.Stamp(a.PublicUntil),
			PublicUntil: event.Stamp(until),
			Firm:        firm,
		}, nil)
		if err != nil {
			return err
		}
		if until.After(a.PublicUntil) {
			a.MovedUntil = a.PublicUntil
		}
		a.PublicUntil = until
		a.Firm = firm
		a.Version++
		return tx.SaveAward(a)
	})
}

// publicity is until when a result is public by the schedules that are known now,
// never shorter than it was, and whether that is news.
func publicity(pack rules.Pack, days calendar.Calendar, a trading.Award, at time.Time) (until time.Time,
	firm, moved bool) {
	if a.State != trading.Publicised || !at.Before(a.PublicUntil) {
		return a.PublicUntil, a.Firm, false
	}
	last, firm := days.AddWorkingDays(calendar.DateOf(a.AwardedAt), pack.ResultDays.Value())
	until = last.AddDays(1).At(0, 0)
	if !until.After(a.PublicUntil) {
		until = a.PublicUntil
	}
	firm = firm || a.Firm
	return until, firm, firm != a.Firm || until.After(a.PublicUntil)
}
