package disclosure

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
	"sunlot/internal/event"
	"sunlot/internal/money"
	"sunlot/trading"
)

// published is what the API says of a tender, as far as the log has it too.
type published struct {
	ID   string `json:"id"`
	Form struct {
		StartPrice money.Fen `json:"start_price"`
		Step       money.Fen `json:"step"`
		Years      int       `json:"years"`
	} `json:"form"`
	Area          money.Area `json:"area"`
	YearlyRent    money.Fen  `json:"yearly_rent"`
	Deposit       money.Fen  `json:"deposit"`
	RegisterUntil time.Time  `json:"register_until"`
	OpensAt       time.Time  `json:"opens_at"`
	Document      string     `json:"document"`
	Event         event.Ref  `json:"event"`
}

// Compare asks a server for every tender, lot, project and item in the verified log and names
// each published fact that differs from its leaf, and each bid that the published
// rules would not have allowed.
func Compare(ctx context.Context, server string, report *ledger.Report) ([]string, error) {
	client := &http.Client{Timeout: 30 * time.Second}
	var wrong []string
	for _, stream := range sorted(report.Streams) {
		var says []string
		var err error
		switch stream.Noun() {
		case "tender":
			says, err = compareTender(ctx, client, strings.TrimSuffix(server, "/"), stream, report.Streams[stream])
		case "lot":
			says, err = compareLot(ctx, client, strings.TrimSuffix(server, "/"), stream, report)
		case "project":
			says, err = compareProject(ctx, client, strings.TrimSuffix(server, "/"), stream, report)
		case "item":
			says, err = compareItem(ctx, client, strings.TrimSuffix(server, "/"), stream, report.Streams[stream])
		}
		if err != nil {
			return wrong, err
		}
		wrong = append(wrong, says...)
	}
	return wrong, nil
}

// errMissing marks what the server does not show.
var errMissing = errors.New("not shown")

func compareTender(ctx context.Context, client *http.Client, server string, stream event.Stream, entries []ledger.Entry) ([]string, error) {
	var facts trading.AnnouncedFacts
	var announced event.Event
	until, opens := "", ""
	documents := map[int64]string{} // by seq
	for _, entry := range entries {
		switch entry.Event.Kind {
		case "tender.announced":
			announced = entry.Event
			if json.Unmarshal(announced.Facts, &facts) != nil {
				return []string{fmt.Sprintf("交易 %s:公告记录无法读取", stream.ID())}, nil
			}
			until, opens, documents[entry.Event.Seq] = facts.RegisterUntil, facts.OpensAt, facts.Document
		case "tender.supplemented":
			var f trading.SupplementFacts
			if json.Unmarshal(entry.Event.Facts, &f) == nil {
				until, opens, documents[entry.Event.Seq] = f.RegisterUntil, f.OpensAt, f.Document
			}
		}
	}
	var page published
	body, err := get(ctx, client, server+"/api/v1/tenders/"+stream.ID())
	if errors.Is(err, errMissing) {
		return []string{fmt.Sprintf("交易 %s:日志中有公告(%s/%d),页面上却没有", stream.ID(), stream, announced.Seq)}, nil
	}
	if err != nil {
		return nil, err
	}
	if err := json.Unmarshal(body, &page); err != nil {
		return nil, fmt.Errorf("tender %s: %w", stream.ID(), err)
	}
	wrong := differences(page, facts, until, opens, fmt.Sprintf("交易 %s(%s/%d)", stream.ID(), stream, announced.Seq))
	for seq, sha := range documents {
		body, err := get(ctx, client, server+"/api/v1/documents/"+sha)
		if err != nil && !errors.Is(err, errMissing) {
			return nil, err
		}
		if event.Hash(body) != sha {
			wrong = append(wrong, fmt.Sprintf("交易 %s(%s/%d):公布的文件与日志中的指纹不符", stream.ID(), stream, seq))
		}
	}
	return wrong, nil
}

func differences(page published, facts trading.AnnouncedFacts, until, opens, which string) []string {
	var wrong []string
	for _, f := range []struct {
		name         string
		shown, leafs any
	}{
		{"起始价", page.Form.StartPrice.Yuan(), facts.StartPrice.Yuan()},
		{"加价幅度", page.Form.Step.Yuan(), facts.Step.Yuan()},
		{"租期", page.Form.Years, facts.Years},
		{"面积", page.Area.Mu(), facts.Area.Mu()},
		{"年租金", page.YearlyRent.Yuan(), facts.YearlyRent.Yuan()},
		{"保证金", page.Deposit.Yuan(), facts.Deposit.Yuan()},
		{"报名截止", event.Stamp(page.RegisterUntil), until},
		{"竞价开始", event.Stamp(page.OpensAt), opens},
		{"公告文件", page.Document, facts.Document},
	} {
		if f.shown != f.leafs {
			wrong = append(wrong, fmt.Sprintf("%s:页面上的%s为 %s,日志中为 %s", which, f.name, safe(fmt.Sprint(f.shown)), safe(fmt.Sprint(f.leafs))))
		}
	}
	return wrong
}

// getLimit is the most that is read of one answer.
const getLimit = 4 << 20

func get(ctx context.Context, client *http.Client, address string) ([]byte, error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, address, nil)
	if err != nil {
		return nil, err
	}
	res, err := client.Do(req)
	if err != nil {
		return nil, err
	}
	defer res.Body.Close()
	switch res.StatusCode {
	case http.StatusOK:
		return io.ReadAll(io.LimitReader(res.Body, getLimit))
	case http.StatusNotFound:
		return nil, errMissing
	}
	return nil, fmt.Errorf("%s answers %s", address, res.Status)
}
