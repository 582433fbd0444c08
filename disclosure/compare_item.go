package disclosure

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"reflect"

	"sunlot/disclosure/ledger"
	"sunlot/internal/event"
)

// compareItem holds an item's editions against the documents that the server
// has, and what it shows of the power against the last of them.
func compareItem(ctx context.Context, client *http.Client, server string, stream event.Stream, entries []ledger.Entry) ([]string, error) {
	var wrong []string
	var last PublishedFacts
	var published Edition
	for _, entry := range entries {
		which := fmt.Sprintf("事项 %s(%s/%d)", stream.ID(), stream, entry.Event.Seq)
		facts, err := ReadEdition(entry.Event)
		if err != nil {
			return append(wrong, which+":记录无法读取"), nil
		}
		last, published = facts, Edition{}
		says, err := document(ctx, client, server, which, facts.Document, &published)
		if err != nil {
			return wrong, err
		}
		wrong = append(wrong, says...)
	}
	says, err := compareShownItem(ctx, client, server, stream, last, published)
	return append(wrong, says...), err
}

// compareShownItem holds the power as the public reads it against its last edition.
func compareShownItem(ctx context.Context, client *http.Client, server string, stream event.Stream, last PublishedFacts, published Edition) ([]string, error) {
	which := fmt.Sprintf("事项 %s(%s)", stream.ID(), stream)
	var shown struct {
		Edition  int      `json:"edition"`
		Form     ItemForm `json:"form"`
		Document string   `json:"document"`
	}
	if err := show(ctx, client, server+"/api/v1/items/"+stream.ID(), &shown); err != nil {
		return []string{which + ":日志中有事项,页面上却没有"}, ignoreMissing(err)
	}
	switch {
	case shown.Edition != last.Edition || shown.Document != last.Document:
		return []string{fmt.Sprintf("%s:页面上是第 %d 版,日志中是第 %d 版,或文件不是同一份", which, shown.Edition, last.Edition)}, nil
	case published.Item != "" && !reflect.DeepEqual(shown.Form, published.Form): // a document that is not there was named before
		return []string{which + ":页面上的内容与公布的文件不符"}, nil
	}
	return nil, nil
}

// document reads the document with that hash, and says when the server has none
// or another.
func document(ctx context.Context, client *http.Client, server, which, sha string, into any) ([]string, error) {
	body, err := get(ctx, client, server+"/api/v1/documents/"+sha)
	if err != nil && !errors.Is(err, errMissing) {
		return nil, err
	}
	if event.Hash(body) != sha {
		return []string{which + ":公布的文件与日志中的指纹不符"}, nil
	}
	return nil, json.Unmarshal(body, into)
}
