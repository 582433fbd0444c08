package trading

import (
	"strings"
	"time"

	"sunlot/disclosure/words"
	"sunlot/internal/calendar"
	"sunlot/internal/casework"
	"sunlot/internal/event"
	"sunlot/internal/fault"
	"sunlot/internal/identity"
	"sunlot/internal/money"
	"sunlot/trading/rules"
)

// The states of a resolution 决议.
const (
	Recorded            casework.State = "recorded"  // 登记中
	ResolutionSubmitted casework.State = "submitted" // 待监督委员会核实
	ResolutionReturned  casework.State = "returned"  // 退回修改
	Confirmed           casework.State = "confirmed" // 已核实
	ResolutionWithdrawn casework.State = "withdrawn" // 已撤回
)

// ResolutionLifecycle is where it may go from each state.
var ResolutionLifecycle = casework.Lifecycle{
	Noun: "决议",
	Labels: map[casework.State]string{
		Recorded: "登记中", ResolutionSubmitted: "待核实", ResolutionReturned: "退回修改", Confirmed: "已核实",
		ResolutionWithdrawn: "已撤回",
	},
	Moves: map[casework.State][]casework.State{
		Recorded:            {ResolutionSubmitted, ResolutionWithdrawn},
		ResolutionSubmitted: {Confirmed, ResolutionReturned, ResolutionWithdrawn, Recorded},
		ResolutionReturned:  {ResolutionSubmitted, ResolutionWithdrawn},
	},
}

// Choice is how one member of the assembly voted.
type Choice string

const (
	For     Choice = "for"
	Against Choice = "against"
	Abstain Choice = "abstain"
	Absent  Choice = "absent"
)

// Choices lists the choices with their names on the screen.
var Choices = []struct {
	Choice Choice
	Label  string
}{{For, "同意"}, {Against, "反对"}, {Abstain, "弃权"}, {Absent, "缺席"}}

// Label is the choice's name on the screen.
func (c Choice) Label() string {
	for _, have := range Choices {
		if have.Choice == c {
			return have.Label
		}
	}
	return ""
}

// Vote is one line of the sign-in sheet and of the count, typed in from paper.
type Vote struct {
	Name   string `json:"name"`
	Person string `json:"person"` // id of the representative's account, or empty
	Choice Choice `json:"choice"`
}

// Priority is a kind of holder of a priority right "优先权", in the order of rank.
type Priority string

const (
	MemberFirst  Priority = "member"        // 本集体经济组织成员
	FormerLessee Priority = "former_lessee" // 原承租人
)

// Priorities lists the kinds with their names on the screen.
var Priorities = []struct {
	Priority Priority
	Label    string
}{{MemberFirst, "本集体经济组织成员"}, {FormerLessee, "原承租人"}}

// Label is the kind's name on the screen.
func (p Priority) Label() string {
	for _, have := range Priorities {
		if have.Priority == p {
			return have.Label
		}
	}
	return ""
}

// StepDone is one step of the procedure as it was held.
type StepDone struct {
	Key string        `json:"key"`
	On  calendar.Date `json:"on"` // empty while it has not been held
}

// ResolutionForm is what the clerk types in from the paper record.
type ResolutionForm struct {
	Asset      string     `json:"asset"`
	Side       Side       `json:"side,omitempty"`
	Unit       money.Unit `json:"unit,omitempty"` // what the price is for
	Years      int        `json:"years"`          // of a lease at most; none of a sale
	FloorPrice money.Fen  `json:"floor_price"`    // lowest start price
	Outsiders  bool       `json:"outsiders"`      // open to people outside the collective
	Priorities []Priority `json:"priorities"`     // by rank
	Steps      []StepDone `json:"steps"`
	Votes      []Vote     `json:"votes"` // everybody who was due, the absent too
	SignIn     []string   `json:"sign_in"`
	Minutes    []string   `json:"minutes"`
}

// Resolution is a decision of the assembly by 四议两公开.
type Resolution struct {
	ID        string
	AssetName string        // when read
	Path      identity.Path // the asset's
	Assembly  string        // the asset's, when recorded, as the two that follow
	Kind      AssetKind
	Area      money.Area
	Measure   money.Measure
	State     casework.State
	Version   int
	ResolutionForm
	Roll        RollTaken
	Count       Count
	Lawful      bool
	Reasons     []string      // why it is not lawful
	Mend        []fault.Field // what the last return asks to mend
	RecordedBy  string
	SubmittedBy string
	ConfirmedBy string
	ConfirmedAt time.Time
	Rules       rules.Edition // by which it was judged when it was confirmed; none before
	Event       event.Ref     // resolution.confirmed
}

// Stream is where the resolution's events are.
func (r Resolution) Stream() event.Stream { return event.Of("resolution", r.ID) }

// Label is the state's name on the screen.
func (r Resolution) Label() string { return ResolutionLifecycle.Label(r.State) }

// HeldOn is the day of the vote.
func (r Resolution) HeldOn() calendar.Date {
	for _, s := range r.Steps {
		if s.Key == "decide" {
			return s.On
		}
	}
	return ""
}

// StepOn is the day on which a step of the procedure was held, as it was last
// typed in; empty while it was not.
func (r Resolution) StepOn(key string) (on calendar.Date) {
	for _, s := range r.Steps {
		if s.Key == key && s.On != "" {
			on = s.On
		}
	}
	return on
}

// Procedure is the steps that the pack asks for, with the days of those taken.
func (r Resolution) Procedure(pack rules.Pack) []casework.StepAsked {
	var asked []casework.StepAsked
	for _, step := range pack.Procedure {
		asked = append(asked, casework.StepAsked{Label: step.Label, On: r.StepOn(step.Key), After: step.After})
	}
	return asked
}

// Count is the result of a vote.
type Count struct {
	Due     int `json:"due"`
	Present int `json:"present"`
	For     int `json:"for"`
	Against int `json:"against"`
	Abstain int `json:"abstain"`
}

// RollTaken is the edition of the body's roll that says who was due; without an event
// none was taken.
type RollTaken struct {
	Event event.Ref     `json:"event"` // roll.confirmed
	From  calendar.Date `json:"from"`  // from when it holds
	On    calendar.Date `json:"on"`    // when it was confirmed
}

// ConfirmedFacts is what the public log says of a vote: counts, never names.
type ConfirmedFacts struct {
	Asset      event.Ref     `json:"asset"`
	Assembly   string        `json:"assembly"`
	HeldOn     calendar.Date `json:"held_on"`
	Roll       event.Ref     `json:"roll"`      // roll.confirmed: who was due
	RollFrom   calendar.Date `json:"roll_from"` // from when that roll holds
	Steps      []StepDone    `json:"steps"`
	Count      Count         `json:"count"`
	Side       Side          `json:"side,omitempty"`
	Unit       money.Unit    `json:"unit,omitempty"`
	Years      int           `json:"years"`
	FloorPrice money.Fen     `json:"floor_price"`
	Outsiders  bool          `json:"outsiders"`
	Priorities []Priority    `json:"priorities"`
	Lawful     bool          `json:"lawful"`
	Reasons    []string      `json:"reasons"`
}

func (f ConfirmedFacts) told() []words.Fact {
	return []words.Fact{
		words.Day("会议日期", f.HeldOn),
		words.Day("名册起用日期", f.RollFrom),
		words.Count("应到", f.Count.Due, ""),
		words.Count("到会", f.Count.Present, ""),
		words.Count("同意", f.Count.For, ""),
		words.Count("反对", f.Count.Against, ""),
		words.Count("弃权", f.Count.Abstain, ""),
		words.YesNo("是否符合规定要求", f.Lawful),
		words.Text("原因", strings.Join(f.Reasons, "；")),
		words.Price("决议定的底价", f.Unit, f.FloorPrice),
		f.Side.lease(words.Count("租期", f.Years, "年")),
		f.Side.sale(words.Text("方式", f.Side.Say().Act)),
	}
}
