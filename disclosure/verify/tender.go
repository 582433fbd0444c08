package verify

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"sunlot/disclosure/ledger"
	"sunlot/disclosure/words"
	"sunlot/internal/event"
	"sunlot/internal/money"
	"sunlot/trading"
	"sunlot/trading/rules"
)

// published is what the API says of a tender, as far as the log has it too.
type published struct {
	ID   string `json:"id"`
	Lot  string `json:"lot"`
	Form struct {
		Unit       money.Unit `json:"unit"`
		StartPrice money.Fen  `json:"start_price"`
		Step       money.Fen  `json:"step"`
		Years      int        `json:"years"`
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
	n := noticed{on: grounds{report, stream, s.sorts}, documents: map[int64]string{}}
	for _, entry := range report.Streams[stream] {
		if err := n.apply(entry.Event); err != nil {
			return []string{fmt.Sprintf("交易 %s（%s/%d）：%s", stream.ID(), stream, entry.Event.Seq,
				words.Printable(err.Error()))}, nil
		}
	}
	announced, facts := n.announced, n.facts
	which := fmt.Sprintf("交易 %s（%s/%d）", stream.ID(), stream, announced.Seq)
	var wrong []string
	for _, says := range s.ungrounded(announced.At, facts) {
		wrong = append(wrong, which+"："+says)
	}
	ref := event.Ref{Stream: stream, Seq: announced.Seq}
	if says := beyondRules(n.on.editions(n.told()), facts); says != "" {
		wrong = append(wrong, which+"："+says)
	}
	for _, says := range s.wrongAttempt(n.on, attempt{ref, n.told()}) {
		wrong = append(wrong, which+"："+says)
	}
	var page published
	body, err := s.get(ctx, "/api/v1/tenders/"+stream.ID())
	if errors.Is(err, errMissing) {
		return append(wrong, fmt.Sprintf("交易 %s：日志中有公告（%s/%d），页面上却没有", stream.ID(), stream, announced.Seq)), nil
	}
	if err != nil {
		return nil, err
	}
	if err := json.Unmarshal(body, &page); err != nil {
		return nil, fmt.Errorf("tender %s: %w", stream.ID(), err)
	}
	wrong = append(wrong, differences(page, facts, n.until, n.opens, which)...)
	for _, lot := range facts.LotsOf(stream.ID()) {
		if other := s.notices[lot]; other != stream {
			wrong = append(wrong, fmt.Sprintf("%s：标的 %s 已由另一份公告（%s）公告", which, words.Printable(lot), other))
		}
	}
	if lots := facts.Lots; len(lots) > 0 && !slices.Contains(lots, page.Lot) {
		wrong = append(wrong, fmt.Sprintf("%s：页面上的标的为 %s，日志中为 %s", which, words.Printable(page.Lot),
			words.Printable(strings.Join(lots, "、"))))
	}
	for seq, sha := range n.documents {
		_, says, err := s.text(ctx, fmt.Sprintf("交易 %s（%s/%d）", stream.ID(), stream, seq), sha)
		if err != nil {
			return nil, err
		}
		wrong = append(wrong, says...)
	}
	return wrong, nil
}

// noticed is a notice as its log alone has it.
type noticed struct {
	on        grounds
	announced event.Event
	facts     trading.AnnouncedFacts
	until     string // the end of registration, so far
	opens     string
	documents map[int64]string // by seq
}

// told is what the notice said, and when.
func (n *noticed) told() announced { return announced{AnnouncedFacts: n.facts, at: n.announced.At} }

// beyondRules says which of a notice's terms no edition allows under which it may have been announced.
func beyondRules(editions []rules.Pack, notice trading.AnnouncedFacts) (says string) {
	for _, pack := range editions {
		says = ""
		if longest := pack.LeaseMaxYears; longest.Set() && notice.Years > longest.Value() {
			says = fmt.Sprintf("租期 %d 年，按规则不超过 %d 年", notice.Years, longest.Value())
		}
		if longest := pack.NoticeMaxDays; longest.Set() && notice.NoticeDays > longest.Value() {
			says = fmt.Sprintf("公告期 %d 个工作日，按规则不超过 %d 个", notice.NoticeDays, longest.Value())
		}
		if most := pack.DepositMax; most.Set() && notice.Deposit > notice.YearlyRent.Percent(most.Value()) {
			says = fmt.Sprintf("保证金 %s 元，按规则不超过 %d%%", notice.Deposit.Yuan(), most.Value())
		}
		if says == "" {
			return ""
		}
	}
	return says
}

// apply takes the notice's next event, and says what is wrong with it.
func (n *noticed) apply(e event.Event) error {
	switch e.Kind {
	case "tender.announced":
		if n.announced.Seq != 0 {
			return errors.New("公告重复发布")
		}
		n.announced = e
		if json.Unmarshal(e.Facts, &n.facts) != nil {
			return errors.New("公告记录无法读取")
		}
		n.until, n.opens = n.facts.RegisterUntil, n.facts.OpensAt
		n.documents[e.Seq] = n.facts.Document
	case "tender.supplemented":
		var f trading.SupplementFacts
		if json.Unmarshal(e.Facts, &f) != nil {
			return errors.New("补充公告记录无法读取")
		}
		n.documents[e.Seq] = f.Document
		return n.move(f.Before, n.opens, f.RegisterUntil, f.OpensAt)
	case "tender.rescheduled":
		var f trading.RescheduledFacts
		if json.Unmarshal(e.Facts, &f) != nil {
			return errors.New("改期记录无法读取")
		}
		return n.move(f.Before, f.OpensBefore, f.RegisterUntil, f.OpensAt)
	case "tender.resumed":
		var f trading.NoticeResumedFacts
		err := json.Unmarshal(e.Facts, &f)
		if err == nil {
			err = n.move(f.Before, f.OpensBefore, f.RegisterUntil, f.OpensAt)
		}
		if err == nil {
			err = n.on.resumedNotice(e, f)
		}
		if err != nil {
			return fmt.Errorf("补回的报名时间不对：%w", err)
		}
	}
	return nil
}

// move changes the notice's days from what they were so far, and only to later ones.
func (n *noticed) move(before, opensBefore, until, opens string) error {
	if before != n.until || opensBefore != n.opens {
		return fmt.Errorf("原来报名截止应为 %s、竞价开始应为 %s", n.until, n.opens)
	}
	for _, stamp := range []string{until, opens} {
		if _, err := time.Parse(event.TimeFormat, stamp); err != nil {
			return err
		}
	}
	if until < n.until || opens < n.opens {
		return errors.New("日期只能向后移")
	}
	n.until, n.opens = until, opens
	return nil
}

// ungrounded says what a notice of that time lacks in the resolution that it names.
func (s site) ungrounded(at time.Time, notice trading.AnnouncedFacts) (wrong []string) {
	vote, found := s.votes[notice.Resolution]
	if !found || vote.at.After(at) {
		return []string{"公告以前，日志中没有它所依据的决议"}
	}
	if !vote.Lawful {
		wrong = append(wrong, "所依据的决议程序不合规")
	}
	if vote.Asset.Stream != notice.Asset.Stream {
		wrong = append(wrong, "所依据的决议是另一项资产的")
	}
	if notice.Years > vote.Years || notice.StartPrice < vote.FloorPrice {
		wrong = append(wrong, "租期比决议的长，或者起始价低于决议定的底价")
	}
	if notice.Side != vote.Side || notice.Unit != vote.Unit {
		wrong = append(wrong, "出租还是出让、按什么计价，与决议不同")
	}
	asset := s.assets[notice.Asset]
	if notice.Area != asset.Area || notice.Measure != asset.Measure {
		wrong = append(wrong, "面积或者数量与登记的不同")
	}
	if notice.YearlyRent != notice.Unit.Sum(notice.StartPrice, notice.Area) {
		wrong = append(wrong, "按起始价算出的金额不对")
	}
	return wrong
}

func differences(page published, facts trading.AnnouncedFacts, until, opens, which string) []string {
	var wrong []string
	for _, f := range []struct {
		name         string
		shown, leafs any
	}{
		{"起始价", page.Form.StartPrice.Yuan(), facts.StartPrice.Yuan()},
		{"计价单位", page.Form.Unit.Label(), facts.Unit.Label()},
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
