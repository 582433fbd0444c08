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
)

// AwardLifecycle is where it may go from each state.
var AwardLifecycle = casework.Lifecycle{
	Noun:   "成交结果",
	Labels: map[casework.State]string{Publicised: "公示中", Settled: "公示期满", Contracted: "已签合同"},
	Moves: map[casework.State][]casework.State{
		Publicised: {Settled},
		Settled:    {Contracted},
	},
}

// AwardStates lists the states in the order of an award's life.
func AwardStates() []casework.State { return []casework.State{Publicised, Settled, Contracted} }

// Award is the result of a lot, whose id it has. The winner's real name is
// public with the result: 《最高人民法院关于人民法院网络司法拍卖若干问题的规定》第二十二条.
type Award struct {
	Lot          string
	LotTitle     string // when read
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
	LastRent     money.Fen // fen per mu and year, of the lease before; zero when there was none
	StartPrice   money.Fen
	Area         money.Area
	AwardedAt    time.Time
	PublicUntil  time.Time // objections until then
	Firm         bool      // false while the date rests on a year without a published schedule
	SettledAt    time.Time
	Event        event.Ref // lot.closed
}

// Label is the state's name on the screen.
func (a Award) Label() string { return AwardLifecycle.Label(a.State) }

// Contract notes that the contract has been signed.
func (a *Award) Contract() error {
	a.Version++
	return AwardLifecycle.Move(&a.State, Contracted)
}

// OverStart is what a year brings above the start price, in fen.
func (a Award) OverStart() money.Fen { return a.Yearly - money.Yearly(a.StartPrice, a.Area) }

// OverLast is what a year brings above the lease before, in fen; it may be negative.
func (a Award) OverLast() money.Fen { return a.Yearly - money.Yearly(a.LastRent, a.Area) }

// The states of an objection 异议.
const (
	Raised   casework.State = "raised"   // 待答复
	Answered casework.State = "answered" // 已答复
)

// ObjectionLifecycle is where it may go from each state.
var ObjectionLifecycle = casework.Lifecycle{
	Noun:   "异议",
	Labels: map[casework.State]string{Raised: "待答复", Answered: "已答复"},
	Moves:  map[casework.State][]casework.State{Raised: {Answered}},
}

// ObjectionForm is what somebody objects to a result.
type ObjectionForm struct {
	Lot   string `json:"lot"`
	Name  string `json:"name"`  // only the station sees it
	Phone string `json:"phone"` // only the station sees it
	Text  string `json:"text"`  // public together with the answer
}

// AnswerForm is the station's answer. Public is the objection as it may be
// read by everybody, without what the person told of himself or others.
type AnswerForm struct {
	Version int    `json:"version"`
	Public  string `json:"public"`
	Answer  string `json:"answer"`
}

// Objection is an objection to a result. While one waits for its answer the
// award stays in publicity.
type Objection struct {
	ID      string
	Title   string // of the lot, when read
	Path    identity.Path
	State   casework.State
	Version int
	ObjectionForm
	Public     string
	Answer     string
	RaisedAt   time.Time
	AnswerBy   calendar.Date
	AnsweredAt time.Time
	AnsweredBy string
	Event      event.Ref // objection.raised, then objection.answered
}

// Label is the state's name on the screen.
func (o Objection) Label() string { return ObjectionLifecycle.Label(o.State) }

// RaisedFacts is what the public log says of an objection: that it is there.
// Its text is sealed.
type RaisedFacts struct {
	Objection string        `json:"objection"`
	AnswerBy  calendar.Date `json:"answer_by"`
}

func (f RaisedFacts) told() []words.Fact { return []words.Fact{words.Day("最晚答复", f.AnswerBy)} }

// AnsweredFacts names the document with objection and answer.
type AnsweredFacts struct {
	Objection string `json:"objection"`
	Document  string `json:"document"`
}

func (f AnsweredFacts) told() []words.Fact { return []words.Fact{words.Document(f.Document)} }

// SettledFacts is what the public log says when the publicity has passed.
type SettledFacts struct {
	Objections int           `json:"objections"`
	RefundBy   calendar.Date `json:"refund_by"`
}

func (f SettledFacts) told() []words.Fact {
	return []words.Fact{words.Count("异议", f.Objections, "件"), words.Day("最晚退保证金", f.RefundBy)}
}
