// Package contracts is what follows an award: the contract, its schedule and the
// money that comes in.
package contracts

import (
	"time"

	"sunlot/internal/calendar"
	"sunlot/internal/casework"
	"sunlot/internal/event"
	"sunlot/internal/fault"
	"sunlot/internal/identity"
	"sunlot/internal/money"
	"sunlot/trading"
)

// The states of a contract 合同.
const (
	Offered casework.State = "offered" // 村集体已签，待成交人签
	Signed  casework.State = "signed"  // 已签订
)

// ContractLifecycle is where it may go from each state.
var ContractLifecycle = casework.Lifecycle{
	Noun:   "合同",
	Labels: map[casework.State]string{Offered: "村集体已签，待成交人签", Signed: "已签订"},
	Moves: map[casework.State][]casework.State{
		Offered: {Signed},
	},
}

// Contract is the lease or the sale that an award leads to. Its data are the award's and
// the notice's: nobody types them again. It has the lot's id.
type Contract struct {
	Lot      string
	Tender   string // id of the lot's, when read
	Title    string // the asset's name, when read
	Path     identity.Path
	State    casework.State
	Version  int
	Number   string // 合同编号
	Lessor   string // name of the collective organisation
	Lessee   string // the winner's name
	PersonID string // the winner
	Bidder   string // the winner's number
	Price    money.Fen
	trading.Basis
	Yearly    money.Fen
	Whole     money.Fen
	StartsOn  calendar.Date
	EndsOn    calendar.Date
	Use       string
	Document  string // SHA-256 of the public text
	OfferedBy string
	OfferedAt time.Time
	SignedAt  time.Time
	SignBy    calendar.Date
	Event     event.Ref // contract.signed
}

// Stream is where the contract's events are.
func (c Contract) Stream() event.Stream { return event.Of("contract", c.Lot) }

// Label is the state's name on the screen.
func (c Contract) Label() string {
	if say := c.Side.Say(); c.State == Offered {
		return say.Giver + "已签，待" + say.Taker + "签"
	}
	return ContractLifecycle.Label(c.State)
}

// Sold says whether the contract has no end.
func (c Contract) Sold() bool { return c.EndsOn == calendar.Last }

// notOf refuses an official whose own contract it is, also when he became one after it.
func (c Contract) notOf(who identity.Actor) error {
	if c.PersonID == who.PersonID {
		return fault.New(fault.Forbidden, "您是这份合同的成交人，不能以公职办理它的事项，请由同岗位的其他人办理")
	}
	return nil
}

// Payment is one year's rent. Sums in fen.
type Payment struct {
	Lot      string
	Number   int // from 1
	DueOn    calendar.Date
	Due      money.Fen
	Received money.Fen
}

// Arrears is what is overdue on that day, in fen.
func (p Payment) Arrears(today calendar.Date) money.Fen {
	if today <= p.DueOn || p.Received >= p.Due {
		return 0
	}
	return p.Due - p.Received
}

// VoucherForm is rent that has come in, as the bank's slip has it.
type VoucherForm struct {
	Number     int           `json:"number"` // of the payment
	Amount     money.Fen     `json:"amount"`
	ReceivedOn calendar.Date `json:"received_on"`
	Serial     string        `json:"serial"`  // the bank's number
	Account    string        `json:"account"` // the payer's account
	Photo      string        `json:"photo"`   // of the slip; never public
}

// Voucher is a receipt of rent, or the reversal of one that was wrong: its sum is
// then below zero and it names the other. The public sees it masked.
type Voucher struct {
	ID       string
	Lot      string
	Receiver string // org id of who acts for the owner: into whose account it came
	VoucherForm
	Reverses   string // id of the slip that it reverses; empty for a slip
	Mistake    Mistake
	Reversed   bool // by another entry
	RecordedBy string
	RecordedAt time.Time
	Event      event.Ref // rent.received or rent.reversed
}

// Masked is the voucher without what tells of a person's bank account.
func (v Voucher) Masked() Voucher {
	v.Serial = trading.Masked(v.Serial)
	v.Account = trading.Masked(v.Account)
	v.Photo = ""
	v.RecordedBy = ""
	return v
}

// Accounts is where a contract's money stands on a day. Sums in fen.
type Accounts struct {
	Whole    money.Fen // of all years
	Due      money.Fen // by that day
	Received money.Fen
	Arrears  money.Fen
}

// AccountsOf sums up a schedule.
func AccountsOf(schedule []Payment, today calendar.Date) Accounts {
	var a Accounts
	for _, p := range schedule {
		a.Whole += p.Due
		a.Received += p.Received
		if today >= p.DueOn {
			a.Due += p.Due
		}
		a.Arrears += p.Arrears(today)
	}
	return a
}

// schedule is the rent of each year, in advance: the first by the given day, the others on the
// day that the notice names. What is sold is paid at once.
func schedule(lot string, first calendar.Date, t trading.Tender, yearly money.Fen) []Payment {
	all := []Payment{{Lot: lot, Number: 1, DueOn: first, Due: yearly}}
	for n := 2; n <= t.Basis().Periods(); n++ {
		all = append(all, Payment{Lot: lot, Number: n, DueOn: t.RentDay(n), Due: yearly})
	}
	return all
}
