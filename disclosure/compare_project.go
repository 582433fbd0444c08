package disclosure

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"slices"

	"sunlot/disclosure/ledger"
	"sunlot/internal/calendar"
	"sunlot/internal/event"
	"sunlot/internal/money"
	"sunlot/trading/works"
)

// counted is a small work as its log alone has it.
type counted struct {
	opened  works.OpenedFacts
	entries map[string]works.StagedFacts // by entry
	order   []string
	sums    works.SumsFacts // counted anew
	wrong   []string
}

// countProject counts a work's sums anew from its log, and names each event
// whose own sums differ.
func countProject(stream event.Stream, entries []ledger.Entry) counted {
	c := counted{entries: map[string]works.StagedFacts{}}
	for _, entry := range entries {
		e := entry.Event
		if e.Kind == "project.opened" {
			if json.Unmarshal(e.Facts, &c.opened) != nil {
				c.wrong = append(c.wrong, fmt.Sprintf("项目 %s(%s/%d):记录无法读取", stream.ID(), stream, e.Seq))
			}
			continue
		}
		var f works.StagedFacts
		if json.Unmarshal(e.Facts, &f) != nil {
			c.wrong = append(c.wrong, fmt.Sprintf("项目 %s(%s/%d):记录无法读取", stream.ID(), stream, e.Seq))
			continue
		}
		c.add(f)
		if f.Sums != c.sums {
			c.wrong = append(c.wrong, fmt.Sprintf("项目 %s(%s/%d):记录的合计与逐条相加不符", stream.ID(), stream, e.Seq))
		}
	}
	return c
}

func (c *counted) add(f works.StagedFacts) {
	c.entries[f.Entry] = f
	c.order = append(c.order, f.Entry)
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

// compareProject holds what the server shows of a small work against its log:
// the sums, and each entry's day, sum and papers.
func compareProject(ctx context.Context, client *http.Client, server string, stream event.Stream, report *ledger.Report) ([]string, error) {
	c := countProject(stream, report.Streams[stream])
	which := fmt.Sprintf("项目 %s(%s)", stream.ID(), stream)
	var shown struct {
		Estimate money.Fen       `json:"estimate"`
		Document string          `json:"document"`
		Sums     works.SumsFacts `json:"sums"`
		Entries  []shownEntry    `json:"entries"`
	}
	if err := show(ctx, client, server+"/api/v1/projects/"+stream.ID(), &shown); err != nil {
		return append(c.wrong, which+":日志中有项目,页面上却没有"), ignoreMissing(err)
	}
	if shown.Sums != c.sums || shown.Estimate != c.opened.Estimate || shown.Document != c.opened.Document {
		c.wrong = append(c.wrong, fmt.Sprintf("%s:页面上合同价 %s 元、变更 %s 元、决算 %s 元、已付 %s 元,日志中为 %s、%s、%s、%s 元", which,
			shown.Sums.Contract.Yuan(), shown.Sums.Varied.Yuan(), shown.Sums.Final.Yuan(), shown.Sums.Paid.Yuan(),
			c.sums.Contract.Yuan(), c.sums.Varied.Yuan(), c.sums.Final.Yuan(), c.sums.Paid.Yuan()))
	}
	for _, id := range c.order {
		at := slices.IndexFunc(shown.Entries, func(e shownEntry) bool { return e.ID == id })
		if at < 0 || !shown.Entries[at].as(c.entries[id]) {
			c.wrong = append(c.wrong, fmt.Sprintf("%s:“%s”的日期、金额或文件与日志不符", which, c.entries[id].Stage.Label()))
		}
	}
	if len(shown.Entries) > len(c.order) {
		c.wrong = append(c.wrong, fmt.Sprintf("%s:页面上有 %d 条登记,日志中为 %d 条", which, len(shown.Entries), len(c.order)))
	}
	wrong, err := missingDocument(ctx, client, server, which, c.opened.Document)
	return append(c.wrong, wrong...), err
}

type shownEntry struct {
	ID     string        `json:"id"`
	Stage  works.Stage   `json:"stage"`
	On     calendar.Date `json:"on"`
	Amount money.Fen     `json:"amount"`
	Photos []string      `json:"photos"`
	Files  []string      `json:"files"`
}

func (e shownEntry) as(f works.StagedFacts) bool {
	return e.Stage == f.Stage && e.On == f.On && e.Amount == f.Sum && slices.Equal(e.Photos, f.Photos) && slices.Equal(e.Files, f.Files)
}

// compareItem holds an item's editions against the documents that the server has.
func compareItem(ctx context.Context, client *http.Client, server string, stream event.Stream, entries []ledger.Entry) ([]string, error) {
	var wrong []string
	for _, entry := range entries {
		facts, err := ReadEdition(entry.Event)
		if err != nil {
			return append(wrong, fmt.Sprintf("事项 %s(%s/%d):记录无法读取", stream.ID(), stream, entry.Event.Seq)), nil
		}
		more, err := missingDocument(ctx, client, server, fmt.Sprintf("事项 %s(%s/%d)", stream.ID(), stream, entry.Event.Seq), facts.Document)
		if err != nil {
			return wrong, err
		}
		wrong = append(wrong, more...)
	}
	return wrong, nil
}

// missingDocument asks for a document and says when it is not the one with that hash.
func missingDocument(ctx context.Context, client *http.Client, server, which, sha string) ([]string, error) {
	body, err := get(ctx, client, server+"/api/v1/documents/"+sha)
	if err != nil && !errors.Is(err, errMissing) {
		return nil, err
	}
	if event.Hash(body) != sha {
		return []string{which + ":公布的文件与日志中的指纹不符"}, nil
	}
	return nil, nil
}
