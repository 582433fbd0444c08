// Package amending lets a county change a figure of its rules: one administrator
// proposes it with the document that it comes from and the day from which it stands,
// another confirms it. It is public at once and begins a whole day later at the
// earliest; what was announced before keeps its figures.
package amending

import (
	"context"
	"strconv"
	"time"

	"sunlot/disclosure/privacy"
	"sunlot/disclosure/words"
	"sunlot/internal/calendar"
	"sunlot/internal/casework"
	"sunlot/internal/event"
	"sunlot/internal/identity"
	"sunlot/trading/rules"
)

// Amendment 参数改动 is one figure set otherwise from a day on.
type Amendment struct {
	ID      string
	Path    identity.Path // the county's
	State   casework.State
	Version int
	Form
	Pack       string // whose figure it is
	Was        string // what stood on that day when it was confirmed; before, when it was proposed
	Answer     string // why it was declined or withdrawn
	ProposedBy string
	ProposedAt time.Time
	DecidedBy  string
	DecidedAt  time.Time
	Event      event.Ref // that confirmed it
}

// Form is what an administrator proposes.
type Form struct {
	Key     string        `json:"key"` // of the figure
	Value   int           `json:"value"`
	From    calendar.Date `json:"from"`
	Title   string        `json:"title"`   // of the county's document
	Article string        `json:"article"` // in it
	Reason  string        `json:"reason"`
}

// Stream is the noun's, for its trail and its duty. What becomes public of all is in
// one stream, so that their order is the log's.
func (a Amendment) Stream() event.Stream { return event.Of("amendment", a.ID) }

// StreamOf is where the changes of a pack's figures are public.
func StreamOf(pack string) event.Stream { return event.Of("rules", pack) }

// Label is the state's name on the screen.
func (a Amendment) Label() string { return Lifecycle.Label(a.State) }

// Figure is what is changed.
func (a Amendment) Figure() string { return label(a.Key) }

// Becomes is the new value as a page says it.
func (a Amendment) Becomes() string { return said(a.Key, a.Value) }

// Cited is the document that it comes from.
func (a Amendment) Cited() string { return a.source().String() }

func (form Form) source() rules.Source {
	return rules.Source{Title: form.Title, Article: form.Article, Kind: rules.Local}
}

func label(key string) string {
	if f, known := rules.FigureOf(key); known {
		return f.Label
	}
	return key
}

func said(key string, value int) string {
	if f, known := rules.FigureOf(key); known {
		return rules.Of(value, f.Unit, rules.Source{}).String()
	}
	return strconv.Itoa(value)
}

// The states of an amendment.
const (
	Proposed  casework.State = "proposed"
	Confirmed casework.State = "confirmed"
	Declined  casework.State = "declined"
	Withdrawn casework.State = "withdrawn"
)

// Lifecycle is where it may go from each state.
var Lifecycle = casework.Lifecycle{
	Noun: "参数改动",
	Labels: map[casework.State]string{
		Proposed: "待确认", Confirmed: "已确认", Declined: "未通过", Withdrawn: "施行前撤回",
	},
	Moves: map[casework.State][]casework.State{Proposed: {Confirmed, Declined}, Confirmed: {Withdrawn}},
}

// AmendedFacts is the event's.
type AmendedFacts struct {
	Key     string        `json:"key"`
	Was     string        `json:"was"`
	Value   int           `json:"value"`
	From    calendar.Date `json:"from"`
	Title   string        `json:"title"`
	Article string        `json:"article"`
	Reason  string        `json:"reason"`
}

func (f AmendedFacts) told() []words.Fact {
	return []words.Fact{
		words.Text("参数", label(f.Key)+"（"+f.Key+"）"),
		words.Text("原来", f.Was),
		words.Text("改为", said(f.Key, f.Value)),
		words.Text("施行日期", string(f.From)),
		words.Text("依据", "《"+f.Title+"》"+f.Article),
		words.Text("理由", f.Reason),
	}
}

// WithdrawnFacts is the event's: the change of that seq never begins.
type WithdrawnFacts struct {
	Amended int64  `json:"amended"`
	Key     string `json:"key"`
	Value   int    `json:"value"`
	Reason  string `json:"reason"`
}

func (f WithdrawnFacts) told() []words.Fact {
	return []words.Fact{
		words.Text("参数", label(f.Key)+"（"+f.Key+"）"),
		words.Text("不再改为", said(f.Key, f.Value)),
		words.Text("理由", f.Reason),
	}
}

// Wordings is how the events of this room are told, and its steps that are none.
var Wordings = []words.Wording{
	words.Act("amendment.proposed", "登记参数改动"),
	words.Act("amendment.declined", "参数改动未通过"),
	words.Of("rules.amended", "改动规则参数", AmendedFacts.told).InTrail("改动规则参数"),
	words.Of("rules.withdrawn", "撤回规则参数的改动", WithdrawnFacts.told).
		Omits("a number; the figure and the value are told", "amended").InTrail("撤回规则参数的改动"),
}

// What is done in this room.
var (
	Propose = identity.NewAction("amendment.propose", "登记规则参数的改动", identity.Administrator)
	Decide  = identity.NewAction("amendment.decide", "确认规则参数的改动", identity.Administrator).
		After("amendment.propose")
)

// Actions lists what is done in this room, for the table of who may do what.
var Actions = []*identity.Action{Propose, Decide}

var decideDuty = &casework.DutyKind{
	Name:   "amended",
	Label:  "确认规则参数的改动",
	Act:    Decide,
	Ladder: casework.Usual,
}

// Duties lists what waits in this room.
var Duties = []*casework.DutyKind{decideDuty}

// Leads is what takes an amendment on.
var Leads = casework.Leads{
	Proposed:  {Duties: []*casework.DutyKind{decideDuty}},
	Confirmed: {By: "施行前撤回"},
}

const (
	decideDays = 7 // within how many calendar days it is confirmed
	openDays   = 2 // from the day on which it is confirmed to that on which it begins, so that
	// it is public for a whole day and every server has learned it
)

func dutyOf(a Amendment) casework.Duty {
	due := calendar.DateOf(a.ProposedAt).AddDays(decideDays)
	return casework.Duty{
		Noun:  a.Stream(),
		Path:  a.Path,
		Title: a.Figure() + "：" + a.Becomes(),
		Due:   min(due, a.From.AddDays(-openDays)),
	}
}

// Tx is what the acts need of a transaction. Loading locks the row.
type Tx interface {
	privacy.Papers
	Amendment(id string, in identity.Scope) (Amendment, error)
	// SaveAmendment answers fault.Conflict on field "key" while another one of the
	// figure waits to be confirmed.
	SaveAmendment(a Amendment) error
	// Amended lists those of the pack that are confirmed, in the order of their events.
	Amended(pack string) ([]Amendment, error)
}

// Store keeps amendments.
type Store interface {
	WriteAmendment(ctx context.Context, once event.Request, fn func(Tx) (string, error)) (string, error)
	Amendment(ctx context.Context, id string, in identity.Scope) (Amendment, error)
	Amendments(ctx context.Context, q casework.Query) ([]Amendment, int, error)
	// AmendmentsOf lists those of the pack that are confirmed, in the order of their events.
	AmendmentsOf(ctx context.Context, pack string) ([]Amendment, error)
	// Acts is the private trail of a noun, oldest first, with the persons' names.
	Acts(ctx context.Context, noun event.Stream) ([]casework.Act, error)
}
