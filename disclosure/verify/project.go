package verify

import (
	"context"
	"encoding/json"
	"fmt"
	"reflect"
	"slices"

	"sunlot/disclosure/ledger"
	"sunlot/internal/calendar"
	"sunlot/internal/casework"
	"sunlot/internal/event"
	"sunlot/internal/money"
	"sunlot/trading/works"
)

// counted is a small work as its log alone has it.
type counted struct {
	opened  works.OpenedFacts
	entries map[string]works.StagedFacts // by entry
	order   []string
	seqs    map[int64]string // the entry by its event's number
	gone    map[string]bool  // corrected since
	sums    works.SumsFacts  // counted anew
	wrong   []string
}

// countProject counts a work's sums anew from its log, and names each event
// whose own sums differ.
func countProject(stream event.Stream, entries []ledger.Entry) counted {
	c := counted{entries: map[string]works.StagedFacts{}, seqs: map[int64]string{}, gone: map[string]bool{}}
	for _, entry := range entries {
		e := entry.Event
		if e.Kind == "project.opened" {
			if json.Unmarshal(e.Facts, &c.opened) != nil {
				c.wrong = append(c.wrong, fmt.Sprintf("项目 %s（%s/%d）：记录无法读取", stream.ID(), stream, e.Seq))
			}
			continue
		}
		var f works.StagedFacts
		if json.Unmarshal(e.Facts, &f) != nil {
			c.wrong = append(c.wrong, fmt.Sprintf("项目 %s（%s/%d）：记录无法读取", stream.ID(), stream, e.Seq))
			continue
		}
		c.seqs[e.Seq] = f.Entry
		if says := c.correct(f); says != "" {
			c.wrong = append(c.wrong, fmt.Sprintf("项目 %s（%s/%d）：%s", stream.ID(), stream, e.Seq, says))
		}
		c.add(f, 1)
		if f.Sums != c.sums {
			c.wrong = append(c.wrong, fmt.Sprintf("项目 %s（%s/%d）：记录的合计与逐条相加不符", stream.ID(), stream, e.Seq))
		}
	}
	return c
}

// correct takes what the entry corrects out of the sums, and says what is wrong
// with that.
func (c *counted) correct(f works.StagedFacts) string {
	c.entries[f.Entry] = f
	c.order = append(c.order, f.Entry)
	if f.Corrects == 0 {
		return ""
	}
	wrong, known := c.entries[c.seqs[f.Corrects]]
	switch {
	case !known || wrong.Entry == f.Entry:
		return fmt.Sprintf("更正第 %d 项，日志中之前没有这一项", f.Corrects)
	case wrong.Stage != f.Stage:
		return fmt.Sprintf("更正的第 %d 项是另一个环节", f.Corrects)
	case c.gone[wrong.Entry]:
		return fmt.Sprintf("更正的第 %d 项已经更正过", f.Corrects)
	}
	c.gone[wrong.Entry] = true
	c.add(wrong, -1)
	return ""
}

// add counts the entry so many times.
func (c *counted) add(f works.StagedFacts, times money.Fen) {
	f.Sum *= times
	if f.Skipped {
		return
	}
	switch f.Stage {
	case works.BudgetStage:
		c.sums.Budget += f.Sum
	case works.ContractStage:
		c.sums.Contract += f.Sum
	case works.VariationStage:
		c.sums.Varied += f.Sum
	case works.FinalStage:
		c.sums.Final += f.Sum
	case works.PaymentStage:
		c.sums.Paid += f.Sum
	}
}

// finished says whether the log has what ends a work: acceptance, the final
// account, and all of it paid.
func (c counted) finished() bool {
	for _, f := range c.entries {
		if f.Stage == works.AcceptanceStage && !f.Skipped && !c.gone[f.Entry] {
			return c.sums.Final > 0 && c.sums.Paid == c.sums.Final
		}
	}
	return false
}

// compareProject holds what the server shows of a small work against its log:
// what was opened, the sums, and each entry's day, sum and papers.
func (s site) compareProject(ctx context.Context, stream event.Stream, report *ledger.Report) ([]string, error) {
	c := countProject(stream, report.Streams[stream])
	which := fmt.Sprintf("项目 %s（%s）", stream.ID(), stream)
	var shown shownProject
	if err := s.show(ctx, "/api/v1/projects/"+stream.ID(), &shown); err != nil {
		return append(c.wrong, which+"：日志中有项目，页面上却没有"), ignoreMissing(err)
	}
	for _, says := range shown.unlike(c) {
		c.wrong = append(c.wrong, which+"："+says)
	}
	var published projectWords // empty when it is withheld
	wrong, err := s.document(ctx, which, c.opened.Document, &published)
	if err == nil && len(wrong) == 0 && published.Name != "" && !reflect.DeepEqual(shown.projectWords, published) {
		wrong = append(wrong, which+"：页面上的名称、地点、内容、估算或计划与公布的文件不符")
	}
	return append(c.wrong, wrong...), err
}

// projectWords is what a work's page and the document of its opening both say.
type projectWords struct {
	Village  string          `json:"village"`
	Item     string          `json:"item"`
	Name     string          `json:"name"`
	Place    string          `json:"place"`
	Scope    string          `json:"scope"`
	Estimate money.Fen       `json:"estimate"`
	Plan     []works.Planned `json:"plan"`
}

// shownProject is what the API says of a small work, as far as the log has it too.
type shownProject struct {
	projectWords
	State      casework.State  `json:"state"`
	Resolution string          `json:"resolution"`
	Document   string          `json:"document"`
	Sums       works.SumsFacts `json:"sums"`
	Entries    []shownEntry    `json:"entries"`
}

type shownEntry struct {
	ID      string        `json:"id"`
	Stage   works.Stage   `json:"stage"`
	Skipped bool          `json:"skipped"`
	On      calendar.Date `json:"on"`
	Amount  money.Fen     `json:"amount"`
	Photos  []string      `json:"photos"`
	Files   []string      `json:"files"`

	Corrects int64 `json:"corrects"`
}

// unlike says what is other than the log has it.
func (s shownProject) unlike(c counted) (wrong []string) {
	if s.Sums != c.sums {
		wrong = append(wrong, fmt.Sprintf("页面上合同价 %s 元、变更 %s 元、决算 %s 元、已付 %s 元，日志中为 %s、%s、%s、%s 元",
			s.Sums.Contract.Yuan(), s.Sums.Varied.Yuan(), s.Sums.Final.Yuan(), s.Sums.Paid.Yuan(),
			c.sums.Contract.Yuan(), c.sums.Varied.Yuan(), c.sums.Final.Yuan(), c.sums.Paid.Yuan()))
	}
	if s.Document != c.opened.Document || s.Resolution != c.opened.Resolution {
		wrong = append(wrong, "页面上的登记文件或决议与日志不符")
	}
	if done := s.State == works.Finished; done != c.finished() {
		wrong = append(wrong, fmt.Sprintf("页面上为“%s”，日志中不是", works.StateLabel(s.State)))
	}
	for _, id := range c.order {
		at := slices.IndexFunc(s.Entries, func(e shownEntry) bool { return e.ID == id })
		if at < 0 || !s.Entries[at].as(c.entries[id]) {
			wrong = append(wrong, fmt.Sprintf("“%s”的日期、金额或文件与日志不符", c.entries[id].Stage.Label()))
		}
	}
	if len(s.Entries) > len(c.order) {
		wrong = append(wrong, fmt.Sprintf("页面上有 %d 条登记，日志中为 %d 条", len(s.Entries), len(c.order)))
	}
	return wrong
}

func (e shownEntry) as(f works.StagedFacts) bool {
	return e.Stage == f.Stage && e.Skipped == f.Skipped && e.On == f.On && e.Amount == f.Sum &&
		e.Corrects == f.Corrects &&
		slices.Equal(e.Photos, f.Photos) && slices.Equal(e.Files, f.Files)
}
