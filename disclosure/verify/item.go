package verify

import (
	"context"
	"fmt"
	"reflect"

	"sunlot/disclosure/ledger"
	"sunlot/disclosure/power"
	"sunlot/internal/event"
)

// compareItem holds an item's editions against the documents that the server
// has, and what it shows of the power against the last of them.
func (s site) compareItem(ctx context.Context, stream event.Stream, entries []ledger.Entry) ([]string, error) {
	var wrong []string
	var last power.PublishedFacts
	var published power.Edition
	for _, entry := range entries {
		which := fmt.Sprintf("事项 %s（%s/%d）", stream.ID(), stream, entry.Event.Seq)
		facts, err := power.ReadEdition(entry.Event)
		if err != nil {
			return append(wrong, which+"：记录无法读取"), nil
		}
		last, published = facts, power.Edition{}
		says, err := s.document(ctx, which, facts.Document, &published)
		if err != nil {
			return wrong, err
		}
		wrong = append(wrong, says...)
	}
	says, err := s.compareShownItem(ctx, stream, last, published)
	return append(wrong, says...), err
}

// compareShownItem holds the power as the public reads it against its last edition.
func (s site) compareShownItem(ctx context.Context, stream event.Stream, last power.PublishedFacts,
	published power.Edition) ([]string, error) {
	which := fmt.Sprintf("事项 %s（%s）", stream.ID(), stream)
	var shown struct {
		Edition  int            `json:"edition"`
		Form     power.ItemForm `json:"form"`
		Document string         `json:"document"`
	}
	if err := s.show(ctx, "/api/v1/items/"+stream.ID(), &shown); err != nil {
		return []string{which + "：日志中有事项，页面上却没有"}, ignoreMissing(err)
	}
	switch {
	case shown.Edition != last.Edition || shown.Document != last.Document:
		return []string{fmt.Sprintf("%s：页面上是第 %d 版，日志中是第 %d 版，或文件不是同一份", which, shown.Edition, last.Edition)}, nil
	// A document that is not there was named before.
	case published.Item != "" && !reflect.DeepEqual(shown.Form, published.Form):
		return []string{which + "：页面上的内容与公布的文件不符"}, nil
	}
	return nil, nil
}
