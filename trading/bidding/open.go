package bidding

import (
	"cmp"
	"context"
	"log/slog"
	"slices"
	"time"

	"sunlot/internal/event"
	"sunlot/internal/identity"
	"sunlot/trading"
)

// Work opens, closes and settles every lot whose time has come. Any number of
// nodes may call it at once: each act looks again while it holds the lot and
// does nothing when it has been done. One lot's trouble does not stop the others.
func (s *Service) Work(ctx context.Context) error {
	due, err := s.LotStore.LotsDue(ctx, s.Clock.Now())
	if err != nil {
		return err
	}
	for _, job := range []struct {
		lots []string
		do   func(context.Context, string) error
	}{{due.Open, s.OpenLot}, {due.Close, s.CloseLot}, {due.Settle, s.SettleAward}} {
		for _, id := range job.lots {
			if err := job.do(ctx, id); err != nil && ctx.Err() == nil {
				slog.WarnContext(ctx, "trading: a lot could not be taken on, will try again", "lot", id, "err", err)
			}
		}
	}
	return ctx.Err()
}

// Run calls Work five times a second until ctx ends.
func (s *Service) Run(ctx context.Context) {
	every := time.NewTicker(200 * time.Millisecond)
	defer every.Stop()
	for {
		if err := s.Work(ctx); err != nil && ctx.Err() == nil {
			slog.WarnContext(ctx, "trading: lots that are due could not be read, will try again", "err", err)
		}
		select {
		case <-every.C:
		case <-ctx.Done():
			return
		}
	}
}

// OpenLot opens the bidding once its time has come: from now on everybody sees
// how many may bid and which numbers have a priority right. A lot without a
// qualified bidder fails.
func (s *Service) OpenLot(ctx context.Context, id string) error {
	return s.LotStore.WorkLot(ctx, func(tx LotTx) error {
		l, at, err := lockedLot(tx, id)
		if err != nil || l.State != trading.Listed || at.Before(l.Board.OpensAt) {
			return err
		}
		all, err := tx.Registrations(l.ID)
		if err != nil {
			return err
		}
		qualified := slices.DeleteFunc(slices.Clone(all), func(r trading.Registration) bool {
			return r.State != trading.Qualified
		})
		if len(qualified) == 0 {
			return s.fail(ctx, tx, l, at, trading.NoBidder)
		}
		m, err := modeOf(l)
		if err != nil {
			return err
		}
		if err := trading.LotLifecycle.Move(&l.State, trading.Bidding); err != nil {
			return err
		}
		l.Board, l.Bidders = m.Open(l.Terms, l.Board.OpensAt), len(qualified)
		return recordLot(tx, &l, "lot.opened", openedFacts(l, all, qualified))
	})
}

func lockedLot(tx LotTx, id string) (trading.Lot, time.Time, error) {
	l, err := tx.Lot(id, identity.Everywhere)
	if err != nil {
		return l, time.Time{}, err
	}
	at, err := tx.Lock(l.Stream())
	return l, at, err
}

func recordLot(tx LotTx, l *trading.Lot, kind string, facts any) error {
	e, err := tx.Record(l.Stream(), kind, facts, nil)
	if err != nil {
		return err
	}
	l.Event = event.Ref{Stream: e.Stream, Seq: e.Seq}
	return tx.SaveLot(*l)
}

func openedFacts(l trading.Lot, all, qualified []trading.Registration) trading.OpenedFacts {
	facts := trading.OpenedFacts{
		OpensAt:       event.Stamp(l.Board.OpensAt),
		EndsAt:        event.Stamp(l.Board.EndsAt),
		StartPrice:    l.Terms.Start,
		Step:          l.Terms.Step,
		MostSteps:     l.Terms.MostSteps,
		FreeSeconds:   int(l.Terms.Free.Seconds()),
		WindowSeconds: int(l.Terms.Window.Seconds()),
		ExtendSeconds: int(l.Terms.Extend.Seconds()),
		Bidders:       len(qualified),
		Holders:       []trading.Holder{},
		Registrations: []string{},
	}
	for _, r := range qualified {
		if r.Rank > 0 {
			facts.Holders = append(facts.Holders, trading.Holder{Bidder: r.Number, Rank: r.Rank})
		}
	}
	for _, r := range all {
		facts.Registrations = append(facts.Registrations, r.Commitment)
	}
	slices.SortFunc(facts.Holders, func(a, b trading.Holder) int {
		return cmp.Or(cmp.Compare(a.Rank, b.Rank), cmp.Compare(a.Bidder, b.Bidder))
	})
	slices.Sort(facts.Registrations)
	return facts
}

// fail ends a lot that nobody won; all deposits go back.
func (s *Service) fail(ctx context.Context, tx LotTx, l trading.Lot, at time.Time, reason string) error {
	if err := trading.LotLifecycle.Move(&l.State, trading.Failed); err != nil {
		return err
	}
	if err := recordLot(tx, &l, "lot.failed", trading.FailedFacts{Reason: reason}); err != nil {
		return err
	}
	return s.giveAllBack(ctx, tx, l.ID, "", at)
}

// giveAllBack puts the deposits of a lot on their way back, but for one registration's.
func (s *Service) giveAllBack(ctx context.Context, tx LotTx, lot, but string, at time.Time) error {
	all, err := tx.Deposits(lot)
	if err != nil {
		return err
	}
	by, err := s.Days.After(ctx, at, s.Pack.RefundDays.Value)
	if err != nil {
		return err
	}
	for _, d := range all {
		if d.Registration == "" || d.Registration == but || d.State != trading.Held && d.State != trading.Matched {
			continue
		}
		if err := d.Refundable(at, by); err != nil {
			return err
		}
		if err := tx.SaveDeposit(d); err != nil {
			return err
		}
	}
	return nil
}
