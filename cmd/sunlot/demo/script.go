package demo

import (
	"context"
	"errors"
	"log/slog"
	"math/rand/v2"
	"slices"
	"strconv"
	"time"

	"sunlot/cmd/sunlot/house"
	"sunlot/internal/casework"
	"sunlot/internal/event"
	"sunlot/internal/fault"
	"sunlot/internal/identity"
	"sunlot/internal/money"
	"sunlot/trading"
	"sunlot/trading/tendering"
)

// scriptRounds is the setting that counts the live lots so far; without it the
// demonstration has no script.
const scriptRounds = "demonstration_rounds"

// The script's bidders pause so long between bids, and stop when the price has
// risen so many times, so that a lot ends by its own rules.
const (
	shortestPause = 8 * time.Second
	longestPause  = 25 * time.Second
	mostTimes     = 3
)

// The works of the demonstration begin so long ago, its lots so long.
const (
	worksBegin = 220 * 24 * time.Hour
	lotsBegin  = 70 * 24 * time.Hour
)

// script keeps one lot of the demonstration live: bidders who raise, and the
// next lot when one has ended.
type script struct {
	*Seeder
	jump func(ctx context.Context, to time.Time) error
	next time.Time // when the next bid is due, by the demonstration's clock
}

// newScript founds an empty demonstration: a finished lot, a live one, an open
// notice and an asset that waits to be confirmed, all in the past weeks. It finds everything again after a restart.
func newScript(ctx context.Context, h *house.House, d *Demonstration, r *house.ReadingRoom) (*script, error) {
	seeds, fresh, err := newSeeder(ctx, h, d.Clock)
	if err != nil {
		return nil, err
	}
	s := &script{Seeder: seeds}
	// Whoever jumps has been there all the time; while the past is played no loop says so.
	s.jump = func(ctx context.Context, to time.Time) error {
		if err := d.set(ctx, to); err != nil {
			return err
		}
		return s.Data.Trading.Beat(ctx, time.Hour)
	}
	if !fresh {
		return s, s.find(ctx)
	}
	// The server has been up since before the first event: what the clock jumps over
	// is no outage.
	if err := s.Data.Trading.Beat(ctx, time.Hour); err != nil {
		return nil, err
	}
	quiet := h.Bidding.Quiet
	h.Bidding.Quiet = time.Hour
	defer func() { h.Bidding.Quiet = quiet }()
	d.Clock.Ahead.Store(int64(-worksBegin))
	for _, step := range []func(context.Context) error{s.people, s.Receivers(r), s.bidders, s.rolls, s.built,
		s.finished, s.catchUp, s.nextStory, s.tea, s.shed, s.waitingRoll} {
		if err := step(ctx); err != nil {
			return nil, err
		}
	}
	return s, nil
}

// find reads the people of an existing demonstration.
func (s *script) find(ctx context.Context) error {
	for _, login := range everybody() {
		who, err := s.actor(ctx, login)
		if fault.CodeOf(err) == fault.NotFound {
			continue // an older demonstration had fewer people
		}
		if err != nil {
			return err
		}
		s.Actors[login] = who
	}
	return nil
}

func everybody() []string {
	var all []string
	for _, p := range People {
		all = append(all, p.login)
	}
	for _, b := range append(slices.Clone(Bidders), scriptBidders...) {
		all = append(all, b.login)
	}
	return all
}

// catchUp jumps to the latest day on which a notice must be published for its
// lot to have opened by now, so that the demonstration's day is about today.
func (s *script) catchUp(ctx context.Context) error {
	days, err := s.Days.Calendar(ctx)
	if err != nil {
		return err
	}
	now := time.Now()
	at := now
	for tendering.TermOf(s.Pack, days, at, s.Pack.NoticeDays.Value).OpensAt.After(now) {
		at = at.Add(-24 * time.Hour)
	}
	return s.jump(ctx, at)
}

func (s *script) tea(ctx context.Context) error {
	_, err := s.announced(ctx, TeaGarden)
	return err
}

// run plays until ctx ends.
func (s *script) run(ctx context.Context) {
	if _, scripted, err := s.DB.Setting(ctx, scriptRounds); err != nil || !scripted {
		return
	}
	every := time.NewTicker(time.Second)
	defer every.Stop()
	for {
		if err := s.play(ctx); err != nil && ctx.Err() == nil {
			slog.WarnContext(ctx, "demonstration: the script could not go on, will try again", "err", err)
		}
		select {
		case <-every.C:
		case <-ctx.Done():
			return
		}
	}
}

// play places a bid when one is due, or begins the next lot.
func (s *script) play(ctx context.Context) error {
	live, err := s.live(ctx)
	if err != nil {
		return err
	}
	if live.ID == "" {
		if free, err := s.nobodyWaits(ctx); err != nil || !free {
			return err
		}
		return s.nextStory(ctx)
	}
	if now := s.Clock.Now(); now.Before(s.next) || live.Price() > mostTimes*live.Terms.Start {
		return nil
	}
	s.next = s.Clock.Now().Add(shortestPause + rand.N(longestPause-shortestPause))
	return s.raise(ctx, live)
}

// live is the scripted lot that is being bid for; its id is empty when none is.
func (s *script) live(ctx context.Context) (trading.Lot, error) {
	lots, _, err := s.Bidding.SeeLots(ctx, identity.Actor{}, casework.Query{
		Scope:  identity.Everywhere,
		States: []casework.State{trading.Bidding},
		Page:   identity.Page{Number: 1, Size: identity.MaxPage},
	})
	for _, l := range lots {
		if s.ours(ctx, l.ID) {
			return l, nil
		}
	}
	return trading.Lot{}, err
}

// nobodyWaits says whether the clock may go on by itself: no visitor has a case
// under way, from the draft to the contract.
func (s *script) nobodyWaits(ctx context.Context) (bool, error) {
	whole := identity.Page{Number: 1, Size: identity.MaxPage}
	for _, st := range []casework.State{trading.Drafted, trading.Submitted, trading.Checked, trading.Approved,
		trading.Returned} {
		if _, n, err := s.Data.Trading.Tenders(ctx, casework.Query{
			Scope:  identity.Everywhere,
			States: []casework.State{st},
		}); err != nil || n > 0 {
			return false, err
		}
	}
	lots, _, err := s.Bidding.SeeLots(ctx, identity.Actor{}, casework.Query{
		Scope:  identity.Everywhere,
		States: []casework.State{trading.Listed, trading.Bidding},
		Page:   whole,
	})
	if err != nil {
		return false, err
	}
	for _, l := range lots {
		_, entered, err := s.Data.Trading.Registrations(ctx, casework.Query{Scope: identity.Everywhere, Parent: l.ID})
		if untouched := l.Title == TeaGarden.asset.Name && entered == 0; err != nil || !untouched {
			return false, err
		}
	}
	awards, _, err := s.Data.Trading.Awards(ctx, casework.Query{Scope: identity.Everywhere, Page: whole})
	waits := func(a trading.Award) bool { return a.State != trading.Contracted && !s.ours(ctx, a.Lot) }
	return !slices.ContainsFunc(awards, waits), err
}

// ours says whether the script bids in a lot.
func (s *script) ours(ctx context.Context, lot string) bool {
	_, err := s.Bidding.OwnRegistration(ctx, s.Actors[scriptBidders[0].login], lot)
	return err == nil
}

// raise places one bid of a bidder who does not lead.
func (s *script) raise(ctx context.Context, l trading.Lot) error {
	var others []identity.Actor
	for _, b := range scriptBidders {
		r, err := s.Bidding.OwnRegistration(ctx, s.Actors[b.login], l.ID)
		if err != nil {
			return err
		}
		if r.Number != l.Board.Leading.Bidder {
			others = append(others, s.Actors[b.login])
		}
	}
	price := l.Terms.Start
	if l.Board.Leading.Bidder != "" {
		price = l.Price() + l.Terms.Step*money.Fen(1+rand.IntN(2))
	}
	_, err := s.Bidding.PlaceBid(ctx, others[rand.IntN(len(others))], event.NewID(), trading.BidForm{
		Lot:   l.ID,
		Price: price,
	}, s.Clock.Now())
	var refusal *fault.Error
	if errors.As(err, &refusal) {
		return nil // a visitor was faster
	}
	return err
}

// nextStory carries the next story to its opening.
func (s *script) nextStory(ctx context.Context) error {
	kept, _, err := s.DB.Setting(ctx, scriptRounds)
	if err != nil {
		return err
	}
	n, _ := strconv.Atoi(kept) // absent is the first
	if err := s.DB.SetSetting(ctx, scriptRounds, strconv.Itoa(n+1)); err != nil {
		return err
	}
	lot, err := s.opened(ctx, liveStories[n%len(liveStories)])
	if err != nil {
		return err
	}
	s.next = s.Clock.Now()
	return s.raise(ctx, lot)
}
