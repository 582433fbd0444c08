package trading

import (
	"slices"
	"time"

	"sunlot/internal/calendar"
	"sunlot/internal/casework"
	"sunlot/internal/event"
	"sunlot/internal/fault"
	"sunlot/internal/identity"
	"sunlot/trading/statement"
)

// The states of a deposit 保证金.
const (
	Received    casework.State = "received" // 已到账，待核对
	Matched     casework.State = "matched"  // 已核对
	Held        casework.State = "held"     // 已锁定（公示期满或者签订合同后退）
	RefundDue   casework.State = "due"      // 待退
	RefundNoted casework.State = "noted"    // 已登记退款，待复核
	Refunded    casework.State = "refunded" // 已原路退回
	Undone      casework.State = "undone"   // 已被银行冲正，待处理
	Reversed    casework.State = "reversed" // 已被银行冲正
)

// DepositLifecycle is where it may go from each state.
var DepositLifecycle = casework.Lifecycle{
	Noun: "保证金",
	Labels: map[casework.State]string{
		Received:    "已到账，待核对",
		Matched:     "已核对",
		Held:        "已锁定（公示期满或者签订合同后退）",
		RefundDue:   "待退",
		RefundNoted: "已登记退款，待复核",
		Refunded:    "已原路退回",
		Undone:      "已被银行冲正，待处理",
		Reversed:    "已被银行冲正",
	},
	Moves: map[casework.State][]casework.State{
		Received:    {Matched, RefundDue, Reversed},
		Matched:     {Held, RefundDue, Reversed},
		Held:        {RefundDue, Undone, Reversed},
		RefundDue:   {RefundNoted, Refunded, Reversed},
		RefundNoted: {Refunded, RefundDue, Reversed},
		Refunded:    {RefundDue}, // the bank sent it back
		Undone:      {Reversed},
	},
}

// DepositStates lists the states in the order of a deposit's life.
func DepositStates() []casework.State {
	return []casework.State{Received, Matched, Held, RefundDue, RefundNoted, Refunded, Undone, Reversed}
}

// Deposit is one payment into the station's deposit account, as the bank's
// statement has it. It goes back to the account it came from.
type Deposit struct {
	ID           string
	Path         identity.Path // of the account into which it came
	Receiving    string        // id of that account
	Lot          string        // empty while the memo names none
	LotTitle     string        // when read
	Registration string        // empty until it is matched, and once the bank has taken it back
	Former       string        // the registration whose it was before the bank took it back
	State        casework.State
	Version      int
	statement.Line
	Problem     string // why it matches nobody; empty when it does
	Aside       bool   // it is no deposit from the start: only an official may match it
	ImportedBy  string
	MatchedAt   time.Time
	HeldAt      time.Time
	DueAt       time.Time
	RefundBy    calendar.Date // last day of the refund
	RefundedAt  time.Time
	RefundedBy  string
	RefundTrace string    // the bank's number of the refund
	RefundRow   string    // id of the statement's outgoing row that proves it; empty when it was typed
	SentBackAt  time.Time // when the bank sent the last refund back
	Hand        ByHand
}

// ByHand is whose deposit an official says a payment is, for another to confirm.
type ByHand struct {
	Registration string
	Reason       string
	By           string
	At           time.Time
}

// Stream is the name under which the trail has the deposit; it has no event.
func (d Deposit) Stream() event.Stream { return event.Of("deposit", d.ID) }

// Label is the state's name on the screen.
func (d Deposit) Label() string { return DepositLifecycle.Label(d.State) }

// Taken says whether the money is no longer there because the bank took it back.
func (d Deposit) Taken() bool { return d.State == Undone || d.State == Reversed }

// Unsecured says whether the bank took back what a registration had paid and nothing has
// been put in its place, among the deposits of its lot.
func Unsecured(all []Deposit, registration string) bool {
	held := func(d Deposit) bool { return d.Registration == registration && d.State == Held }
	taken := func(d Deposit) bool { return d.Former == registration && d.Taken() }
	return registration != "" && slices.ContainsFunc(all, taken) && !slices.ContainsFunc(all, held)
}

// TakeBack notes that the bank has taken the payment back: it is nobody's deposit
// any more. To Undone when an official has to see to what follows.
func (d *Deposit) TakeBack(to casework.State) error {
	d.Former = d.Registration
	d.Registration = ""
	d.Version++
	return DepositLifecycle.Move(&d.State, to)
}

// Late says whether the refund is overdue on that day.
func (d Deposit) Late(today calendar.Date) bool {
	return (d.State == RefundDue || d.State == RefundNoted) && d.RefundBy != "" && today > d.RefundBy
}

// Stage is one station of a deposit on its way.
type Stage struct {
	Label string
	At    time.Time
}

// Way lists the stations that a deposit has passed and those to come, like a
// parcel's: a zero time is still to come.
func (d Deposit) Way() []Stage {
	return []Stage{{"到账", d.PaidAt}, {"核对", d.MatchedAt}, {"锁定", d.HeldAt}, {"应退", d.DueAt}, {"原路退回", d.RefundedAt}}
}

// Refundable takes a deposit to the way back.
func (d *Deposit) Refundable(at time.Time, by calendar.Date) error {
	if d.State == Refunded {
		return fault.New(fault.Conflict, "保证金已经原路退回")
	}
	d.DueAt, d.RefundBy = at, by
	d.Version++
	return DepositLifecycle.Move(&d.State, RefundDue)
}

// SentBack asks for a refund anew that the bank sent back at that time.
func (d *Deposit) SentBack(back, at time.Time, by calendar.Date) error {
	d.SentBackAt = back
	d.DueAt = at
	d.RefundBy = by
	d.RefundTrace = ""
	d.RefundRow = ""
	d.RefundedBy = ""
	d.RefundedAt = time.Time{}
	d.Version++
	return DepositLifecycle.Move(&d.State, RefundDue)
}
