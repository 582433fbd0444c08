package works

import (
	"fmt"
	"time"

	"sunlot/disclosure/words"
	"sunlot/internal/calendar"
	"sunlot/internal/event"
	"sunlot/internal/money"
)

// OpenedFacts is what the public log says of a project that was opened.
type OpenedFacts struct {
	Item       event.Ref `json:"item"`
	Edition    int       `json:"edition"` // of the item
	Village    string    `json:"village"`
	Resolution string    `json:"resolution"`
	Estimate   money.Fen `json:"estimate"`
	Limit      money.Fen `json:"limit"`
	Plan       []Planned `json:"plan"`
	Document   string    `json:"document"`
}

func (f OpenedFacts) told() []words.Fact {
	return []words.Fact{
		words.Yuan("估算", f.Estimate),
		words.Yuan("这类工程的限额", f.Limit),
		words.Text("按哪个事项", fmt.Sprintf("%s/%d，第 %d 版", f.Item.Stream, f.Item.Seq, f.Edition)),
		words.Document(f.Document),
	}
}

// StagedFacts is what the public log says of a confirmed entry of any stage.
// What was written about it is sealed, so that it can be hidden again should it
// name somebody.
type StagedFacts struct {
	Entry   string        `json:"entry"`
	Stage   Stage         `json:"stage"`
	Skipped bool          `json:"skipped"`
	On      calendar.Date `json:"on"`
	Sum     money.Fen     `json:"sum"` // below zero when a variation takes from the price
	Photos  []string      `json:"photos"`
	Files   []string      `json:"files"`
	Sums    SumsFacts     `json:"sums"` // of the project, after this entry
	// The number in this stream of the entry that it corrects, whose sum counts no more; 0 when it corrects none.
	Corrects int64 `json:"corrects"`
}

func (f StagedFacts) told() []words.Fact {
	facts := append(f.toldCorrects(), words.Text("环节", f.Stage.Label()), words.Day("日期", f.On))
	if spec, _ := SpecOf(f.Stage); spec.Sum != "" {
		facts = append(facts, words.Yuan("金额", f.Sum))
	}
	return append(facts,
		words.Count("文件", len(f.Files), "份"),
		words.Count("照片", len(f.Photos), "张"),
		words.Yuan("合同价（含变更）", f.Sums.Contract+f.Sums.Varied),
		words.Yuan("已付", f.Sums.Paid))
}

// toldSkipped leaves out the money: a stage that is skipped moves none.
func (f StagedFacts) toldSkipped() []words.Fact {
	return append(f.toldCorrects(),
		words.Text("环节", f.Stage.Label()),
		words.Day("日期", f.On),
		words.Count("文件", len(f.Files), "份"),
		words.Count("照片", len(f.Photos), "张"))
}

func (f StagedFacts) toldCorrects() []words.Fact {
	if f.Corrects == 0 {
		return nil
	}
	return []words.Fact{words.Text("更正", fmt.Sprintf("第 %d 项", f.Corrects))}
}

// SumsFacts is where the money stands.
type SumsFacts struct {
	Budget   money.Fen `json:"budget"`
	Contract money.Fen `json:"contract"`
	Varied   money.Fen `json:"varied"`
	Final    money.Fen `json:"final"`
	Paid     money.Fen `json:"paid"`
}

// projectText is the opened project as everybody may read it.
type projectText struct {
	Project string    `json:"project"`
	Item    string    `json:"item"`
	Edition int       `json:"edition"`
	Village string    `json:"village"`
	Name    string    `json:"name"`
	Place   string    `json:"place"`
	Scope   string    `json:"scope"`
	Limit   money.Fen `json:"limit"`
	Sum     money.Fen `json:"estimate"`
	Plan    []Planned `json:"plan"`
	// What it and those like it come to within the year, in fen, and why it is let apart.
	Together money.Fen `json:"together"`
	Split    string    `json:"split"`
	At       string    `json:"at"`
}

func opening(p Project, item ItemInForce, limit money.Fen, at time.Time) projectText {
	return projectText{
		Project:  p.ID,
		Item:     p.Item,
		Edition:  item.Edition,
		Village:  p.Village,
		Name:     p.Name,
		Place:    p.Place,
		Scope:    p.Scope,
		Limit:    limit,
		Sum:      p.Estimate,
		Plan:     p.planned(),
		Together: p.Together,
		Split:    p.Split,
		At:       event.Stamp(at),
	}
}

// planned is the plan, never null in a document.
func (p Project) planned() []Planned { return append([]Planned{}, p.Plan...) }
