package trading

import (
	"time"

	"sunlot/internal/calendar"
	"sunlot/internal/casework"
	"sunlot/internal/event"
	"sunlot/internal/identity"
	"sunlot/trading/statement"
)

// The states of a deposit 保证金.
const (
	Received  casework.State = "received" // 已到账,未匹配
	Matched   casework.State = "matched"  // 已匹配
	Held      casework.State = "held"     // 已冻结
	RefundDue casework.State = "due"      // 待退
	Refunded  casework.State = "refunded" // 已原路退回
)

// DepositLifecycle is where it may go from each state.
var DepositLifecycle = casework.Lifecycle{
	Noun: "保证金",
	Labels: map[casework.State]string{
		Received: "已到账,未匹配", Matched: "已匹配", Held: "已冻结", RefundDue: "待退", Refunded: "已原路退回",
	},
	Moves: map[casework.State][]casework.State{
		Received:  {Matched, RefundDue},
		Matched:   {Held, RefundDue},
		Held:      {RefundDue},
		RefundDue: {Refunded},
	},
}

// DepositStates lists the states in the order of a deposit's life.
func DepositStates() []casework.State {
	return []casework.State{Received, Matched, Held, RefundDue, Refunded}
}

// Deposit is one payment into the station's deposit account, as the bank's
// statement has it. It goes back to the account it came from.
type Deposit struct {
	ID           string
	Path         identity.Path // the township's
	Lot          string        // empty while the memo names none
	LotTitle     string        // when read
	Registration string        // empty until it is matched
	State        casework.State
	Version      int
	statement.Line
	Problem     string // why it matches nobody; empty when it does
	ImportedBy  string
	MatchedAt   time.Time
	HeldAt      time.Time
	DueAt       time.Time
	RefundBy    calendar.Date // last day of the refund
	RefundedAt  time.Time
	RefundedBy  string
	RefundTrace string // the bank's number of the refund
}

// Stream is the name under which the trail has the deposit; it has no event.
func (d Deposit) Stream() event.Stream { return event.Of("deposit", d.ID) }

// Label is the state's name on the screen.
func (d Deposit) Label() string { return DepositLifecycle.Label(d.State) }

// Late says whether the refund is overdue on that day.
func (d Deposit) Late(today calendar.Date) bool {
	return d.State == RefundDue && d.RefundBy != "" && today > d.RefundBy
}

// Stage is one station of a deposit on its way.
type Stage struct {
	Label string
	At    time.Time
}

// Way lists the stations that a deposit has passed and those to come, like a
// parcel's: a zero time is still to come.
func (d Deposit) Way() []Stage {
	return []Stage{{"到账", d.PaidAt}, {"匹配", d.MatchedAt}, {"冻结", d.HeldAt}, {"应退", d.DueAt}, {"原路退回", d.RefundedAt}}
}

// Refundable takes a deposit to the way back.
func (d *Deposit) Refundable(at time.Time, by calendar.Date) error {
	d.DueAt, d.RefundBy = at, by
	d.Version++
	return DepositLifecycle.Move(&d.State, RefundDue)
}
