package trading

import (
	"sunlot/disclosure/words"
	"sunlot/internal/calendar"
	"sunlot/internal/event"
	"sunlot/internal/identity"
	"sunlot/internal/money"
	"sunlot/trading/rules"
)

// Notice is the published text of a tender: the page draws it, the file is it,
// and the log has its SHA-256. Money in fen, the area in hundredths of the asset's measure.
type Notice struct {
	Tender        string       `json:"tender"`
	Number        string       `json:"number,omitempty"` // see NumberOf
	Owner         string       `json:"owner"`
	Acting        string       `json:"acting"`
	Asset         AssetForm    `json:"asset"` // without the last tenant
	Terms         TenderForm   `json:"terms"`
	YearlyRent    money.Fen    `json:"yearly_rent"`
	WholeRent     money.Fen    `json:"whole_rent"`
	Deposit       money.Fen    `json:"deposit"`
	EndsOn        string       `json:"ends_on"`
	Rounding      string       `json:"rounding"`
	Resolution    NoticeVote   `json:"resolution"`
	Mode          string       `json:"mode"`
	Bidding       []string     `json:"bidding"`
	AnnouncedAt   string       `json:"announced_at"`
	RegisterUntil string       `json:"register_until"`
	OpensAt       string       `json:"opens_at"`
	Firm          bool         `json:"firm"`
	NoticeRule    rules.Number `json:"notice_rule"`
	RulePack      string       `json:"rule_pack"`
	RuleVersion   int          `json:"rule_version"`
	Attempt       int          `json:"attempt,omitempty"` // from 1
	Before        string       `json:"before,omitempty"`  // id of the tender before it
}

// NoticeVote is the decision as the notice tells it.
type NoticeVote struct {
	Assembly   string        `json:"assembly"`
	HeldOn     calendar.Date `json:"held_on"`
	Count      Count         `json:"count"`
	Outsiders  bool          `json:"outsiders"`
	Priorities []string      `json:"priorities"`
	Event      event.Ref     `json:"event"`
}

// StepTaken is a step of the case as the public log tells it: by role, not by name.
type StepTaken struct {
	Step string        `json:"step"`
	Role identity.Role `json:"role"`
	At   string        `json:"at"`
}

// AnnouncedFacts is what the public log says of a notice.
type AnnouncedFacts struct {
	Number        string        `json:"number,omitempty"`
	Lots          []string      `json:"lots,omitempty"` // ids, in the order of their numbers; see LotsOf
	Asset         event.Ref     `json:"asset"`
	Resolution    event.Ref     `json:"resolution"`
	Document      string        `json:"document"`
	Mode          string        `json:"mode"`
	Side          Side          `json:"side,omitempty"`
	Area          money.Area    `json:"area"`
	Measure       money.Measure `json:"measure,omitempty"`
	Unit          money.Unit    `json:"unit,omitempty"`
	StartPrice    money.Fen     `json:"start_price"`
	Step          money.Fen     `json:"step"`
	Deposit       money.Fen     `json:"deposit"`
	YearlyRent    money.Fen     `json:"yearly_rent"`
	LastRent      money.Fen     `json:"last_rent"`
	LastUnit      money.Unit    `json:"last_unit,omitempty"`
	Years         int           `json:"years"`
	StartsOn      calendar.Date `json:"starts_on"`
	RentDue       string        `json:"rent_due"`
	NoticeDays    int           `json:"notice_days"`
	RegisterUntil string        `json:"register_until"`
	OpensAt       string        `json:"opens_at"`
	RulePack      string        `json:"rule_pack"`
	RuleVersion   int           `json:"rule_version,omitempty"` // notices before it was said have none
	AttemptFacts
	Steps []StepTaken `json:"steps"`
}

// LotsOf lists the lots that a notice announces. In a log from before lots had ids of
// their own a notice names none: its one lot has the tender's id.
func (f AnnouncedFacts) LotsOf(tender string) []string {
	if len(f.Lots) == 0 {
		return []string{tender}
	}
	return f.Lots
}

func (f AnnouncedFacts) told() []words.Fact {
	facts := []words.Fact{
		words.Text("项目编号", f.Number),
		f.AttemptFacts.words(),
		words.Quantity(f.Measure, f.Area),
		f.Side.lease(words.Count("租期", f.Years, "年")),
		words.Price("起始价", f.Unit, f.StartPrice),
		f.Side.lease(words.Price("上一期租金", f.LastUnit, f.LastRent)),
		words.Price("加价幅度", f.Unit, f.Step),
		words.Yuan(f.Side.Say().Period, f.YearlyRent),
		words.Yuan("保证金", f.Deposit),
		words.Count("公告期", f.NoticeDays, "个工作日"),
		words.Instant("报名截止", f.RegisterUntil),
		words.Instant("竞价开始", f.OpensAt),
		words.Day(f.Side.Say().Begins, f.StartsOn),
		words.Document(f.Document),
	}
	for _, step := range f.Steps {
		taken := words.Instant(stepLabel(step.Step), step.At)
		facts = append(facts, words.Text(taken.Label, step.Role.Label()+"，"+taken.Value))
	}
	return facts
}

// PostedFacts is what the public log says of the paper on the village board.
type PostedFacts struct {
	Photo string `json:"photo"`
}
