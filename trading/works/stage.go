package works

import "slices"

// Stage is a step of a small work between need and last payment.
type Stage string

const (
	NeedStage       Stage = "need"
	DesignStage     Stage = "design"
	BudgetStage     Stage = "budget"
	TenderStage     Stage = "tender"
	ContractStage   Stage = "contract"
	BuildStage      Stage = "build"
	VariationStage  Stage = "variation"
	AcceptanceStage Stage = "acceptance"
	FinalStage      Stage = "final_account"
	PaymentStage    Stage = "payment"
	CareStage       Stage = "care"
)

// Spec is what is true of a stage in every project.
type Spec struct {
	Stage Stage
	Label string
	Paper string // what must prove it; shown as a gap when it is missing
	Sum   string // what its sum is called; empty when it has none
	Many  bool   // may be recorded more than once
	Loose bool   // nothing that follows presupposes it
	After bool   // may be recorded when the work is finished, too
	Event string // what the log calls it
}

// specs is the one table of stages, in their order.
var specs = []Spec{
	{Stage: NeedStage, Label: "需求和决议", Paper: "村民会议或村民代表会议的决议", Event: "project.staged"},
	{Stage: DesignStage, Label: "设计", Paper: "设计图或做法说明", Event: "project.staged"},
	{Stage: BudgetStage, Label: "预算", Paper: "预算书", Sum: "预算", Event: "project.staged"},
	{Stage: TenderStage, Label: "发包", Paper: "资格审查和抽取的记录", Event: "project.staged"},
	{Stage: ContractStage, Label: "合同", Paper: "施工合同", Sum: "合同价", Event: "project.staged"},
	{Stage: BuildStage, Label: "施工", Paper: "施工照片", Many: true, Event: "project.staged"},
	{
		Stage: VariationStage,
		Label: "变更签证",
		Paper: "变更签证单",
		Sum:   "变更金额",
		Many:  true,
		Loose: true,
		Event: "project.varied",
	},
	{Stage: AcceptanceStage, Label: "验收", Paper: "验收报告", Event: "project.accepted"},
	{Stage: FinalStage, Label: "决算", Paper: "决算书", Sum: "决算", Event: "project.settled"},
	{Stage: PaymentStage, Label: "付款", Paper: "付款凭证", Sum: "付款", Many: true, Event: "project.paid"},
	{
		Stage: CareStage,
		Label: "质保和维修",
		Paper: "质保检查或维修的记录",
		Many:  true,
		Loose: true,
		After: true,
		Event: "project.staged",
	},
}

// Specs lists the stages in their order.
func Specs() []Spec { return slices.Clone(specs) }

// SpecOf finds a stage's entry; false when there is no such stage.
func SpecOf(s Stage) (Spec, bool) {
	at := place(s)
	if at < 0 {
		return Spec{}, false
	}
	return specs[at], true
}

// Label is the stage's name on the screen.
func (s Stage) Label() string {
	spec, _ := SpecOf(s)
	return spec.Label
}

// place is the stage's number in the order, -1 when there is no such stage.
func place(s Stage) int {
	return slices.IndexFunc(specs, func(have Spec) bool { return have.Stage == s })
}
