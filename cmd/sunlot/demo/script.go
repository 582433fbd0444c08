package demo

import (
	"context"
	"errors"
	"log/slog"
	"math/rand/v2"
	"slices"
	"strconv"
	"sync"
	"time"

	"sunlot/cmd/sunlot/house"
	"sunlot/internal/calendar"
	"sunlot/internal/casework"
	"sunlot/internal/event"
	"sunlot/internal/fault"
	"sunlot/internal/identity"
	"sunlot/trading"
	"sunlot/trading/mode"
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

// script keeps one lot of the demonstration live: bidders who raise, and the next lot
// when somebody asks for it. The clock moves by itself no faster than any.
type script struct {
	*Seeder
	jump      func(ctx context.Context, to time.Time) error
	room      *house.ReadingRoom // nil where the county has none
	diary     diary
	worksItem string

	mu   sync.Mutex // owns next, and lets one story begin at a time
	next time.Time  // when the next bid is due, by the demonstration's clock
}

// newScript founds an empty demonstration: half a year of a county, up to the morning
// on which a lot has opened. It finds everything again after a restart.
func newScript(ctx context.Context, h *house.House, d *Demonstration, r *house.ReadingRoom) (*script, error) {
	seeds, fresh, err := newSeeder(ctx, h, d.Clock)
	if err != nil {
		return nil, err
	}
	s := &script{Seeder: seeds, room: r}
	d.script = s
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
	s.diary, err = s.now(ctx)
	if err != nil {
		return nil, err
	}
	d.Clock.Ahead.Store(int64(time.Until(s.diary.at(founded, 9, 10))))
	for _, step := range []func(context.Context) error{s.people, s.neighbours, s.Receivers(r), s.bidders} {
		if err := step(ctx); err != nil {
			return nil, err
		}
	}
	if err := s.tell(ctx, s.county()...); err != nil {
		return nil, err
	}
	return s, s.DB.SetSetting(ctx, scriptRounds, "1")
}

// neighbours adds the other villages and the other township.
func (s *script) neighbours(ctx context.Context) error {
	return s.settled(ctx, neighbourOrgs, neighbours, nanhe)
}

// now is the diary whose day 0 is the latest working day on which lots have opened.
func (s *script) now(ctx context.Context) (diary, error) {
	days, err := s.Days.Calendar(ctx)
	if err != nil {
		return diary{}, err
	}
	today := calendar.DateOf(time.Now())
	for {
		worked, _ := days.Working(today)
		if worked && !today.At(s.Pack().OpeningHour.Value(), 0).After(time.Now()) {
			return diary{days, today}, nil
		}
		today = today.AddDays(-1)
	}
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
	for _, p := range append(slices.Clone(People), neighbours...) {
		all = append(all, p.login)
	}
	for _, b := range append(slices.Clone(Bidders), scriptBidders...) {
		all = append(all, b.login)
	}
	return all
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

// play places a bid when one is due.
func (s *script) play(ctx context.Context) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	live, err := s.liveLot(ctx)
	if err != nil || live.ID == "" {
		return err
	}
	if now := s.Clock.Now(); now.Before(s.next) || live.Price() > mostTimes*live.Terms.Start {
		return nil
	}
	s.next = s.Clock.Now().Add(shortestPause + rand.N(longestPause-shortestPause))
	return s.raise(ctx, live)
}

// liveLot is the scripted lot that is being bid for; its id is empty when none is.
func (s *script) liveLot(ctx context.Context) (trading.Lot, error) {
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

// ours says whether the script bids in a lot.
func (s *script) ours(ctx context.Context, lot string) bool {
	r, err := s.Bidding.OwnRegistration(ctx, s.Actors[scriptBidders[0].login], lot)
	return err == nil && r.State == trading.Qualified
}

// raise places one bid of a bidder who does not lead.
func (s *script) raise(ctx context.Context, l trading.Lot) error {
	var others []identity.Actor
	for _, b := range scriptBidders {
		r, err := s.Bidding.OwnRegistration(ctx, s.Actors[b.login], l.ID)
		if err != nil && fault.CodeOf(err) != fault.NotFound {
			return err
		}
		if r.State == trading.Qualified && r.Number != l.Board.Leading.Bidder {
			others = append(others, s.Actors[b.login])
		}
	}
	if len(others) == 0 {
		return nil
	}
	by, err := l.ModeRules()
	if err != nil {
		return err
	}
	may, err := by.Choices(l.Board, mode.Bidder{})
	if err != nil || len(may.List) == 0 {
		return err
	}
	among := 1
	if l.Board.Leading.Bidder != "" {
		among = min(2, len(may.List))
	}
	_, err = s.Bidding.PlaceBid(ctx, others[rand.IntN(len(others))], event.NewID(), trading.BidForm{
		Lot:   l.ID,
		Price: may.List[rand.IntN(among)].Price,
	}, s.Clock.Now())
	var refusal *fault.Error
	if errors.As(err, &refusal) {
		return nil // a visitor was faster
	}
	return err
}

// offered is the next story, which somebody may ask for; there is none while a lot is
// live, nor in a county without a script.
func (s *script) offered(ctx context.Context) (story, int, error) {
	kept, scripted, err := s.DB.Setting(ctx, scriptRounds)
	if err != nil || !scripted {
		return story{}, 0, err
	}
	if live, err := s.liveLot(ctx); err != nil || live.ID != "" {
		return story{}, 0, err
	}
	n, err := strconv.Atoi(kept)
	return liveStories[n%len(liveStories)], n, err
}

// nextStory carries the next story to its opening, because somebody asked for it; its
// title is empty when there is none.
func (s *script) nextStory(ctx context.Context) (string, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	st, n, err := s.offered(ctx)
	if err != nil || st.title == "" {
		return "", err
	}
	if err := s.DB.SetSetting(ctx, scriptRounds, strconv.Itoa(n+1)); err != nil {
		return "", err
	}
	s.diary.days, err = s.Days.Calendar(ctx)
	if err != nil {
		return "", err
	}
	s.diary.today, _ = s.diary.days.AddWorkingDays(s.Days.Today(), 1)
	lot := trading.Lot{}
	if err := s.tell(ctx, func(ctx context.Context, until func(time.Time) error) error {
		lot, err = s.bid(ctx, st, 0, inADay, st.all(), until)
		return err
	}); err != nil {
		return "", err
	}
	s.next = s.Clock.Now()
	return st.title, s.raise(ctx, lot)
}
