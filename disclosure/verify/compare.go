package verify

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
	"time"

	"sunlot/disclosure/ledger"
	"sunlot/disclosure/privacy"
	"sunlot/internal/event"
)

// Compare asks a server for every resolution, tender, lot, project and item in the verified
// log. It names each published fact that differs from its leaf, and each bid
// that the published rules would not have allowed; of very many the first, and how many
// more there are.
func Compare(ctx context.Context, server string, report *ledger.Report) ([]string, error) {
	s := site{
		client:   &http.Client{Timeout: 30 * time.Second},
		patience: &report.Patience,
		url:      strings.TrimSuffix(server, "/"),
		withheld: withheldIn(report),
		sorts:    &sorts{},
		known:    knownIn(report),
	}
	var wrong []string
	found := 0
	for _, stream := range sorted(report.Streams) {
		says, err := s.compare(ctx, stream, report)
		if err != nil {
			return wrong, err
		}
		found += len(says)
		wrong = append(wrong, says[:min(len(says), mostLines-len(wrong))]...)
	}
	if more := found - len(wrong); more > 0 {
		wrong = append(wrong, fmt.Sprintf("另有 %d 处不符，没有列出", more))
	}
	return wrong, nil
}

// mostLines is how much of what is wrong is told; more would not say more.
const mostLines = 1000

// site is the instance that is asked.
type site struct {
	client   *http.Client
	patience *ledger.Patience
	url      string
	withheld map[string]privacy.WithheldFacts
	sorts    *sorts
	known
}

// compare names what the server shows otherwise than the stream's events.
func (s site) compare(ctx context.Context, stream event.Stream, report *ledger.Report) ([]string, error) {
	switch stream.Noun() {
	case "rules":
		return wrongRules(report, stream), nil
	case "roll":
		return s.wrongRolls(stream, report.Streams[stream]), nil
	case "resolution":
		return s.compareResolution(ctx, stream, report)
	case "tender":
		return s.compareTender(ctx, stream, report)
	case "lot":
		return s.compareLot(ctx, stream, report)
	case "contract":
		return unlikeClosed(stream, report), nil
	case "project":
		return s.compareProject(ctx, stream, report)
	case "item":
		return s.compareItem(ctx, stream, report.Streams[stream])
	}
	return nil, nil
}

// errMissing marks what the server does not show.
var errMissing = errors.New("not shown")

// getLimit is the most that is read of one answer.
const getLimit = 4 << 20

// get reads what the server answers at the path.
func (s site) get(ctx context.Context, path string) ([]byte, error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, s.url+path, nil)
	if err != nil {
		return nil, err
	}
	res, err := s.patience.Do(s.client, req)
	if err != nil {
		return nil, err
	}
	defer res.Body.Close()
	switch res.StatusCode {
	case http.StatusOK:
		return io.ReadAll(io.LimitReader(res.Body, getLimit))
	case http.StatusNotFound:
		return nil, errMissing
	case http.StatusGone:
		return nil, errWithheld
	}
	return nil, fmt.Errorf("%s answers %s", s.url+path, res.Status)
}

// show reads what the API says there.
func (s site) show(ctx context.Context, path string, into any) error {
	body, err := s.get(ctx, path)
	if err != nil {
		return err
	}
	return json.Unmarshal(body, into)
}

func ignoreMissing(err error) error {
	if errors.Is(err, errMissing) {
		return nil
	}
	return err
}

// document reads a document into what it says; nothing when it is withheld.
func (s site) document(ctx context.Context, which, sha string, into any) ([]string, error) {
	body, wrong, err := s.text(ctx, which, sha)
	if err != nil || body == nil {
		return wrong, err
	}
	return nil, json.Unmarshal(body, into)
}
