package tendering

import (
	"context"
	"log/slog"
	"time"

	"sunlot/internal/calendar"
	"sunlot/internal/casework"
	"sunlot/internal/event"
	"sunlot/internal/identity"
	"sunlot/trading"
	"sunlot/trading/rules"
)

// Reschedule computes the open days of every notice anew by the schedules that
// are known now. They move later or not at all. Any node may do it, and again
// does nothing. One notice's trouble does not stop the others.
func (s *Service) Reschedule(ctx context.Context) error {
	days, err := s.Days.Calendar(ctx)
	if err != nil {
		return err
	}
	open, err := identity.All(func(page identity.Page) ([]trading.Tender, int, error) {
		return s.Store.Tenders(ctx, casework.Query{
			Scope:  identity.Everywhere,
			States: []casework.State{trading.Listed},
			Page:   page,
		})
	})
	if err != nil {
		return err
	}
	now := s.Clock.Now()
	for _, t := range open {
		if err := s.follow(ctx, days, t, now); err != nil && ctx.Err() == nil {
			slog.WarnContext(ctx, "trading: a notice's days could not be moved, will try again", "tender", t.ID,
				"err", err)
		}
	}
	return ctx.Err()
}

// follow lets one notice follow the schedules, if they move it.
func (s *Service) follow(ctx context.Context, days calendar.Calendar, t trading.Tender, now time.Time) error {
	before, err := s.Store.Supplements(ctx, t.ID)
	if err != nil {
		return err
	}
	pack, err := rules.At(t.Rules, s.Pack())
	if err != nil {
		return err
	}
	if _, moved := moved(pack, days, t, before, now); !moved {
		return nil
	}
	return s.rescheduleTender(ctx, t.ID)
}

func (s *Service) rescheduleTender(ctx context.Context, id string) error {
	return s.Store.WorkTender(ctx, func(tx Tx) error {
		t, err := tx.Tender(id, identity.Everywhere)
		if err != nil {
			return err
		}
		at, err := tx.Lock(t.Stream())
		if err != nil {
			return err
		}
		days, err := s.Days.Calendar(ctx)
		if err != nil {
			return err
		}
		before, err := tx.Supplements(id)
		if err != nil {
			return err
		}
		pack, err := rules.At(t.Rules, s.Pack())
		if err != nil {
			return err
		}
		next, moved := moved(pack, days, t, before, at)
		if !moved {
			return nil
		}
		_, err = tx.Record(t.Stream(), "tender.rescheduled", trading.RescheduledFacts{
			Before:        event.Stamp(t.RegisterUntil),
			OpensBefore:   event.Stamp(t.OpensAt),
			RegisterUntil: event.Stamp(next.RegisterUntil),
			OpensAt:       event.Stamp(next.OpensAt),
			Firm:          next.Firm,
		}, nil)
		if err != nil {
			return err
		}
		t.RegisterUntil = next.RegisterUntil
		t.OpensAt = next.OpensAt
		t.Firm = next.Firm
		t.Version++
		if err := tx.SaveTender(t); err != nil {
			return err
		}
		return s.Lots.Reschedule(ctx, tx, t, at)
	})
}

// moved is the term of an announced notice by the schedules that are known now,
// never earlier than it was, and whether that is news. What has passed stays.
func moved(pack rules.Pack, days calendar.Calendar, t trading.Tender, supplements []trading.Supplement,
	at time.Time) (Term, bool) {
	was := Term{RegisterUntil: t.RegisterUntil, OpensAt: t.OpensAt, Firm: t.Firm}
	if t.State != trading.Announced || !at.Before(t.OpensAt) {
		return was, false
	}
	term := TermOf(pack, days, t.AnnouncedAt, t.NoticeDays)
	for _, sup := range supplements {
		if sup.State != trading.Released {
			continue
		}
		firm := term.Firm
		term = termFrom(pack, days, calendar.DateOf(term.RegisterUntil), pack.SupplementDays.Value())
		term.Firm = term.Firm && firm
	}
	next := was
	next.Firm = was.Firm || term.Firm
	if at.Before(was.RegisterUntil) && term.RegisterUntil.After(was.RegisterUntil) {
		next.RegisterUntil = term.RegisterUntil
	}
	if term.OpensAt.After(was.OpensAt) {
		next.OpensAt = term.OpensAt
	}
	return next, next != was
}
