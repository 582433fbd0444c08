package verify

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"sunlot/disclosure/ledger"
	"sunlot/disclosure/words"
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

func (s site) compareTender(ctx context.Context, stream event.Stream, report *ledger.Report) ([]string, error) {
	on := grounds{report, stream.ID(), s.sorts}
	var facts trading.AnnouncedFacts
	var announced event.Event
	until, opens := "", ""
	documents := map[int64]string{} // by seq
	for _, entry := range report.Streams[stream] {
		switch entry.Event.Kind {
		case "tender.announced":
			announced = entry.Event
			if json.Unmarshal(announced.Facts, &facts) != nil {
				return []string{fmt.Sprintf("交易 %s：公告记录无法读取", stream.ID())}, nil
			}
			until = facts.RegisterUntil
			opens = facts.OpensAt
			documents[entry.Event.Seq] = facts.Document
		case "tender.supplemented":
			var f trading.SupplementFacts
			if json.Unmarshal(entry.Event.Facts, &f) == nil {
				until = f.RegisterUntil
				opens = f.OpensAt
				documents[entry.Event.Seq] = f.Document
			}
		case "tender.rescheduled":
			var f trading.RescheduledFacts
			if json.Unmarshal(entry.Event.Facts, &f) != nil || f.RegisterUntil < until || f.OpensAt < opens {
				return []string{fmt.Sprintf("交易 %s（%s/%d）：日期只能向后移", stream.ID(), stream, entry.Event.Seq)}, nil
			}
			until = f.RegisterUntil
			opens = f.OpensAt
		case "tender.resumed":
			var f trading.NoticeResumedFacts
			err := json.Unmarshal(entry.Event.Facts, &f)
			if err == nil && (f.Before != until || f.OpensBefore != opens) {
				err = fmt.Errorf("原来报名截止应为 %s、竞价开始应为 %s", until, opens)
			}
			if err == nil {
				err = on.resumedNotice(entry.Event, f)
			}
			if err != nil {
				return []string{fmt.Sprintf("交易 %s（%s/%d）：补回的报名时间不对：%s", stream.ID(), stream, entry.Event.Seq,
					words.Printable(err.Error()))}, nil
			}
			until = f.RegisterUntil
			opens = f.OpensAt
		}
	}
	var page published
	body, err := s.get(ctx, "/api/v1/tenders/"+stream.ID())
	if errors.Is(err, errMissing) {
		return []string{fmt.Sprintf("交易 %s：日志中有公告（%s/%d），页面上却没有", stream.ID(), stream, announced.Seq)}, nil
	}
	if err != nil {
		return nil, err
	}
	if err := json.Unmarshal(body, &page); err != nil {
		return nil, fmt.Errorf("tender %s: %w", stream.ID(), err)
	}
	wrong := differences(page, facts, until, opens, fmt.Sprintf("交易 %s（%s/%d）", stream.ID(), stream, announced.Seq))
	for seq, sha := range documents {
		_, says, err := s.text(ctx, fmt.Sprintf("交易 %s（%s/%d）", stream.ID(), stream, seq), sha)
		if err != nil {
			return nil, err
		}
		wrong = append(wrong, says...)
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
			wrong = append(wrong, fmt.Sprintf("%s：页面上的%s为 %s，日志中为 %s",
				which, f.name, words.Printable(fmt.Sprint(f.shown)), words.Printable(fmt.Sprint(f.leafs))))
		}
	}
	return wrong
}
