package trading

import (
	"fmt"
	"time"

	"sunlot/disclosure/words"
	"sunlot/internal/casework"
	"sunlot/internal/event"
	"sunlot/internal/fault"
	"sunlot/internal/identity"
)

// The states of a supplement 补充公告.
const (
	Proposed           casework.State = "proposed" // 待发布
	Released           casework.State = "released" // 已发布
	SupplementReturned casework.State = "returned" // 已退回

	SupplementTakenBack casework.State = "taken_back" // 已收回
)

// SupplementLifecycle is where it may go from each state.
var SupplementLifecycle = casework.Lifecycle{
	Noun: "补充公告",
	Labels: map[casework.State]string{
		Proposed: "待发布", Released: "已发布", SupplementReturned: "已退回", SupplementTakenBack: "已收回",
	},
	Moves: map[casework.State][]casework.State{
		Proposed: {Released, SupplementReturned, SupplementTakenBack},
	},
}

// Supplement corrects or explains a published notice and extends its term. A
// published notice is not changed in any other way.
type Supplement struct {
	ID            string
	Tender        string
	TenderTitle   string        // when read
	Path          identity.Path // the tender's
	Number        int           // from 1 within the tender
	State         casework.State
	Version       int
	Text          string
	ProposedBy    string
	ReleasedBy    string
	Mend          []fault.Field
	ReleasedAt    time.Time
	RegisterUntil time.Time // the new end
	OpensAt       time.Time
	Firm          bool
	Document      string // SHA-256
	Event         event.Ref
}

// Label is the state's name on the screen.
func (s Supplement) Label() string { return SupplementLifecycle.Label(s.State) }

// SupplementForm is what the clerk proposes.
type SupplementForm struct {
	Tender string `json:"tender"`
	Text   string `json:"text"`
}

// SupplementFacts is what the public log says of a supplement.
type SupplementFacts struct {
	Number        int    `json:"number"`
	Document      string `json:"document"`
	Before        string `json:"register_until_before"`
	RegisterUntil string `json:"register_until"`
	OpensAt       string `json:"opens_at"`
}

func (f SupplementFacts) told() []words.Fact {
	return []words.Fact{
		words.Text("编号", fmt.Sprintf("第 %d 号", f.Number)),
		words.Instant("原来的报名截止", f.Before),
		words.Instant("报名截止", f.RegisterUntil),
		words.Instant("竞价开始", f.OpensAt),
		words.Document(f.Document),
	}
}

// RescheduledFacts is what the public log says when a year's schedule has moved a
// notice's days, or made them certain.
type RescheduledFacts struct {
	Before        string `json:"register_until_before"`
	OpensBefore   string `json:"opens_at_before"`
	RegisterUntil string `json:"register_until"`
	OpensAt       string `json:"opens_at"`
	Firm          bool   `json:"firm"`
}

func (f RescheduledFacts) told() []words.Fact {
	return []words.Fact{
		words.Instant("原来的报名截止", f.Before),
		words.Instant("原来的竞价开始", f.OpensBefore),
		words.Instant("报名截止", f.RegisterUntil),
		words.Instant("竞价开始", f.OpensAt),
		words.YesNo("日期已确定", f.Firm),
	}
}
