package casework

import (
	"time"

	"sunlot/internal/calendar"
	"sunlot/internal/event"
	"sunlot/internal/identity"
)

// Oversee is what whoever stands above the others of a township does with what
// they have left undone.
var Oversee = identity.NewAction("duty.oversee", "督办逾期事项", identity.Leader)

// Actions lists what is done with every room's duties.
var Actions = []*identity.Action{Oversee}

// DutyKind is a kind of work that waits for somebody: data, which its room
// declares once. An office's duty is held by whoever may do Act where the noun
// lies, now and not when it was owed; a person's own by that person.
type DutyKind struct {
	Name   string // in the table and in addresses
	Label  string // what is done
	Act    *identity.Action
	Sender *identity.Action // whoever may do it has handed the case over and reads where it is; nil is nobody
	Own    bool             // a person's own, not an office's
	Above  *identity.Action // whoever may do it stands above; nil is nobody
	Blind  bool             // its titles name who bids or pays: nobody above reads them
	Public string           // what a village's page calls the overdue ones; empty is never counted
	Ladder Ladder
}

// Holder is whose desk the duty is on, as the screen calls them.
func (k *DutyKind) Holder() string { return k.Act.Holders() }

// Ladder is how what is overdue climbs, in working days after its day.
type Ladder struct {
	Above   int // until it is on the superior's desk too
	Counted int // until the village's public page counts it; 0 is the first day on which it is overdue
}

var (
	// Usual is the ladder of what nobody was promised.
	Usual = Ladder{Above: 1, Counted: 5}
	// Promised is that of signing and of what was promised to a villager.
	Promised = Ladder{Above: 1}
)

// Rung is how far an overdue duty has climbed.
type Rung struct {
	Late    int  // calendar days since its day; 0 is on time
	Above   bool // it is on the superior's desk
	Counted bool // the public counts it
}

// At is how far a duty with that day has climbed on a day. Nothing is written for
// it: a schedule that is entered or amended later moves it.
func (l Ladder) At(due, today calendar.Date, days calendar.Calendar) Rung {
	if due == "" || today <= due {
		return Rung{}
	}
	reached := func(n int) bool {
		day, _ := days.AddWorkingDays(due, n)
		return today >= day
	}
	return Rung{Late: due.DaysUntil(today), Above: reached(l.Above), Counted: reached(l.Counted)}
}

// Before is the last day of which a duty has by today been overdue for so many
// working days: whatever was due by then has climbed that far.
func Before(today calendar.Date, workingDays int, days calendar.Calendar) calendar.Date {
	for due := today.AddDays(-1); ; due = due.AddDays(-1) {
		if by, _ := days.AddWorkingDays(due, workingDays); by <= today {
			return due
		}
	}
}

// Duty 待办 is what waits for somebody until an act answers it.
type Duty struct {
	ID     string
	Kind   string // the DutyKind's name
	Noun   event.Stream
	Case   string // the id by which its page and its case's pipeline find it; that of the noun unless another is given
	Path   identity.Path
	Person string // whose own it is; empty is an office's
	Title  string
	Note   string        // where the case stands, when the kind alone does not say it
	From   calendar.Date // from when it is on the desk; empty is at once
	Due    calendar.Date // the last day; empty when none is set

	OwedAt    time.Time
	SettledAt time.Time
	SettledBy string // empty for the clock
}

// Owing is how an act says what waits because of it, and what it answers; both
// are committed with the act or not at all.
type Owing interface {
	// Owe makes a duty. While one of the noun, kind and person waits the same again
	// is that one: it gets the title and the days, and keeps its age.
	Owe(k *DutyKind, d Duty) error
	// Settle answers the noun's duties of the kind; it is no error when none waits.
	Settle(k *DutyKind, noun event.Stream, by string) error
}

// Lead is what takes a noun on from a state.
type Lead struct {
	Duties []*DutyKind // what waits; all of them
	Or     []*DutyKind // of another noun of the case, in their place
	By     string      // the clock, or the noun that it goes on with, when nobody has to act
}

// Leads is a lifecycle's table of what takes its noun on: an entry for each
// state that is no end. It stands beside the acts that move the noun.
type Leads map[State]Lead

// Moved settles what waited for somebody in the state before, and owes what waits
// in the one after; from is empty for a new noun. The act that the actor did has
// moved it; by is empty for the clock.
func (l Leads) Moved(tx Owing, from, to State, d Duty, by string) error {
	waits := map[*DutyKind]bool{}
	for _, k := range l[to].Duties {
		waits[k] = true
		if err := tx.Owe(k, d); err != nil {
			return err
		}
	}
	for _, k := range l[from].Duties {
		if waits[k] {
			continue
		}
		if err := tx.Settle(k, d.Noun, by); err != nil {
			return err
		}
	}
	return nil
}
