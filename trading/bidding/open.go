package bidding

import (
	"cmp"
	"context"
	"log/slog"
	"slices"
	"sync"
	"time"

	"sunlot/internal/calendar"
	"sunlot/internal/casework"
	"sunlot/internal/event"
	"sunlot/internal/identity"
	"sunlot/trading"
	"sunlot/trading/mode"
	"sunlot/trading/rules"
)

// Work opens, closes and settles every lot whose time has come, and gives lost time back. Any number of
// nodes may call it at once: each act looks again while it holds the lot and
// does nothing when it has been done. One lot's trouble does not stop the others:
// what failed is tried again ever more seldom, and an administrator is told.
func (s *Service) Work(ctx context.Context) error {
	due, err := s.LotStore.LotsDue(ctx, s.Clock.Now())
	if err != nil {
		return err
	}
	troubles := s.Troubles
	if troubles == nil {
		troubles = NewTroubles(nil, s.LotStore, s.Clock)
	}
	troubles.Turn(ctx, []casework.Job{
		{What: "resume the notice", Label: "公告顺延", IDs: due.Notices, Do: s.ResumeNotice},
		{What: "open", Label: "竞价开始", IDs: due.Open, Do: s.OpenLot},
		{What: "resume", Label: "竞价顺延", IDs: due.Resume, Do: s.ResumeLot},
		{What: "close", Label: "竞价截止", IDs: due.Close, Do: s.CloseLot},
		{What: "resume the publicity", Label: "公示顺延", IDs: due.Publicities, Do: s.ResumeAward},
		{What: "settle", Label: "公示期满", IDs: due.Settle, Do: s.SettleAward},
	})
	return ctx.Err()
}

// Run calls Work five times a second until ctx ends, and says each second that
// this node can write. Nothing is closed before the lost time is known: CloseLot
// asks for it.
func (s *Service) Run(ctx context.Context) {
	var beating sync.WaitGroup
	beating.Go(func() { beat(ctx, s.LotStore, s.lost().quiet) })
	defer beating.Wait()
	every := time.NewTicker(200 * time.Millisecond)
	defer every.Stop()
	for ctx.Err() == nil {
		if err := s.Work(ctx); err != nil && ctx.Err() == nil {
			slog.WarnContext(ctx, "trading: lots that are due could not be read, will try again", "err", err)
		}
		select {
		case <-every.C:
		case <-ctx.Done():
		}
	}
}

// OpenLot opens the bidding once its time has come: from now on everybody sees
// how many may bid and which numbers have a priority right. A lot without a
// qualified bidder fails. While its registration may have lost time that was not
// given back, it waits.
func (s *Service) OpenLot(ctx context.Context, id string) error {
	return s.LotStore.WorkLot(ctx, func(tx LotTx) error {
		l, at, err := lockedLot(tx, id)
		if err != nil || l.State != trading.Listed || at.Before(l.Board.OpensAt) {
			return err
		}
		if err := s.lost().ofRegistration(ctx, tx, l); err != nil {
			return unlessWaiting(err)
		}
		all, err := tx.Registrations(l.ID)
		if err != nil {
			return err
		}
		undecided, err := s.refuseUndecided(ctx, tx, l, all, undecidedReason, at)
		if err != nil {
			return err
		}
		qualified := slices.DeleteFunc(slices.Clone(all), func(r trading.Registration) bool {
			return r.State != trading.Qualified
		})
		few, err := enough(s.Pack(), l, len(qualified))
		if err != nil {
			return err
		}
		if few.Reason != "" {
			few.Undecided = undecided
			l.Bidders = few.Bidders
			return s.fail(ctx, tx, l, at, few)
		}
		by, err := l.ModeRules()
		if err != nil {
			return err
		}
		if err := trading.LotLifecycle.Move(&l.State, trading.Bidding); err != nil {
			return err
		}
		l.Bidders = len(qualified)
		if err := l.Stand(by, by.Open(l.Board.OpensAt)); err != nil {
			return err
		}
		if err := recordLot(tx, &l, "lot.opened", openedFacts(l, by.Terms(), all, qualified, undecided)); err != nil {
			return err
		}
		_, err = s.resume(ctx, tx, &l, at)
		return err
	})
}

// enough says why a lot with so many qualified bidders is not opened; without a reason it is.
// A notice whose rules did not say how many it needs was announced before that was asked.
func enough(today rules.Pack, l trading.Lot, qualified int) (trading.FailedFacts, error) {
	if qualified == 0 {
		return trading.FailedFacts{Reason: trading.NoBidder}, nil
	}
	pack, err := rules.At(l.Rules, today)
	if err != nil {
		return trading.FailedFacts{}, err
	}
	least := pack.LeastBidders(l.Attempt.Count)
	if !least.Set() || qualified >= least.Value() {
		return trading.FailedFacts{}, nil
	}
	return trading.FailedFacts{Reason: trading.TooFew, Bidders: qualified, Least: least.Value()}, nil
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

func openedFacts(l trading.Lot, frozen mode.Terms, all, qualified []trading.Registration,
	undecided int) trading.OpenedFacts {
	facts := trading.OpenedFacts{
		OpensAt:       event.Stamp(l.Board.OpensAt),
		EndsAt:        event.Stamp(l.Board.EndsAt),
		Mode:          l.Mode,
		StartPrice:    frozen.Start,
		Unit:          l.Unit,
		Terms:         frozen.Own,
		Bidders:       len(qualified),
		Undecided:     undecided,
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
func (s *Service) fail(ctx context.Context, tx LotTx, l trading.Lot, at time.Time, facts trading.FailedFacts) error {
	if err := trading.LotLifecycle.Move(&l.State, trading.Failed); err != nil {
		return err
	}
	if err := recordLot(tx, &l, "lot.failed", facts); err != nil {
		return err
	}
	return s.giveUp(ctx, tx, l, at)
}

// giveUp lets go of a lot that has failed: its asset is free and waits for another
// notice, and all deposits go back.
func (s *Cashier) giveUp(ctx context.Context, tx LotTx, l trading.Lot, at time.Time) error {
	if err := tx.Vacate(l.ID); err != nil {
		return err
	}
	t, err := tx.Tender(l.Tender, identity.Everywhere)
	if err != nil {
		return err
	}
	waits := l.Relisting(t.Asset, t.Title)
	waits.Due, err = s.relistBy(ctx, l, at)
	if err != nil {
		return err
	}
	if err := tx.Owe(trading.RelistDuty, waits); err != nil {
		return err
	}
	return s.giveAllBack(ctx, tx, l, func(string) bool { return true }, at)
}

// relistBy is the day by which what nobody won is announced anew.
func (s *Cashier) relistBy(ctx context.Context, l trading.Lot, at time.Time) (calendar.Date, error) {
	pack, err := rules.At(l.Rules, s.Pack())
	if err != nil || !pack.RelistDays.Set() {
		return "", err
	}
	return s.Days.After(ctx, at, pack.RelistDays.Value())
}

// undecidedReason is why a registration is refused that nobody decided on in time.
const undecidedReason = "竞价开始时经管站还没有审核完"

// overrunReason is why one is refused whose lot has failed before that.
const overrunReason = "竞价顺延后不能在租期开始或者交付以前结束，竞价没有进行"

// refuseUndecided refuses what the station left undecided until the opening, says
// so to the bidder, and puts the deposit on its way back: nobody is shut out
// without a trace. It changes all in place and returns how many there were.
func (s *Service) refuseUndecided(ctx context.Context, tx LotTx, l trading.Lot, all []trading.Registration,
	reason string, at time.Time) (int, error) {
	refused := map[string]bool{}
	for i := range all {
		r := &all[i]
		if r.State != trading.Registered {
			continue
		}
		from := r.State
		if err := trading.RegistrationLifecycle.Move(&r.State, trading.RegistrationRefused); err != nil {
			return 0, err
		}
		r.Reason = reason
		r.DecidedAt = at
		r.Version++
		if err := tx.SaveRegistration(*r); err != nil {
			return 0, err
		}
		if err := decided(tx, l, from, *r, ""); err != nil {
			return 0, err
		}
		refused[r.ID] = true
	}
	return len(refused), s.giveAllBack(ctx, tx, l, func(id string) bool { return refused[id] }, at)
}

// giveAllBack puts on their way back those of a lot's deposits whose registration
// is named, and what names the lot and is nobody's.
func (s *Cashier) giveAllBack(ctx context.Context, tx LotTx, l trading.Lot, named func(registration string) bool,
	at time.Time) error {
	all, err := tx.Deposits(l.ID)
	if err != nil {
		return err
	}
	by, err := s.refundBy(ctx, l, at)
	if err != nil {
		return err
	}
	for _, d := range all {
		waits := d.State == trading.Received // it names the lot and is nobody's
		if !waits && (d.State != trading.Held && d.State != trading.Matched || !named(d.Registration)) {
			continue
		}
		from := d.State
		d.Hand.Registration = ""
		if err := d.Refundable(at, by); err != nil {
			return err
		}
		if err := KeepDeposit(tx, from, d, l.Path, ""); err != nil {
			return err
		}
		if err := tx.Settle(handDuty, d.Stream(), ""); err != nil {
			return err
		}
	}
	return nil
}
