package trading

import (
	"time"

	"sunlot/disclosure/words"
	"sunlot/internal/calendar"
	"sunlot/internal/casework"
	"sunlot/internal/event"
	"sunlot/internal/identity"
	"sunlot/internal/money"
)

// The states of an award 成交结果.
const (
	Publicised casework.State = "publicised" // 公示中
	Settled    casework.State = "settled"    // 公示期满
	Contracted casework.State = "contracted" // 已签合同
	Voided     casework.State = "voided"     // 成交结果已撤销
)

// AwardLifecycle is where it may go from each state.
var AwardLifecycle = casework.Lifecycle{
	Noun: "成交结果",
	Labels: map[casework.State]string{
		Publicised: "公示中",
		Settled:    "公示期满",
		Contracted: "已签合同",
		Voided:     "成交结果已撤销",
	},
	Moves: map[casework.State][]casework.State{
		Publicised: {Settled, Voided},
		Settled:    {Contracted},
	},
}

// AwardStates lists the states in the order of an award's life.
func AwardStates() []casework.State { return []casework.State{Publicised, Settled, Contracted, Voided} }

// Award is the result of a lot, whose id it has. The winner's real name is
// public with the result: 《最高人民法院关于人民法院网络司法拍卖若干问题的规定》第二十二条.
type Award struct {
	Lot          string
	Tender       string // id of the lot's, when read
	LotTitle     string // when read
	Photo        string // SHA-256 of the asset's first, when read in a list; empty when there is none
	Path         identity.Path
	State        casework.State
	Version      int
	Registration string
	PersonID     string
	Number       string
	Name         string
	Priority     bool // won by matching the leading price
	Price        money.Fen
	Yearly       money.Fen
	Whole        money.Fen
	LastYearly   money.Fen // a year's rent of the lease before; zero when there was none
	StartYearly  money.Fen // a period's sum at the start price
	Basis
	AwardedAt    time.Time
	PublicUntil  time.Time // objections until then
	MovedUntil   time.Time // before a year's schedule moved it last; zero when none has
	ResumedUntil time.Time // before an outage moved it last; zero when none has
	KnownUntil   time.Time // the end of the last outage that the result knows of
	Firm         bool      // false while the date rests on a year without a published schedule
	SettledAt    time.Time
	Event        event.Ref // lot.closed
}

// Label is the state's name on the screen.
func (a Award) Label() string { return AwardLifecycle.Label(a.State) }

// SettlesAt is from when the publicity may be over: what arrived before its end has
// been taken then.
func (a Award) SettlesAt() time.Time { return a.PublicUntil.Add(Grace) }

// Unknown is since when outages may have ended of which the publicity knows nothing.
func (a Award) Unknown() time.Time {
	since := a.PublicUntil.Add(-aDay)
	if a.KnownUntil.After(since) {
		return a.KnownUntil
	}
	return since
}

// Contract notes that the contract has been signed.
func (a *Award) Contract() error {
	a.Version++
	return AwardLifecycle.Move(&a.State, Contracted)
}

// Stands says whether it has not been taken back.
func (a Award) Stands() bool { return a.State != Voided }

// Unsigned says whether its winner may still sign, or will.
func (a Award) Unsigned() bool { return a.State == Publicised || a.State == Settled }

// OverStart is what a period brings above the start price, in fen.
func (a Award) OverStart() money.Fen { return a.Yearly - a.StartYearly }

// OverLast is what a year brings above the lease before, in fen; it may be negative.
func (a Award) OverLast() money.Fen { return a.Yearly - a.LastYearly }

// SettledFacts is what the public log says when the publicity has passed.
type SettledFacts struct {
	Objections int           `json:"objections"`
	RefundBy   calendar.Date `json:"refund_by"`
}

func (f SettledFacts) told() []words.Fact {
	return []words.Fact{words.Count("异议", f.Objections, "件"), words.Day("最晚退保证金", f.RefundBy)}
}

// AwardRescheduledFacts is what the public log says when a year's schedule has
// made a result's publicity longer, or certain.
type AwardRescheduledFacts struct {
	Before      string `json:"public_until_before"`
	PublicUntil string `json:"public_until"`
	Firm        bool   `json:"firm"`
}

func (f AwardRescheduledFacts) told() []words.Fact {
	return []words.Fact{
		words.Instant("原来的公示期至", f.Before),
		words.Instant("公示期至", f.PublicUntil),
		words.YesNo("日期已确定", f.Firm),
	}
}

// VoidedFacts is what the public log says of a result that was taken back because
// an objection to it was right.
type VoidedFacts struct {
	Objection string        `json:"objection"`
	RefundBy  calendar.Date `json:"refund_by"`
}

func (f VoidedFacts) told() []words.Fact {
	return []words.Fact{words.Day("最晚退保证金", f.RefundBy)}
}
