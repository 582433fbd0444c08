package trading

import (
	"time"

	"sunlot/disclosure/words"
	"sunlot/internal/calendar"
	"sunlot/internal/casework"
	"sunlot/internal/event"
	"sunlot/internal/identity"
)

// The states of an objection 异议. Who is objected to does not answer.
const (
	Raised   casework.State = "raised"   // 待经管站答复
	Referred casework.State = "referred" // 待乡镇答复
	Answered casework.State = "answered" // 已答复
	Upheld   casework.State = "upheld"   // 成立，待决定
	Voiding  casework.State = "voiding"  // 成立，拟撤销成交结果，待复核
	Decided  casework.State = "decided"  // 已决定
)

// ObjectionLifecycle is where it may go from each state.
var ObjectionLifecycle = casework.Lifecycle{
	Noun: "异议",
	Labels: map[casework.State]string{
		Raised:   "待经管站答复",
		Referred: "待乡镇答复",
		Answered: "已答复",
		Upheld:   "异议成立，待决定",
		Voiding:  "异议成立，待复核",
		Decided:  "异议成立，已决定",
	},
	Moves: map[casework.State][]casework.State{
		Raised:   {Answered, Upheld},
		Referred: {Answered, Upheld},
		Upheld:   {Decided, Voiding},
		Voiding:  {Decided, Upheld},
	},
}

// ObjectionStates lists the states in the order of an objection's life.
func ObjectionStates() []casework.State {
	return []casework.State{Raised, Referred, Answered, Upheld, Voiding, Decided}
}

// Target 对象 is whose act is objected to.
type Target string

// Whose act may be objected to.
const (
	AtVillage Target = "village" // the collective's: notice, inspection, the asset itself
	AtStation Target = "station" // the station's: registrations, deposits, the bidding
)

var targetLabels = map[Target]string{AtVillage: "村集体", AtStation: "乡镇经管站"}

// Label is its name on the screen; empty when there is no such.
func (t Target) Label() string { return targetLabels[t] }

// Outcome is what an answer says of an objection.
type Outcome string

// What an answer may say.
const (
	Founded Outcome = "upheld"
	Partly  Outcome = "partly"
	Not     Outcome = "rejected"
)

var outcomeLabels = map[Outcome]string{Founded: "异议成立", Partly: "异议部分成立", Not: "异议不成立"}

// Label is its name on the screen; empty when there is no such.
func (o Outcome) Label() string { return outcomeLabels[o] }

// Leads is the state of an objection that was answered so: what is right in it
// must be decided on.
func (o Outcome) Leads() casework.State {
	if o == Not {
		return Answered
	}
	return Upheld
}

// Ruling is what follows from an objection that is right.
type Ruling string

// What may follow.
const (
	Keep Ruling = "keep" // the result stands, with an explanation
	Void Ruling = "void" // the result is taken back; the lot has failed
)

var rulingLabels = map[Ruling]string{Keep: "维持成交结果并说明", Void: "纠正：撤销成交结果"}

// Label is its name on the screen; empty when there is no such.
func (r Ruling) Label() string { return rulingLabels[r] }

// ObjectionForm is what somebody objects to a result.
type ObjectionForm struct {
	Lot    string `json:"lot"`
	Target Target `json:"target"`
	Name   string `json:"name"`  // only who answers sees it
	Phone  string `json:"phone"` // only who answers sees it
	Text   string `json:"text"`  // public together with the answer
}

// AnswerForm is the answer. The objector's own words are published with it as they
// were written; where they may not be, all of them are withheld with a reason.
type AnswerForm struct {
	Version  int     `json:"version"`
	Outcome  Outcome `json:"outcome"`
	Answer   string  `json:"answer"`
	Withheld string  `json:"withheld"` // why the words are not public; empty when they are
}

// DecisionForm is what follows from an objection that is right.
type DecisionForm struct {
	Version int    `json:"version"`
	Ruling  Ruling `json:"ruling"`
	Reason  string `json:"reason"`
}

// SecondForm is the second person's word on a decision that takes a result back.
type SecondForm struct {
	Version int    `json:"version"`
	Agree   bool   `json:"agree"`
	Reason  string `json:"reason"` // why not; for the leader alone
}

// Objection is an objection to a result. While one waits for its answer, or for
// what follows from it, the award stays in publicity.
type Objection struct {
	ID      string
	Title   string // of the lot, when read
	Path    identity.Path
	State   casework.State
	Version int
	ObjectionForm
	Public     string
	Withheld   string
	Outcome    Outcome
	Answer     string
	RaisedAt   time.Time
	RaisedBy   string // who raised it, when signed in; told to nobody
	Stranger   bool   // nobody but the sender said then who he is; told to nobody
	AnswerBy   calendar.Date
	AnsweredAt time.Time
	AnsweredBy string

	Ruling    Ruling // empty while nothing has been decided
	Reason    string // of the decision
	DecideBy  calendar.Date
	DecidedAt time.Time
	DecidedBy string
	// SecondedBy is the second person of a decision that takes the result back, Doubt
	// why the last one was sent back; for who decides and who is the second.
	SecondedBy string
	Decider    bool // whether the reader has answered or decided it; when read
	Doubt      string
	Event      event.Ref // objection.raised, objection.answered, then objection.decided
}

// Stream is the name under which the trail has the objection; its events are the lot's.
func (o Objection) Stream() event.Stream { return event.Of("objection", o.ID) }

// Label is the state's name on the screen.
func (o Objection) Label() string { return ObjectionLifecycle.Label(o.State) }

// Waits says that it holds the result up.
func (o Objection) Waits() bool { return o.Unanswered() || o.State == Upheld || o.State == Voiding }

// Unanswered says that nobody has answered it.
func (o Objection) Unanswered() bool { return o.State == Raised || o.State == Referred }

// Answerer is who answers it: never whose act is objected to.
func (o Objection) Answerer() *identity.Action {
	if o.Target == AtStation {
		return ObjectionRule
	}
	return ObjectionAnswer
}

// AnsweredOf is which office has answered or will, as the screen calls it.
func (o Objection) AnsweredOf() string {
	if o.Target == AtStation {
		return "乡镇分管领导"
	}
	return "乡镇经管站"
}

// First is the state in which it is raised.
func (o Objection) First() casework.State {
	if o.Target == AtStation {
		return Referred
	}
	return Raised
}

// textField and personField are the fields under which the audience table has
// its words and its person.
func (o Objection) textField() Field {
	if o.Target == AtStation {
		return ObjectionAtStationText
	}
	return ObjectionText
}

func (o Objection) personField() Field {
	if o.Target == AtStation {
		return ObjectionAtStationPerson
	}
	return ObjectionPerson
}

// For is the objection as somebody may read it.
func (o Objection) For(who identity.Actor) Objection {
	o.Decider = who.SignedIn() && (o.DecidedBy == who.PersonID || o.AnsweredBy == who.PersonID)
	o.RaisedBy = ""
	o.Stranger = false
	if !o.ToldWaiting(who) {
		o = o.undecided()
	}
	judges := o.State == Voiding && who.May(ObjectionSecond, o.Path) // what was withheld from others too
	if !Sees(who, o.textField(), o.State, o.Path) {
		o.Public = ""
		o.Withheld = ""
		o.Answer = ""
		o.Reason = ""
	}
	if !judges && !Sees(who, o.textField(), o.First(), o.Path) {
		o.Text = ""
	}
	if !Sees(who, o.personField(), o.State, o.Path) {
		o.Name = ""
		o.Phone = ""
		o.AnsweredBy = ""
		o.DecidedBy = ""
		o.SecondedBy = ""
	}
	return o
}

// ToldWaiting says whether somebody may know that a decision waits for its second person.
func (o Objection) ToldWaiting(who identity.Actor) bool {
	return who.May(ObjectionRule, o.Path) || who.May(ObjectionSecond, o.Path)
}

// undecided is what everybody reads of a decision that waits for its second person:
// nothing, nor how many times it was decided.
func (o Objection) undecided() Objection {
	o.Doubt = ""
	if !o.Unanswered() {
		o.Version = 0
	}
	if o.State == Voiding || o.State == Upheld {
		o.State = Upheld
		o.Ruling = ""
		o.Reason = ""
		o.DecidedAt = time.Time{}
		o.DecidedBy = ""
	}
	return o
}

// RaisedFacts is what the public log says of an objection: that it is there.
// Its text is sealed.
type RaisedFacts struct {
	Objection string        `json:"objection"`
	Target    Target        `json:"target"`
	AnswerBy  calendar.Date `json:"answer_by"`
}

func (f RaisedFacts) told() []words.Fact {
	return []words.Fact{words.Text("针对", f.Target.Label()), words.Day("最晚答复", f.AnswerBy)}
}

// AnsweredFacts names the document with objection and answer.
type AnsweredFacts struct {
	Objection string  `json:"objection"`
	Outcome   Outcome `json:"outcome"`
	Document  string  `json:"document"`
}

func (f AnsweredFacts) told() []words.Fact {
	return []words.Fact{words.Text("结论", f.Outcome.Label()), words.Document(f.Document)}
}

// DecidedFacts names the document with what follows from an objection.
type DecidedFacts struct {
	Objection string `json:"objection"`
	Ruling    Ruling `json:"ruling"`
	Document  string `json:"document"`
	Seconded  bool   `json:"seconded"` // by the village's supervision committee
	StoodIn   bool   `json:"stood_in"` // by another leader of the township, in its place
}

func (f DecidedFacts) told() []words.Fact {
	second := ""
	switch {
	case f.StoodIn:
		second = "村务监督委员会没有按期复核，由乡镇另一位分管领导复核"
	case f.Seconded:
		second = "村务监督委员会已复核"
	}
	return []words.Fact{words.Text("决定", f.Ruling.Label()), words.Text("第二人", second), words.Document(f.Document)}
}
