// Package rolls is the register of who is due at the bodies that decide: for each
// body an edition after the other, each from a day on, entered by one person and
// confirmed by another.
package rolls

import (
	"time"

	"sunlot/internal/calendar"
	"sunlot/internal/casework"
	"sunlot/internal/event"
	"sunlot/internal/fault"
	"sunlot/internal/identity"
	"sunlot/trading"
)

// The states of an edition of a roll 名册.
const (
	Entered   casework.State = "entered"   // 待核对
	Returned  casework.State = "returned"  // 退回修改
	Confirmed casework.State = "confirmed" // 已核对
	Withdrawn casework.State = "withdrawn" // 已撤回
)

// Lifecycle is where an edition may go from each state. A confirmed one stays: another
// edition takes its place from a day on, from the same day where it was wrong.
var Lifecycle = casework.Lifecycle{
	Noun: "名册",
	Labels: map[casework.State]string{
		Entered: "待核对", Returned: "退回修改", Confirmed: "已核对", Withdrawn: "已撤回",
	},
	Moves: map[casework.State][]casework.State{
		Entered:  {Confirmed, Returned, Withdrawn},
		Returned: {Entered, Withdrawn},
	},
}

// Member is one who is due. Never public.
type Member struct {
	Name string `json:"name"`
	Note string `json:"note"` // what tells apart those of one name, such as the group or the age
}

// Full is the member as he is named wherever the roll is used.
func (m Member) Full() string {
	if m.Note == "" {
		return m.Name
	}
	return m.Name + "（" + m.Note + "）"
}

// Form is what the clerk enters: whose body it is, which, from when, who is due.
type Form struct {
	Org      string        `json:"org"`
	Assembly string        `json:"assembly"`
	From     calendar.Date `json:"from"`
	Members  []Member      `json:"members"`
}

// Roll is one edition of the roll of a body.
type Roll struct {
	ID      string
	OrgName string // when read
	Path    identity.Path
	State   casework.State
	Version int
	Form
	Count     int
	Mend      []fault.Field // what the last return asks to mend
	EnteredBy string        // the first time
	EnteredAt time.Time     // the first time
	DecidedBy string
	DecidedAt time.Time
	Event     event.Ref // roll.confirmed
}

// Stream is where the edition's event is.
func (r Roll) Stream() event.Stream { return event.Of("roll", r.ID) }

// Label is the state's name on the screen.
func (r Roll) Label() string { return Lifecycle.Label(r.State) }

// Taken is the edition as a resolution names it.
func (r Roll) Taken() trading.RollTaken {
	return trading.RollTaken{Event: r.Event, From: r.From, On: calendar.DateOf(r.DecidedAt)}
}

// ConfirmedFacts is what the public log says of an edition: how many are due and from
// when, never who. Who they are is in the event's seal.
type ConfirmedFacts struct {
	Org      string        `json:"org"`
	Place    string        `json:"place"`
	Assembly string        `json:"assembly"`
	Body     string        `json:"body"` // the assembly's name
	From     calendar.Date `json:"from"`
	Count    int           `json:"count"`
	Entered  string        `json:"entered"` // when; the body's last edition was confirmed by then
}
