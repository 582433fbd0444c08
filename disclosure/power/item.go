// Package power is the list of micro-powers "小微权力清单": each item with its
// published editions, and its steps as one project carried them out.
package power

import (
	"regexp"
	"slices"
	"strings"
	"time"

	"sunlot/internal/casework"
	"sunlot/internal/event"
	"sunlot/internal/fault"
	"sunlot/internal/identity"
	"sunlot/trading/works"
)

// The states of a micro-power item 小微权力事项.
const (
	Drafted   casework.State = "drafted"   // 起草中，从未公布
	Published casework.State = "published" // 已公布
	Revising  casework.State = "revising"  // 已公布，新版起草中
)

// ItemLifecycle is where it may go from each state.
var ItemLifecycle = casework.Lifecycle{
	Noun:   "事项",
	Labels: map[casework.State]string{Drafted: "起草中", Published: "已公布", Revising: "已公布，新版起草中"},
	Moves: map[casework.State][]casework.State{
		Drafted:   {Published},
		Published: {Revising},
		Revising:  {Published},
	},
}

// Category is the part of the list that an item stands in.
type Category string

// Categories is the list's parts in their order.
var Categories = []struct {
	Category Category
	Label    string
}{
	{"decisions", "重大事项"}, {"assets", "三资管理"}, {"members", "党员管理"},
	{"works", "工程管理"}, {"affairs", "日常管理"}, {"services", "便民服务"},
}

// Label is the category's name on the screen.
func (c Category) Label() string {
	for _, have := range Categories {
		if have.Category == c {
			return have.Label
		}
	}
	return ""
}

// Basis is a rule that the item rests on.
type Basis struct {
	Title   string `json:"title"`
	Article string `json:"article"`
}

// countyOwn ends the title of a rule that the county made for itself.
const countyOwn = "（本县设定）"

// edition is what stands in brackets behind a title and is no part of it.
var edition = regexp.MustCompile("（[^（）]*(?:修正|修订|待核)[^（）]*）$")

// String writes the rule as a page cites it. A county's own figures are no law, and
// stand without the marks of a title; the edition stands behind them.
func (b Basis) String() string {
	if own, is := strings.CutSuffix(b.Title, countyOwn); is {
		return own + b.Article + countyOwn
	}
	of := edition.FindString(b.Title)
	return "《" + strings.TrimSuffix(b.Title, of) + "》" + of + b.Article
}

// ItemStep is one step of how the power is used.
type ItemStep struct {
	Name   string      `json:"name"`
	Who    string      `json:"who"`
	Days   int         `json:"days"`   // working days after the step before; 0 is without a limit
	Leaves string      `json:"leaves"` // the document that it must leave
	Stage  works.Stage `json:"stage"`  // of a project, when the item is about works
}

// ItemForm is the item as it may be read by all.
type ItemForm struct {
	Number      string     `json:"number"`
	Name        string     `json:"name"`
	Category    Category   `json:"category"`
	Basis       []Basis    `json:"basis"`
	Responsible string     `json:"responsible"`
	Scope       string     `json:"scope"`
	Rights      string     `json:"rights"` // what a villager may do
	Steps       []ItemStep `json:"steps"`
	Discloses   string     `json:"discloses"` // what is made public
	Until       string     `json:"until"`     // within which time, and for how long
	Risks       string     `json:"risks"`
	Complain    string     `json:"complain"`
}

// Veiled is the form with every text replaced; what is counted and what stage of a
// project a step is stays.
func (form ItemForm) Veiled(veil string) ItemForm {
	bare := ItemForm{
		Number:      form.Number,
		Name:        veil,
		Category:    form.Category,
		Responsible: veil,
		Scope:       veil,
		Rights:      veil,
		Discloses:   veil,
		Until:       veil,
		Risks:       veil,
		Complain:    veil,
	}
	for range form.Basis {
		bare.Basis = append(bare.Basis, Basis{Title: veil, Article: veil})
	}
	for _, step := range form.Steps {
		bare.Steps = append(bare.Steps, ItemStep{
			Name:   veil,
			Who:    veil,
			Days:   step.Days,
			Leaves: veil,
			Stage:  step.Stage,
		})
	}
	return bare
}

// Item is one power of the list, as published and as it may follow.
type Item struct {
	ID          string
	Path        identity.Path // where it is in force
	State       casework.State
	Version     int
	Edition     int // the published one, from 1; 0 while there is none
	ItemForm        // as published; of a first draft while there is none
	Draft       *ItemForm
	DraftedBy   string
	PublishedBy string
	PublishedAt time.Time
	Document    string    // SHA-256 of the edition
	Event       event.Ref // item.published of the edition
}

// Stream is where the item's events are.
func (i Item) Stream() event.Stream { return event.Of("item", i.ID) }

// Label is the state's name on the screen.
func (i Item) Label() string { return ItemLifecycle.Label(i.State) }

// Public says whether an edition was published.
func (i Item) Public() bool { return i.Edition > 0 }

// maxRows is what a list in the form takes.
const maxRows = 30

func (form ItemForm) check() error {
	var f fault.Form
	f.Line("number", "事项编号", form.Number, 20)
	f.Line("name", "事项名称", form.Name, 60)
	if form.Category.Label() == "" {
		f.Add("category", "请选择类别")
	}
	f.Text("responsible", "责任主体", form.Responsible, 120)
	f.Text("scope", "适用范围", form.Scope, 500)
	f.Text("rights", "村民权利", form.Rights, 1000)
	f.Text("discloses", "公开内容", form.Discloses, 500)
	f.Text("until", "公开时限", form.Until, 200)
	f.Text("risks", "廉政风险点", form.Risks, 1000)
	f.Text("complain", "投诉举报方式", form.Complain, 500)
	form.checkBasis(&f)
	form.checkSteps(&f)
	return f.Err()
}

func (form ItemForm) checkBasis(f *fault.Form) {
	if len(form.Basis) == 0 || len(form.Basis) > maxRows {
		f.Add("basis", "请填写依据，1至%d条", maxRows)
	}
	for _, b := range form.Basis {
		f.Line("basis", "依据的名称", b.Title, 100)
		f.OptionalLine("basis", "第几条", b.Article, 40)
	}
}

func (form ItemForm) checkSteps(f *fault.Form) {
	if len(form.Steps) == 0 || len(form.Steps) > maxRows {
		f.Add("steps", "请填写办理步骤，1至%d步", maxRows)
	}
	for i, step := range form.Steps {
		f.Line("steps", "步骤名称", step.Name, 40)
		f.Line("steps", "责任人", step.Who, 60)
		f.Text("steps", "形成的材料", step.Leaves, 100)
		f.Between("steps", "时限（工作日）", int64(step.Days), 0, 365)
		if _, known := works.SpecOf(step.Stage); step.Stage != "" && !known {
			f.Add("steps", "第%d步对应的工程环节不对", i+1)
		}
		again := func(s ItemStep) bool { return step.Stage != "" && s.Stage == step.Stage }
		if slices.ContainsFunc(form.Steps[:i], again) {
			f.Add("steps", "同一个工程环节出现了两次：%s", step.Stage.Label())
		}
	}
}
