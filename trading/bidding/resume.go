package bidding

import (
	"cmp"
	"context"
	"errors"
	"log/slog"
	"time"

	"sunlot/internal/calendar"
	"sunlot/internal/casework"
	"sunlot/internal/event"
	"sunlot/internal/identity"
	"sunlot/trading"
	"sunlot/trading/rules"
)

// usualQuiet is how long no server writes before that is an outage.
const usualQuiet = 5 * time.Second

// beatEvery is how often a server says that it can write.
const beatEvery = time.Second

// lostTime says what outages take from a lot's days, by its notice's hours.
type lostTime struct {
	pack  rules.Pack
	days  casework.Schedules
	quiet time.Duration // how long no server writes before that is an outage
}

func (s *Service) lost() lostTime {
	return lostTime{pack: s.Pack(), days: s.Days, quiet: cmp.Or(s.Quiet, usualQuiet)}
}

// beat says each second that this node can write, until ctx ends. It waits for no
// lot: what takes long with one is no outage for the others.
func beat(ctx context.Context, store LotStore, quiet time.Duration) {
	every := time.NewTicker(beatEvery)
	defer every.Stop()
	for ctx.Err() == nil {
		if err := store.Beat(ctx, quiet); err != nil && ctx.Err() == nil {
			slog.WarnContext(ctx, "trading: this node could not write", "err", err)
		}
		select {
		case <-every.C:
		case <-ctx.Done():
		}
	}
}

// ResumeLot gives a lot's bidding back what outages have taken from it. Any node
// may do it, and again does nothing.
func (s *Service) ResumeLot(ctx context.Context, id string) error {
	return s.LotStore.WorkLot(ctx, func(tx LotTx) error {
		l, at, err := lockedLot(tx, id)
		if err != nil {
			return err
		}
		_, err = s.resume(ctx, tx, &l, at)
		return err
	})
}

// hours are those of the lot's notice, by the schedules that are known now.
func (t lostTime) hours(ctx context.Context, l trading.Lot) (trading.Hours, error) {
	days, err := t.days.Calendar(ctx)
	if err != nil {
		return trading.Hours{}, err
	}
	pack, err := rules.At(l.Rules, t.pack)
	day := calendar.DateOf(l.Board.OpensAt)
	return trading.HoursOf(days, day.At(pack.DeadlineHour.Value(), 0), day.At(pack.OpeningHour.Value(), 0)), err
}

// resume moves the end by each outage that the lot does not know of yet, and says
// so in the lot's stream. A lot that can no longer be won before its lease begins
// has failed.
func (s *Service) resume(ctx context.Context, tx LotTx, l *trading.Lot, at time.Time) (moved bool, err error) {
	if l.State != trading.Bidding {
		return false, nil
	}
	outages, err := tx.Outages(l.Unknown())
	if err != nil {
		return false, err
	}
	hours, err := s.lost().hours(ctx, *l)
	if err != nil {
		return false, err
	}
	by, err := l.ModeRules()
	if err != nil {
		return false, err
	}
	_, spare := by.Lasts()
	for _, o := range outages {
		end, lost := o.GivesBack(spare, l.Board, hours)
		if !lost {
			continue
		}
		moved = true
		board := l.Board
		board.EndsAt = end
		if err := l.Stand(by, board); err != nil {
			return false, err
		}
		l.Broken = o
		l.Breaks++
		_, err := tx.Record(l.Stream(), "lot.resumed", trading.ResumedFacts{
			From:   event.Stamp(o.From),
			Until:  event.Stamp(o.Until),
			EndsAt: event.Stamp(end),
		}, nil)
		if err != nil {
			return false, err
		}
	}
	if !moved {
		return false, nil
	}
	t, err := tx.Tender(l.Tender, identity.Everywhere)
	if err != nil {
		return false, err
	}
	if l.Overruns(t.StartsOn) {
		return true, s.overrun(ctx, tx, *l, at)
	}
	return true, tx.SaveLot(*l)
}

// unlessWaiting is an error that is none where the clock only comes again: lost time
// is not given back yet, or not known.
func unlessWaiting(err error) error {
	if errors.Is(err, errNotResumed) || errors.Is(err, errLostUnknown) {
		return nil
	}
	return err
}

// ofRegistration fails while outages may yet move the end of a lot's registration.
func (t lostTime) ofRegistration(ctx context.Context, tx Breaks, l trading.Lot) error {
	hours, err := t.hours(ctx, l)
	if err != nil {
		return err
	}
	return stands(tx, t.quiet, l.Unknown(), func(o trading.Outage) bool {
		_, lost := o.DefersRegistration(l.RegisterUntil, hours)
		return lost
	}, errLostUnknown)
}

// ResumeNotice gives a lot's registration back what outages have taken from its last day,
// and moves the opening along. Any node may do it, and again does nothing.
func (s *Service) ResumeNotice(ctx context.Context, id string) error {
	of, err := s.LotStore.Lot(ctx, id, identity.Everywhere)
	if err != nil {
		return err
	}
	return s.LotStore.WorkLot(ctx, func(tx LotTx) error {
		t, err := tx.Tender(of.Tender, identity.Everywhere) // locked before its lot, as by whoever else moves it
		if err != nil {
			return err
		}
		if _, err := tx.Lock(t.Stream()); err != nil {
			return err
		}
		l, at, err := lockedLot(tx, id)
		if err != nil || l.State != trading.Listed {
			return err
		}
		outages, err := tx.Outages(l.Unknown())
		if err != nil {
			return err
		}
		hours, err := s.lost().hours(ctx, l)
		if err != nil {
			return err
		}
		moved := false
		for _, o := range outages {
			if !o.From.Before(t.RegisterUntil.Add(trading.Grace)) { // the bidding's, if anybody's
				continue
			}
			l.Broken = o
			lost, err := resumeNotice(tx, &t, o, hours)
			if err != nil {
				return err
			}
			moved = moved || lost
		}
		if !moved {
			return tx.SaveLot(l)
		}
		t.Version++
		if err := tx.SaveTender(t); err != nil {
			return err
		}
		return s.move(ctx, tx, l, t, trading.Moved{At: l.Broken.Until, From: l.Broken.From}, at)
	})
}

// resumeNotice moves a notice's days by one outage, if it took too much of them.
func resumeNotice(tx LotTx, t *trading.Tender, o trading.Outage, hours trading.Hours) (lost bool, err error) {
	until, lost := o.DefersRegistration(t.RegisterUntil, hours)
	if !lost {
		return false, nil
	}
	opens := hours.Opening(until)
	if t.OpensAt.After(opens) {
		opens = t.OpensAt
	}
	_, err = tx.Record(t.Stream(), "tender.resumed", trading.NoticeResumedFacts{
		From:          event.Stamp(o.From),
		Until:         event.Stamp(o.Until),
		Before:        event.Stamp(t.RegisterUntil),
		OpensBefore:   event.Stamp(t.OpensAt),
		RegisterUntil: event.Stamp(until),
		OpensAt:       event.Stamp(opens),
	}, nil)
	t.RegisterUntil = until
	t.OpensAt = opens
	return true, err
}

// ofPublicity fails while outages may yet move the end of a result's publicity.
func (t lostTime) ofPublicity(ctx context.Context, tx Breaks, l trading.Lot, a trading.Award) error {
	hours, err := t.hours(ctx, l)
	if err != nil {
		return err
	}
	return stands(tx, t.quiet, a.Unknown(), func(o trading.Outage) bool {
		_, lost := o.DefersPublicity(a.PublicUntil, hours)
		return lost
	}, errLostUnknown)
}

// ResumeAward gives a result's publicity back what outages have taken from its last
// day. Any node may do it, and again does nothing.
func (s *Service) ResumeAward(ctx context.Context, id string) error {
	return s.LotStore.WorkLot(ctx, func(tx LotTx) error {
		l, _, err := lockedLot(tx, id)
		if err != nil {
			return err
		}
		a, err := tx.Award(id)
		if err != nil || a.State != trading.Publicised {
			return err
		}
		outages, err := tx.Outages(a.Unknown())
		if err != nil || len(outages) == 0 {
			return err
		}
		hours, err := s.lost().hours(ctx, l)
		if err != nil {
			return err
		}
		for _, o := range outages {
			a.KnownUntil = o.Until
			until, lost := o.DefersPublicity(a.PublicUntil, hours)
			if !lost {
				continue
			}
			_, err := tx.Record(l.Stream(), "award.resumed", trading.AwardResumedFacts{
				From:        event.Stamp(o.From),
				Until:       event.Stamp(o.Until),
				Before:      event.Stamp(a.PublicUntil),
				PublicUntil: event.Stamp(until),
			}, nil)
			if err != nil {
				return err
			}
			a.ResumedUntil = a.PublicUntil
			a.PublicUntil = until
		}
		a.Version++
		return tx.SaveAward(a)
	})
}
