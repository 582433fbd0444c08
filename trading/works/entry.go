package works

import (
	"slices"
	"time"

	"sunlot/internal/calendar"
	"sunlot/internal/casework"
	"sunlot/internal/event"
	"sunlot/internal/fault"
	"sunlot/internal/identity"
	"sunlot/internal/money"
)

// The states of a stage's entry 办理登记.
const (
	Recorded       casework.State = "recorded"  // 待村监委会核实
	EntryConfirmed casework.State = "confirmed" // 已核实
	EntryReturned  casework.State = "returned"  // 已退回

	EntryTakenBack casework.State = "taken_back" // 已收回
)

// EntryLifecycle is where it may go from each state.
var EntryLifecycle = casework.Lifecycle{
	Noun: "登记",
	Labels: map[casework.State]string{
		Recorded: "待村监委会核实", EntryConfirmed: "已核实", EntryReturned: "已退回", EntryTakenBack: "已收回",
	},
	Moves: map[casework.State][]casework.State{
		Recorded: {EntryConfirmed, EntryReturned, EntryTakenBack},
	},
}

// EntryForm is one thing that was done in a stage, as the paper has it.
type EntryForm struct {
	Stage   Stage         `json:"stage"`
	Skipped bool          `json:"skipped"` // the stage is left out, for the reason in Note
	On      calendar.Date `json:"on"`
	Sum     money.Fen     `json:"sum"`
	Less    bool          `json:"less"`  // a variation that takes from the price, a payment that came back
	Party   string        `json:"party"` // who builds; of a contract
	Note    string        `json:"note"`
	Photos  []string      `json:"photos"`
	Files   []string      `json:"files"`
	// Corrects is the confirmed entry of the same stage that this one stands for from
	// then on; left out, it withdraws that one. Empty when it corrects none.
	Corrects string `json:"corrects,omitempty"`
}

// Entry is one thing that was done in a stage. Nobody but its handlers sees it
// before the supervision committee has confirmed it.
type Entry struct {
	ID, Project string
	ProjectName string // when read
	Path        identity.Path
	State       casework.State
	Version     int
	EntryForm
	RecordedBy  string
	RecordedAt  time.Time
	ConfirmedBy string
	ConfirmedAt time.Time
	Mend        []fault.Field
	Event       event.Ref // once confirmed
	CorrectsSeq int64     // the number of the event that it corrects, when seen; 0 without
	CorrectedBy int64     // the number of the event that corrects it, when seen; 0 without
}

// Label is the state's name on the screen.
func (r Entry) Label() string { return EntryLifecycle.Label(r.State) }

// Dropped says whether the entry came to nothing: whatever was meant is entered anew.
func (r Entry) Dropped() bool { return r.State == EntryReturned || r.State == EntryTakenBack }

// Done says whether the entry is public and says that the stage was carried out.
func (r Entry) Done() bool { return r.State == EntryConfirmed && !r.Skipped }

// Amount is the sum with its sign: a variation may take from the price, and what
// was paid too much come back.
func (r Entry) Amount() money.Fen {
	if r.Less {
		return -r.Sum
	}
	return r.Sum
}

// Proven says whether a document or a photo is attached.
func (r Entry) Proven() bool { return len(r.Files)+len(r.Photos) > 0 }

func (form EntryForm) check(today calendar.Date) error {
	var f fault.Form
	spec, known := SpecOf(form.Stage)
	if !known {
		f.Add("stage", "请选择办理的环节")
	}
	f.Text("note", "办理情况", form.Note, 1000)
	if form.Skipped {
		if form.Sum != 0 {
			f.Add("sum", "未办理的环节没有金额")
		}
		if form.On != "" {
			form.day(&f, today)
		}
	} else {
		form.day(&f, today)
		form.sum(&f, spec)
	}
	form.party(&f)
	checkHashes(&f, "photos", "照片", form.Photos)
	checkHashes(&f, "files", "文件", form.Files)
	return f.Err()
}

func (form EntryForm) day(f *fault.Form, today calendar.Date) {
	if _, err := calendar.ParseDate(string(form.On)); err != nil || form.On > today || form.On < "2000-01-01" {
		f.Add("on", "请填写办理日期，不能晚于今天")
	}
}

func (form EntryForm) sum(f *fault.Form, spec Spec) {
	switch {
	case spec.Sum == "" && form.Sum != 0:
		f.Add("sum", "“%s”没有金额，请留空", spec.Label)
	case spec.Sum != "" && (form.Sum <= 0 || form.Sum > money.Limit):
		f.Add("sum", "请填写%s，单位为元", spec.Sum)
	}
	if form.Less && spec.Stage != VariationStage && spec.Stage != PaymentStage {
		f.Add("less", "只有变更签证可以减少金额，只有付款可以退回")
	}
}

func (form EntryForm) party(f *fault.Form) {
	switch {
	case form.Stage == ContractStage && !form.Skipped:
		f.Line("party", "施工单位名称", form.Party, 60)
	case form.Party != "":
		f.Add("party", "只有“合同”环节填写施工单位，此处请留空")
	}
}

// maxPapers is what one field takes.
const maxPapers = 9

func checkHashes(f *fault.Form, field, label string, all []string) {
	if len(all) > maxPapers {
		f.Add(field, "%s最多%d份", label, maxPapers)
	}
	for i, sha := range all {
		if len(sha) != 64 || slices.Contains(all[:i], sha) {
			f.Add(field, "%s有重复的，或没有上传成功", label)
		}
	}
}
