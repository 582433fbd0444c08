package trading

import (
	"time"

	"sunlot/internal/calendar"
	"sunlot/internal/casework"
	"sunlot/internal/event"
	"sunlot/internal/identity"
	"sunlot/internal/money"
	"sunlot/trading/mode"
	"sunlot/trading/rules"
)

// The states of a lot 标的.
const (
	Listed  casework.State = "listed"  // 公告中
	Bidding casework.State = "bidding" // 竞价中
	Awarded casework.State = "awarded" // 已成交
	Failed  casework.State = "failed"  // 未成交（流标）
)

// LotLifecycle is where it may go from each state.
var LotLifecycle = casework.Lifecycle{
	Noun:   "标的",
	Labels: map[casework.State]string{Listed: "公告中", Bidding: "竞价中", Awarded: "已成交", Failed: "未成交（流标）"},
	Moves: map[casework.State][]casework.State{
		Listed:  {Bidding, Failed},
		Bidding: {Awarded, Failed},
		Awarded: {Failed}, // the result was taken back
	},
}

// LotStates lists the states in the order of a lot's life.
func LotStates() []casework.State { return []casework.State{Listed, Bidding, Awarded, Failed} }

// Lot is what is bid for, one of those of its tender. Award and contract have its id. Its terms
// and its basis are frozen when the notice is published. Prices in fen for the basis's unit.
type Lot struct {
	ID        string
	Tender    string // id of the tender by which it was announced
	Place     int    // among the tender's lots, from 1
	Path      identity.Path
	Title     string // the asset's name, when read
	Number    string // of the letting, when read; see NumberOf
	OwnerName string // when read
	Photo     string // SHA-256 of the asset's first, when read in a list; empty when there is none
	Code      string // what bidders write in the memo of their deposit
	State     casework.State
	Rules     rules.Edition // of its notice, when read
	Attempt   Attempt       // of its notice, when read
	Mode      string
	Terms     mode.Terms
	Basis
	Deposit       money.Fen
	RegisterUntil time.Time
	Board         mode.Board
	Next          time.Time // when something happens by itself before the end; zero when nothing does
	Bidders       int       // qualified; zero until the lot opens
	Moved         Moved     // the days before a year's schedule or an outage moved them last
	Breaks        int       // how often lost time was given back
	Ticks         int       // facts of its mode that happened by themselves
	Broken        Outage    // what was lost last, of the registration and then of the bidding
	Event         event.Ref // the newest of lot.opened, lot.closed, lot.failed
}

// Moved is which days a notice had until a year's schedule was published or
// amended, or until the end of an outage that began at From; At is zero when nothing
// has moved them, From when it was a schedule.
type Moved struct{ At, From, RegisterUntil, OpensAt time.Time }

// Grace is how long after its arrival a bid may be decided at most: whatever came
// before the end and waited for the database has been decided when it is over.
// Until then a lot is not closed.
const Grace = 5 * time.Second

// ModeRules are those by which the lot is won. A mode or terms that are not known decide nothing.
func (l Lot) ModeRules() (mode.Rules, error) { return mode.Of(l.Mode, l.Terms) }

// Stand puts the board where the bidding stands, with when the clock must look again.
func (l *Lot) Stand(by mode.Rules, b mode.Board) error {
	next, err := by.Next(b)
	l.Board, l.Next = b, next
	return err
}

// Due is when the clock must look again at a lot that is being bid for: something
// happens, or it ends. What had arrived by then is decided when the grace is over.
func (l Lot) Due() time.Time {
	if l.Next.IsZero() || l.Next.After(l.Board.EndsAt) {
		return l.Board.EndsAt
	}
	return l.Next
}

// ClosesAt is when a lot that nobody extends any more is closed.
func (l Lot) ClosesAt() time.Time { return l.Board.EndsAt.Add(Grace) }

// Closing says whether the time is up and what has arrived is being decided.
func (l Lot) Closing(now time.Time) bool { return l.State == Bidding && !now.Before(l.Board.EndsAt) }

// Overruns says whether the lot, as its days stand, is not won before the day on
// which the lease of its notice begins.
func (l Lot) Overruns(startsOn calendar.Date) bool {
	return startsOn != "" && startsOn <= calendar.DateOf(l.Board.EndsAt)
}

// aDay is how long before an end that lies days after its beginning an outage may
// have ended that moves it.
const aDay = 24 * time.Hour

// Unknown is since when outages may have ended that the lot has not been given back:
// while it is listed of its registration, then of its bidding.
func (l Lot) Unknown() time.Time {
	since := l.Board.OpensAt
	if l.State == Listed {
		since = l.RegisterUntil.Add(-aDay)
	}
	if l.Broken.Until.After(since) {
		return l.Broken.Until
	}
	return since
}

// Stream is where the lot's events are.
func (l Lot) Stream() event.Stream { return event.Of("lot", l.ID) }

// Head is the seq of the newest event while the lot is being bid for: its
// opening, its bids, what happened by itself and the times that were given back are all
// there are until then.
func (l Lot) Head() int64 { return l.Event.Seq + int64(l.Board.Bids+l.Breaks+l.Ticks) }

// TakenBack says whether the lot has failed because its result was taken back: in no
// other way does one fail that has been bid for.
func (l Lot) TakenBack() bool { return l.State == Failed && l.Board.Leading.Bidder != "" }

// Label is the state's name on the screen.
func (l Lot) Label() string {
	if l.TakenBack() {
		return AwardLifecycle.Label(Voided)
	}
	return LotLifecycle.Label(l.State)
}

// TooFew says whether it was not opened because fewer were qualified than its rules ask.
func (l Lot) TooFew() bool {
	return l.State == Failed && l.Bidders > 0 && l.Board.EndsAt.Equal(l.Board.OpensAt)
}

// Price is the leading price, or the start price while there is no bid.
func (l Lot) Price() money.Fen {
	if l.Board.Leading.Bidder == "" {
		return l.Terms.Start
	}
	return l.Board.Leading.Price
}
